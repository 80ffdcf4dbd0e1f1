"""How far figures would move by chance of which deals came."""

import numpy as np
import pytest

from headway.analysis.methods import bootstrap

DEALS = np.random.default_rng(5).lognormal(9, 1.2, 3000)


def one_by_one(amounts: bootstrap.Floats, *, draws: int, seed: int) -> bootstrap.Draws:
    """The Poisson bootstrap deal by deal: what the cells are to stand for."""
    chosen = np.random.default_rng(seed).poisson(1.0, size=(draws, len(amounts)))
    return bootstrap.Draws(counts=chosen.sum(axis=1).astype(float), sums=chosen @ amounts)


def test_cells_draw_like_deals_one_by_one() -> None:
    slow = one_by_one(DEALS, draws=4000, seed=1)
    fast = bootstrap.draw(DEALS, draws=4000, random=np.random.default_rng(2))
    for quick, exact in (
        (fast.sums, slow.sums),
        (fast.counts, slow.counts),
        (fast.means, slow.means),
    ):
        spread = exact.std()
        # The mean of 4,000 draws is known to .016 of its spread, a quantile to about .035.
        assert abs(quick.mean() - exact.mean()) < 0.08 * spread
        assert quick.std() == pytest.approx(spread, rel=0.06)
        for share in (0.05, 0.5, 0.95):
            assert abs(np.quantile(quick, share) - np.quantile(exact, share)) < 0.15 * spread


def test_the_spread_of_a_sum_is_the_root_of_its_squares() -> None:
    drawn = bootstrap.draw(DEALS, draws=8000, random=np.random.default_rng(3)).sums
    assert drawn.std() == pytest.approx(float(np.sqrt((DEALS**2).sum())), rel=0.04)


def test_the_same_seed_gives_the_same_range_whatever_the_order_of_rows() -> None:
    one = bootstrap.sum_range(DEALS, draws=200, seed=9, level=0.90)
    other = bootstrap.sum_range(DEALS[::-1], draws=200, seed=9, level=0.90)
    assert one.low == other.low
    assert one.high == other.high
    assert one.value == pytest.approx(other.value)


def test_a_fall_by_half_is_no_chance_and_a_fall_of_one_in_a_hundred_is() -> None:
    half = bootstrap.sum_change(DEALS, DEALS[::2], draws=1000, seed=1, level=0.90)
    little = bootstrap.sum_change(
        DEALS, DEALS[: int(len(DEALS) * 0.99)], draws=1000, seed=1, level=0.90
    )
    assert half.high < 0
    assert little.low < 0 < little.high


def test_the_interval_of_the_mean_covers_as_often_as_it_says() -> None:
    random = np.random.default_rng(11)
    hits = 0
    for _ in range(200):
        sample = random.gamma(2.0, 100.0, 120)
        found = bootstrap.mean_range(sample, draws=400, seed=1, level=0.90)
        assert found is not None
        hits += found.low <= 200.0 <= found.high
    # 200 samples at 90 %: 180, standard error 4.2
    assert 165 <= hits <= 194


def test_without_the_largest_deal_a_single_deal_no_longer_makes_the_change() -> None:
    base = np.full(50, 10.0)
    actual = np.append(base, 5000.0)
    without = bootstrap.without_largest(base, actual, draws=100, seed=1, level=0.90)
    assert without.value == 0.0
    turned = bootstrap.without_largest(actual, base, draws=100, seed=1, level=0.90)
    assert turned.value == 0.0


def test_an_empty_side_gives_a_sum_but_no_mean() -> None:
    nothing = np.array([])
    assert bootstrap.mean_change(nothing, DEALS, draws=10, seed=1, level=0.90) is None
    assert bootstrap.mean_range(nothing, draws=10, seed=1, level=0.90) is None
    assert bootstrap.rate_change((0, 0), (1, 2), draws=10, seed=1, level=0.90) is None
    assert bootstrap.without_largest(nothing, nothing, draws=10, seed=1, level=0.90).n == 0
    found = bootstrap.sum_change(nothing, np.array([7.0]), draws=10, seed=1, level=0.90)
    assert (found.value, found.n) == (7.0, 1)


def test_the_range_of_a_rate_is_close_to_newcombes() -> None:
    found = bootstrap.rate_change((48, 80), (56, 70), draws=4000, seed=1, level=0.95)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=0.02)


def test_a_mean_changes_with_its_range() -> None:
    found = bootstrap.mean_change(DEALS, DEALS * 2, draws=500, seed=1, level=0.90)
    assert found is not None
    assert found.value == pytest.approx(DEALS.mean())
    assert found.low < found.value < found.high
