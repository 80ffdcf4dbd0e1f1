"""Commitments with what was said of each, in the order in which it happened."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from headway.facts import Facts, collect

# Any: a row holds what its columns hold.
Row = Mapping[str, Any]

Promised = tuple[Row, Sequence[Row]]
"""A commitment, and what was said of it, in order."""

# Of one day, in which order: a day is moved before it ends, and what ended it goes before its being
# opened again. What was done stays done, whatever else was said that day.
_ORDER = (
    "check_planned",
    "progress",
    "check_held",
    "renegotiated",
    "withdrawn",
    "done",
    "reopened",
)


def of(facts: Facts, *, until: date) -> Iterator[Promised]:
    """Each commitment that was made by a day, with what was said of it by then, in order.

    Args:
        facts: `meant/commitment` and `meant/commitment_event`; one row of each is one of them.
        until: the last day that counts.

    Returns:
        The commitment, and its events by day; those of one day in one order, however they came.
    """
    events: dict[str, list[Row]] = defaultdict(list)
    for row in collect(facts.columns("meant/commitment_event")).records():
        if row["occurred_on"] <= until:
            events[row["commitment_id"]].append(row)
    for row in collect(facts.columns("meant/commitment")).records():
        if row["made_on"] <= until:
            yield row, sorted(events[row["commitment_id"]], key=_place)


def _place(event: Row) -> tuple[date, int, date]:
    return event["occurred_on"], _ORDER.index(event["kind"]), event["new_due_on"] or date.min
