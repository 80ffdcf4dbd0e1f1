"""The two periods compared are found in the data."""

from datetime import date

import numpy as np
import pytest

from headway.findings.results import periods
from headway.terms.answer import Basis
from headway.terms.organisation import Organisation
from headway.terms.period import Period
from headway.terms.question import Question

EXAMPLE = Organisation(name="Example", currency="EUR")


def days(first: str, end: str, *, step: int = 1) -> np.ndarray:
    return np.arange(first, end, step, dtype="datetime64[D]")


def extent_of(
    closings: np.ndarray,
    creations: np.ndarray | None = None,
    *,
    as_of: date,
    data_from: date = date(2000, 1, 1),
) -> periods.Extent:
    none = np.full(len(closings), np.datetime64("NaT", "D"))
    return periods.extent(
        closings=closings,
        creations=none if creations is None else creations,
        has_open=True,
        data_from=data_from,
        as_of=as_of,
    )


def chosen(extent: periods.Extent, question: Question | None = None) -> periods.Chosen:
    return periods.chosen(question=question or Question(), extent=extent, organisation=EXAMPLE)


def span(first: str, end: str) -> Period:
    return Period(first=date.fromisoformat(first), end=date.fromisoformat(end))


def test_two_quarters_are_compared_with_the_same_two_a_year_before() -> None:
    found = chosen(extent_of(days("2024-01-01", "2026-07-01"), as_of=date(2026, 6, 30)))
    assert found.comparison is not None
    assert found.comparison.actual == span("2026-01-01", "2026-07-01")
    assert found.comparison.base == span("2025-01-01", "2025-07-01")
    assert found.comparison.basis is Basis.YEAR_BEFORE
    assert found.comparison.is_season_known


def test_the_quarter_that_is_not_over_is_left_out() -> None:
    found = chosen(extent_of(days("2024-01-01", "2026-06-20"), as_of=date(2026, 6, 19)))
    assert found.comparison is not None
    assert found.comparison.actual == span("2025-10-01", "2026-04-01")


def test_a_quarter_that_holds_one_month_is_no_base() -> None:
    # Closings begin in March: the first quarter is no base, so the fourth stands against the third.
    closings = days("2017-03-01", "2018-01-01")
    creations = days("2016-10-20", "2017-12-28")
    found = chosen(extent_of(closings, creations, as_of=date(2017, 12, 31)))
    assert found.comparison is not None
    assert found.comparison.actual == span("2017-10-01", "2018-01-01")
    assert found.comparison.base == span("2017-07-01", "2017-10-01")
    assert found.comparison.basis is Basis.PREVIOUS
    assert not found.comparison.is_season_known


def test_nothing_is_compared_after_creations_stopped() -> None:
    # Closings go on to June, creations stop with March; two stray closings lie far outside.
    strays = np.array(["2022-10-05", "2024-09-01"], dtype="datetime64[D]")
    closings = np.concatenate([np.repeat(days("2023-07-03", "2024-06-20"), 9), strays])
    creations = np.repeat(days("2023-07-03", "2024-04-01"), 9)
    found = chosen(extent_of(closings, creations, as_of=date(2024, 9, 30)))
    assert found.comparison is not None
    assert found.comparison.actual == span("2024-01-01", "2024-04-01")
    assert found.comparison.base == span("2023-10-01", "2024-01-01")


def test_booking_once_a_month_is_no_silence() -> None:
    closings = days("2010-12-29", "2013-11-30", step=30)
    found = chosen(extent_of(closings, as_of=date(2013, 11, 29)))
    assert found.comparison is not None
    assert found.comparison.actual == span("2013-04-01", "2013-10-01")
    assert found.comparison.base == span("2012-04-01", "2012-10-01")


def test_creations_of_a_source_without_open_opportunities_end_nothing() -> None:
    # Of the opportunities created in the last months only the fast ones are seen.
    found = periods.extent(
        closings=days("2024-01-01", "2026-07-01"),
        creations=days("2023-11-01", "2026-05-01"),
        has_open=False,
        data_from=date(2023, 1, 1),
        as_of=date(2026, 6, 30),
    )
    assert found.creations is None
    assert found.holds(span("2026-04-01", "2026-07-01"))


def test_the_fiscal_year_decides_where_quarters_begin() -> None:
    extent = extent_of(days("2024-01-01", "2026-07-01"), as_of=date(2026, 6, 30))
    organisation = Organisation(name="Example", currency="EUR", fiscal_year_start_month=2)
    found = periods.chosen(question=Question(), extent=extent, organisation=organisation)
    assert found.comparison is not None
    assert found.comparison.actual == span("2025-11-01", "2026-05-01")


@pytest.mark.parametrize(
    ("first", "actual", "base"),
    [
        ("2026-01-01", ("2026-03-01", "2026-05-01"), ("2026-01-01", "2026-03-01")),
        ("2026-03-01", ("2026-04-01", "2026-05-01"), ("2026-03-01", "2026-04-01")),
    ],
)
def test_short_data_is_compared_month_by_month(
    first: str, actual: tuple[str, str], base: tuple[str, str]
) -> None:
    found = chosen(extent_of(days(first, "2026-05-20"), as_of=date(2026, 5, 19)))
    assert found.comparison is not None
    assert found.comparison.actual == span(*actual)
    assert found.comparison.base == span(*base)


def test_too_little_says_what_was_found_and_what_is_needed() -> None:
    found = chosen(extent_of(days("2026-04-10", "2026-05-20"), as_of=date(2026, 5, 19)))
    assert found == periods.Chosen(
        comparison=None,
        too_little={
            "found_from": "2026-04-10",
            "found_to": "2026-05-19",
            "found_days": 40,
            "needed_days": 62,
        },
    )


def test_no_closing_at_all_is_too_little() -> None:
    found = chosen(extent_of(days("2026-01-01", "2026-01-01"), as_of=date(2026, 5, 19)))
    assert found.too_little == {"found_days": 0, "needed_days": 62}


def test_periods_asked_for_are_taken_and_judged_inside_or_not() -> None:
    extent = extent_of(days("2025-01-01", "2026-07-01"), as_of=date(2026, 6, 30))
    question = Question(
        actual=span("2026-06-01", "2026-08-01"), against=span("2025-06-01", "2025-08-01")
    )
    found = chosen(extent, question)
    assert found.comparison is not None
    assert found.comparison.basis is Basis.CHOSEN
    assert found.comparison.is_season_known
    assert not found.is_inside


def test_a_period_asked_for_alone_finds_its_base() -> None:
    extent = extent_of(days("2025-12-01", "2026-07-01"), as_of=date(2026, 6, 30))
    found = chosen(extent, Question(actual=span("2026-04-01", "2026-06-01")))
    assert found.comparison is not None
    assert found.comparison.base == span("2026-02-01", "2026-04-01")
    odd = chosen(extent, Question(actual=span("2026-04-11", "2026-05-01")))
    assert odd.comparison is not None
    assert odd.comparison.base == span("2026-03-22", "2026-04-11")
