"""What would have been seen, had it been there."""

import numpy as np

from headway.analysis.methods.localisation.contribution import MOVED, Amounts
from headway.analysis.methods.localisation.cube import Model
from headway.analysis.methods.localisation.places import Seen
from headway.analysis.methods.localisation.search import Ground
from headway.analysis.methods.localisation.significance import Family

# The standard normal quantile of 80 %: the power asked for.
Z_POWER = 0.8416212335729143


def smallest_seen(laid: Ground, *, family: Family, alpha: float) -> tuple[Seen, ...]:
    """The smallest change seen with 80 % power in the typical tested value of each dimension.

    Returns:
        One entry per dimension with a tested value, by name, that in the middle by what would have
        been seen: points of a rate (0..1), units of the average, or share of its own sum or count.
    """
    base, _ = laid.cube.amounts()
    seen = []
    for each, judged in laid.judged():
        if each.depth > 1 or not judged.is_tested.any():
            continue
        tested = np.flatnonzero(judged.is_tested)
        middle = tested[np.argsort(judged.error[tested], kind="stable")[(len(tested) - 1) // 2]]
        effect = detectable(
            float(judged.error[middle]), family=family, alpha=alpha, conditions=each.depth
        )
        ((name, code),) = each.address(int(middle))
        value = laid.cube.values[name][code]
        seen.append(Seen(dimension=name, value=value, change=fall(laid, effect, base=base)))
    return tuple(sorted(seen, key=lambda each: each.dimension))


def detectable(error: float, *, family: Family, alpha: float, conditions: int) -> float:
    """The effect that a place with this standard error shows with 80 % power.

    References:
        Minimum detectable effect = (critical z + z of the power) times the standard error: Bloom
        (1995), Evaluation Review 19:547-556.
    """
    return (family.threshold(alpha, conditions=conditions) + Z_POWER) * error


def fall(laid: Ground, effect: float, *, base: Amounts) -> float:
    """A fall of `effect` on the log scale from `base`, in the unit of the channel."""
    share = float(-np.expm1(-effect))
    if laid.channel.kind in MOVED or laid.cube.model not in (Model.BINOMIAL, Model.MEAN):
        return share
    mean = base.mean or 0.0
    if laid.cube.model is Model.MEAN:
        return share * mean
    odds = np.log((base.total + 0.5) / (base.n - base.total + 0.5)) - effect
    return float(mean - 1 / (1 + np.exp(-odds)))
