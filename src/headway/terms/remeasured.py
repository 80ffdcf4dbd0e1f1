"""What became of the link that a commitment was meant to move."""

from dataclasses import dataclass
from enum import StrEnum

from headway.terms.line import Link


class Moved(StrEnum):
    """Whether a share rose between two days, as far as its ranges let one say."""

    UP = "up"
    DOWN = "down"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A share 0..1 in a group on one day, with its range."""

    n: float
    mean: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Remeasured:
    """One link before a commitment and on its day: what was predicted, and what happened.

    `change` is now less before, -1..1. `is_in_range`: what was predicted lies in the range of what
    was measured. `is_compared`: others show what would have happened without it; where they do
    not, this is a description only.
    """

    link: Link
    priority: str
    group: str
    predicted: float
    before: Measured
    now: Measured
    change: float
    low: float
    high: float
    moved: Moved
    is_in_range: bool
    is_compared: bool
