"""What a figure rests on: a range, or too few cases to say."""

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
