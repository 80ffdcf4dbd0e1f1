"""What changed for a coach since they began: their team's work, and their own hours.

For that coach alone. It describes two spells of months and says nothing of why they differ. Nothing
here computes.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What of the team is held beside itself."""

    PRACTICE = "practice"
    WIN_RATE = "win_rate"
    BOOKINGS = "bookings"


class OwnHours(StrEnum):
    """Which of the coach's own hours."""

    DEVELOPMENT = "development"
    INSPECTION = "inspection"
    TOTAL = "total"


@dataclass(frozen=True, kw_only=True)
class Change:
    """A figure before and after, and the difference with its 90 % range.

    `low` and `high` are None where chance cannot be told.
    """

    before: float
    after: float
    low: float | None
    high: float | None

    @property
    def size(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True)
class TeamChange:
    """One outcome of the `people` who worked for the coach all along and have cases in both spells.

    Shares are 0..1, bookings an amount a person and month. `priority` is of a practice, "" else.
    `others` is by how much it changed of everybody else who sells; None of fewer than five.
    """

    outcome: Outcome
    people: int
    change: Change
    priority: str = ""
    others: float | None = None


@dataclass(frozen=True, kw_only=True)
class HoursChange:
    """Hours a week, mean of months; `change` is None where too few months are logged."""

    hours: OwnHours
    before_months: int
    after_months: int
    change: Change | None


@dataclass(frozen=True, kw_only=True)
class CoachBenefit:
    """Both spells are `months` whole months long, neither holds the month of the first session.

    `began_on` is the day of the coach's first session that counts. The first spell ends with the
    month before it, the second with the last month that is over. `months` is 0 where fewer than
    three lie on one side: then nothing is told. `people` are those who sell for the coach on both.
    `currency` is that of bookings.
    """

    began_on: date
    months: int
    people: int = 0
    currency: str = ""
    team: tuple[TeamChange, ...] = ()
    own: tuple[HoursChange, ...] = ()


LEAST_MONTHS = 3
"""Fewer on one side are no spell."""
