"""How far a place has moved is right on average, though work with one account hangs together."""

import numpy as np
import pytest

from headway.analysis.methods import divergence
from headway.analysis.strategy.shift import Shifts

PROFILE, BEFORE = np.array([0.3, 0.5, 0.2]), np.array([0.5, 0.2, 0.3])
PEOPLE, ACCOUNTS, MEETINGS = 400, 15, 8


def distances(random: np.random.Generator, shares: np.ndarray) -> np.ndarray:
    """How far the work of each person lies, every account in one segment."""
    drawn = random.choice(3, size=(PEOPLE, ACCOUNTS), p=shares)
    return np.array([divergence.from_profile(MEETINGS * np.eye(3)[one], PROFILE) for one in drawn])


@pytest.mark.parametrize("moved", [0.0, 0.5, 1.0])
def test_a_place_is_so_far_as_people_have_moved(moved: float) -> None:
    random = np.random.default_rng(4)
    has_moved = np.arange(PEOPLE) < moved * PEOPLE
    now = np.where(has_moved, distances(random, PROFILE), distances(random, BEFORE))
    found = Shifts(
        people=(),
        values=np.empty(0),
        was=distances(random, BEFORE),
        now=now,
        there=0,
        few=0,
        before=0,
        since=0,
        unplaced=0,
        drift=np.empty(0),
    )
    assert found.whole == pytest.approx(moved, abs=0.1)
    assert found.drawn(seed=1).mean() == pytest.approx(found.whole, abs=0.02)
