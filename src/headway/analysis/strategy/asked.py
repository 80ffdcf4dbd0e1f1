"""What a priority asks of people: from which day, in which work, and how much of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from headway.facts import Facts, collect, predicate
from headway.terms.period import Period
from headway.terms.predicate import Predicate, PredicateError, parse

_GRACE_DAYS = 30
_PREDICATES = ("scope", "behaviour", "eligibility")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One priority in force.

    `start` is the day of launch, else of declaration; conduct is due `grace_days` later, on `due`.
    A predicate is None where none is declared, and where it does not fit the tables: then its name
    is in `unusable`. `ramp` holds the declared depth of practice, (days after start, share 0..1),
    the earliest first.
    """

    priority_id: str
    start: date
    grace_days: int
    scope: Predicate | None
    behaviour: Predicate | None
    eligibility: Predicate | None
    unusable: frozenset[str]
    ramp: tuple[tuple[int, float], ...] = ()

    @property
    def due(self) -> date:
        """The first day on which conduct counts."""
        return self.start + timedelta(days=self.grace_days)

    def target(self, window: Period) -> float | None:
        """The declared depth, the mean over the days of a window; None where nothing is asked yet.

        Before the first step nothing is.
        """
        shares = []
        for day in range(window.days):
            since = (window.first - self.start).days + day
            reached = [share for step, share in self.ramp if step <= since]
            shares.append(reached[-1] if reached else 0.0)
        return fmean(shares) or None

    def asks_among(self, tables: Collection[str]) -> bool:
        """Whether its eligibility repeats a condition of its scope on one of these tables.

        Then the declared depth is a rate among what the priority is about: it says how that is to
        be done, and not how much of all work it should be.
        """
        if self.scope is None or self.eligibility is None:
            return False
        asks = {each for each in self.scope.conditions if each.table in tables}
        return not asks.isdisjoint(self.eligibility.conditions)


def of(facts: Facts, *, kind: str, window: Period) -> tuple[Asked, ...]:
    """The priorities of one kind declared by the last day of the window and not ended before it."""
    ramps = _ramps(facts)
    return tuple(
        _asked(row, ramp=ramps.get(row["priority_id"], ()))
        for row in sorted(
            collect(facts.columns("meant/priority")).records(), key=lambda row: row["priority_id"]
        )
        if row["kind"] == kind
        and row["declared_on"] <= window.last
        and (row["ended_on"] is None or row["ended_on"] > window.first)
    )


# Any: a row holds what its columns hold.
def _asked(row: Mapping[str, Any], *, ramp: tuple[tuple[int, float], ...]) -> Asked:
    read: dict[str, Predicate | None] = dict.fromkeys(_PREDICATES)
    unusable = set()
    for name in _PREDICATES:
        if row[name] is None:
            continue
        try:
            found = parse(row[name])
            predicate.check(found)
            read[name] = found
        except PredicateError:
            unusable.add(name)
    return Asked(
        priority_id=row["priority_id"],
        start=row["launched_on"] or row["declared_on"],
        grace_days=_GRACE_DAYS if row["grace_days"] is None else row["grace_days"],
        unusable=frozenset(unusable),
        ramp=ramp,
        **read,
    )


def _ramps(facts: Facts) -> Mapping[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in collect(facts.columns("meant/priority_target")).records():
        if row["link"] == "practised" and row["measure"] == "depth":
            found[row["priority_id"]].append((row["from_days"], row["target_share"]))
    return {priority: tuple(sorted(steps)) for priority, steps in found.items()}
