"""The middle of a distribution, with an interval that assumes nothing about its shape."""

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.evidence import Range, TooFew


def median(values: npt.NDArray[np.float64], *, level: float, min_cases: int) -> Range | TooFew:
    """The median with the interval between two of the ordered values.

    Args:
        values: none NaN.
        level: of the interval; its coverage is at least that from five values on.
        min_cases: under which nothing is said.

    References:
        Conover (1999), Practical Nonparametric Statistics, section 3.2: order statistics by the
        binomial.

    Examples:
        >>> found = median(np.arange(1.0, 12.0), level=0.90, min_cases=10)
        >>> found.value, found.low, found.high
        (6.0, 3.0, 9.0)
    """
    n = len(values)
    if n < max(min_cases, 1):
        return TooFew(seen=n, needed=max(min_cases, 1))
    from scipy.special import bdtr  # noqa: PLC0415  heavy

    ordered = np.sort(values)
    # The greatest rank r with P(Binomial(n, 1/2) < r) <= (1 - level) / 2.
    below = bdtr(np.arange(n // 2 + 1), n, 0.5)
    rank = int((below <= (1 - level) / 2).sum())
    low, high = ordered[max(rank - 1, 0)], ordered[min(n - rank, n - 1)]
    return Range(value=float(np.median(ordered)), low=float(low), high=float(high), n=n)
