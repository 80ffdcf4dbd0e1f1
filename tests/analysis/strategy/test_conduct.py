"""Conduct of several people: what it is worth, and when it is short."""

import numpy as np
import pytest

from headway.analysis.strategy import conduct
from headway.terms.pattern import PatternVerdict
from headway.terms.policy import DEFAULT


def of(*people: tuple[float, float]) -> conduct.Conduct:
    counts = np.array(people, dtype=float).reshape(-1, 2)
    return conduct.of(counts[:, 0], counts[:, 1])


def answered(*people: tuple[float, float]) -> conduct.Conduct:
    counts = np.array(people, dtype=float).reshape(-1, 2)
    return conduct.answered(counts[:, 0], counts[:, 1])


def test_who_has_no_item_does_not_count() -> None:
    assert of((3, 10), (0, 0), (2, 8)) == of((3, 10), (2, 8))
    assert answered((3, 10), (0, 0), (2, 8)) == answered((3, 10), (2, 8))
    nothing = conduct.Conduct(k=0, n=0, people=0, cases=0, without_one=1)
    assert (of((0, 0)), answered((0, 0))) == (nothing, nothing)


def test_that_the_people_of_a_place_differ_is_no_chance() -> None:
    alike, apart = of(*[(3, 10)] * 20), of(*[(6, 10), (0, 10)] * 10)
    # 200 / (1 + 9 x .05) for both.
    assert (alike.cases, apart.cases) == pytest.approx((137.9, 137.9), abs=0.1)


def test_many_items_of_few_people_are_worth_less() -> None:
    assert of((60, 200)).cases == pytest.approx(200 / 10.95)
    assert of(*[(3, 10)] * 20).cases > of(*[(6, 20)] * 10).cases


def test_steps_of_one_piece_of_work_are_one() -> None:
    """Twenty people with ten steps each, of two pieces with five; ten of them do nothing else."""
    sums, squares = np.full(20, 10.0), np.full(20, 50.0)
    pieces = conduct.pieces_of(sums, squares)
    found = conduct.of(np.tile([10.0, 0.0], 10), sums, pieces=pieces)
    # 40 / (1 + 1 x .05); by their spread 200 x 50 / 526.3 x .9317 = 17.7.
    assert (found.n, found.cases) == (200, pytest.approx(40 / 1.05))


def test_people_who_are_all_alike_are_worth_their_items() -> None:
    sums = np.full(20, 10.0)
    found = conduct.of(np.full(20, 3.0), sums, pieces=conduct.pieces_of(sums, np.full(20, 50.0)))
    # 200 / 1.45, cut for twenty people by .9317.
    assert found.cases == pytest.approx(200 / 1.45 * 0.9317, abs=0.1)


def test_buyers_who_answer_people_differently_are_worth_fewer_cases() -> None:
    alike, apart = answered(*[(3, 10)] * 20), answered(*[(6, 10), (0, 10)] * 10)
    # Cut by (1.2816 / 1.3277)^2 = .9317.
    assert alike.cases == pytest.approx(200 * 0.9317, abs=0.1)
    # Apart: between people 20/19 x 20 x 3^2 = 189.5, alone .3 x .7 x 200 = 42: 200 x 42 / 189.5.
    assert apart.cases == pytest.approx(200 * 42 / 189.47 * 0.9317, abs=0.1)


def test_answers_to_few_people_are_worth_less() -> None:
    # The t distribution with one degree of freedom is wide: (1.2816 / 3.0777)^2 = .1734.
    assert answered((3, 10), (3, 10)).cases == pytest.approx(20 * 0.1734, abs=0.01)


def test_no_single_person_makes_a_place_short() -> None:
    """Five do it in half of their work; the sixth has most of it all and does not."""
    asked = {"margin": 0.1, "policy": DEFAULT}
    one = of(*[(10, 20)] * 5, (0, 200))
    assert one.p_short(0.4, margin=0.1) > 0.9
    assert one.without_one == 0.5
    assert one.verdict(0.4, **asked) is PatternVerdict.CANNOT_TELL
    all_of_them = of(*[(2, 20)] * 5, (0, 200))
    assert all_of_them.verdict(0.4, **asked) is PatternVerdict.PRESENT


def test_the_interval_holds_the_shortfall() -> None:
    found = of(*[(1, 10)] * 12).shortfall(0.3, level=0.9)
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(0.2)
    with pytest.raises(ValueError, match="No item"):
        of((0, 0)).shortfall(0.3, level=0.9)


def test_short_there_and_neither() -> None:
    verdicts = {
        share: of(*[(share * 10, 10)] * 12).verdict(
            0.4, margin=conduct.margin_of(0.4), policy=DEFAULT
        )
        for share in (0.1, 0.3, 0.5)
    }
    # Short is at .3 or below: a share of .3 lies on the border.
    assert verdicts == {
        0.1: PatternVerdict.PRESENT,
        0.3: PatternVerdict.CANNOT_TELL,
        0.5: PatternVerdict.ABSENT,
    }


def test_nothing_counted_is_thought_to_be_as_declared() -> None:
    assert of((0, 0)).p_short(0.3, margin=0.075) < 0.5


def test_a_lower_share_is_seen_with_many_cases_and_not_with_few() -> None:
    other = answered(*[(4, 10)] * 20)
    asked = {"times": 0.75, "draws": 4000, "seed": 1}
    assert conduct.p_lower(answered(*[(1, 10)] * 20), other, **asked) > 0.99
    assert conduct.p_lower(answered(*[(0, 1)] * 3), other, **asked) < 0.5
    assert conduct.p_lower(other, other, **asked) < 0.05


def test_short_is_named_at_eighty_percent_and_denied_at_ninety() -> None:
    told = [conduct.verdict_of(p, policy=DEFAULT).value for p in (0.80, 0.79, 0.11, 0.09)]
    assert told == ["present", "cannot_tell", "cannot_tell", "absent"]
