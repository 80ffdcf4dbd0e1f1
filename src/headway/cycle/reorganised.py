"""Reorganisations, handovers and trainings as they were declared, from records to rows."""

from collections.abc import Iterator, Mapping
from typing import Any

from headway.records import reorganised
from headway.records.models import Attendance, Handover, Reorganisation, RoleChange, Training

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them


def rows() -> Mapping[str, list[_Row]]:
    """The rows of each table that tell what was reorganised, handed over and trained."""
    return {
        "meant/reorganisation": list(_reorganisations()),
        "meant/role_profile": list(_profiles()),
        "meant/role_change": list(_changes()),
        "meant/handover": list(_handovers()),
        "meant/training": list(_trainings()),
        "seen/training_attendance": list(_attendances()),
    }


def _reorganisations() -> Iterator[_Row]:
    for each in Reorganisation.objects.filter(withdrawn_at=None).order_by("id"):
        yield {
            "reorganisation_id": _id("declared", each.pk),
            "priority_id": each.priority,
            "name": each.name,
            "effective_on": each.effective_on,
        }


def _profiles() -> Iterator[_Row]:
    for each in Reorganisation.objects.filter(withdrawn_at=None).order_by("id"):
        for part in reorganised.parts(each):
            yield {
                "reorganisation_id": _id("declared", each.pk),
                "role_name": part.role_name,
                "segment": part.segment or None,
                "product_family": part.product_family or None,
                "activity_kind": part.activity_kind or None,
                "expected_share": part.expected_share,
            }


def _changes() -> Iterator[_Row]:
    found = RoleChange.objects.filter(reorganisation__withdrawn_at=None)
    for each in found.order_by("reorganisation_id", "person_id"):
        yield {
            "reorganisation_id": _id("declared", each.reorganisation_id),
            "person_id": each.person_id,
            "role_name": each.role_name,
        }


def _handovers() -> Iterator[_Row]:
    found = Handover.objects.filter(withdrawn_at=None).select_related("reorganisation")
    for each in found.order_by("id"):
        of = each.reorganisation
        yield {
            "handover_id": _id("handed", each.pk),
            "account_id": each.account,
            "from_person_id": each.giver_id,
            "to_person_id": each.taker_id,
            "reorganisation_id": _id("declared", of.pk) if of and not of.withdrawn_at else None,
            "planned_on": each.planned_on,
            "completed_on": each.completed_on,
        }


def _trainings() -> Iterator[_Row]:
    """What a training teaches is the behaviour of its priority."""
    for each in Training.objects.filter(withdrawn_at=None).order_by("id"):
        yield {
            "training_id": _id("trained", each.pk),
            "priority_id": each.priority,
            "name": each.name,
            "held_on": each.held_on,
        }


def _attendances() -> Iterator[_Row]:
    found = Attendance.objects.filter(training__withdrawn_at=None)
    for each in found.order_by("training_id", "person_id"):
        yield {
            "training_id": _id("trained", each.training_id),
            "person_id": each.person_id,
            "attended_on": each.attended_on,
        }


def _id(kind: str, number: int) -> str:
    return f"{kind}-{number}"
