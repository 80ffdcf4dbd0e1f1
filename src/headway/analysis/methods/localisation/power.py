"""What would have been seen, had it been there."""

import numpy as np

from headway.analysis.methods.localisation.cube import Model
from headway.analysis.methods.localisation.places import Seen
from headway.analysis.methods.localisation.search import Ground
from headway.analysis.methods.localisation.significance import Family

# The standard normal quantile of 80 %: the power asked for.
Z_POWER = 0.8416212335729143


def smallest_seen(laid: Ground, *, family: Family, alpha: float) -> tuple[Seen, ...]:
    """The smallest change seen with 80 % power in the typical tested value of each dimension.

    Returns:
        One entry per dimension with a tested value, by name, the median of its values: points of a
        rate (0..1), units of the average, or share of the place's own sum or count.

    References:
        Minimum detectable effect = (critical z + z of the power) times the standard error: Bloom
        (1995), Evaluation Review 19:547-556.
    """
    critical = family.threshold(alpha, conditions=1) + Z_POWER
    seen = []
    for each, judged in laid.judged():
        if each.depth > 1 or not judged.is_tested.any():
            continue
        typical = float(np.median(critical * judged.error[judged.is_tested]))
        seen.append(Seen(dimension=each.dimensions[0], change=_in_own_unit(laid, typical)))
    return tuple(sorted(seen, key=lambda each: each.dimension))


def _in_own_unit(laid: Ground, effect: float) -> float:
    """A fall of `effect` on the log scale, in the unit of the result."""
    cube = laid.cube
    base, _ = cube.amounts()
    mean = base.mean or 0.0
    if cube.model is Model.BINOMIAL:
        odds = np.log((base.total + 0.5) / (base.n - base.total + 0.5)) - effect
        return float(mean - 1 / (1 + np.exp(-odds)))
    fall = float(-np.expm1(-effect))
    return fall * mean if cube.model is Model.MEAN else fall
