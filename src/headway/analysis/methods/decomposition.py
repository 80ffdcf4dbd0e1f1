"""How much of a change each factor of a product carries: LMDI, else Shapley."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
MOST_FACTORS = 8


class TooManyFactorsError(ValueError):
    """More factors than the closed form by subsets is made for."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Contributions:
    """What each factor carries of the change of each segment.

    `by_factor` has one row per factor and one column per segment, in the unit of the product; a
    column sums to the change of its segment. `weights` is the contribution per unit of the factor,
    which `split` needs to cut a factor further.
    """

    by_factor: Floats
    weights: Floats
    change: Floats

    @property
    def totals(self) -> Floats:
        """The contribution of each factor over all segments."""
        totals = np.atleast_2d(self.by_factor.sum(axis=1)).T
        _settle(totals, change=np.array([math.fsum(self.change)]))
        return totals[:, 0]


def of_product(base: Floats, actual: Floats) -> Contributions:
    """What each factor carries of the change of a product, summed over segments if there are many.

    LMDI-I, with its analytical limits at zero; the Shapley value in segments where a factor is
    negative.

    Args:
        base: one row per factor, one column per segment.
        actual: likewise, of the other period.

    Returns:
        Contributions that sum to the change without residual.

    Raises:
        TooManyFactorsError: a factor is negative and there are more than eight.

    References:
        Ang (2005), Energy Policy 33:867-871; Ang & Liu (2007), Energy Policy 35:238-246, for the
        limits: of a segment that appears or vanishes the whole change goes to the factors that
        were zero, in equal parts.

    Examples:
        >>> base = np.array([[200.0], [0.25], [40_000.0]])
        >>> actual = np.array([[230.0], [0.19], [43_000.0]])
        >>> [round(float(one)) for one in of_product(base, actual).totals]
        [270987, -532112, 140224]
    """
    base, actual = np.atleast_2d(base).astype(float), np.atleast_2d(actual).astype(float)
    negative = (base < 0).any(axis=0) | (actual < 0).any(axis=0)
    by_factor = np.empty_like(base)
    by_factor[:, ~negative] = _lmdi(base[:, ~negative], actual[:, ~negative])
    if negative.any():
        by_factor[:, negative] = shapley_of_product(base[:, negative], actual[:, negative])
    change = actual.prod(axis=0) - base.prod(axis=0)
    _settle(by_factor, change=change)
    weights = _weights(base, actual, by_factor=by_factor)
    return Contributions(by_factor=by_factor, weights=weights, change=change)


def split(weight: Floats, *, base: Floats, actual: Floats) -> Floats:
    """Cuts the contribution of one factor into those of its own factors.

    Args:
        weight: of the factor, one per segment (`Contributions.weights`).
        base: one row per part, none negative; their product is the factor.
        actual: likewise.

    Returns:
        One row per part; a column sums to the factor's contribution.

    References:
        Own: a factor x contributes W * (x1 - x0); x1 - x0 is cut by LMDI. For an LMDI product this
        is the LMDI of the finer product, because logarithms add.
    """
    parts = of_product(base, actual).by_factor * weight
    change = (actual.prod(axis=0) - base.prod(axis=0)) * weight
    # The parts of a factor that stood still may still have moved against each other.
    _settle(parts, change=np.atleast_1d(change))
    return parts


def log_mean(one: Floats, other: Floats) -> Floats:
    """The logarithmic mean of two positive numbers; 0 where either is 0.

    References:
        Ang (2005), Energy Policy 33:867-871.

    Examples:
        >>> log_mean(np.array([2.0, 5.0, 0.0]), np.array([1.0, 5.0, 3.0])).round(4).tolist()
        [1.4427, 5.0, 0.0]
    """
    present = (one > 0) & (other > 0)
    ratio = np.log(np.where(present, one, 1.0)) - np.log(np.where(present, other, 1.0))
    moved = np.abs(ratio) > np.finfo(float).eps
    # expm1 keeps the digits that (a - b) / ln(a / b) loses when a is almost b.
    growth = np.where(moved, np.expm1(ratio) / np.where(moved, ratio, 1.0), 1.0)
    return np.where(present, other * growth, 0.0)


def shapley(values: Floats) -> Floats:
    """The Shapley value of each player from the value of every coalition.

    Args:
        values: 2**n entries along the first axis; entry `b` is the coalition of the players whose
            bit is set in `b`. Further axes are kept.

    Returns:
        One row per player; rows sum to the value of all less the value of none.

    Raises:
        TooManyFactorsError: more than eight players.

    References:
        Shapley (1953), Contributions to the Theory of Games II:307-317.

    Examples:
        >>> shapley(np.array([0.0, 1.0, 2.0, 6.0])).tolist()
        [2.5, 3.5]
    """
    players = len(values).bit_length() - 1
    if players > MOST_FACTORS:
        raise TooManyFactorsError(f"{players} factors; at most {MOST_FACTORS}.")
    codes = np.arange(len(values))
    sizes = np.array([int(code).bit_count() for code in codes])
    factorials = np.cumprod([1.0, *range(1, players + 1)])
    shares = []
    for player in range(players):
        without = codes[(codes >> player) & 1 == 0]
        size = sizes[without]
        weight = factorials[size] * factorials[players - size - 1] / factorials[players]
        gain = values[without | (1 << player)] - values[without]
        shares.append(np.tensordot(weight, gain, axes=1))
    return np.array(shares)


def shapley_of_product(base: Floats, actual: Floats) -> Floats:
    """The Shapley value of each factor of a product; rows are factors, columns segments.

    A coalition of some factors as they are now and others as they were may be impossible in
    reality.

    Examples:
        >>> base = np.array([[200.0], [0.25], [40_000.0]])
        >>> actual = np.array([[230.0], [0.19], [43_000.0]])
        >>> shapley_of_product(base, actual)[:, 0].round().tolist()
        [273450.0, -535800.0, 141450.0]
    """
    factors = len(base)
    if factors > MOST_FACTORS:
        raise TooManyFactorsError(f"{factors} factors; at most {MOST_FACTORS}.")
    values = np.ones((1, base.shape[1]))
    for before, now in zip(base, actual, strict=True):
        values = np.concatenate([values * before, values * now])
    return shapley(values)


def _lmdi(base: Floats, actual: Floats) -> Floats:
    before, now = base.prod(axis=0), actual.prod(axis=0)
    here = (base > 0) & (actual > 0)
    ratio = np.where(here, np.log(np.where(here, actual, 1.0) / np.where(here, base, 1.0)), 0.0)
    staying = ratio * log_mean(now, before)
    # One side is nothing: the limit gives everything, in equal parts, to what was zero on that
    # side.
    was_zero = np.where((before == 0) & (now > 0), base == 0, (actual == 0) & (before > 0))
    count = np.maximum(was_zero.sum(axis=0), 1)
    turned = was_zero * (now - before) / count
    both = (before > 0) & (now > 0)
    result: Floats = np.where(both, staying, turned)
    return result


def _settle(by_factor: Floats, *, change: Floats) -> None:
    # What rounding left over goes to the largest contribution, where it matters least.
    segments = np.arange(by_factor.shape[1])
    largest = np.abs(by_factor).argmax(axis=0)
    by_factor[largest, segments] += change - by_factor.sum(axis=0)


def _weights(base: Floats, actual: Floats, *, by_factor: Floats) -> Floats:
    step = actual - base
    scale = np.maximum(np.abs(actual), np.abs(base))
    moved = np.abs(step) > scale * 1e-9
    by_step = by_factor / np.where(moved, step, 1.0)
    return np.where(moved, by_step, _weights_at_rest(base, actual))


def _weights_at_rest(base: Floats, actual: Floats) -> Floats:
    # A factor that stood still: the limit is the mean product of the others (LMDI: L(V) / L(x)).
    before, now = base.prod(axis=0), actual.prod(axis=0)
    means = log_mean(actual, base)
    positive = means > 0
    by_log_mean = log_mean(now, before) / np.where(positive, means, 1.0)
    return np.where(positive, by_log_mean, 0.0)
