"""Who sees whom: the one rule, used by every interface through queries and actions.

Executives and the system see everybody. Managers see the people whose reporting line leads to them,
directly or through others, and themselves. Sellers see themselves. Operations see data and
settings, but nobody's results. Roles add up. How far a priority reaches in a group, which names
nobody, everyone in the group sees too.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import Exact

from headway.records.models import (
    AccountRow,
    Objection,
    OpportunityRow,
    Person,
    PublishedAnswer,
    PublishedChain,
)
from headway.terms.scope import Scope, parse
from headway.terms.viewer import Role, Viewer

# UNION, not UNION ALL: it ends even if lines should ever run in a circle.
_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT person_id FROM records_reportingline WHERE manager_id = %s AND valid_to IS NULL
    UNION
    SELECT line.person_id FROM records_reportingline AS line
    JOIN below ON line.manager_id = below.id
    WHERE line.valid_to IS NULL
) SELECT id FROM below
"""


_ABOVE = """
WITH RECURSIVE above(id) AS (
    SELECT manager_id FROM records_reportingline WHERE person_id = %s AND valid_to IS NULL
    UNION
    SELECT line.manager_id FROM records_reportingline AS line
    JOIN above ON line.person_id = above.id
    WHERE line.valid_to IS NULL
) SELECT id FROM above WHERE id IS NOT NULL
"""


def sees_everybody(viewer: Viewer) -> bool:
    """Whether `viewer` sees the whole organisation."""
    return viewer.is_system or Role.EXECUTIVE in viewer.roles


def people_of(person_id: str) -> QuerySet[Person]:
    """Everybody whose reporting line leads to `person_id`, without that person."""
    return Person.objects.filter(id__in=_below(person_id)).exclude(id=person_id)


def leaders_of(person_id: str) -> QuerySet[Person]:
    """Everybody to whom the reporting line of `person_id` leads."""
    above = RawSQL(_ABOVE, (person_id,))  # noqa: S611  a fixed text; the id is a parameter
    return Person.objects.filter(id__in=above).exclude(id=person_id)


def visible_people(viewer: Viewer) -> QuerySet[Person]:
    """The people whose results `viewer` may see."""
    return Person.objects.filter(_of_visible_people(viewer, field="id"))


def visible_opportunities(viewer: Viewer) -> QuerySet[OpportunityRow]:
    """The opportunities `viewer` may see: their people's; those without owner, executives."""
    return OpportunityRow.objects.filter(_of_visible_people(viewer, field="owner_id"))


def visible_accounts(viewer: Viewer) -> QuerySet[AccountRow]:
    """The accounts with an opportunity `viewer` may see; who sees everybody sees all."""
    if sees_everybody(viewer):
        return AccountRow.objects.all()
    own = visible_opportunities(viewer).filter(account_id=OuterRef("pk"))
    return AccountRow.objects.filter(Exists(own))


def in_scope(viewer: Viewer, scope: Scope) -> QuerySet[OpportunityRow]:
    """The visible opportunities that `scope` speaks of; none where the scope may not be seen."""
    if not may_see_scope(viewer, scope):
        return OpportunityRow.objects.none()
    if scope.people_of is None:
        found = visible_opportunities(viewer)
    else:
        # Whoever may see the scope leads its head, and with them everybody below.
        below = _below(scope.people_of)
        found = OpportunityRow.objects.filter(owner_id__in=below).exclude(owner_id=scope.people_of)
    if scope.person is not None:
        found = found.filter(owner_id=scope.person)
    for dimension, value in scope.where:
        # Not dimensions__<name>: what stands in an address must not become a lookup.
        found = found.filter(Exact(KeyTextTransform(dimension, "dimensions"), Value(value)))
    return found


def may_see_scope(viewer: Viewer, scope: Scope) -> bool:
    """Whether `viewer` may see results of `scope`; slices never widen it."""
    if sees_everybody(viewer):
        return True
    if scope.people_of is not None:
        return _leads(viewer, scope.people_of)
    if scope.person is None:
        return False
    is_own = scope.person == viewer.person_id and _sees_themselves(viewer)
    return is_own or visible_people(viewer).filter(id=scope.person).exists()


def is_own_scope(viewer: Viewer, scope: Scope) -> bool:
    """Whether what is said of `scope` is about `viewer`: about themselves, or whom they lead."""
    return viewer.person_id is not None and viewer.person_id in (scope.person, scope.people_of)


def visible_chains(viewer: Viewer) -> QuerySet[PublishedChain]:
    """The published chains `viewer` may see, of any publication.

    Those of the people they see, and of the groups they are part of themselves.
    """
    found = PublishedChain.objects.all()
    if sees_everybody(viewer):
        return found
    if viewer.person_id is None or not viewer.roles & {Role.MANAGER, Role.SELLER}:
        return found.none()
    heads = Q(head=viewer.person_id) | Q(head__in=leaders_of(viewer.person_id).values("id"))
    if Role.MANAGER in viewer.roles:
        heads |= Q(head__in=people_of(viewer.person_id).values("id"))
    return found.filter(heads)


def visible_answers(viewer: Viewer) -> QuerySet[PublishedAnswer]:
    """The published answers `viewer` may see, of any publication."""
    found = PublishedAnswer.objects.all()
    return found if sees_everybody(viewer) else found.filter(scope__in=_seen(viewer, found))


def visible_objections(viewer: Viewer) -> QuerySet[Objection]:
    """Objections to findings `viewer` may see, and their own."""
    found = Objection.objects.all()
    if sees_everybody(viewer):
        return found
    seen = _seen(viewer, found)
    return found.filter(Q(scope__in=seen) | Q(by_id=viewer.account_id))


def _seen(viewer: Viewer, found: QuerySet[PublishedAnswer] | QuerySet[Objection]) -> list[str]:
    # Few distinct scopes, and the rule for one of them is code: asked here, said to the database.
    codes = found.order_by().values_list("scope", flat=True).distinct()
    people = set(visible_people(viewer).values_list("id", flat=True))
    return [code for code in codes if _is_within(viewer, parse(code), people)]


def _is_within(viewer: Viewer, scope: Scope, people: set[str]) -> bool:
    if scope.people_of is not None:
        return Role.MANAGER in viewer.roles and scope.people_of in people
    return scope.person is not None and scope.person in people


def _leads(viewer: Viewer, head: str) -> bool:
    if Role.MANAGER not in viewer.roles or viewer.person_id is None:
        return False
    return head == viewer.person_id or people_of(viewer.person_id).filter(id=head).exists()


def _of_visible_people(viewer: Viewer, *, field: str) -> Q:
    if sees_everybody(viewer):
        return Q()
    if viewer.person_id is None or not _sees_themselves(viewer):
        return Q(pk__in=[])
    seen = Q(**{field: viewer.person_id})
    if Role.MANAGER in viewer.roles:
        seen |= Q(**{f"{field}__in": _below(viewer.person_id)})
    return seen


def _sees_themselves(viewer: Viewer) -> bool:
    return not viewer.roles.isdisjoint({Role.MANAGER, Role.SELLER})


def _below(person_id: str) -> RawSQL:
    """The ids of everybody below somebody, themselves among them where lines run in a circle."""
    return RawSQL(_BELOW, (person_id,))  # noqa: S611  a fixed text; the id is a parameter
