"""One's own tokens for programs: which there are, never their secrets."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.records.models import Account, ApiToken
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class TokenSeen:
    """One token that works; `last_used_on` None = never used."""

    token_id: int
    name: str
    may_write: bool
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None


def own(viewer: Viewer, *, at: datetime) -> tuple[TokenSeen, ...]:
    """The viewer's tokens that work, the newest first; nobody sees another's."""
    found = ApiToken.objects.filter(
        account_id=viewer.account_id or 0, revoked_at=None, expires_at__gt=at
    )
    return tuple(
        TokenSeen(
            token_id=each.pk,
            name=each.name,
            may_write=each.may_write,
            made_at=each.made_at,
            expires_at=each.expires_at,
            last_used_on=each.last_used_on,
        )
        for each in found.order_by("-made_at", "-id")
    )


def asks_password(viewer: Viewer) -> bool:
    """Whether the viewer shows their password to make one; who came by a link has none."""
    found = Account.objects.filter(pk=viewer.account_id or 0).first()
    return found is not None and found.has_usable_password()
