"""What becomes of a session of coaching: asked for, planned, logged, confirmed, looked at again."""

from dataclasses import dataclass
from http import HTTPStatus

from headway.actions import coaching as changes
from headway.actions.coaching import Logged, Planned, SessionChanged
from headway.interfaces.api.commitments import Version
from headway.interfaces.api.endpoints import Call, writes
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Which leader above one is asked for a session, and what one wants to talk about."""

    coach: str
    topic: str


@dataclass(frozen=True, kw_only=True)
class NewPlanned:
    """With whom a session is planned, and when, how long and about what."""

    person: str
    planned: Planned


@dataclass(frozen=True, kw_only=True)
class PlannedAnew:
    """Another time for a session, and which version one looked at."""

    planned: Planned
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class NewLogged:
    """Who was coached in a session that stands nowhere yet, and what it was."""

    person: str
    logged: Logged


@dataclass(frozen=True, kw_only=True)
class LoggedAnew:
    """What a session was, and which version one looked at."""

    logged: Logged
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class LookedAt:
    """What was seen when a practice was looked at again, and which version one looked at."""

    sentence: str
    seen_version: int


@writes("coaching/sessions/ask", Permission.RESULTS, status=HTTPStatus.CREATED)
def ask_session(call: Call, *, body: Asking) -> SessionChanged:
    """Ask a leader above oneself for a session; it waits until they set a time."""
    return changes.ask(viewer=call.viewer, at=call.at, coach=body.coach, topic=body.topic)


@writes("coaching/sessions", Permission.RESULTS, status=HTTPStatus.CREATED)
def plan_session(call: Call, *, body: NewPlanned) -> SessionChanged:
    """Set the time of a session with somebody one leads."""
    return changes.plan(viewer=call.viewer, at=call.at, person=body.person, planned=body.planned)


@writes("coaching/sessions/log", Permission.RESULTS, status=HTTPStatus.CREATED)
def log_new_session(call: Call, *, body: NewLogged) -> SessionChanged:
    """Log a session with somebody one leads that stands nowhere yet."""
    return changes.log(viewer=call.viewer, at=call.at, person=body.person, logged=body.logged)


@writes("coaching/sessions/<int:session_id>/time", Permission.RESULTS)
def move_session(call: Call, *, session_id: int, body: PlannedAnew) -> SessionChanged:
    """Set the time of a session that was asked for, or another of one that is planned."""
    return changes.plan(
        viewer=call.viewer,
        at=call.at,
        person="",
        planned=body.planned,
        session_id=session_id,
        seen_version=body.seen_version,
    )


@writes("coaching/sessions/<int:session_id>/log", Permission.RESULTS)
def log_session(call: Call, *, session_id: int, body: LoggedAnew) -> SessionChanged:
    """Say what a session was; whoever says it confirms it, and the other is asked to."""
    return changes.log(
        viewer=call.viewer,
        at=call.at,
        person="",
        logged=body.logged,
        session_id=session_id,
        seen_version=body.seen_version,
    )


@writes("coaching/sessions/<int:session_id>/confirm", Permission.RESULTS)
def confirm_session(call: Call, *, session_id: int, body: Version) -> SessionChanged:
    """Say that a session was held as it stands."""
    return changes.confirm(
        viewer=call.viewer, at=call.at, session_id=session_id, seen_version=body.seen_version
    )


@writes("coaching/sessions/<int:session_id>/look-again", Permission.RESULTS)
def look_again(call: Call, *, session_id: int, body: LookedAt) -> SessionChanged:
    """Say that the practice was looked at again, and what was seen."""
    return changes.look_again(
        viewer=call.viewer,
        at=call.at,
        session_id=session_id,
        sentence=body.sentence,
        seen_version=body.seen_version,
    )


@writes("coaching/sessions/<int:session_id>/call-off", Permission.RESULTS)
def call_off_session(call: Call, *, session_id: int, body: Version) -> SessionChanged:
    """Call a session off, or take back one that not both have confirmed."""
    return changes.call_off(
        viewer=call.viewer, at=call.at, session_id=session_id, seen_version=body.seen_version
    )
