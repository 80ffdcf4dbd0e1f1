"""Metrics of what was open when a period began: coverage, its own conversion, slip and pushes."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from headway.analysis.methods import bootstrap, counts, proportion
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.results import asked, closing, days, expected
from headway.analysis.results.asked import DRAWS, Asked, Said
from headway.analysis.results.book import Book, within
from headway.analysis.results.dimension import Bools
from headway.analysis.results.expected import Expected
from headway.analysis.results.targets import Targets
from headway.facts import Facts
from headway.terms.answer import Metric, Unit
from headway.terms.period import Period

CODES = (
    ("coverage", Unit.RATIO),
    ("pipeline_conversion", Unit.SHARE),
    ("slip", Unit.SHARE),
    ("slip_value", Unit.SHARE),
    ("push_count", Unit.RATIO),
)


@dataclass(frozen=True, kw_only=True, eq=False)
class Began:
    """The book by who owned the opportunities when a period began, and its close dates' moves."""

    period: Period
    book: Book
    moves: Expected

    @property
    def due(self) -> Bools:
        """Which were open when the period began and expected to close within it, as then known."""
        book, first = self.book, days.of(self.period.first)
        was_open = (book.created_on < first) & (book.is_open | (book.decided_on >= first))
        return was_open & within(self.moves.as_known_at(first, book=book), period=self.period)


_Both = Mapping[Period, Began]


def metrics(ask: Asked, *, facts: Facts, targets: Targets) -> tuple[Metric, ...]:
    """Coverage, pipeline conversion, slip by count and by value, and pushes.

    All need open opportunities with a day of creation and the history of their close dates: today's
    close date says nothing about the one of that day.
    """
    both = {
        period: began
        for period in (ask.actual, ask.base)
        if (began := _began(ask, period, facts=facts)) is not None
    }
    if not (both and ask.book.has_open and ask.book.has_created):
        return tuple(asked.not_measured(code, unit=unit) for code, unit in CODES)
    return (
        _coverage(ask, both=both, targets=targets),
        _conversion(ask, both=both),
        _slip(ask, both=both),
        _slip_value(ask, both=both),
        _pushes(ask, both=both),
    )


def _began(ask: Asked, period: Period, *, facts: Facts) -> Began | None:
    book, moves = ask.book.as_open_on(period.first), ask.history.expected
    if moves is not None and book is not ask.book:
        moves = expected.of(facts, book=book)
    return None if moves is None else Began(period=period, book=book, moves=moves)


def _coverage(ask: Asked, *, both: _Both, targets: Targets) -> Metric:
    if not ask.book.has_amount or targets.of(ask.actual) is None:
        return asked.not_measured("coverage", unit=Unit.RATIO)
    return ask.metric(
        "coverage",
        unit=Unit.RATIO,
        of=partial(_covered, ask, both=both, targets=targets),
        said=Said(
            caveats=("amount_as_recorded", "no_norm", *targets.caveats),
            figures={"target_amount": targets.of(ask.actual) or 0.0},
        ),
    )


def _covered(ask: Asked, period: Period, *, both: _Both, targets: Targets) -> Range | TooFew | None:
    target = targets.of(period)
    if not target:
        return None
    began = both[period]
    amounts = began.book.amount[began.due & ~np.isnan(began.book.amount)]
    drawn = bootstrap.sum_range(amounts, draws=DRAWS, seed=ask.seed, level=ask.level)
    return Range(
        value=drawn.value / target, low=drawn.low / target, high=drawn.high / target, n=drawn.n
    )


def _conversion(ask: Asked, *, both: _Both) -> Metric:
    if not ask.book.has_amount:
        return asked.not_measured("pipeline_conversion", unit=Unit.SHARE)
    return ask.metric(
        "pipeline_conversion",
        unit=Unit.SHARE,
        of=partial(_converted, ask, both=both),
        said=Said(caveats=("amount_as_recorded",)),
    )


def _converted(ask: Asked, period: Period, *, both: _Both) -> Range | TooFew | None:
    book = both[period].book
    return _value_share(ask, both[period], wanted=book.decided_in(period) & book.is_won)


def _slip(ask: Asked, *, both: _Both) -> Metric:
    (k, n), (k_before, n_before) = (
        (int((began.due & ~began.book.decided_in(period)).sum()), int(began.due.sum()))
        for period, began in both.items()
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


def _slip_value(ask: Asked, *, both: _Both) -> Metric:
    if not ask.book.has_amount:
        return asked.not_measured("slip_value", unit=Unit.SHARE)
    return ask.metric(
        "slip_value",
        unit=Unit.SHARE,
        of=lambda period: _value_share(
            ask, both[period], wanted=~both[period].book.decided_in(period)
        ),
        said=Said(caveats=("as_known_at_start", "amount_as_recorded")),
    )


def _value_share(ask: Asked, began: Began, *, wanted: Bools) -> Range | TooFew | None:
    amounts, needed = began.book.amount, ask.policy.min_cases_for_rate
    known = began.due & ~np.isnan(amounts)
    if int(known.sum()) < needed:
        return TooFew(seen=int(known.sum()), needed=needed)
    return closing.value_share(amounts[known & wanted], amounts[known & ~wanted], ask=ask)


def _pushes(ask: Asked, *, both: _Both) -> Metric:
    moves = both[ask.actual].moves
    return ask.metric(
        "push_count",
        unit=Unit.RATIO,
        of=partial(_pushed, ask, both=both),
        said=Said(
            caveats=("bulk_edits_left_out",),
            figures={"bulk_edit_count": float(moves.is_bulk.sum())},
        ),
    )


def _pushed(ask: Asked, period: Period, *, both: _Both) -> Range | TooFew:
    book, moves = both[period].book, both[period].moves
    end, first = days.of(period.end), days.of(period.first)
    was_open = (book.created_on < end) & (book.is_open | (book.decided_on >= first))
    n, needed = int(was_open.sum()), ask.policy.min_cases_for_rate
    if n < needed:
        return TooFew(seen=n, needed=needed)
    seen = int((moves.pushes(period) & was_open[moves.place]).sum())
    low, high = counts.interval(seen, level=ask.level)
    return Range(value=seen / n, low=low / n, high=high / n, n=n)
