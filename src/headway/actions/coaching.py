"""Sessions of coaching: asked for, planned, logged by one of the two, confirmed by both."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from headway.actions import outbox
from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.direction import UnknownPriorityError
from headway.records import coaching, declared, lines
from headway.records.models import AgendaItem, CoachingSession, Person, Preparation
from headway.terms.access import Permission
from headway.terms.coaching_session import AHEAD, SessionKind
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_LENGTH = 500
MAX_PREPARATION = 4000
MOST_MINUTES = 480
MOST_ITEMS = 20


class SessionTextError(HeadwayError):
    """A sentence of a session is missing, or too long."""

    code = "coaching.text"

    def __init__(self, what: str, length: int, *, most: int = MAX_LENGTH) -> None:
        super().__init__(f"{what} has {length} characters. Expected 1 to {most}: say it shortly.")


class SessionTimeError(HeadwayError):
    """A day or a length does not fit what is said of a session."""

    code = "coaching.time"

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(f"Found {found}. Expected {expected}.")


class SessionStateError(HeadwayError):
    """A session is not so far, or further, than what is asked of it."""

    code = "coaching.state"
    status = 409

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(
            f"This session is {found}. Expected {expected}. Load the page again: the other may "
            "have been faster."
        )


@dataclass(frozen=True, kw_only=True)
class Planned:
    """When a session is to be, for how long, and about what; "" = still open."""

    planned_at: datetime
    minutes: int
    kind: SessionKind
    topic: str


@dataclass(frozen=True, kw_only=True)
class Logged:
    """What a session was; `practice` "" = nothing was agreed, and then there is no day either."""

    held_at: datetime
    minutes: int
    kind: SessionKind
    topic: str
    priority: str
    is_work_observed: bool
    practice: str
    follow_up_on: date | None


@dataclass(frozen=True, kw_only=True)
class SessionChanged:
    """Something of a session was said."""

    session_id: int
    version: int

    @property
    def subject(self) -> str:
        """Which session, in which version."""
        return f"session:{self.session_id}@{self.version}"


@action("coaching.ask", permission=Permission.RESULTS)
def ask(*, viewer: Viewer, at: datetime, coach: str, topic: str) -> SessionChanged:
    """Ask a leader above oneself for a session; it waits until they set a time.

    Raises:
        NotAllowedError: that person does not lead the viewer.
        SessionTextError: what it should be about is missing, or too long.
    """
    person = viewer.person_id
    if person is None or not coaching.coaches(person).filter(id=coach).exists():
        raise NotAllowedError(f"person:{coach}")
    _refuse_text("What you want to talk about", topic)
    made = CoachingSession.objects.create(
        coach_id=coach, person_id=person, state="asked", topic=topic, made_at=at
    )
    AgendaItem.objects.create(session=made, by_id=person, text=topic, made_at=at)
    return SessionChanged(session_id=made.pk, version=made.version)


@action("coaching.plan", permission=Permission.RESULTS)
def plan(
    *,
    viewer: Viewer,
    at: datetime,
    person: str,
    planned: Planned,
    session_id: int | None = None,
    seen_version: int = 0,
) -> SessionChanged:
    """Set the time of a session with somebody one leads, or of one that was asked for.

    Args:
        viewer: the coach; either of the two may move what is planned.
        at: now.
        person: with whom.
        planned: when, how long and about what.
        session_id: the session that was asked for or planned; None = a new one.
        seen_version: the version of it that was looked at.

    Raises:
        NotAllowedError: the viewer does not lead the person, or is neither of the two.
        SessionTimeError: the time has gone by, or the minutes are none or too many.
        SessionStateError: the session was held or called off.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    if planned.planned_at <= at:
        raise SessionTimeError(f"the time {planned.planned_at:%Y-%m-%d %H:%M}", "a time to come")
    _refuse_minutes(planned.minutes)
    _refuse_text("What it is about", planned.topic, least=0)
    if session_id is None:
        found = _new(viewer, person, at=at)
    else:
        found = _of_both(viewer, session_id, seen_version=seen_version)
        _refuse_state(found, *AHEAD)
        if found.state == "asked" and viewer.person_id != found.coach_id:
            raise NotAllowedError(f"session:{session_id}")
    found.state, found.planned_at = "planned", planned.planned_at
    found.minutes, found.kind, found.topic = planned.minutes, planned.kind.value, planned.topic
    return _kept(found, at=at)


@action("coaching.add_item", permission=Permission.RESULTS)
def add_item(*, viewer: Viewer, at: datetime, session_id: int, text: str) -> SessionChanged:
    """Say what one wants to talk about in a session to come.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: the session was held or called off.
        SessionTextError: it is missing or too long, or there is too much already.
    """
    found = _of_both(viewer, session_id)
    _refuse_state(found, *AHEAD)
    _refuse_text("What you want to talk about", text)
    if found.agenda.count() >= MOST_ITEMS:
        raise SessionTimeError(f"{MOST_ITEMS} things to talk about", "fewer: take one back first")
    AgendaItem.objects.create(session=found, by_id=str(viewer.person_id), text=text, made_at=at)
    return SessionChanged(session_id=found.pk, version=found.version)


@action("coaching.remove_item", permission=Permission.RESULTS)
def remove_item(*, viewer: Viewer, at: datetime, item_id: int) -> SessionChanged:
    """Take back something one wanted to talk about.

    Raises:
        NotAllowedError: somebody else said it.
    """
    del at
    found = AgendaItem.objects.filter(pk=item_id, by_id=viewer.person_id or "").first()
    if found is None:
        raise NotAllowedError(f"item:{item_id}")
    session = found.session
    found.delete()
    return SessionChanged(session_id=session.pk, version=session.version)


@action("coaching.prepare", permission=Permission.RESULTS)
def prepare(*, viewer: Viewer, at: datetime, session_id: int, text: str) -> SessionChanged:
    """Note something for oneself before a session; "" deletes it. Nobody else ever reads it.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: the session was held or called off.
        SessionTextError: it is too long.
    """
    del at
    found = _of_both(viewer, session_id)
    _refuse_state(found, *AHEAD)
    _refuse_text("Your preparation", text, least=0, most=MAX_PREPARATION)
    own = Preparation.objects.filter(session=found, writer_id=viewer.person_id)
    own.delete()
    if text.strip():
        Preparation.objects.create(session=found, writer_id=str(viewer.person_id), text=text)
    return SessionChanged(session_id=found.pk, version=found.version)


@action("coaching.log", permission=Permission.RESULTS)
def log(
    *,
    viewer: Viewer,
    at: datetime,
    person: str,
    logged: Logged,
    session_id: int | None = None,
    seen_version: int = 0,
) -> SessionChanged:
    """Say what a session was; whoever says it confirms it, and the other is asked to.

    Either of the two may say it otherwise later: what the other confirmed falls then. What each
    noted for themselves before is deleted.

    Args:
        viewer: one of the two; the coach where there is no session yet.
        at: now.
        person: who was coached.
        logged: what it was.
        session_id: the session that was asked for, planned or held; None = there was none.
        seen_version: the version of it that was looked at.

    Raises:
        NotAllowedError: the viewer does not lead the person, or is neither of the two.
        SessionTimeError: it lies ahead, or the minutes or the day of looking again do not fit.
        SessionTextError: a sentence is too long.
        UnknownPriorityError: there is no such priority.
        SessionStateError: the session was called off.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    _refuse_logged(logged, at=at)
    if session_id is None:
        found = _new(viewer, person, at=at)
    else:
        found = _of_both(viewer, session_id, seen_version=seen_version)
        _refuse_state(found, *AHEAD, "held")
    _write(found, logged)
    found.coach_confirmed_on = found.person_confirmed_on = None
    kept = _confirmed(found, viewer, at=at)
    Preparation.objects.filter(session=found).delete()
    return kept


@action("coaching.confirm", permission=Permission.RESULTS)
def confirm(*, viewer: Viewer, at: datetime, session_id: int, seen_version: int) -> SessionChanged:
    """Say that a session was held as it stands.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: the session was not held.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _of_both(viewer, session_id, seen_version=seen_version)
    _refuse_state(found, "held")
    return _confirmed(found, viewer, at=at)


@action("coaching.look_again", permission=Permission.RESULTS)
def look_again(
    *, viewer: Viewer, at: datetime, session_id: int, sentence: str, seen_version: int
) -> SessionChanged:
    """Say that the practice was looked at again, and in one sentence what was seen.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: nothing was agreed, or it was looked at already.
        SessionTextError: the sentence is missing or too long.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _of_both(viewer, session_id, seen_version=seen_version)
    _refuse_state(found, "held")
    if not found.is_practice_agreed or found.followed_up_on is not None:
        is_done = found.followed_up_on is not None
        raise SessionStateError(
            "looked at again already" if is_done else "one without an agreed practice",
            "one whose practice waits to be looked at",
        )
    _refuse_text("What you saw", sentence)
    found.followed_up_on, found.looked_at = lines.today(at), sentence
    return _kept(found, at=at)


@action("coaching.call_off", permission=Permission.RESULTS)
def call_off(*, viewer: Viewer, at: datetime, session_id: int, seen_version: int) -> SessionChanged:
    """Call a session off, or take back one that was logged and that not both have confirmed.

    What each noted for themselves before is deleted. The other is told of one that was to come.

    Raises:
        NotAllowedError: the viewer is neither of the two.
        SessionStateError: both confirmed it, or it was called off already.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    found = _of_both(viewer, session_id, seen_version=seen_version)
    _refuse_state(found, *AHEAD, "held")
    if found.coach_confirmed_on and found.person_confirmed_on:
        raise SessionStateError("confirmed by both", "one that not both have confirmed")
    if found.state == "planned" and found.planned_at and found.planned_at > at:
        outbox.tell_called_off(found, to=coaching.other(viewer, found).id, at=at)
    found.state = "called_off"
    Preparation.objects.filter(session=found).delete()
    return _kept(found, at=at)


def _new(viewer: Viewer, person: str, *, at: datetime) -> CoachingSession:
    if not coaching.may_coach(viewer, person):
        raise NotAllowedError(f"person:{person}")
    coach = Person.objects.get(id=viewer.person_id or "")
    return CoachingSession(coach=coach, person_id=person, made_at=at, version=0)


def _of_both(
    viewer: Viewer, session_id: int, *, seen_version: int | None = None
) -> CoachingSession:
    found = coaching.sessions(viewer).select_for_update().filter(pk=session_id).first()
    if found is None:
        raise NotAllowedError(f"session:{session_id}")
    if seen_version is not None and found.version != seen_version:
        name = found.person.name
        raise StaleVersionError(name=name, seen=seen_version, found=found.version)
    return found


def _write(found: CoachingSession, logged: Logged) -> None:
    # A practice that came with a load has no words: saying nothing of it does not take it back.
    is_kept = found.is_practice_agreed and not found.practice and not logged.practice
    follow_up_on = logged.follow_up_on or (found.follow_up_on if is_kept else None)
    for each in fields(logged):
        setattr(found, each.name, getattr(logged, each.name))
    found.state, found.kind = "held", logged.kind.value
    found.is_practice_agreed = bool(logged.practice or is_kept)
    found.follow_up_on = follow_up_on
    if not found.is_practice_agreed:
        found.followed_up_on, found.looked_at = None, ""


def _confirmed(found: CoachingSession, viewer: Viewer, *, at: datetime) -> SessionChanged:
    today = lines.today(at)
    if viewer.person_id == found.coach_id:
        found.coach_confirmed_on = found.coach_confirmed_on or today
    else:
        found.person_confirmed_on = found.person_confirmed_on or today
    return _kept(found, at=at)


def _kept(found: CoachingSession, *, at: datetime) -> SessionChanged:
    found.version += 1
    found.changed_at = at
    found.is_brought = False
    found.save()
    return SessionChanged(session_id=found.pk, version=found.version)


def _refuse_state(found: CoachingSession, *expected: str) -> None:
    if found.state not in expected:
        told = " or ".join(sorted(str(each).replace("_", " ") for each in expected))
        raise SessionStateError(found.state.replace("_", " "), told)


def _refuse_logged(logged: Logged, *, at: datetime) -> None:
    if logged.held_at > at:
        raise SessionTimeError(
            f"the time {logged.held_at:%Y-%m-%d %H:%M}, which lies ahead", "when it was held"
        )
    _refuse_minutes(logged.minutes)
    _refuse_text("What it was about", logged.topic, least=0)
    _refuse_text("What you agreed to practise", logged.practice, least=0)
    if logged.priority and not declared.is_known(logged.priority):
        raise UnknownPriorityError(logged.priority)
    if logged.practice and logged.follow_up_on is None:
        raise SessionTimeError("a practice and no day", "a day to look at the practice again")
    if logged.follow_up_on is not None and logged.follow_up_on < lines.today(logged.held_at):
        raise SessionTimeError(
            f"the day {logged.follow_up_on}", "a day after the session to look at it again"
        )


def _refuse_minutes(minutes: int) -> None:
    if not 1 <= minutes <= MOST_MINUTES:
        raise SessionTimeError(f"{minutes} minutes", f"1 to {MOST_MINUTES} minutes")


def _refuse_text(what: str, text: str, *, least: int = 1, most: int = MAX_LENGTH) -> None:
    if not least <= len(text.strip()) or len(text) > most:
        raise SessionTextError(what, len(text), most=most)
