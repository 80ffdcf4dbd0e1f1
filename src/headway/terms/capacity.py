"""How much coaching a leader's week has room for, and what a team asks of it.

Plain sums, so that actions which accept a plan and pages which show it ask the same function.
"""

from dataclasses import dataclass
from datetime import date, timedelta

RAMP_DAYS = 180
_WEEK_DAYS, _HOUR_MINUTES = 7, 60
_OF_RAMP = 0.5


@dataclass(frozen=True, kw_only=True)
class Team:
    """Whom a leader leads directly: people, those of them in ramp, and roles still open."""

    people: int
    in_ramp: int
    open_roles: int

    @property
    def load(self) -> float:
        """What the team asks of its leader, in people who need the usual attention.

        References:
            Own (domain model, span and capacity): people + 0.5 x people in ramp + open roles. That
            somebody new asks for half as much again, and an open role for one, is a convention.

        Examples:
            >>> Team(people=8, in_ramp=2, open_roles=1).load
            10.0
        """
        return self.people + _OF_RAMP * self.in_ramp + self.open_roles


@dataclass(frozen=True, kw_only=True)
class Cadence:
    """What is planned with each person: a session every `every_days`, of so many minutes."""

    every_days: int
    minutes: float


@dataclass(frozen=True, kw_only=True)
class Capacity:
    """Coaching hours a week for each person: those there is room for, and those planned."""

    possible_hours: float
    planned_hours: float

    @property
    def is_enough(self) -> bool:
        """Whether the week has room for what is planned."""
        return self.planned_hours <= self.possible_hours


def capacity(
    *, manager_hours: float, development_share: float, people: int, planned: Cadence
) -> Capacity | None:
    """Whether a leader's week has room for the cadence they plan.

    Args:
        manager_hours: what the leader works in a week.
        development_share: of it, free for developing people, 0..1.
        people: whom they lead directly.
        planned: the cadence, the same with each.

    Returns:
        Hours a week for each person; None without people, or where the cadence is no cadence.

    References:
        Own (domain model, span and capacity): coaching hours possible = manager hours x share free
        for development / people.

    Examples:
        >>> found = capacity(
        ...     manager_hours=45,
        ...     development_share=0.2,
        ...     people=9,
        ...     planned=Cadence(every_days=14, minutes=60),
        ... )
        >>> found.possible_hours, found.planned_hours, found.is_enough
        (1.0, 0.5, True)
    """
    if people <= 0 or planned.every_days <= 0:
        return None
    return Capacity(
        possible_hours=manager_hours * development_share / people,
        planned_hours=planned.minutes / _HOUR_MINUTES * _WEEK_DAYS / planned.every_days,
    )


def is_in_ramp(hired_on: date | None, *, today: date) -> bool:
    """Whether somebody was hired within the last 180 days; who has no day is not new.

    >>> is_in_ramp(date(2026, 1, 5), today=date(2026, 7, 3))
    True
    >>> is_in_ramp(date(2026, 1, 4), today=date(2026, 7, 3))
    False
    """
    return hired_on is not None and hired_on > today - timedelta(days=RAMP_DAYS)
