"""How often the work of one person shows what their coaching plan is about."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class PlanAsked:
    """A plan whose practice is looked for: whose work, for which priority, since which day."""

    plan_id: int
    person: str
    priority: str
    started_on: date


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`k` of `n` eligible items show the behaviour; `low`..`high`, 0..1, None of too few items."""

    k: int
    n: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, kw_only=True)
class PlanPractice:
    """The work of the 90 days before a plan began, and of the last 90 days that lie in it.

    `last_on` is the last day whose work shows the behaviour, also before the plan; None = no day.
    """

    plan_id: int
    start: Shown
    now: Shown
    last_on: date | None = None
