"""What leaders declared: the direction they set, and what they undertook to do."""

from headway.facts.meant import strategy, undertakings

TABLES = (*strategy.TABLES, *undertakings.TABLES)
