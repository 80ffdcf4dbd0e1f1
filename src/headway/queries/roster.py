"""People by team and line as one viewer may know them, and one person with what was and will be.

Who manages access sees everybody's stand, which is no result. Others see the people whose results
they see: managers their own people, sellers themselves. Who is on leave may be ill, so each reading
is noted.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.sensitive import sensitive
from headway.queries.words import declared as words
from headway.queries.words import people as said
from headway.queries.words.language import gettext as _
from headway.records import scopes
from headway.records.models import Account, Leave, Move, Person, ReportingLine
from headway.terms.access import Permission, allows
from headway.terms.people import RoleFamily, Stand
from headway.terms.viewer import Viewer

MOST_SHOWN = 300


@dataclass(frozen=True, kw_only=True)
class Row:
    """One person of the list; `state` is a word: here, on leave, has left."""

    person_id: str
    name: str
    title: str
    family: str
    team: str
    manager: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Group:
    """People of one team, or of one manager, by name; `heading` "" = of none."""

    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Everybody the viewer may know, in groups; `count` of all that were found."""

    groups: tuple[Group, ...]
    count: int
    shown_count: int
    may_administer: bool


@dataclass(frozen=True, kw_only=True)
class Stood:
    """One line of somebody's history or of what is planned.

    `move_id` 0 = a load brought it. `note` says who entered it and when, or why it does not hold.
    """

    since: str
    until: str
    family: str
    team: str
    region: str
    manager: str
    move_id: int
    note: str
    is_planned: bool


@dataclass(frozen=True, kw_only=True)
class LeaveSeen:
    """One leave; `is_over` where its last day has passed, `is_brought` where the data tell it."""

    leave_id: int
    since: str
    until: str
    is_over: bool
    is_brought: bool


@dataclass(frozen=True, kw_only=True)
class PersonPage:
    """One person, where they stand, stood and will stand; the newest line first.

    `stand` is where they stand now, None where no line says. `report_count` people report to them.
    """

    person_id: str
    name: str
    email: str
    title: str
    hired_on: date | None
    left_on: date | None
    state: str
    stand: Stand | None
    family: str
    manager: str
    history: tuple[Stood, ...]
    leaves: tuple[LeaveSeen, ...]
    report_count: int
    account_id: int | None
    version: int
    may_administer: bool


@sensitive("people.list")
def roster(
    viewer: Viewer, *, today: date, search: str = "", by: str = "team", with_left: bool = False
) -> Roster:
    """The people, at most `MOST_SHOWN`. The number of statements does not grow with them.

    Args:
        viewer: who looks.
        today: the organisation's day.
        search: a part of a name, title, team or mail address.
        by: team, or line (whom they report to).
        with_left: those as well who have left.
    """
    found = _knowable(viewer)
    if not with_left:
        found = found.filter(is_active=True)
    if search.strip():
        part = search.strip()
        teams = ReportingLine.objects.filter(valid_to=None, team__icontains=part)
        found = found.filter(
            Q(name__icontains=part)
            | Q(title__icontains=part)
            | Q(email__icontains=part)
            | Q(id__in=teams.values("person_id"))
        )
    count = found.count()
    people = list(found.order_by("name", "id")[:MOST_SHOWN])
    rows = _rows(people, today=today)
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.manager if by == "line" else row.team].append(row)
    return Roster(
        groups=tuple(
            Group(heading=heading, rows=tuple(grouped[heading]))
            for heading in sorted(grouped, key=lambda each: (not each, each))
        ),
        count=count,
        shown_count=len(people),
        may_administer=allows(viewer, Permission.ACCESS),
    )


@sensitive("people.person", subject="person_id")
def person(viewer: Viewer, *, person_id: str, today: date) -> PersonPage:
    """One person.

    Raises:
        NotSeenError: there is none, or none that the viewer may know.
    """
    found = _knowable(viewer).filter(id=person_id).first()
    if found is None:
        raise NotSeenError
    line = ReportingLine.objects.select_related("manager").filter(person=found, valid_to=None)
    now = line.first()
    may_administer = allows(viewer, Permission.ACCESS)
    account = Account.objects.filter(person=found, is_active=True).values_list("pk", flat=True)
    return PersonPage(
        person_id=found.id,
        name=found.name,
        email=found.email,
        title=found.title,
        hired_on=found.hired_on,
        left_on=found.left_on,
        state=_state(found, away=_away([found], today=today)),
        stand=_stand(now) if now else None,
        family=words.of(said.FAMILIES, now.role) if now else "",
        manager=now.manager.name if now and now.manager else "",
        history=tuple(_history(found, today=today)),
        leaves=tuple(_leaves(found, today=today)),
        report_count=found.reports.filter(valid_to=None, person__is_active=True).count(),
        account_id=account.first() if may_administer else None,
        version=found.version,
        may_administer=may_administer,
    )


def managers(viewer: Viewer, *, but: str) -> tuple[tuple[str, str], ...]:
    """Whom somebody can report to, (id, name) by name, for those who manage access."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    here = Person.objects.filter(is_active=True).exclude(id=but).order_by("name", "id")
    return tuple(here.values_list("id", "name"))


def teams(viewer: Viewer) -> tuple[str, ...]:
    """The teams there are, for those who manage access."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    found = ReportingLine.objects.filter(valid_to=None).exclude(team=None).exclude(team="")
    return tuple(
        team or "" for team in found.order_by("team").values_list("team", flat=True).distinct()
    )


def _knowable(viewer: Viewer) -> QuerySet[Person]:
    if allows(viewer, Permission.ACCESS):
        return Person.objects.all()
    return scopes.visible_people(viewer)


def _rows(people: list[Person], *, today: date) -> tuple[Row, ...]:
    ids = [each.id for each in people]
    lines = ReportingLine.objects.filter(valid_to=None, person__in=ids).select_related("manager")
    of_person = {line.person_id: line for line in lines}
    away = _away(people, today=today)
    return tuple(_row(each, of_person.get(each.id), away=away) for each in people)


def _row(found: Person, line: ReportingLine | None, *, away: frozenset[str]) -> Row:
    return Row(
        person_id=found.id,
        name=found.name,
        title=found.title,
        family=words.of(said.FAMILIES, line.role) if line else "",
        team=(line.team or "") if line else "",
        manager=line.manager.name if line and line.manager else "",
        state=_state(found, away=away),
    )


def _away(people: Iterable[Person], *, today: date) -> frozenset[str]:
    leaves = Leave.objects.filter(
        Q(to_on=None) | Q(to_on__gte=today),
        person__in=[each.id for each in people],
        withdrawn_at=None,
        from_on__lte=today,
    )
    return frozenset(leaves.values_list("person_id", flat=True))


def _state(found: Person, *, away: frozenset[str]) -> str:
    code = "left" if not found.is_active else "leave" if found.id in away else "here"
    return words.of(said.STATES, code)


def _stand(line: ReportingLine) -> Stand:
    return Stand(
        role=RoleFamily(line.role),
        manager_id=line.manager_id,
        team=line.team,
        region=line.region,
    )


def _history(found: Person, *, today: date) -> list[Stood]:
    moves = Move.objects.filter(person=found).exclude(state="withdrawn")
    moved = {each.from_on: each for each in moves.select_related("entered_by", "manager")}
    planned = [each for each in moved.values() if each.state != "holds"]
    lines = found.lines.select_related("manager").order_by("-valid_from")
    waiting = [
        _stood(each, move=each, since=each.from_on, until=each.until_on, is_planned=True)
        for each in sorted(planned, key=lambda each: each.from_on, reverse=True)
        if each.state == "circle" or each.from_on > today
    ]
    held = [
        _stood(
            line,
            move=moved.get(line.valid_from),
            since=line.valid_from,
            until=line.valid_to,
            is_planned=False,
        )
        for line in lines
    ]
    return [*waiting, *held]


def _stood(
    row: ReportingLine | Move,
    *,
    move: Move | None,
    since: date,
    until: date | None,
    is_planned: bool,
) -> Stood:
    return Stood(
        since=figures.day(since),
        until=figures.day(until) if until else "",
        family=words.of(said.FAMILIES, row.role),
        team=row.team or "",
        region=row.region or "",
        manager=row.manager.name if row.manager else "",
        move_id=move.pk if move else 0,
        note=_note(move),
        is_planned=is_planned,
    )


def _note(move: Move | None) -> str:
    if move is None:
        return _("from the data")
    if move.state == "circle":
        return _("does not hold: the line would lead back to this person. Choose another manager.")
    by = move.entered_by.name if move.entered_by else ""
    on = figures.day(move.entered_at.date())
    if not by:
        return _("entered {day}").format(day=on)
    return _("entered by {name}, {day}").format(name=by, day=on)


def _leaves(found: Person, *, today: date) -> list[LeaveSeen]:
    listed = Leave.objects.filter(person=found, withdrawn_at=None).order_by("-from_on")
    return [
        LeaveSeen(
            leave_id=each.pk,
            since=figures.day(each.from_on),
            until=figures.day(each.to_on) if each.to_on else "",
            is_over=each.to_on is not None and each.to_on < today,
            is_brought=each.is_brought,
        )
        for each in listed
    ]
