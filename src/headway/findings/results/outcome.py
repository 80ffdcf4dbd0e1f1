"""What a result was, what it is, and how likely the change is more than chance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.results.book import Book
from headway.terms.answer import Comparison, Figure, Kpi, Missing, Unit
from headway.terms.period import Period
from headway.terms.policy import Policy

Numbers = npt.NDArray[np.float64]

DRAWS = 2_000
# With more opportunities than this, none of them large, resampling them one by one and the normal
# limit agree within the error of the draws; else the tail of their sizes makes the difference.
MOST_RESAMPLED = 400
LARGE_SHARE = 0.02

UNITS: Mapping[Kpi, Unit] = {
    Kpi.BOOKINGS: Unit.MONEY,
    Kpi.WIN_RATE: Unit.SHARE,
    Kpi.AVERAGE_AMOUNT: Unit.MONEY,
    Kpi.OPPORTUNITIES_CREATED: Unit.COUNT,
    Kpi.CYCLE_DAYS: Unit.DAYS,
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result in both periods, its change (now less before), and the chance that it rose."""

    base: Figure
    actual: Figure
    change: Figure
    p_up: float | None

    @property
    def is_clear(self) -> bool:
        """Whether the range of the change leaves out zero."""
        low, high = self.change.low, self.change.high
        return low is not None and high is not None and not low <= 0 <= high

    @property
    def p_down(self) -> float | None:
        """The chance that it truly fell."""
        return None if self.p_up is None else 1 - self.p_up


@dataclass(frozen=True, kw_only=True)
class _Draws:
    """One period's value with draws of what it could have been."""

    value: float
    n: int
    draws: Numbers


def of(book: Book, *, kpi: Kpi, comparison: Comparison, policy: Policy, seed: int) -> Outcome:
    """The result in both periods.

    Money and means are resampled opportunity by opportunity with Poisson weights, so that how many
    opportunities there are varies too; shares have a Beta(.5, .5) prior, counts a Gamma(.5) prior.

    Args:
        book: the opportunities.
        kpi: which result.
        comparison: which periods.
        policy: the level of the ranges.
        seed: of the draws; the same seed gives the same ranges.

    References:
        Chamandy, Muralidharan, Najmi & Naidu (2012), Google Research, for Poisson weights; Brown,
        Cai & DasGupta (2001), Statistical Science 16:101-133, for the prior of shares.
    """
    missing = _missing(book, kpi=kpi)
    if missing is not None:
        nothing = Figure(value=None, missing=missing)
        return Outcome(base=nothing, actual=nothing, change=nothing, p_up=None)
    random = np.random.default_rng(seed)
    before = _MEASURES[kpi](book, comparison.base, random)
    now = _MEASURES[kpi](book, comparison.actual, random)
    return _compared(before, now, policy=policy)


def value(book: Book, *, kpi: Kpi, period: Period) -> float | None:
    """The result in one period, without a range; None where there was no case."""
    if kpi is Kpi.BOOKINGS:
        return float(won_amounts(book, period=period).sum())
    if kpi is Kpi.OPPORTUNITIES_CREATED:
        return float(book.as_created.created_in(period).sum())
    if kpi is Kpi.WIN_RATE:
        values = book.is_won[book.decided_in(period)].astype(np.float64)
    elif kpi is Kpi.AVERAGE_AMOUNT:
        values = won_amounts(book, period=period)
    else:
        values = np.sort(cycle_days(book, period=period))
    if len(values) == 0:
        return None
    return float(np.median(values) if kpi is Kpi.CYCLE_DAYS else values.mean())


def without(book: Book, *, opportunities: frozenset[int]) -> Book:
    """The book less the opportunities at those places."""
    kept = np.ones(len(book), dtype=bool)
    kept[list(opportunities)] = False
    return book.only(kept)


def _compared(before: _Draws | None, now: _Draws | None, *, policy: Policy) -> Outcome:
    base, actual = (_figure(period, policy=policy) for period in (before, now))
    if before is None or now is None:
        change = Figure(value=None, n=base.n + actual.n, missing=Missing.NO_CASES)
        return Outcome(base=base, actual=actual, change=change, p_up=None)
    moved = now.draws - before.draws
    change = _figure(
        _Draws(value=now.value - before.value, n=before.n + now.n, draws=moved), policy=policy
    )
    ties = float((moved == 0).mean())
    return Outcome(
        base=base, actual=actual, change=change, p_up=float((moved > 0).mean()) + ties / 2
    )


def _figure(found: _Draws | None, *, policy: Policy) -> Figure:
    if found is None:
        return Figure(value=None, missing=Missing.NO_CASES)
    tail = (1 - policy.interval_level) / 2
    low, high = np.quantile(found.draws, [tail, 1 - tail])
    return Figure(value=found.value, low=float(low), high=float(high), n=found.n)


def _missing(book: Book, *, kpi: Kpi) -> Missing | None:
    is_known = {
        Kpi.WIN_RATE: book.has_lost,
        # A source of wins alone does not say how many opportunities there were.
        Kpi.OPPORTUNITIES_CREATED: book.has_created and (book.has_lost or book.has_open),
        Kpi.CYCLE_DAYS: book.has_created,
        Kpi.BOOKINGS: bool((book.is_won & ~np.isnan(book.amount)).any()),
        Kpi.AVERAGE_AMOUNT: bool((book.is_won & ~np.isnan(book.amount)).any()),
    }
    return None if is_known[kpi] else Missing.NOT_MEASURED


def _bookings(book: Book, period: Period, random: np.random.Generator) -> _Draws:
    amounts = won_amounts(book, period=period)
    total = float(amounts.sum())
    if _is_smooth(amounts):
        spread = float(np.sqrt(np.square(amounts).sum()))
        return _Draws(value=total, n=len(amounts), draws=random.normal(total, spread, DRAWS))
    weights = random.poisson(1.0, (DRAWS, len(amounts)))
    return _Draws(value=total, n=len(amounts), draws=weights @ amounts)


def _average(book: Book, period: Period, random: np.random.Generator) -> _Draws | None:
    amounts = won_amounts(book, period=period)
    if len(amounts) == 0:
        return None
    mean = float(amounts.mean())
    if _is_smooth(amounts):
        error = float(amounts.std(ddof=1) / np.sqrt(len(amounts)))
        return _Draws(value=mean, n=len(amounts), draws=random.normal(mean, error, DRAWS))
    weights = random.poisson(1.0, (DRAWS, len(amounts)))
    counts = weights.sum(axis=1)
    draws = np.divide(
        weights @ amounts, counts, out=np.full(DRAWS, mean, dtype=np.float64), where=counts > 0
    )
    return _Draws(value=mean, n=len(amounts), draws=draws)


def _is_smooth(amounts: Numbers) -> bool:
    return len(amounts) > MOST_RESAMPLED and amounts.max() <= LARGE_SHARE * amounts.sum()


def _win_rate(book: Book, period: Period, random: np.random.Generator) -> _Draws | None:
    decided = book.decided_in(period)
    n, won = int(decided.sum()), int((decided & book.is_won).sum())
    if n == 0:
        return None
    return _Draws(value=won / n, n=n, draws=random.beta(won + 0.5, n - won + 0.5, DRAWS))


def _created(book: Book, period: Period, random: np.random.Generator) -> _Draws:
    n = int(book.as_created.created_in(period).sum())
    return _Draws(value=float(n), n=n, draws=random.gamma(n + 0.5, 1.0, DRAWS))


def _cycle_days(book: Book, period: Period, random: np.random.Generator) -> _Draws | None:
    days = np.sort(cycle_days(book, period=period))
    if len(days) == 0:
        return None
    # The median's place among n sorted values is Beta(n/2 + .5, n/2 + .5): no resampling needed.
    half = (len(days) + 1) / 2
    places = np.clip(random.beta(half, half, DRAWS) * len(days), 0, len(days) - 1)
    return _Draws(value=float(np.median(days)), n=len(days), draws=days[places.astype(np.int64)])


_MEASURES: Mapping[Kpi, Callable[[Book, Period, np.random.Generator], _Draws | None]] = {
    Kpi.BOOKINGS: _bookings,
    Kpi.AVERAGE_AMOUNT: _average,
    Kpi.WIN_RATE: _win_rate,
    Kpi.OPPORTUNITIES_CREATED: _created,
    Kpi.CYCLE_DAYS: _cycle_days,
}


def won_amounts(book: Book, *, period: Period) -> Numbers:
    """The amounts won in the period; those without an amount are left out."""
    amounts = book.amount[book.decided_in(period) & book.is_won]
    return amounts[~np.isnan(amounts)]


def cycle_days(book: Book, *, period: Period) -> Numbers:
    """Days from creation to win of what was won in the period; closed before created is out."""
    won = book.decided_in(period) & book.is_won & (book.created_on <= book.decided_on)
    return (book.decided_on[won] - book.created_on[won]).astype(np.float64)
