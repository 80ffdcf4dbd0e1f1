"""Shares and their intervals."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.methods import proportion
from headway.analysis.methods.evidence import Range, TooFew

CASES = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def verdict(k: int, n: int, *, target: float, margin: float) -> str:
    """P(rate < target - margin) >= .9 is broken, P(rate > target) >= .9 holding (domain.md 3.3)."""
    low, high = proportion.jeffreys(k, n, level=0.80)
    if k < n and high <= target - margin:
        return "broken"
    return "holding" if k > 0 and low >= target else "unknown"


@pytest.mark.parametrize(
    ("n", "broken", "holding"), [(8, 2, 8), (12, 4, 11), (20, 8, 17), (30, 13, 25)]
)
def test_jeffreys_gives_the_verdicts_worked_out_in_the_domain_model(
    n: int, broken: int, holding: int
) -> None:
    # domain.md section 8: tau .70, delta .15, confidence .90. At k = 0 and k = n the ends are 0 and
    # 1 by rule, which the one-sided verdict does not use: those two are certain anyway.
    found = [verdict(k, n, target=0.70, margin=0.15) for k in range(1, n)]
    assert [k for k, word in enumerate(found, start=1) if word == "broken"] == list(
        range(1, broken + 1)
    )
    assert [k for k, word in enumerate(found, start=1) if word == "holding"] == list(
        range(holding, n)
    )


def test_both_intervals_agree_with_statsmodels() -> None:
    # statsmodels 0.14 proportion_confint(7, 20, .1, "jeffreys" and "wilson")
    assert proportion.jeffreys(7, 20, level=0.90) == pytest.approx(
        (0.19695270513240815, 0.5331653212343397), abs=1e-12
    )
    assert proportion.wilson(7, 20, level=0.90) == pytest.approx(
        (0.202260040056761, 0.5334873111515284), abs=1e-12
    )


@given(CASES)
def test_an_interval_holds_its_share_and_stays_between_0_and_1(
    case: tuple[int, int],
) -> None:
    k, n = case
    for interval in (proportion.jeffreys, proportion.wilson):
        low, high = interval(k, n, level=0.90)
        assert -1e-12 <= low <= k / n + 1e-12
        assert k / n - 1e-12 <= high <= 1 + 1e-12


@given(CASES)
def test_more_evidence_narrows_the_interval(case: tuple[int, int]) -> None:
    k, n = case
    low, high = proportion.jeffreys(k, n, level=0.90)
    closer_low, closer_high = proportion.jeffreys(4 * k, 4 * n, level=0.90)
    assert closer_high - closer_low < high - low


@given(CASES)
def test_success_and_failure_mirror_each_other(case: tuple[int, int]) -> None:
    k, n = case
    low, high = proportion.jeffreys(k, n, level=0.90)
    other_low, other_high = proportion.jeffreys(n - k, n, level=0.90)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low), abs=1e-9)


def test_no_rate_is_shown_under_ten_cases() -> None:
    assert proportion.rate(5, 9, level=0.90, min_cases=10) == TooFew(seen=9, needed=10)
    assert isinstance(proportion.rate(5, 10, level=0.90, min_cases=10), Range)


def test_nothing_eligible_is_no_share_even_without_a_minimum() -> None:
    assert proportion.rate(0, 0, level=0.90, min_cases=0) == TooFew(seen=0, needed=1)


def test_two_rates_are_compared_from_thirty_cases_each() -> None:
    few = proportion.difference((10, 40), (9, 29), level=0.90, min_cases=30)
    assert few == TooFew(seen=29, needed=30)


def test_the_difference_of_two_rates_is_newcombes() -> None:
    # Newcombe (1998) table II, method 10: 56/70 - 48/80 and 9/10 - 3/10.
    found = proportion.difference((56, 70), (48, 80), level=0.95, min_cases=1)
    small = proportion.difference((9, 10), (3, 10), level=0.95, min_cases=1)
    assert isinstance(found, Range)
    assert isinstance(small, Range)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert (small.low, small.high) == pytest.approx((0.1705, 0.8090), abs=5e-5)
    assert math.isclose(found.value, 0.2)
