"""How audit entries are linked, so that a changed, missing, moved or cut-off entry shows."""

import hashlib
import json
from datetime import UTC, datetime

from django.utils.crypto import salted_hmac

START = "0" * 64


def entry_hash(
    *, number: int, at: datetime, account_id: int | None, code: str, subject: str, previous: str
) -> str:
    """The hash of one entry, which covers the entry before it."""
    written = [number, at.astimezone(UTC).isoformat(), account_id, code, subject, previous]
    return hashlib.sha256(json.dumps(written).encode()).hexdigest()


def head_seal(*, count: int, last_hash: str) -> str:
    """The seal of the chain's end: without the key nobody can shorten or rewrite it."""
    sealed = salted_hmac("headway.audit", f"{count}|{last_hash}", algorithm="sha256")
    return sealed.hexdigest()
