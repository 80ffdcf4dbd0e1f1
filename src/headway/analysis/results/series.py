"""The course of a metric: one point per fiscal quarter inside the data."""

import numpy as np

from headway.analysis.results.book import Book
from headway.analysis.results.days import Days, Numbers
from headway.analysis.results.dimension import Bools
from headway.terms.answer import Point
from headway.terms.period import Period, fiscal_quarter

MOST_QUARTERS = 40
"""Ten years: older quarters are left out."""


def quarters(book: Book) -> tuple[Period, ...]:
    """The fiscal quarters that hold the book's days, the first and the last perhaps in part."""
    starts_in = book.organisation.fiscal_year_start_month
    quarter = fiscal_quarter(book.as_of, year_starts_in=starts_in)
    found = [quarter]
    while quarter.first > book.data_from and len(found) < MOST_QUARTERS:
        before = np.datetime64(quarter.first) - 1
        quarter = fiscal_quarter(before.item(), year_starts_in=starts_in)
        found.append(quarter)
    return tuple(reversed(found))


def of_sums(book: Book, *, moments: Days, counted: Bools, amounts: Numbers) -> tuple[Point, ...]:
    """The sum of what is counted, per quarter of its day."""
    spans = quarters(book)
    sums = _by_quarter(spans, moments=moments, counted=counted, amounts=amounts)
    return _points(book, spans=spans, values=sums)


def of_ratios(
    book: Book,
    *,
    moments: Days,
    counted: Bools,
    amounts: Numbers,
    min_cases: int,
) -> tuple[Point, ...]:
    """The mean of what is counted, per quarter of its day; nothing under the minimum of cases."""
    spans = quarters(book)
    ones = np.ones(len(amounts))
    sums = _by_quarter(spans, moments=moments, counted=counted, amounts=amounts)
    cases = _by_quarter(spans, moments=moments, counted=counted, amounts=ones)
    enough = cases >= max(min_cases, 1)
    means = np.where(enough, sums / np.where(enough, cases, 1.0), np.nan)
    return _points(book, spans=spans, values=means)


def of_cycle_days(book: Book, *, min_cases: int) -> tuple[Point, ...]:
    """The median days from creation to won, per quarter of winning."""
    spans = quarters(book)
    edges = _edges(spans)
    dated = book.is_won & ~np.isnat(book.created_on) & ~np.isnat(book.decided_on)
    won_on = book.decided_on[dated]
    lasted = np.maximum((won_on - book.created_on[dated]).astype(np.int64), 0)
    place = np.searchsorted(edges, won_on, side="right") - 1
    found = [lasted[place == quarter] for quarter in range(len(spans))]
    medians = [float(np.median(one)) if len(one) >= max(min_cases, 1) else np.nan for one in found]
    return _points(book, spans=spans, values=np.array(medians))


def _edges(spans: tuple[Period, ...]) -> Days:
    return np.array([span.first for span in spans] + [spans[-1].end], dtype="datetime64[D]")


def _by_quarter(
    spans: tuple[Period, ...], *, moments: Days, counted: Bools, amounts: Numbers
) -> Numbers:
    edges = _edges(spans)
    kept = counted & (moments >= edges[0]) & (moments < edges[-1])
    place = np.searchsorted(edges, moments[kept], side="right") - 1
    sums = np.bincount(place, weights=amounts[kept], minlength=len(spans))
    return sums.astype(np.float64)


def _points(book: Book, *, spans: tuple[Period, ...], values: Numbers) -> tuple[Point, ...]:
    return tuple(
        Point(
            period=span,
            value=None if np.isnan(value) else float(value),
            is_complete=book.data_from <= span.first and span.last <= book.as_of,
        )
        for span, value in zip(spans, values, strict=True)
    )
