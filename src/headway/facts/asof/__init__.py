"""Facts as they were known on an earlier day."""

from headway.facts.asof.cutting import AsOfError, cut
from headway.facts.asof.known_from import KEPT, KNOWN_FROM, SPANS

__all__ = ["KEPT", "KNOWN_FROM", "SPANS", "AsOfError", "cut"]
