"""The eligible work of people, quarter by quarter, and when coaching on it began for each."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.sessions import Session
from headway.facts import Facts, collect
from headway.terms.period import Period, fiscal_quarter, moved

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Panel:
    """People by whole fiscal quarters, oldest first.

    `k` of `n` eligible items showed the behaviour, people down, quarters across. `began` is the
    quarter that holds the first counting session of each person, as many as there are quarters
    where none was held in any of them, -1 where it lies before the first. In the quarter in which
    it began only items from that day on are counted. `sessions` are the counting sessions so far.
    `managers` numbers whom each person reported to in the middle of the quarter before coaching
    began, or of the last one. `before` holds k and n over all quarters before anybody was coached.
    """

    people: tuple[str, ...]
    k: Floats
    n: Floats
    began: Places
    managers: Places
    sessions: Places
    before: tuple[Floats, Floats]

    @property
    def quarters(self) -> int:
        """How many there are."""
        return int(self.n.shape[1])

    def of_people(self, members: Collection[str]) -> "Panel":
        """Those of some people alone."""
        kept = np.array([person in members for person in self.people], dtype=bool)
        return replace(
            self,
            people=tuple(person for person in self.people if person in members),
            k=self.k[kept],
            n=self.n[kept],
            began=self.began[kept],
            managers=self.managers[kept],
            sessions=self.sessions[kept],
            before=(self.before[0][kept], self.before[1][kept]),
        )


def of(facts: Facts, priority: Priority, *, sessions: Sequence[Session]) -> Panel | None:
    """The eligible work of a priority; None where practice cannot be measured, or nobody coached.

    Args:
        facts: of one organisation.
        priority: whose eligibility and behaviour say what is counted.
        sessions: of all people and priorities.
    """
    held = _held(sessions, priority=priority)
    if priority.eligibility is None or priority.behaviour is None or not held:
        return None
    found = items.of(facts, eligibility=priority.eligibility, behaviour=priority.behaviour)
    quarters = _quarters(facts)
    if found is None or not quarters:
        return None
    first = {person: min(days) for person, days in held.items()}
    starts = [quarter.first for quarter in quarters]
    began = np.array([_place(first.get(person), starts) for person in found.people], dtype=np.intp)
    k, n = _counted(found, quarters=quarters, first=first, began=began)
    untouched = max(_place(min(first.values()), starts), 0)
    return Panel(
        people=found.people,
        k=k,
        n=n,
        began=began,
        managers=_managers(facts, people=found.people, quarters=quarters, began=began),
        sessions=np.array([len(held.get(person, ())) for person in found.people], dtype=np.intp),
        before=(k[:, :untouched].sum(axis=1), n[:, :untouched].sum(axis=1)),
    )


def _held(sessions: Sequence[Session], *, priority: Priority) -> Mapping[str, Sequence[date]]:
    held: dict[str, list[date]] = defaultdict(list)
    for each in sessions:
        if each.counts and each.priority == priority.priority_id:
            held[each.person].append(each.held_on)
    return held


def _quarters(facts: Facts) -> Sequence[Period]:
    """The fiscal quarters that lie in the days of the facts from end to end."""
    starts_in = facts.organisation.fiscal_year_start_month
    found = []
    quarter = fiscal_quarter(facts.as_of + timedelta(days=1), year_starts_in=starts_in)
    while (quarter := moved(quarter, months=-3)).first >= facts.data_from:
        found.append(quarter)
    return found[::-1]


def _place(day: date | None, starts: Sequence[date]) -> int:
    """In which quarter a day lies; the last one has no end."""
    return len(starts) if day is None else bisect_right(starts, day) - 1


def _counted(
    found: Items, *, quarters: Sequence[Period], first: Mapping[str, date], began: Places
) -> tuple[Floats, Floats]:
    starts = np.array([quarter.first for quarter in quarters], dtype="datetime64[D]")
    day = found.day.astype("datetime64[D]")
    at = np.searchsorted(starts, day, side="right") - 1
    inside = (at >= 0) & (day < np.datetime64(quarters[-1].end))
    since = np.array(
        [first.get(person, date.max) for person in found.people], dtype="datetime64[D]"
    )
    # What somebody did in the quarter before their first session is neither before nor after.
    inside &= (at != began[found.person]) | (day >= since[found.person])
    shape = (len(found.people), len(quarters))
    cell = found.person * len(quarters) + at

    def per_cell(chosen: npt.NDArray[np.bool_]) -> Floats:
        counted = np.bincount(cell[chosen], minlength=shape[0] * shape[1])
        return counted.reshape(shape).astype(np.float64)

    return per_cell(inside & found.is_shown), per_cell(inside)


def managers_on(facts: Facts, *, people: Sequence[str], day: date) -> Sequence[str | None]:
    """Whom each reported to on a day; the nearest later one where nothing is known of it."""
    lines = _lines(facts)
    return [_manager(lines[person], on=day) for person in people]


def _lines(facts: Facts) -> Mapping[str, list[Mapping[str, Any]]]:
    lines: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in collect(facts.columns("seen/reporting_line")).records():
        lines[row["person_id"]].append(row)
    return lines


def _managers(
    facts: Facts, *, people: Sequence[str], quarters: Sequence[Period], began: Places
) -> Places:
    lines = _lines(facts)
    names = []
    for person, start in zip(people, began.tolist(), strict=True):
        quarter = quarters[min(max(start - 1, 0), len(quarters) - 1)]
        day = quarter.first + timedelta(days=quarter.days // 2)
        names.append(_manager(lines[person], on=day) or person)
    return np.unique(names, return_inverse=True)[1].astype(np.intp)


# Any: a row holds what its columns hold.
def _manager(lines: Sequence[Mapping[str, Any]], *, on: date) -> str | None:
    """Whom somebody reported to on a day; the nearest later one where nothing is known of it."""
    ordered = sorted(lines, key=lambda row: row["valid_from"])
    holds = [row for row in ordered if row["valid_from"] <= on]
    row = holds[-1] if holds else ordered[0] if ordered else None
    return None if row is None else row["manager_id"]
