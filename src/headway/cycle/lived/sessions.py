"""Sessions of two people of the sample."""

from datetime import datetime

from headway.actions import coaching
from headway.actions.coaching import Logged, Planned, SessionChanged
from headway.terms.viewer import Viewer


def held(coach: Viewer, person: Viewer, *, logged: Logged) -> SessionChanged:
    """One that the coach logs on the spot."""
    return coaching.log(
        viewer=coach, at=logged.held_at, person=str(person.person_id), logged=logged
    )


def agreed(
    coach: Viewer, person: Viewer, *, logged: Logged, confirmed_at: datetime
) -> SessionChanged:
    """One that the person confirms as well."""
    session = held(coach, person, logged=logged)
    return coaching.confirm(
        viewer=person,
        at=confirmed_at,
        session_id=session.session_id,
        seen_version=session.version,
    )


def ahead(
    coach: Viewer,
    person: Viewer,
    *,
    at: datetime,
    planned: Planned,
    said_at: datetime,
    said: tuple[str, str],
) -> SessionChanged:
    """One to come, with what the person and then the coach want to talk about."""
    session = coaching.plan(viewer=coach, at=at, person=str(person.person_id), planned=planned)
    for each, text in zip((person, coach), said, strict=True):
        coaching.add_item(viewer=each, at=said_at, session_id=session.session_id, text=text)
    return session
