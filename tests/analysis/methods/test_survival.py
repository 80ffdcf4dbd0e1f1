"""How long until it happens, when some of it has not happened yet."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway.analysis.methods import survival
from headway.analysis.methods.evidence import TooFew
from headway.analysis.methods.proportion import jeffreys

DAYS = np.array([3, 7, 8, 12, 15, 19, 20, 25, 29, 30, 31, 40, 45, 50, 59, 60, 62, 70, 80, 90])
OUTCOME = np.array([1, 2, 1, 0, 2, 1, 1, 2, 0, 1, 2, 1, 2, 0, 1, 2, 0, 1, 2, 0])
TIED = np.array([5, 8, 8, 12, 15, 20, 20, 25, 30, 30, 31, 40, 45, 50, 60, 60, 62, 70, 80, 90])


@pytest.mark.parametrize(
    ("age", "share", "variance"),
    [(30, 0.264205, 0.010388), (60, 0.389773, 0.013665), (90, 0.479924, 0.016177)],
)
def test_incidence_agrees_with_lifelines(age: int, share: float, variance: float) -> None:
    # lifelines 0.30, AalenJohansenFitter(calculate_variance=True) on the same days
    found = survival.incidence(days=DAYS, outcome=OUTCOME, age=age, level=0.90)
    assert isinstance(found, survival.Incidence)
    assert found.share.value == pytest.approx(share, abs=5e-7)
    assert found.variance == pytest.approx(variance, abs=5e-7)
    assert found.maturity == 15 / 20


def test_the_median_and_its_ends_agree_with_lifelines() -> None:
    # lifelines 0.30, KaplanMeierFitter(alpha=.1) and median_survival_times of its interval
    won = survival.median_days(days=TIED, is_event=OUTCOME == 1, level=0.90)
    closed = survival.median_days(days=DAYS, is_event=OUTCOME > 0, level=0.90)
    assert won == survival.Median(days=70.0, low=30.0, high=None, n=20, event_count=8)
    assert closed == survival.Median(days=40.0, low=20.0, high=60.0, n=20, event_count=15)


@given(st.lists(st.tuples(st.integers(0, 90), st.sampled_from([1, 2])), min_size=1, max_size=60))
def test_without_open_cases_it_is_the_plain_share_with_the_jeffreys_interval(
    cases: list[tuple[int, int]],
) -> None:
    days, outcome = np.array(cases).T
    found = survival.incidence(days=days, outcome=outcome, age=90, level=0.90)
    assert isinstance(found, survival.Incidence)
    k, n = int((outcome == 1).sum()), len(days)
    assert found.share.value == pytest.approx(k / n)
    assert found.variance == pytest.approx(k / n * (1 - k / n) / n, abs=1e-12)
    assert (found.share.low, found.share.high) == pytest.approx(
        jeffreys(k, n, level=0.90), abs=1e-7
    )


@given(st.permutations(range(20)))
def test_the_order_of_rows_does_not_matter(order: list[int]) -> None:
    place = np.array(order)
    assert survival.incidence(
        days=DAYS[place], outcome=OUTCOME[place], age=60, level=0.90
    ) == survival.incidence(days=DAYS, outcome=OUTCOME, age=60, level=0.90)


def test_a_cohort_nobody_was_followed_to_the_age_is_too_young() -> None:
    found = survival.incidence(
        days=np.array([5, 9, 10]), outcome=np.array([1, 2, 0]), age=30, level=0.90
    )
    assert found == TooFew(seen=0, needed=1)


def test_a_cohort_that_is_all_closed_early_needs_no_longer_following() -> None:
    found = survival.incidence(
        days=np.array([5, 9, 10]), outcome=np.array([1, 2, 2]), age=30, level=0.90
    )
    assert isinstance(found, survival.Incidence)
    assert found.share.value == pytest.approx(1 / 3)


def test_no_cohort_has_no_share() -> None:
    nothing = np.array([], dtype=int)
    found = survival.incidence(days=nothing, outcome=nothing, age=30, level=0.90)
    assert found == TooFew(seen=0, needed=1)


def test_open_cases_that_would_all_be_losses_do_not_lower_the_share() -> None:
    # Of 1,000 a third win on day 10 and the rest are open: seen on day 5 the naive share is 0.
    random = np.random.default_rng(3)
    days = random.integers(0, 100, 1000)
    won = random.random(1000) < 0.3
    followed = random.integers(20, 100, 1000)
    outcome = np.where(days <= followed, np.where(won, 1, 2), 0)
    found = survival.incidence(days=np.minimum(days, followed), outcome=outcome, age=90, level=0.90)
    assert isinstance(found, survival.Incidence)
    truth = float((won & (days <= 90)).mean())
    naive = float((outcome == 1).mean())
    assert abs(found.share.value - truth) < 0.03 < truth - naive


@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.sampled_from([0, 1, 2])), min_size=2, max_size=60
    ).filter(lambda cases: any(outcome == 1 for _, outcome in cases))
)
def test_the_weights_of_the_wanted_are_the_steps_of_the_incidence(
    cases: list[tuple[int, int]],
) -> None:
    days, outcome = np.array(cases).T
    last = int(days[outcome == 1].max())
    share = survival.incidence(days=days, outcome=outcome, age=last, level=0.90)
    assert isinstance(share, survival.Incidence)
    weights = 1 / survival._followed_chance(days, outcome=outcome)[days[outcome == 1]]
    assert weights.sum() / len(days) == pytest.approx(share.share.value)


def test_the_median_of_the_won_makes_up_for_those_still_open() -> None:
    # Half are lost. Won take 1 to 100 days; each was followed for 50 to 150.
    random = np.random.default_rng(8)
    true_days, won = random.integers(1, 101, 20_000), random.random(20_000) < 0.5
    followed = random.integers(50, 151, 20_000)
    outcome = np.where(true_days <= followed, np.where(won, 1, 2), 0)
    found = survival.median_of_wanted(
        days=np.minimum(true_days, followed), outcome=outcome, within=150, level=0.90
    )
    assert isinstance(found, survival.Median)
    assert found.days == pytest.approx(50, abs=2)
    assert np.median(true_days[outcome == 1]) < 46


def test_without_open_ones_it_is_the_plain_median_and_later_wins_are_left_out() -> None:
    days = np.array([1, 2, 3, 4, 5, 90])
    found = survival.median_of_wanted(
        days=days, outcome=np.full(6, survival.WANTED), within=30, level=0.90
    )
    assert isinstance(found, survival.Median)
    assert (found.days, found.event_count) == (3.0, 5)
    nobody = survival.median_of_wanted(days=days, outcome=np.full(6, 2), within=30, level=0.90)
    assert nobody == TooFew(seen=0, needed=1)


def test_a_median_that_is_not_reached_is_not_made_up() -> None:
    found = survival.median_days(
        days=np.array([1, 2, 9, 9, 9]), is_event=np.array([True, True] + [False] * 3), level=0.90
    )
    assert found == TooFew(seen=2, needed=3)


def test_nothing_that_happened_has_no_median() -> None:
    found = survival.median_days(
        days=np.array([4, 5]), is_event=np.array([False, False]), level=0.90
    )
    assert found == TooFew(seen=0, needed=1)


def test_everything_on_one_day_has_that_day_as_median() -> None:
    found = survival.median_days(
        days=np.array([4, 4, 4]), is_event=np.array([True] * 3), level=0.90
    )
    assert found == survival.Median(days=4.0, low=4.0, high=4.0, n=3, event_count=3)
