"""The verdict keeps its word: alarms by chance are as rare as the range says."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from headway.analysis.results import made
from headway.findings.results import outcome, verdict
from headway.findings.results.outcome import Outcome
from headway.terms.answer import Basis, Comparison, Figure, Kpi, Missing, Verdict
from headway.terms.period import Period
from headway.terms.policy import DEFAULT

COMPARISON = Comparison(
    actual=Period(first=date(2026, 1, 1), end=date(2026, 4, 1)),
    base=Period(first=date(2025, 1, 1), end=date(2025, 4, 1)),
    basis=Basis.YEAR_BEFORE,
    is_season_known=True,
)


def book(n: int) -> made.Book:
    entries = [
        made.Entry(
            outcome="won" if place % 3 == 0 else "lost",
            created_on=date(2024, 12, 1) + timedelta(days=365 * (place % 2)),
            decided_on=date(2025, 1, 2) + timedelta(days=365 * (place % 2) + place % 80),
            amount=1_000.0,
        )
        for place in range(n)
    ]
    return made.book(entries, as_of=date(2026, 6, 30), data_from=date(2024, 1, 1))


def of_change(value: float, low: float, high: float, *, p_up: float, n: int = 100) -> Outcome:
    return Outcome(
        base=Figure(value=100.0, n=n),
        actual=Figure(value=100.0 + value, n=n),
        change=Figure(value=value, low=low, high=high, n=2 * n),
        p_up=p_up,
    )


def judged(found: Outcome, *, kpi: Kpi = Kpi.BOOKINGS, **changes: object) -> tuple[Verdict, str]:
    known = {"comparison": COMPARISON, "is_inside": True, "without_largest": None}
    known |= {"largest_share": 0.0, "policy": DEFAULT} | changes
    one = verdict.of(found, kpi=kpi, **known)
    return one.verdict, one.reason


def test_a_range_that_leaves_out_zero_decides() -> None:
    falling = of_change(-20, -30, -10, p_up=0.001)
    assert judged(falling) == (Verdict.FALLING, "verdict.more_than_chance")
    rising = of_change(20, 10, 30, p_up=0.999)
    assert judged(rising) == (Verdict.IMPROVING, "verdict.more_than_chance")


def test_a_rise_over_a_base_without_its_slow_wins_tells_nothing() -> None:
    rising = of_change(20, 10, 30, p_up=0.999)
    assert judged(rising, is_left_cut=True) == (Verdict.CANNOT_TELL, "verdict.edge")
    falling = of_change(-20, -30, -10, p_up=0.001)
    assert judged(falling, is_left_cut=True) == (Verdict.FALLING, "verdict.more_than_chance")


def test_longer_cycles_are_no_improvement() -> None:
    longer = of_change(20, 10, 30, p_up=0.999)
    assert judged(longer, kpi=Kpi.CYCLE_DAYS) == (Verdict.FALLING, "verdict.more_than_chance")


def test_a_small_range_around_zero_is_flat_and_a_wide_one_tells_nothing() -> None:
    assert judged(of_change(1, -3, 4, p_up=0.6)) == (Verdict.FLAT, "verdict.small_range")
    wide = of_change(1, -9, 11, p_up=0.6)
    assert judged(wide) == (Verdict.CANNOT_TELL, "verdict.range_spans_zero")


def test_a_rise_below_what_is_relevant_is_none() -> None:
    policy = replace(DEFAULT, min_relevant_growth_share=0.05)
    small = of_change(3, 1, 4.5, p_up=0.99)
    assert judged(small, policy=policy) == (Verdict.FLAT, "verdict.small_range")


def test_periods_of_another_length_are_not_compared_in_sums() -> None:
    longer = replace(COMPARISON, base=Period(first=date(2025, 1, 1), end=date(2025, 7, 1)))
    falling = of_change(-20, -30, -10, p_up=0.001)
    assert judged(falling, comparison=longer)[1] == "verdict.unequal_length"
    assert judged(falling, kpi=Kpi.WIN_RATE, comparison=longer)[0] is Verdict.FALLING


def test_what_was_not_wholly_recorded_has_no_verdict() -> None:
    falling = of_change(-20, -30, -10, p_up=0.001)
    assert judged(falling, is_inside=False) == (Verdict.CANNOT_TELL, "verdict.edge")


def test_few_cases_and_no_measure_have_no_verdict() -> None:
    few = of_change(-20, -30, -10, p_up=0.001, n=9)
    assert judged(few) == (Verdict.CANNOT_TELL, "verdict.too_few")
    nothing = Figure(value=None, missing=Missing.NOT_MEASURED)
    none = Outcome(base=nothing, actual=nothing, change=nothing, p_up=None)
    assert judged(none) == (Verdict.CANNOT_TELL, "verdict.not_measured")


def test_a_verdict_that_hangs_on_one_opportunity_is_none() -> None:
    falling, without = of_change(-20, -30, -10, p_up=0.001), of_change(1, -9, 11, p_up=0.6)
    hanging = judged(falling, without_largest=without, largest_share=0.3)
    assert hanging == (Verdict.CANNOT_TELL, "verdict.single_deal")
    standing = judged(falling, without_largest=falling, largest_share=0.3)
    assert standing == (Verdict.FALLING, "verdict.more_than_chance")


@pytest.mark.slow
@pytest.mark.parametrize("kpi", [Kpi.WIN_RATE, Kpi.BOOKINGS])
def test_alarms_by_chance_are_as_rare_as_the_range_says(kpi: Kpi) -> None:
    random = np.random.default_rng(5)
    empty = book(3_600)
    alarms = 0
    for seed in range(300):
        won = random.random(len(empty)) < 0.3
        drawn = replace(
            empty,
            is_won=won,
            is_lost=~won,
            amount=random.lognormal(7, 0.7, len(empty)),
        )
        found = outcome.of(drawn, kpi=kpi, comparison=COMPARISON, policy=DEFAULT, seed=seed)
        alarms += judged(found, kpi=kpi)[0] in {Verdict.FALLING, Verdict.IMPROVING}
    # One in ten by design, less where how many are decided is fixed; 300 draws lie within .05.
    assert 0.03 <= alarms / 300 <= 0.15


def test_the_largest_opportunity_is_left_out_where_it_stands() -> None:
    some = book(90)
    assert len(outcome.without(some, opportunities=frozenset({3}))) == 89
    assert "o3" not in outcome.without(some, opportunities=frozenset({3})).ids


def test_values_without_a_range_agree_with_those_that_have_one() -> None:
    some = book(90)
    for kpi in Kpi:
        found = outcome.of(some, kpi=kpi, comparison=COMPARISON, policy=DEFAULT, seed=1)
        assert outcome.value(some, kpi=kpi, period=COMPARISON.actual) == found.actual.value
