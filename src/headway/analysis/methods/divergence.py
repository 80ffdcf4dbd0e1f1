"""How far what somebody does lies from what was declared: the Jensen-Shannon divergence."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_IN_BITS = np.log(2)


def from_profile(counts: Floats, profile: Floats) -> float:
    """The Jensen-Shannon divergence of observed shares from declared ones, less that by chance.

    Args:
        counts: items by cell, one row for all items that hang together, as those with one account.
        profile: declared shares by cell, which sum to 1.

    Returns:
        The divergence in bits: 0 = no further away than as many rows drawn from the profile itself
        are on average, and below 0 nearer than those, so that it is right on average; 1 = nothing
        in common. NaN without an item. It grows faster the further away: half of the way between
        two mixes is more than half of it.

    References:
        Lin (1991), IEEE Transactions on Information Theory 37:145-151. What chance makes is the
        mean of the second order term at what is observed, own: per cell half of its variance times
        profile / (2 share (share + profile) ln 2). The variance is that of a ratio over rows
        (Cochran 1977, 2.11): of single items it makes (cells - 1) / (8 n ln 2) at the profile.

    Examples:
        >>> declared = np.array([0.0, 1.0])
        >>> [round(from_profile(np.array([row]), declared), 2) for row in ([8, 0], [4, 4], [0, 8])]
        [1.0, 0.31, 0.0]
    """
    n = counts.sum()
    if not n:
        return float("nan")
    seen = counts.sum(axis=0) / n
    middle = (seen + profile) / 2
    divergence = (_relative(seen, middle) + _relative(profile, middle)) / 2
    by_chance = (_variances(counts, seen) * _bend(seen, profile)).sum() / 2
    return float(divergence - by_chance)


def _variances(counts: Floats, seen: Floats) -> Floats:
    """The variance of each observed share, rows being what is drawn; 0 for a single row."""
    rows = len(counts)
    apart = counts - counts.sum(axis=1, keepdims=True) * seen
    found: Floats = rows / max(rows - 1, 1) * (apart**2).sum(axis=0) / counts.sum() ** 2
    return found


def _bend(seen: Floats, profile: Floats) -> Floats:
    """The second derivative of the divergence by each observed share; 0 where nothing is seen."""
    below = 2 * seen * (seen + profile) * _IN_BITS
    found: Floats = np.divide(profile, below, out=np.zeros_like(seen), where=seen > 0)
    return found


def _relative(shares: Floats, middle: Floats) -> Floats:
    """Relative entropy in bits; a share of nothing adds nothing."""
    inside = np.broadcast_to(shares, middle.shape)
    ratio = np.where(inside > 0, inside / np.where(middle > 0, middle, 1.0), 1.0)
    found: Floats = (inside * np.log2(ratio)).sum(axis=-1)
    return found
