"""Who has more priorities at once than anybody can carry, among the people one leads."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from headway.records import scopes
from headway.records.models import Card, MessageReceipt
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Overloaded:
    """One person, by name, with how many priorities they were told of or have a card for."""

    name: str
    count: int


def overloaded(viewer: Viewer, *, in_force: Iterable[str], most: int) -> tuple[Overloaded, ...]:
    """The people `viewer` sees who have more than `most` priorities at once, by name.

    Args:
        viewer: who leads them; those who declare nothing are told of nobody.
        in_force: ids of the priorities that hold.
        most: how many are still carried.
    """
    if not allows(viewer, Permission.DECLARE):
        return ()
    people = scopes.visible_people(viewer).filter(is_active=True)
    wanted = set(in_force)
    told = MessageReceipt.objects.filter(
        message__withdrawn_at=None, message__priority__in=wanted, person__in=people.values("id")
    )
    found: dict[str, set[str]] = defaultdict(set)
    for person, priority in told.values_list("person_id", "message__priority").distinct():
        found[person].add(priority)
    cards = Card.objects.filter(withdrawn_on=None, priority__in=wanted)
    for author, person, priority in cards.values_list("author_id", "person_id", "priority"):
        found[person or author].add(priority)
    return tuple(
        Overloaded(name=name, count=len(found[number]))
        for number, name in people.order_by("name", "id").values_list("id", "name")
        if len(found[number]) > most
    )
