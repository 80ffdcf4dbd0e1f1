"""Whether a series grows, falls or stands."""

import numpy as np
import pytest

from headway.analysis.methods import trend
from headway.analysis.methods.evidence import Range, TooFew

QUARTERS = np.array([10.0, 14, 9, 20, 15, 17, 13, 25, 18, 22, 17, 27])


def test_slope_and_error_agree_with_statsmodels() -> None:
    # statsmodels 0.14 OLS on a slope and four seasons: .96875, bse .0598392, conf_int(.1)
    found = trend.level_and_season(QUARTERS, level=0.90)
    assert isinstance(found, trend.Slope)
    assert found.slope.value == pytest.approx(0.96875)
    assert found.error == pytest.approx(0.05983919423477119)
    assert (found.slope.low, found.slope.high) == pytest.approx((0.85537994, 1.08212006))


def test_the_same_season_twice_is_no_fall() -> None:
    found = trend.level_and_season(np.array([10.0, 14, 9, 20, 10, 14.2, 8.9, 20]), level=0.90)
    assert isinstance(found, trend.Slope)
    assert found.slope.low < 0 < found.slope.high
    assert 0.1 < found.p_above(0.0) < 0.9


def test_an_exact_line_grows_for_sure() -> None:
    found = trend.Slope(
        slope=Range(value=1.0, low=1.0, high=1.0, n=8), error=0.0, freedom=3, level=4.5
    )
    assert (found.p_above(0.5), found.p_above(1.5)) == (1.0, 0.0)


def test_seven_quarters_are_too_few_for_a_season() -> None:
    assert trend.level_and_season(QUARTERS[:7], level=0.90) == TooFew(seen=7, needed=8)


def test_the_last_two_quarters_are_held_against_those_before() -> None:
    # 100 deals of 10 a quarter, then 50: 1,000 a quarter against 500.
    place = np.repeat(np.arange(8), [100] * 6 + [50] * 2)
    found = trend.recent_against_before(
        np.full(len(place), 10.0), place=place, periods=8, draws=500, seed=1, level=0.90
    )
    assert isinstance(found, Range)
    assert found.value == -500.0
    assert found.high < 0


def test_five_quarters_are_too_few_to_compare() -> None:
    nothing = np.array([])
    found = trend.recent_against_before(
        nothing, place=nothing.astype(int), periods=5, draws=10, seed=1, level=0.90
    )
    assert found == TooFew(seen=5, needed=6)
