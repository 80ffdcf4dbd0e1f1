"""People and where they stand: entered, moved from a day on, on leave, joining and leaving.

What is entered here holds at once for who sees whom, and over what later loads bring.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from headway.actions import audit
from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.relaying import refuse_gain, relay, seen_below
from headway.records import lines, sample
from headway.records.lines import Moved, Span
from headway.records.models import Leave, Move, Person, ReportingLine
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.people import Stand
from headway.terms.viewer import Viewer

MAX_LENGTH = 200


class PersonNameError(HeadwayError):
    """A person has no name, or a text about them is too long."""

    code = "people.name"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"A name or title has {length} characters. Expected 1 to {MAX_LENGTH} for a name, at "
            f"most {MAX_LENGTH} for the rest."
        )


class ManagerError(HeadwayError):
    """Somebody cannot report to whom was named."""

    code = "people.manager"

    def __init__(self, manager: str) -> None:
        super().__init__(
            f"“{manager}” is nobody who works here, or the person themselves. Choose one person "
            "from the list, or nobody."
        )


class CircleError(HeadwayError):
    """A line would lead back to the person it starts from."""

    code = "people.circle"
    status = 409

    def __init__(self, person: str, manager: str) -> None:
        super().__init__(
            f"{manager} reports to {person}, directly or through others, on that day or later. "
            f"Move {manager} first, or choose another manager."
        )


class DaysError(HeadwayError):
    """Two days do not follow each other, or two leaves overlap."""

    code = "people.days"

    def __init__(self, first: date, last: date, *, what: str) -> None:
        super().__init__(
            f"{what}: {first} and {last} do not fit. Choose days that follow each other and do not "
            "overlap what is there."
        )


class SameStandError(HeadwayError):
    """Nothing would be different after a move."""

    code = "people.same_stand"

    def __init__(self, day: date) -> None:
        super().__init__(
            f"On {day} everything is like that already. Change something, or leave it as it is."
        )


class InventedPeopleError(HeadwayError):
    """Somebody real is to be entered among the people of the sample."""

    code = "people.sample"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            "The people of the sample are invented, and nobody real is entered among them. Leave "
            "the sample first."
        )


@dataclass(frozen=True, kw_only=True)
class PersonChanged:
    """Something about a person was entered, changed or taken back."""

    person_id: str
    version: int

    @property
    def subject(self) -> str:
        """Who, in which version."""
        return f"person:{self.person_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class BroughtUp:
    """How many people changed because their day has come."""

    count: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"people:{self.count}"


@action("people.enter", permission=Permission.ACCESS)
def enter(
    *, viewer: Viewer, at: datetime, name: str, email: str, title: str, joins_on: date, stand: Stand
) -> PersonChanged:
    """Enter somebody whom no load has brought.

    Raises:
        PersonNameError: there is no name, or a text is too long.
        ManagerError: the manager is nobody here.
        InventedPeopleError: the sample is loaded.
    """
    if sample.is_loaded():
        raise InventedPeopleError
    audit.locked_head()
    _refuse_texts(name, email, title)
    _refuse_manager(stand.manager_id, person_id="")
    made = Person.objects.create(
        id=f"entered-{secrets.token_hex(6)}",
        name=name.strip(),
        email=email.strip(),
        title=title.strip(),
        hired_on=joins_on,
        is_entered=True,
        is_named_by_hand=True,
        is_dated_by_hand=True,
    )
    _moved(made, viewer=viewer, at=at, from_on=joins_on, stand=stand)
    return PersonChanged(person_id=made.id, version=made.version)


@action("people.move", permission=Permission.ACCESS)
def move(
    *,
    viewer: Viewer,
    at: datetime,
    person_id: str,
    seen_version: int,
    from_on: date,
    stand: Stand,
) -> PersonChanged:
    """Let somebody stand elsewhere from a day on; what was before that day stays.

    A day to come is kept until it comes. A second move for one day takes the place of the first.

    Raises:
        NotAllowedError: there is no such person, or the viewer, no executive, would see more by it.
        StaleVersionError: somebody changed them since `seen_version`.
        ManagerError: the manager is nobody here, or the person themselves.
        SameStandError: on that day it is like that already.
        DaysError: the person has left by then.
        CircleError: the manager reports to the person then.
    """
    found = _changed(person_id, seen_version=seen_version)
    _refuse_manager(stand.manager_id, person_id=person_id)
    if found.left_on is not None and found.left_on <= from_on:
        raise DaysError(found.left_on, from_on, what="The day of leaving and the day of the move")
    if lines.held_on(_planned_spans(person_id), from_on) == stand:
        raise SameStandError(from_on)
    _moved(found, viewer=viewer, at=at, from_on=from_on, stand=stand)
    return PersonChanged(person_id=person_id, version=found.version)


@action("people.take_back", permission=Permission.ACCESS)
def take_back(
    *, viewer: Viewer, at: datetime, person_id: str, seen_version: int, move_id: int
) -> PersonChanged:
    """Take a move back: what held before it goes on, and with the next publication the data's own.

    Raises:
        NotAllowedError: there is no such move of that person, or it was taken back, or the viewer,
            no executive, would see more by it.
        StaleVersionError: somebody changed the person since `seen_version`.
    """
    found = _changed(person_id, seen_version=seen_version)
    below = seen_below(viewer)
    taken = Move.objects.filter(pk=move_id, person_id=person_id).exclude(state="withdrawn").first()
    if taken is None:
        raise NotAllowedError(f"move:{move_id}")
    Move.objects.filter(pk=move_id).update(state="withdrawn")
    own = ReportingLine.objects.filter(person_id=person_id)
    gone = own.filter(valid_from=taken.from_on).first()
    before = own.filter(valid_to=taken.from_on).first()
    if taken.state == "holds" and gone is not None:
        gone.delete()
        ReportingLine.objects.filter(pk=before.pk if before else 0).update(valid_to=gone.valid_to)
    relay(at=at, people=frozenset({person_id}))
    if below is not None and not (seen_below(viewer) or frozenset()) <= below:
        raise NotAllowedError(f"person:{person_id}")
    return PersonChanged(person_id=person_id, version=found.version)


@action("people.describe", permission=Permission.ACCESS)
def describe(
    *,
    viewer: Viewer,
    at: datetime,
    person_id: str,
    seen_version: int,
    name: str,
    email: str,
    title: str,
    hired_on: date | None,
    left_on: date | None,
) -> PersonChanged:
    """Change what somebody is called, and when they join and leave; loads then leave that as it is.

    Raises:
        NotAllowedError: there is no such person.
        StaleVersionError: somebody changed them since `seen_version`.
        PersonNameError: there is no name, or a text is too long.
        DaysError: they would leave before they join.
    """
    del viewer
    _refuse_texts(name, email, title)
    if hired_on is not None and left_on is not None and left_on <= hired_on:
        raise DaysError(hired_on, left_on, what="The day of joining and the day of leaving")
    found = _changed(person_id, seen_version=seen_version)
    texts = (name.strip(), email.strip(), title.strip())
    if texts != (found.name, found.email, found.title):
        found.name, found.email, found.title = texts
        found.is_named_by_hand = True
    if (hired_on, left_on) != (found.hired_on, found.left_on):
        found.hired_on, found.left_on = hired_on, left_on
        found.is_dated_by_hand = True
        found.is_active = left_on is None or left_on > lines.today(at)
    found.save()
    return PersonChanged(person_id=person_id, version=found.version)


@action("people.enter_leave", permission=Permission.ACCESS)
def enter_leave(
    *,
    viewer: Viewer,
    at: datetime,
    person_id: str,
    seen_version: int,
    from_on: date,
    to_on: date | None,
) -> PersonChanged:
    """Say that somebody is not at work from a day to a day, both included; None = still so.

    Raises:
        NotAllowedError: there is no such person.
        StaleVersionError: somebody changed them since `seen_version`.
        DaysError: the days do not follow each other, or overlap another leave.
    """
    found = _changed(person_id, seen_version=seen_version)
    if to_on is not None and to_on < from_on:
        raise DaysError(from_on, to_on, what="First and last day of the leave")
    others = Leave.objects.filter(person_id=person_id, withdrawn_at=None, is_brought=False)
    others = others.filter(Q(to_on=None) | Q(to_on__gte=from_on))
    overlapping = (others if to_on is None else others.filter(from_on__lte=to_on)).first()
    if overlapping is not None:
        until = overlapping.to_on or overlapping.from_on
        raise DaysError(overlapping.from_on, until, what="Another leave")
    Leave.objects.create(
        person=found,
        from_on=from_on,
        to_on=to_on,
        entered_by_id=viewer.account_id,
        entered_at=at,
    )
    return PersonChanged(person_id=person_id, version=found.version)


@action("people.end_leave", permission=Permission.ACCESS)
def end_leave(
    *,
    viewer: Viewer,
    at: datetime,
    person_id: str,
    seen_version: int,
    leave_id: int,
    to_on: date | None,
) -> PersonChanged:
    """Say on which day a leave ends; without a day it is taken back altogether.

    Raises:
        NotAllowedError: there is no such leave of that person, or a load brought it.
        StaleVersionError: somebody changed the person since `seen_version`.
        DaysError: it would end before it begins, or later than it was to.
    """
    del viewer
    found = _changed(person_id, seen_version=seen_version)
    entered = Leave.objects.filter(person_id=person_id, withdrawn_at=None, is_brought=False)
    leave = entered.filter(pk=leave_id).first()
    if leave is None:
        raise NotAllowedError(f"leave:{leave_id}")
    if to_on is None:
        leave.withdrawn_at = at
    elif to_on < leave.from_on or to_on > (leave.to_on or date.max):
        raise DaysError(leave.from_on, to_on, what="First and last day of the leave")
    leave.to_on = to_on or leave.to_on
    leave.save(update_fields=["to_on", "withdrawn_at"])
    return PersonChanged(person_id=person_id, version=found.version)


def due(*, at: datetime) -> bool:
    """Whether for anybody a day has come: of a move, or of leaving."""
    day = lines.today(at)
    leaving = Person.objects.filter(is_active=True, is_dated_by_hand=True, left_on__lte=day)
    return Move.objects.filter(state="planned", from_on__lte=day).exists() or leaving.exists()


@action("people.bring_up", permission=Permission.ACCESS)
def bring_up(*, viewer: Viewer, at: datetime) -> BroughtUp:
    """Let hold what was entered for a day that has come by now."""
    del viewer
    day = lines.today(at)
    coming = Move.objects.filter(state="planned", from_on__lte=day)
    people = frozenset(coming.values_list("person_id", flat=True))
    relay(at=at, people=people)
    leaving = Person.objects.filter(is_active=True, is_dated_by_hand=True, left_on__lte=day)
    return BroughtUp(count=len(people) + leaving.update(is_active=False))


def _moved(person: Person, *, viewer: Viewer, at: datetime, from_on: date, stand: Stand) -> None:
    """Keep a move and let it hold if its day has come."""
    refuse_gain(viewer, {person.id: stand.manager_id})
    known, entered = lines.spans(), lines.moves()
    until_on = lines.goes_on(known, entered, person_id=person.id, after=from_on)
    wanted = Moved(move_id=0, person_id=person.id, first=from_on, end=until_on, stand=stand)
    others = [each for each in entered if (each.person_id, each.first) != (person.id, from_on)]
    if 0 in lines.laid(known, [*others, wanted]).circles:
        manager = Person.objects.get(id=stand.manager_id or "")
        raise CircleError(person.name, manager.name)
    same_day = Move.objects.filter(person=person, from_on=from_on).exclude(state="withdrawn")
    same_day.update(state="withdrawn")
    Move.objects.create(
        person=person,
        from_on=from_on,
        until_on=until_on,
        manager_id=stand.manager_id,
        role=stand.role.value,
        team=stand.team,
        region=stand.region,
        entered_by_id=viewer.account_id,
        entered_at=at,
    )
    relay(at=at, people=frozenset({person.id}))


def _planned_spans(person_id: str) -> list[Span]:
    """Where a person stands with what is planned as well."""
    known, entered = lines.spans(person_id=person_id), lines.moves(person_id=person_id)
    return list(lines.laid(known, entered).spans)


def _changed(person_id: str, *, seen_version: int) -> Person:
    """The person, in their next version."""
    # Writers queue here: two moves at once, each fine alone, could make a circle together.
    audit.locked_head()
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise NotAllowedError(f"person:{person_id}")
    if found.version != seen_version:
        raise StaleVersionError(name=found.name, seen=seen_version, found=found.version)
    found.version += 1
    found.save(update_fields=["version"])
    return found


def _refuse_texts(name: str, *others: str) -> None:
    lengths = [len(name.strip()), *(len(each.strip()) for each in others)]
    if not lengths[0] or max(lengths) > MAX_LENGTH:
        raise PersonNameError(max(lengths) if lengths[0] else 0)


def _refuse_manager(manager_id: str | None, *, person_id: str) -> None:
    if manager_id is None:
        return
    here = Person.objects.filter(id=manager_id, is_active=True).exclude(id=person_id)
    if not here.exists():
        raise ManagerError(manager_id)
