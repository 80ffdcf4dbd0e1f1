"""What is due for whom: one function for mails and, later, whatever else reminds."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Exists, OuterRef, Q, QuerySet

from headway.queries.reminding import coaching
from headway.queries.repeats import names
from headway.queries.words.language import gettext as _
from headway.records import commitments, repeats
from headway.records.models import (
    Account,
    Commitment,
    CommitmentEvent,
    Organisation,
    ReminderChoice,
)
from headway.terms.commitment import EventKind
from headway.terms.reminders import UNASKED, Due, Reminder, Span, known
from headway.terms.viewer import Viewer

# So many days before its day its owner is reminded of a commitment.
DAYS_BEFORE = 3
# Said on its day or after it, these are an update: nobody is asked for another.
_WORD_OF_IT = (EventKind.PROGRESS, EventKind.RELEASE_ASKED)


def due(viewer: Viewer, *, span: Span) -> tuple[Due, ...]:
    """What the viewer is to be reminded of in a span of time, of the kinds they chose.

    Of commitments and sessions of coaching to which they are a side, of messages of their own, and
    of no others. What changed
    since is told as it is now, or not at all where nothing is left to decide. Spans that follow one
    another tell each thing once.
    """
    person_id = viewer.person_id
    if person_id is None:
        return ()
    found: Mapping[Reminder, Callable[[], Iterable[Due]]] = {
        Reminder.DUE: lambda: _own_due(person_id, span=span),
        Reminder.ASKED: lambda: _asked(person_id, span=span),
        Reminder.KEPT: lambda: _kept(person_id, span=span),
        Reminder.MOVED: lambda: _moved(person_id, span=span),
        Reminder.SESSION: lambda: coaching.sessions(viewer, span=span),
        Reminder.PRACTICE: lambda: coaching.practices(viewer, span=span),
        Reminder.REPEAT: lambda: _to_say_again(viewer, span=span),
    }
    chosen = kinds(viewer)
    told = (kind for kind in Reminder if kind in chosen and kind in found)
    return tuple(each for kind in told for each in found[kind]())


def called_off(viewer: Viewer, *, session_id: int, at: datetime) -> tuple[Due, ...]:
    """The session the other of its two called off, where the viewer wants to be told.

    Nothing where it is not the viewer's, or its time is over.
    """
    if Reminder.CALLED_OFF not in kinds(viewer):
        return ()
    return tuple(coaching.called_off(viewer, session_id=session_id, at=at, zone=zone(viewer)))


def kinds(viewer: Viewer) -> frozenset[Reminder]:
    """What the viewer has mailed to them."""
    found = ReminderChoice.objects.filter(account_id=viewer.account_id or 0).first()
    return UNASKED if found is None else known(found.kinds)


def zone(viewer: Viewer) -> tzinfo:
    """The time zone of the organisation, in which its days begin; UTC where it names none."""
    del viewer
    named = Organisation.objects.values_list("time_zone", flat=True).first() or "UTC"
    try:
        return ZoneInfo(named)
    except (ValueError, ZoneInfoNotFoundError, OSError):
        return UTC


def to_look_at(viewer: Viewer, *, before: datetime) -> tuple[tuple[Account, datetime | None], ...]:
    """Who may have to be reminded: active accounts of people, last looked at before a moment.

    For the worker alone.

    Returns:
        Accounts with up to when was looked, None = never.
    """
    if not viewer.is_system:
        return ()
    found = Account.objects.filter(
        Q(reminders=None) | Q(reminders__gathered_at=None) | Q(reminders__gathered_at__lt=before),
        is_active=True,
        person__is_active=True,
    )
    return tuple(
        (account, account.reminders.gathered_at if hasattr(account, "reminders") else None)
        for account in found.select_related("reminders").order_by("pk")
    )


def _own_due(person_id: str, *, span: Span) -> list[Due]:
    does_it = Q(owner_id=person_id) | Q(is_joint=True, to_id=person_id)
    agreed = _open().filter(does_it, accepted_at__isnull=False)
    ahead = timedelta(days=DAYS_BEFORE)
    soon = agreed.filter(
        due_on__gt=max(span.before + ahead, span.today - timedelta(days=1)),
        due_on__lte=span.today + ahead,
    )
    said = CommitmentEvent.objects.filter(
        commitment=OuterRef("pk"), on__gte=OuterRef("due_on"), kind__in=_WORD_OF_IT
    )
    over = agreed.filter(~Exists(said), due_on__gte=span.before, due_on__lt=span.today)
    return [
        _due(Reminder.DUE, each, who=_other(each, person_id), is_over=each.due_on < span.today)
        for each in (*over, *soon)
    ]


def _asked(person_id: str, *, span: Span) -> list[Due]:
    asked = _open().filter(
        Q(owner_id=person_id) | Q(to_id=person_id),
        accepted_at=None,
        is_brought=False,
        made_at__gte=span.since,
        made_at__lt=span.until,
    )
    return [
        _due(Reminder.ASKED, each, who=each.made_by.name if each.made_by else "")
        for each in asked.select_related("owner", "to", "made_by")
        if person_id in commitments.agreeing(each)
        and (each.made_by is None or each.made_by.person_id != person_id)
    ]


def _kept(person_id: str, *, span: Span) -> list[Due]:
    kept = _promised_to(person_id, EventKind.DONE, span=span)
    return [
        _due(Reminder.KEPT, each, who=_other(each, person_id))
        for each in kept.filter(state__in=("kept", "kept_late"))
    ]


def _moved(person_id: str, *, span: Span) -> list[Due]:
    moved = _promised_to(person_id, EventKind.RENEGOTIATED, span=span)
    return [
        _due(Reminder.MOVED, each, who=_other(each, person_id))
        for each in moved.filter(state="open")
    ]


def _promised_to(person_id: str, kind: EventKind, *, span: Span) -> QuerySet[Commitment]:
    """Of which the other side said something here in that time; what a load tells is history."""
    said = CommitmentEvent.objects.filter(
        kind=kind, by__isnull=False, at__gte=span.since, at__lt=span.until
    ).exclude(by__person_id=person_id)
    found = _of_two().filter(Q(to_id=person_id) | Q(is_joint=True, owner_id=person_id))
    return found.filter(pk__in=said.values("commitment_id"))


def _to_say_again(viewer: Viewer, *, span: Span) -> list[Due]:
    found = repeats.own(viewer, today=span.today).filter(
        due_on__gt=span.before, due_on__lte=span.today
    )
    rows = list(found.select_related("head").order_by("due_on", "id"))
    called = names(viewer, today=span.today) if rows else {}
    return [
        Due(
            kind=Reminder.REPEAT,
            text=called.get(each.priority, each.priority),
            day=each.due_on,
            who=_("the people of {name}").format(name=each.head.name),
        )
        for each in rows
    ]


def _other(found: Commitment, person_id: str) -> str:
    """The name of the other side, "" where there is none."""
    if found.owner_id != person_id:
        return found.owner.name
    return found.to.name if found.to else ""


def _open() -> QuerySet[Commitment]:
    return _of_two().filter(state="open")


def _of_two() -> QuerySet[Commitment]:
    return Commitment.objects.select_related("owner", "to").order_by("due_on", "id")


def _due(kind: Reminder, found: Commitment, *, who: str, is_over: bool = False) -> Due:
    return Due(
        kind=kind,
        text=found.text,
        day=found.due_on,
        who=who,
        is_over=is_over,
    )
