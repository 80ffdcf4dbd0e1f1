"""Personal tokens, by which programs of one's own read and write over the API."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from headway.actions import sign_in
from headway.actions.access import NoAccountError
from headway.actions.action import NotAllowedError, action
from headway.records.models import Account, ApiToken
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_NAME = 80
MAX_DAYS = 366
MOST_TOKENS = 20
# Whoever finds one in a file or a log sees what it is.
PREFIX = "headway_"


class TokenNameError(HeadwayError):
    """A token has no name, or a long one."""

    code = "tokens.name"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"The name has {length} characters. Expected 1 to {MAX_NAME}: say which program it is "
            "for."
        )


class TokenDaysError(HeadwayError):
    """A token would work for no time, or for too long."""

    code = "tokens.days"

    def __init__(self, days: int) -> None:
        super().__init__(f"{days} days were asked for. Expected 1 to {MAX_DAYS} days.")


class TooManyTokensError(HeadwayError):
    """One account has as many tokens as it may have."""

    code = "tokens.too_many"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            f"You have {MOST_TOKENS} tokens that work. Revoke one that you no longer need."
        )


class TokenUnusableError(HeadwayError):
    """A request comes without a token, or with one that does not work; which, is not said."""

    code = "tokens.unusable"
    status = 401

    def __init__(self) -> None:
        super().__init__(
            "No token was found that works: it is missing, wrong, revoked or expired. Expected "
            "the header 'Authorization: Bearer headway_...'. Make a token under Settings, My "
            "account."
        )


@dataclass(frozen=True, kw_only=True)
class TokenMade:
    """A token: `token` is shown once and kept nowhere in the clear."""

    token_id: int
    token: str

    @property
    def subject(self) -> str:
        """Which token."""
        return f"token:{self.token_id}"


@dataclass(frozen=True, kw_only=True)
class TokenRevoked:
    """A token that works no more."""

    token_id: int

    @property
    def subject(self) -> str:
        """Which token."""
        return f"token:{self.token_id}"


@dataclass(frozen=True, kw_only=True)
class Held:
    """Whose token a request carries, and whether it may change anything."""

    token_id: int
    account: Account
    may_write: bool


def create(
    *, viewer: Viewer, at: datetime, name: str, may_write: bool, days: int, password: str
) -> TokenMade:
    """Make a token of one's own that works for so many days.

    An open browser is not enough for it: whoever has a password shows it.

    Raises:
        WrongLogInError: `password` is not the present one.
        TooManyFailuresError: ten wrong ones within a quarter of an hour.
        TokenNameError: no name, or a long one.
        TokenDaysError: fewer than one day, or more than a year.
        TooManyTokensError: twenty work already.
    """
    if _own(viewer).has_usable_password():
        sign_in.prove_by_password(account_id=viewer.account_id or 0, password=password, at=at)
    # Without the password: the record of the form's key holds a trace of what was asked.
    return _create(viewer=viewer, at=at, name=name, may_write=may_write, days=days)


@action("tokens.create", permission=Permission.SIGNED_IN)
def _create(*, viewer: Viewer, at: datetime, name: str, may_write: bool, days: int) -> TokenMade:
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME:
        raise TokenNameError(len(name))
    if not 0 < days <= MAX_DAYS:
        raise TokenDaysError(days)
    account = _own(viewer)
    working = ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=at)
    if working.count() >= MOST_TOKENS:
        raise TooManyTokensError
    token = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(
        account=account,
        name=name,
        token_hash=_token_hash(token),
        may_write=may_write,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    return TokenMade(token_id=made.pk, token=token)


@action("tokens.revoke", permission=Permission.SIGNED_IN)
def revoke(*, viewer: Viewer, at: datetime, token_id: int) -> TokenRevoked:
    """End a token of one's own; the next request with it is refused.

    Raises:
        NotAllowedError: there is none, it is somebody else's, or it was revoked before.
    """
    own = ApiToken.objects.filter(pk=token_id, account_id=viewer.account_id or 0, revoked_at=None)
    if not own.update(revoked_at=at):
        raise NotAllowedError(f"token:{token_id}")
    return TokenRevoked(token_id=token_id)


def held(*, token: str, origin: str, at: datetime) -> Held:
    """Whose token this is, asked with every request, so that a revoked one ends at once.

    A token that works is never held up by others' failures: nobody guesses 256 bits.

    Args:
        token: as sent, "" = none.
        origin: the network address it came from.
        at: now.

    Raises:
        TokenUnusableError: missing, wrong, revoked, expired, or of a disabled account.
        TooManyFailuresError: ten of those from one address within a quarter of an hour.
    """
    found = ApiToken.objects.select_related("account").filter(token_hash=_token_hash(token)).first()
    if found is None or not _works(found, at=at):
        about = f"token-origin:{origin}"
        sign_in.refuse_after_failures(about, limit=sign_in.MAX_FAILURES, at=at)
        account = found.account if found else None
        sign_in.note_failure(account=account, about=(about,), at=at, code="api_failed")
        raise TokenUnusableError
    if found.last_used_on != at.date():
        # Once a day: reading must not wait for the one who writes.
        ApiToken.objects.filter(pk=found.pk).update(last_used_on=at.date())
    return Held(token_id=found.pk, account=found.account, may_write=found.may_write)


def _works(found: ApiToken, *, at: datetime) -> bool:
    return found.revoked_at is None and found.expires_at > at and found.account.is_active


def _own(viewer: Viewer) -> Account:
    account = Account.objects.filter(pk=viewer.account_id or 0).first()
    if account is None:
        raise NoAccountError
    return account


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
