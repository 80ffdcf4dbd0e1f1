"""The sample that ships: the sales organisation of AdventureWorks (fictitious, MIT licence)."""

from pathlib import Path

FOLDER = Path(__file__).parent / "adventureworks_sales"
"""Files in a known shape, to be read like anybody's own; the README there names the source."""
