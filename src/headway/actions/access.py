"""How people get in: the first leader founds the organisation, others by a link that works once."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from headway.actions import audit
from headway.actions import roles as given
from headway.actions.action import NotAllowedError, action
from headway.records.models import Account, ApiToken, OneTimeLink, Organisation, Session
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=24)
LOG_IN_LINK_LASTS = timedelta(hours=1)


class AlreadyFoundedError(HeadwayError):
    """The organisation has its first leader already."""

    code = "access.already_founded"
    status = 409

    def __init__(self) -> None:
        super().__init__("This installation has its first leader already. Log in instead.")


class LinkUnusableError(HeadwayError):
    """A link is unknown, used, or too old; which of them is not said."""

    code = "access.link_unusable"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            "This link does not work any more: each works once and for a limited time. Ask the "
            "person who sent it for a new one."
        )


class WeakPasswordError(HeadwayError):
    """A password is too easily guessed."""

    code = "access.weak_password"


class TakenError(HeadwayError):
    """Mail address or person belongs to another account."""

    code = "access.taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "There is an account with this mail address, or for this person, already. Change that "
            "one on Settings, Access, or choose another."
        )


@dataclass(frozen=True, kw_only=True)
class AccountChanged:
    """An account was made or changed."""

    account_id: int

    @property
    def subject(self) -> str:
        """Which account."""
        return f"account:{self.account_id}"


@dataclass(frozen=True, kw_only=True)
class LinkMade:
    """A link: `token` is shown once and kept nowhere in the clear."""

    link_id: int
    token: str

    @property
    def subject(self) -> str:
        """Which link."""
        return f"link:{self.link_id}"


@action("access.found_organisation", permission=Permission.ANYONE)
def found_organisation(
    *, viewer: Viewer | None, at: datetime, organisation: str, name: str, email: str, password: str
) -> AccountChanged:
    """Make the first account, an executive's, while there is none.

    Raises:
        AlreadyFoundedError: there is an account already.
        WeakPasswordError: the password is too easily guessed.
    """
    del viewer
    # Two first leaders at once queue here; the second finds the first.
    audit.locked_head()
    if Account.objects.exists():
        raise AlreadyFoundedError
    Organisation.objects.update_or_create(id=1, defaults={"name": organisation.strip()})
    account = Account(
        email=_plain_email(email), name=name.strip(), is_executive=True, created_at=at
    )
    account.password = password_hash(password, account=account)
    account.save()
    return AccountChanged(account_id=account.pk)


@action("access.found_sample", permission=Permission.ACCESS)
def found_sample(*, viewer: Viewer, at: datetime, name: str, email: str) -> AccountChanged:
    """The leader of the sample, made on first use; there is no password, only log-in links.

    Raises:
        NotAllowedError: a person asked, not the command line on its own data folder.
    """
    if not viewer.is_system:
        raise NotAllowedError("sample")
    account, _ = Account.objects.get_or_create(
        email=_plain_email(email),
        defaults={
            "name": name,
            "is_executive": True,
            "created_at": at,
            "password": make_password(None),
        },
    )
    return AccountChanged(account_id=account.pk)


@action("access.invite", permission=Permission.ACCESS)
def invite(
    *,
    viewer: Viewer,
    at: datetime,
    email: str,
    name: str,
    roles: frozenset[Role],
    person_id: str | None,
) -> LinkMade:
    """Make a link by which one person makes their account, good for a week.

    Raises:
        RolesMissingError: no role, or a manager or seller without a person.
        TakenError: the mail address or the person has an account.
        UnknownPersonError: the data has no such person.
        NotAllowedError: only executives make executives.
    """
    given.refuse_unfit(viewer, roles=roles, person_id=person_id)
    email = _plain_email(email)
    taken = Account.objects.filter(email=email).exists()
    if taken or (person_id and Account.objects.filter(person_id=person_id).exists()):
        raise TakenError
    link = OneTimeLink(
        purpose="invite", email=email, name=name.strip(), roles=sorted(roles), person_id=person_id
    )
    return _made(link, viewer=viewer, at=at, lasts=INVITATION_LASTS)


@action("access.accept_invitation", permission=Permission.ANYONE)
def accept_invitation(
    *, viewer: Viewer | None, at: datetime, token: str, password: str
) -> AccountChanged:
    """Make the account an invitation is for.

    Raises:
        LinkUnusableError: the link is unknown, used or expired.
        WeakPasswordError: the password is too easily guessed; the link stays good.
        TakenError: meanwhile the mail address or the person got an account.
    """
    del viewer
    link = _used_up(token, purpose="invite", at=at)
    account = Account(email=link.email, name=link.name, person_id=link.person_id, created_at=at)
    given.give(account, roles=frozenset(Role(role) for role in link.roles))
    account.password = password_hash(password, account=account)
    try:
        with transaction.atomic():
            account.save()
    except IntegrityError as problem:
        raise TakenError from problem
    return AccountChanged(account_id=account.pk)


@action("access.withdraw_link", permission=Permission.ACCESS)
def withdraw_link(*, viewer: Viewer, at: datetime, link_id: int) -> AccountChanged:
    """End a link before anybody used it.

    Raises:
        LinkUnusableError: it was used or is no link.
    """
    open_links = OneTimeLink.objects.filter(pk=link_id, used_at=None)
    if _is_for_executives(open_links.first()) and not given.may_make_executives(viewer):
        raise NotAllowedError(f"link:{link_id}")
    if not open_links.update(used_at=at):
        raise LinkUnusableError
    return AccountChanged(account_id=viewer.account_id or 0)


@action("access.make_reset_link", permission=Permission.ACCESS)
def make_reset_link(*, viewer: Viewer, at: datetime, account_id: int) -> LinkMade:
    """Make a link by which somebody sets a new password, good for a day; earlier ones end."""
    account = manageable(viewer, account_id)
    OneTimeLink.objects.filter(account=account, purpose="reset", used_at=None).update(used_at=at)
    link = OneTimeLink(purpose="reset", account=account)
    return _made(link, viewer=viewer, at=at, lasts=RESET_LASTS)


@action("access.reset_password", permission=Permission.ANYONE)
def reset_password(
    *, viewer: Viewer | None, at: datetime, token: str, password: str
) -> AccountChanged:
    """Set a new password by link; every browser and token of the account is signed out.

    Raises:
        LinkUnusableError: the link is unknown, used or expired, or the account disabled.
        WeakPasswordError: the password is too easily guessed; the link stays good.
    """
    del viewer
    account = _used_up(token, purpose="reset", at=at).account
    if account is None or not account.is_active:
        raise LinkUnusableError
    account.password = password_hash(password, account=account)
    account.save(update_fields=["password"])
    Session.objects.filter(account=account).delete()
    # Whoever had learnt the password may have made one.
    revoke_tokens(account.pk, at=at)
    return AccountChanged(account_id=account.pk)


@action("access.make_log_in_link", permission=Permission.ACCESS)
def make_log_in_link(*, viewer: Viewer, at: datetime, email: str) -> LinkMade:
    """Make a link that signs somebody in, good for an hour; only the system on its own data may.

    Raises:
        NotAllowedError: a person asked.
        LinkUnusableError: there is no such account.
    """
    if not viewer.is_system:
        raise NotAllowedError("log_in_link")
    account = Account.objects.filter(email=_plain_email(email), is_active=True).first()
    if account is None:
        raise LinkUnusableError
    link = OneTimeLink(purpose="log_in", account=account)
    return _made(link, viewer=viewer, at=at, lasts=LOG_IN_LINK_LASTS)


@action("access.log_in_by_link", permission=Permission.ANYONE)
def log_in_by_link(*, viewer: Viewer | None, at: datetime, token: str) -> AccountChanged:
    """The account a log-in link lets in.

    Raises:
        LinkUnusableError: the link is unknown, used or expired, or the account disabled.
    """
    del viewer
    account = _used_up(token, purpose="log_in", at=at).account
    if account is None or not account.is_active:
        raise LinkUnusableError
    return AccountChanged(account_id=account.pk)


def password_hash(password: str, *, account: Account) -> str:
    """The hash to keep of a new password.

    Raises:
        WeakPasswordError: it is too easily guessed, with the reasons.
    """
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise WeakPasswordError(" ".join(problem.messages)) from problem
    return make_password(password)


def revoke_tokens(account_id: int, *, at: datetime) -> None:
    """Let no token of the account work any more."""
    ApiToken.objects.filter(account_id=account_id, revoked_at=None).update(revoked_at=at)


def manageable(viewer: Viewer, account_id: int) -> Account:
    """The account, held until the transaction ends, if `viewer` may manage it.

    Raises:
        NoAccountError: there is no such account.
        NotAllowedError: only executives manage executives.
    """
    account = Account.objects.select_for_update().filter(pk=account_id).first()
    if account is None:
        raise NoAccountError
    if account.is_executive and not given.may_make_executives(viewer):
        raise NotAllowedError(f"account:{account_id}")
    return account


class NoAccountError(HeadwayError):
    """There is no such account."""

    code = "access.no_account"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such account. Load the page again.")


def _made(link: OneTimeLink, *, viewer: Viewer, at: datetime, lasts: timedelta) -> LinkMade:
    token = secrets.token_urlsafe(32)
    link.token_hash = _token_hash(token)
    link.made_by_id = viewer.account_id
    link.made_at = at
    link.expires_at = at + lasts
    link.save()
    return LinkMade(link_id=link.pk, token=token)


def _used_up(token: str, *, purpose: str, at: datetime) -> OneTimeLink:
    links = OneTimeLink.objects.filter(token_hash=_token_hash(token), purpose=purpose)
    # One statement, so that of two who use it at once only one gets in.
    if not links.filter(used_at=None, expires_at__gt=at).update(used_at=at):
        raise LinkUnusableError
    return links.select_related("account").get()


def _is_for_executives(link: OneTimeLink | None) -> bool:
    if link is None:
        return False
    account = link.account
    return Role.EXECUTIVE in link.roles or (account is not None and account.is_executive)


def _token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _plain_email(email: str) -> str:
    return email.strip().lower()
