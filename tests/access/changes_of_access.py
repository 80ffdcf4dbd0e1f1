"""Who may change what of access and data, and why."""

from tests.access.change import Change
from tests.access.table import EVERYBODY, RUNNING

from headway.records.models import Account, ApiToken, Load, OneTimeLink, RecoveryCode, Session

SELLER = frozenset({"seller"})


def _account(ids: dict[str, str]) -> object:
    kept = Account.objects.values_list("is_active", "is_manager")
    return kept.get(pk=ids["account_id"])


def managing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="disable an account",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: _account(ids),
            page=("settings-disable", {"seen_version": 1}),
        ),
        Change(
            what="let an account in again",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: Account.objects.get(name="Stan").is_active,
            first=lambda: Account.objects.filter(name="Stan").update(is_active=False),
            page=("settings-enable", {"seen_version": 1}),
            ids={"account_id": "stan"},
        ),
        Change(
            what="give an account roles",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: _account(ids),
            page=(
                "settings-roles",
                {"roles": ["seller", "manager"], "person_id": "sam", "seen_version": 1},
            ),
        ),
        Change(
            what="sign somebody out everywhere",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: Session.objects.filter(account_id=ids["account_id"]).count(),
            page=("settings-sign-out-them", {}),
        ),
        Change(
            what="remove somebody's second factor",
            who=RUNNING,
            why="those who manage access",
            watch=RecoveryCode.objects.count,
            page=("settings-remove-their-factor", {}),
        ),
    )


def admitting(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="make a link for somebody's new password",
            who=RUNNING,
            why="those who manage access",
            watch=OneTimeLink.objects.count,
            page=("settings-reset-link", {}),
        ),
        Change(
            what="invite somebody",
            who=RUNNING,
            why="those who manage access",
            watch=OneTimeLink.objects.count,
            page=(
                "settings-invite",
                {"name": "N", "email": "n@example.com", "roles": ["operations"]},
            ),
        ),
        Change(
            what="withdraw an open link",
            who=RUNNING,
            why="those who manage access",
            watch=lambda: OneTimeLink.objects.get(pk=ids["link_id"]).used_at,
            page=("settings-withdraw-link", {}),
        ),
    )


def owning(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="make a token of one's own",
            who=EVERYBODY,
            why="each their own",
            watch=ApiToken.objects.count,
            page=("settings-token", {"name": "N", "may_write": "no", "days": 9}),
        ),
        Change(
            what="revoke a token",
            who=SELLER,
            why="its owner",
            watch=lambda: ApiToken.objects.get(pk=ids["token_id"]).revoked_at,
            page=("settings-revoke-token", {}),
        ),
        Change(
            what="set files aside",
            who=RUNNING,
            why="those who see data",
            watch=lambda: Load.objects.get().state,
            page=("data-discard", {}),
        ),
    )
