"""How lately a skill was practised: by a group of five and more, and by one person for themselves.

Nothing here computes. Shares are 0..1; ranges are 90 %.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SkillSource(StrEnum):
    """What tells that a skill was practised.

    `work` = recorded work that shows the behaviour of a priority; `sessions` = sessions that count
    and practices looked at again, of a priority whose behaviour is not in the records; `records` =
    what people did here on a skill of the organisation's list.
    """

    WORK = "work"
    SESSIONS = "sessions"
    RECORDS = "records"


class SkillState(StrEnum):
    """Whether most of a group practised a skill lately, fewer than half did, or neither is sure."""

    CURRENT = "current"
    STALE = "stale"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class SkillPractised:
    """Somebody practised a skill of the organisation's list on a day; `priority` "" = for none."""

    person: str
    skill: str
    priority: str
    on: date


@dataclass(frozen=True, kw_only=True)
class SkillCurrency:
    """How many of `people` of a group practised a skill lately, and how long ago.

    `skill` "" = what the priority itself asks for; `priority` "" = the skill belongs to none. Of
    `idle` people no work is recorded in these days in which the behaviour could have shown; None
    where another source tells. `ever` of them did at all. `last_on` is the newest day of anybody in
    recorded work; of what two people did together no day is told. `half_days` is how long ago half
    of those who ever did last practised it, None of fewer than five.
    """

    group: str
    priority: str
    skill: str
    source: SkillSource
    people: int
    practised: int
    idle: int | None
    ever: int
    last_on: date | None
    half_days: float | None
    low: float
    high: float
    state: SkillState


@dataclass(frozen=True, kw_only=True)
class OwnSkill:
    """When one person last practised; None = not on record. `is_idle`: no such work lately."""

    priority: str
    skill: str
    source: SkillSource
    last_on: date | None
    is_idle: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnSkills:
    """All of one person, for that person alone."""

    person: str
    skills: tuple[OwnSkill, ...]


@dataclass(frozen=True, kw_only=True)
class Skills:
    """What is found of skills: by group, and of everybody for themselves."""

    groups: tuple[SkillCurrency, ...] = ()
    people: tuple[OwnSkills, ...] = ()


NO_SKILLS = Skills()
