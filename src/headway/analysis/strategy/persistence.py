"""Whether people keep at what they promised: checks held, weeks with a record, what is dropped."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headway.analysis.methods.evidence import TooFew
from headway.analysis.methods.survival import (
    COMPETING,
    OPEN,
    WANTED,
    Incidence,
    incidence,
)
from headway.analysis.strategy import commitments
from headway.analysis.strategy.commitments import Promised, Row
from headway.facts import Facts, collect
from headway.terms.period import Period

WEEKS = 13
_WEEK = timedelta(days=7)
_DROPPED_DAYS = 28
_RECORDS = frozenset({"progress", "check_held", "done"})
_ENDS = frozenset({"done", "withdrawn"})


@dataclass(frozen=True, kw_only=True)
class Tally:
    """`k` of `n`; both are counts, and k is never above n."""

    k: int
    n: int


@dataclass(frozen=True, kw_only=True)
class Carried:
    """What one person has open at once: commitments, and the priorities these and cards serve."""

    commitments: int
    priorities: int


def checks_held(facts: Facts, *, window: Period) -> Mapping[str, Tally]:
    """The progress check rate: of the checks planned for a day in the window, those held.

    Args:
        facts: `meant/commitment` and `meant/commitment_event`; one row of each is one of them.
        window: the days that count.

    Returns:
        By owner, those with a planned check: `k` held of `n` planned. Of one commitment no more
        are counted as held than were planned.

    References:
        Own, after Harkin et al. (2016), Psychological Bulletin 142:198-229: progress that is
        recorded and looked at brings attainment.
    """
    k: dict[str, int] = defaultdict(int)
    n: dict[str, int] = defaultdict(int)
    for row, events in commitments.of(facts, until=window.last):
        kinds = [each["kind"] for each in events if each["occurred_on"] in window]
        planned = kinds.count("check_planned")
        n[row["owner_id"]] += planned
        k[row["owner_id"]] += min(kinds.count("check_held"), planned)
    return {owner: Tally(k=k[owner], n=planned) for owner, planned in sorted(n.items()) if planned}


def persistence(
    promised: Iterable[Promised], *, owners: Collection[str], until: date
) -> Mapping[str, Tally]:
    """For each priority the weeks in which somebody recorded progress on what was promised for it.

    Args:
        promised: all commitments (`commitments.of`) up to the last day.
        owners: whose commitments count, such as the people of a group.
        until: the last day of the last week.

    Returns:
        By priority, those for which these people promised something: `k` of `n` weeks of seven days
        have a progress record, a held check or something done. `n` is 13, or the weeks begun since
        the first of the commitments.

    References:
        Own.
    """
    told: dict[str, set[int]] = defaultdict(set)
    first: dict[str, date] = {}
    for row, events in promised:
        if row["owner_id"] not in owners or row["subject_kind"] != "priority":
            continue
        priority = row["subject_id"] or ""
        first[priority] = min(first.get(priority, until), row["made_on"])
        told[priority] |= {
            (until - each["occurred_on"]) // _WEEK for each in events if each["kind"] in _RECORDS
        }
    weeks = {number: min((until - day) // _WEEK + 1, WEEKS) for number, day in first.items()}
    return {
        number: Tally(k=sum(week < weeks[number] for week in told[number]), n=weeks[number])
        for number in sorted(weeks)
    }


def share_dropped(
    promised: Iterable[Promised], *, owners: Collection[str], last: date, level: float
) -> Incidence | TooFew:
    """The share of commitments that are dropped within 13 weeks of being made.

    One is dropped on the 28th day in a row without a record while it is open. What is done or
    withdrawn first cannot be dropped any more; what is still heard of on the last day counts as far
    as it was followed.

    Args:
        promised: all commitments (`commitments.of`) up to the last day.
        owners: whose commitments count.
        last: the day up to which they are followed.
        level: of the interval.

    Returns:
        See `methods.survival.incidence`; `TooFew` where none was followed for so long.

    References:
        Own; the method is that of Aalen & Johansen (1978), which is one less the curve of Kaplan
        & Meier where nothing is done or withdrawn.
    """
    found = [
        (*_dropped(row, events, last=last), _is_open(events))
        for row, events in promised
        if row["owner_id"] in owners
    ]
    return incidence(
        days=np.array([days for days, _is_dropped, _stays in found], dtype=np.int64),
        outcome=np.array(
            [
                WANTED if is_dropped else OPEN if stays else COMPETING
                for _days, is_dropped, stays in found
            ],
            dtype=np.int64,
        ),
        age=WEEKS * _WEEK.days,
        level=level,
    )


def carried(facts: Facts) -> Mapping[str, Carried]:
    """Overload: what each person has open on the last day of the facts.

    Returns:
        By person, those who have anything: their open commitments, and the priorities in force that
        these, or a card that was agreed and not withdrawn, serve.

    References:
        Own.
    """
    last = facts.as_of
    in_force = {
        row["priority_id"]
        for row in collect(facts.columns("meant/priority")).records()
        if row["declared_on"] <= last and (row["ended_on"] is None or row["ended_on"] > last)
    }
    open_ones: dict[str, int] = defaultdict(int)
    serves: dict[str, set[str]] = defaultdict(set)
    for row, events in commitments.of(facts, until=last):
        if not _is_open(events):
            continue
        open_ones[row["owner_id"]] += 1
        if row["subject_kind"] == "priority" and row["subject_id"] in in_force:
            serves[row["owner_id"]].add(row["subject_id"])
    for row in collect(facts.columns("meant/sheet")).records():
        holds = row["withdrawn_on"] is None or row["withdrawn_on"] > last
        is_agreed = row["person_id"] is None or (row["agreed_on"] or date.max) <= last
        if holds and is_agreed and row["priority_id"] in in_force:
            serves[row["person_id"] or row["author_id"]].add(row["priority_id"])
    return {
        person: Carried(commitments=open_ones[person], priorities=len(serves[person]))
        for person in sorted({*open_ones, *serves})
    }


def _is_open(events: Sequence[Row]) -> bool:
    is_open = True
    for each in events:
        is_open = _stands(each, is_open=is_open)
    return is_open


def _stands(event: Row, *, is_open: bool) -> bool:
    if event["kind"] in _ENDS:
        return False
    return is_open or event["kind"] == "reopened"


def _dropped(row: Row, events: Sequence[Row], *, last: date) -> tuple[int, bool]:
    """Days from its being made until it was dropped, or until it was followed no longer."""
    made: date = row["made_on"]
    heard, is_open = made, True
    # That a check is planned for a day is no record of that day.
    for each in (one for one in events if one["kind"] != "check_planned"):
        if is_open and (each["occurred_on"] - heard).days > _DROPPED_DAYS:
            break
        if is_open or each["kind"] == "reopened":
            heard = each["occurred_on"]
        is_open = _stands(each, is_open=is_open)
    else:
        if not is_open or (last - heard).days < _DROPPED_DAYS:
            return ((last if is_open else heard) - made).days, False
    return (heard - made).days + _DROPPED_DAYS, True
