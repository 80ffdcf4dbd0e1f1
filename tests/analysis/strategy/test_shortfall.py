"""Where a result that falls short of its plan sits."""

import numpy as np
import pytest

from headway.analysis.strategy import shortfall
from headway.analysis.strategy.shortfall import Totals

# Ten people; of the others' opportunities half are decided, two fifths of those won, 100 each.
OTHERS = (70, 35, 14, 1400)


def totals(created: float, decided: float, won: float, amount: float) -> Totals:
    each = [np.full(10, value, dtype=float) for value in (created, decided, won, amount)]
    return Totals(created=each[0], decided=each[1], won=each[2], amount=each[3])


def gap(*new: float) -> shortfall.Gap:
    found = shortfall.of(totals(*new), totals(*OTHERS), planned_share=0.3, seed=1)
    assert found is not None
    return found


def test_as_planned_nothing_is_missing() -> None:
    found = gap(30, 15, 6, 600)
    assert found.share == pytest.approx(0)
    assert found.p_large == 0


@pytest.mark.parametrize(
    ("new", "factor"),
    [
        ((10, 5, 2, 200), "attention"),
        ((30, 5, 2, 200), "time"),
        ((30, 15, 1, 100), "conversion"),
        ((30, 15, 6, 120), "size"),
    ],
)
def test_the_factor_that_is_short_carries_the_gap(new, factor) -> None:
    found = gap(*new)
    assert found.p_large == 1
    assert max(found.factors, key=lambda each: found.factors[each]) == factor
    assert found.factors[factor] > 0.9
    assert sum(found.factors.values()) == pytest.approx(1)


def test_nothing_won_among_few_is_not_taken_for_losing_all() -> None:
    # Two of 702 created, none decided: without leaning on the others time would carry all of it.
    new = Totals(**{name: np.zeros(10) for name in ("decided", "won", "amount")},
                 created=np.array([1.0, 1.0, *[0.0] * 8]))  # fmt: skip
    found = shortfall.of(new, totals(*OTHERS), planned_share=0.3, seed=1)
    assert found is not None
    assert found.factors["attention"] > 0.85


def test_without_wins_elsewhere_nothing_can_be_planned() -> None:
    assert shortfall.of(totals(3, 1, 0, 0), totals(7, 3, 0, 0), planned_share=0.3, seed=1) is None
