"""The secret address of one's own calendar: made, revoked, and looked up by its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from headway.actions import sign_in
from headway.actions.access import NoAccountError
from headway.actions.action import NotAllowedError, action
from headway.records.models import Account, CalendarAddress
from headway.terms.access import Permission
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class CalendarMade:
    """An address of a calendar: `secret` is shown once and kept nowhere in the clear."""

    account_id: int
    secret: str

    @property
    def subject(self) -> str:
        """Whose calendar."""
        return f"account:{self.account_id}"


@dataclass(frozen=True, kw_only=True)
class CalendarRevoked:
    """An address that works no more."""

    account_id: int

    @property
    def subject(self) -> str:
        """Whose calendar."""
        return f"account:{self.account_id}"


def make(*, viewer: Viewer, at: datetime, password: str) -> CalendarMade:
    """Make the address of one's own calendar; one made before ends with it.

    An open browser is not enough for it: whoever has a password shows it.

    Raises:
        NoAccountError: the viewer has none.
        WrongLogInError: `password` is not the present one.
        TooManyFailuresError: ten wrong ones within a quarter of an hour.
    """
    account = Account.objects.filter(pk=viewer.account_id or 0).first()
    if account is None:
        raise NoAccountError
    if account.has_usable_password():
        sign_in.prove_by_password(account_id=account.pk, password=password, at=at)
    # Without the password: the record of the form's key holds a trace of what was asked.
    return _make(viewer=viewer, at=at)


@action("calendar.make", permission=Permission.SIGNED_IN)
def _make(*, viewer: Viewer, at: datetime) -> CalendarMade:
    secret, account_id = secrets.token_urlsafe(32), viewer.account_id or 0
    CalendarAddress.objects.update_or_create(
        account_id=account_id,
        defaults={"secret_hash": _hash(secret), "made_at": at, "last_used_on": None},
    )
    return CalendarMade(account_id=account_id, secret=secret)


@action("calendar.revoke", permission=Permission.SIGNED_IN)
def revoke(*, viewer: Viewer, at: datetime) -> CalendarRevoked:
    """End the address of one's own calendar.

    Raises:
        NotAllowedError: there is none.
    """
    del at
    account_id = viewer.account_id or 0
    if not CalendarAddress.objects.filter(account_id=account_id).delete()[0]:
        raise NotAllowedError(f"account:{account_id}")
    return CalendarRevoked(account_id=account_id)


def held(*, secret: str, at: datetime) -> Account | None:
    """Whose calendar it is, asked with every request, so that a revoked one ends at once.

    None: missing, wrong, revoked, or of a disabled account. Nobody guesses 256 bits, so nobody is
    held up for having tried.
    """
    found = CalendarAddress.objects.select_related("account").filter(secret_hash=_hash(secret))
    address = found.first()
    if address is None or not address.account.is_active:
        return None
    if address.last_used_on != at.date():
        # Once a day: reading must not wait for the one who writes.
        found.update(last_used_on=at.date())
    return address.account


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
