"""How far apart two distributions over kinds of things are, and whether chance alone does that."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Distance:
    """The total variation distance, 0 = alike, 1 = nothing in common, with its p value."""

    value: float
    p: float


def distance(before: Floats, after: Floats, *, draws: int, seed: int) -> Distance:
    """Whether the same people do other kinds of things than before.

    Args:
        before: how often each person (row) did each kind of thing (column).
        after: likewise, of the same people and kinds.
        draws: how often each person's two rows change places, or not, by chance.
        seed: of chance.

    Returns:
        Half the sum of the absolute differences of the two pooled distributions. `p` is the share
        of draws, the actual one among them, that are as far apart or farther.

    Raises:
        ValueError: one side holds nothing.

    References:
        Good (2005), Permutation, Parametric and Bootstrap Tests of Hypotheses, on exchanging whole
        clusters.

    Examples:
        >>> old, new = np.array([[9.0, 1.0]] * 8), np.array([[1.0, 9.0]] * 8)
        >>> found = distance(old, new, draws=500, seed=1)
        >>> found.value, found.p < 0.05
        (0.8, True)
        >>> distance(old, old, draws=500, seed=1).p
        1.0
    """
    if not before.sum() or not after.sum():
        raise ValueError("Nothing on one side: ask for something on both before.")
    random = np.random.default_rng(seed)
    changed = random.integers(0, 2, size=(draws, len(before))).astype(float)
    moved = changed @ (after - before)
    drawn = _apart(before.sum(axis=0) + moved, after.sum(axis=0) - moved)
    value = float(_apart(before.sum(axis=0)[None], after.sum(axis=0)[None])[0])
    # Sums of shares differ in their last digits by the order they are added up in.
    as_far = int((drawn >= value - 1e-12).sum())
    return Distance(value=value, p=(1 + as_far) / (1 + draws))


def _apart(one: Floats, other: Floats) -> Floats:
    """One distance per row; rows with nothing on a side are as far apart as can be."""
    totals = one.sum(axis=1, keepdims=True), other.sum(axis=1, keepdims=True)
    has = ((totals[0] > 0) & (totals[1] > 0))[:, 0]
    shares = [
        part / np.where(total > 0, total, 1.0)
        for part, total in zip((one, other), totals, strict=True)
    ]
    found: Floats = np.where(has, np.abs(shares[0] - shares[1]).sum(axis=1) / 2, 1.0)
    return found
