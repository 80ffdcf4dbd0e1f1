"""Counts and their comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.methods import counts
from headway.analysis.methods.evidence import Range, TooFew


def test_the_interval_is_that_of_the_gamma_distribution() -> None:
    # Quantiles .05 and .95 of Gamma(10.5), from R: qgamma(c(.05, .95), 10.5) = 5.795 16.335
    assert counts.interval(10, level=0.90) == pytest.approx((5.795, 16.335), abs=2e-3)


@given(st.integers(0, 5000))
def test_a_count_lies_in_its_own_interval(count: int) -> None:
    low, high = counts.interval(count, level=0.90)
    assert low <= count <= high


@given(st.integers(1, 500), st.integers(1, 500))
def test_swapping_the_periods_turns_the_ratio_over(now: int, before: int) -> None:
    there = counts.ratio(now, before, level=0.90)
    back = counts.ratio(before, now, level=0.90)
    assert isinstance(there, Range)
    assert isinstance(back, Range)
    assert (there.low, there.high) == pytest.approx((1 / back.high, 1 / back.low))


def test_a_ratio_takes_what_was_counted_over_into_account() -> None:
    found = counts.ratio(30, 60, level=0.90, exposure=(1.0, 2.0))
    assert isinstance(found, Range)
    assert found.value == 1.0


def test_there_is_no_ratio_to_nothing() -> None:
    assert counts.ratio(5, 0, level=0.90) == TooFew(seen=0, needed=1)


def test_the_difference_of_equal_counts_spans_zero() -> None:
    found = counts.difference(50, 50, level=0.90)
    assert found.low < 0 < found.high
    assert found.value == 0
