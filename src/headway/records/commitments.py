"""Who sees which commitment, who is a side of it, and whom one may ask for one."""

from django.db.models import Q, QuerySet

from headway.records import scopes
from headway.records.models import Account, Commitment, Person, ReportingLine
from headway.terms.viewer import Viewer

# Who works outside the line of sales: delivery, product, and others on whom a promise can hang.
_OTHER_UNITS = ("engineer", "other")


def visible(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments `viewer` knows of: their own, and that their own people have made one.

    What became of it is for its sides alone (`is_side`), unless one of them shares it. Nobody sees
    one by rank.
    """
    found = Commitment.objects.all()
    if viewer.is_system:
        return found
    mine = _sides(viewer)
    if viewer.person_id is not None:
        own = ReportingLine.objects.filter(manager_id=viewer.person_id, valid_to=None)
        # What was asked and not agreed to is no promise yet.
        mine |= Q(owner_id__in=own.values("person_id"), accepted_at__isnull=False)
    return found.filter(mine)


def of_sides(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments the viewer made, owns, or that were made to them."""
    return Commitment.objects.filter(_sides(viewer))


def is_side(found: Commitment, viewer: Viewer) -> bool:
    """Whether the viewer is its owner, whom it was made to, or whoever asked for it."""
    if viewer.is_system:
        return True
    is_maker = found.made_by_id is not None and found.made_by_id == viewer.account_id
    return is_maker or viewer.person_id in {found.owner_id, found.to_id} - {None}


def doers(found: Commitment) -> frozenset[str]:
    """Who does what is promised: its owner, and both where it is joint."""
    both = {found.owner_id, found.to_id} if found.is_joint else {found.owner_id}
    return frozenset(person for person in both if person is not None)


def agreeing(found: Commitment) -> str:
    """Who has to agree before it is a promise: its owner, or of a joint one whoever did not ask."""
    maker = Account.objects.filter(pk=found.made_by_id).values_list("person_id", flat=True).first()
    is_other = found.is_joint and found.to_id is not None and maker == found.owner_id
    return found.to_id or found.owner_id if is_other else found.owner_id


def askable(viewer: Viewer) -> QuerySet[Person]:
    """Everybody here whom the viewer may ask to promise something; they agree before it counts.

    Themselves, the people they lead, and those who lead them; whoever leads anybody may also ask
    other leaders and people of other units, on whom what they promised may hang.
    """
    here = Person.objects.filter(is_active=True)
    if viewer.person_id is None:
        return scopes.visible_people(viewer).filter(is_active=True)
    lines = ReportingLine.objects.filter(valid_to=None)
    asked = (
        Q(id=viewer.person_id)
        | Q(id__in=scopes.visible_people(viewer).values("id"))
        | Q(id__in=scopes.leaders_of(viewer.person_id).values("id"))
    )
    if lines.filter(manager_id=viewer.person_id).exists():
        asked |= Q(id__in=lines.exclude(manager=None).values("manager_id"))
        asked |= Q(id__in=lines.filter(role__in=_OTHER_UNITS).values("person_id"))
    return here.filter(asked)


def _sides(viewer: Viewer) -> Q:
    mine = Q(made_by_id=viewer.account_id) if viewer.account_id is not None else Q(pk__in=[])
    if viewer.person_id is not None:
        mine |= Q(owner_id=viewer.person_id) | Q(to_id=viewer.person_id)
    return mine
