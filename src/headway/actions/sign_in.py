"""Logging in: the password, then the second factor; ten failures close the door."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.http import HttpRequest

from headway.actions import audit, seal, totp
from headway.records.models import Account, LogInFailure, RecoveryCode
from headway.terms.errors import HeadwayError

MAX_FAILURES = 10
# One network address may stand for a whole office.
MAX_FAILURES_OF_ORIGIN = 50
WINDOW = timedelta(minutes=15)


class WrongLogInError(HeadwayError):
    """Mail address and password do not belong together; which of the two is not said."""

    code = "sign_in.wrong"

    def __init__(self) -> None:
        super().__init__(
            "This mail address and password do not belong together. Type them again, or ask an "
            "executive or operations for a link to set a new password."
        )


class WrongCodeError(HeadwayError):
    """A code of the second factor is wrong, old, or was used before."""

    code = "sign_in.wrong_code"

    def __init__(self) -> None:
        super().__init__(
            "This code is not valid now. Type the six digits your app shows, or a recovery code "
            "that you have not used yet."
        )


class TooManyFailuresError(HeadwayError):
    """Too many failures in a short time."""

    code = "sign_in.too_many"
    status = 429

    def __init__(self) -> None:
        minutes = int(WINDOW.total_seconds() // 60)
        super().__init__(
            f"There were too many failed tries. Wait {minutes} minutes, then try again."
        )


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The password was right; `needs_factor` = a code is asked for before anything is shown.

    `stamp` changes with the password: who has waited for the code meanwhile starts anew.
    """

    account_id: int
    needs_factor: bool
    stamp: str


class AccountBackend:
    """What Django asks for: the account of a session. Passwords are checked by `enter`."""

    def authenticate(
        self, request: HttpRequest | None, *, checked_account_id: int | None = None
    ) -> Account | None:
        """The account that `enter` and `confirm` have let in; named by Django."""
        del request
        return None if checked_account_id is None else self.get_user(checked_account_id)

    def get_user(self, user_id: int) -> Account | None:
        """The account while it may be used, so that disabling it ends with the next request."""
        return Account.objects.filter(pk=user_id, is_active=True).first()


def origin_of(request: HttpRequest) -> str:
    """The network address a request came from."""
    # Only the entry that our own proxy wrote, the last, can be believed.
    if settings.HEADWAY_BEHIND_PROXY:
        return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


def enter(*, email: str, password: str, origin: str, at: datetime) -> Entered:
    """Check mail address and password.

    Args:
        email: as typed.
        password: as typed.
        origin: the network address the try came from.
        at: now.

    Raises:
        WrongLogInError: they do not belong together, or the account is disabled.
        TooManyFailuresError: ten failures for this mail address within a quarter of an hour.
    """
    email = email.strip().lower()
    _refuse_when_too_many(email=email, origin=origin, at=at)
    account = Account.objects.filter(email=email, is_active=True).first()
    # The same work for an unknown address, so that time does not tell who has an account.
    kept = account.password if account else _password_of_nobody()
    if check_password(password, kept) and account is not None:
        _forget(f"email:{email}")
        if not account.factor_sealed:
            _note(code="log_in", account=account, at=at)
        return Entered(
            account_id=account.pk,
            needs_factor=bool(account.factor_sealed),
            stamp=account.get_session_auth_hash(),
        )
    note_failure(account=account, about=(f"email:{email}", f"origin:{origin}"), at=at)
    raise WrongLogInError


def confirm(*, entered: Entered, code: str, at: datetime) -> None:
    """Check a code of the second factor, or a recovery code, after the password.

    Raises:
        WrongCodeError: it is not valid now, or the password was changed since.
        TooManyFailuresError: ten wrong codes within a quarter of an hour.
    """
    account = _proven_by_code(account_id=entered.account_id, stamp=entered.stamp, code=code, at=at)
    _note(code="log_in", account=account, at=at)


def prove_by_code(*, account_id: int, code: str, at: datetime) -> None:
    """Whoever sits at a signed-in browser shows that the second factor is theirs.

    Raises:
        WrongCodeError, TooManyFailuresError: as for `confirm`.
    """
    _proven_by_code(account_id=account_id, stamp=None, code=code, at=at)


def prove_by_password(*, account_id: int, password: str, at: datetime) -> None:
    """Whoever sits at a signed-in browser shows that the account is theirs.

    Raises:
        WrongLogInError: it is not the present password.
        TooManyFailuresError: ten failures for this account within a quarter of an hour.
    """
    about = f"password:{account_id}"
    refuse_after_failures(about, limit=MAX_FAILURES, at=at)
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None or not check_password(password, account.password):
        note_failure(account=account, about=(about,), at=at)
        raise WrongLogInError
    _forget(about)


def _proven_by_code(*, account_id: int, stamp: str | None, code: str, at: datetime) -> Account:
    about = f"factor:{account_id}"
    refuse_after_failures(about, limit=MAX_FAILURES, at=at)
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    is_fresh = account is not None and stamp in (None, account.get_session_auth_hash())
    if account is None or not is_fresh or not uses_up(account=account, code=code, at=at):
        note_failure(account=account, about=(about,), at=at)
        raise WrongCodeError
    _forget(about)
    return account


def uses_up(*, account: Account, code: str, at: datetime) -> bool:
    """Whether `code` is good for `account`; afterwards it is not any more."""
    secret = seal.opened(account.factor_sealed) if account.factor_sealed else ""
    after, seconds = account.factor_last_step, at.timestamp()
    step = totp.matching_step(secret, code=code, seconds=seconds, after=after) if secret else None
    if step is not None:
        fresh = Account.objects.filter(pk=account.pk, factor_last_step__lt=step)
        return fresh.update(factor_last_step=step) == 1
    unused = RecoveryCode.objects.filter(account=account, used_at=None, code_hash=hashed(code))
    return unused.update(used_at=at) == 1


def hashed(secret: str) -> str:
    """The hash under which a random secret is kept; blanks, dashes and case do not count."""
    plain = "".join(secret.split()).replace("-", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()


def _refuse_when_too_many(*, email: str, origin: str, at: datetime) -> None:
    refuse_after_failures(f"email:{email}", limit=MAX_FAILURES, at=at)
    refuse_after_failures(f"origin:{origin}", limit=MAX_FAILURES_OF_ORIGIN, at=at)


def refuse_after_failures(about: str, *, limit: int, at: datetime) -> None:
    """Raise `TooManyFailuresError` where `about` failed so often within a quarter of an hour."""
    recent = LogInFailure.objects.filter(about_hash=_about_hash(about), at__gt=at - WINDOW)
    if recent.count() >= limit:
        raise TooManyFailuresError


@transaction.atomic
def note_failure(
    *, account: Account | None, about: tuple[str, ...], at: datetime, code: str = "log_in_failed"
) -> None:
    """Count a failed try against each of `about`, and write it to the audit."""
    LogInFailure.objects.filter(at__lt=at - 2 * WINDOW).delete()
    LogInFailure.objects.bulk_create(
        LogInFailure(about_hash=_about_hash(text), at=at) for text in about
    )
    _append(code=code, account=account, at=at)


@transaction.atomic
def _note(*, code: str, account: Account, at: datetime) -> None:
    _append(code=code, account=account, at=at)


def _append(*, code: str, account: Account | None, at: datetime) -> None:
    account_id = account.pk if account else None
    subject = f"account:{account_id}" if account else "account:unknown"
    audit.append(at=at, account_id=account_id, code=code, subject=subject)


def _forget(about: str) -> None:
    LogInFailure.objects.filter(about_hash=_about_hash(about)).delete()


def _about_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_NOBODY: list[str] = []


def _password_of_nobody() -> str:
    if not _NOBODY:
        _NOBODY.append(make_password("nobody has this password"))
    return _NOBODY[0]
