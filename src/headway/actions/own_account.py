"""What people do to their own account: password, second factor, the look of the pages."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password

from headway.actions import seal, sign_in, totp
from headway.actions.access import AccountChanged, NoAccountError, password_hash
from headway.actions.action import action
from headway.records.models import Account, RecoveryCode, Session
from headway.terms.access import Permission
from headway.terms.viewer import Viewer

RECOVERY_CODE_COUNT = 10


@dataclass(frozen=True, kw_only=True)
class FactorAdded:
    """The second factor is on; `recovery_codes` are shown once."""

    account_id: int
    recovery_codes: tuple[str, ...]

    @property
    def subject(self) -> str:
        """Which account."""
        return f"account:{self.account_id}"


@action("own_account.change_password", permission=Permission.SIGNED_IN)
def change_password(*, viewer: Viewer, at: datetime, current: str, password: str) -> AccountChanged:
    """Set a new password; all other browsers are signed out, and so is this one until it logs in.

    Raises:
        WrongLogInError: `current` is not the present password.
        WeakPasswordError: the new one is too easily guessed.
    """
    del at
    account = _own(viewer)
    if not check_password(current, account.password):
        raise sign_in.WrongLogInError
    account.password = password_hash(password, account=account)
    account.save(update_fields=["password"])
    Session.objects.filter(account=account).delete()
    return AccountChanged(account_id=account.pk)


@action("own_account.add_second_factor", permission=Permission.SIGNED_IN)
def add_second_factor(*, viewer: Viewer, at: datetime, secret: str, code: str) -> FactorAdded:
    """Ask for a code at each log-in from now on, once `code` has shown that the app has the secret.

    Raises:
        WrongCodeError: the app shows another code than `code`.
    """
    account = _own(viewer)
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


@action("own_account.remove_second_factor", permission=Permission.SIGNED_IN)
def remove_second_factor(*, viewer: Viewer, at: datetime, code: str) -> AccountChanged:
    """Log in with the password alone again.

    Raises:
        WrongCodeError: neither the app's code nor a recovery code.
    """
    account = _own(viewer)
    if not sign_in.uses_up(account=account, code=code, at=at):
        raise sign_in.WrongCodeError
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


def _own(viewer: Viewer) -> Account:
    account = Account.objects.select_for_update().filter(pk=viewer.account_id or 0).first()
    if account is None:
        raise NoAccountError
    return account


def _recovery_code() -> str:
    text = secrets.token_hex(8)
    return "-".join(text[at : at + 4] for at in range(0, 16, 4))
