"""The Jensen-Shannon divergence of what was seen from what was declared."""

import numpy as np
import pytest
from scipy.spatial.distance import jensenshannon

from headway.analysis.methods import divergence


def singles(counts: np.ndarray) -> np.ndarray:
    """The same items as rows of one each."""
    return np.eye(len(counts))[np.repeat(np.arange(len(counts)), counts.astype(int))]


def test_of_one_row_it_is_that_of_scipy() -> None:
    random = np.random.default_rng(3)
    profile = np.array([0.4, 0.3, 0.2, 0.1])
    for row in random.integers(1, 400, size=(20, 4)).astype(float):
        whole = jensenshannon(row / row.sum(), profile, base=2) ** 2
        assert divergence.from_profile(row[None, :], profile) == pytest.approx(whole, abs=1e-12)


@pytest.mark.parametrize(("rows", "each"), [(20, 1), (200, 1), (20, 6), (60, 6)])
def test_whoever_keeps_to_the_profile_is_at_none_on_average(rows: int, each: int) -> None:
    """Also where items hang together: six of one account are of one part, as one would be."""
    profile = np.array([0.5, 0.3, 0.2, 0.0])
    random, by_chance = np.random.default_rng(1), 2 / (8 * np.log(2) * rows)
    whole, left = [], []
    for _ in range(1_500):
        counts = each * np.eye(4)[random.choice(4, size=rows, p=profile)]
        share = counts.sum(axis=0) / counts.sum()
        whole.append(jensenshannon(share, profile, base=2) ** 2)
        left.append(divergence.from_profile(counts, profile))
    assert np.mean(whole) == pytest.approx(by_chance, rel=0.15)
    assert abs(np.mean(left)) < 0.15 * by_chance


def test_half_of_the_way_is_told_alike_whether_items_hang_together_or_not() -> None:
    profile, random = np.array([0.2, 0.8]), np.random.default_rng(2)
    true = jensenshannon([0.5, 0.5], profile, base=2) ** 2
    for each in (1, 8):
        found = [
            divergence.from_profile(each * np.eye(2)[random.choice(2, size=30)], profile)
            for _ in range(2_000)
        ]
        assert np.mean(found) == pytest.approx(true, rel=0.05)


def test_nothing_in_common_is_one_and_nothing_seen_is_not_known() -> None:
    profile = np.array([1.0, 0.0])
    assert divergence.from_profile(np.array([[0.0, 9.0]]), profile) == pytest.approx(1.0)
    assert divergence.from_profile(np.array([[9.0, 0.0]]), profile) == pytest.approx(0.0)
    assert np.isnan(divergence.from_profile(np.zeros((0, 2)), profile))
