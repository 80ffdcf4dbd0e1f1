"""The Jensen-Shannon divergence of what was seen from what was declared."""

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from headway.analysis.methods import divergence


def test_it_is_that_of_scipy_less_what_chance_makes() -> None:
    random = np.random.default_rng(3)
    counts = random.integers(1, 400, size=(20, 4)).astype(float)
    profile = np.array([0.4, 0.3, 0.2, 0.1])
    found = divergence.from_profile(counts, profile)
    for row, one in zip(counts, found, strict=True):
        whole = jensenshannon(row / row.sum(), profile, base=2) ** 2
        by_chance = 3 / (8 * np.log(2) * row.sum())
        assert one == pytest.approx(max(whole - by_chance, 0.0), abs=1e-12)


@pytest.mark.parametrize("n", [20, 60, 200])
def test_whoever_keeps_to_the_profile_is_at_none_on_average(n: int) -> None:
    profile = np.array([0.5, 0.3, 0.2, 0.0])
    counts = np.random.default_rng(1).multinomial(n, profile, size=20_000).astype(float)
    seen, by_chance = counts / n, 2 / (8 * np.log(2) * n)
    whole = np.array([jensenshannon(row, profile, base=2) ** 2 for row in seen[:2_000]])
    assert whole.mean() == pytest.approx(by_chance, rel=0.12)
    # Below none there is nothing: what is left of chance is less than a half of it.
    assert divergence.from_profile(counts, profile).mean() < 0.5 * by_chance


def test_nothing_in_common_is_one_and_nothing_seen_is_not_known() -> None:
    profile = np.array([1.0, 0.0])
    found = divergence.from_profile(np.array([[0.0, 9.0], [9.0, 0.0], [0.0, 0.0]]), profile)
    assert found[:2] == pytest.approx([1.0, 0.0])
    assert np.isnan(found[2])
