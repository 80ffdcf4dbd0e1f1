"""Conduct of several people: what it is worth, and when it is short."""

import numpy as np
import pytest

from headway.analysis.strategy import conduct
from headway.terms.pattern import PatternVerdict


def of(*people: tuple[float, float]) -> conduct.Conduct:
    counts = np.array(people, dtype=float).reshape(-1, 2)
    return conduct.of(counts[:, 0], counts[:, 1])


def test_who_has_no_item_does_not_count() -> None:
    assert of((3, 10), (0, 0), (2, 8)) == of((3, 10), (2, 8))
    assert of((0, 0)) == conduct.Conduct(k=0, n=0, people=0, cases=0)


def test_people_who_differ_are_worth_fewer_cases() -> None:
    alike, apart = of(*[(3, 10)] * 20), of(*[(6, 10), (0, 10)] * 10)
    # Alike: 200 / (1 + 9 x .05) = 137.9, cut by (1.2816 / 1.3277)^2 = .9317.
    assert alike.cases == pytest.approx(128.5, abs=0.1)
    # Apart: between people 20/19 x 20 x 3^2 = 189.5, alone .3 x .7 x 200 = 42: 200 x 42 / 189.5.
    assert apart.cases == pytest.approx(200 * 42 / 189.47 * 0.9317, abs=0.1)


def test_few_people_are_worth_less_than_their_items() -> None:
    # The t distribution with one degree of freedom is wide: (1.2816 / 3.0777)^2 = .1734.
    assert of((3, 10), (3, 10)).cases == pytest.approx(20 / 1.45 * 0.1734, abs=0.01)


def test_the_interval_holds_the_shortfall() -> None:
    found = of(*[(1, 10)] * 12).shortfall(0.3, level=0.9)
    assert found.low < found.value < found.high
    assert found.value == pytest.approx(0.2)
    with pytest.raises(ValueError, match="No item"):
        of((0, 0)).shortfall(0.3, level=0.9)


def test_short_there_and_neither() -> None:
    verdicts = {
        share: conduct.verdict_of(
            of(*[(share * 10, 10)] * 12).p_short(0.4, margin=conduct.margin_of(0.4)), confidence=0.9
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
    other = of(*[(4, 10)] * 20)
    asked = {"times": 0.75, "draws": 4000, "seed": 1}
    assert conduct.p_lower(of(*[(1, 10)] * 20), other, **asked) > 0.99
    assert conduct.p_lower(of(*[(0, 1)] * 3), other, **asked) < 0.5
    assert conduct.p_lower(other, other, **asked) < 0.05
