"""One session as the two it is between read it: the same record, in the same words."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from headway.queries.access import NotSeenError
from headway.queries.coaching import peers
from headway.queries.results import figures
from headway.queries.words import coaching as words
from headway.queries.words import declared as said
from headway.queries.words.language import gettext as _
from headway.records import coaching, declared
from headway.records.models import CoachingPlan, CoachingSession, Commitment, Priority
from headway.records.models import CoachingStep as Step
from headway.terms.coaching_session import INSPECTION, SessionKind
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One thing to talk about; `item_id` 0 = it comes from a promise, a plan or a practice."""

    item_id: int
    text: str
    whose: str
    glyph: str
    may_remove: bool


@dataclass(frozen=True, kw_only=True)
class SessionLine:
    """One session in a list; `state` in words with its glyph.

    `other` is who of the two the viewer is not. `again` says when the practice is to be looked at
    again, or was.
    """

    session_id: int
    coach: str
    person: str
    person_id: str
    other: str
    when: str
    kind: str
    topic: str
    practice: str
    again: str
    state: str
    glyph: str


@dataclass(frozen=True, kw_only=True)
class SessionSeen:
    """One session; `lacks` says what it needs to count, "" = it counts or is still ahead.

    `agreed` says what was agreed to practise, also where only the load knows that something was.
    """

    line: SessionLine
    state: str
    is_coach: bool
    coach_id: str
    planned_at: datetime | None
    held_at: datetime | None
    minutes: int
    kind: SessionKind
    priority_id: str
    priority: str
    is_work_observed: bool | None
    practice: str
    agreed: str
    follow_up_day: date | None
    follow_up_on: str
    followed_up_on: str
    looked_at: str
    coach_confirmed_on: str
    person_confirmed_on: str
    is_counting: bool
    lacks: str
    agenda: tuple[AgendaLine, ...]
    version: int
    may_set_time: bool
    may_log: bool
    may_confirm: bool
    may_look_again: bool
    may_call_off: bool


def one(viewer: Viewer, *, session_id: int, today: date) -> SessionSeen:
    """One session, for the two it is between.

    Raises:
        NotSeenError: there is none, or the viewer is neither of them.
    """
    found = (
        coaching.sessions(viewer).select_related("coach", "person").filter(pk=session_id).first()
    )
    if found is None:
        raise NotSeenError
    return seen(viewer, found=found, today=today)


def preparation(viewer: Viewer, *, session_id: int) -> str:
    """What the viewer noted for themselves before a session, "" = nothing."""
    found = coaching.preparations(viewer).filter(session_id=session_id)
    return found.values_list("text", flat=True).first() or ""


def seen(viewer: Viewer, *, found: CoachingSession, today: date) -> SessionSeen:
    """A session with its agenda and what the viewer may do with it."""
    is_coach, is_ahead = viewer.person_id == found.coach_id, found.state in ("asked", "planned")
    is_held, counts = found.state == "held", coaching.counts(found)
    own = found.coach_confirmed_on if is_coach else found.person_confirmed_on
    is_sealed = bool(found.coach_confirmed_on and found.person_confirmed_on)
    return SessionSeen(
        line=line(viewer, found=found),
        state=found.state,
        is_coach=is_coach,
        coach_id=found.coach_id,
        planned_at=found.planned_at,
        held_at=found.held_at,
        minutes=round(found.minutes),
        kind=SessionKind(found.kind),
        priority_id=found.priority,
        priority=_priority(found.priority),
        is_work_observed=found.is_work_observed,
        practice=found.practice,
        agreed=_agreed(found),
        follow_up_day=found.follow_up_on,
        follow_up_on=_day(found.follow_up_on),
        followed_up_on=_day(found.followed_up_on),
        looked_at=found.looked_at,
        coach_confirmed_on=_day(found.coach_confirmed_on),
        person_confirmed_on=_day(found.person_confirmed_on),
        is_counting=counts,
        lacks=_lacks(found) if is_held and not counts else "",
        agenda=_agenda(found, viewer=viewer, today=today),
        version=found.version,
        may_set_time=is_ahead and (is_coach or found.state == "planned"),
        may_log=is_ahead or is_held,
        may_confirm=is_held and own is None,
        may_look_again=bool(is_held and found.is_practice_agreed and not found.followed_up_on),
        may_call_off=is_ahead or (is_held and not is_sealed),
    )


def line(viewer: Viewer, *, found: CoachingSession) -> SessionLine:
    """A session as a list shows it."""
    moment = found.held_at or found.planned_at
    return SessionLine(
        session_id=found.pk,
        coach=found.coach.name,
        person=found.person.name,
        person_id=found.person_id,
        other=coaching.other(viewer, found).name,
        when=_moment(moment) if moment else _("no time yet"),
        kind=said.of(words.KINDS, found.kind),
        topic=found.topic,
        practice=found.practice or (_("agreed") if found.is_practice_agreed else ""),
        again=_again(found),
        state=_state(found),
        glyph=_glyph(found),
    )


def _moment(moment: datetime) -> str:
    """A day with its time, in the time of the installation."""
    local = timezone.localtime(moment)
    return _("{day}, {time}").format(day=figures.day(local.date()), time=f"{local:%H:%M}")


def _agenda(found: CoachingSession, *, viewer: Viewer, today: date) -> tuple[AgendaLine, ...]:
    """What the person asked for first; the coach's promise; what is due; then the coach's own.

    Who could help stands before the coach's own. Of a session that was held only what the two wrote
    is left.
    """
    items = list(found.agenda.select_related("by").order_by("id"))
    is_ahead = found.state in ("asked", "planned")

    def said_by(person: str) -> tuple[AgendaLine, ...]:
        return tuple(
            AgendaLine(
                item_id=each.pk,
                text=each.text,
                whose=each.by.name,
                glyph="half" if person == found.person_id else "disc",
                may_remove=is_ahead and person == viewer.person_id,
            )
            for each in items
            if each.by_id == person
        )

    asked, rest = said_by(found.person_id), said_by(found.coach_id)
    if not is_ahead:
        return (*asked, *rest)
    due = (*_steps(found), *_practices(found, today=today))
    return (*asked, *_promises(found, today=today), *due, *_peers(found, viewer=viewer), *rest)


def _promises(found: CoachingSession, *, today: date) -> tuple[AgendaLine, ...]:
    """What the coach promised the person and has not kept yet."""
    still_open = Commitment.objects.filter(
        owner_id=found.coach_id, to_id=found.person_id, state="open", accepted_at__isnull=False
    )
    return tuple(
        _derived(
            _("Promised for {day}: {text}").format(day=figures.day(each.due_on), text=each.text),
            whose=found.coach.name,
            glyph="slip" if each.due_on < today else "ring",
        )
        for each in still_open.order_by("due_on", "id")
    )


def _steps(found: CoachingSession) -> tuple[AgendaLine, ...]:
    """The next step of each plan of the two."""
    plans = CoachingPlan.objects.filter(
        coach_id=found.coach_id, person_id=found.person_id, closed_on=None
    )
    steps = Step.objects.filter(plan__in=plans, done_on=None).select_related("plan")
    first: dict[int, Step] = {}
    for each in steps.order_by("due_on", "number"):
        first.setdefault(each.plan_id, each)
    return tuple(
        _derived(
            _("{skill}: {text}, by {day}").format(
                skill=each.plan.skill, text=each.text, day=figures.day(each.due_on)
            ),
            whose=_("Plan"),
            glyph="ring",
        )
        for each in first.values()
    )


def _practices(found: CoachingSession, *, today: date) -> tuple[AgendaLine, ...]:
    """What the two agreed to practise and is due to be looked at again."""
    due = CoachingSession.objects.filter(
        coaching.TO_LOOK_AT,
        coach_id=found.coach_id,
        person_id=found.person_id,
        follow_up_on__lte=today,
    )
    return tuple(
        _derived(
            _("Look again: {practice}").format(practice=_agreed(each)),
            whose=_("Practice"),
            glyph="open",
        )
        for each in due.order_by("-follow_up_on", "-id")[:3]
    )


def _peers(found: CoachingSession, *, viewer: Viewer) -> tuple[AgendaLine, ...]:
    """Colleagues who could help, by name."""
    return tuple(
        _derived(
            _("{name} could help with {priority}. {why}").format(
                name=each.name, priority=each.priority, why=each.why
            ),
            whose=_("Colleague"),
            glyph="disc" if each.is_offered else "open",
        )
        for each in peers.of_two(
            viewer,
            coach_id=found.coach_id,
            person_id=found.person_id,
            priority=found.priority,
        )
    )


def _derived(text: str, *, whose: str, glyph: str) -> AgendaLine:
    return AgendaLine(item_id=0, text=text, whose=whose, glyph=glyph, may_remove=False)


def _agreed(found: CoachingSession) -> str:
    if found.practice:
        return found.practice
    if not found.is_practice_agreed:
        return ""
    return _("what you agreed on {day}").format(
        day=_day(timezone.localtime(found.held_at).date() if found.held_at else None)
    )


def _again(found: CoachingSession) -> str:
    if found.followed_up_on is not None:
        return _("done on {day}").format(day=_day(found.followed_up_on))
    return _day(found.follow_up_on) if found.is_practice_agreed else ""


def _lacks(found: CoachingSession) -> str:
    if found.kind in INSPECTION:
        return _("It is inspection: it looked at the work, and not at how it is done.")
    is_seen = found.is_work_observed or found.kind == SessionKind.ROLE_PLAY
    lacking = [
        text
        for text, is_there in (
            (_("real work that was observed, or a role play"), is_seen),
            (_("one practice that you agreed"), found.is_practice_agreed),
            (_("a day to look at it again"), found.follow_up_on),
            (_("{name}’s confirmation").format(name=found.person.name), found.person_confirmed_on),
        )
        if not is_there
    ]
    return _("To count as coaching it needs: {what}.").format(what=figures.listed(tuple(lacking)))


def _state(found: CoachingSession) -> str:
    if found.state != "held":
        return said.of(words.STATES, found.state)
    if not found.coach_confirmed_on or not found.person_confirmed_on:
        name = found.person.name if found.coach_confirmed_on else found.coach.name
        return _("held, {name} has not confirmed it").format(name=name)
    return _("counts as coaching") if coaching.counts(found) else _("held")


def _glyph(found: CoachingSession) -> str:
    if found.state != "held":
        return {"asked": "open", "planned": "ring"}.get(found.state, "dash")
    if coaching.counts(found):
        return "disc"
    is_waiting = not found.coach_confirmed_on or not found.person_confirmed_on
    return "half" if is_waiting else "dash"


def _priority(number: str) -> str:
    if not number:
        return ""
    found = Priority.objects.filter(id=number).first()
    return (declared.content(found).name if found else "") or number


def _day(day: date | None) -> str:
    return figures.day(day) if day else ""
