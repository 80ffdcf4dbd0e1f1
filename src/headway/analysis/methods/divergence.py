"""How far what somebody does lies from what was declared: the Jensen-Shannon divergence."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_EIGHT_IN_BITS = 8 * np.log(2)


def from_profile(counts: Floats, profile: Floats) -> Floats:
    """The Jensen-Shannon divergence of observed shares from declared ones, less that by chance.

    Args:
        counts: items by cell, in the last dimension; any number of rows before.
        profile: declared shares by cell, which sum to 1.

    Returns:
        One divergence per row in bits: 0 = the same mix, or no further away than as many items
        drawn from the profile itself are on average; 1 = nothing in common. NaN where a row has no
        item. It grows faster the further away: half of the way between two mixes is more than half
        of it.

    References:
        Lin (1991), IEEE Transactions on Information Theory 37:145-151. What chance makes is the
        mean of the second order term, (cells - 1) / (8 n ln 2), own, from the expansion at the
        profile.

    Examples:
        >>> declared = np.array([0.0, 1.0])
        >>> from_profile(np.array([[8.0, 0.0], [4.0, 4.0], [0.0, 8.0]]), declared).round(2)
        array([1.  , 0.31, 0.  ])
    """
    n = counts.sum(axis=-1)
    has = n > 0
    seen = counts / np.where(has, n, 1.0)[..., None]
    middle = (seen + profile) / 2
    divergence = (_relative(seen, middle) + _relative(profile, middle)) / 2
    by_chance = (np.count_nonzero(profile) - 1) / (_EIGHT_IN_BITS * np.where(has, n, 1.0))
    found: Floats = np.where(has, np.clip(divergence - by_chance, 0.0, 1.0), np.nan)
    return found


def _relative(shares: Floats, middle: Floats) -> Floats:
    """Relative entropy in bits; a share of nothing adds nothing."""
    inside = np.broadcast_to(shares, middle.shape)
    ratio = np.where(inside > 0, inside / np.where(middle > 0, middle, 1.0), 1.0)
    found: Floats = (inside * np.log2(ratio)).sum(axis=-1)
    return found
