"""Bringing the reorganisations, handovers and trainings of a load to those that were entered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from headway.actions.brought_rows import keep_rows, noon
from headway.records.models import Attendance, Handover, Reorganisation, RoleChange, Training
from headway.terms import codec
from headway.terms.reorganised import Part


@dataclass(frozen=True, kw_only=True)
class ReorganisationFact:
    """One reorganisation; `priority` "" = for none, `roles` are (person, role), one each."""

    fact_id: str
    priority: str
    name: str
    effective_on: date
    parts: tuple[Part, ...]
    roles: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class HandoverFact:
    """One account that changes hands; `reorganisation` "" = without one, else its `fact_id`."""

    fact_id: str
    account: str
    giver_id: str
    taker_id: str
    reorganisation: str
    planned_on: date
    completed_on: date | None


@dataclass(frozen=True, kw_only=True)
class TrainingFact:
    """One training; `attended` are (person, day), the day None where somebody did not come."""

    fact_id: str
    priority: str
    name: str
    held_on: date
    attended: tuple[tuple[str, date | None], ...]


def keep_reorganisations(facts: Iterable[ReorganisationFact], *, people: Collection[str]) -> int:
    """Bring reorganisations up to the facts, with who has which role.

    Args:
        facts: what the load declares.
        people: whom records know; of others nothing is listed.

    Returns:
        How many stand as brought.
    """
    declared = {each.fact_id: each for each in facts}
    rows = [
        Reorganisation(
            fact_id=each.fact_id,
            is_brought=True,
            priority=each.priority,
            name=each.name,
            effective_on=each.effective_on,
            profiles=codec.to_json(each.parts),
            declared_at=noon(each.effective_on),
        )
        for each in declared.values()
    ]
    kept = keep_rows(Reorganisation, rows)
    RoleChange.objects.filter(reorganisation__is_brought=True).delete()
    RoleChange.objects.bulk_create(
        RoleChange(reorganisation=row, person_id=person, role_name=role)
        for row in kept
        for person, role in declared[row.fact_id].roles
        if person in people
    )
    return len(kept)


def keep_handovers(facts: Iterable[HandoverFact], *, people: Collection[str]) -> int:
    """Bring handovers up to the facts, after their reorganisations; the rest as for these."""
    reorganisations = dict(Reorganisation.objects.values_list("fact_id", "pk"))
    rows = [
        Handover(
            fact_id=each.fact_id,
            is_brought=True,
            reorganisation_id=reorganisations.get(each.reorganisation),
            account=each.account,
            giver_id=each.giver_id,
            taker_id=each.taker_id,
            planned_on=each.planned_on,
            completed_on=each.completed_on,
            declared_at=noon(each.planned_on),
        )
        for each in facts
        if each.giver_id in people and each.taker_id in people and each.giver_id != each.taker_id
    ]
    return len(keep_rows(Handover, rows))


def keep_trainings(facts: Iterable[TrainingFact], *, people: Collection[str]) -> int:
    """Bring trainings up to the facts, with whom they were for and who came; as above."""
    held = {each.fact_id: each for each in facts}
    rows = [
        Training(
            fact_id=each.fact_id,
            is_brought=True,
            priority=each.priority,
            name=each.name,
            held_on=each.held_on,
            declared_at=noon(each.held_on),
        )
        for each in held.values()
    ]
    kept = keep_rows(Training, rows)
    Attendance.objects.filter(training__is_brought=True).delete()
    Attendance.objects.bulk_create(
        Attendance(training=row, person_id=person, attended_on=day)
        for row in kept
        for person, day in held[row.fact_id].attended
        if person in people
    )
    return len(kept)
