"""All tables of facts, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from headway.facts import meant, said, seen
from headway.facts.tables import Table

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*seen.TABLES, *said.TABLES, *meant.TABLES)}
)
"""Every table under its name with folder ("seen/opportunity"): 19 seen, 20 said, 30 meant."""


def target_of(reference: str) -> tuple[str, str]:
    """The table and key column that a reference to `reference` is looked up in."""
    return reference, TABLES[reference].key[0]
