"""Lists of people: brought as CSV, looked at, applied as a whole or dropped.

Nothing changes before somebody has seen what would, and nothing of it by halves.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from headway.actions import audit, people_csv
from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.actions.people import MAX_LENGTH, InventedPeopleError
from headway.actions.projection import TooManyChangesError
from headway.actions.relaying import refuse_gain, relay
from headway.records import lines, listed_people, sample
from headway.records.lines import Moved, Span
from headway.records.listed_people import Change
from headway.records.models import Move, PeopleFile, Person
from headway.records.models.folded import LONGEST
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.names import folded
from headway.terms.people import Stand
from headway.terms.viewer import Viewer

_MOST_NAMED = 10
T = TypeVar("T", Span, Moved)


class ListCircleError(HeadwayError):
    """After a list, lines would run in circles."""

    code = "people_lists.circle"
    status = 409

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(
            f"With this list the lines of {', '.join(names)} would lead back to themselves. "
            "Nothing was changed. Put the managers right in the file and bring it again."
        )


class ListOverError(HeadwayError):
    """A list was applied or dropped already."""

    code = "people_lists.over"
    status = 409

    def __init__(self) -> None:
        super().__init__("This list was applied or dropped already. Bring it again to use it.")


@dataclass(frozen=True, kw_only=True)
class ListChanged:
    """A list was brought, applied or dropped; `count` people changed."""

    list_id: int
    count: int = 0

    @property
    def subject(self) -> str:
        """Which list."""
        return f"people_list:{self.list_id}"


@action("people_lists.bring", permission=Permission.ACCESS)
def bring(
    *, viewer: Viewer, at: datetime, name: str, text: str, from_on: date, is_whole: bool
) -> ListChanged:
    """Keep a list to be looked at; it changes nobody yet.

    Args:
        viewer: who brings it.
        at: now.
        name: of the file.
        text: CSV with a header; `person_id` is needed, every other column of
            `people_csv.COLUMNS` may be left out, and then stays as it is.
        from_on: the day from which moves in it hold.
        is_whole: whether whoever is not in it has left.

    Raises:
        ListError: it cannot be read, or names managers whom nobody knows.
        InventedPeopleError: the sample is loaded.
    """
    if sample.is_loaded():
        raise InventedPeopleError
    rows, columns = people_csv.read(text)
    made = PeopleFile.objects.create(
        name=name[:MAX_LENGTH],
        rows=codec.to_json(rows),
        columns=sorted(columns),
        from_on=from_on,
        is_whole=is_whole,
        brought_by_id=viewer.account_id,
        brought_at=at,
    )
    return ListChanged(list_id=made.pk)


@action("people_lists.apply", permission=Permission.ACCESS)
def apply(
    *, viewer: Viewer, at: datetime, list_id: int, seen_digest: str, is_confirmed: bool
) -> ListChanged:
    """Change everybody as the list says.

    Args:
        viewer: who applies it.
        at: now.
        list_id: the list.
        seen_digest: of the changes that were looked at.
        is_confirmed: whether so many may leave or come under another id.

    Raises:
        NotAllowedError, ListOverError: there is no such list, or it is over; or the viewer, no
            executive, would see more by it.
        StaleVersionError: people changed since, so that it would do something else.
        TooManyChangesError: it would change more people than it may without being confirmed.
        ListCircleError: lines would run in circles.
    """
    file = _waiting(list_id)
    found = listed_people.changes(file)
    if found.digest != seen_digest:
        raise StaleVersionError(name=file.name, seen=1, found=2)
    if found.brake.stops and not is_confirmed:
        raise TooManyChangesError(found.brake)
    _keep_people(found.changes, day=lines.today(at))
    moved = {each.person_id: each.stand for each in found.changes if each.stand is not None}
    refuse_gain(viewer, {person: stand.manager_id for person, stand in moved.items()})
    joined = {each.person_id: each.days.get("hired_on") for each in found.changes if each.is_new}
    days = {person: joined.get(person) or file.from_on for person in moved}
    _keep_moves(moved, viewer=viewer, at=at, days=days)
    file.state = "applied"
    file.save(update_fields=["state"])
    return ListChanged(list_id=list_id, count=len(found.changes))


@action("people_lists.drop", permission=Permission.ACCESS)
def drop(*, viewer: Viewer, at: datetime, list_id: int) -> ListChanged:
    """Set a list aside; it changes nobody.

    Raises:
        NotAllowedError, ListOverError: there is no such list, or it is over.
    """
    del viewer, at
    file = _waiting(list_id)
    file.state = "dropped"
    file.save(update_fields=["state"])
    return ListChanged(list_id=list_id)


def _waiting(list_id: int) -> PeopleFile:
    audit.locked_head()
    found = PeopleFile.objects.filter(pk=list_id).first()
    if found is None:
        raise NotAllowedError(f"people_list:{list_id}")
    if found.state != "waiting":
        raise ListOverError
    return found


def _keep_people(changes: Iterable[Change], *, day: date) -> None:
    known = {each.id: each for each in Person.objects.all()}
    fresh: list[Person] = []
    changed: list[Person] = []
    for each in changes:
        row = known.get(each.person_id) or Person(
            id=each.person_id,
            name=each.name,
            is_entered=True,
            is_named_by_hand=True,
            is_dated_by_hand=True,
        )
        for column, value in (*each.texts.items(), *each.days.items()):
            setattr(row, column, value)
        row.name = row.name or row.id
        # Updating many at once asks no field what it would keep.
        row.folded_name = folded(row.name)[:LONGEST]
        row.is_named_by_hand |= bool(each.texts)
        row.is_dated_by_hand |= bool(each.days)
        if each.days or each.is_new:
            row.is_active = row.left_on is None or row.left_on > day
        row.version += 0 if each.is_new else 1
        (fresh if each.is_new else changed).append(row)
    Person.objects.bulk_create(fresh, batch_size=500)
    columns = (
        *("name", "folded_name", "email", "title", "hired_on", "left_on", "is_active"),
        *("is_named_by_hand", "is_dated_by_hand", "version"),
    )
    Person.objects.bulk_update(changed, columns, batch_size=200)


def _keep_moves(
    moved: Mapping[str, Stand], *, viewer: Viewer, at: datetime, days: Mapping[str, date]
) -> None:
    """Keep where people stand, each from a day on, and let it hold where that day has come."""
    known, entered = _by_person(lines.spans()), _by_person(lines.moves())
    stale = [
        each.move_id for person in moved for each in entered[person] if each.first == days[person]
    ]
    Move.objects.filter(pk__in=stale).update(state="withdrawn")
    Move.objects.bulk_create(
        (
            Move(
                person_id=person,
                from_on=days[person],
                until_on=lines.goes_on(
                    known[person], entered[person], person_id=person, after=days[person]
                ),
                manager_id=stand.manager_id,
                role=stand.role.value,
                team=stand.team,
                region=stand.region,
                entered_by_id=viewer.account_id,
                entered_at=at,
            )
            for person, stand in moved.items()
        ),
        batch_size=500,
    )
    _refuse_circles(moved)
    relay(at=at, people=moved.keys())


def _by_person(found: Iterable[T]) -> Mapping[str, list[T]]:
    by_person: dict[str, list[T]] = defaultdict(list)
    for each in found:
        by_person[each.person_id].append(each)
    return by_person


def _refuse_circles(people: Collection[str]) -> None:
    entered = lines.moves()
    circles = lines.laid(lines.spans(), entered).circles
    circling = {each.person_id for each in entered if each.move_id in circles}
    if found := sorted(circling & set(people)):
        raise ListCircleError(found[:_MOST_NAMED])
