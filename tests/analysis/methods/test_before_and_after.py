"""Regression to the mean, and less chance in a trial drawn by lot."""

import numpy as np
import pytest

from headway.analysis.methods import cuped, rebound


@pytest.mark.parametrize(
    ("share", "rises"),
    [(1 / 3, {0.3: 0.76, 0.5: 0.55, 0.7: 0.33}), (0.1, {0.3: 1.23, 0.5: 0.88, 0.7: 0.53})],
)
def test_the_rebound_is_that_of_the_domain_model(share: float, rises: dict[float, float]) -> None:
    for alike, rise in rises.items():
        found = rebound.expected(reliability=alike, spread=1.0, share=share)
        assert found == pytest.approx(rise, abs=0.006)


def test_everybody_together_does_not_rise() -> None:
    assert rebound.expected(reliability=0.5, spread=1.0, share=1.0) == 0.0


def test_the_rebound_is_what_happens() -> None:
    random = np.random.default_rng(1)
    true = random.normal(0, 1, 200_000)
    before, after = (true + random.normal(0, 1, len(true)) for _ in range(2))
    picked = before < np.quantile(before, 0.1)
    found = rebound.expected(reliability=0.5, spread=float(before.std()), share=0.1)
    assert (after - before)[picked].mean() == pytest.approx(found, rel=0.02)


def test_a_trial_tells_the_same_with_less_chance() -> None:
    random = np.random.default_rng(2)
    plain, less = [], []
    for _ in range(300):
        own = random.normal(0, 1, 100)
        before, after = (own + random.normal(0, 0.5, 100) for _ in range(2))
        starts = random.permutation(100) < 50
        outcome = after + 0.3 * starts
        for found, values in ((plain, outcome), (less, cuped.adjusted(outcome, before=before))):
            found.append(values[starts].mean() - values[~starts].mean())
    assert np.mean(less) == pytest.approx(0.3, abs=0.02)
    # The correlation of the two periods is .8: 1 - .8 ** 2 of the variance is left.
    assert np.var(less) / np.var(plain) == pytest.approx(0.36, abs=0.10)


def test_where_nobody_differed_before_nothing_is_adjusted() -> None:
    outcome = np.array([0.1, 0.5])
    assert cuped.adjusted(outcome, before=np.array([0.3, 0.3])).tolist() == outcome.tolist()
