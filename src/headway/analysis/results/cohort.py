"""Metrics of what was created in a period, followed to the book's last day; and sales velocity."""

import math
from functools import partial

import numpy as np

from headway.analysis.methods import survival
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.methods.proportion import normal_quantile
from headway.analysis.methods.survival import Incidence
from headway.analysis.results import asked, closing, days
from headway.analysis.results.asked import Asked, Said
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

AGES = (365, 270, 180, 120, 90, 60, 30)
"""Days at which cohorts are compared: the greatest that half of the younger can have reached."""


def metrics(ask: Asked) -> tuple[Metric, ...]:
    """Cohort win rate, days from creation to won, and sales velocity."""
    return _cohort_win_rate(ask), _cycle_time(ask), _velocity(ask)


def age_days(ask: Asked) -> int | None:
    """The age at which both cohorts are compared, or None where the younger one is too young."""
    book = ask.book.as_created
    created = book.created_on[book.created_in(ask.actual)]
    if not len(created):
        return None
    followed = (days.of(ask.book.as_of) - created).astype(np.int64)
    middle = float(np.median(followed))
    return next((age for age in AGES if age <= middle), None)


def _followed(ask: Asked, period: Period) -> tuple[survival.Counts, survival.Counts]:
    """Days each opportunity created in the period was followed, and its outcome."""
    book = ask.book.as_created
    cohort = book.created_in(period)
    created, decided_on = book.created_on[cohort], book.decided_on[cohort]
    # Closed without a day of closing: as if last seen at its creation, so that it says nothing.
    undated = ~book.is_open[cohort] & np.isnat(decided_on)
    ended = np.where(book.is_open[cohort], days.of(book.as_of), decided_on)
    ended = np.where(undated, created, ended)
    outcome = np.where(
        book.is_won[cohort],
        survival.WANTED,
        np.where(book.is_lost[cohort], survival.COMPETING, survival.OPEN),
    )
    length = np.maximum((ended - created).astype(np.int64), 0)
    return length, np.where(undated, survival.OPEN, outcome)


def _cohort_win_rate(ask: Asked) -> Metric:
    book = ask.book
    if not (book.has_lost and book.has_open and book.has_created):
        return asked.not_measured("cohort_win_rate", unit=Unit.SHARE)
    age = age_days(ask)
    found = {period: _incidence(ask, period, age=age) for period in (ask.actual, ask.base)}
    figures: dict[str, float | str] = {}
    if age is not None:
        figures["age_days"] = float(age)
    now, before = found[ask.actual], found[ask.base]
    if isinstance(now, Incidence):
        figures["maturity_share"] = now.maturity
    if isinstance(before, Incidence):
        figures["maturity_share_before"] = before.maturity
    return ask.metric(
        "cohort_win_rate",
        unit=Unit.SHARE,
        of=lambda period: _share(found[period]),
        said=Said(caveats=("open_censored",), figures=figures),
    )


def _share(found: Incidence | TooFew) -> Range | TooFew:
    return found.share if isinstance(found, Incidence) else found


def _incidence(ask: Asked, period: Period, *, age: int | None) -> Incidence | TooFew:
    length, outcome = _followed(ask, period)
    needed = ask.policy.min_cases_for_rate
    if age is None or len(length) < needed:
        return TooFew(seen=len(length), needed=needed)
    found = survival.incidence(days=length, outcome=outcome, age=age, level=ask.level)
    return TooFew(seen=len(length), needed=needed) if isinstance(found, TooFew) else found


def cycle(ask: Asked, period: Period) -> Range | TooFew:
    """The median of days from creation to won, of those created in the period, with open ones."""
    length, outcome = _followed(ask, period)
    is_won, needed = outcome == survival.WANTED, ask.policy.min_cases_for_rate
    events = int(is_won.sum())
    if events < needed:
        return TooFew(seen=events, needed=needed)
    if ask.book.has_lost:
        found = survival.median_of_wanted(
            days=length, outcome=outcome, within=horizon_days(ask), level=ask.level
        )
    else:
        found = survival.median_days(days=length, is_event=is_won, level=ask.level)
    if isinstance(found, TooFew):
        return found
    # Without an upper end the interval reaches at least as far as anybody was followed.
    high = float(length.max()) if found.high is None else found.high
    low = found.days if found.low is None else found.low
    return Range(value=found.days, low=low, high=high, n=found.event_count)


def horizon_days(ask: Asked) -> int:
    """How long the younger cohort can have been followed: both are looked at so far."""
    first = max(ask.actual.first, ask.base.first)
    return max((ask.book.as_of - first).days, 1)


def _cycle_time(ask: Asked) -> Metric:
    if not ask.book.has_created:
        return asked.not_measured("cycle_time", unit=Unit.DAYS)
    caveats = ["won_within_horizon"] if ask.book.has_lost else []
    if not ask.book.has_open:
        caveats.append("open_not_recorded")
    return ask.metric(
        "cycle_time",
        unit=Unit.DAYS,
        of=partial(cycle, ask),
        said=Said(caveats=tuple(caveats), figures={"horizon_days": float(horizon_days(ask))}),
    )


def _velocity(ask: Asked) -> Metric:
    book = ask.book
    if not (book.has_lost and book.has_open and book.has_created and book.has_amount):
        return asked.not_measured("sales_velocity", unit=Unit.MONEY_PER_DAY)
    return ask.metric(
        "sales_velocity",
        unit=Unit.MONEY_PER_DAY,
        of=partial(_speed, ask),
        said=Said(
            caveats=("factors_depend", "never_a_target"),
            figures={"open_count": float(_open_at_end(ask, ask.actual))},
        ),
    )


def _open_at_end(ask: Asked, period: Period) -> int:
    book, end = ask.book.as_open_on(period.end), days.of(period.end)
    begun = book.created_on < end
    return int((begun & (book.is_open | (book.decided_on >= end))).sum())


def _speed(ask: Asked, period: Period) -> Range | TooFew | None:
    everyone = np.ones(len(ask.book), dtype=bool)
    rate = closing.share(ask, period, wanted=ask.book.is_won, among=everyone)
    amount, length = closing.mean_amount(ask, period), cycle(ask, period)
    if isinstance(rate, Range) and isinstance(amount, Range) and isinstance(length, Range):
        count = float(_open_at_end(ask, period))
        return _product(count, rate=rate, amount=amount, length=length, level=ask.level)
    return next(part for part in (rate, amount, length) if not isinstance(part, Range))


def _product(
    count: float, *, rate: Range, amount: Range, length: Range, level: float
) -> Range | None:
    value = count * rate.value * amount.value / max(length.value, 1.0)
    if value <= 0:
        return None
    # Errors of the logarithms of the three are added as if independent; the number open is known.
    wide = 2 * normal_quantile((1 + level) / 2)
    errors = [
        math.log(max(part.high, 1e-12) / max(part.low, 1e-12)) / wide
        for part in (rate, amount, length)
    ]
    spread = math.exp(wide / 2 * math.hypot(*errors))
    return Range(value=value, low=value / spread, high=value * spread, n=rate.n)
