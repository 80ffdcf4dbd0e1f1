"""The outbox: what leaves the house is written with its cause, tried, sent or given up.

A row is set beyond its next pause before it is tried. Killed between sending and noting it, a
worker sends it once more after that pause: rather twice than never. What receives it can tell, by
a name that stays the same.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from headway.records.models import (
    Account,
    CoachingSession,
    Outgoing,
    PulseInvitation,
    Webhook,
)

# How long to wait after each failure, the last for all that follow: a week in all.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 45, 135, 405, 1215, 1440))
MOST_TRIES = 12
MAX_PROBLEM = 200
_KEPT = timedelta(days=30)
# Which changes a program is told of; what became of a commitment, it asks as somebody who may know.
_EVENTS: Mapping[str, str] = {
    "commitments.make": "commitment.made",
    **dict.fromkeys(
        (
            *("commitments.accept", "commitments.decline", "commitments.share"),
            *("commitments.progress", "commitments.plan_check", "commitments.hold_check"),
            *("commitments.move", "commitments.keep", "commitments.give_up"),
            *("commitments.ask_release", "commitments.refuse_release", "commitments.release"),
            "commitments.reopen",
        ),
        "commitment.changed",
    ),
}
_BROKEN_OFF = "It was broken off each time; the log of the worker says why."


def invite(invitations: Iterable[PulseInvitation], *, at: datetime) -> None:
    """Mail each invitation its link; to be called in the transaction that makes them."""
    Outgoing.objects.bulk_create(
        Outgoing(
            kind="invitation",
            key=f"invitation:{each.pk}",
            invitation=each,
            made_at=at,
            next_at=at,
        )
        for each in invitations
    )


def remind(*, account_id: int, day: str, about: Mapping[str, str], at: datetime) -> None:
    """Mail somebody what they are to be reminded of, once a day."""
    _write(kind="reminders", key=f"reminders:{account_id}:{day}", at=at, about=about, to=account_id)


def tell_called_off(session: CoachingSession, *, to: str, at: datetime) -> None:
    """Mail at once to the other of a session that it was called off: the next morning is too late.

    Args:
        session: which.
        to: whom it was called off to.
        at: now.
    """
    for account in Account.objects.filter(person_id=to, is_active=True):
        key = f"called_off:{account.pk}:{session.pk}"
        _write(kind="called_off", key=key, at=at, about={"session": session.pk}, to=account.pk)


def post(*, webhook_id: int, kind: str, thing: str, about: Mapping[str, str], at: datetime) -> None:
    """Tell an address of something; `thing` names it, so that it is told once."""
    key = f"{kind}:{webhook_id}:{thing}"
    _write(kind=kind, key=key, at=at, about=about, webhook=webhook_id)


def told(*, code: str, subject: str, at: datetime) -> None:
    """An action was done: programs that wait for it are told, in its transaction."""
    event = _EVENTS.get(code)
    if event is None:
        return
    hooks = Webhook.objects.filter(form="event", stopped_at=None).values_list("pk", flat=True)
    for webhook_id in hooks:
        post(
            webhook_id=webhook_id,
            kind="event",
            thing=f"{event}:{subject}:{at.isoformat()}",
            about={"event": event, "subject": subject},
            at=at,
        )


def claimed(row: Outgoing, *, at: datetime) -> bool:
    """Whether this worker may try it now; another, or one after a crash, waits for the pause."""
    if row.attempt_count >= MOST_TRIES:
        _give_up(row, at=at, problem=row.problem or _BROKEN_OFF)
        return False
    pause = PAUSES[min(row.attempt_count, len(PAUSES) - 1)]
    mine = Outgoing.objects.filter(
        pk=row.pk, state="waiting", attempt_count=row.attempt_count, next_at__lte=at
    )
    return bool(mine.update(attempt_count=F("attempt_count") + 1, next_at=at + pause))


@transaction.atomic
def sent(row: Outgoing, *, at: datetime) -> None:
    """It was taken."""
    Outgoing.objects.filter(pk=row.pk).update(state="sent", over_at=at, problem="")
    if row.webhook_id is not None:
        Webhook.objects.filter(pk=row.webhook_id).update(
            sent_at=at, tried_at=at, problem="", stopped_at=None
        )


@transaction.atomic
def failed(
    row: Outgoing,
    *,
    at: datetime,
    problem: str,
    is_for_good: bool = False,
    not_before: datetime | None = None,
) -> None:
    """It was not taken, and why; tried again after a pause, given up after the last.

    Args:
        row: as it was before it was claimed.
        at: now.
        problem: the reason, as operations reads it.
        is_for_good: trying again would not help.
        not_before: when whoever refused it asked to be tried again at the earliest.
    """
    problem = problem[:MAX_PROBLEM]
    if row.webhook_id is not None:
        Webhook.objects.filter(pk=row.webhook_id).update(tried_at=at, problem=problem)
    if is_for_good or row.attempt_count + 1 >= MOST_TRIES:
        _give_up(row, at=at, problem=problem)
        return
    Outgoing.objects.filter(pk=row.pk).update(problem=problem)
    if not_before is not None:
        later = Outgoing.objects.filter(pk=row.pk, next_at__lt=not_before)
        later.update(next_at=min(not_before, at + PAUSES[-1]))


def dropped(row: Outgoing) -> None:
    """There is nothing to say any more; the row goes, and with it when that was found."""
    Outgoing.objects.filter(pk=row.pk).delete()


def tidied(*, at: datetime) -> None:
    """Let go of what was sent or given up a month ago, and of what no wave asks any more."""
    Outgoing.objects.filter(over_at__lt=at - _KEPT).delete()
    Outgoing.objects.filter(state="waiting", kind="invitation").exclude(
        invitation__wave__state="open"
    ).delete()


def _write(
    *,
    kind: str,
    key: str,
    at: datetime,
    about: Mapping[str, str | int],
    to: int | None = None,
    webhook: int | None = None,
) -> None:
    Outgoing.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "account_id": to,
            "webhook_id": webhook,
            "about": dict(about),
            "made_at": at,
            "next_at": at,
        },
    )


def _give_up(row: Outgoing, *, at: datetime, problem: str) -> None:
    Outgoing.objects.filter(pk=row.pk).update(state="given_up", over_at=at, problem=problem)
    if row.webhook_id is None:
        return
    # Whatever does not take anything for a week is told nothing more, until a test arrives.
    Webhook.objects.filter(pk=row.webhook_id).update(stopped_at=at)
    waiting = Outgoing.objects.filter(webhook_id=row.webhook_id, state="waiting")
    waiting.update(state="given_up", over_at=at, problem=problem)
