"""Which priorities there are, who may change them, and who sees messages and cards."""

import hashlib
from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from headway.records import scopes
from headway.records.models import Card, Message, Priority, PriorityVersion
from headway.terms import codec, declared
from headway.terms.viewer import Role, Viewer


def content(priority: Priority) -> declared.Priority:
    """What the version of a priority that holds says."""
    held = PriorityVersion.objects.get(priority=priority, number=priority.version)
    return codec.from_json(declared.Priority, held.content)


def contents() -> dict[str, declared.Priority]:
    """What each priority says now, by its id. One statement however many there are."""
    rows = PriorityVersion.objects.select_related("priority").order_by("priority_id", "number")
    return {
        row.priority_id: codec.from_json(declared.Priority, row.content)
        for row in rows
        if row.number == row.priority.version
    }


def entered() -> dict[str, declared.Priority]:
    """What each priority says that was declared here, or came with a load and was changed here."""
    ours = set(Priority.objects.filter(is_brought=False).values_list("id", flat=True))
    return {number: content for number, content in contents().items() if number in ours}


def may_change(viewer: Viewer, priority: Priority, *, owner: str | None) -> bool:
    """Executives change every priority, managers those they own or declared."""
    if viewer.is_system or Role.EXECUTIVE in viewer.roles:
        return True
    is_own = viewer.person_id is not None and owner == viewer.person_id
    is_by = viewer.account_id is not None and priority.declared_by_id == viewer.account_id
    return Role.MANAGER in viewer.roles and (is_own or is_by)


def may_write_plan(viewer: Viewer) -> bool:
    """The plan is the organisation's: executives write it."""
    return Role.EXECUTIVE in viewer.roles


def is_known(priority: str) -> bool:
    """Whether there is such a priority, declared here or brought with a load."""
    return Priority.objects.filter(id=priority).exists()


def visible_messages(viewer: Viewer) -> QuerySet[Message]:
    """What was told to the viewer, by them, or by the people they see; withdrawn ones do not count.

    Operations, who see nobody's results, see none.
    """
    found = Message.objects.filter(withdrawn_at=None)
    if scopes.sees_everybody(viewer):
        return found
    if viewer.person_id is None:
        return found.none()
    told = Message.objects.filter(receipts__person_id=viewer.person_id).values("id")
    by = scopes.visible_people(viewer).values("id")
    return found.filter(Q(id__in=told) | Q(sender_id__in=by) | Q(logged_by_id=viewer.account_id))


def visible_cards(viewer: Viewer) -> QuerySet[Card]:
    """Cards of the viewer, with the viewer, and of the people they see; withdrawn ones are gone."""
    found = Card.objects.filter(withdrawn_on=None)
    if scopes.sees_everybody(viewer):
        return found
    if viewer.person_id is None:
        return found.none()
    own = Q(person_id=viewer.person_id) | Q(author_id=viewer.person_id)
    people = scopes.visible_people(viewer).values("id")
    # Of two who agreed on a card the leader's own leaders see it, for they see the author.
    return found.filter(own | Q(author_id__in=people))


def items(card: Card) -> tuple[declared.CardItem, ...]:
    """The lines of a card."""
    return codec.from_json(tuple[declared.CardItem, ...], card.items)


def agreed_on(card: Card) -> date | None:
    """The day since which both have agreed to a card between two."""
    both = (card.author_agreed_on, card.person_agreed_on)
    days = [day for day in both if day is not None]
    return max(days) if len(days) == len(both) else None


def counted(content: declared.Priority) -> Iterator[tuple[str, str]]:
    """The conditions of a priority whose rows are counted, and those within which ("" = all)."""
    for text in (content.scope, content.eligibility):
        if text:
            yield text, ""
    if content.behaviour:
        yield content.behaviour, content.eligibility


def count_identity(text: str, *, within: str) -> str:
    """What names the count of conditions `text` within `within`."""
    return hashlib.sha256(f"{text}\0{within}".encode()).hexdigest()
