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


@dataclass(frozen=True, kw_only=True)
class Done:
    """One commitment that was to move a link: whose, whether it was done, and what happened.

    `outcome` is None until it was measured again.
    """

    owner: str
    is_done: bool
    outcome: Remeasured | None


@dataclass(frozen=True, kw_only=True)
class Remedy:
    """Commitments of several people that were to do the same, together.

    `made`, `done`, `measured` and `rose` are how many; `compared` of the measured ones had others
    beside them who show what would have happened without. `predicted` and `happened` are mean
    changes of the share, -1..1. All that follows from outcomes is None while those measured are of
    too few people.
    """

    made: int
    done: int
    measured: int | None
    rose: int | None
    compared: int | None
    predicted: float | None
    happened: float | None
