"""Whether people who were coached regularly stayed more often, of groups alone.

Nothing here computes, and nothing is about one person.
"""

from dataclasses import dataclass
from enum import StrEnum


class StayVerdict(StrEnum):
    """What went together with regular coaching; never what came of it."""

    STAY_MORE = "stay_more"
    STAY_LESS = "stay_less"
    CANNOT_TELL = "cannot_tell"
    NOT_ENOUGH = "not_enough"


class StayGate(StrEnum):
    """What there is too little of to hold those coached regularly beside the others.

    `quarters` = whole quarters since sessions are logged: one of coaching, one between, one of
    staying. All others are counted among those who can be compared.
    """

    QUARTERS = "quarters"
    PEOPLE_COACHED = "people_coached"
    PEOPLE_OTHERS = "people_others"
    MANAGERS_COACHED = "managers_coached"
    MANAGERS_OTHERS = "managers_others"
    LEAVERS = "leavers"


@dataclass(frozen=True, kw_only=True)
class Lack:
    """A gate that is not met: how many there are, and how many it takes."""

    gate: StayGate
    seen: int
    needed: int


@dataclass(frozen=True, kw_only=True)
class StaySide:
    """One side: how many people, and the share of their quarters through which they stayed."""

    people: int
    rate: float


@dataclass(frozen=True, kw_only=True)
class Stay:
    """The stay rate of people coached regularly beside that of the others in one group.

    `estimate` is the difference of shares a quarter (-1..1), within quarter, band of tenure and
    half of the teams by results; `low` and `high` are its 90 % range. All three and both sides are
    None below the gates, and `lacks` says what is missing. `leavers` of both sides together.
    `has_tenure` and `has_results` say whether they are known at all, so that they could be held
    alike. `quarters` are those in which it was looked who stayed.
    """

    scope: str
    verdict: StayVerdict
    quarters: int = 0
    leavers: int = 0
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    coached: StaySide | None = None
    others: StaySide | None = None
    has_tenure: bool = False
    has_results: bool = False
    lacks: tuple[Lack, ...] = ()
