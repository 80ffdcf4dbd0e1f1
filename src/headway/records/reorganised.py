"""Who sees and changes reorganisations, handovers and trainings."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from headway.records import scopes
from headway.records.models import Handover, Reorganisation, Training
from headway.terms import codec
from headway.terms.reorganised import Part
from headway.terms.viewer import Role, Viewer

_M = TypeVar("_M", Reorganisation, Handover, Training)


def may_change(viewer: Viewer, found: Reorganisation | Handover | Training) -> bool:
    """Executives change all of them, managers what they declared themselves."""
    if Role.EXECUTIVE in viewer.roles:
        return True
    is_own = viewer.account_id is not None and found.declared_by_id == viewer.account_id
    return Role.MANAGER in viewer.roles and is_own


def visible_reorganisations(viewer: Viewer) -> QuerySet[Reorganisation]:
    """Those that concern the people the viewer sees, and their own; withdrawn ones are gone."""
    return _visible(viewer, Reorganisation.objects.all(), "changes__person_id").distinct()


def visible_handovers(viewer: Viewer) -> QuerySet[Handover]:
    """Those from or to the people the viewer sees, and their own; withdrawn ones are gone."""
    return _visible(viewer, Handover.objects.all(), "giver_id", "taker_id")


def visible_trainings(viewer: Viewer) -> QuerySet[Training]:
    """Those for the people the viewer sees, and their own; withdrawn ones are gone."""
    return _visible(viewer, Training.objects.all(), "attendances__person_id").distinct()


def _visible(viewer: Viewer, every: QuerySet[_M], *concerned: str) -> QuerySet[_M]:
    """Those that stand, of which the viewer sees somebody concerned, and their own."""
    found = every.filter(withdrawn_at=None)
    if scopes.sees_everybody(viewer):
        return found
    people = scopes.visible_people(viewer).values("id")
    wanted = Q(declared_by_id=viewer.account_id or 0)
    for column in concerned:
        wanted |= Q(**{f"{column}__in": people})
    return found.filter(wanted)


def parts(found: Reorganisation) -> tuple[Part, ...]:
    """What a reorganisation says of the work of each role."""
    return codec.from_json(tuple[Part, ...], found.profiles)
