"""Rate against mix, and price, volume and mix."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.methods import mix
from headway.analysis.methods.mix import Floats

SLICES = st.lists(
    st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)),
    min_size=1,
    max_size=6,
)


def split(rows: list[tuple[float, float, float, float]]) -> mix.RateAndMix | None:
    """Rows of: won before, decided before, won now, decided now."""
    columns: Floats = np.array(rows, dtype=float).T
    return mix.rate_and_mix(
        base_part=columns[0], base_total=columns[1], actual_part=columns[2], actual_total=columns[3]
    )


def test_both_slices_improve_and_the_whole_falls() -> None:
    # domain.md section 8: .250 -> .191; rate +.0138; mix -.0729; sum -.0591
    found = split([(40, 100, 25.2, 60), (10, 100, 18.7, 170)])
    assert found is not None
    assert (found.base_rate, found.actual_rate) == pytest.approx((0.250, 0.191), abs=5e-4)
    assert (found.rate_effect, found.mix_effect) == pytest.approx((0.0138, -0.0729), abs=5e-5)
    assert found.rate_effect + found.mix_effect == pytest.approx(-0.0591, abs=5e-5)


@given(SLICES)
def test_rate_and_mix_sum_to_the_change(rows: list[tuple[int, int, int, int]]) -> None:
    found = split([(won, won + lost, k, k + rest) for won, lost, k, rest in rows])
    if found is not None:
        change = found.actual_rate - found.base_rate
        assert found.rate_effect + found.mix_effect == pytest.approx(change, abs=1e-12)


def test_a_new_slice_and_one_that_is_gone_are_mix_and_never_rate() -> None:
    found = split([(10, 20, 0, 0), (0, 0, 5, 20), (8, 20, 8, 20)])
    assert found is not None
    assert found.rate_by_slice.tolist() == [0.0, 0.0, 0.0]


def test_an_empty_period_has_no_split() -> None:
    assert split([(1, 2, 0, 0)]) is None


def test_price_volume_and_mix_worked_by_hand() -> None:
    # A: 10 at 5 -> 12 at 6; B: 10 at 1 -> 8 at 1; C new: 2 at 7; D gone: 3 at 4.
    # price (6-5) x 12 = 12; Q 20 -> 20, volume 0; mix (12-10) x 5 + (8-10) x 1 = 8; +14; -12.
    found = mix.price_volume_mix(
        base_quantity=np.array([10.0, 10, 0, 3]),
        base_price=np.array([5.0, 1, 0, 4]),
        actual_quantity=np.array([12.0, 8, 2, 0]),
        actual_price=np.array([6.0, 1, 7, 0]),
    )
    assert found == mix.PriceVolumeMix(price=12.0, volume=0.0, mix=8.0, entered=14.0, left=-12.0)


@given(SLICES)
def test_price_volume_mix_sum_to_the_change(rows: list[tuple[int, int, int, int]]) -> None:
    quantity, price, now, new_price = np.array(rows, dtype=float).T
    found = mix.price_volume_mix(
        base_quantity=quantity, base_price=price, actual_quantity=now, actual_price=new_price
    )
    lines = (found.price, found.volume, found.mix, found.entered, found.left)
    change = (now * new_price).sum() - (quantity * price).sum()
    assert sum(lines) == pytest.approx(change, abs=1e-6)
