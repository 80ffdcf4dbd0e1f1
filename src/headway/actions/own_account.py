"""What people do to their own account: password, second factor, the look of the pages."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from headway.actions import seal, sign_in, totp
from headway.actions.access import AccountChanged, NoAccountError, password_hash
from headway.actions.action import action, keyed
from headway.records.models import Account, RecoveryCode, Session
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

RECOVERY_CODE_COUNT = 10


class FactorThereError(HeadwayError):
    """A second factor is on already; an open browser must not be enough to put another there."""

    code = "own_account.factor_there"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "A second factor is on already. Remove it first, with a code of its app or a recovery "
            "code; then add the new one."
        )


@dataclass(frozen=True, kw_only=True)
class FactorAdded:
    """The second factor is on; `recovery_codes` are shown once."""

    account_id: int
    recovery_codes: tuple[str, ...]

    @property
    def subject(self) -> str:
        """Which account."""
        return f"account:{self.account_id}"


def change_password(*, viewer: Viewer, at: datetime, current: str, password: str) -> AccountChanged:
    """Set a new password; all other browsers are signed out, and so is this one until it logs in.

    Raises:
        WrongLogInError: `current` is not the present password.
        TooManyFailuresError: ten wrong ones within a quarter of an hour.
        WeakPasswordError: the new one is too easily guessed.
    """
    # Before the change and not within it: a failed try is kept although nothing changes.
    sign_in.prove_by_password(account_id=viewer.account_id or 0, password=current, at=at)
    # Without the form's key, whose record would hold a trace of the password: a second click finds
    # the former one gone.
    with keyed(""):
        return _set_password(viewer=viewer, at=at, password=password)


@action("own_account.change_password", permission=Permission.SIGNED_IN)
def _set_password(*, viewer: Viewer, at: datetime, password: str) -> AccountChanged:
    del at
    account = _own(viewer)
    account.password = password_hash(password, account=account)
    account.save(update_fields=["password"])
    Session.objects.filter(account=account).delete()
    return AccountChanged(account_id=account.pk)


@action("own_account.add_second_factor", permission=Permission.SIGNED_IN)
def add_second_factor(*, viewer: Viewer, at: datetime, secret: str, code: str) -> FactorAdded:
    """Ask for a code at each log-in from now on, once `code` has shown that the app has the secret.

    Raises:
        WrongCodeError: the app shows another code than `code`.
        FactorThereError: there is one; it is removed first.
    """
    account = _own(viewer)
    if account.factor_sealed:
        raise FactorThereError
    step = totp.matching_step(secret, code=code, seconds=at.timestamp(), after=0)
    if step is None:
        raise sign_in.WrongCodeError
    account.factor_sealed = seal.sealed(secret)
    account.factor_last_step = step
    account.save(update_fields=["factor_sealed", "factor_last_step"])
    RecoveryCode.objects.filter(account=account).delete()
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODE_COUNT))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, code_hash=sign_in.hashed(text)) for text in codes
    )
    return FactorAdded(account_id=account.pk, recovery_codes=codes)


def remove_second_factor(*, viewer: Viewer, at: datetime, code: str) -> AccountChanged:
    """Log in with the password alone again.

    Raises:
        WrongCodeError: neither the app's code nor a recovery code.
        TooManyFailuresError: ten wrong ones within a quarter of an hour.
    """
    sign_in.prove_by_code(account_id=viewer.account_id or 0, code=code, at=at)
    return _unset_factor(viewer=viewer, at=at)


@action("own_account.remove_second_factor", permission=Permission.SIGNED_IN)
def _unset_factor(*, viewer: Viewer, at: datetime) -> AccountChanged:
    del at
    account = _own(viewer)
    account.factor_sealed = ""
    account.save(update_fields=["factor_sealed"])
    RecoveryCode.objects.filter(account=account).delete()
    return AccountChanged(account_id=account.pk)


@action("own_account.choose_theme", permission=Permission.SIGNED_IN)
def choose_theme(*, viewer: Viewer, at: datetime, theme: str) -> AccountChanged:
    """Light, dark, or as the machine has it ("")."""
    del at
    account = _own(viewer)
    account.theme = theme if theme in ("light", "dark") else ""
    account.save(update_fields=["theme"])
    return AccountChanged(account_id=account.pk)


@action("own_account.choose_keys", permission=Permission.SIGNED_IN)
def choose_keys(*, viewer: Viewer, at: datetime, is_on: bool) -> AccountChanged:
    """Whether single keys do something on the pages; those with Ctrl stay."""
    del at
    account = _own(viewer)
    account.has_single_keys = is_on
    account.save(update_fields=["has_single_keys"])
    return AccountChanged(account_id=account.pk)


def _own(viewer: Viewer) -> Account:
    account = Account.objects.select_for_update().filter(pk=viewer.account_id or 0).first()
    if account is None:
        raise NoAccountError
    return account


def _recovery_code() -> str:
    text = secrets.token_hex(8)
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))
