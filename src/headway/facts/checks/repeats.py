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


def doubts(facts: View) -> Iterator[Mark]:
    """Opportunities and activities that are alike in all that tells them apart.

    `row_count` counts the surplus rows: those that would go if each were there once.
    """
    for table, known in _KNOWN.items():
        if not facts.has(table):
            continue
        filled = " AND ".join(f"{column} IS NOT NULL" for column in known)
        same = ", ".join((*known, *_EQUAL[table]))
        rows = facts.engine.query(
            f"SELECT (hash({same}) >> 1)::BIGINT AS told FROM {facts.engine.relation(table)} "
            f"WHERE {filled}"
        )
        told = np.sort(arrays.of(rows["told"]))
        surplus = int((told[1:] == told[:-1]).sum())
        if surplus:
            yield Mark(
                code="duplicate",
                table=table,
                row_count=surplus,
                share=surplus / len(told),
                affects=affects.BY_TABLE.get(table, ()),
            )
