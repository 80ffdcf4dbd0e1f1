"""Which messages are to be said again, who sees and changes that, and what was said last."""

from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from headway.records import scopes
from headway.records.models import Message, MessageRepeat, Priority
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer


def visible(viewer: Viewer, *, today: date) -> QuerySet[MessageRepeat]:
    """What the people whom the viewer sees plan to say again, of priorities in force.

    Those who were told read the message, and not what its sender plans.
    """
    by = scopes.visible_people(viewer).values("id")
    return _planned(today).filter(sender_id__in=by)


def own(viewer: Viewer, *, today: date) -> QuerySet[MessageRepeat]:
    """The viewer's own that they can say: they lead still, and those it is for report to them."""
    if viewer.person_id is None or not allows(viewer, Permission.DECLARE):
        return MessageRepeat.objects.none()
    below = scopes.people_of(viewer.person_id).values("id")
    is_theirs = Q(head_id=viewer.person_id) | Q(head_id__in=below)
    return _planned(today).filter(is_theirs, sender_id=viewer.person_id)


def may_plan(viewer: Viewer, message: Message, *, held: MessageRepeat | None) -> bool:
    """Whose message it is, and whoever logged it; once there is a plan, `may_change` decides."""
    if held is not None:
        return may_change(viewer, held)
    return _may(viewer, sender=message.sender_id, by=message.logged_by_id)


def may_change(viewer: Viewer, found: MessageRepeat) -> bool:
    """Whose message it is; and whoever entered the plan, as long as they see whose it is."""
    return _may(viewer, sender=found.sender_id, by=found.set_by_id)


def of(message: Message) -> QuerySet[MessageRepeat]:
    """The plan of what a message says: there is one for a sender, their audience and a priority."""
    return MessageRepeat.objects.filter(
        state="planned",
        sender_id=message.sender_id,
        head_id=message.head_id or message.sender_id,
        priority=message.priority,
    )


def tellings(found: MessageRepeat) -> QuerySet[Message]:
    """What its sender told those people of that priority, the last first."""
    return _told(found.sender_id, found.head_id, found.priority)


def with_last(found: QuerySet[MessageRepeat]) -> QuerySet[MessageRepeat]:
    """Each with `last`: the id of the message in which it was said last, None = there is none."""
    told = _told(OuterRef("sender_id"), OuterRef("head_id"), OuterRef("priority"))
    return found.annotate(last=Subquery(told.values("id")[:1]))


def _planned(today: date) -> QuerySet[MessageRepeat]:
    ended = Priority.objects.filter(ended_on__lte=today).values("id")
    return MessageRepeat.objects.filter(state="planned").exclude(priority__in=ended)


def _may(viewer: Viewer, *, sender: str, by: int | None) -> bool:
    if viewer.account_id is None or not allows(viewer, Permission.DECLARE):
        return False
    if sender == viewer.person_id:
        return True
    return by == viewer.account_id and scopes.visible_people(viewer).filter(id=sender).exists()


def _told(
    sender: str | OuterRef, head: str | OuterRef, priority: str | OuterRef
) -> QuerySet[Message]:
    """One that came with a load names nobody whose people it was for: it is for the sender's."""
    audience = Q(head_id=head) | Q(head=None, sender_id=head)
    found = Message.objects.filter(audience, withdrawn_at=None, sender_id=sender, priority=priority)
    return found.order_by(F("sent_at").desc(), F("id").desc())
