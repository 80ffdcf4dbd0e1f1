"""Plans and programmes of coaching, as the two of a plan and the head of a programme read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.words import coaching as words
from headway.queries.words import declared as said
from headway.queries.words.language import gettext as _
from headway.records import coaching, declared
from headway.records.models import CoachingPlan, CoachingProgramme
from headway.terms import codec
from headway.terms.coaching_session import FEWEST_TEAMS, StepAhead
from headway.terms.declared import Priority
from headway.terms.plan_practice import PlanPractice, Shown
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class StepSeen:
    """One step of a plan; `state` in words with its glyph."""

    number: int
    text: str
    due_on: str
    due_day: date
    state: str
    glyph: str
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class PlanSeen:
    """One plan; `practice` says what the person's work shows of it, at the start and now.

    `is_coach` = the viewer is its coach. `programme` "" = it belongs to none.
    """

    plan_id: int
    coach: str
    person: str
    person_id: str
    is_coach: bool
    skill: str
    goal: str
    cadence_days: int
    priority_id: str
    priority: str
    practice: tuple[tuple[str, str], ...]
    programme: str
    started_on: str
    state: str
    is_open: bool
    steps: tuple[StepSeen, ...]
    version: int


@dataclass(frozen=True, kw_only=True)
class StartSeen:
    """On which day the people of a manager start, in an order that was drawn."""

    manager: str
    day: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeSeen:
    """One programme of the viewer's: who is in it by name, and how many plans are closed.

    Where the order of starting was drawn `seed` and `starts` say how, and nobody is named: those
    plans are of other coaches. `seed` "" = nothing was drawn.
    """

    programme_id: int
    skill: str
    cadence_days: int
    step_count: int
    since: str
    people: tuple[str, ...]
    closed_count: int
    seed: str
    starts: tuple[StartSeen, ...]
    version: int


def one(viewer: Viewer, *, plan_id: int, today: date) -> PlanSeen:
    """One plan, for its two.

    Raises:
        NotSeenError: there is none, or the viewer is neither of them.
    """
    found = _all(viewer, coaching.plans(viewer).filter(pk=plan_id), today=today)
    if not found:
        raise NotSeenError
    return found[0]


def open_plans(viewer: Viewer, *, today: date) -> tuple[PlanSeen, ...]:
    """The open plans the viewer is one of the two of, by name of the person."""
    return _all(viewer, coaching.plans(viewer).filter(closed_on=None), today=today)


def of_person(viewer: Viewer, *, person_id: str, today: date) -> tuple[PlanSeen, ...]:
    """All plans of somebody with the viewer, the open ones first."""
    found = coaching.plans(viewer).filter(person_id=person_id)
    return tuple(sorted(_all(viewer, found, today=today), key=lambda each: not each.is_open))


def programmes(viewer: Viewer) -> tuple[ProgrammeSeen, ...]:
    """The programmes the viewer runs, by skill."""
    found = CoachingProgramme.objects.filter(head_id=viewer.person_id or "", ended_on=None)
    rows = found.prefetch_related("plans__person", "starts__manager").order_by("skill", "id")
    return tuple(_programme(each) for each in rows)


def teams_to_draw(viewer: Viewer) -> int:
    """How many teams the viewer could draw an order for; 0 where they are too few to."""
    if viewer.person_id is None:
        return 0
    count = len(coaching.teams_below(viewer.person_id))
    return count if count >= FEWEST_TEAMS else 0


def _all(viewer: Viewer, found: Iterable[CoachingPlan], *, today: date) -> tuple[PlanSeen, ...]:
    """Plans with their steps, by name of the person. The number of statements does not grow."""
    rows = (
        coaching.plans(viewer)
        .filter(pk__in=[each.pk for each in found])
        .select_related("coach", "person", "programme")
        .prefetch_related("steps")
    )
    contents = declared.contents() if any(each.priority for each in rows) else {}
    return tuple(
        _seen(each, viewer=viewer, today=today, contents=contents)
        for each in sorted(rows, key=lambda each: (each.person.name, each.pk))
    )


def _seen(
    found: CoachingPlan,
    *,
    viewer: Viewer,
    today: date,
    contents: dict[str, Priority],
) -> PlanSeen:
    priority = contents.get(found.priority)
    steps = sorted(found.steps.all(), key=lambda each: each.number)
    return PlanSeen(
        plan_id=found.pk,
        coach=found.coach.name,
        person=found.person.name,
        person_id=found.person_id,
        is_coach=viewer.person_id == found.coach_id,
        skill=found.skill,
        goal=found.goal,
        cadence_days=found.cadence_days,
        priority_id=found.priority,
        priority=(priority.name if priority else "") or found.priority,
        practice=_practice(found.practice) if priority and priority.behaviour else (),
        programme=found.programme.skill if found.programme else "",
        started_on=figures.day(found.started_on),
        state=said.of(words.OUTCOMES, found.outcome),
        is_open=found.closed_on is None,
        steps=tuple(
            StepSeen(
                number=each.number,
                text=each.text,
                due_on=figures.day(each.due_on),
                due_day=each.due_on,
                state=_step_state(each.due_on, each.done_on, today=today),
                glyph="disc" if each.done_on else "half" if each.due_on <= today else "ring",
                is_done=each.done_on is not None,
            )
            for each in steps
        ),
        version=found.version,
    )


def _practice(kept: object) -> tuple[tuple[str, str], ...]:
    """When, and what was seen then."""
    if kept is None:
        return ((_("Practice seen"), _("worked out with the next load")),)
    found = codec.from_json(PlanPractice, kept)
    return (
        (_("Practice seen in the 90 days before"), _shown(found.start)),
        (_("Practice seen since, in the last 90 days"), _shown(found.now)),
        (_("Last practised"), _last(found.last_on)),
    )


def _last(day: date | None) -> str:
    return figures.day(day) if day else _("never on record")


def _shown(found: Shown) -> str:
    if not found.n:
        return _("no such work is recorded")
    if found.low is None or found.high is None:
        return _("too little to tell: {count} of {n}").format(count=found.k, n=found.n)
    return _("{share} ({low} to {high}), of {n}").format(
        share=figures.percent(found.k / found.n),
        low=figures.percent(found.low),
        high=figures.percent(found.high),
        n=found.n,
    )


def _step_state(due_on: date, done_on: date | None, *, today: date) -> str:
    if done_on is not None:
        return _("done on {day}").format(day=figures.day(done_on))
    return _("due since {day}" if due_on <= today else "by {day}").format(day=figures.day(due_on))


def _programme(found: CoachingProgramme) -> ProgrammeSeen:
    plans = [each for each in found.plans.all() if each.coach_id == found.head_id]
    starts = sorted(found.starts.all(), key=lambda each: (each.planned_on, each.manager.name))
    return ProgrammeSeen(
        programme_id=found.pk,
        skill=found.skill,
        cadence_days=found.cadence_days,
        step_count=len(codec.from_json(tuple[StepAhead, ...], found.steps)),
        since=figures.day(found.starts_on),
        people=tuple(sorted(each.person.name for each in plans if each.closed_on is None)),
        closed_count=sum(each.closed_on is not None for each in plans),
        seed="" if found.seed is None else str(found.seed),
        starts=tuple(
            StartSeen(manager=each.manager.name, day=figures.day(each.planned_on))
            for each in starts
        ),
        version=found.version,
    )
