"""All tables of facts, by name."""

from collections.abc import Mapping
from types import MappingProxyType

from headway.facts import meant, said, seen
from headway.facts.meant import undertakings
from headway.facts.tables import Table

TABLES: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (*seen.TABLES, *said.TABLES, *meant.TABLES)}
)
"""Every table under its name with folder ("seen/opportunity"): 19 seen, 20 said, 30 meant."""

OWN: Mapping[str, Table] = MappingProxyType(
    {table.name: table for table in (undertakings.COACHING_START,)}
)
"""What an installation knows beside them; no bundle holds it."""

AHEAD = frozenset(
    {
        "close_on",
        "due_on",
        "planned_on",
        "go_live_on",
        "leaves_on",
        "follow_up_on",
        "review_on",
        "review_due_on",
        "stop_loss_on",
        "valid_to",
        "period_from",
        "period_to",
        "next_step_on",
        "new_due_on",
        "new_on",
        "result_due_on",
    }
)
"""Due, planned and expected: columns whose days may lie after the last day inside."""


def target_of(reference: str) -> tuple[str, str]:
    """The table and key column that a reference to `reference` is looked up in."""
    return reference, TABLES[reference].key[0]
