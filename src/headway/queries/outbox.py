"""What leaves the house, for those who keep it running: where posts go, and what did not arrive."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from headway.records.models import Commitment, Outgoing, Webhook
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer

_MOST_GIVEN_UP = 50


@dataclass(frozen=True, kw_only=True)
class WebhookSeen:
    """One webhook, without its address and secret; times None = never, `problem` "" = none."""

    webhook_id: int
    name: str
    form: str
    host: str
    made_by: str
    sent_at: datetime | None
    tried_at: datetime | None
    problem: str
    is_stopped: bool
    waiting_count: int


@dataclass(frozen=True, kw_only=True)
class GivenUp:
    """One mail that was given up: what it was, for whom, when and why."""

    kind: str
    to: str
    over_at: datetime
    problem: str


@dataclass(frozen=True, kw_only=True)
class Mails:
    """Mails that wait, the reason why the last of them waits, and those given up, newest first."""

    waiting_count: int
    problem: str
    given_up: tuple[GivenUp, ...]


def webhooks(viewer: Viewer) -> tuple[WebhookSeen, ...]:
    """All webhooks by name, for those who manage access; none for others."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    waiting = Count("outgoing", filter=Q(outgoing__state="waiting"))
    found = Webhook.objects.select_related("made_by").annotate(waiting=waiting)
    return tuple(
        WebhookSeen(
            webhook_id=each.pk,
            name=each.name,
            form=each.form,
            host=each.host,
            made_by=each.made_by.name if each.made_by else "",
            sent_at=each.sent_at,
            tried_at=each.tried_at,
            problem=each.problem,
            is_stopped=each.stopped_at is not None,
            waiting_count=each.waiting,
        )
        for each in found.order_by("name", "pk")
    )


def mails(viewer: Viewer) -> Mails:
    """What became of mail, for those who manage access; nothing for others."""
    if not allows(viewer, Permission.ACCESS):
        return Mails(waiting_count=0, problem="", given_up=())
    of_mail = Outgoing.objects.filter(webhook=None)
    waiting = of_mail.filter(state="waiting")
    held_up = waiting.exclude(problem="").order_by("-pk").values_list("problem", flat=True)
    given_up = of_mail.filter(state="given_up").select_related("account", "invitation__person")
    return Mails(
        waiting_count=waiting.count(),
        problem=held_up.first() or "",
        given_up=tuple(_given_up(each) for each in given_up.order_by("-over_at")[:_MOST_GIVEN_UP]),
    )


def due_between(viewer: Viewer, *, first: date, end: date) -> int:
    """How many agreed commitments of everybody fall due in [first, end); for the worker alone."""
    if not viewer.is_system:
        return 0
    agreed = Commitment.objects.filter(state="open", accepted_at__isnull=False)
    return agreed.filter(due_on__gte=first, due_on__lt=end).count()


def _given_up(found: Outgoing) -> GivenUp:
    to = found.account.name if found.account else ""
    if found.invitation:
        to = found.invitation.person.name
    assert found.over_at is not None  # noqa: S101  a constraint of the table
    return GivenUp(kind=found.kind, to=to, over_at=found.over_at, problem=found.problem)
