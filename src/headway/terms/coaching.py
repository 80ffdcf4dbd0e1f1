"""What is found about coaching, and the measures of promises and of what people say of leaders.

Nothing here computes. Shares are 0..1; ranges are 90 %. The exact form in `findings.json` is that
of the bundle format.
"""

from dataclasses import dataclass
from enum import StrEnum

from headway.terms.line import LinkVerdict


class EffectVerdict(StrEnum):
    """What coaching did to practice, beside those not yet coached."""

    HELPS = "helps"
    NO_EFFECT = "no_effect"
    HARMS = "harms"
    CANNOT_TELL = "cannot_tell"
    DESCRIPTION_ONLY = "description_only"


class EffectGate(StrEnum):
    """What there is too little of to hold those coached beside others.

    `work` = no eligible work on record, or nobody coached; `people` and `managers` on either side;
    `quarters` of work before coaching began, or since.
    """

    WORK = "work"
    PEOPLE = "people"
    MANAGERS = "managers"
    QUARTERS = "quarters"


class PracticeThird(StrEnum):
    """Where people stood in a practice before anybody was coached, the highest first."""

    TOP = "top"
    MIDDLE = "middle"
    EARLY = "early"


class Micromanagement(StrEnum):
    """Whether all three signs of micromanagement stand together (domain model 2.5.5)."""

    PRESENT = "present"
    ABSENT = "absent"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, kw_only=True)
class CoachingEffect:
    """The average effect on those coached, in points of a practice rate (-1..1), with its range."""

    estimate: float
    low: float
    high: float
    treated_count: int
    control_count: int


@dataclass(frozen=True, kw_only=True)
class ThirdEffect:
    """The effect among those of one third, in points of a practice rate (-1..1), with its range."""

    third: PracticeThird
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class PreTrend:
    """How otherwise those coached later moved than the others, before anybody was coached.

    In points of a practice rate (-1..1); where it is far from 0, no effect is told.
    """

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """Who got the counting sessions, by third of where people stood before; sums to 1."""

    top: float
    middle: float
    early: float


@dataclass(frozen=True, kw_only=True)
class Coaching:
    """What is known of coaching on one priority in one scope: a group, or a manager by their id.

    `covered` of `people` had a counting session in the last 30 days; both None where no session
    was ever logged. `inspection_share` is of the minutes logged. `effect` is None outside the
    gates, and the verdict then `description_only`. Micromanagement is judged for managers only.

    What follows is no part of `findings.json`. `missing` says which gates are not met. `by_third`
    holds the thirds with five people or more on either side, the highest first; `gains_most` is the
    one whose range lies above those of the others. `rebound` is by how much the lowest third of a
    quarter rises in the next by chance alone (0..1). `coach_count` is how many managers its people
    report to. `is_start_drawn` = the effect is told from an order of starting drawn by lot.
    """

    scope: str
    priority: str
    covered: int | None
    people: int | None
    effect: CoachingEffect | None
    allocation: Allocation | None
    inspection_share: float | None
    micromanagement: Micromanagement | None
    verdict: EffectVerdict
    missing: tuple[EffectGate, ...] = ()
    by_third: tuple[ThirdEffect, ...] = ()
    gains_most: PracticeThird | None = None
    pre_trend: PreTrend | None = None
    rebound: float | None = None
    coach_count: int = 0
    is_start_drawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A share that is no link: `k` (may be fractional) of `n` in a group, about a subject.

    `mean`, `low` and `high` are None without cases; `verdict` is None where no target exists.
    `people` is how many people the cases are of; it is no part of `findings.json`.
    """

    code: str
    group: str
    subject: str | None
    k: float | None
    n: int | None
    mean: float | None
    low: float | None
    high: float | None
    verdict: LinkVerdict | None
    people: int = 0
