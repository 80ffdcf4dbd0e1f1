"""Commitments that fell due, and what became of each."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from headway.facts import Facts, collect
from headway.terms.period import Period

_SILENCE = timedelta(days=7)

# Any: a row holds what its columns hold.
Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Due:
    """One commitment whose day lies in the window; `is_kept` = done by that day.

    `is_silent`: past its day nobody said a word about it for a week; None where the week is not
    over yet.
    """

    owner: str
    due_on: date
    is_kept: bool
    is_silent: bool | None


def of(facts: Facts, *, window: Period) -> tuple[Due, ...] | None:
    """The commitments that fell due in the window; None where nobody records any.

    The day is the one that was agreed last before it came: to move it in time is no failure. What
    was withdrawn by agreement before its day is left out.

    References:
        Own, domain.md 2.3.7.
    """
    if not facts.has("meant/commitment"):
        return None
    events: dict[str, list[Row]] = defaultdict(list)
    for row in collect(facts.columns("meant/commitment_event")).records():
        if row["occurred_on"] <= window.last:
            events[row["commitment_id"]].append(row)
    found = (
        _due(row, sorted(events[row["commitment_id"]], key=_day), last=window.last)
        for row in collect(facts.columns("meant/commitment")).records()
        if row["made_on"] <= window.last
    )
    return tuple(
        each for each in found if each is not None and window.first <= each.due_on <= window.last
    )


def _due(row: Row, events: Sequence[Row], *, last: date) -> Due | None:
    due_on: date = row["due_on"]
    is_done = False
    for each in events:
        if each["occurred_on"] > due_on:
            break
        if each["kind"] == "withdrawn":
            return None
        if each["kind"] == "renegotiated" and each["new_due_on"] is not None:
            due_on = each["new_due_on"]
        is_done = each["kind"] == "done" or (is_done and each["kind"] != "reopened")
    return Due(
        owner=row["owner_id"],
        due_on=due_on,
        is_kept=is_done,
        is_silent=False if is_done else _silent(events, due_on=due_on, last=last),
    )


def _silent(events: Iterable[Row], *, due_on: date, last: date) -> bool | None:
    if any(due_on < each["occurred_on"] <= due_on + _SILENCE for each in events):
        return False
    return True if last >= due_on + _SILENCE else None


def _day(row: Row) -> date:
    day: date = row["occurred_on"]
    return day
