"""Reading a list of people: every line is understood, or the whole list is refused."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date

from headway.actions.people import MAX_LENGTH
from headway.records.models import Person
from headway.terms.errors import HeadwayError
from headway.terms.people import Listed, RoleFamily
from headway.terms.spreadsheet import restored

COLUMNS = tuple(field.name for field in fields(Listed))
MAX_ROWS = 20_000
_ID_LENGTH = 80
_MOST_NAMED = 10


class ListError(HeadwayError):
    """A list of people cannot be read."""

    code = "people_lists.unreadable"

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        shown = " ".join(self.problems[:_MOST_NAMED])
        more = len(self.problems) - _MOST_NAMED
        rest = f" And {more} more." if more > 0 else ""
        super().__init__(
            f"{shown}{rest} Nothing was changed. Put it right in the file and bring it again."
        )


def read(text: str) -> tuple[tuple[Listed, ...], frozenset[str]]:
    """The lines of a list of people, and which columns it has.

    Raises:
        ListError: it cannot be read; every problem is named by its line.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    header = [name.strip() for name in reader.fieldnames or ()]
    unknown = sorted(set(header) - {*COLUMNS, "manager_email"})
    if "person_id" not in header or unknown or len(set(header)) != len(header):
        found = ", ".join(header[:20]) or "nothing"
        wanted = ", ".join((*COLUMNS[1:], "manager_email"))
        raise ListError(
            [f"The first line holds {found}. Expected person_id and any of {wanted}, each once."]
        )
    reader.fieldnames = header
    lines_read = [_as_said(row) for row in reader]
    if not 0 < len(lines_read) <= MAX_ROWS:
        raise ListError([f"It has {len(lines_read)} lines. Expected 1 to {MAX_ROWS}."])
    problems: list[str] = []
    known = _known(lines_read)
    rows = [
        _line(row, number=number, known=known, problems=problems)
        for number, row in enumerate(lines_read, start=2)
    ]
    seen: set[str] = set()
    for number, each in enumerate(rows, start=2):
        if each.person_id in seen:
            problems.append(f"Line {number}: {each.person_id} comes twice.")
        seen.add(each.person_id)
    if problems:
        raise ListError(problems)
    columns = {"manager_id" if name == "manager_email" else name for name in header}
    return tuple(rows), frozenset(columns)


def _as_said(row: Mapping[str, str | None]) -> dict[str, str | None]:
    """A line without what held its formulas down."""
    return {
        name: restored(value.strip()) if isinstance(value, str) else None
        for name, value in row.items()
    }


def _known(rows: Iterable[Mapping[str, str | None]]) -> Mapping[str, str]:
    """Ids by what names somebody: their id, and their mail address."""
    found = {}
    for number, email in Person.objects.values_list("id", "email"):
        found[number] = number
        if email:
            found[email.casefold()] = number
    for row in rows:
        number = row.get("person_id") or ""
        email = (row.get("email") or "").casefold()
        found[number] = number
        if email:
            found[email] = number
    return found


def _line(
    row: Mapping[str, str | None],
    *,
    number: int,
    known: Mapping[str, str],
    problems: list[str],
) -> Listed:
    person_id = row.get("person_id") or ""
    if not 0 < len(person_id) <= _ID_LENGTH:
        problems.append(f"Line {number}: person_id has {len(person_id)} characters, not 1 to 80.")
    problems.extend(
        f"Line {number}: {name} is longer than {MAX_LENGTH} characters."
        for name in ("name", "email", "title", "team", "region")
        if len(row.get(name) or "") > MAX_LENGTH
    )
    manager = row.get("manager_id")
    if manager is None and row.get("manager_email") is not None:
        manager = (row["manager_email"] or "").casefold()
    if manager and (manager not in known or known[manager] == person_id):
        problems.append(f"Line {number}: the manager {manager} is nobody here or in the list.")
    return Listed(
        person_id=person_id,
        name=row.get("name") or None,
        email=row.get("email"),
        title=row.get("title"),
        role=_family(row.get("role"), number=number, problems=problems),
        manager_id=known.get(manager, "") if manager else manager,
        team=row.get("team"),
        region=row.get("region"),
        hired_on=_day(row.get("hired_on"), number=number, problems=problems),
        left_on=_day(row.get("left_on"), number=number, problems=problems),
    )


def _family(text: str | None, *, number: int, problems: list[str]) -> RoleFamily | None:
    if not text:
        return None
    if text.casefold() not in set(RoleFamily):
        problems.append(f"Line {number}: role is {text}. Expected {', '.join(RoleFamily)}.")
        return None
    return RoleFamily(text.casefold())


def _day(text: str | None, *, number: int, problems: list[str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        problems.append(f"Line {number}: {text} is no day. Expected one such as 2026-06-30.")
        return None
