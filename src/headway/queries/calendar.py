"""What stands in somebody's calendar: their commitments, coaching, and what they say again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from django.db.models import Q

from headway.queries.repeats import names
from headway.records import coaching, commitments, repeats
from headway.records.models import CalendarAddress, CoachingSession, Commitment, MessageRepeat
from headway.terms.viewer import Viewer

# How long one that no longer holds is shown as cancelled, so that every subscriber learns of it.
_CANCELLED_FOR = timedelta(days=30)


class Standing(StrEnum):
    """Whether an entry holds."""

    HOLDS = "holds"
    NOT_AGREED = "not_agreed"
    CANCELLED = "cancelled"


class Kind(StrEnum):
    """What an entry is of."""

    OWN = "own"
    PROMISED_TO_ME = "promised_to_me"
    SESSION = "session"
    PRACTICE = "practice"
    REPEAT = "repeat"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One commitment, session of coaching, or day to look at a practice or say something again.

    `of_id` is the commitment, the session or the plan to say it again. `text` is the sentence of a
    commitment, the name of a priority, and of coaching the name of the other and nothing else: a
    calendar is often shared. `begins` is a whole
    day, or the moment of a session of `minutes`. `revision` counts its changes from 0, and
    `changed_at` is the last that has a moment.
    """

    kind: Kind
    of_id: int
    text: str
    begins: date | datetime
    minutes: int = 0
    standing: Standing
    revision: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class AddressSeen:
    """The address of one's calendar, without its secret; `last_used_on` None = never used."""

    made_at: datetime
    last_used_on: date | None


def entries(viewer: Viewer, *, at: datetime, zone: tzinfo) -> tuple[Entry, ...]:
    """What the viewer promised, was promised, has of coaching, and means to say again.

    What is open, and for a month what no longer holds. Of commitments made to them only what was
    agreed to. The number of statements does not grow with them.

    Args:
        viewer: whose calendar it is.
        at: now.
        zone: in which days begin.
    """
    if viewer.person_id is None:
        return ()
    today = at.astimezone(zone).date()
    return (
        *_commitments(viewer.person_id, today=today),
        *_coaching(viewer, at=at),
        *_repeats(viewer, at=at, today=today),
    )


def address(viewer: Viewer) -> AddressSeen | None:
    """The viewer's own address, None = they have none."""
    found = CalendarAddress.objects.filter(account_id=viewer.account_id or 0).first()
    if found is None:
        return None
    return AddressSeen(made_at=found.made_at, last_used_on=found.last_used_on)


def _commitments(person_id: str, *, today: date) -> Iterator[Entry]:
    does_it = Q(owner_id=person_id) | Q(is_joint=True, to_id=person_id)
    mine = does_it | Q(to_id=person_id, accepted_at__isnull=False)
    shown = Q(state="open") | Q(
        state__in=("released", "broken", "declined"), settled_on__gt=today - _CANCELLED_FOR
    )
    found = Commitment.objects.filter(mine & shown).prefetch_related("events")
    for each in found.order_by("due_on", "id"):
        yield Entry(
            kind=Kind.OWN if person_id in commitments.doers(each) else Kind.PROMISED_TO_ME,
            of_id=each.pk,
            text=each.text,
            begins=each.due_on,
            standing=_standing(each),
            revision=each.version - 1,
            changed_at=_changed_at(each),
        )


def _coaching(viewer: Viewer, *, at: datetime) -> Iterator[Entry]:
    ahead = Q(state="planned")
    called_off = Q(state="called_off", changed_at__gt=at - _CANCELLED_FOR)
    found = coaching.sessions(viewer).filter(ahead | coaching.TO_LOOK_AT | called_off)
    for each in found.select_related("coach", "person").order_by("planned_at", "id"):
        if each.planned_at and each.state != "held":
            yield _of_session(Kind.SESSION, each, viewer=viewer, begins=each.planned_at)
        if each.follow_up_on and each.followed_up_on is None:
            yield _of_session(Kind.PRACTICE, each, viewer=viewer, begins=each.follow_up_on)


def _repeats(viewer: Viewer, *, at: datetime, today: date) -> Iterator[Entry]:
    """One that was ended is cancelled; of one that was said for the last time nothing is left."""
    ended = MessageRepeat.objects.filter(
        sender_id=viewer.person_id, state="ended", changed_at__gt=at - _CANCELLED_FOR
    )
    found = list((repeats.own(viewer, today=today) | ended).order_by("due_on", "id"))
    called = names(viewer, today=today) if found else {}
    for each in found:
        yield Entry(
            kind=Kind.REPEAT,
            of_id=each.pk,
            text=called.get(each.priority, each.priority),
            begins=each.due_on,
            standing=Standing.CANCELLED if each.state == "ended" else Standing.HOLDS,
            revision=each.version - 1,
            changed_at=each.changed_at,
        )


def _of_session(
    kind: Kind, found: CoachingSession, *, viewer: Viewer, begins: date | datetime
) -> Entry:
    return Entry(
        kind=kind,
        of_id=found.pk,
        text=coaching.other(viewer, found).name,
        begins=begins,
        minutes=round(found.minutes),
        standing=Standing.CANCELLED if found.state == "called_off" else Standing.HOLDS,
        revision=max(found.version - 1, 0),
        changed_at=found.changed_at or found.made_at,
    )


def _standing(found: Commitment) -> Standing:
    if found.state != "open":
        return Standing.CANCELLED
    return Standing.HOLDS if found.accepted_at else Standing.NOT_AGREED


def _changed_at(found: Commitment) -> datetime:
    moments = [found.made_at, *(event.at for event in found.events.all())]
    if found.accepted_at:
        moments.append(found.accepted_at)
    if found.settled_on:
        moments.append(datetime.combine(found.settled_on, time(), tzinfo=UTC))
    return max(moments)
