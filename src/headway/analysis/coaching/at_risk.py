"""Who sold here in which quarter, was coached regularly, and stayed two quarters on.

Coaching is looked at in one whole quarter, staying in the next but one. Only who was here from the
first day of the one to the first of the other is counted, so that nobody seems coached because they
stayed, and nobody uncoached because they were new or already on their way out: the quarter between
holds most terms of notice.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np
import numpy.typing as npt

from headway.analysis import given_time
from headway.analysis.coaching.staying import AtRisk
from headway.analysis.strategy import groups
from headway.analysis.strategy.sessions import Session
from headway.facts import Facts, collect
from headway.terms.period import Period, fiscal_quarter, moved, shifted

# Up to one year, up to three, and more; never by age.
_TENURES = (365, 3 * 365)
_UNKNOWN = -1
_YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One person in one quarter of coaching; `heads` are all above them on its first day."""

    person: str
    manager: str
    heads: frozenset[str]
    quarter: int
    tenure: int
    half: int
    is_coached: bool
    has_left: bool


@dataclass(frozen=True, kw_only=True)
class Staying:
    """All that is known of it; `quarters` is in how many it could be looked who stayed."""

    rows: tuple[_Row, ...]
    quarters: int
    has_tenure: bool
    has_results: bool

    def below(self, head: str) -> AtRisk:
        """Those who reported to somebody, directly or through others, when they were coached."""
        rows = [row for row in self.rows if head in row.heads]
        strata = [(row.quarter, row.tenure, row.half) for row in rows]
        return AtRisk(
            person=_numbered([row.person for row in rows]),
            manager=_numbered([row.manager for row in rows]),
            stratum=_numbered(strata),
            is_coached=np.array([row.is_coached for row in rows], dtype=bool),
            has_left=np.array([row.has_left for row in rows], dtype=bool),
        )


def of(facts: Facts, *, sessions: Sequence[Session]) -> Staying:
    """Every seller in every quarter in which they could be coached, and whether they stayed.

    Coached regularly = a session that counts in each month of the quarter, of whatever priority.
    Of a manager with whose people nobody logged a session by the end of the quarter, it is not
    known who was coached: these people are left out, and so is whoever was away for half of it.

    Args:
        facts: of one organisation, cut to the day that is asked about.
        sessions: all that were held.
    """
    quarters = _quarters(facts, sessions=sessions)
    people = collect(facts.columns("seen/person", "person_id", "hired_on", "left_on")).records()
    hired = {row["person_id"]: row["hired_on"] for row in people}
    left = {row["person_id"]: row["left_on"] for row in people}
    coached = _months(sessions)
    logged = _first_logged(sessions)
    rows: list[_Row] = []
    for number, quarter in enumerate(quarters):
        standing = groups.standing(facts, on=quarter.first)
        manager_of = groups.managers(standing)
        sellers = {
            person: manager_of[person]
            for person, row in standing.items()
            if row["role"] == "seller" and person in manager_of
        }
        keeps_log = _keeps_log(sellers, logged=logged, by=quarter.last)
        half = _halves(facts, sellers, on=quarter.first)
        away = _away(facts, quarter=quarter)
        watched = moved(quarter, months=6)
        for person, manager in sellers.items():
            gone = left[person]
            if manager not in keeps_log or person in away or _is_new(hired[person], quarter):
                continue
            if gone is not None and gone <= watched.first:
                continue
            rows.append(
                _Row(
                    person=person,
                    manager=manager,
                    heads=frozenset(groups.above(person, manager_of)),
                    quarter=number,
                    tenure=_tenure(hired[person], on=quarter.first),
                    half=half.get(manager, _UNKNOWN),
                    is_coached=coached[person] >= set(_firsts(quarter)),
                    has_left=gone is not None and gone <= watched.end,
                )
            )
    return Staying(
        rows=tuple(rows),
        quarters=len(quarters),
        has_tenure=any(row.tenure != _UNKNOWN for row in rows),
        has_results=any(row.half != _UNKNOWN for row in rows),
    )


def _quarters(facts: Facts, *, sessions: Sequence[Session]) -> Sequence[Period]:
    """The whole quarters since sessions are logged after which two more are over, oldest first."""
    if not sessions:
        return ()
    starts_in = facts.organisation.fiscal_year_start_month
    first = max(facts.data_from, min(each.held_on for each in sessions))
    found = []
    quarter = fiscal_quarter(facts.as_of + timedelta(days=1), year_starts_in=starts_in)
    quarter = moved(quarter, months=-9)
    while shifted(quarter.first, months=1) > first:
        found.append(quarter)
        quarter = moved(quarter, months=-3)
    return found[::-1]


def _months(sessions: Sequence[Session]) -> Mapping[str, set[date]]:
    """The months, by their first days, in which each person had a session that counts."""
    found: dict[str, set[date]] = defaultdict(set)
    for each in sessions:
        if each.counts:
            found[each.person].add(each.held_on.replace(day=1))
    return found


def _firsts(quarter: Period) -> Iterator[date]:
    return (shifted(quarter.first, months=month) for month in range(3))


def _first_logged(sessions: Sequence[Session]) -> Mapping[str, date]:
    """When the first session of any kind was held with each person."""
    found: dict[str, date] = {}
    for each in sessions:
        found[each.person] = min(each.held_on, found.get(each.person, each.held_on))
    return found


def _keeps_log(
    sellers: Mapping[str, str], *, logged: Mapping[str, date], by: date
) -> Collection[str]:
    """The managers with whose people a session was logged by a day."""
    return {manager for person, manager in sellers.items() if logged.get(person, date.max) <= by}


def _halves(facts: Facts, sellers: Mapping[str, str], *, on: date) -> Mapping[str, int]:
    """Whether a team won more per person in the year before than the middle team, by manager."""
    won = given_time.won_between(facts, first=on - _YEAR, end=on)
    if won is None:
        return {}
    of_team: dict[str, list[float]] = defaultdict(list)
    for person, manager in sellers.items():
        of_team[manager].append(won.get(person, 0.0))
    each = {manager: sum(amounts) / len(amounts) for manager, amounts in of_team.items()}
    middle = median(each.values()) if each else 0.0
    return {manager: int(amount > middle) for manager, amount in each.items()}


def _away(facts: Facts, *, quarter: Period) -> Collection[str]:
    """Who was on leave for half of the quarter or more."""
    days: dict[str, int] = defaultdict(int)
    for row in collect(facts.columns("seen/absence")).records():
        first = max(row["valid_from"], quarter.first)
        end = min(row["valid_to"] or quarter.end, quarter.end)
        days[row["person_id"]] += max((end - first).days, 0)
    return {person for person, count in days.items() if 2 * count >= quarter.days}


def _is_new(hired_on: date | None, quarter: Period) -> bool:
    return hired_on is not None and hired_on > quarter.first


def _tenure(hired_on: date | None, *, on: date) -> int:
    return _UNKNOWN if hired_on is None else bisect_right(_TENURES, (on - hired_on).days)


def _numbered(names: Sequence[object]) -> npt.NDArray[np.intp]:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([numbers[name] for name in names], dtype=np.intp)
