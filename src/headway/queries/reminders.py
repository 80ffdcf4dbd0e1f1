"""What is due for whom: one function for mails and, later, whatever else reminds."""

from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Q, QuerySet

from headway.records.models import (
    Account,
    Commitment,
    CommitmentMove,
    Organisation,
    ReminderChoice,
)
from headway.terms.reminders import UNASKED, Due, Reminder, Span, known
from headway.terms.viewer import Viewer

# So many days before its day its owner is reminded of a commitment.
DAYS_BEFORE = 3


def due(viewer: Viewer, *, span: Span) -> tuple[Due, ...]:
    """What the viewer is to be reminded of in a span of time, of the kinds they chose.

    Of commitments to which they are a side, and of no others. One that changed since is told as it
    is now, or not at all where nothing is left to decide. Spans that follow one another tell each
    thing once.
    """
    if viewer.person_id is None:
        return ()
    found = {
        Reminder.DUE: lambda: _own_due(viewer.person_id or "", span=span),
        Reminder.ASKED: lambda: _asked(viewer, span=span),
        Reminder.KEPT: lambda: _kept(viewer.person_id or "", span=span),
        Reminder.MOVED: lambda: _moved(viewer.person_id or "", span=span),
    }
    chosen = kinds(viewer)
    return tuple(each for kind in Reminder if kind in chosen for each in found[kind]())


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
    agreed = _open().filter(owner_id=person_id, accepted_at__isnull=False)
    ahead = timedelta(days=DAYS_BEFORE)
    soon = agreed.filter(
        due_on__gt=max(span.before + ahead, span.today - timedelta(days=1)),
        due_on__lte=span.today + ahead,
    )
    over = agreed.filter(due_on__gte=span.before, due_on__lt=span.today)
    return [
        _due(
            Reminder.DUE,
            each,
            who=each.to.name if each.to else "",
            is_over=each.due_on < span.today,
        )
        for each in (*over, *soon)
    ]


def _asked(viewer: Viewer, *, span: Span) -> list[Due]:
    asked = _open().filter(
        owner_id=viewer.person_id,
        accepted_at=None,
        is_brought=False,
        made_at__gte=span.since,
        made_at__lt=span.until,
    )
    by_others = asked.exclude(made_by_id=viewer.account_id).select_related("made_by")
    return [
        _due(Reminder.ASKED, each, who=each.made_by.name if each.made_by else "")
        for each in by_others
    ]


def _kept(person_id: str, *, span: Span) -> list[Due]:
    # Settled on a day without a time, a UTC one: whole days follow one another as spans do.
    kept = Commitment.objects.filter(
        to_id=person_id,
        state__in=("kept", "kept_late"),
        is_brought=False,
        settled_on__gte=span.since.astimezone(UTC).date(),
        settled_on__lt=span.until.astimezone(UTC).date(),
    ).order_by("due_on", "id")
    return [_due(Reminder.KEPT, each, who=each.owner.name) for each in kept.select_related("owner")]


def _moved(person_id: str, *, span: Span) -> list[Due]:
    moves = CommitmentMove.objects.filter(
        by__isnull=False, made_at__gte=span.since, made_at__lt=span.until
    )
    moved = _open().filter(to_id=person_id, pk__in=moves.values("commitment_id"))
    return [
        _due(Reminder.MOVED, each, who=each.owner.name) for each in moved.select_related("owner")
    ]


def _open() -> QuerySet[Commitment]:
    return Commitment.objects.filter(state="open").select_related("to").order_by("due_on", "id")


def _due(kind: Reminder, found: Commitment, *, who: str, is_over: bool = False) -> Due:
    return Due(
        kind=kind,
        commitment_id=found.pk,
        text=found.text,
        day=found.due_on,
        who=who,
        is_over=is_over,
    )
