"""The organisation and its people, as far as one viewer may know them."""

from dataclasses import dataclass

from headway.records import sample, scopes
from headway.records.models import Organisation, Person, ReportingLine
from headway.terms.access import Permission, allows
from headway.terms.scope import Scope
from headway.terms.viewer import Role, Viewer


@dataclass(frozen=True, kw_only=True)
class PersonSeen:
    """One person: `manager` is the name of whom they report to, None at the top or not known."""

    person_id: str
    name: str
    team: str | None
    manager: str | None
    is_active: bool


@dataclass(frozen=True, kw_only=True)
class PersonOffered:
    """Somebody who may be chosen."""

    person_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ScopeOffered:
    """One scope a viewer may choose: `head` is a person's name, None for the whole organisation."""

    code: str
    head: str | None
    is_group: bool


def organisation_name(viewer: Viewer | None) -> str:
    """The name of the organisation, which everybody may know; "" before it is founded."""
    del viewer
    return Organisation.objects.values_list("name", flat=True).first() or ""


def visible(viewer: Viewer) -> tuple[PersonSeen, ...]:
    """The people whose results `viewer` may see, by name. Two statements however many there are."""
    people = scopes.visible_people(viewer).order_by("name", "id")
    lines = ReportingLine.objects.filter(valid_to=None, person__in=people.order_by())
    of_person = {line.person_id: line for line in lines.select_related("manager")}
    return tuple(_seen(person, of_person.get(person.id)) for person in people)


def offered_scopes(viewer: Viewer) -> tuple[ScopeOffered, ...]:
    """The scopes `viewer` may look at: the organisation, leaders' groups, themselves.

    Groups are those of visible people with somebody below them; a seller has themselves. By name.
    """
    heads = scopes.visible_people(viewer).order_by("name", "id")
    groups: list[ScopeOffered] = []
    if scopes.sees_everybody(viewer) or Role.MANAGER in viewer.roles:
        leading = heads.filter(reports__valid_to=None, reports__isnull=False).distinct()
        groups = [_group(head) for head in leading]
    everything = ScopeOffered(code=Scope().code, head=None, is_group=True)
    own = [_single(head) for head in heads.filter(id=viewer.person_id or "")]
    whole = [everything] if scopes.sees_everybody(viewer) else []
    return (*whole, *groups, *own)


def tieable(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """People an account can be tied to: (id, name) of those who are active and have none.

    Names of colleagues, no results; none for those who do not manage access, and nobody of the
    sample: its people are invented.
    """
    if not allows(viewer, Permission.ACCESS) or sample.is_loaded():
        return ()
    free = Person.objects.filter(is_active=True, account=None).order_by("name", "id")
    return tuple(free.values_list("id", "name"))


def _seen(person: Person, line: ReportingLine | None) -> PersonSeen:
    manager = line.manager if line else None
    return PersonSeen(
        person_id=person.id,
        name=person.name,
        team=line.team if line else None,
        manager=manager.name if manager else None,
        is_active=person.is_active,
    )


def _group(head: Person) -> ScopeOffered:
    return ScopeOffered(code=Scope(people_of=head.id).code, head=head.name, is_group=True)


def _single(head: Person) -> ScopeOffered:
    return ScopeOffered(code=Scope(person=head.id).code, head=head.name, is_group=False)
