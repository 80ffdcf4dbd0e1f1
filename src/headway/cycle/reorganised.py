"""Reorganisations, handovers and trainings as they were declared, from records to rows.

What was brought and never changed here is no row of these: it is loaded already.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Q

from headway.records import reorganised
from headway.records.models import Attendance, Handover, Reorganisation, RoleChange, Training

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them
_OF_REORGANISATION = ("meant/reorganisation", "meant/role_profile", "meant/role_change")
_OF_HANDOVER = ("meant/handover", "meant/handover_step")
_OF_TRAINING = ("meant/training", "seen/training_attendance")


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


def withdrawn() -> Mapping[str, Collection[str]]:
    """What was taken back here, by table: the ids of the rows that count no more, loaded or not."""
    return {
        name: set(table.exclude(withdrawn_at=None).values_list("fact_id", flat=True))
        for table, names in (
            (Reorganisation.objects, _OF_REORGANISATION),
            (Handover.objects, _OF_HANDOVER),
            (Training.objects, _OF_TRAINING),
        )
        for name in names
    }


def _reorganisations() -> Iterator[_Row]:
    for each in Reorganisation.objects.filter(is_brought=False, withdrawn_at=None).order_by("id"):
        yield {
            "reorganisation_id": each.fact_id,
            "priority_id": each.priority or None,
            "name": each.name,
            "effective_on": each.effective_on,
        }


def _profiles() -> Iterator[_Row]:
    for each in Reorganisation.objects.filter(is_brought=False, withdrawn_at=None).order_by("id"):
        for part in reorganised.parts(each):
            yield {
                "reorganisation_id": each.fact_id,
                "role_name": part.role_name,
                "segment": part.segment or None,
                "product_family": part.product_family or None,
                "activity_kind": part.activity_kind or None,
                "expected_share": part.expected_share,
            }


def _changes() -> Iterator[_Row]:
    found = RoleChange.objects.filter(
        reorganisation__is_brought=False, reorganisation__withdrawn_at=None
    ).select_related("reorganisation")
    for each in found.order_by("reorganisation_id", "person_id"):
        yield {
            "reorganisation_id": each.reorganisation.fact_id,
            "person_id": each.person_id,
            "role_name": each.role_name,
        }


def _handovers() -> Iterator[_Row]:
    """One that came with a load stays without its reorganisation where this was taken back here."""
    ours = Q(is_brought=False) | Q(reorganisation__withdrawn_at__isnull=False)
    found = Handover.objects.filter(ours, withdrawn_at=None).select_related("reorganisation")
    for each in found.order_by("id"):
        of = each.reorganisation
        yield {
            "handover_id": each.fact_id,
            "account_id": each.account,
            "from_person_id": each.giver_id,
            "to_person_id": each.taker_id,
            "reorganisation_id": of.fact_id if of and not of.withdrawn_at else None,
            "planned_on": each.planned_on,
            "completed_on": each.completed_on,
        }


def _trainings() -> Iterator[_Row]:
    """What a training teaches is the behaviour of its priority."""
    for each in Training.objects.filter(is_brought=False, withdrawn_at=None).order_by("id"):
        yield {
            "training_id": each.fact_id,
            "priority_id": each.priority or None,
            "name": each.name,
            "held_on": each.held_on,
        }


def _attendances() -> Iterator[_Row]:
    found = Attendance.objects.filter(
        training__is_brought=False, training__withdrawn_at=None
    ).select_related("training")
    for each in found.order_by("training_id", "person_id"):
        yield {
            "training_id": each.training.fact_id,
            "person_id": each.person_id,
            "attended_on": each.attended_on,
        }
