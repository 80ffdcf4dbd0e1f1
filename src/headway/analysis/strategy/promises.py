"""Commitments that fell due, and what became of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from headway.analysis.strategy import commitments
from headway.analysis.strategy.commitments import Row
from headway.facts import Facts
from headway.terms.commitment import SILENT_DAYS
from headway.terms.period import Period

_SILENCE = timedelta(days=SILENT_DAYS)
_STANDS = frozenset({"done", "withdrawn", "reopened"})


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
    found = (
        _due(row, events, last=window.last)
        for row, events in commitments.of(facts, until=window.last)
    )
    return tuple(
        each for each in found if each is not None and window.first <= each.due_on <= window.last
    )


def _due(row: Row, events: Sequence[Row], *, last: date) -> Due | None:
    due_on: date = row["due_on"]
    stands = ""
    for each in events:
        if each["occurred_on"] > due_on:
            break
        if each["kind"] == "renegotiated" and each["new_due_on"] is not None:
            due_on = each["new_due_on"]
        if each["kind"] in _STANDS:
            stands = each["kind"]
    if stands == "withdrawn":
        return None
    is_done = stands == "done"
    return Due(
        owner=row["owner_id"],
        due_on=due_on,
        is_kept=is_done,
        is_silent=False if is_done else _silent(events, due_on=due_on, last=last),
    )


def _silent(events: Iterable[Row], *, due_on: date, last: date) -> bool | None:
    # That a check is planned for a day is no word of that day.
    words = (each["occurred_on"] for each in events if each["kind"] != "check_planned")
    if any(due_on < day <= due_on + _SILENCE for day in words):
        return False
    return True if last >= due_on + _SILENCE else None
