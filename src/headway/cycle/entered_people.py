"""People, lines and leave as they were entered, from records into the facts of a run.

What is entered takes the place of what a load said: rows are put beside the loaded ones here, and
live as long as a run. Names stay in records.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from headway import facts as known
from headway.facts import Facts
from headway.records import lines
from headway.records.lines import Span
from headway.records.models import Leave, Person
from headway.terms.people import RoleFamily, Stand

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them
_PERSON, _LINE, _ABSENCE = "seen/person", "seen/reporting_line", "seen/absence"


def over(loaded: Facts) -> Facts:
    """The same facts with what was entered of people by their last day; all else stays as it is."""
    entered = [each for each in lines.moves() if each.first <= loaded.as_of]
    people = _people(loaded)
    facts = known.memory.beside(loaded, {_PERSON: people}) if people else loaded
    there = _ids(facts)
    further: dict[str, list[_Row]] = {}
    if entered:
        laid = lines.laid(_spans(facts), (each for each in entered if each.person_id in there))
        further[_LINE] = _lines(facts, laid.spans, there=there)
    leaves = Leave.objects.filter(is_brought=False, withdrawn_at=None, from_on__lte=loaded.as_of)
    mine = [each for each in leaves.order_by("person_id", "from_on") if each.person_id in there]
    if mine:
        further[_ABSENCE] = _absences(facts, mine)
    return known.memory.instead(facts, further) if further else facts


def _ids(facts: Facts) -> frozenset[str]:
    return frozenset(known.collect(facts.columns(_PERSON, "person_id")).column("person_id"))


def _people(facts: Facts) -> list[_Row]:
    """Rows of those whose days were entered, and of those whom no load has brought."""
    loaded = {row["person_id"]: row for row in known.collect(facts.columns(_PERSON)).records()}
    found = []
    for each in Person.objects.filter(is_dated_by_hand=True).order_by("id"):
        row = loaded.get(each.id)
        is_new = row is None and each.is_entered
        if row is None and (not is_new or (each.hired_on or date.min) > facts.as_of):
            continue
        left_on = each.left_on if each.left_on and each.left_on <= facts.as_of else None
        before = row or {"person_id": each.id}
        found.append({**before, "hired_on": each.hired_on, "left_on": left_on})
    return found


def _spans(facts: Facts) -> list[Span]:
    return [
        Span(
            person_id=row["person_id"],
            first=row["valid_from"],
            end=row["valid_to"],
            stand=Stand(
                role=RoleFamily(row["role"]),
                manager_id=row["manager_id"],
                team=row["team"],
                region=row["region"],
            ),
        )
        for row in known.collect(facts.columns(_LINE)).records()
    ]


def _lines(facts: Facts, spans: Iterable[Span], *, there: frozenset[str]) -> list[_Row]:
    loaded = known.collect(facts.columns(_LINE)).records()
    bases = {(row["person_id"], row["valid_from"]): row["basis"] for row in loaded}
    rows = []
    for each in spans:
        manager = each.stand.manager_id
        rows.append(
            {
                "person_id": each.person_id,
                "valid_from": each.first,
                "valid_to": each.end,
                "manager_id": manager if manager in there else None,
                "role": each.stand.role.value,
                "team": each.stand.team,
                "region": each.stand.region,
                "basis": bases.get((each.person_id, each.first), "declared"),
            }
        )
    return rows


def _absences(facts: Facts, leaves: Iterable[Leave]) -> list[_Row]:
    """All absences, those of one person joined where they overlap."""
    days: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    for row in known.collect(facts.columns(_ABSENCE)).records():
        days[row["person_id"]].append((row["valid_from"], row["valid_to"]))
    for each in leaves:
        end = None if each.to_on is None else each.to_on + timedelta(days=1)
        days[each.person_id].append((each.from_on, end))
    return [
        {"person_id": person, "valid_from": first, "valid_to": end}
        for person, found in sorted(days.items())
        for first, end in _joined(found)
    ]


def _joined(found: Iterable[tuple[date, date | None]]) -> list[tuple[date, date | None]]:
    joined: list[tuple[date, date | None]] = []
    for first, end in sorted(found, key=lambda each: each[0]):
        last = joined[-1] if joined else None
        if last is not None and (last[1] is None or first <= last[1]):
            ends = (last[1], end)
            joined[-1] = (last[0], None if None in ends else max(day for day in ends if day))
        else:
            joined.append((first, end))
    return joined
