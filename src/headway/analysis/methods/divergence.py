"""How far what somebody does lies from what was declared: the Jensen-Shannon distance."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_EIGHT_BITS_LN = 8 * np.log(2)


def distance(counts: Floats, profile: Floats) -> Floats:
    """The Jensen-Shannon distance of observed shares from declared ones, less what chance makes.

    The distance, which is the root of the divergence in bits, and not the divergence itself: it
    grows evenly on the way from one mix to another, so that half of the way is about half of it.

    Args:
        counts: items by cell, in the last dimension; any number of rows before.
        profile: declared shares by cell, which sum to 1.

    Returns:
        One distance per row, 0 = the same mix or no further away than chance takes as many items
        drawn from the profile itself, 1 = nothing in common; NaN where a row has no item.

    References:
        Lin (1991), IEEE Transactions on Information Theory 37:145-151; Endres & Schindelin (2003),
        ibid. 49:1858-1860, on the root being a metric. The mean divergence by chance is that of
        its second order term, chi-squared over 8 n ln 2 (own, from the expansion in Lin).

    Examples:
        >>> declared = np.array([0.0, 1.0])
        >>> distance(np.array([[8.0, 0.0], [4.0, 4.0], [0.0, 8.0]]), declared).round(2)
        array([1.  , 0.56, 0.  ])
    """
    n = counts.sum(axis=-1)
    has = n > 0
    seen = counts / np.where(has, n, 1.0)[..., None]
    middle = (seen + profile) / 2
    divergence = (_relative(seen, middle) + _relative(profile, middle)) / 2
    by_chance = (np.count_nonzero(profile) - 1) / (_EIGHT_BITS_LN * np.where(has, n, 1.0))
    found: Floats = np.where(has, np.sqrt(np.clip(divergence - by_chance, 0.0, 1.0)), np.nan)
    return found


def _relative(shares: Floats, middle: Floats) -> Floats:
    """Relative entropy in bits; a share of nothing adds nothing."""
    inside = np.broadcast_to(shares, middle.shape)
    ratio = np.where(inside > 0, inside / np.where(middle > 0, middle, 1.0), 1.0)
    found: Floats = (inside * np.log2(ratio)).sum(axis=-1)
    return found
