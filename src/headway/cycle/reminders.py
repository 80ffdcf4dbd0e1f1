"""The one mail a day that reminds somebody: looked for in the morning, worded when it is sent."""

from collections.abc import Collection, Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _

from headway.actions import reminders as changes
from headway.queries import access, reminders
from headway.queries.reminding import wording as words
from headway.records.models import Account, Outgoing
from headway.terms.reminders import OF_COACHING, OF_PROMISES, Due, Reminder, Span
from headway.terms.viewer import SYSTEM

# When the day begins for reminders, in the organisation's time zone.
MORNING = time(6)
# After so long without a worker, what is older is not brought up any more.
_LOOKED_BACK = timedelta(days=7)


def gather(*, at: datetime) -> None:
    """From the morning on, write for each who is to be reminded one mail; on no day two."""
    zone = reminders.zone(SYSTEM)
    here = at.astimezone(zone)
    if here.time() < MORNING:
        return
    begun = datetime.combine(here.date(), MORNING, tzinfo=zone)
    for account, gathered_at in reminders.to_look_at(SYSTEM, before=begun):
        since = max(gathered_at or begun - timedelta(days=1), at - _LOOKED_BACK)
        span = Span(since=since, until=at, zone=zone)
        found = reminders.due(access.viewer_of(account), span=span)
        changes.gathered(account_id=account.pk, span=span, is_due=bool(found))


def mail(row: Outgoing) -> EmailMessage | None:
    """The mail of a day; None = nothing is left to say, or its reader wants none any more."""
    account = _account(row)
    span = Span(
        since=datetime.fromisoformat(row.about["since"]),
        until=datetime.fromisoformat(row.about["until"]),
        zone=reminders.zone(SYSTEM),
    )
    found = reminders.due(access.viewer_of(account), span=span) if account.is_active else ()
    return _mail(row, account=account, found=found)


def mail_called_off(row: Outgoing, *, at: datetime) -> EmailMessage | None:
    """The mail that a session was called off; None = its time is over, or its reader wants none."""
    account = _account(row)
    session_id = row.about["session"]
    found = (
        reminders.called_off(access.viewer_of(account), session_id=session_id, at=at)
        if account.is_active
        else ()
    )
    return _mail(row, account=account, found=found)


def _account(row: Outgoing) -> Account:
    assert row.account is not None  # noqa: S101  a constraint of the table
    return row.account


def _mail(row: Outgoing, *, account: Account, found: Collection[Due]) -> EmailMessage | None:
    if not found:
        return None
    stop = reverse("reminders-stop", kwargs={"token": changes.stop_token(account.pk)})
    body = "\n\n".join(
        (
            *words.paragraphs(found),
            *_links(found),
            _("You choose what is mailed to you under Settings, My account."),
        )
    )
    return EmailMessage(
        subject=words.subject(found),
        body=body + "\n",
        to=[account.email],
        headers={
            # The same when it is sent again: whoever receives it twice can tell.
            "Message-ID": f"<{sha256(row.key.encode()).hexdigest()[:32]}@{_host()}>",
            "List-Unsubscribe": f"<{settings.HEADWAY_URL}{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _links(found: Collection[Due]) -> Iterator[str]:
    """Where to do it, for promises, for coaching and for messages."""
    if any(each.kind in OF_PROMISES for each in found):
        yield _("Keep, move or give up a promise, or agree to one, here:\n{address}").format(
            address=settings.HEADWAY_URL + reverse("commitments")
        )
    if any(each.kind in OF_COACHING for each in found):
        yield _("Move or call off a session, or look at a practice again, here:\n{address}").format(
            address=settings.HEADWAY_URL + reverse("coaching")
        )
    if any(each.kind is Reminder.REPEAT for each in found):
        yield _("Say it, and log it, or choose another day here:\n{address}").format(
            address=settings.HEADWAY_URL + reverse("direction")
        )


def _host() -> str:
    return urlsplit(settings.HEADWAY_URL).hostname or "localhost"
