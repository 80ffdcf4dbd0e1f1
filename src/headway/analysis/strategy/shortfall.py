"""Where a result that falls short of its plan sits: attention, conversion, size or time.

What a new product brings per opportunity created is the product of four factors: the share of
opportunities that are about it, the share of those that are decided, the share of the decided that
are won, and the amount of a win. The plan is the declared share with the other three as they are in
all other opportunities of the same people and the same days.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import decomposition
from headway.analysis.methods.posterior import CONCENTRATION

Floats = npt.NDArray[np.float64]

FACTORS: Final = ("attention", "time", "conversion", "size")
FEWEST_WINS: Final = 5
_DRAWS = 500
# A result is short where it misses this much of the plan, as conduct is.
_LARGE_SHARE = 0.25


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What each person created, decided and won, one entry per person and array."""

    created: Floats
    decided: Floats
    won: Floats
    amount: Floats

    @property
    def stacked(self) -> Floats:
        """The four as rows."""
        return np.stack([self.created, self.decided, self.won, self.amount])


@dataclass(frozen=True, kw_only=True)
class Gap:
    """How much of the plan is missed.

    `share` of the planned result is missing, below 0 where there is more. `factors` is what each
    factor carries of all that pulls down, 0..1. `p_large` is the probability that a quarter of the
    plan or more is missing.
    """

    share: float
    factors: dict[str, float]
    p_large: float


def of(new: Totals, other: Totals, *, planned_share: float, seed: int) -> Gap | None:
    """The shortfall of the new product's result, and what each factor carries of it.

    Args:
        new: of the opportunities that are about it.
        other: of all others of the same people.
        planned_share: of opportunities that should have been about it, above 0..1.
        seed: of chance.

    Returns:
        None with fewer than five wins among the others: nothing could be planned by them.

    References:
        Ang (2005), Energy Policy 33:867-871 (LMDI-I). Own: factors of the new product lean on
        those of the others with the weight of six cases, as shares of small groups do; else no win
        among five would carry the whole gap. People are drawn with replacement for `p_large`.
    """
    if other.won.sum() < FEWEST_WINS:
        return None
    people = len(new.created)
    plan, actual = _factors(new, other, weights=np.ones((people, 1)), planned_share=planned_share)
    parts = -decomposition.of_product(plan, actual).by_factor[:, 0]
    down = np.maximum(parts, 0.0)
    carried = down / down.sum() if down.sum() else down
    drawn = np.random.default_rng(seed).multinomial(people, [1 / people] * people, size=_DRAWS)
    drawn_plan, drawn_actual = _factors(
        new, other, weights=drawn.T.astype(float), planned_share=planned_share
    )
    missing = 1 - _ratio(drawn_actual.prod(axis=0), drawn_plan.prod(axis=0))
    return Gap(
        share=float(parts.sum() / plan.prod()),
        factors=dict(zip(FACTORS, carried.tolist(), strict=True)),
        p_large=float((missing >= _LARGE_SHARE).mean()),
    )


def _factors(
    new: Totals, other: Totals, *, weights: Floats, planned_share: float
) -> tuple[Floats, Floats]:
    """The factors as planned and as they are, one column per draw of people."""
    created, decided, won, amount = new.stacked @ weights
    others = other.stacked @ weights
    time, conversion, size = (_ratio(others[at + 1], others[at]) for at in range(3))
    plan = np.stack([np.full_like(time, planned_share), time, conversion, size])
    actual = np.stack(
        [
            _ratio(created, created + others[0]),
            _leaning(decided, created, on=time),
            _leaning(won, decided, on=conversion),
            _leaning(amount, won, on=size),
        ]
    )
    return plan, actual


def _leaning(part: Floats, whole: Floats, *, on: Floats) -> Floats:
    found: Floats = (part + CONCENTRATION * on) / (whole + CONCENTRATION)
    return found


def _ratio(part: Floats, whole: Floats) -> Floats:
    """One over the other, 0 where there is nothing to divide by."""
    found: Floats = np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 0.0)
    return found
