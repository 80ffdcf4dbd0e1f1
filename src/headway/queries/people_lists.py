"""Lists of people and stopped loads in words: what would change, and what waits for an answer."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop as noop

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.words import declared as words
from headway.queries.words import people as said
from headway.queries.words.language import gettext as _
from headway.records import listed_people
from headway.records.listed_people import Change
from headway.records.models import PeopleFile, PeopleStop, Person, ReportingLine
from headway.terms import codec
from headway.terms.access import Permission, allows
from headway.terms.people import Brake, Stand
from headway.terms.spreadsheet import dead
from headway.terms.viewer import Viewer

MOST_SHOWN = 200
COLUMNS = (
    *("person_id", "name", "email", "title", "role", "manager_id", "team", "region"),
    *("hired_on", "left_on"),
)
_FIELDS = {
    "name": noop("name"),
    "email": noop("e-mail"),
    "title": noop("role"),
    "hired_on": noop("joined"),
    "left_on": noop("first day no longer here"),
}


@dataclass(frozen=True, kw_only=True)
class StopSeen:
    """A load that waits: who would leave, and whom it brings under another id, by name."""

    stop_id: int
    found: str
    active_count: int
    leaving: tuple[str, ...]
    swapped: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ListSeen:
    """A list that waits."""

    list_id: int
    name: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a list would change about one person; `kind` is a word, `what` says it in words."""

    name: str
    person_id: str
    kind: str
    what: str


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a list would change, at most `MOST_SHOWN` people of them.

    `stops` where somebody has to say that so many may leave or come under another id.
    """

    list_id: int
    name: str
    from_on: str
    is_whole: bool
    is_waiting: bool
    counts: tuple[tuple[str, int], ...]
    same_count: int
    change_count: int
    told: tuple[Told, ...]
    brake: Brake
    leaving: tuple[str, ...]
    swapped: tuple[str, ...]
    stops: bool
    digest: str


def stops(viewer: Viewer) -> tuple[StopSeen, ...]:
    """The loads that wait because of what they would do to people, for those who manage access."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    waiting = list(PeopleStop.objects.filter(confirmed_at=None).order_by("-found_at"))
    brakes = [codec.from_json(Brake, each.brake) for each in waiting]
    names = _names(brakes)
    return tuple(
        StopSeen(
            stop_id=stop.pk,
            found=figures.day(stop.found_at.date()),
            active_count=brake.active_count,
            leaving=_leaving(brake, names),
            swapped=_swapped(brake, names),
        )
        for stop, brake in zip(waiting, brakes, strict=True)
    )


def waiting(viewer: Viewer) -> tuple[ListSeen, ...]:
    """The lists that were brought and neither applied nor dropped."""
    if not allows(viewer, Permission.ACCESS):
        return ()
    found = PeopleFile.objects.filter(state="waiting").order_by("-brought_at", "-id")
    return tuple(ListSeen(list_id=each.pk, name=each.name) for each in found.only("id", "name"))


def preview(viewer: Viewer, *, list_id: int) -> Preview:
    """What a list would change now.

    Raises:
        NotSeenError: there is none, or the viewer does not manage access.
    """
    file = PeopleFile.objects.filter(pk=list_id).first()
    if file is None or not allows(viewer, Permission.ACCESS):
        raise NotSeenError
    found = listed_people.changes(file)
    names = dict(Person.objects.values_list("id", "name"))
    names |= {each.person_id: each.name for each in found.changes if each.is_new}
    told = tuple(_told(each, names) for each in found.changes)
    kinds = [each.kind for each in told]
    return Preview(
        list_id=file.pk,
        name=file.name,
        from_on=figures.day(file.from_on),
        is_whole=file.is_whole,
        is_waiting=file.state == "waiting",
        counts=tuple((kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)),
        same_count=found.same_count,
        change_count=len(told),
        told=told[:MOST_SHOWN],
        brake=found.brake,
        leaving=_leaving(found.brake, names),
        swapped=_swapped(found.brake, names),
        stops=found.brake.stops,
        digest=found.digest,
    )


def now(viewer: Viewer) -> Iterator[str]:
    """Everybody as they are now, as the lines of a CSV file; none for who manages no access.

    Nothing in it is run by a spreadsheet; brought again, it says the same.
    """
    yield _csv(COLUMNS)
    if not allows(viewer, Permission.ACCESS):
        return
    lines = {each.person_id: each for each in ReportingLine.objects.filter(valid_to=None)}
    for each in Person.objects.order_by("name", "id").iterator(2000):
        line = lines.get(each.id)
        stand = (line.role, line.manager_id, line.team, line.region) if line else ("", "", "", "")
        days = (_iso(each.hired_on), _iso(each.left_on))
        yield _csv((each.id, each.name, each.email, each.title, *stand, *days))


def _names(brakes: list[Brake]) -> dict[str, str]:
    ids = {number for brake in brakes for number in brake.leaving}
    ids |= {old for brake in brakes for old, _new in brake.swapped}
    return dict(Person.objects.filter(id__in=ids).values_list("id", "name"))


def _leaving(brake: Brake, names: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(names.get(number, number) for number in brake.leaving))


def _swapped(brake: Brake, names: dict[str, str]) -> tuple[str, ...]:
    sentence = _("{name} ({old} as {new})")
    return tuple(
        sentence.format(name=names.get(old, old), old=old, new=new) for old, new in brake.swapped
    )


def _told(change: Change, names: dict[str, str]) -> Told:
    return Told(
        name=change.name,
        person_id=change.person_id,
        kind=_kind(change),
        what="; ".join(_parts(change, names)),
    )


def _kind(change: Change) -> str:
    if change.is_new:
        return _("new")
    if change.leaves:
        return _("leaves")
    return _("moves") if change.stand is not None else _("changes")


def _parts(change: Change, names: dict[str, str]) -> Iterator[str]:
    if change.is_missing:
        yield _("is not in the list")
    if change.stand is not None:
        after = _stand(change.stand, names)
        before = _stand(change.before, names) if change.before and not change.is_new else ""
        yield _("{before}, then {after}").format(before=before, after=after) if before else after
    if not change.is_new:
        for name, value in change.texts.items():
            yield _("{field}: {value}").format(field=_(_FIELDS[name]), value=value or "–")
    for name, day in change.days.items():
        if day is not None or not change.is_new:
            value = figures.day(day) if day else "–"
            yield _("{field}: {value}").format(field=_(_FIELDS[name]), value=value)


def _stand(stand: Stand, names: dict[str, str]) -> str:
    manager = names.get(stand.manager_id or "", stand.manager_id or "")
    reports = _("reports to {name}").format(name=manager) if manager else _("reports to nobody")
    parts = (words.of(said.FAMILIES, stand.role), stand.team, stand.region, reports)
    return ", ".join(part for part in parts if part)


def _csv(values: tuple[str | None, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerow(dead(value or "") for value in values)
    return text.getvalue()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
