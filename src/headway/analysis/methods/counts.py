"""Counts of things that happen at a rate: their intervals, and two of them compared."""

from headway.analysis.methods import evidence
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.methods.proportion import jeffreys


def interval(count: int, *, level: float) -> tuple[float, float]:
    """The Jeffreys interval of an expected count of which `count` were seen; low 0 at nothing seen.

    References:
        Brown, Cai & DasGupta (2003), Statistica Sinica 13:19-49: quantiles of Gamma(count + 1/2).

    Examples:
        >>> [round(end, 2) for end in interval(0, level=0.90)]
        [0.0, 1.92]
    """
    from scipy.special import gammaincinv  # noqa: PLC0415  heavy

    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(gammaincinv(count + 0.5, tail))
    return low, float(gammaincinv(count + 0.5, 1 - tail))


def ratio(
    now: int,
    before: int,
    *,
    level: float,
    exposure: tuple[float, float] = (1.0, 1.0),
    min_cases: int = 1,
) -> Range | TooFew:
    """The rate now over the rate before, of two counts.

    Args:
        now: seen now.
        before: seen before.
        level: of the interval.
        exposure: what each was counted over (days, opportunities), both above 0.
        min_cases: needed before; a ratio to nothing is none.

    Returns:
        The ratio, 1 = no change; its interval is that of the share of `now` in both, by Jeffreys.

    References:
        Przyborowski & Wilenski (1940), Biometrika 31:313-323, for conditioning on the sum; ends by
        Jeffreys as Brown, Cai & DasGupta (2001).

    Examples:
        >>> found = ratio(60, 40, level=0.90)
        >>> found.value, round(found.low, 2), round(found.high, 2)
        (1.5, 1.07, 2.1)
    """
    if before < max(min_cases, 1):
        return TooFew(seen=before, needed=max(min_cases, 1))
    scale = exposure[1] / exposure[0]
    low, high = jeffreys(now, now + before, level=level)
    return Range(
        value=now / before * scale,
        low=low / (1 - low) * scale,
        high=high / (1 - high) * scale,
        n=now + before,
    )


def difference(now: int, before: int, *, level: float) -> Range:
    """Count now less count before, with the interval of the difference.

    References:
        Zou & Donner (2008), Statistics in Medicine 27:1693-1702: the ends of the single intervals
        squared and added.

    Examples:
        >>> found = difference(130, 100, level=0.90)
        >>> found.value, found.low > 0
        (30.0, True)
    """
    return evidence.difference(expected(now, level=level), expected(before, level=level))


def expected(count: int, *, level: float) -> Range:
    """A count with the interval of what was to be expected."""
    low, high = interval(count, level=level)
    return Range(value=float(count), low=low, high=high, n=count)
