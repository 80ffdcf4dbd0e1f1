"""How well leaders know their people: bias, ranges, and means over five leaders or more."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headway.analysis.methods.evidence import TooFew
from headway.analysis.strategy import belief_calibration as calibration
from headway.analysis.strategy.belief_calibration import Held
from headway.facts.disclosure import TooSmallGroupsError
from headway.terms.belief import RangeVerdict
from headway.terms.policy import DEFAULT

SHARE = st.floats(0, 1)


def held(predicted: float, measured: float, *, width: float = 0.2) -> Held:
    return Held(
        predicted=predicted,
        low=max(predicted - width / 2, 0),
        high=min(predicted + width / 2, 1),
        measured=measured,
    )


def test_bias_is_the_mean_gap_with_its_range() -> None:
    gaps = [0.1, 0.2, 0.3, 0.2, 0.1, 0.3, 0.2, 0.2, 0.1, 0.3]
    found = calibration.of_leader([held(0.4 + gap, 0.4) for gap in gaps], policy=DEFAULT)
    # By hand: mean 2.0 / 10; squares about it 6 x .01, so s = sqrt(.06 / 9); t(9) at 95 % = 1.833.
    half = 1.8331 * math.sqrt(0.06 / 9) / math.sqrt(10)
    assert found.bias.value == pytest.approx(0.2)
    assert (found.bias.low, found.bias.high) == pytest.approx((0.2 - half, 0.2 + half), abs=1e-4)
    assert found.bias.n == 10
    # A range of .1 to each side holds the measure where the gap is .1: three times.
    assert found.coverage.k == 3
    assert found.width == pytest.approx(0.2)


def test_under_ten_predictions_nothing_is_told() -> None:
    few = [held(0.5, 0.5)] * 9
    assert calibration.of_leader(few, policy=DEFAULT) == TooFew(seen=9, needed=10)


@pytest.mark.parametrize(
    ("k", "n", "verdict"),
    [
        # Beta(k + .5, n - k + .5) lies below .80 with .934, .795; between .65 and .95 with .806
        # for 8 of 10 and .763 for 9 of 10; 20 of 20 lie above .80 almost surely.
        (6, 10, RangeVerdict.TOO_NARROW),
        (7, 10, RangeVerdict.CANNOT_TELL),
        (8, 10, RangeVerdict.AS_DECLARED),
        (9, 10, RangeVerdict.CANNOT_TELL),
        (20, 20, RangeVerdict.TOO_WIDE),
    ],
)
def test_ranges_are_held_against_the_share_that_was_declared(
    k: int, n: int, verdict: RangeVerdict
) -> None:
    predictions = [held(0.5, 0.5)] * k + [held(0.9, 0.5)] * (n - k)
    found = calibration.of_leader(predictions, policy=DEFAULT)
    assert found.verdict is verdict
    assert found.coverage.mean == k / n
    low, high = stats.beta(k + 0.5, n - k + 0.5).ppf([0.05, 0.95])
    assert found.coverage.low == pytest.approx(low)
    assert found.coverage.high == pytest.approx(1.0 if k == n else high)


def sealed_by_those_who_know(draw: np.random.Generator, *, people: int) -> list[Held]:
    """Twenty predictions whose ranges hold the truth eight times in ten, and what is measured."""
    truth = draw.uniform(0.3, 0.7, 20)
    half = draw.uniform(0.08, 0.2, 20)
    predicted = truth + draw.normal(0, half / stats.norm.ppf(0.9))
    k = draw.binomial(people, truth)
    known = stats.beta(k + 3, people - k + 3)  # six cases of what all groups say together
    spread = (known.ppf(0.95) - known.ppf(0.05)) / 2
    return [
        Held(predicted=p, low=p - h, high=p + h, measured=m, uncertain=s)
        for p, h, m, s in zip(predicted, half, known.mean(), spread, strict=True)
    ]


@pytest.mark.parametrize("people", [8, 40])
def test_ranges_of_those_who_know_are_not_called_too_narrow_where_few_are_measured(
    people: int,
) -> None:
    draw = np.random.default_rng(4)
    called = [
        calibration.of_leader(sealed_by_those_who_know(draw, people=people), policy=DEFAULT)
        for _ in range(200)
    ]
    wrong = np.mean([each.verdict is RangeVerdict.TOO_NARROW for each in called])
    assert wrong < 0.12
    # Held against the declared share alone, most leaders of eight people would be called so.
    held_in = np.array([each.coverage.k for each in called])
    naive = np.mean(stats.beta(held_in + 0.5, 20.5 - held_in).cdf(0.8) >= 0.9)
    assert naive > (0.6 if people == 8 else 0.25)


def test_a_level_is_the_mean_over_leaders_and_not_over_predictions() -> None:
    one_says_much = {"a": [held(0.9, 0.5)] * 30}
    others = {name: [held(0.5, 0.5)] for name in "bcde"}
    found = calibration.of_level({**one_says_much, **others}, policy=DEFAULT, least=5)
    # (.4 + 4 x 0) / 5; over predictions it would be 12 / 34.
    assert found.gap.value == pytest.approx(0.08)
    assert (found.predicted, found.measured) == pytest.approx((0.58, 0.5))
    # s = .4 / sqrt(5), so the standard error is .08; t(4) at 95 % = 2.132.
    assert found.gap.high == pytest.approx(0.08 + 2.1318 * 0.08, abs=1e-4)
    assert found.gap.n == 5


def test_of_four_leaders_nothing_is_told() -> None:
    few = {name: [held(0.9, 0.5)] * 20 for name in "abcd"}
    assert calibration.of_level(few, policy=DEFAULT, least=5) == TooFew(seen=4, needed=5)


def test_a_raised_minimum_holds_for_leaders_too_and_is_never_lowered() -> None:
    leaders = {name: [held(0.9, 0.5)] for name in "abcdef"}
    assert calibration.of_level(leaders, policy=DEFAULT, least=8) == TooFew(seen=6, needed=8)
    with pytest.raises(TooSmallGroupsError, match="Groups of 4"):
        calibration.of_level(leaders, policy=DEFAULT.__class__(min_leaders_of_level=4), least=4)


@given(st.lists(st.tuples(SHARE, SHARE), min_size=10, max_size=40), st.randoms())
def test_the_order_of_predictions_does_not_matter(pairs: list, dice) -> None:
    some = [held(*pair) for pair in pairs]
    mixed = dice.sample(some, len(some))
    one, two = (calibration.of_leader(each, policy=DEFAULT) for each in (some, mixed))
    assert (one.coverage, one.verdict) == (two.coverage, two.verdict)
    assert one.bias.value == pytest.approx(two.bias.value)
    assert one.bias.low <= one.bias.value <= one.bias.high
