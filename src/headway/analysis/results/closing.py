"""Metrics of what was decided in a period: rates, amounts and bookings."""

from functools import partial

import numpy as np

from headway.analysis.methods import bootstrap, counts, proportion
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import asked, series
from headway.analysis.results.asked import DRAWS, Asked, Said
from headway.analysis.results.days import Numbers
from headway.analysis.results.dimension import Bools
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

LOST_AMOUNTS_FROM = 0.5
"""Share of lost opportunities that must carry an amount for the value win rate to mean anything."""


def metrics(ask: Asked) -> tuple[Metric, ...]:
    """Close rate, narrow win rate, no-decision share, value win rate, average amount, bookings."""
    return (
        _close_rate(ask),
        _narrow(ask),
        _no_decision(ask),
        _value_win_rate(ask),
        _average_amount(ask),
        _bookings(ask),
        _created(ask),
    )


def share(ask: Asked, period: Period, *, wanted: Bools, among: Bools) -> Range | TooFew:
    """The share of `wanted` among those decided in the period that are `among`."""
    cases = ask.book.decided_in(period) & among
    k, n = int((cases & wanted).sum()), int(cases.sum())
    return proportion.rate(k, n, level=ask.level, min_cases=ask.policy.min_cases_for_rate)


def _rate(ask: Asked, code: str, *, wanted: Bools, among: Bools, caveats: list[str]) -> Metric:
    book = ask.book
    cases = {period: book.decided_in(period) & among for period in (ask.actual, ask.base)}
    now, before = ((int((mask & wanted).sum()), int(mask.sum())) for mask in cases.values())
    return ask.metric(
        code,
        unit=Unit.SHARE,
        of=partial(share, ask, wanted=wanted, among=among),
        change=proportion.difference(
            now, before, level=ask.level, min_cases=ask.policy.min_cases_to_compare
        ),
        said=Said(
            series=series.of_ratios(
                book,
                moments=book.decided_on,
                counted=(book.is_won | book.is_lost) & among,
                amounts=wanted.astype(float),
                min_cases=ask.policy.min_cases_for_rate,
            ),
            caveats=tuple(caveats),
        ),
    )


def _close_rate(ask: Asked) -> Metric:
    book = ask.book
    if not book.has_lost:
        return asked.not_measured("close_rate", unit=Unit.SHARE)
    caveats = ["open_left_out" if book.has_open else "open_not_recorded"]
    if not book.has_no_decision:
        caveats.append("no_decision_not_recorded")
    everyone = np.ones(len(book), dtype=bool)
    return _rate(ask, "close_rate", wanted=book.is_won, among=everyone, caveats=caveats)


def _narrow(ask: Asked) -> Metric:
    book = ask.book
    if not (book.has_lost and book.has_no_decision):
        return asked.not_measured("win_rate_narrow", unit=Unit.SHARE)
    decided = ~book.is_no_decision
    return _rate(
        ask, "win_rate_narrow", wanted=book.is_won, among=decided, caveats=["no_decision_left_out"]
    )


def _no_decision(ask: Asked) -> Metric:
    book = ask.book
    if not (book.has_lost and book.has_no_decision):
        return asked.not_measured("no_decision_share", unit=Unit.SHARE)
    everyone = np.ones(len(book), dtype=bool)
    return _rate(
        ask,
        "no_decision_share",
        wanted=book.is_no_decision,
        among=everyone,
        caveats=["reason_as_coded"],
    )


def entry_amounts(ask: Asked) -> Numbers:
    """The amount of each opportunity at its creation, else as recorded now."""
    first = ask.history.first_amount
    if first is None:
        return ask.book.amount
    amounts: Numbers = np.where(np.isnan(first), ask.book.amount, first)
    return amounts


def _value_win_rate(ask: Asked) -> Metric:
    book, amounts = ask.book, entry_amounts(ask)
    has_value = np.nan_to_num(amounts[book.is_lost]) > 0
    if not book.has_lost or not len(has_value) or has_value.mean() < LOST_AMOUNTS_FROM:
        return asked.not_measured("value_win_rate", unit=Unit.SHARE)
    at = "amount_at_close" if ask.history.first_amount is None else "amount_at_creation"
    decided = book.decided_in(ask.actual) & ~np.isnan(amounts)
    largest: dict[str, float | str] = {}
    if decided.any():
        row = int(np.argmax(np.where(decided, amounts, -np.inf)))
        largest["largest_opportunity"] = str(book.ids[row])
        largest["largest_share"] = float(amounts[row] / max(amounts[decided].sum(), 1e-9))
    return ask.metric(
        "value_win_rate",
        unit=Unit.SHARE,
        of=partial(_value_share, ask, amounts=amounts),
        said=Said(caveats=(at, "largest_opportunity"), figures=largest),
    )


def _value_share(ask: Asked, period: Period, *, amounts: Numbers) -> Range | TooFew | None:
    book = ask.book
    cases = book.decided_in(period) & ~np.isnan(amounts)
    won, lost = amounts[cases & book.is_won], amounts[cases & ~book.is_won]
    n, needed = len(won) + len(lost), ask.policy.min_cases_for_rate
    if n < needed:
        return TooFew(seen=n, needed=needed)
    return value_share(won, lost, ask=ask)


def value_share(wanted: Numbers, rest: Numbers, *, ask: Asked) -> Range | None:
    """The share of the wanted in the sum of both, with its bootstrap interval."""
    total = float(wanted.sum() + rest.sum())
    if total <= 0:
        return None
    random = np.random.default_rng(ask.seed)
    above = bootstrap.draw(wanted, draws=DRAWS, random=random).sums
    below = bootstrap.draw(rest, draws=DRAWS, random=random).sums + above
    low, high = bootstrap.ends(above / np.where(below > 0, below, np.nan), level=ask.level)
    n = len(wanted) + len(rest)
    return Range(value=float(wanted.sum()) / total, low=low, high=high, n=n)


def won_amounts(ask: Asked, period: Period) -> Numbers:
    """The known amounts of what was won in the period."""
    amounts = ask.book.amount[ask.book.decided_in(period) & ask.book.is_won]
    return amounts[~np.isnan(amounts)]


def mean_amount(ask: Asked, period: Period) -> Range | TooFew | None:
    """The mean amount of a won opportunity."""
    amounts, needed = won_amounts(ask, period), ask.policy.min_cases_for_rate
    if len(amounts) < needed:
        return TooFew(seen=len(amounts), needed=needed)
    return bootstrap.mean_range(amounts, draws=DRAWS, seed=ask.seed, level=ask.level)


def _average_amount(ask: Asked) -> Metric:
    book = ask.book
    if not book.has_amount:
        return asked.not_measured("average_amount", unit=Unit.MONEY)
    known = book.is_won & ~np.isnan(book.amount)
    return ask.metric(
        "average_amount",
        unit=Unit.MONEY,
        of=partial(mean_amount, ask),
        said=Said(
            series=series.of_ratios(
                book,
                moments=book.decided_on,
                counted=known,
                amounts=np.nan_to_num(book.amount),
                min_cases=ask.policy.min_cases_for_rate,
            ),
            caveats=_missing_amounts(ask),
            figures=_missing_count(ask),
        ),
    )


def _bookings(ask: Asked) -> Metric:
    book = ask.book
    if not book.has_amount:
        return asked.not_measured("bookings", unit=Unit.MONEY)
    now, before = won_amounts(ask, ask.actual), won_amounts(ask, ask.base)
    return ask.metric(
        "bookings",
        unit=Unit.MONEY,
        of=lambda period: bootstrap.sum_range(
            won_amounts(ask, period), draws=DRAWS, seed=ask.seed, level=ask.level
        ),
        change=bootstrap.sum_change(before, now, draws=DRAWS, seed=ask.seed, level=ask.level),
        said=Said(
            series=series.of_sums(
                book,
                moments=book.decided_on,
                counted=book.is_won & ~np.isnan(book.amount),
                amounts=np.nan_to_num(book.amount),
            ),
            caveats=_missing_amounts(ask),
            figures=_missing_count(ask),
        ),
    )


def _created(ask: Asked) -> Metric:
    book = ask.book.as_created
    if not book.has_created:
        return asked.not_measured("opportunities_created", unit=Unit.COUNT)
    now, before = (int(book.created_in(period).sum()) for period in (ask.actual, ask.base))
    return ask.metric(
        "opportunities_created",
        unit=Unit.COUNT,
        of=lambda period: counts.expected(int(book.created_in(period).sum()), level=ask.level),
        change=counts.difference(now, before, level=ask.level),
        said=Said(
            series=series.of_sums(
                book,
                moments=book.created_on,
                counted=~np.isnat(book.created_on),
                amounts=np.ones(len(book)),
            ),
            caveats=("created_as_typed",),
        ),
    )


def _missing_count(ask: Asked) -> dict[str, float | str]:
    won = (ask.book.decided_in(ask.actual) | ask.book.decided_in(ask.base)) & ask.book.is_won
    missing = int((won & np.isnan(ask.book.amount)).sum())
    return {"missing_count": float(missing)} if missing else {}


def _missing_amounts(ask: Asked) -> tuple[str, ...]:
    return ("amount_missing",) if _missing_count(ask) else ()
