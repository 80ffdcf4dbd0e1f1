"""Who sees which commitment: the two parties, whoever made it, and its owner's own manager."""

from django.db.models import Q, QuerySet

from headway.records.models import Commitment, ReportingLine
from headway.terms.viewer import Viewer


def visible(viewer: Viewer) -> QuerySet[Commitment]:
    """The commitments `viewer` may see; nobody sees them by rank alone."""
    found = Commitment.objects.all()
    if viewer.is_system:
        return found
    mine = Q(made_by_id=viewer.account_id) if viewer.account_id is not None else Q(pk__in=[])
    if viewer.person_id is not None:
        own = ReportingLine.objects.filter(manager_id=viewer.person_id, valid_to=None)
        mine |= (
            Q(owner_id=viewer.person_id)
            | Q(to_id=viewer.person_id)
            | Q(owner_id__in=own.values("person_id"))
        )
    return found.filter(mine)
