"""Shares of small groups that lend each other strength."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from headway.analysis.methods.posterior import (
    ALONE,
    JEFFREYS,
    Beta,
    effective_cases,
    prior_of,
    response_bounds,
    unusual_from,
)


def test_it_is_the_beta_distribution_of_scipy() -> None:
    ours, theirs = Beta(a=3.5, b=7.0).given(2, 4), stats.beta(5.5, 9.0)
    assert ours.mean == pytest.approx(theirs.mean())
    assert ours.interval(level=0.9) == pytest.approx(theirs.ppf([0.05, 0.95]))
    assert ours.at_most(0.3) == pytest.approx(theirs.cdf(0.3))
    assert (ours.at_most(-0.1), ours.at_most(1.1)) == (0.0, 1.0)


def test_a_prior_can_be_made_to_weigh_less_and_never_more() -> None:
    heavy = Beta(a=60, b=40)
    assert heavy.at_most_worth(6) == Beta(a=pytest.approx(3.6), b=pytest.approx(2.4))
    assert Beta(a=2, b=2).at_most_worth(6) == Beta(a=2, b=2)


def test_a_prior_kept_open_leaves_half_a_case_for_either_side() -> None:
    assert Beta(a=5.9, b=0.1).kept_open() == Beta(a=5.5, b=0.5)
    assert Beta(a=0.0, b=6.0).kept_open() == Beta(a=0.5, b=5.5)
    assert Beta(a=3.0, b=3.0).kept_open() == Beta(a=3.0, b=3.0)
    # Less than one case in all: halved.
    assert Beta(a=0.5, b=0.1).kept_open() == Beta(a=0.3, b=0.3)


def test_more_successes_than_cases_are_refused() -> None:
    with pytest.raises(ValueError, match="3 successes among 2 cases: expected 0 to 2"):
        JEFFREYS.given(3, 2)


def test_one_group_has_no_other_to_learn_from() -> None:
    assert prior_of([]) == prior_of([(3, 9)]) == prior_of([(3, 9), (0, 0)]) == ALONE


def test_few_groups_are_pooled_with_the_weight_of_six_cases() -> None:
    # 9 of 20 together: 6 x .45 and 6 x .55.
    prior = prior_of([(3, 8), (6, 12)])
    assert (prior.a, prior.b) == pytest.approx((2.7, 3.3))


@pytest.mark.parametrize(("k", "near"), [(0, 0.5 / 6), (8, 1 - 0.5 / 6)])
def test_all_or_none_leaves_something_to_learn(k: int, near: float) -> None:
    # Half a case of the six is kept for the other side.
    assert prior_of([(k, 8), (k, 8)]).mean == pytest.approx(near)


@pytest.mark.parametrize("teams", [3, pytest.param(12, marks=pytest.mark.slow)])
def test_the_share_behind_all_who_were_told_is_in_its_range_where_nearly_all_are(
    teams: int,
) -> None:
    """Teams of eight whose true share is .96: nine ranges of ten hold it, and not six."""
    rng = np.random.default_rng(1)
    held = []
    for told in rng.binomial(8, 0.96, size=(200, teams)):
        prior = prior_of([(int(k), 8) for k in told]).at_most_worth(6).kept_open()
        low, high = prior.given(int(told.sum()), 8 * teams).interval(level=0.9)
        held.append(low <= 0.96 <= high)
    assert np.mean(held) >= 0.85


def likelihood(prior: Beta, counts: list[tuple[int, int]]) -> float:
    """Of the counts, and of a weight that strays from six by a factor of e to the half."""
    weight = stats.norm.logpdf(math.log(prior.a + prior.b), math.log(6), 0.5)
    k, n = np.array(counts).T
    return weight + stats.betabinom.logpmf(k, n, prior.a, prior.b).sum()


def test_many_groups_are_fitted_to_the_greatest_likelihood() -> None:
    draw = np.random.default_rng(7)
    truths = draw.beta(0.6 * 8, 0.4 * 8, size=60)
    counts = [(int(draw.binomial(20, truth)), 20) for truth in truths]
    prior = prior_of(counts)
    best = likelihood(prior, counts)
    for mean in np.linspace(0.4, 0.8, 21):
        for concentration in np.geomspace(2, 60, 21):
            near = Beta(a=mean * concentration, b=(1 - mean) * concentration)
            assert likelihood(near, counts) <= best + 1e-6
    # Sixty groups find what they were drawn from.
    assert prior.mean == pytest.approx(0.6, abs=0.05)
    assert 5 < prior.a + prior.b < 13


def test_groups_that_look_alike_weigh_more_but_not_much_and_stay_proper() -> None:
    alike, apart = prior_of([(6, 12)] * 10), prior_of([(0, 12), (12, 12)] * 5)
    assert (alike.mean, apart.mean) == pytest.approx((0.5, 0.5), abs=1e-3)
    assert apart.a + apart.b < 6 < alike.a + alike.b < 20
    ends = prior_of([(0, 12)] * 10)
    assert ends.a > 0
    assert math.isfinite(ends.b)


def test_cases_of_one_seller_are_worth_less() -> None:
    # 100 cases in clusters of 50: 100 / (1 + 49 x .05) = 28.99.
    assert effective_cases([50, 50], correlation=0.05) == pytest.approx(28.9855, abs=1e-4)
    assert effective_cases([1] * 9, correlation=0.5) == pytest.approx(9)
    assert effective_cases([], correlation=0.05) == 0


@given(
    k=st.integers(0, 30),
    silent=st.integers(0, 30),
    rest=st.integers(0, 30),
    more=st.integers(0, 30),
)
def test_whatever_the_silent_would_say_stays_within_the_bounds(
    k: int, silent: int, rest: int, more: int
) -> None:
    n = k + rest
    asked = n + silent
    if asked == 0:
        return
    low, high = response_bounds(k, n, asked=asked)
    assert low <= (k + min(more, silent)) / asked <= high


@pytest.mark.parametrize(("a", "b"), [(2.5, 18.5), (0.5, 0.5), (30.0, 3.0), (0.2, 40.0)])
def test_who_stands_out_is_where_the_tail_of_the_beta_binomial_is_small(a: float, b: float) -> None:
    sizes = [0, 1, 5, 8, 40, 300]
    found = unusual_from(Beta(a=a, b=b), sizes, chance=0.05)
    for n in sizes:
        rare = [k for k in range(n + 1) if stats.betabinom.sf(k - 1, n, a, b) <= 0.05]
        assert found[n] == min(rare, default=n + 1)
