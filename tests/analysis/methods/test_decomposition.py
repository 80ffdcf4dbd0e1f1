"""What each factor of a product carries of its change."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headway.analysis.methods import decomposition
from headway.analysis.methods.decomposition import Floats

BASE = np.array([[200.0], [0.25], [40_000.0]])
ACTUAL = np.array([[230.0], [0.19], [43_000.0]])

SIZES = st.tuples(st.integers(1, 6), st.integers(1, 5))
POSITIVE = st.one_of(st.just(0.0), st.floats(0.01, 1000))
ANY = st.one_of(st.just(0.0), st.floats(0.01, 1000), st.floats(-1000, -0.01))


def pairs(numbers: st.SearchStrategy[float]) -> st.SearchStrategy[tuple[Floats, Floats]]:
    return SIZES.flatmap(
        lambda size: st.tuples(
            arrays(float, size, elements=numbers), arrays(float, size, elements=numbers)
        )
    )


def test_lmdi_gives_the_worked_figures() -> None:
    # domain.md section 8: total -120,900; N +270,987; win -532,112; value +140,224
    found = decomposition.of_product(BASE, ACTUAL).totals
    assert [round(float(one)) for one in found] == [270_987, -532_112, 140_224]
    assert found.sum() == pytest.approx(-120_900)


def test_shapley_gives_the_worked_figures() -> None:
    # domain.md section 8: +273,450; -535,800; +141,450
    found = decomposition.shapley_of_product(BASE, ACTUAL)[:, 0]
    assert found.tolist() == pytest.approx([273_450, -535_800, 141_450])


@given(pairs(ANY))
def test_contributions_sum_to_the_change_with_zeros_and_negatives(
    pair: tuple[Floats, Floats],
) -> None:
    base, actual = pair
    found = decomposition.of_product(base, actual)
    before, now = base.prod(axis=0), actual.prod(axis=0)
    scale = np.maximum(np.abs(before), np.abs(now)) + np.abs(found.by_factor).max(axis=0)
    residual = np.abs(found.by_factor.sum(axis=0) - (now - before))
    assert (residual <= 1e-12 * scale).all()


@given(pairs(POSITIVE))
def test_swapping_the_periods_turns_the_signs(pair: tuple[Floats, Floats]) -> None:
    base, actual = pair
    there = decomposition.of_product(base, actual).by_factor
    back = decomposition.of_product(actual, base).by_factor
    np.testing.assert_allclose(there, -back, rtol=1e-9, atol=1e-9 * max(1, np.abs(there).max()))


@given(pairs(POSITIVE), st.floats(0.001, 1000))
def test_another_currency_scales_every_contribution(
    pair: tuple[Floats, Floats], rate: float
) -> None:
    base, actual = pair
    other_base, other_actual = base.copy(), actual.copy()
    other_base[-1] *= rate
    other_actual[-1] *= rate
    found = decomposition.of_product(base, actual).by_factor * rate
    other = decomposition.of_product(other_base, other_actual).by_factor
    np.testing.assert_allclose(other, found, rtol=1e-8, atol=1e-8 * max(1, np.abs(found).max()))


def test_a_segment_that_appears_belongs_to_the_factors_that_were_nothing() -> None:
    base = np.array([[0.0, 0.0], [0.5, 0.0], [10.0, 10.0]])
    actual = np.array([[4.0, 4.0], [0.5, 0.5], [20.0, 10.0]])
    # First: 4 x .5 x 20 = 40, all through factor 1. Second: 4 x .5 x 10 = 20, in equal parts.
    found = decomposition.of_product(base, actual).by_factor
    np.testing.assert_allclose(found, [[40.0, 10.0], [0.0, 10.0], [0.0, 0.0]])


def test_the_limit_at_zero_is_where_small_numbers_lead() -> None:
    actual = np.array([[4.0], [0.5], [20.0]])
    near = decomposition.of_product(np.array([[1e-300], [0.25], [10.0]]), actual).by_factor
    limit = decomposition.of_product(np.array([[0.0], [0.25], [10.0]]), actual).by_factor
    # The approach is logarithmic: at 1e-300 the other two still hold about ln 2 / 690 each.
    np.testing.assert_allclose(near, limit, atol=0.01 * 40)


def test_lmdi_equals_its_textbook_formula() -> None:
    random = np.random.default_rng(7)
    base, actual = random.lognormal(0, 1, (4, 3)), random.lognormal(0, 1, (4, 3))
    before, now = base.prod(axis=0), actual.prod(axis=0)
    mean = (now - before) / (np.log(now) - np.log(before))
    expected = mean * np.log(actual / base)
    np.testing.assert_allclose(decomposition.of_product(base, actual).by_factor, expected)


def by_permutations(values: dict[frozenset[int], float], players: int) -> list[float]:
    """The Shapley value by its definition: the mean gain over every order of arrival."""
    gains = [0.0] * players
    for order in itertools.permutations(range(players)):
        here: frozenset[int] = frozenset()
        for player in order:
            gains[player] += values[here | {player}] - values[here]
            here |= {player}
    return [gain / math.factorial(players) for gain in gains]


@pytest.mark.parametrize("players", [1, 2, 3, 5])
def test_shapley_equals_the_mean_over_all_orders(players: int) -> None:
    values = np.random.default_rng(players).normal(size=2**players)
    named = {
        frozenset(player for player in range(players) if code >> player & 1): float(value)
        for code, value in enumerate(values)
    }
    expected = by_permutations(named, players)
    assert decomposition.shapley(values).tolist() == pytest.approx(expected)


def test_shapley_stops_at_eight_factors() -> None:
    with pytest.raises(decomposition.TooManyFactorsError):
        decomposition.shapley_of_product(-np.ones((9, 1)), np.ones((9, 1)))
    with pytest.raises(decomposition.TooManyFactorsError):
        decomposition.shapley(np.zeros(2**9))


def test_a_negative_factor_is_left_to_shapley() -> None:
    base, actual = np.array([[2.0], [-3.0]]), np.array([[4.0], [5.0]])
    # (4-2) x (-3+5)/2 = 2 and (5+3) x (2+4)/2 = 24, together 20 + 6
    found = decomposition.of_product(base, actual).by_factor[:, 0]
    assert found.tolist() == pytest.approx([2.0, 24.0])


@given(
    pairs(ANY), arrays(float, (3, 1), elements=POSITIVE), arrays(float, (3, 1), elements=POSITIVE)
)
def test_the_parts_of_a_factor_sum_to_what_it_carries(
    pair: tuple[Floats, Floats], parts: Floats, other_parts: Floats
) -> None:
    base, actual = pair[0][:, :1].copy(), pair[1][:, :1].copy()
    base[0], actual[0] = parts.prod(axis=0), other_parts.prod(axis=0)
    whole = decomposition.of_product(base, actual)
    found = decomposition.split(whole.weights[0], base=parts, actual=other_parts)
    scale = max(1e-9, np.abs(whole.by_factor).max(), np.abs(found).max())
    assert abs(found.sum() - whole.by_factor[0, 0]) <= 1e-6 * scale


def test_parts_that_moved_against_each_other_are_seen_in_a_factor_that_stood_still() -> None:
    base, actual = np.array([[6.0], [10.0]]), np.array([[6.0], [10.0]])
    whole = decomposition.of_product(base, actual)
    found = decomposition.split(
        whole.weights[0], base=np.array([[2.0], [3.0]]), actual=np.array([[3.0], [2.0]])
    )
    # L(60, 60) ln(3/2) = 24.33 up, the same down
    assert found[:, 0].tolist() == pytest.approx([60 * math.log(1.5), -60 * math.log(1.5)])
