"""Who reads who could help somebody: the person, and the leaders above both.

Whoever could help reads first that they could, and is named to a colleague only once they offered.
"""

from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from headway.records import coaching, scopes
from headway.records.models import Person, PublishedPeers, SkillSaid
from headway.terms.own_time import Side
from headway.terms.viewer import Viewer


def of_person(person_id: str) -> QuerySet[PublishedPeers]:
    """What is published of one person now."""
    return PublishedPeers.objects.filter(publication__is_current=True, person=person_id)


def visible(viewer: Viewer, *, person_id: str, priority: str) -> Mapping[Person, bool]:
    """Who the viewer may read could help somebody, and whether each offered to, in the drawn order.

    A leader above the person reads of the people they lead; the person of those who offered to
    teach this. Nobody else reads anything.
    """
    row = of_person(person_id).filter(priority=priority).first()
    if row is None:
        return {}
    offered = frozenset(
        SkillSaid.objects.filter(
            side=Side.TEACH, priority=priority, person_id__in=row.peers
        ).values_list("person_id", flat=True)
    )
    named = _named(viewer, person_id=person_id, peers=row.peers, offered=offered)
    people = Person.objects.filter(id__in=named, is_active=True).in_bulk()
    return {people[each]: each in offered for each in row.peers if each in people}


def may_offer(viewer: Viewer) -> QuerySet[PublishedPeers]:
    """The priorities in which the viewer's own work could help a colleague, not offered yet."""
    me = viewer.person_id or ""
    said = SkillSaid.objects.filter(side=Side.TEACH, person_id=me).values("priority")
    return of_person(me).filter(is_ahead=True).exclude(priority__in=said)


def _named(
    viewer: Viewer, *, person_id: str, peers: Collection[str], offered: Collection[str]
) -> Collection[str]:
    if viewer.person_id is None:
        return ()
    if viewer.person_id == person_id:
        return offered
    if not coaching.may_coach(viewer, person_id):
        return ()
    return set(scopes.people_of(viewer.person_id).filter(id__in=peers).values_list("id", flat=True))
