"""Where a leader's hours go, who gets them, and what pairs of peers do together.

Nothing here computes but sums. Days are of the organisation's time zone; weeks begin on a Monday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from headway.terms.coach_benefit import CoachBenefit


class Category(StrEnum):
    """What hours of a week were for."""

    DEVELOPMENT = "development"
    INSPECTION = "inspection"
    FIELD = "field"
    OWN_SELLING = "own_selling"
    COMMUNICATION = "communication"
    ADMINISTRATION = "administration"
    OTHER = "other"


class Stopped(StrEnum):
    """What a leader stopped so that people have hours again."""

    REPORT = "report"
    MEETING = "meeting"
    CHECK = "check"
    OTHER = "other"


class Side(StrEnum):
    """What somebody says of a skill: that they can teach it, or want to learn it."""

    TEACH = "teach"
    LEARN = "learn"


class Third(StrEnum):
    """Where people of a group stood before, by what they won."""

    TOP = "top"
    MIDDLE = "middle"
    EARLY = "early"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Hours of one week for one category; `priority` is an id, "" for none."""

    category: Category
    hours: float
    priority: str = ""


@dataclass(frozen=True, kw_only=True)
class WeekMinutes:
    """Minutes of sessions that one leader held in the week from `week_on`."""

    week_on: date
    inspection: float
    development: float


@dataclass(frozen=True, kw_only=True)
class ThirdMinutes:
    """Minutes of development that one third of a group got, and how many people it is."""

    third: Third
    people: int
    minutes: float


@dataclass(frozen=True, kw_only=True)
class FieldThird:
    """Visits and calls with customers that one third of a group was taken along by leaders for."""

    third: Third
    people: int
    visits: int
    minutes: float


@dataclass(frozen=True, kw_only=True)
class FieldTime:
    """How often one leader was with customers beside people who sell below them, in 90 days.

    `visited` is beside how many people. `minutes` are of the visits and calls whose length is
    known, `untimed` how many of the others there were. `thirds` are None where one of them has
    fewer than five people, or nobody's past is known. `logged_hours` is what the leader logged with
    customers in the weeks that began in these days, None where they logged no week.
    """

    visits: int
    visited: int
    minutes: float
    untimed: int
    thirds: tuple[FieldThird, ...] | None
    logged_hours: float | None


@dataclass(frozen=True, kw_only=True)
class FieldMonth:
    """The same of all leaders below one in a month; `leaders` of them were with a customer so."""

    head: str
    month_on: date
    leaders: int
    thirds: tuple[FieldThird, ...]


@dataclass(frozen=True, kw_only=True)
class GivenTime:
    """The sessions one leader held, and who of their people got the minutes; for them alone.

    `weeks` are without gaps, the newest last; empty where no session was ever logged. `thirds` are
    of all `people` who sell below the leader, by what they won in the year before the 90 days to
    `last`, with minutes of anybody on the way down to them; None where a third has fewer than five
    people, or nobody's past is known. `open_roles` are those of the leader. `benefit` is what
    changed since they began to coach, None where no session of theirs counts. `field` is
    None where nothing on record could tell of it.
    """

    person: str
    last: date
    weeks: tuple[WeekMinutes, ...] = ()
    people: int = 0
    thirds: tuple[ThirdMinutes, ...] | None = None
    open_roles: int = 0
    benefit: CoachBenefit | None = None
    field: FieldTime | None = None


def inspection_share(*, inspection: float, development: float) -> float | None:
    """The part of inspecting in the time of inspecting and developing; None where there is none.

    References:
        Own (domain model 2.5.4): inspection / (inspection + development). There is no norm for it.

    Examples:
        >>> inspection_share(inspection=3, development=1)
        0.75
    """
    both = inspection + development
    return inspection / both if both > 0 else None


def monday(on: date) -> date:
    """The first day of the week of a day.

    >>> monday(date(2026, 11, 28))
    datetime.date(2026, 11, 23)
    """
    return on - timedelta(days=on.weekday())
