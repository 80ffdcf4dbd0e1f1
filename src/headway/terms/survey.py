"""Answers that nobody signs, and the cells they are cut into before anybody sees a count."""

from collections.abc import Mapping
from dataclasses import dataclass

# An item of the bank and what it was asked about: a priority's id, or None.
Asked = tuple[str, str | None]
LEAST_ANSWERS = 5
"""Nothing is told of fewer people than these; the limit can be raised and never lowered."""


@dataclass(frozen=True, kw_only=True, order=True)
class Team:
    """The people of one role who report to one manager."""

    manager: str
    role: str


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One answer: of somebody in `team`, who is not named. What was left out is not in `values`."""

    team: Team
    values: Mapping[Asked, str]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Whole teams of one role whose answers are counted together, in one round.

    `teams` are (manager, people asked). `manager` is the lowest leader above everyone in it.
    `answered_count` is None where the cell is blocked. `again_count` of those who answered stand
    in counts of a round closed shortly before.
    """

    cell_id: str
    manager: str
    role: str
    is_remainder: bool
    teams: tuple[tuple[str, int], ...]
    answered_count: int | None
    again_count: int = 0

    @property
    def invited_count(self) -> int:
        """People asked in all its teams."""
        return sum(invited for _, invited in self.teams)


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """How many of `of` answers agree with an item about managers, over so many teams together.

    `least` and `most` differ where a cell is only told to be nearly of one mind.
    """

    item: str
    least: int
    most: int
    of: int
    team_count: int


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many answers of one cell gave `value` to an item asked about `subject`."""

    cell_id: str
    item: str
    subject: str | None
    value: str
    answer_count: int
