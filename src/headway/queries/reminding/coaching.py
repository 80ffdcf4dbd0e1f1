"""Sessions of coaching somebody is told of: when and with whom, and no word of what about."""

from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo

from headway.records import coaching
from headway.records.models import CoachingSession
from headway.terms.reminders import Due, Reminder, Span
from headway.terms.viewer import Viewer

_DAY = timedelta(days=1)


def sessions(viewer: Viewer, *, span: Span) -> Iterator[Due]:
    """The viewer's sessions up to the end of tomorrow, each a day before, by time.

    One that was set or moved since then is told once more, on the next morning.
    """
    ahead = coaching.sessions(viewer).filter(
        state="planned",
        planned_at__gt=span.until,
        planned_at__lt=span.until + 2 * _DAY,
    )
    for each in ahead.select_related("coach", "person").order_by("planned_at", "id"):
        assert each.planned_at is not None  # noqa: S101  a constraint of the table
        begins = each.planned_at.astimezone(span.zone)
        is_new = span.since <= (each.changed_at or each.made_at) < span.until
        if begins.date() > span.today + _DAY:
            continue
        if is_new or begins.date() > span.before + _DAY:
            yield _due(Reminder.SESSION, each, viewer=viewer, begins=begins)


def practices(viewer: Viewer, *, span: Span) -> Iterator[Due]:
    """What the viewer agreed with somebody to practise, on the day set to look at it again."""
    agreed = coaching.sessions(viewer).filter(
        coaching.TO_LOOK_AT, follow_up_on__gt=span.before, follow_up_on__lte=span.today
    )
    for each in agreed.select_related("coach", "person").order_by("follow_up_on", "id"):
        yield _due(Reminder.PRACTICE, each, viewer=viewer)


def called_off(viewer: Viewer, *, session_id: int, at: datetime, zone: tzinfo) -> Iterator[Due]:
    """A session that would still be to come and was called off; nothing once its time is over."""
    off = coaching.sessions(viewer).filter(pk=session_id, state="called_off", planned_at__gt=at)
    for each in off.select_related("coach", "person"):
        assert each.planned_at is not None  # noqa: S101  the row was asked for by it
        yield _due(
            Reminder.CALLED_OFF, each, viewer=viewer, begins=each.planned_at.astimezone(zone)
        )


def _due(
    kind: Reminder, found: CoachingSession, *, viewer: Viewer, begins: datetime | None = None
) -> Due:
    day = begins.date() if begins else found.follow_up_on
    assert day is not None  # noqa: S101  the rows were asked for by it
    return Due(
        kind=kind,
        text="",
        day=day,
        who=coaching.other(viewer, found).name,
        begins=begins.time() if begins else None,
    )
