"""Metrics of what was open when a period began: coverage, its own conversion, slip and pushes."""

from functools import partial

import numpy as np

from headway.analysis.methods import bootstrap, counts, proportion
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import asked, closing, days
from headway.analysis.results.asked import DRAWS, Asked, Said
from headway.analysis.results.book import within
from headway.analysis.results.dimension import Bools
from headway.analysis.results.expected import Expected
from headway.analysis.results.targets import Targets
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

CODES = (
    ("coverage", Unit.RATIO),
    ("pipeline_conversion", Unit.SHARE),
    ("slip", Unit.SHARE),
    ("slip_value", Unit.SHARE),
    ("push_count", Unit.RATIO),
)


def metrics(ask: Asked, *, targets: Targets) -> tuple[Metric, ...]:
    """Coverage, pipeline conversion, slip by count and by value, and pushes.

    All need open opportunities with a day of creation and the history of their close dates: today's
    close date says nothing about the one of that day.
    """
    moves = ask.history.expected
    if moves is None or not (ask.book.has_open and ask.book.has_created):
        return tuple(asked.not_measured(code, unit=unit) for code, unit in CODES)
    return (
        _coverage(ask, moves=moves, targets=targets),
        _conversion(ask, moves=moves),
        _slip(ask, moves=moves),
        _slip_value(ask, moves=moves),
        _pushes(ask, moves=moves),
    )


def due(ask: Asked, period: Period, *, moves: Expected) -> Bools:
    """Which were open when the period began and expected to close within it, as then known."""
    book, first = ask.book, days.of(period.first)
    was_open = (book.created_on < first) & (book.is_open | (book.decided_on >= first))
    return was_open & within(moves.as_known_at(first, book=book), period=period)


def _coverage(ask: Asked, *, moves: Expected, targets: Targets) -> Metric:
    if not ask.book.has_amount or targets.of(ask.actual) is None:
        return asked.not_measured("coverage", unit=Unit.RATIO)
    return ask.metric(
        "coverage",
        unit=Unit.RATIO,
        of=partial(_covered, ask, moves=moves, targets=targets),
        said=Said(
            caveats=("amount_as_recorded", "no_norm", *targets.caveats),
            figures={"target_amount": targets.of(ask.actual) or 0.0},
        ),
    )


def _covered(
    ask: Asked, period: Period, *, moves: Expected, targets: Targets
) -> Range | TooFew | None:
    target = targets.of(period)
    if not target:
        return None
    book = ask.book
    amounts = book.amount[due(ask, period, moves=moves) & ~np.isnan(book.amount)]
    drawn = bootstrap.sum_range(amounts, draws=DRAWS, seed=ask.seed, level=ask.level)
    return Range(
        value=drawn.value / target, low=drawn.low / target, high=drawn.high / target, n=drawn.n
    )


def _conversion(ask: Asked, *, moves: Expected) -> Metric:
    if not ask.book.has_amount:
        return asked.not_measured("pipeline_conversion", unit=Unit.SHARE)
    return ask.metric(
        "pipeline_conversion",
        unit=Unit.SHARE,
        of=partial(_converted, ask, moves=moves),
        said=Said(caveats=("amount_as_recorded",)),
    )


def _converted(ask: Asked, period: Period, *, moves: Expected) -> Range | TooFew | None:
    won = ask.book.decided_in(period) & ask.book.is_won
    return _value_share(ask, due(ask, period, moves=moves), wanted=won)


def _slip(ask: Asked, *, moves: Expected) -> Metric:
    cases = {period: due(ask, period, moves=moves) for period in (ask.actual, ask.base)}
    (k, n), (k_before, n_before) = (
        (int((mask & ~ask.book.decided_in(period)).sum()), int(mask.sum()))
        for period, mask in cases.items()
    )
    least = ask.policy.min_cases_for_rate
    found = {
        ask.actual: proportion.rate(k, n, level=ask.level, min_cases=least),
        ask.base: proportion.rate(k_before, n_before, level=ask.level, min_cases=least),
    }
    return ask.metric(
        "slip",
        unit=Unit.SHARE,
        of=lambda period: found[period],
        change=proportion.difference(
            (k, n),
            (k_before, n_before),
            level=ask.level,
            min_cases=ask.policy.min_cases_to_compare,
        ),
        said=Said(caveats=("as_known_at_start",)),
    )


def _slip_value(ask: Asked, *, moves: Expected) -> Metric:
    if not ask.book.has_amount:
        return asked.not_measured("slip_value", unit=Unit.SHARE)
    return ask.metric(
        "slip_value",
        unit=Unit.SHARE,
        of=lambda period: _value_share(
            ask, due(ask, period, moves=moves), wanted=~ask.book.decided_in(period)
        ),
        said=Said(caveats=("as_known_at_start", "amount_as_recorded")),
    )


def _value_share(ask: Asked, cases: Bools, *, wanted: Bools) -> Range | TooFew | None:
    amounts, needed = ask.book.amount, ask.policy.min_cases_for_rate
    known = cases & ~np.isnan(amounts)
    if int(known.sum()) < needed:
        return TooFew(seen=int(known.sum()), needed=needed)
    return closing.value_share(amounts[known & wanted], amounts[known & ~wanted], ask=ask)


def _pushes(ask: Asked, *, moves: Expected) -> Metric:
    return ask.metric(
        "push_count",
        unit=Unit.RATIO,
        of=partial(_pushed, ask, moves=moves),
        said=Said(
            caveats=("bulk_edits_left_out",),
            figures={"bulk_edit_count": float(moves.is_bulk.sum())},
        ),
    )


def _pushed(ask: Asked, period: Period, *, moves: Expected) -> Range | TooFew:
    book = ask.book
    end, first = days.of(period.end), days.of(period.first)
    was_open = (book.created_on < end) & (book.is_open | (book.decided_on >= first))
    n, needed = int(was_open.sum()), ask.policy.min_cases_for_rate
    if n < needed:
        return TooFew(seen=n, needed=needed)
    seen = int((moves.pushes(period) & was_open[moves.place]).sum())
    low, high = counts.interval(seen, level=ask.level)
    return Range(value=seen / n, low=low / n, high=high / n, n=n)
