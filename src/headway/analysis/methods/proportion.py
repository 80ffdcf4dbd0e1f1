"""Shares of cases with their intervals, and the difference of two shares."""

import math
from statistics import NormalDist

from headway.analysis.methods import evidence
from headway.analysis.methods.evidence import Range, TooFew


def jeffreys(k: float, n: float, *, level: float) -> tuple[float, float]:
    """The ends of the Jeffreys interval of k successes among n cases.

    Args:
        k: successes, 0..n; may be fractional.
        n: cases, above 0.
        level: of the interval, such as 0.90.

    Returns:
        Two shares 0..1: quantiles of Beta(k + 1/2, n - k + 1/2); the lower end is 0 when k = 0,
        the upper 1 when k = n.

    References:
        Brown, Cai & DasGupta (2001), Statistical Science 16:101-133, for the interval and its ends.

    Examples:
        >>> low, high = jeffreys(0, 8, level=0.90)
        >>> low, round(high, 3)
        (0.0, 0.208)
    """
    from scipy.special import betaincinv  # noqa: PLC0415  heavy

    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k + 0.5, n - k + 0.5, tail))
    high = 1.0 if k == n else float(betaincinv(k + 0.5, n - k + 0.5, 1 - tail))
    return low, high


def wilson(k: float, n: float, *, level: float) -> tuple[float, float]:
    """The ends of the Wilson score interval of k successes among n cases (n above 0).

    References:
        Wilson (1927), JASA 22:209-212; Brown, Cai & DasGupta (2001), Statistical Science
        16:101-133.

    Examples:
        >>> low, high = wilson(56, 70, level=0.95)
        >>> round(low, 4), round(high, 4)
        (0.6918, 0.877)
    """
    z = normal_quantile((1 + level) / 2)
    share, z2 = k / n, z * z
    middle = share + z2 / (2 * n)
    half = z * math.sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    low, high = (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)
    return max(0.0, low), min(1.0, high)


def rate(k: int, n: int, *, level: float, min_cases: int) -> Range | TooFew:
    """The share k / n with its Jeffreys interval, or that there are too few cases to show one.

    References:
        domain.md 2.0.1 and 2.8.2: no rate is shown under 10 cases.
    """
    if n < max(min_cases, 1):
        return TooFew(seen=n, needed=max(min_cases, 1))
    low, high = jeffreys(k, n, level=level)
    return Range(value=k / n, low=low, high=high, n=n)


def difference(
    now: tuple[int, int], before: tuple[int, int], *, level: float, min_cases: int
) -> Range | TooFew:
    """Share now less share before, with the interval of the difference.

    Args:
        now: successes and cases.
        before: successes and cases.
        level: of the interval.
        min_cases: needed on each side.

    Returns:
        A difference in -1..1 with n the cases of both; or the smaller side's count.

    References:
        Newcombe (1998), Statistics in Medicine 17:873-890, method 10 (hybrid of two Wilson
        intervals).

    Examples:
        >>> found = difference((56, 70), (48, 80), level=0.95, min_cases=30)
        >>> round(found.low, 4), round(found.high, 4)
        (0.0524, 0.3339)
    """
    fewest = min(now[1], before[1])
    if fewest < max(min_cases, 1):
        return TooFew(seen=fewest, needed=max(min_cases, 1))
    return evidence.difference(_by_wilson(*now, level=level), _by_wilson(*before, level=level))


def _by_wilson(k: int, n: int, *, level: float) -> Range:
    low, high = wilson(k, n, level=level)
    return Range(value=k / n, low=low, high=high, n=n)


def normal_quantile(share: float) -> float:
    """The point of the standard normal distribution below which `share` of it lies.

    Examples:
        >>> round(normal_quantile(0.95), 4)
        1.6449
    """
    return NormalDist().inv_cdf(share)
