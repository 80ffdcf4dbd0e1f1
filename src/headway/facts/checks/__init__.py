"""Checks that doubt the data: what may mislead, how much of it, and which figures it touches."""

from dataclasses import replace

from headway.facts.checks import (
    activities,
    affects,
    edges,
    history,
    names,
    opportunities,
    order,
    people,
    repeats,
)
from headway.facts.view import View
from headway.terms.answer import Mark

EXPORTED = frozenset(
    {
        "rejected_rows",
        "unknown_column",
        "after_as_of",
        "missing_manager",
        "late_recording",
        "duplicate",
        "closed_before_created",
        "history_gap",
        "left_truncated",
        "open_at_end",
        "low_logging",
        "blank_account",
        "single_source_change",
    }
)
"""Codes of `findings.json`; the others stand on page and terminal only."""


def doubts(facts: View) -> tuple[Mark, ...]:
    """Every doubt about the facts, sorted by code and table.

    Returns:
        One mark per code and table. `row_count` rows are concerned, `share` of those that could
        have been; `affects` are codes of results and measures that rest on them. Codes and
        their `figures`: docs/reference/checks.md.
    """
    found = [
        *(_touching(mark) for mark in facts.reading),
        *order.doubts(facts),
        *opportunities.doubts(facts),
        *edges.doubts(facts),
        *history.doubts(facts),
        *activities.doubts(facts),
        *people.doubts(facts),
        *names.doubts(facts),
        *repeats.doubts(facts),
    ]
    return tuple(sorted(found, key=lambda mark: (mark.code, mark.table)))


def _touching(mark: Mark) -> Mark:
    """A doubt from reading; rejected rows touch whatever rests on their table."""
    if mark.code != "rejected_rows" or mark.affects:
        return mark
    return replace(mark, affects=affects.BY_TABLE.get(mark.table, ()))
