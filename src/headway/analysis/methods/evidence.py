"""What a figure rests on: a range, or too few cases to say."""

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Range:
    """A value with the ends of its interval, and how many cases it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, kw_only=True)
class TooFew:
    """Not enough cases to say: `seen` of `needed`."""

    seen: int
    needed: int


def difference(now: Range, before: Range) -> Range:
    """Now less before, with the interval of the difference, from the intervals of both.

    References:
        Zou & Donner (2008), Statistics in Medicine 27:1693-1702: the distances to the ends, squared
        and added (MOVER). Of two Wilson intervals it is method 10 of Newcombe (1998).

    Examples:
        >>> before = Range(value=1.0, low=0.0, high=4.0, n=10)
        >>> difference(Range(value=9.0, low=6.0, high=13.0, n=10), before)
        Range(value=8.0, low=3.7573593128807152, high=12.123105625617661, n=20)
    """
    value = now.value - before.value
    return Range(
        value=value,
        low=value - math.hypot(now.value - now.low, before.high - before.value),
        high=value + math.hypot(now.high - now.value, before.value - before.low),
        n=now.n + before.n,
    )
