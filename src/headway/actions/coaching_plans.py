"""Plans of coaching: what one person works on with one coach, step by step."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.coaching import SessionStateError, SessionTextError, SessionTimeError
from headway.actions.direction import UnknownPriorityError
from headway.records import coaching, declared, lines
from headway.records.models import CoachingPlan, CoachingStep
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.coaching_session import PlanOutcome
from headway.terms.plan_practice import PlanPractice
from headway.terms.viewer import Viewer

MAX_LENGTH = 500
MAX_SKILL = 120
MOST_DAYS = 365
MOST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class StepWanted:
    """One step: what is done, and by when."""

    text: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class PlanWanted:
    """A skill, the goal in the person's words, how often the two meet on it, and the steps."""

    skill: str
    goal: str
    cadence_days: int
    priority: str
    steps: tuple[StepWanted, ...]


@dataclass(frozen=True, kw_only=True)
class PlanChanged:
    """Something of a plan was said."""

    plan_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which plan, in which version."""
        return f"coaching_plan:{self.plan_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class PlansMeasured:
    """Of how many plans the practice was measured."""

    count: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"coaching_plans:{self.count}"


@action("coaching_plans.measure", permission=Permission.DATA)
def measure(*, viewer: Viewer, at: datetime, practices: tuple[PlanPractice, ...]) -> PlansMeasured:
    """Keep what the work of each plan's person shows of it, for its two to read."""
    del viewer, at
    rows = [CoachingPlan(pk=each.plan_id, practice=codec.to_json(each)) for each in practices]
    return PlansMeasured(count=CoachingPlan.objects.bulk_update(rows, ["practice"]))


@action("coaching_plans.begin", permission=Permission.RESULTS)
def begin(*, viewer: Viewer, at: datetime, person: str, wanted: PlanWanted) -> PlanChanged:
    """Begin a plan with somebody one leads; both may change it from then on.

    Raises:
        NotAllowedError: the viewer does not lead the person.
        SessionTextError: skill, goal or a step is missing or too long.
        SessionTimeError: the days between sessions are none or too many, or there are too many
            steps.
        UnknownPriorityError: there is no such priority.
    """
    if not coaching.may_coach(viewer, person):
        raise NotAllowedError(f"person:{person}")
    _refuse(wanted)
    found = CoachingPlan(
        coach_id=str(viewer.person_id), person_id=person, started_on=lines.today(at), version=0
    )
    return _written(found, wanted)


@action("coaching_plans.change", permission=Permission.RESULTS)
def change(
    *, viewer: Viewer, at: datetime, plan_id: int, wanted: PlanWanted, seen_version: int
) -> PlanChanged:
    """Change a plan; steps that say the same as before stay done.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: it is closed.
        StaleVersionError: somebody changed it since `seen_version`.
        SessionTextError, SessionTimeError, UnknownPriorityError: as for a new one.
    """
    del at
    found = _open(viewer, plan_id, seen_version=seen_version)
    _refuse(wanted)
    return _written(found, wanted)


@action("coaching_plans.finish_step", permission=Permission.RESULTS)
def finish_step(
    *, viewer: Viewer, at: datetime, plan_id: int, number: int, seen_version: int
) -> PlanChanged:
    """Say that a step is done.

    Raises:
        NotAllowedError: the viewer is neither of the two, or there is no such step.
        SessionStateError: the plan is closed.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _open(viewer, plan_id, seen_version=seen_version)
    step = found.steps.filter(number=number).first()
    if step is None:
        raise NotAllowedError(f"coaching_plan:{plan_id}")
    step.done_on = step.done_on or lines.today(at)
    step.save()
    return _kept(found)


@action("coaching_plans.close", permission=Permission.RESULTS)
def close(
    *, viewer: Viewer, at: datetime, plan_id: int, outcome: PlanOutcome, seen_version: int
) -> PlanChanged:
    """Close a plan: its goal is reached, or it is ended.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: it is closed already.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _open(viewer, plan_id, seen_version=seen_version)
    found.closed_on, found.outcome = lines.today(at), outcome.value
    return _kept(found)


def refuse_plan(*, skill: str, goal: str, cadence_days: int, priority: str) -> None:
    """Raise where what a plan or programme says cannot be.

    Raises:
        SessionTextError, SessionTimeError, UnknownPriorityError: as for a new plan.
    """
    if not 1 <= len(skill.strip()) <= len(skill) <= MAX_SKILL:
        raise SessionTextError("The skill", len(skill), most=MAX_SKILL)
    if len(goal) > MAX_LENGTH:
        raise SessionTextError("The goal", len(goal))
    if not 1 <= cadence_days <= MOST_DAYS:
        raise SessionTimeError(f"every {cadence_days} days", f"every 1 to {MOST_DAYS} days")
    if priority and not declared.is_known(priority):
        raise UnknownPriorityError(priority)


def refuse_steps(texts: tuple[str, ...]) -> None:
    """Raise where steps are too many, or say nothing or too much.

    Raises:
        SessionTextError, SessionTimeError: as for a new plan.
    """
    if len(texts) > MOST_STEPS:
        raise SessionTimeError(f"{len(texts)} steps", f"at most {MOST_STEPS}")
    for text in texts:
        if not 1 <= len(text.strip()) <= len(text) <= MAX_LENGTH:
            raise SessionTextError("A step", len(text))


def _refuse(wanted: PlanWanted) -> None:
    refuse_plan(
        skill=wanted.skill,
        goal=wanted.goal,
        cadence_days=wanted.cadence_days,
        priority=wanted.priority,
    )
    refuse_steps(tuple(each.text for each in wanted.steps))


def _open(viewer: Viewer, plan_id: int, *, seen_version: int) -> CoachingPlan:
    found = coaching.plans(viewer).select_for_update().filter(pk=plan_id).first()
    if found is None:
        raise NotAllowedError(f"coaching_plan:{plan_id}")
    if found.version != seen_version:
        raise StaleVersionError(name=found.skill, seen=seen_version, found=found.version)
    if found.outcome:
        raise SessionStateError("part of a plan that is closed", "a plan that is open")
    return found


def _written(found: CoachingPlan, wanted: PlanWanted) -> PlanChanged:
    found.skill, found.goal = wanted.skill, wanted.goal
    found.cadence_days, found.priority = wanted.cadence_days, wanted.priority
    kept = _kept(found)
    done = dict(found.steps.exclude(done_on=None).values_list("text", "done_on"))
    found.steps.all().delete()
    CoachingStep.objects.bulk_create(
        CoachingStep(
            plan=found,
            number=number,
            text=each.text,
            due_on=each.due_on,
            done_on=done.get(each.text),
        )
        for number, each in enumerate(wanted.steps, start=1)
    )
    return kept


def _kept(found: CoachingPlan) -> PlanChanged:
    found.version += 1
    found.save()
    return PlanChanged(plan_id=found.pk, version=found.version)
