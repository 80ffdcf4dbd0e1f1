"""The coaching page: one's own people by name, one's own coaching, and counts of other teams."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.coaching import counts as coaching_counts
from headway.queries.coaching import plans as coaching_plans
from headway.queries.coaching import scorecards as coaching_scorecards
from headway.queries.coaching import team as coaching_team
from headway.queries.coaching.counts import TeamCount
from headway.queries.coaching.plans import PlanSeen
from headway.queries.coaching.scorecards import ScorecardSeen
from headway.queries.coaching.sessions import SessionLine, SessionSeen, line, seen
from headway.queries.coaching.team import Team
from headway.queries.words.language import gettext as _
from headway.records import coaching
from headway.records.models import CoachingSession, Person, ReportingLine
from headway.terms.viewer import Viewer

_MOST_SESSIONS = 12


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One session that waits for the viewer, and what for."""

    line: SessionLine
    what: str


@dataclass(frozen=True, kw_only=True)
class OwnCoaching:
    """What somebody is coached on: by whom, what comes next, their plans, what was held."""

    leaders: tuple[tuple[str, str], ...]
    next: SessionSeen | None
    plans: tuple[PlanSeen, ...]
    scorecards: tuple[ScorecardSeen, ...]
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, kw_only=True)
class CoachingPage:
    """What one viewer reads; `team` None = nobody reports to them, `own` None = they lead all."""

    team: Team | None
    own: OwnCoaching | None
    waiting: tuple[Waiting, ...]
    counts: tuple[TeamCount, ...]


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """All that the viewer and one person have with each other; `may_coach` = more may begin."""

    person_id: str
    name: str
    plans: tuple[PlanSeen, ...]
    scorecards: tuple[ScorecardSeen, ...]
    sessions: tuple[SessionLine, ...]
    may_coach: bool


def page(viewer: Viewer, *, today: date) -> CoachingPage:
    """The page of one viewer. The number of statements does not grow with people or sessions."""
    return CoachingPage(
        team=coaching_team.of(viewer, today=today),
        own=_own(viewer, today=today),
        waiting=_waiting(viewer, today=today),
        counts=coaching_counts.of_teams(viewer, today=today),
    )


def person(viewer: Viewer, *, person_id: str, today: date) -> PersonPage:
    """What the viewer, as their coach, has with one person.

    Raises:
        NotSeenError: the viewer neither leads the person nor has coached them.
    """
    held = (
        coaching.sessions(viewer)
        .filter(coach_id=viewer.person_id or "", person_id=person_id)
        .exclude(state="called_off")
    )
    may_coach = coaching.may_coach(viewer, person_id)
    plans = coaching_plans.of_person(viewer, person_id=person_id, today=today)
    found = Person.objects.filter(id=person_id).first()
    is_coach = may_coach or held.exists() or any(each.is_coach for each in plans)
    if found is None or not is_coach:
        raise NotSeenError
    return PersonPage(
        person_id=person_id,
        name=found.name,
        plans=plans,
        scorecards=coaching_scorecards.listed(viewer, person_id=person_id),
        sessions=_lines(viewer, held),
        may_coach=may_coach,
    )


def leaders(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """(id, name) of those whom the viewer may ask for a session: the own manager first."""
    if viewer.person_id is None:
        return ()
    own = ReportingLine.objects.filter(person_id=viewer.person_id, valid_to=None)
    nearest = set(own.values_list("manager_id", flat=True))
    found = coaching.coaches(viewer.person_id).values_list("id", "name")
    return tuple(sorted(found, key=lambda one: (one[0] not in nearest, one[1])))


def people_offered(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """(id, name) of those with whom the viewer may begin something, by name."""
    return coaching_team.offered(viewer)


def _own(viewer: Viewer, *, today: date) -> OwnCoaching | None:
    if viewer.person_id is None:
        return None
    found = coaching.sessions(viewer).filter(person_id=viewer.person_id)
    above = leaders(viewer)
    if not above and not found.exists():
        return None
    plans = coaching_plans.open_plans(viewer, today=today)
    coming = found.filter(state__in=("asked", "planned")).select_related("coach", "person")
    # One with a time comes before one that was only asked for.
    ahead = sorted(
        coming, key=lambda each: (each.planned_at is None, each.planned_at or each.made_at, each.pk)
    )
    scorecards = coaching_scorecards.listed(viewer, person_id=viewer.person_id)
    return OwnCoaching(
        leaders=above,
        next=seen(viewer, found=ahead[0], today=today) if ahead else None,
        plans=tuple(each for each in plans if not each.is_coach),
        scorecards=scorecards,
        sessions=_lines(viewer, found.exclude(state="called_off")),
    )


def _lines(viewer: Viewer, found: QuerySet[CoachingSession]) -> tuple[SessionLine, ...]:
    rows = found.select_related("coach", "person")
    ahead = rows.filter(state__in=("asked", "planned")).order_by("planned_at", "id")
    held = rows.filter(state="held").order_by("-held_at", "-id")[:_MOST_SESSIONS]
    return tuple(line(viewer, found=each) for each in (*ahead, *held))


def _waiting(viewer: Viewer, *, today: date) -> tuple[Waiting, ...]:
    """What the viewer can put forward: a time, a log, a confirmation."""
    is_open = Q(coach_confirmed_on=None) | Q(person_confirmed_on=None)
    found = coaching.sessions(viewer).filter(is_open).select_related("coach", "person")
    told = [
        (each, what)
        for each in found.exclude(state="called_off").order_by("held_at", "planned_at", "id")
        if (what := _what_waits(each, viewer=viewer, today=today))
    ]
    return tuple(Waiting(line=line(viewer, found=each), what=what) for each, what in told)


def _what_waits(each: CoachingSession, *, viewer: Viewer, today: date) -> str:
    is_coach = each.coach_id == viewer.person_id
    if each.state == "asked":
        return _("set a time") if is_coach else ""
    if each.state == "planned":
        is_over = each.planned_at is not None and each.planned_at.date() < today
        return _("log it, or call it off") if is_over else ""
    own = each.coach_confirmed_on if is_coach else each.person_confirmed_on
    return _("confirm it") if own is None else ""
