"""What a leader believes of a link, beside what is measured."""

import pytest
from scipy import stats

from headway.analysis.methods.posterior import Beta
from headway.analysis.strategy import belief
from headway.terms.belief import BeliefVerdict
from headway.terms.policy import DEFAULT


def test_the_leader_of_the_worked_line_is_blind_at_understood() -> None:
    found = belief.gap(0.70, Beta(a=3.7, b=10.3), policy=DEFAULT)
    # .70 - 3.7 / 14; the range is .70 less .470 and .098; P is that of Beta(3.7, 10.3) at .55.
    assert found.value == pytest.approx(0.4357, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.230, 0.602), abs=5e-4)
    assert found.p_blind == pytest.approx(stats.beta.cdf(0.55, 3.7, 10.3))
    assert found.p_blind == pytest.approx(0.987, abs=5e-4)
    assert found.verdict is BeliefVerdict.BLIND


@pytest.mark.parametrize(
    ("predicted", "verdict"),
    [
        (0.90, BeliefVerdict.BLIND),
        (0.50, BeliefVerdict.ABOUT_RIGHT),
        (0.68, BeliefVerdict.CANNOT_TELL),
        (0.32, BeliefVerdict.CANNOT_TELL),
        (0.10, BeliefVerdict.TOO_DARK),
    ],
)
def test_a_prediction_is_held_against_a_share_of_about_a_half(
    predicted: float, verdict: BeliefVerdict
) -> None:
    assert belief.gap(predicted, Beta(a=20, b=20), policy=DEFAULT).verdict is verdict


def test_few_cases_cannot_tell() -> None:
    found = belief.gap(0.70, Beta(a=2, b=2), policy=DEFAULT)
    assert found.verdict is BeliefVerdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("predicted", "verdict"),
    [
        (0.80, BeliefVerdict.BLIND),
        (0.60, BeliefVerdict.ABOUT_RIGHT),
        (0.30, BeliefVerdict.TOO_DARK),
    ],
)
def test_of_what_was_counted_whole_nothing_is_uncertain(
    predicted: float, verdict: BeliefVerdict
) -> None:
    found = belief.exact(predicted, 0.5, policy=DEFAULT)
    assert found.low == found.value == found.high == pytest.approx(predicted - 0.5)
    assert found.verdict is verdict
