"""Doubts about rows that tell the same thing twice under two ids."""

from collections.abc import Iterator

import numpy as np

from headway.facts import arrays
from headway.facts.checks import affects
from headway.facts.view import View
from headway.terms.answer import Mark

# What must be known and equal, so that two rows are taken for one thing.
_KNOWN = {
    "seen/opportunity": ("account_id", "owner_id", "stage", "amount", "created_at"),
    "seen/activity": ("kind", "direction", "person_id", "occurred_at"),
}
# What must be equal too, or unknown in both.
_EQUAL = {
    "seen/opportunity": ("name", "closed_at", "close_on", "is_deleted"),
    "seen/activity": ("account_id", "opportunity_id", "contact_id", "purpose", "duration_minutes"),
}
# Two unnamed opportunities of one account, owner, price and day may well be two: only a name, or
# the minute at which a row was made, tells that they are one. A day alone stands on a quarter hour.
_TELLING = {
    "seen/opportunity": (
        "(name IS NOT NULL OR second(created_at) <> 0 OR minute(created_at) % 15 <> 0)"
    ),
}


def doubts(facts: View) -> Iterator[Mark]:
    """Opportunities and activities that are alike in all that tells them apart.

    `row_count` counts the surplus rows: those that would go if each were there once.
    """
    for table, known in _KNOWN.items():
        if not facts.has(table):
            continue
        filled = " AND ".join(f"{column} IS NOT NULL" for column in known)
        telling = _TELLING.get(table, "true")
        same = ", ".join((*known, *_EQUAL[table]))
        rows = facts.engine.query(
            f"SELECT (hash({same}) >> 1)::BIGINT AS told, {telling} AS is_telling "
            f"FROM {facts.engine.relation(table)} WHERE {filled}"
        )
        seen = arrays.of(rows["told"])
        told = np.sort(seen[arrays.of(rows["is_telling"]).astype(bool)])
        surplus = int((told[1:] == told[:-1]).sum())
        if surplus:
            yield Mark(
                code="duplicate",
                table=table,
                row_count=surplus,
                share=surplus / len(seen),
                affects=affects.BY_TABLE.get(table, ()),
            )
