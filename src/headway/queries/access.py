"""Who has an account, what each of them can see, and which links are open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from headway.queries.sensitive import sensitive
from headway.records import scopes
from headway.records.models import Account, OneTimeLink, RecoveryCode, Session
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Role, Viewer


class NotSeenError(HeadwayError):
    """There is no such thing, or not for this viewer; which of the two is not said."""

    code = "queries.not_seen"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is nothing here that you may see. Load the page again.")


class SignedIn(Protocol):
    """What Django puts on a request, as far as a viewer is made of it."""

    pk: int
    person_id: str | None
    is_executive: bool
    is_manager: bool
    is_seller: bool
    is_operations: bool


@dataclass(frozen=True, kw_only=True)
class AccountSeen:
    """One account as Settings shows it; `version` goes back with every change."""

    account_id: int
    name: str
    email: str
    roles: frozenset[Role]
    person_id: str | None
    person: str | None
    is_active: bool
    has_factor: bool
    version: int


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What one account can see: everybody or people by name, and how many opportunities."""

    is_everybody: bool
    people: tuple[str, ...]
    opportunity_count: int
    sees_data: bool
    sees_access: bool


@dataclass(frozen=True, kw_only=True)
class LinkSeen:
    """One link nobody has used yet: who it is for, made by whom, good until when."""

    link_id: int
    purpose: str
    name: str
    email: str
    made_by: str
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class OwnAccount:
    """One's own account: sessions by start, the newest first; how many recovery codes are left."""

    name: str
    email: str
    roles: frozenset[Role]
    person: str | None
    theme: str
    has_factor: bool
    recovery_codes_left: int
    sessions: tuple[datetime, ...]


def viewer_of(account: SignedIn) -> Viewer:
    """The viewer an account makes; asks nothing, so that it costs no statement."""
    return Viewer(person_id=account.person_id, account_id=account.pk, roles=_roles(account))


def is_founded(viewer: Viewer | None) -> bool:
    """Whether there is an account at all; everybody may know."""
    del viewer
    return Account.objects.exists()


def accounts(viewer: Viewer) -> tuple[AccountSeen, ...]:
    """All accounts by name, for those who manage access; none for others."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    found = Account.objects.select_related("person").order_by("name", "id")
    return tuple(_seen(account) for account in found)


def account(viewer: Viewer, *, account_id: int) -> AccountSeen:
    """One account, for those who manage access.

    Raises:
        NotSeenError: there is none, or the viewer does not manage access.
    """
    return _seen(_account(viewer, account_id))


def account_id_of(viewer: Viewer, *, email: str) -> int:
    """The account with this mail address, for those who manage access.

    Raises:
        NotSeenError: there is none, or the viewer does not manage access.
    """
    found = Account.objects.filter(email=email.strip().lower()).values_list("pk", flat=True).first()
    if found is None or not allows(viewer, Permission.ACCESS):
        raise NotSeenError
    return found


@sensitive("access.sight", subject="account_id")
def sight(viewer: Viewer, *, account_id: int) -> Sight:
    """What the holder of an account can see, said so that a leader can judge it.

    Raises:
        NotSeenError: there is none, or the viewer does not manage access.
    """
    theirs = viewer_of(_account(viewer, account_id))
    is_everybody = scopes.sees_everybody(theirs)
    people = () if is_everybody else _names(theirs)
    return Sight(
        is_everybody=is_everybody,
        people=people,
        opportunity_count=scopes.visible_opportunities(theirs).count(),
        sees_data=allows(theirs, Permission.DATA),
        sees_access=allows(theirs, Permission.ACCESS),
    )


def open_links(viewer: Viewer, *, at: datetime) -> tuple[LinkSeen, ...]:
    """Links that still work, the first to expire first, for those who manage access."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    found = OneTimeLink.objects.filter(used_at=None, expires_at__gt=at)
    found = found.select_related("account", "made_by").order_by("expires_at", "id")
    return tuple(_link(link) for link in found)


def own(viewer: Viewer, *, at: datetime) -> OwnAccount:
    """The viewer's own account.

    Raises:
        NotSeenError: the viewer is nobody with an account.
    """
    found = Account.objects.select_related("person").filter(pk=viewer.account_id or 0).first()
    if found is None:
        raise NotSeenError
    sessions = Session.objects.filter(account=found, expire_date__gt=at)
    left = RecoveryCode.objects.filter(account=found, used_at=None).count()
    return OwnAccount(
        name=found.name,
        email=found.email,
        roles=_roles(found),
        person=found.person.name if found.person else None,
        theme=found.theme,
        has_factor=bool(found.factor_sealed),
        recovery_codes_left=left,
        sessions=tuple(sessions.order_by("-started_at").values_list("started_at", flat=True)),
    )


def _account(viewer: Viewer, account_id: int) -> Account:
    found = Account.objects.select_related("person").filter(pk=account_id).first()
    if found is None or not allows(viewer, Permission.ACCESS):
        raise NotSeenError
    return found


def _names(theirs: Viewer) -> tuple[str, ...]:
    people = scopes.visible_people(theirs).order_by("name", "id")
    return tuple(people.values_list("name", flat=True))


def _seen(found: Account) -> AccountSeen:
    return AccountSeen(
        account_id=found.pk,
        name=found.name,
        email=found.email,
        roles=_roles(found),
        person_id=found.person_id,
        person=found.person.name if found.person else None,
        is_active=found.is_active,
        has_factor=bool(found.factor_sealed),
        version=found.version,
    )


def _link(link: OneTimeLink) -> LinkSeen:
    account = link.account
    return LinkSeen(
        link_id=link.pk,
        purpose=link.purpose,
        name=account.name if account else link.name,
        email=account.email if account else link.email,
        made_by=link.made_by.name if link.made_by else "",
        expires_at=link.expires_at,
    )


def _roles(account: SignedIn) -> frozenset[Role]:
    held = {
        Role.EXECUTIVE: account.is_executive,
        Role.MANAGER: account.is_manager,
        Role.SELLER: account.is_seller,
        Role.OPERATIONS: account.is_operations,
    }
    return frozenset(role for role, is_held in held.items() if is_held)
