"""Coached regularly and staying: worked out by hand, and chance alone is seldom taken for more."""

from dataclasses import replace

import numpy as np
import pytest
from tests.drawn_staying import Truth, draw

from headway.analysis.coaching import staying
from headway.analysis.coaching.staying import AtRisk
from headway.terms.policy import DEFAULT
from headway.terms.staying import StayGate


def at_risk(*cells: tuple[int, bool, int, int], managers: int = 6) -> AtRisk:
    """Cells of (stratum, coached, people, leavers), spread over managers one after the other."""
    stratum, coached, left = [], [], []
    for place, is_coached, people, leavers in cells:
        stratum += [place] * people
        coached += [is_coached] * people
        left += [number < leavers for number in range(people)]
    count = len(stratum)
    return AtRisk(
        person=np.arange(count),
        manager=np.arange(count) % managers,
        stratum=np.array(stratum, dtype=np.intp),
        is_coached=np.array(coached, dtype=bool),
        has_left=np.array(left, dtype=bool),
    )


def test_each_stratum_weighs_by_how_much_it_can_tell() -> None:
    seen = at_risk((0, True, 30, 3), (0, False, 30, 6), (1, True, 10, 0), (1, False, 40, 10))
    found = staying.difference(seen)
    assert found is not None
    # 15 and 8 are the weights, .10 and .25 the differences.
    assert found.value == pytest.approx((15 * 0.10 + 8 * 0.25) / 23)
    assert found.freedom == 5


def test_new_people_who_leave_more_and_are_coached_less_are_no_part_of_it() -> None:
    # In both bands as many leave with coaching as without; all together it would be 10 beside 26 %.
    seen = at_risk((0, True, 90, 5), (0, False, 18, 1), (1, True, 10, 4), (1, False, 40, 16))
    found = staying.difference(seen)
    assert found is not None
    assert found.value == pytest.approx(0)
    plain = [staying.side(seen, is_coached=each).rate for each in (True, False)]
    assert plain == pytest.approx([0.91, 41 / 58])


def test_who_has_nobody_alike_on_the_other_side_is_not_compared() -> None:
    seen = staying.comparable(at_risk((0, True, 4, 1), (0, False, 4, 1), (1, True, 9, 9)))
    assert sorted(set(seen.stratum.tolist())) == [0]
    assert len(staying.comparable(at_risk()).person) == 0


def test_what_is_missing_is_counted() -> None:
    few = at_risk((0, True, 12, 1), (0, False, 9, 3), managers=5)
    assert {each.gate: (each.seen, each.needed) for each in staying.lacks(few, policy=DEFAULT)} == {
        StayGate.PEOPLE_OTHERS: (9, 10),
        StayGate.MANAGERS_COACHED: (5, 6),
        StayGate.MANAGERS_OTHERS: (5, 6),
        StayGate.LEAVERS: (4, 5),
    }
    assert staying.lacks(at_risk((0, True, 12, 1), (0, False, 12, 4)), policy=DEFAULT) == ()


def test_one_person_in_many_quarters_is_one() -> None:
    seen = at_risk((0, True, 12, 1), (0, False, 12, 4))
    same = replace(seen, person=np.zeros(24, dtype=np.intp))
    assert [each.seen for each in staying.lacks(same, policy=DEFAULT)] == [1, 1]


def test_where_whole_teams_leave_alike_the_range_is_wider() -> None:
    seen = at_risk((0, True, 60, 12), (0, False, 60, 12), managers=12)
    spread = staying.difference(seen)
    teams = replace(seen, manager=np.repeat(np.arange(12), 10))
    clustered = staying.difference(teams)
    assert spread is not None
    assert clustered is not None
    assert clustered.spread > 2 * spread.spread


def test_nobody_who_left_on_one_side_is_no_certainty() -> None:
    found = staying.difference(at_risk((0, True, 12, 0), (0, False, 60, 6), managers=6))
    assert found is not None
    low, high = found.ends(0.9)
    assert low < 0 < high


def scored(truth: Truth, *, draws: int) -> tuple[float, float]:
    """How often the range holds what was planted, and how often it lies on one side of nothing."""
    held, told, count = 0, 0, 0
    for seed in range(draws):
        seen = staying.comparable(draw(truth, seed=seed))
        found = None if staying.lacks(seen, policy=DEFAULT) else staying.difference(seen)
        if found is not None:
            low, high = found.ends(DEFAULT.interval_level)
            count += 1
            held += low <= truth.effect <= high
            told += low > 0 or high < 0
    assert count >= 0.9 * draws
    return held / count, told / count


def test_chance_and_what_is_held_alike_are_seldom_taken_for_coaching() -> None:
    held, told = scored(Truth(), draws=100)
    # Of 100 with .90, fewer than 83 come once in 50 times.
    assert held >= 0.83
    assert told <= 0.17


@pytest.mark.slow
@pytest.mark.parametrize(
    "truth",
    [
        Truth(),
        Truth(habits_apart=4.0),
        Truth(managers=12, team=5, quarters=3),
        Truth(managers=60, quarters=8),
        Truth(teams_apart=1.0),
    ],
)
def test_the_range_holds_what_was_planted(truth: Truth) -> None:
    held, told = scored(truth, draws=300)
    # .90 and more of the usual ranges; of 300 with .90, fewer than 256 come once in 200 times.
    assert held >= 0.853
    assert told <= 0.14
    held, _told = scored(replace(truth, effect=0.02), draws=300)
    assert held >= 0.853


def test_a_large_difference_is_found() -> None:
    _held, told = scored(Truth(managers=60, hazard=0.10, effect=0.05), draws=30)
    assert told >= 0.9
