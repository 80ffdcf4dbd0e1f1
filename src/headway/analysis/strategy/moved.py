"""The link `moved`: whether the declared result moved more for those who practise than otherwise.

A result that rose says nothing by itself: the season, the market and chance lift those who do not
practise as well. So the change among those who practise is told less that of the others, or where
there are too few of these, less their own change in the same days of the year before; else not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group, Organisation
from headway.analysis.strategy.items import Items
from headway.analysis.strategy.practised import Practice
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Effect, Link, LinkReason
from headway.terms.period import Period
from headway.terms.predicate import Condition, Op, Predicate

_FEWEST_CLOSED = 30
_FEWEST_PEOPLE, _FEWEST_MANAGERS = 10, 6
_PERIOD = timedelta(days=30)
_FEWEST_BEFORE, _FEWEST_SINCE = 4, 2
# Whole weeks, so that the same days of the week lie in both.
_YEAR = timedelta(weeks=52)
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
_People = npt.NDArray[np.bool_]
_Places = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """What the result is made of in one period, per person: a sum over how many, and closings."""

    sums: Floats
    cases: Floats
    closed: Floats


@dataclass(frozen=True)
class _Cell:
    """The result of some people in one period, added where `sign` is 1, taken away where -1."""

    sign: int
    side: Side
    people: _Places


@dataclass(frozen=True, kw_only=True)
class _Change:
    """By how much it changed, with its standard error and the degrees of freedom of that."""

    estimate: float
    spread: float
    freedom: int
    is_year_ago: bool

    @property
    def low(self) -> float:
        """The lower end of its range."""
        return self._end((1 - _LEVEL) / 2)

    @property
    def high(self) -> float:
        """The upper end of its range."""
        return self._end((1 + _LEVEL) / 2)

    def told(self, made: Counted, *, unit: str, is_up: bool) -> Counted:
        """The link, with the probability that the change is as large as its target."""
        from scipy.special import stdtr  # noqa: PLC0415  heavy

        way = 1 if is_up else -1
        enough = stdtr(self.freedom, (way * self.estimate - made.target) / self.spread)
        effect = Effect(
            estimate=self.estimate,
            low=self.low,
            high=self.high,
            unit=unit,
            is_year_ago=self.is_year_ago,
        )
        return replace(made, effect=effect, p_enough=float(enough))

    def _end(self, share: float) -> float:
        from scipy.special import stdtrit  # noqa: PLC0415  heavy

        return float(self.estimate + self.spread * stdtrit(self.freedom, share))


def _ratio(sums: Floats, cases: Floats) -> Floats:
    """NaN where there is no case."""
    found: Floats = np.where(cases > 0, sums / np.where(cases > 0, cases, 1.0), np.nan)
    return found


def _fewest_closed(cells: tuple[_Cell, ...]) -> float:
    return min(float(cell.side.closed[cell.people].sum()) for cell in cells)


@dataclass(frozen=True, kw_only=True, eq=False)
class Results:
    """The declared result of everybody, before the launch and once practice can have told.

    `managers` numbers the manager of each of `people`. `before` is made of two halves, `early` and
    `late`, by which is seen whether people changed already. `year_ago` are the same days, before
    and since, one year earlier, empty where the facts do not reach back so far or the launch lies
    in them. `reason` says why there is none to compare.
    """

    reason: LinkReason | None
    unit: str = ""
    people: Mapping[str, int] = field(default_factory=dict)
    managers: npt.NDArray[np.intp] = field(default_factory=lambda: np.empty(0, dtype=np.intp))
    early: Side | None = None
    late: Side | None = None
    before: Side | None = None
    since: Side | None = None
    year_ago: tuple[Side, Side] | None = None
    practice: Practice | None = None

    def others(self, priority: Priority, *, everybody: Group) -> _People:
        """Which of `people` are of the role, have work enough to tell, and do not practise."""
        found = np.zeros(len(self.people), dtype=bool)
        if self.practice is not None:
            practising = self.practice.practising(priority, group=everybody)
            if practising is not None:
                found[self._places(self.practice.able(everybody) - practising)] = True
        return found

    def counted(self, priority: Priority, *, group: Group, others: _People) -> Counted:
        """The change among members who practise, less that among people who do not.

        Those who do not are looked for in the whole role: `others`. Each side needs ten people
        under six managers, and thirty closed opportunities in each period. Where the others are too
        few, or had changed differently before the launch already, those who practise are held
        against themselves a year earlier.
        """
        made = Counted(
            link=Link.MOVED, target=priority.targets[Link.MOVED], asked=len(group.members)
        )
        if self.practice is None or self.reason is not None:
            return _because(made, self.reason or LinkReason.NOT_MEASURED)
        practising = self.practice.practising(priority, group=group)
        if practising is None:
            return _because(made, LinkReason.NOT_MEASURED)
        with_it = self._places(practising)
        is_other = others.copy()
        is_other[with_it] = False
        found = list(self._comparisons(with_it, np.flatnonzero(is_other)))
        if not found:
            return _because(made, LinkReason.NOT_MEASURED)
        enough = (each for each in found if _fewest_closed(each) >= _FEWEST_CLOSED)
        change = next((known for each in enough if (known := self._change(each))), None)
        if change is None:
            return _because(made, LinkReason.TOO_FEW)
        return change.told(made, unit=self.unit, is_up=priority.is_higher_better)

    def _places(self, people: frozenset[str]) -> _Places:
        known = self.people
        return np.array([known[each] for each in sorted(people) if each in known], dtype=np.intp)

    def _comparisons(self, with_it: _Places, without: _Places) -> Iterator[tuple[_Cell, ...]]:
        """Those that there are people for, the better one first."""
        if self.before is None or self.since is None or not self._is_enough(with_it):
            return
        own = (_Cell(1, self.since, with_it), _Cell(-1, self.before, with_it))
        if self._is_enough(without) and not self._moved_before(with_it, without):
            yield (*own, _Cell(-1, self.since, without), _Cell(1, self.before, without))
        if self.year_ago is not None:
            before, since = self.year_ago
            # Whoever sold nothing yet a year ago has no season to be held against.
            there = with_it[before.closed[with_it] > 0]
            if self._is_enough(there):
                yield (
                    *(_Cell(each.sign, each.side, there) for each in own),
                    *(_Cell(-1, since, there), _Cell(1, before, there)),
                )

    def _is_enough(self, people: _Places) -> bool:
        managers = len(np.unique(self.managers[people]))
        return len(people) >= _FEWEST_PEOPLE and managers >= _FEWEST_MANAGERS

    def _moved_before(self, with_it: _Places, without: _Places) -> bool:
        """Whether the two sides went apart before the launch already, surer than by chance."""
        if self.early is None or self.late is None:
            return False
        known = self._change(
            tuple(
                _Cell(sign * way, side, people)
                for sign, side in ((1, self.late), (-1, self.early))
                for way, people in ((1, with_it), (-1, without))
            )
        )
        return known is not None and not known.low <= 0 <= known.high

    def _change(self, cells: tuple[_Cell, ...]) -> _Change | None:
        """The sum of the cells' ratios with their signs; None where nothing varies.

        The variance is the jackknife's: each manager in turn is left out with all periods and both
        sides. Student's t with the managers of the smaller side less one.

        References:
            MacKinnon, Nielsen & Webb (2023), Journal of Applied Econometrics 38:671-694, on leaving
            clusters out; Cameron & Miller (2015), Journal of Human Resources 50:317-372, on few.
        """
        everybody = np.unique(self.managers[np.concatenate([cell.people for cell in cells])])
        total, without = 0.0, np.zeros(len(everybody))
        fewest = len(everybody)
        for cell in cells:
            team = np.searchsorted(everybody, self.managers[cell.people])
            sums, cases = (
                np.bincount(team, weights=each[cell.people], minlength=len(everybody))
                for each in (cell.side.sums, cell.side.cases)
            )
            total += cell.sign * float(_ratio(sums.sum(), cases.sum()))
            without += cell.sign * _ratio(sums.sum() - sums, cases.sum() - cases)
            fewest = min(fewest, len(np.unique(team)))
        count = len(everybody)
        spread = float(np.sqrt((count - 1) / count * ((without - total) ** 2).sum()))
        if not spread > 0 or not np.isfinite(spread):
            return None
        return _Change(
            estimate=float(total),
            spread=spread,
            freedom=fewest - 1,
            is_year_ago=self.year_ago is not None and cells[-1].side is self.year_ago[0],
        )


def of(
    facts: Facts,
    priority: Priority,
    *,
    practice: Practice | None,
    organisation: Organisation,
    window: Period,
) -> Results:
    """The declared result over the priority's scope, for every person.

    The days that count begin the grace and one median cycle after the launch, and are two periods
    of 30 days or more; as many before the launch, and four periods or more, are held against them.
    """
    unit = UNITS.get(priority.result or "")
    if practice is None or unit is None:
        return Results(reason=LinkReason.NOT_MEASURED)
    found = in_scope(facts, priority)
    if found is None or not found.people:
        return Results(reason=LinkReason.NOT_MEASURED)
    launch, cycle = priority.launched_on, cycle_days(found, end=window.end)
    first = launch + timedelta(days=priority.grace_days + cycle)
    if window.end - first < _FEWEST_SINCE * _PERIOD:
        return Results(reason=LinkReason.TOO_EARLY)
    since = Period(first=first, end=window.end)
    length = max(window.end - first, _FEWEST_BEFORE * _PERIOD)
    before = Period(first=launch - length, end=launch)
    if before.first < facts.data_from:
        return Results(reason=LinkReason.NOT_MEASURED)
    half = before.first + length // 2
    managers = [organisation.manager_of.get(person, person) for person in found.people]

    def of_days(first: date, end: date) -> Side:
        return side(found, priority.result or "", first=first, end=end)

    def a_year_earlier(period: Period) -> Side:
        return of_days(period.first - _YEAR, period.end - _YEAR)

    is_told = before.first - _YEAR >= facts.data_from and since.end - _YEAR <= launch
    return Results(
        reason=None,
        unit=unit,
        people={person: place for place, person in enumerate(found.people)},
        managers=np.unique(managers, return_inverse=True)[1],
        early=of_days(before.first, half),
        late=of_days(half, before.end),
        before=of_days(before.first, before.end),
        since=of_days(since.first, since.end),
        year_ago=(a_year_earlier(before), a_year_earlier(since)) if is_told else None,
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
    return replace(made, reason=reason)
