"""Coaching: one's people, one's own, a session, a plan, a scorecard; what one noted stays out."""

from headway.interfaces.api.endpoints import Call, Page, Span, reads
from headway.queries.coaching import people as seen
from headway.queries.coaching import plans as coaching_plans
from headway.queries.coaching import scorecards as coaching_scorecards
from headway.queries.coaching import sessions as coaching_sessions
from headway.queries.coaching import skills as seen_skills
from headway.queries.coaching.people import CoachingPage, PersonPage
from headway.queries.coaching.plans import PlanSeen
from headway.queries.coaching.scorecards import ScorecardSeen
from headway.queries.coaching.sessions import SessionSeen
from headway.queries.coaching.skills import SkillsPage
from headway.terms.access import Permission


@reads("coaching", Permission.RESULTS)
def coaching(call: Call) -> CoachingPage:
    """One's people by name, one's own coaching, and counts of teams of five and more."""
    return seen.page(call.viewer, today=call.today)


@reads("coaching/person", Permission.RESULTS)
def coached_person(call: Call, *, person: str) -> PersonPage:
    """All that a coach and one person have with each other."""
    return seen.person(call.viewer, person_id=person, today=call.today)


@reads("coaching/skills", Permission.RESULTS)
def coaching_skills(call: Call, *, head: str = "") -> SkillsPage:
    """When skills were last practised: one's own, and of the groups one leads."""
    return seen_skills.page(call.viewer, at=call.at, head=head or None)


@reads("coaching/sessions/<int:session_id>", Permission.RESULTS)
def session(call: Call, *, session_id: int) -> SessionSeen:
    """One session, for the two it is between."""
    return coaching_sessions.one(call.viewer, session_id=session_id, today=call.today)


@reads("coaching/plans/<int:plan_id>", Permission.RESULTS)
def coaching_plan(call: Call, *, plan_id: int) -> PlanSeen:
    """One plan with its steps, for its two."""
    return coaching_plans.one(call.viewer, plan_id=plan_id, today=call.today)


@reads("coaching/scorecards", Permission.RESULTS)
def scorecards(call: Call, *, span: Span) -> Page[ScorecardSeen]:
    """The scorecards one is one of the two of, the newest first."""
    return span.of(coaching_scorecards.listed(call.viewer))


@reads("coaching/scorecards/<int:scorecard_id>", Permission.RESULTS)
def scorecard(call: Call, *, scorecard_id: int) -> ScorecardSeen:
    """One scorecard; the other's scores once both are in."""
    return coaching_scorecards.one(call.viewer, scorecard_id=scorecard_id)
