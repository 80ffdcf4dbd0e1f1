"""Sessions between a coach and a person, plans and scorecards: their codes and small values."""

from dataclasses import dataclass
from enum import StrEnum


class SessionKind(StrEnum):
    """What a session was; the last three look at the work and not at how it is done."""

    ONE_TO_ONE = "one_to_one"
    JOINT_CALL = "joint_call"
    DEBRIEF = "debrief"
    ROLE_PLAY = "role_play"
    PIPELINE_REVIEW = "pipeline_review"
    FORECAST_CALL = "forecast_call"
    STATUS_CHECK = "status_check"


INSPECTION = frozenset(
    {SessionKind.PIPELINE_REVIEW, SessionKind.FORECAST_CALL, SessionKind.STATUS_CHECK}
)


class SessionState(StrEnum):
    """How far a session is: asked for by the person, planned, held, or called off."""

    ASKED = "asked"
    PLANNED = "planned"
    HELD = "held"
    CALLED_OFF = "called_off"


AHEAD = frozenset({SessionState.ASKED, SessionState.PLANNED})


FEWEST_TEAMS = 4
"""From how many teams on an order of starting can be drawn."""

FEWEST_WAVES, MOST_WAVES = 3, 6
"""Two spans have to lie between the first wave and the last; the last waits for long enough."""

WAVE_DAYS = 91
"""How many days lie between two waves: a quarter, so that its work can be counted."""


class PlanOutcome(StrEnum):
    """Why a plan is closed."""

    REACHED = "reached"
    ENDED = "ended"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True)
class StepAhead:
    """One step of a programme: what is done, and how many days after somebody is enrolled."""

    text: str
    after_days: int


def is_counting(
    *,
    kind: str,
    is_work_observed: bool | None,
    is_practice_agreed: bool | None,
    has_follow_up: bool,
    is_confirmed: bool,
) -> bool:
    """Whether a session counts as coaching.

    Development and not inspection, on real work that was observed or in a role play, with one
    practice agreed and a day to look at it again, and confirmed by the person.

    References:
        Own rule, as in the bundle format: what is asked is what makes coaching more than a talk.

    Examples:
        >>> seen = {"is_practice_agreed": True, "has_follow_up": True, "is_confirmed": True}
        >>> is_counting(kind="role_play", is_work_observed=False, **seen)
        True
        >>> is_counting(kind="pipeline_review", is_work_observed=True, **seen)
        False
    """
    is_seen = bool(is_work_observed) or kind == SessionKind.ROLE_PLAY
    is_agreed = bool(is_practice_agreed) and has_follow_up
    return kind not in INSPECTION and is_seen and is_agreed and is_confirmed
