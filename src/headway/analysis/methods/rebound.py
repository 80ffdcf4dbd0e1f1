"""How far a group picked for a bad period rises by chance alone: regression to the mean."""

import math
from statistics import NormalDist


def expected(*, reliability: float, spread: float, share: float) -> float:
    """By how much those below a cut rise in the next period though nothing was done.

    Args:
        reliability: the correlation of two neighbouring periods over people, 0..1.
        spread: the standard deviation of one period over people.
        share: of the people who lie below the cut, above 0 and up to 1.

    Returns:
        A rise in the unit of `spread`, 0 or more. For measures that are far from a bell curve it is
        too small.

    References:
        Barnett, van der Pols & Dobson (2005), International Journal of Epidemiology 34:215-220.

    Examples:
        The lowest third of a measure whose halves are alike by one half.

        >>> round(expected(reliability=0.5, spread=1.0, share=1 / 3), 2)
        0.55
        >>> round(expected(reliability=0.7, spread=30.0, share=0.1), 1)
        15.8
    """
    if share >= 1:
        return 0.0
    bell = NormalDist()
    cut = bell.inv_cdf(share)
    return (1 - reliability) * spread * bell.pdf(cut) / share if math.isfinite(cut) else 0.0
