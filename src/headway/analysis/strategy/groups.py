"""Who stands where: the groups of an organisation, their people and their leaders."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from headway.facts import Facts, collect
from headway.terms.group import ROLES, named
from headway.terms.period import Period

_FEWEST_MEMBERS = 5
_FEWEST_DAYS = 45
# A line of reports longer than this is a circle that was let in.
_LONGEST_LINE = 50


@dataclass(frozen=True, kw_only=True)
class Group:
    """Everyone of one role below one person, as the bundle format names them: `seller@p014`.

    `members` were there for 45 days of the window or more. `leaders` are the head and every
    manager on the way down to the members. `is_team` where no group of this role lies within.
    """

    role: str
    head: str
    members: frozenset[str]
    leaders: frozenset[str]
    is_team: bool

    @property
    def name(self) -> str:
        """As `findings.json` has it."""
        return named(self.role, head=self.head)


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """The reporting lines of one day: `manager_of` each person, and the groups, widest first.

    `present` are those who were there for 45 days of the window or more, with their role.
    """

    manager_of: dict[str, str]
    groups: tuple[Group, ...]
    present: Mapping[str, str]

    def teams(self) -> dict[str, frozenset[str]]:
        """Who reports to each leader directly and was there for long enough, by leader."""
        found: dict[str, set[str]] = defaultdict(set)
        for person in self.present:
            if person in self.manager_of:
                found[self.manager_of[person]].add(person)
        return {leader: frozenset(people) for leader, people in sorted(found.items())}

    def is_within(self, person: str, head: str) -> bool:
        """Whether the person is the head, or reports to the head directly or through others."""
        return person == head or head in self.above(person)

    def above(self, person: str) -> Sequence[str]:
        """Whom the person reports to, the nearest first."""
        return tuple(above(person, self.manager_of))


def of(facts: Facts, *, window: Period) -> Organisation:
    """The groups of at least five people on the last day of the window.

    Bots and people who have left stand in none. Without reporting lines there is no group.
    """
    lines = _lines(facts, until=window.last)
    now = standing(facts, on=window.last)
    manager_of = managers(now)
    present = _present(facts, lines=lines, window=window)
    there = {
        person: row["role"]
        for person, row in now.items()
        if row["role"] in ROLES and present.get((person, row["role"]), 0) >= _FEWEST_DAYS
    }
    people: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person, role in there.items():
        for head in above(person, manager_of):
            people[role, head].add(person)
    shown = {key: found for key, found in people.items() if len(found) >= _FEWEST_MEMBERS}
    groups = []
    for (role, head), members in shown.items():
        leaders = _leaders(members, head=head, manager_of=manager_of)
        groups.append(
            Group(
                role=role,
                head=head,
                members=frozenset(members),
                leaders=leaders,
                is_team=not any((role, leader) in shown for leader in leaders - {head}),
            )
        )
    groups.sort(key=lambda group: (ROLES.index(group.role), -len(group.members), group.head))
    return Organisation(manager_of=manager_of, groups=tuple(groups), present=there)


# Any: a row holds what its columns hold.
def standing(facts: Facts, *, on: date) -> dict[str, Mapping[str, Any]]:
    """The row of `seen/reporting_line` that holds on that day, by person.

    Bots and people who have left have none.
    """
    gone = _gone(facts, last=on)
    return {
        row["person_id"]: row
        for row in _lines(facts, until=on)
        if (row["valid_to"] is None or row["valid_to"] > on) and row["person_id"] not in gone
    }


def managers(standing: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Whom each person of `standing` reports to; who reports to nobody is not there."""
    return {
        person: row["manager_id"]
        for person, row in standing.items()
        if row["manager_id"] is not None
    }


def _lines(facts: Facts, *, until: date) -> Sequence[Mapping[str, Any]]:
    return [
        row
        for row in collect(facts.columns("seen/reporting_line")).records()
        if row["valid_from"] <= until
    ]


def above(person: str, manager_of: Mapping[str, str]) -> Iterator[str]:
    """Whom the person reports to, the nearest first."""
    for _ in range(_LONGEST_LINE):
        if person not in manager_of:
            return
        person = manager_of[person]
        yield person


def _leaders(members: set[str], *, head: str, manager_of: Mapping[str, str]) -> frozenset[str]:
    found = {head}
    for member in members:
        for leader in above(member, manager_of):
            if leader == head:
                break
            found.add(leader)
    return frozenset(found)


def _gone(facts: Facts, *, last: date) -> set[str]:
    people = collect(facts.columns("seen/person", "person_id", "left_on", "is_service_user"))
    return {
        row["person_id"]
        for row in people.records()
        if row["is_service_user"] or (row["left_on"] is not None and row["left_on"] <= last)
    }


def _present(
    facts: Facts, *, lines: Sequence[Mapping[str, Any]], window: Period
) -> dict[tuple[str, str], int]:
    """Days of the window on which each person had each role, absences taken out."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    for row in lines:
        days[row["person_id"], row["role"]] |= _days(row, window=window)
    away: dict[str, set[date]] = defaultdict(set)
    for row in collect(facts.columns("seen/absence")).records():
        away[row["person_id"]] |= _days(row, window=window)
    return {key: len(there - away[key[0]]) for key, there in days.items()}


def _days(row: Mapping[str, Any], *, window: Period) -> set[date]:
    first = max(row["valid_from"], window.first)
    until = min(row["valid_to"] or window.end, window.end)
    return {first + timedelta(days=day) for day in range((until - first).days)}
