"""Reminders: what each person has mailed, and up to when it was looked what they are told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.db import transaction
from django.db.models import Q

from headway.actions import outbox
from headway.actions.access import NoAccountError
from headway.actions.action import action
from headway.records.models import Account, ReminderChoice
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.reminders import UNASKED, Reminder, Span
from headway.terms.viewer import Viewer

_SALT = "headway.reminders.stop"


class StopLinkError(HeadwayError):
    """A link that stops reminders is none of ours, or its account is gone."""

    code = "reminders.stop_link"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            "This link does not work. Log in and choose under Settings, My account, what is "
            "mailed to you."
        )


@dataclass(frozen=True, kw_only=True)
class RemindersChosen:
    """Somebody chose what is mailed to them."""

    account_id: int

    @property
    def subject(self) -> str:
        """Whose choice."""
        return f"account:{self.account_id}"


@action("reminders.choose", permission=Permission.SIGNED_IN)
def choose(*, viewer: Viewer, at: datetime, kinds: Iterable[Reminder]) -> RemindersChosen:
    """Have these kinds mailed to oneself, and no others.

    Raises:
        NoAccountError: the viewer has none.
    """
    del at
    if viewer.account_id is None:
        raise NoAccountError
    return _chosen(viewer.account_id, kinds)


@action("reminders.stop", permission=Permission.ANYONE)
def stop(*, viewer: None, at: datetime, token: str) -> RemindersChosen:
    """Mail no more reminders to whom a mail's own link belongs; nobody has to log in for it.

    Raises:
        StopLinkError: the link is none of ours.
    """
    del viewer, at
    account_id = _account_of(token)
    if not Account.objects.filter(pk=account_id).exists():
        raise StopLinkError
    return _chosen(account_id, ())


def stop_token(account_id: int) -> str:
    """What the link of `stop` carries: signed, so that nobody makes another's."""
    return signing.dumps(account_id, salt=_SALT)


def expect_stop_token(token: str) -> None:
    """Refuse a link that is none of ours.

    Raises:
        StopLinkError: it is none.
    """
    _account_of(token)


@transaction.atomic
def gathered(*, account_id: int, span: Span, is_due: bool) -> None:
    """It was looked what somebody is to be reminded of: a mail is written, or there is nothing.

    Both in one transaction; a second worker, or one after a crash, finds it done.
    """
    ReminderChoice.objects.get_or_create(account_id=account_id, defaults={"kinds": sorted(UNASKED)})
    mine = ReminderChoice.objects.filter(
        Q(gathered_at=None) | Q(gathered_at__lt=span.until), account_id=account_id
    )
    if mine.update(gathered_at=span.until) and is_due:
        outbox.remind(
            account_id=account_id,
            day=span.today.isoformat(),
            about={"since": span.since.isoformat(), "until": span.until.isoformat()},
            at=span.until,
        )


def _chosen(account_id: int, kinds: Iterable[Reminder]) -> RemindersChosen:
    ReminderChoice.objects.update_or_create(
        account_id=account_id, defaults={"kinds": sorted(kind.value for kind in kinds)}
    )
    return RemindersChosen(account_id=account_id)


def _account_of(token: str) -> int:
    try:
        return int(signing.loads(token, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as problem:
        raise StopLinkError from problem
