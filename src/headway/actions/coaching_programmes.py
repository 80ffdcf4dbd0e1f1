"""Programmes of coaching: one plan for everybody who reports to somebody, kept up with them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.coaching import SessionTimeError
from headway.actions.coaching_plans import MOST_DAYS, refuse_plan, refuse_steps
from headway.records import coaching, lines
from headway.records.models import CoachingPlan, CoachingProgramme, CoachingStep
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.coaching_session import PlanOutcome, StepAhead
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ProgrammeWanted:
    """What everybody who reports to somebody works on, how often, and in which steps."""

    skill: str
    goal: str
    cadence_days: int
    priority: str
    steps: tuple[StepAhead, ...]


@dataclass(frozen=True, kw_only=True)
class ProgrammeChanged:
    """A programme began or ended."""

    programme_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which programme, in which version."""
        return f"programme:{self.programme_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """How many plans were begun and closed, so that each programme has those it is for."""

    begun: int
    closed: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"plans:{self.begun}+{self.closed}"


@action("coaching_programmes.begin", permission=Permission.DECLARE)
def begin(*, viewer: Viewer, at: datetime, wanted: ProgrammeWanted) -> ProgrammeChanged:
    """Begin a programme for everybody who reports to the viewer, and enrol them.

    Raises:
        NotAllowedError: nobody reports to the viewer.
        SessionTextError, SessionTimeError, UnknownPriorityError: as for a plan.
    """
    head = viewer.person_id
    if head is None or not coaching.reports_of(head):
        raise NotAllowedError(f"person:{head or ''}")
    refuse(wanted)
    made = made_of(wanted, head=head, today=lines.today(at))
    enrol([made], today=lines.today(at))
    return ProgrammeChanged(programme_id=made.pk, version=made.version)


@action("coaching_programmes.end", permission=Permission.DECLARE)
def end(*, viewer: Viewer, at: datetime, programme_id: int, seen_version: int) -> ProgrammeChanged:
    """End a programme; the plans it began that are open end with it.

    Raises:
        NotAllowedError: it is not the viewer's, or has ended.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = (
        CoachingProgramme.objects.select_for_update()
        .filter(pk=programme_id, head_id=viewer.person_id or "", ended_on=None)
        .first()
    )
    if found is None:
        raise NotAllowedError(f"programme:{programme_id}")
    if found.version != seen_version:
        raise StaleVersionError(name=found.skill, seen=seen_version, found=found.version)
    found.ended_on = lines.today(at)
    found.version += 1
    found.save()
    _close(found.plans.filter(closed_on=None), outcome=PlanOutcome.ENDED, today=found.ended_on)
    return ProgrammeChanged(programme_id=found.pk, version=found.version)


def made_of(
    wanted: ProgrammeWanted, *, head: str, today: date, seed: int | None = None
) -> CoachingProgramme:
    """A new programme, kept; with a seed its order of starting is drawn."""
    return CoachingProgramme.objects.create(
        head_id=head,
        skill=wanted.skill,
        goal=wanted.goal,
        cadence_days=wanted.cadence_days,
        priority=wanted.priority,
        steps=codec.to_json(wanted.steps),
        starts_on=today,
        seed=seed,
    )


def due(*, at: datetime) -> bool:
    """Whether somebody is to be enrolled in a programme, or is in one and no longer its people."""
    running = _running()
    return bool(running) and bool(_missing(running, today=lines.today(at)) or _left(running))


@action("coaching_programmes.bring_up", permission=Permission.DATA)
def bring_up(*, viewer: Viewer, at: datetime) -> Enrolled:
    """Enrol whoever a programme is for now, and close the plans of those who left.

    It is for those who report to its head; where the order of starting was drawn, for the people at
    the front of each team whose day has come.

    Who closed their plan in it is not enrolled again; who left and came back is.
    """
    del viewer
    running, today = _running(), lines.today(at)
    closed = _close(_left(running), outcome=PlanOutcome.LEFT, today=today)
    return Enrolled(begun=enrol(running, today=today), closed=closed)


def enrol(programmes: Iterable[CoachingProgramme], *, today: date) -> int:
    """Begin a plan of each programme with everybody it is for who has none; how many."""
    return _begin(_missing(programmes, today=today), today=today)


# A programme, the coach and the person.
_Missing = list[tuple[CoachingProgramme, str, str]]


def _running() -> list[CoachingProgramme]:
    return list(CoachingProgramme.objects.filter(ended_on=None).order_by("id"))


def _missing(running: Iterable[CoachingProgramme], *, today: date) -> _Missing:
    """Those a programme is for who never had a plan of it but left."""
    wanted = list(running)
    coaches = [(each, coach) for each in wanted for coach in _coaches(each, today=today)]
    # Who leads anybody is asked only where teams were drawn: of these the people at the front.
    is_drawn = any(each.seed is not None for each in wanted)
    reports = coaching.reports(to=None if is_drawn else {coach for _, coach in coaches})
    there = set(
        CoachingPlan.objects.filter(programme__in=wanted)
        .exclude(outcome=PlanOutcome.LEFT)
        .values_list("programme_id", "person_id")
    )
    return [
        (each, coach, person)
        for each, coach in coaches
        for person in sorted(reports.get(coach, ()))
        if (each.pk, person) not in there and (each.seed is None or person not in reports)
    ]


def _coaches(programme: CoachingProgramme, *, today: date) -> list[str]:
    """Whose people are in it by now."""
    if programme.seed is None:
        return [programme.head_id]
    started = programme.starts.filter(planned_on__lte=today).order_by("manager_id")
    return list(started.values_list("manager_id", flat=True))


def _left(running: Iterable[CoachingProgramme]) -> list[CoachingPlan]:
    found = list(CoachingPlan.objects.filter(programme__in=list(running), closed_on=None))
    reports = coaching.reports(to={each.coach_id for each in found})
    return [each for each in found if each.person_id not in reports.get(each.coach_id, ())]


def _begin(missing: _Missing, *, today: date) -> int:
    made = CoachingPlan.objects.bulk_create(
        CoachingPlan(
            programme=programme,
            coach_id=coach,
            person_id=person,
            skill=programme.skill,
            goal=programme.goal,
            cadence_days=programme.cadence_days,
            priority=programme.priority,
            started_on=today,
        )
        for programme, coach, person in missing
    )
    CoachingStep.objects.bulk_create(
        CoachingStep(
            plan=plan,
            number=number,
            text=step.text,
            due_on=today + timedelta(days=step.after_days),
        )
        for plan in made
        for number, step in enumerate(steps(plan.programme), start=1)
    )
    return len(made)


def steps(programme: CoachingProgramme | None) -> tuple[StepAhead, ...]:
    """The steps of a programme, in order."""
    if programme is None:
        return ()
    return codec.from_json(tuple[StepAhead, ...], programme.steps)


def _close(plans: Iterable[CoachingPlan], *, outcome: PlanOutcome, today: date) -> int:
    found = list(plans)
    for each in found:
        each.closed_on, each.outcome = today, outcome.value
        each.version += 1
    CoachingPlan.objects.bulk_update(found, ["closed_on", "outcome", "version"])
    return len(found)


def refuse(wanted: ProgrammeWanted) -> None:
    """Raise where what a programme says cannot be.

    Raises:
        SessionTextError, SessionTimeError, UnknownPriorityError: as for a plan.
    """
    refuse_plan(
        skill=wanted.skill,
        goal=wanted.goal,
        cadence_days=wanted.cadence_days,
        priority=wanted.priority,
    )
    refuse_steps(tuple(each.text for each in wanted.steps))
    for each in wanted.steps:
        if not 0 <= each.after_days <= MOST_DAYS:
            raise SessionTimeError(f"{each.after_days} days", f"0 to {MOST_DAYS} days")
