"""What a list of people would change: who is new, called otherwise, moved, or has left."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from headway.records import brakes, lines
from headway.records.models import PeopleFile, Person
from headway.terms import codec
from headway.terms.people import Brake, Listed, RoleFamily, Stand

_TEXTS = ("name", "email", "title")
_DAYS = ("hired_on", "left_on")


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the list would change about one person; empty where nothing of the kind changes.

    `texts` and `days` are columns with their new value, `stand` is where they would stand from the
    day of the list on, `before` where they would stand then without it.
    """

    person_id: str
    name: str
    is_new: bool = False
    is_missing: bool = False
    texts: Mapping[str, str]
    days: Mapping[str, date | None]
    stand: Stand | None = None
    before: Stand | None = None

    @property
    def leaves(self) -> bool:
        """Whether they would count as having left, now or on a day to come."""
        return not self.is_new and self.days.get("left_on") is not None


@dataclass(frozen=True, kw_only=True)
class Changes:
    """All changes by name, how many people stay as they are, and whether to stop and ask."""

    changes: tuple[Change, ...]
    same_count: int
    brake: Brake

    @property
    def digest(self) -> str:
        """Names exactly these changes: what somebody saw is what is applied."""
        told = [each.__dict__ for each in self.changes]
        return hashlib.sha256(json.dumps(codec.to_json(told), sort_keys=True).encode()).hexdigest()


def listed(file: PeopleFile) -> tuple[Listed, ...]:
    """The lines of a list that was brought."""
    return codec.from_json(tuple[Listed, ...], file.rows)


def changes(file: PeopleFile) -> Changes:
    """What the list would change now. The number of statements does not grow with it."""
    rows, columns = listed(file), frozenset(file.columns)
    known = {each.id: each for each in Person.objects.all()}
    stands = _stands_on(file.from_on)
    found = [_change(row, known.get(row.person_id), stands, columns=columns) for row in rows]
    if file.is_whole:
        found += _missing(known.values(), rows={row.person_id for row in rows}, on=file.from_on)
    changed = [each for each in found if _is_change(each)]
    arriving = [
        brakes.Arriving(
            person_id=row.person_id, name=row.name, email=row.email, is_active=row.left_on is None
        )
        for row in rows
    ]
    leaving = tuple(each.person_id for each in changed if each.leaves)
    return Changes(
        changes=tuple(sorted(changed, key=lambda each: (each.name, each.person_id))),
        same_count=len(found) - len(changed),
        brake=replace(brakes.brake(arriving), leaving=leaving),
    )


def _stands_on(day: date) -> Mapping[str, Stand]:
    laid = lines.laid(lines.spans(), lines.moves()).spans
    return {
        each.person_id: each.stand
        for each in laid
        if each.first <= day and (each.end is None or day < each.end)
    }


def _change(
    row: Listed,
    known: Person | None,
    stands: Mapping[str, Stand],
    *,
    columns: Collection[str],
) -> Change:
    before = stands.get(row.person_id)
    after = _stand(row, before)
    texts = {
        name: value
        for name in _TEXTS
        if (value := getattr(row, name)) is not None
        and (known is None or value != getattr(known, name))
    }
    days = {
        name: getattr(row, name)
        for name in _DAYS
        if name in columns and (known is None or getattr(row, name) != getattr(known, name))
    }
    return Change(
        person_id=row.person_id,
        name=row.name or (known.name if known else row.person_id),
        is_new=known is None,
        texts=texts,
        days=days,
        stand=after if known is None or (_tells(row) and after != before) else None,
        before=before,
    )


def _tells(row: Listed) -> bool:
    """Whether the line says anything of where somebody stands."""
    return any(each is not None for each in (row.role, row.manager_id, row.team, row.region))


def _stand(row: Listed, before: Stand | None) -> Stand:
    held = before or Stand(role=RoleFamily.OTHER, manager_id=None)
    return Stand(
        role=row.role or held.role,
        manager_id=held.manager_id if row.manager_id is None else row.manager_id or None,
        team=held.team if row.team is None else row.team or None,
        region=held.region if row.region is None else row.region or None,
    )


def _missing(known: Iterable[Person], *, rows: Collection[str], on: date) -> list[Change]:
    return [
        Change(person_id=each.id, name=each.name, is_missing=True, texts={}, days={"left_on": on})
        for each in known
        if each.is_active and each.id not in rows and (each.left_on is None or each.left_on > on)
    ]


def _is_change(change: Change) -> bool:
    return bool(change.is_new or change.texts or change.days or change.stand)
