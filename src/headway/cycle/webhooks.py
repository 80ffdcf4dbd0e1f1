"""What other systems are told: counts for a channel, codes and ids for a program; no names."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.actions import outbox, seal
from headway.cycle.posting import Post
from headway.cycle.reminders import MORNING
from headway.queries import outbox as seen
from headway.queries import reminders
from headway.records.models import Outgoing, Webhook
from headway.terms.viewer import SYSTEM

_WEEK = timedelta(days=7)


def gather(*, at: datetime) -> None:
    """Once a week, from Monday morning on, write how much falls due in it; of nothing, nothing."""
    here = at.astimezone(reminders.zone(SYSTEM))
    monday = here.date() - timedelta(days=here.weekday())
    begun = datetime.combine(monday, MORNING, tzinfo=here.tzinfo)
    if here < begun:
        return
    waiting = Webhook.objects.filter(made_at__lt=begun, stopped_at=None).exclude(
        outgoing__kind="week", outgoing__made_at__gte=begun
    )
    for webhook in waiting:
        count = seen.due_between(SYSTEM, first=monday, end=monday + _WEEK)
        if count:
            outbox.post(
                webhook_id=webhook.pk,
                kind="week",
                thing=monday.isoformat(),
                about={"monday": monday.isoformat()},
                at=at,
            )


def said(row: Outgoing, *, webhook: Webhook, at: datetime) -> Post | None:
    """One row as it is posted, signed for this moment; None = nothing is left to say.

    The signature is HMAC-SHA256 over the timestamp, a full stop and the body, with the webhook's
    secret; so a body cannot be changed, nor sent again later under another time.
    """
    count = _due_in_week(row) if row.kind == "week" else None
    if count == 0:
        return None
    told = _text(count) if webhook.form == "text" else _event(row, count=count)
    body = json.dumps(told, ensure_ascii=False).encode()
    timestamp = str(int(at.timestamp()))
    secret = seal.opened(webhook.secret_sealed).encode()
    signature = hmac.new(secret, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return Post(
        address=seal.opened(webhook.address_sealed),
        body=body,
        headers={
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "Headway",
            # The same when it is sent again: whoever receives it twice can tell.
            "Headway-Delivery": hashlib.sha256(row.key.encode()).hexdigest()[:32],
            "Headway-Timestamp": timestamp,
            "Headway-Signature": f"sha256={signature}",
        },
    )


def _text(count: int | None) -> dict[str, object]:
    if count is None:
        return {"text": _("A test from Headway: this channel gets counts of promises, no names.")}
    sentence = ngettext(
        "{count} promise falls due this week.", "{count} promises fall due this week.", count
    ).format(count=count)
    return {"text": f"{sentence} {_address('commitments')}".strip()}


def _event(row: Outgoing, *, count: int | None) -> dict[str, object]:
    at = row.made_at.isoformat()
    if row.kind == "event":
        commitment_id = int(row.about["subject"].partition(":")[2])
        return {
            "event": row.about["event"],
            "at": at,
            "ids": {"commitment": commitment_id},
            "url": _address("commitment", commitment_id=commitment_id),
        }
    if count is None:
        return {"event": "test", "at": at, "ids": {}, "url": _address("home")}
    url = _address("commitments")
    return {"event": "commitments.due_this_week", "at": at, "count": count, "ids": {}, "url": url}


def _due_in_week(row: Outgoing) -> int:
    monday = datetime.fromisoformat(row.about["monday"]).date()
    return seen.due_between(SYSTEM, first=monday, end=monday + _WEEK)


def _address(name: str, **values: int) -> str:
    """The page of that name, "" while the installation does not know its own address."""
    return settings.HEADWAY_URL + reverse(name, kwargs=values) if settings.HEADWAY_URL else ""
