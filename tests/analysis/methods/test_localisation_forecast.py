"""Dense tables with a forecast: every leaf has a value and an expected value."""

from dataclasses import replace

import numpy as np
import pytest

from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Cube, Model, Side
from headway.terms.policy import DEFAULT

SIZES = {"a": 8, "b": 12, "c": 10, "d": 6}


def table(*, seed: int, noise: float = 0.05) -> Cube:
    """All 5,760 leaves of four dimensions, each forecast within a relative `noise`."""
    rng = np.random.default_rng(seed)
    grid = np.indices(tuple(SIZES.values())).reshape(len(SIZES), -1)
    forecast = rng.lognormal(4, 1, grid.shape[1])
    error = noise * rng.standard_normal(len(forecast))
    return Cube(
        codes=dict(zip(SIZES, grid, strict=True)),
        values={name: tuple(f"{name}{k}" for k in range(size)) for name, size in SIZES.items()},
        base=Side(n=None, total=forecast),
        actual=Side(n=None, total=forecast * np.maximum(1 + error, 0)),
        model=Model.SUM,
    )


def fallen(cube: Cube, place: dict[str, str], *, share: float) -> Cube:
    rows = np.ones(cube.rows, dtype=bool)
    for name, value in place.items():
        rows &= cube.codes[name] == cube.values[name].index(value)
    total = np.where(rows, cube.actual.total * share, cube.actual.total)
    return replace(cube, actual=Side(n=None, total=total))


def named(cube: Cube) -> list[dict[str, str | None]]:
    return [place.slice for place in localisation.localise(cube, policy=DEFAULT).places]


@pytest.mark.parametrize(
    "place", [{"a": "a3"}, {"a": "a3", "c": "c7"}, {"a": "a3", "b": "b2", "d": "d1"}]
)
def test_leaves_that_fall_together_are_one_place(place: dict[str, str]) -> None:
    assert named(fallen(table(seed=1), place, share=0.6)) == [place]


def test_two_places_with_different_falls_are_both_named() -> None:
    cube = fallen(table(seed=2), {"b": "b4"}, share=0.5)
    cube = fallen(cube, {"a": "a1", "d": "d5"}, share=0.8)
    assert sorted(map(str, named(cube))) == ["{'a': 'a1', 'd': 'd5'}", "{'b': 'b4'}"]


def test_one_leaf_far_off_is_found_with_all_its_conditions() -> None:
    place = {"a": "a3", "b": "b2", "c": "c4", "d": "d1"}
    assert named(fallen(table(seed=3, noise=0.02), place, share=0.3)) == [place]


@pytest.mark.parametrize("noise", [0.15, 0.25])
@pytest.mark.parametrize("seed", range(10, 20))
def test_forecast_errors_alone_name_no_place(seed: int, noise: float) -> None:
    assert named(table(seed=seed, noise=noise)) == []


def test_a_move_of_everything_has_no_place() -> None:
    assert named(fallen(table(seed=4), {}, share=0.7)) == []


def test_contribution_is_the_difference_of_the_place() -> None:
    cube = fallen(table(seed=5), {"a": "a3"}, share=0.6)
    found = localisation.localise(cube, policy=DEFAULT)
    rows = cube.codes["a"] == 3
    difference = float((cube.actual.total - cube.base.total)[rows].sum())
    assert [place.contribution for place in found.places] == [pytest.approx(difference)]
    assert found.change == pytest.approx(difference + found.remainder)


def test_more_than_three_places_are_all_named_and_no_other() -> None:
    falls = {
        (("a", "a3"),): 0.6,
        (("b", "b4"), ("c", "c7")): 0.4,
        (("b", "b8"), ("d", "d5")): 0.5,
        (("c", "c2"), ("d", "d0")): 0.3,
        (("b", "b1"), ("c", "c5"), ("d", "d2")): 0.2,
    }
    cube = table(seed=6)
    for place, share in falls.items():
        cube = fallen(cube, dict(place), share=share)
    assert {tuple(place.items()) for place in named(cube)} == set(falls)


def test_where_many_leaves_fell_the_others_have_not_risen() -> None:
    cube = table(seed=7, noise=0.15)
    fell = [{"a": "a1"}, {"a": "a3"}, {"a": "a6"}]
    for place in fell:
        cube = fallen(cube, place, share=0.2)
    assert sorted(map(str, named(cube))) == sorted(map(str, fell))


@pytest.mark.parametrize("seed", range(20, 30))
def test_far_leaves_of_a_skewed_forecast_are_no_place(seed: int) -> None:
    # The error stands in the forecast: where it fell far short, the leaf lies far out.
    cube = table(seed=seed, noise=0.2)
    assert named(replace(cube, base=cube.actual, actual=cube.base)) == []
