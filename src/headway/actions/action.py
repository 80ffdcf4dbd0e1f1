"""What every change has in common: transaction, permission, audit entry, no second effect."""

import functools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar, get_type_hints

from django.db import transaction
from django.utils.crypto import salted_hmac

from headway.actions import audit, outbox, seal
from headway.records.models import IdempotencyKey
from headway.terms import codec
from headway.terms.access import Permission, allows
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer


class Reply(Protocol):
    """What an action gives back: a frozen value of `terms`' kind that says what it was about."""

    @property
    def subject(self) -> str:
        """Ids only, such as "account:7"; it is what the audit entry names."""


P = ParamSpec("P")
R = TypeVar("R", bound=Reply)

# Code and permission of each action, so that the access matrix and the reference can list them.
ACTIONS: dict[str, Permission] = {}
BY_FUNCTION: dict[object, str] = {}
_key: ContextVar[str] = ContextVar("headway_idempotency_key", default="")


class NotAllowedError(HeadwayError):
    """Somebody may not do this, or not to this subject."""

    code = "actions.not_allowed"
    status = 403

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"You may not do this ({what}). Ask an executive, or operations.")


class KeyReusedError(HeadwayError):
    """A key came back with another wish than the one it was first used for."""

    code = "actions.key_reused"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "This form was sent before with other content. Load the page again, then send it."
        )


class StaleVersionError(HeadwayError):
    """Somebody else changed the record since it was read."""

    code = "actions.stale_version"
    status = 409

    def __init__(self, *, name: str, seen: int, found: int) -> None:
        """`name` is what people call the record: never its id."""
        self.seen, self.found = seen, found
        super().__init__(
            f"Someone changed “{name}” while you were writing: you saw version {seen}, it is now "
            f"version {found}. Load the page again and decide with both in view."
        )


@contextmanager
def keyed(key: str) -> Iterator[None]:
    """Within it, each action happens once per key, however often it is asked for; "" = no key."""
    # PostgreSQL holds no text with a null character.
    token = _key.set(key.replace("\0", "")[:255])
    try:
        yield
    finally:
        _key.reset(token)


def action(code: str, *, permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function an action. It takes `viewer`, `at` and keywords, and gives a `Reply`.

    A refusal is written to the audit chain although the change itself leaves no trace.
    """
    ACTIONS[code] = permission

    def made(change: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(change)
        def done(*args: P.args, **kwargs: P.kwargs) -> R:
            viewer, at = kwargs["viewer"], kwargs["at"]
            assert viewer is None or isinstance(viewer, Viewer)  # noqa: S101  our own mistake else
            assert isinstance(at, datetime)  # noqa: S101  as above
            try:
                _refuse_without(permission, viewer=viewer, code=code)
                with transaction.atomic():
                    return _once(code, viewer, at, functools.partial(change, *args, **kwargs))
            except NotAllowedError as refusal:
                audit.note_refusal(viewer=viewer, at=at, code=code, subject=refusal.what)
                raise

        BY_FUNCTION[done] = code
        return done

    return made


def _refuse_without(permission: Permission, *, viewer: Viewer | None, code: str) -> None:
    if not allows(viewer, permission):
        raise NotAllowedError(code)


def _once(code: str, viewer: Viewer | None, at: datetime, change: "functools.partial[R]") -> R:
    account_id = viewer.account_id if viewer else None
    # Nobody signed out has a key: a link that works once must not work again under it.
    key = _key.get() if viewer else ""
    if not key:
        return _audited(code, account_id, at, change)
    # Writers queue at the end of the audit chain, so that eight equal ones make one effect.
    audit.locked_head()
    asked = _hash_of(change)
    known = IdempotencyKey.objects.filter(account_id=account_id or 0, action=code, key=key).first()
    if known is not None:
        if known.asked_hash != asked:
            raise KeyReusedError
        return _replayed(change, known)
    reply = _audited(code, account_id, at, change)
    IdempotencyKey.objects.create(
        account_id=account_id or 0,
        action=code,
        key=key,
        asked_hash=asked,
        reply_sealed=seal.sealed(json.dumps(codec.to_json(reply))),
        at=at,
    )
    return reply


def _audited(code: str, account_id: int | None, at: datetime, change: "functools.partial[R]") -> R:
    reply = change()
    audit.append(at=at, account_id=account_id, code=code, subject=reply.subject)
    outbox.told(code=code, subject=reply.subject, at=at)
    return reply


def _replayed(change: "functools.partial[R]", known: IdempotencyKey) -> R:
    kind: type[R] = get_type_hints(change.func)["return"]
    return codec.from_json(kind, json.loads(seal.opened(known.reply_sealed)))


def _hash_of(change: "functools.partial[R]") -> str:
    asked = {name: value for name, value in change.keywords.items() if name not in ("viewer", "at")}
    text = json.dumps(codec.to_json(asked), sort_keys=True)
    # With the installation's key: nobody can guess from this what was asked.
    return salted_hmac("headway.asked", text, algorithm="sha256").hexdigest()
