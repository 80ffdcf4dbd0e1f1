"""Scorecards: points of a skill that a person and their coach score, each alone, then compare."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.coaching import SessionStateError, SessionTextError, SessionTimeError
from headway.actions.coaching_plans import MAX_SKILL
from headway.records import coaching, lines
from headway.records.models import Scorecard
from headway.terms.access import Permission
from headway.terms.viewer import Viewer

MAX_POINT = 200
MOST_POINTS = 8
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, kw_only=True)
class ScorecardChanged:
    """A scorecard was begun or scored."""

    scorecard_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which scorecard, in which version."""
        return f"scorecard:{self.scorecard_id}@{self.version}"


@action("coaching_scorecards.begin", permission=Permission.RESULTS)
def begin(
    *, viewer: Viewer, at: datetime, person: str, skill: str, points: tuple[str, ...]
) -> ScorecardChanged:
    """Begin a scorecard with somebody one leads.

    Args:
        viewer: the coach.
        at: now.
        person: who is scored, by themselves and by the viewer.
        skill: what it is about.
        points: what good work looks like, in own words, one sentence each.

    Raises:
        NotAllowedError: the viewer does not lead the person.
        SessionTextError: the skill or a point is missing or too long.
        SessionTimeError: there are no points, or too many.
    """
    if not coaching.may_coach(viewer, person):
        raise NotAllowedError(f"person:{person}")
    if not 1 <= len(skill.strip()) <= len(skill) <= MAX_SKILL:
        raise SessionTextError("The skill", len(skill), most=MAX_SKILL)
    if not 1 <= len(points) <= MOST_POINTS:
        raise SessionTimeError(f"{len(points)} points", f"1 to {MOST_POINTS}, one on each line")
    for point in points:
        if not 1 <= len(point.strip()) <= len(point) <= MAX_POINT:
            raise SessionTextError("A point", len(point), most=MAX_POINT)
    made = Scorecard.objects.create(
        coach_id=str(viewer.person_id),
        person_id=person,
        skill=skill,
        points=list(points),
        made_on=lines.today(at),
    )
    return ScorecardChanged(scorecard_id=made.pk, version=made.version)


@action("coaching_scorecards.score", permission=Permission.RESULTS)
def score(
    *, viewer: Viewer, at: datetime, scorecard_id: int, scores: tuple[int, ...], seen_version: int
) -> ScorecardChanged:
    """Give one's own scores; they may be changed until both are in, and stand from then on.

    Args:
        viewer: one of the two.
        at: now.
        scorecard_id: which.
        scores: 1 to 5 for each point, in order.
        seen_version: the version that was looked at.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        StaleVersionError: it was scored since `seen_version`.
        SessionStateError: both are in.
        SessionTimeError: the scores are not one from 1 to 5 for each point.
    """
    found = coaching.scorecards(viewer).select_for_update().filter(pk=scorecard_id).first()
    if found is None:
        raise NotAllowedError(f"scorecard:{scorecard_id}")
    if found.version != seen_version:
        raise StaleVersionError(name=found.skill, seen=seen_version, found=found.version)
    if found.own_scores is not None and found.coach_scores is not None:
        raise SessionStateError("scored by both", "a scorecard that not both have scored")
    if len(scores) != len(found.points) or not all(LOWEST <= each <= HIGHEST for each in scores):
        raise SessionTimeError(
            f"the scores {', '.join(map(str, scores))}",
            f"one from {LOWEST} to {HIGHEST} for each of {len(found.points)} points",
        )
    if viewer.person_id == found.coach_id:
        found.coach_scores, found.coach_on = list(scores), lines.today(at)
    else:
        found.own_scores, found.own_on = list(scores), lines.today(at)
    found.version += 1
    found.save()
    return ScorecardChanged(scorecard_id=found.pk, version=found.version)
