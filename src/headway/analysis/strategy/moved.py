"""The link `moved`: whether the declared result moved more for those who practise than for others.

A result that rose says nothing by itself: the season, the market and chance lift those who do not
practise as well. So the change among those who practise is told less that of the others, or not at
all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.practised import Practice
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Effect, Link, LinkReason
from headway.terms.period import Period
from headway.terms.predicate import Condition, Op, Predicate

_FEWEST_CLOSED = 30
_FEWEST_PEOPLE = 6
_LEVEL = 0.90
UNITS = {
    "bookings": "money",
    "average_amount": "money",
    "win_rate": "share",
    "won_count": "count",
    "opportunities_created": "count",
    "cycle_days": "days",
}
"""The results that those who practise are compared by, and the unit of each."""
SHARE_OF_BOOKINGS = "bookings_share"
MEASURED = frozenset({*UNITS, SHARE_OF_BOOKINGS})
"""The results that `side` knows."""
_ALL = Predicate(
    grain="opportunity",
    conditions=(
        Condition(table="opportunity", column="opportunity_id", op=Op.NOT_NULL, value=None),
    ),
)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """What the result is made of in one period, per person: a sum over how many, and closings."""

    sums: Floats
    cases: Floats
    closed: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Results:
    """The declared result of everybody, before the launch and once practice can have told.

    `reason` says why there is none to compare.
    """

    reason: LinkReason | None
    unit: str = ""
    people: Mapping[str, int] | None = None
    before: Side | None = None
    since: Side | None = None
    practice: Practice | None = None

    def others(self, priority: Priority, *, everybody: Group) -> npt.NDArray[np.bool_]:
        """Which of `people` are of the role, have work enough to tell, and do not practise."""
        found = np.zeros(len(self.people or ()), dtype=bool)
        if self.practice is not None:
            practising = self.practice.practising(priority, group=everybody)
            if practising is not None:
                found[self._places(self.practice.able(everybody) - practising)] = True
        return found

    def counted(
        self, priority: Priority, *, group: Group, others: npt.NDArray[np.bool_]
    ) -> Counted:
        """The change among members who practise, less that among people who do not.

        Those who do not are looked for in the whole role: `others`. Without six people on each
        side, and thirty closed opportunities of each in both periods, nothing is told.
        """
        made = Counted(
            link=Link.MOVED, target=priority.targets[Link.MOVED], asked=len(group.members)
        )
        if self.practice is None or self.people is None:
            return _because(made, self.reason or LinkReason.NOT_MEASURED)
        practising = self.practice.practising(priority, group=group)
        if practising is None:
            return _because(made, LinkReason.NOT_MEASURED)
        with_it = self._places(practising)
        is_other = others.copy()
        is_other[with_it] = False
        without = np.flatnonzero(is_other)
        if min(len(with_it), len(without)) < _FEWEST_PEOPLE:
            return _because(made, LinkReason.NOT_MEASURED)
        if self._fewest_closed(with_it, without) < _FEWEST_CLOSED:
            return _because(made, LinkReason.TOO_FEW)
        return self._compared(made, with_it, without, is_up=priority.is_higher_better)

    def _places(self, people: frozenset[str]) -> npt.NDArray[np.intp]:
        known = self.people or {}
        return np.array([known[each] for each in sorted(people) if each in known], dtype=np.intp)

    def _fewest_closed(self, *sides: npt.NDArray[np.intp]) -> float:
        periods = [period for period in (self.before, self.since) if period is not None]
        return min(float(period.closed[side].sum()) for period in periods for side in sides)

    def _compared(
        self,
        made: Counted,
        with_it: npt.NDArray[np.intp],
        without: npt.NDArray[np.intp],
        *,
        is_up: bool,
    ) -> Counted:
        from scipy.stats import t  # noqa: PLC0415  heavy

        changes = [self._change(side) for side in (with_it, without)]
        estimate = changes[0][0] - changes[1][0]
        variances = [change[1] for change in changes]
        spread = float(np.sqrt(sum(variances)))
        if not spread > 0 or not np.isfinite(estimate):
            return _because(made, LinkReason.TOO_FEW)
        freedom = sum(variances) ** 2 / sum(
            variance**2 / (len(side) - 1)
            for variance, side in zip(variances, (with_it, without), strict=True)
            if variance > 0
        )
        known = t(freedom, loc=estimate, scale=spread)
        low, high = (float(end) for end in known.interval(_LEVEL))
        enough = known.sf(made.target) if is_up else known.cdf(-made.target)
        effect = Effect(estimate=float(estimate), low=low, high=high, unit=self.unit)
        return Counted(
            link=made.link,
            target=made.target,
            asked=made.asked,
            effect=effect,
            p_enough=float(enough),
        )

    def _change(self, side: npt.NDArray[np.intp]) -> tuple[float, float]:
        """How much the result of these people changed, and the variance of that over people.

        The variance of a difference of two ratios of sums, linearised, with each person as one
        cluster (Cochran 1977, Sampling Techniques, 6.3; the person's two periods stay together).
        """
        total, parts = 0.0, np.zeros(len(side))
        for sign, period in ((1, self.since), (-1, self.before)):
            if period is None:
                continue
            sums, cases = period.sums[side], period.cases[side]
            ratio = sums.sum() / cases.sum() if cases.sum() else np.nan
            total += sign * ratio
            parts += sign * (sums - ratio * cases) / max(cases.sum(), 1)
        count = len(side)
        return float(total), float(count / (count - 1) * (parts**2).sum())


def of(facts: Facts, priority: Priority, *, practice: Practice | None, window: Period) -> Results:
    """The declared result over the priority's scope, for every person.

    The days that count begin the grace and one median cycle after the launch; as many before the
    launch are held against them.
    """
    unit = UNITS.get(priority.result or "")
    if practice is None or unit is None:
        return Results(reason=LinkReason.NOT_MEASURED)
    found = in_scope(facts, priority)
    if found is None or not found.people:
        return Results(reason=LinkReason.NOT_MEASURED)
    cycle = cycle_days(found, end=window.end)
    first = priority.launched_on + timedelta(days=priority.grace_days + cycle)
    length = window.end - first
    if length <= timedelta():
        return Results(reason=LinkReason.TOO_EARLY)
    launch = priority.launched_on
    return Results(
        reason=None,
        unit=unit,
        people={person: place for place, person in enumerate(found.people)},
        before=side(found, priority.result or "", first=launch - length, end=launch),
        since=side(found, priority.result or "", first=first, end=window.end),
        practice=practice,
    )


def in_scope(facts: Facts, priority: Priority) -> Items | None:
    """The opportunities that the result is measured over; those of the scope are shown.

    Of a share of bookings they are all, of any other result those of the scope. None where the
    result or the scope is none that can be measured.
    """
    scope = priority.scope
    if priority.result not in MEASURED or scope is None or scope.grain != "opportunity":
        return None
    measured_over = _ALL if priority.result == SHARE_OF_BOOKINGS else scope
    return items.of(facts, eligibility=measured_over, behaviour=scope)


def cycle_days(found: Items, *, end: date) -> int:
    """The median time of those shown from creation to closing before a day; 0 where none closed."""
    is_closed = found.is_shown & (found.closed_on < np.datetime64(end))
    cycles = (found.closed_on - found.day)[is_closed].astype(int)
    return int(np.median(cycles)) if len(cycles) else 0


def side(found: Items, result: str, *, first: date, end: date) -> Side:
    """What the result (of `MEASURED`) is made of in one period, for each person."""
    closed = _inside(found.closed_on, first=first, end=end)
    won = closed & found.is_won
    created = _inside(found.day, first=first, end=end)
    cycles = np.where(closed, (found.closed_on - found.day).astype(float), 0.0)
    count = len(found.people)

    def per_person(values: npt.NDArray[np.bool_] | Floats) -> Floats:
        weights = values.astype(np.float64)
        return np.bincount(found.person, weights=weights, minlength=count).astype(np.float64)

    priced = won & ~np.isnan(found.amount)
    amounts = per_person(np.where(priced, found.amount, 0.0))
    within = per_person(np.where(priced & found.is_shown, found.amount, 0.0))
    # Per quarter of 90 days where the result is a flow.
    each = np.full(count, (end - first).days / 90)
    sums, cases = {
        "bookings": (amounts, each),
        SHARE_OF_BOOKINGS: (within, amounts),
        "average_amount": (amounts, per_person(priced)),
        "win_rate": (per_person(won), per_person(closed)),
        "won_count": (per_person(won), each),
        "opportunities_created": (per_person(created), each),
        "cycle_days": (per_person(cycles), per_person(closed)),
    }[result]
    return Side(sums=sums, cases=cases, closed=per_person(closed))


def _inside(day: npt.NDArray[np.datetime64], *, first: date, end: date) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = (day >= np.datetime64(first)) & (day < np.datetime64(end))
    return found


def _because(made: Counted, reason: LinkReason) -> Counted:
    return Counted(link=made.link, target=made.target, asked=made.asked, reason=reason)
