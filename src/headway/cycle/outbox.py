"""Sending what waits in the outbox: mails over one connection, posts one address at a time."""

import logging
import smtplib
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.utils import timezone

from headway.actions import outbox
from headway.cycle import invitations, posting, reminders, webhooks
from headway.records.models import Outgoing
from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    from django.core.mail.backends.base import BaseEmailBackend

_log = logging.getLogger("headway.outbox")
_FOR_GOOD = 500
# So many mails at a time: other work of the worker waits meanwhile.
_AT_ONCE = 100
_MAILS: dict[str, Callable[[Outgoing, datetime], EmailMessage | None]] = {
    "invitation": lambda row, _at: invitations.mail(row),
    "reminders": lambda row, _at: reminders.mail(row),
    "called_off": lambda row, at: reminders.mail_called_off(row, at=at),
}


def due(*, at: datetime) -> None:
    """Write what the day calls for, and send what waits; a failure of one holds up no other."""
    webhooks.gather(at=at)
    waiting = Outgoing.objects.filter(state="waiting", next_at__lte=at).order_by("pk")
    # Without a mail server, or an address for links in mails, invitations wait and nobody is
    # reminded: once there is one, nobody is mailed old reminders.
    if settings.EMAIL_HOST and settings.HEADWAY_URL:
        reminders.gather(at=at)
        _mail(waiting.filter(webhook=None), at=at)
    _post(waiting.filter(webhook__isnull=False), at=at)


def _mail(waiting: QuerySet[Outgoing], *, at: datetime) -> None:
    # Who has no address may get one: the row waits, untried, as long as it is of use.
    waiting = waiting.exclude(kind="invitation", invitation__person__email="")
    rows = waiting.select_related("account", "invitation__person", "invitation__wave")
    messages = [each for row in rows[:_AT_ONCE] if (each := _worded(row, at=at)) is not None]
    if not messages:
        return
    try:
        with get_connection() as connection:
            for row, message in messages:
                if outbox.claimed(row, at=at):
                    _send(row, message, connection, at=at)
    except OSError as problem:
        _log.warning("mails wait for the mail server: %s", problem)
        # What was tried before the server went is noted already, and is not due any more.
        for row, _message in messages:
            if outbox.claimed(row, at=at):
                outbox.failed(row, at=at, problem=_reason(problem))


def _worded(row: Outgoing, *, at: datetime) -> tuple[Outgoing, EmailMessage] | None:
    """A row and its mail; None = nothing to say any more, and the row is gone, or it cannot be."""
    try:
        message = _MAILS[row.kind](row, at)
    except HeadwayError as problem:
        if outbox.claimed(row, at=at):
            outbox.failed(row, at=at, problem=str(problem))
        return None
    if message is None:
        outbox.dropped(row)
        return None
    return row, message


def _send(
    row: Outgoing, message: EmailMessage, connection: "BaseEmailBackend", *, at: datetime
) -> None:
    """Mail one message.

    Raises:
        OSError: the server is not there: nothing can be mailed now.
    """
    message.connection = connection
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError) as problem:
        is_for_good = _code(problem) >= _FOR_GOOD
        outbox.failed(row, at=at, problem=_reason(problem), is_for_good=is_for_good)
    except OSError as problem:
        outbox.failed(row, at=at, problem=_reason(problem))
        raise
    else:
        outbox.sent(row, at=at)


def _post(waiting: QuerySet[Outgoing], *, at: datetime) -> None:
    """The oldest of each address, and the next once it was taken: in order, none ahead."""
    for webhook_id in set(waiting.values_list("webhook_id", flat=True)):
        of_one = Outgoing.objects.filter(webhook_id=webhook_id, state="waiting")
        for row in of_one.select_related("webhook").order_by("pk")[:_AT_ONCE]:
            if row.next_at > at or not outbox.claimed(row, at=at) or not _posted(row):
                break


def _posted(row: Outgoing) -> bool:
    """Whether the next may be tried."""
    assert row.webhook is not None  # noqa: S101  a constraint of the table
    at = timezone.now()
    try:
        said = webhooks.said(row, webhook=row.webhook, at=at)
        if said is None:
            outbox.dropped(row)
            return True
        posting.post(said)
    except HeadwayError as problem:
        wait = problem.not_before if isinstance(problem, posting.RefusedError) else None
        outbox.failed(row, at=at, problem=str(problem), not_before=wait)
        return False
    outbox.sent(row, at=timezone.now())
    return True


def _code(problem: smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException) -> int:
    """What the server answered: from 500 for good, below for now (RFC 5321, section 4.2.1)."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return max(code for code, _text in problem.recipients.values())
    return problem.smtp_code


def _reason(problem: Exception) -> str:
    """Why, without what a server says: it may repeat an address."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused | smtplib.SMTPResponseException):
        return f"The mail server answered {_code(problem)} ({type(problem).__name__})."
    return f"The mail server could not be reached ({type(problem).__name__})."
