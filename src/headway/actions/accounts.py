"""What leaders and operations do to accounts: roles, disabling, signing out."""

from datetime import datetime

from django.db import IntegrityError, transaction

from headway.actions import audit
from headway.actions import roles as given
from headway.actions.access import AccountChanged, TakenError, manageable, revoke_tokens
from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.records.models import Account, OneTimeLink, RecoveryCode, Session
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer


class LastExecutiveError(HeadwayError):
    """Nobody could lead the installation any more."""

    code = "accounts.last_executive"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This is the last executive who can log in. Make somebody else an executive first."
        )


@action("accounts.change_roles", permission=Permission.ACCESS)
def change_roles(
    *,
    viewer: Viewer,
    at: datetime,
    account_id: int,
    seen_version: int,
    roles: frozenset[Role],
    person_id: str | None,
) -> AccountChanged:
    """Give an account other roles or another person; it holds from their next request on.

    Raises:
        StaleVersionError: somebody changed the account since `seen_version`.
        NotAllowedError: only executives manage executives; nobody adds own roles, and only
            executives tie themselves to another person.
        LastExecutiveError: nobody could lead any more.
    """
    account = _fresh(viewer, account_id, seen_version)
    given.refuse_unfit(viewer, roles=roles, person_id=person_id)
    is_moved = person_id != account.person_id and Role.EXECUTIVE not in viewer.roles
    if account_id == viewer.account_id and (is_moved or not viewer.roles >= roles):
        raise NotAllowedError(f"account:{account_id}")
    given.give(account, roles=roles)
    _end_links_made(account, at=at)
    account.person_id = person_id
    return _saved(account)


@action("accounts.disable", permission=Permission.ACCESS)
def disable(*, viewer: Viewer, at: datetime, account_id: int, seen_version: int) -> AccountChanged:
    """End an account: its browsers and tokens are out with the next request, its links are dead."""
    account = _fresh(viewer, account_id, seen_version)
    account.is_active = False
    _ended(account, at=at)
    _end_links_made(account, at=at)
    return _saved(account)


@action("accounts.enable", permission=Permission.ACCESS)
def enable(*, viewer: Viewer, at: datetime, account_id: int, seen_version: int) -> AccountChanged:
    """Let a disabled account log in again, with its former password."""
    del at
    account = _fresh(viewer, account_id, seen_version)
    account.is_active = True
    return _saved(account)


@action("accounts.sign_out_everywhere", permission=Permission.SIGNED_IN)
def sign_out_everywhere(*, viewer: Viewer, at: datetime, account_id: int) -> AccountChanged:
    """End every session and token of an account: one's own, or, for those who manage, another's."""
    if account_id != viewer.account_id:
        _refuse_without(viewer, Permission.ACCESS, account_id)
        manageable(viewer, account_id)
    Session.objects.filter(account_id=account_id).delete()
    revoke_tokens(account_id, at=at)
    return AccountChanged(account_id=account_id)


@action("accounts.remove_second_factor", permission=Permission.ACCESS)
def remove_second_factor(*, viewer: Viewer, at: datetime, account_id: int) -> AccountChanged:
    """For somebody who lost phone and recovery codes: the password alone lets them in again."""
    del at
    account = manageable(viewer, account_id)
    account.factor_sealed = ""
    account.save(update_fields=["factor_sealed"])
    RecoveryCode.objects.filter(account=account).delete()
    Session.objects.filter(account=account).delete()
    return AccountChanged(account_id=account_id)


def _refuse_without(viewer: Viewer, permission: Permission, account_id: int) -> None:
    if not allows(viewer, permission):
        raise NotAllowedError(f"account:{account_id}")


def _fresh(viewer: Viewer, account_id: int, seen_version: int) -> Account:
    account = manageable(viewer, account_id)
    if account.version != seen_version:
        raise StaleVersionError(name=account.name, seen=seen_version, found=account.version)
    return account


def _saved(account: Account) -> AccountChanged:
    # Two executives who disable each other at once queue here.
    audit.locked_head()
    others = Account.objects.filter(is_executive=True, is_active=True).exclude(pk=account.pk)
    if not (account.is_executive and account.is_active) and not others.exists():
        raise LastExecutiveError
    account.version += 1
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as problem:
        raise TakenError from problem
    return AccountChanged(account_id=account.pk)


def _ended(account: Account, *, at: datetime) -> None:
    Session.objects.filter(account=account).delete()
    revoke_tokens(account.pk, at=at)
    OneTimeLink.objects.filter(account=account, used_at=None).update(used_at=at)


def _end_links_made(account: Account, *, at: datetime) -> None:
    # What somebody may no longer give, their open links do not give either.
    made = OneTimeLink.objects.filter(made_by=account, used_at=None)
    is_out = not account.is_active or not (account.is_executive or account.is_operations)
    if is_out:
        made.update(used_at=at)
    elif not account.is_executive:
        leading = [link.pk for link in made if Role.EXECUTIVE in link.roles]
        OneTimeLink.objects.filter(pk__in=leading).update(used_at=at)
