"""Reorganisations, accounts that change hands, and trainings, as they were declared.

With the next publication they are facts, and what people do since is held against them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.direction import UnknownPriorityError
from headway.records import declared, lines, reorganised, scopes
from headway.records.models import (
    AccountRow,
    Attendance,
    Handover,
    Person,
    Reorganisation,
    RoleChange,
    Training,
)
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.reorganised import Part, sums
from headway.terms.viewer import Viewer

MAX_LENGTH = 200
MOST_PARTS = 100
_TOLERANCE = 0.005
M = TypeVar("M", Reorganisation, Handover, Training)


class ReorganisationTextError(HeadwayError):
    """A name is missing or too long."""

    code = "reorganisation.text"

    def __init__(self, length: int) -> None:
        super().__init__(f"The name has {length} characters. Expected 1 to {MAX_LENGTH}.")


class ShareError(HeadwayError):
    """The work of a role does not add up, or one part of it comes twice."""

    code = "reorganisation.share"

    def __init__(self, role: str, percent: float) -> None:
        super().__init__(
            f"The work of “{role}” adds up to {percent:g} %. Expected 100 %, each part once. A "
            "line without segment, product family and kind stands for all other work."
        )


class UnknownRoleError(HeadwayError):
    """A reorganisation has no such role."""

    code = "reorganisation.role"

    def __init__(self, role: str) -> None:
        super().__init__(f"There is no role “{role}” here. Say first what its work should be.")


class HandoverError(HeadwayError):
    """An account cannot go from one to the other."""

    code = "reorganisation.handover"

    def __init__(self) -> None:
        super().__init__(
            "Choose at least one account, and two different people who work here, of whom you see "
            "who hands over."
        )


class DayToComeError(HeadwayError):
    """Something was done on a day to come."""

    code = "reorganisation.day"

    def __init__(self, day: date, today: date) -> None:
        super().__init__(f"The day {day} has not come; today is {today}. Log it after it was done.")


class AttendanceError(HeadwayError):
    """A training was for nobody, or somebody came whom it was not for."""

    code = "reorganisation.attendance"

    def __init__(self) -> None:
        super().__init__(
            "A training is for at least one person whom you see, and only those it was for can "
            "have come. Choose a leader with people, and tick only those."
        )


@dataclass(frozen=True, kw_only=True)
class Declared:
    """A reorganisation, handovers or a training were declared, changed or withdrawn."""

    kind: str
    number: int

    @property
    def subject(self) -> str:
        """Which."""
        return f"{self.kind}:{self.number}"


@action("reorganisation.declare", permission=Permission.DECLARE)
def declare(
    *,
    viewer: Viewer,
    at: datetime,
    priority: str,
    name: str,
    effective_on: date,
    parts: tuple[Part, ...],
) -> Declared:
    """Declare a reorganisation: from a day on the work of roles should be another.

    Raises:
        UnknownPriorityError: there is no such priority.
        ReorganisationTextError: there is no name, or it is too long.
        ShareError: the work of a role does not add up to 100 %, or a part comes twice.
    """
    _refuse_priority(priority)
    _refuse_parts(name, parts)
    made = Reorganisation.objects.create(
        priority=priority,
        name=name.strip(),
        effective_on=effective_on,
        profiles=codec.to_json(parts),
        declared_by_id=_account(viewer, "reorganisation"),
        declared_at=at,
    )
    return Declared(kind="reorganisation", number=made.pk)


@action("reorganisation.change", permission=Permission.DECLARE)
def change(
    *,
    viewer: Viewer,
    at: datetime,
    reorganisation_id: int,
    seen_version: int,
    name: str,
    effective_on: date,
    parts: tuple[Part, ...],
) -> Declared:
    """Change a reorganisation; who has a role that is gone has none.

    Raises:
        NotAllowedError: there is none, or it is not the viewer's to change.
        StaleVersionError: somebody changed it since `seen_version`.
        ReorganisationTextError, ShareError: as for `declare`.
    """
    del at
    _refuse_parts(name, parts)
    found = _changeable(viewer, Reorganisation, number=reorganisation_id, seen=seen_version)
    found.name, found.effective_on = name.strip(), effective_on
    found.profiles = codec.to_json(parts)
    found.save(update_fields=["name", "effective_on", "profiles"])
    found.changes.exclude(role_name__in=sums(parts)).delete()
    return Declared(kind="reorganisation", number=found.pk)


@action("reorganisation.assign", permission=Permission.DECLARE)
def assign(
    *,
    viewer: Viewer,
    at: datetime,
    reorganisation_id: int,
    seen_version: int,
    role_name: str,
    people: frozenset[str],
) -> Declared:
    """Say who has which role after a reorganisation; "" = none of them.

    Raises:
        NotAllowedError: there is none, or it is not the viewer's to change, or they do not see one
            of the people.
        StaleVersionError: somebody changed it since `seen_version`.
        UnknownRoleError: it has no such role.
    """
    del at
    found = _changeable(viewer, Reorganisation, number=reorganisation_id, seen=seen_version)
    if role_name and role_name not in sums(reorganised.parts(found)):
        raise UnknownRoleError(role_name)
    _refuse_unseen(viewer, people)
    found.changes.filter(person_id__in=people).delete()
    if role_name:
        RoleChange.objects.bulk_create(
            RoleChange(reorganisation=found, person_id=person, role_name=role_name)
            for person in sorted(people)
        )
    return Declared(kind="reorganisation", number=found.pk)


@action("reorganisation.hand_over", permission=Permission.DECLARE)
def hand_over(
    *,
    viewer: Viewer,
    at: datetime,
    reorganisation_id: int | None,
    accounts: frozenset[str],
    giver: str,
    taker: str,
    planned_on: date,
) -> Declared:
    """Declare that accounts go from one person to another by a day.

    Raises:
        NotAllowedError: the viewer does not see who hands over, or not the reorganisation.
        HandoverError: no account, unknown ones, or not two people who work here.
    """
    _refuse_unseen(viewer, frozenset({giver}))
    here = Person.objects.filter(is_active=True, id=taker).exists() and giver != taker
    known = AccountRow.objects.filter(id__in=accounts).count()
    if not here or not accounts or known != len(accounts):
        raise HandoverError
    visible = reorganised.visible_reorganisations(viewer)
    if reorganisation_id is not None and not visible.filter(pk=reorganisation_id).exists():
        raise NotAllowedError(f"reorganisation:{reorganisation_id}")
    # What was declared before for the same giver goes: an account has one place to go.
    again = Handover.objects.filter(
        account__in=accounts, giver_id=giver, completed_on=None, withdrawn_at=None
    )
    again.update(withdrawn_at=at, is_brought=False)
    Handover.objects.bulk_create(
        Handover(
            reorganisation_id=reorganisation_id,
            account=account,
            giver_id=giver,
            taker_id=taker,
            planned_on=planned_on,
            declared_by_id=_account(viewer, "handover"),
            declared_at=at,
        )
        for account in sorted(accounts)
    )
    return Declared(kind="handovers", number=len(accounts))


@action("reorganisation.complete", permission=Permission.DECLARE)
def complete(
    *, viewer: Viewer, at: datetime, handover_id: int, seen_version: int, completed_on: date
) -> Declared:
    """Say that an account has changed hands.

    Raises:
        NotAllowedError: there is none, or it is not the viewer's to change.
        StaleVersionError: somebody changed it since `seen_version`.
        DayToComeError: the day has not come.
    """
    _refuse_day_to_come(completed_on, at=at)
    found = _changeable(viewer, Handover, number=handover_id, seen=seen_version)
    found.completed_on = completed_on
    found.save(update_fields=["completed_on"])
    return Declared(kind="handover", number=handover_id)


@action("reorganisation.train", permission=Permission.DECLARE)
def train(
    *,
    viewer: Viewer,
    at: datetime,
    priority: str,
    name: str,
    held_on: date,
    invited: frozenset[str],
    came: frozenset[str],
) -> Declared:
    """Log a training that was held for a priority, whom it was for, and who came.

    Raises:
        UnknownPriorityError: there is no such priority.
        ReorganisationTextError: there is no name, or it is too long.
        DayToComeError: the day has not come.
        AttendanceError: it was for nobody, or somebody came whom it was not for.
        NotAllowedError: the viewer does not see one of them.
    """
    _refuse_priority(priority)
    _refuse_name(name)
    _refuse_day_to_come(held_on, at=at)
    if not invited or not came <= invited:
        raise AttendanceError
    _refuse_unseen(viewer, invited)
    made = Training.objects.create(
        priority=priority,
        name=name.strip(),
        held_on=held_on,
        declared_by_id=_account(viewer, "training"),
        declared_at=at,
    )
    Attendance.objects.bulk_create(
        Attendance(training=made, person_id=person, attended_on=held_on if person in came else None)
        for person in sorted(invited)
    )
    return Declared(kind="training", number=made.pk)


@action("reorganisation.withdraw", permission=Permission.DECLARE)
def withdraw(
    *, viewer: Viewer, at: datetime, kind: str, number: int, seen_version: int
) -> Declared:
    """Take a reorganisation, a handover or a training back: it counts no more.

    Raises:
        NotAllowedError: there is none, or it is not the viewer's to change.
        StaleVersionError: somebody changed it since `seen_version`.
    """
    if kind == "reorganisation":
        _withdrawn(_changeable(viewer, Reorganisation, number=number, seen=seen_version), at=at)
    elif kind == "handover":
        _withdrawn(_changeable(viewer, Handover, number=number, seen=seen_version), at=at)
    elif kind == "training":
        _withdrawn(_changeable(viewer, Training, number=number, seen=seen_version), at=at)
    else:
        raise NotAllowedError(f"{kind}:{number}")
    return Declared(kind=kind, number=number)


def _withdrawn(found: Reorganisation | Handover | Training, *, at: datetime) -> None:
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])


def _changeable(viewer: Viewer, model: type[M], *, number: int, seen: int) -> M:
    """What the viewer may change, held until the transaction ends, in its next version.

    What came with a load is from then on changed here, and no more by loads.
    """
    rows = model._default_manager.select_for_update()
    found = rows.filter(pk=number, withdrawn_at=None).first()
    if found is None or not reorganised.may_change(viewer, found):
        raise NotAllowedError(f"{model.__name__.lower()}:{number}")
    if found.version != seen:
        raise StaleVersionError(name=_name(found), seen=seen, found=found.version)
    found.version += 1
    found.is_brought = False
    found.save(update_fields=["version", "is_brought"])
    return found


def _account(viewer: Viewer, what: str) -> int:
    if viewer.account_id is None:
        raise NotAllowedError(what)
    return viewer.account_id


def _refuse_priority(priority: str) -> None:
    if not declared.is_known(priority):
        raise UnknownPriorityError(priority)


def _refuse_name(name: str) -> None:
    if not 0 < len(name.strip()) <= MAX_LENGTH:
        raise ReorganisationTextError(len(name.strip()))


def _refuse_parts(name: str, parts: tuple[Part, ...]) -> None:
    _refuse_name(name)
    if len(parts) > MOST_PARTS:
        raise ReorganisationTextError(len(parts))
    for role, total in sums(parts).items():
        if not 0 < len(role) <= MAX_LENGTH:
            raise ReorganisationTextError(len(role))
        keys = [each.key for each in parts if each.role_name == role]
        if abs(total - 1) > _TOLERANCE or len(set(keys)) < len(keys):
            raise ShareError(role, round(100 * total, 1))


def _refuse_unseen(viewer: Viewer, people: frozenset[str]) -> None:
    seen = set(scopes.visible_people(viewer).filter(id__in=people).values_list("id", flat=True))
    if unseen := sorted(people - seen):
        raise NotAllowedError(f"person:{unseen[0]}")


def _refuse_day_to_come(day: date, *, at: datetime) -> None:
    today = lines.today(at)
    if day > today:
        raise DayToComeError(day, today)


def _name(of: Reorganisation | Handover | Training) -> str:
    if not isinstance(of, Handover):
        return of.name
    named = AccountRow.objects.filter(id=of.account).values_list("name", flat=True)
    return named.first() or of.account
