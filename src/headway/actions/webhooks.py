"""Addresses of other systems that are told of a few things: registered, tested, removed."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from headway.actions import outbox, seal
from headway.actions.action import NotAllowedError, action
from headway.records.models import Outgoing, Webhook
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_NAME = 80
MAX_ADDRESS = 1000
MOST_WEBHOOKS = 10
FORMS = ("text", "event")
# Whoever finds one in a file or a log sees what it is.
PREFIX = "headway_hook_"
_HOST = re.compile(r"[A-Za-z0-9.\-:]{1,253}")


class WebhookError(HeadwayError):
    """A webhook has no name, or a form that there is not."""

    code = "webhooks.part"


class WebhookAddressError(HeadwayError):
    """An address is none that can be posted to."""

    code = "webhooks.address"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"The address {found}. Expected one such as https://chat.example.com/hooks/..., of at "
            f"most {MAX_ADDRESS} characters, without a user, a password or a part after '#'."
        )


class TooManyWebhooksError(HeadwayError):
    """There are as many webhooks as there may be."""

    code = "webhooks.too_many"
    status = 409

    def __init__(self) -> None:
        super().__init__(f"There are {MOST_WEBHOOKS} webhooks. Remove one that is not needed.")


@dataclass(frozen=True, kw_only=True)
class WebhookMade:
    """A webhook: `secret`, which posts are signed with, is shown once."""

    webhook_id: int
    secret: str

    @property
    def subject(self) -> str:
        """Which webhook."""
        return f"webhook:{self.webhook_id}"


@dataclass(frozen=True, kw_only=True)
class WebhookChanged:
    """A webhook was tested or removed."""

    webhook_id: int

    @property
    def subject(self) -> str:
        """Which webhook."""
        return f"webhook:{self.webhook_id}"


@action("webhooks.register", permission=Permission.ACCESS)
def register(*, viewer: Viewer, at: datetime, name: str, address: str, form: str) -> WebhookMade:
    """Tell an address from now on: `form` text = counts for a channel, event = codes and ids.

    Raises:
        WebhookError: no name, or a form that there is not.
        WebhookAddressError: it does not begin with https, or carries what no address should.
        TooManyWebhooksError: ten are registered.
    """
    name, address = name.strip(), address.strip()
    if not 0 < len(name) <= MAX_NAME or form not in FORMS:
        raise WebhookError(
            f"The name has {len(name)} characters and the form is {form[:20]!r}. Expected 1 to "
            f"{MAX_NAME} characters, and one of {', '.join(FORMS)}."
        )
    host = parts_of(address).hostname or ""
    if Webhook.objects.count() >= MOST_WEBHOOKS:
        raise TooManyWebhooksError
    secret = PREFIX + secrets.token_urlsafe(32)
    made = Webhook.objects.create(
        name=name,
        form=form,
        host=host,
        address_sealed=seal.sealed(address),
        secret_sealed=seal.sealed(secret),
        made_by_id=viewer.account_id,
        made_at=at,
    )
    return WebhookMade(webhook_id=made.pk, secret=secret)


@action("webhooks.test", permission=Permission.ACCESS)
def test(*, viewer: Viewer, at: datetime, webhook_id: int) -> WebhookChanged:
    """Post a test, and whatever waits, now; one that arrives starts a stopped webhook again.

    Raises:
        NotAllowedError: there is no such webhook.
    """
    del viewer
    if not Webhook.objects.filter(pk=webhook_id).exists():
        raise NotAllowedError(f"webhook:{webhook_id}")
    waiting = Outgoing.objects.filter(webhook_id=webhook_id, state="waiting")
    waiting.update(next_at=at)
    if not waiting.filter(kind="test").exists():
        outbox.post(webhook_id=webhook_id, kind="test", thing=at.isoformat(), about={}, at=at)
    return WebhookChanged(webhook_id=webhook_id)


@action("webhooks.remove", permission=Permission.ACCESS)
def remove(*, viewer: Viewer, at: datetime, webhook_id: int) -> WebhookChanged:
    """Tell an address nothing any more; what waits for it goes with it.

    Raises:
        NotAllowedError: there is no such webhook.
    """
    del viewer, at
    if not Webhook.objects.filter(pk=webhook_id).delete()[0]:
        raise NotAllowedError(f"webhook:{webhook_id}")
    return WebhookChanged(webhook_id=webhook_id)


def parts_of(address: str) -> SplitResult:
    """An address in its parts.

    Raises:
        WebhookAddressError: it cannot be posted to. The address is not repeated: it is a secret.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise WebhookAddressError("cannot be read") from None
    wrong = {
        "is too long": len(address) > MAX_ADDRESS,
        "holds a blank or a sign that is not plain ASCII": not re.fullmatch(r"[!-~]*", address),
        "does not begin with https://": parts.scheme != "https",
        "names no host": not _HOST.fullmatch(parts.hostname or ""),
        "names a user or a password": "@" in parts.netloc,
        "has a part after '#'": bool(parts.fragment),
        "names the port 0": port == 0,
    }
    for what, is_wrong in wrong.items():
        if is_wrong:
            raise WebhookAddressError(what)
    return parts
