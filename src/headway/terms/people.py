"""Where people stand, lists of people, and how much a sync may change without being asked."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_LEAVING_SHARE = 0.40
"""A sync that would let more than this share of the people here leave stops and asks."""

MOST_SWAPPED_SHARE = 0.05
"""A sync that would bring more than this share of the people here under another id does too."""


class RoleFamily(StrEnum):
    """What somebody does in the line; people of one family under one manager are a group."""

    SELLER = "seller"
    MANAGER = "manager"
    LEADER = "leader"
    SDR = "sdr"
    ENGINEER = "engineer"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Where somebody stands: role family, whom they report to (None = nobody), team and region."""

    role: RoleFamily
    manager_id: str | None
    team: str | None = None
    region: str | None = None


@dataclass(frozen=True, kw_only=True)
class Brake:
    """What a sync would do to the `active_count` people who are here.

    `leaving` are ids of those who would count as having left; `swapped` pairs of ids: the one
    known so far and the one under which the same person would come.
    """

    active_count: int
    leaving: tuple[str, ...] = ()
    swapped: tuple[tuple[str, str], ...] = ()

    @property
    def stops(self) -> bool:
        """Whether somebody has to be asked: more than 40 % leave, or more than 5 % are swapped.

        >>> Brake(active_count=5, leaving=("a", "b")).stops
        False
        >>> Brake(active_count=5, leaving=("a", "b", "c")).stops
        True
        """
        return (
            len(self.leaving) > MOST_LEAVING_SHARE * self.active_count
            or len(self.swapped) > MOST_SWAPPED_SHARE * self.active_count
        ) and self.active_count > 0


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One line of a list of people; None = the list does not say, "" = it says that there is none.

    `manager_id` "" = reports to nobody.
    """

    person_id: str
    name: str | None = None
    email: str | None = None
    title: str | None = None
    role: RoleFamily | None = None
    manager_id: str | None = None
    team: str | None = None
    region: str | None = None
    hired_on: date | None = None
    left_on: date | None = None
