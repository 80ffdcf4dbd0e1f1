"""Which of two values is named, and what would have been seen where none is."""

import numpy as np
import pytest

from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Cube, Model, Side
from headway.terms.answer import CauseKind
from headway.terms.policy import DEFAULT


def test_what_would_have_been_seen_is_told_of_the_value_in_the_middle() -> None:
    # Of values whose cases behave alike, those with more cases show smaller changes.
    cases = np.repeat([0, 1, 2, 3, 4], [4_000, 3_000, 2_000, 1_000, 500])
    half = np.arange(len(cases)) % 2
    cube = Cube(
        codes={"region": cases},
        values={"region": ("A", "B", "C", "D", "E")},
        base=Side(n=1.0 - half, total=(1.0 - half) * (np.arange(len(cases)) % 5 == 0)),
        actual=Side(n=half * 1.0, total=half * (np.arange(len(cases)) % 5 == 0)),
        model=Model.BINOMIAL,
    )
    found = localisation.localise(cube, policy=DEFAULT)
    assert [(each.dimension, each.value) for each in found.seen] == [("region", "C")]


def test_a_fall_of_the_smallest_seen_is_found_four_times_in_five() -> None:
    chance = np.random.default_rng(5)
    n = np.array([1_000.0, 10_000.0])

    def asked(before: np.ndarray, now: np.ndarray) -> localisation.Asked:
        cube = Cube(
            codes={"region": np.array([0, 1])},
            values={"region": ("West", "rest")},
            base=Side(n=n, total=before),
            actual=Side(n=n, total=now),
            model=Model.BINOMIAL,
        )
        found = localisation.why_not(cube, place={"region": "West"}, policy=DEFAULT)
        return next(each for each in found if each.kind is CauseKind.RATE)

    smallest = asked(0.4 * n, 0.4 * n).smallest_seen
    assert smallest is not None
    rates = np.array([0.4 - smallest, 0.4])
    befores = chance.binomial(n.astype(int), 0.4, size=(400, 2)).astype(float)
    nows = chance.binomial(n.astype(int), rates, size=(400, 2)).astype(float)
    drawn = [asked(before, now) for before, now in zip(befores, nows, strict=True)]
    # Four standard errors of a share of 400 are 8 points.
    assert abs(np.mean([each.p <= DEFAULT.family_wise_error for each in drawn]) - 0.8) < 0.08


@pytest.mark.parametrize("moved_value", [0, 1])
@pytest.mark.parametrize("names", [("A", "B"), ("B", "A")])
@pytest.mark.parametrize("lost", [0.1, 0.137, 0.2])
def test_of_two_values_that_is_named_which_itself_moved(
    moved_value: int, names: tuple[str, str], lost: float
) -> None:
    n = np.array([3_000.0, 3_000.0])
    rates = np.array([0.4, 0.4])
    rates[moved_value] -= lost
    cube = Cube(
        codes={"type": np.array([0, 1])},
        values={"type": names},
        base=Side(n=n, total=0.4 * n),
        actual=Side(n=n, total=rates * n),
        model=Model.BINOMIAL,
    )
    (place,) = localisation.localise(cube, policy=DEFAULT).places
    assert (place.slice, place.contribution < 0) == ({"type": names[moved_value]}, True)
