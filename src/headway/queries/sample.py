"""The sample: whether it is what one looks at, and through whose eyes."""

from dataclasses import dataclass

from headway.records import sample
from headway.records.models import Person
from headway.terms.access import Permission, allows
from headway.terms.viewer import Role, Viewer


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One person of the sample through whose eyes a leader looks; `eyes` see what they would."""

    person_id: str
    name: str
    role: Role
    eyes: Viewer


@dataclass(frozen=True, kw_only=True)
class StoodFor:
    """The person of the sample whom an account stands for; `title` "" = not known."""

    name: str
    title: str


def is_loaded(viewer: Viewer) -> bool:
    """Whether all that is loaded is the sample; everybody who is signed in may know."""
    del viewer
    return sample.is_loaded()


def may_be_loaded(viewer: Viewer) -> bool:
    """Whether `viewer` may load the sample: never beside data of one's own."""
    return allows(viewer, Permission.DATA) and not sample.has_own_data()


def stood_for(viewer: Viewer) -> StoodFor | None:
    """Whom the viewer stands for in the sample; None for nobody, and with data of one's own."""
    if viewer.person_id is None or not sample.is_loaded():
        return None
    person = Person.objects.get(pk=viewer.person_id)
    return StoodFor(name=person.name, title=person.title)


def seen_as(viewer: Viewer, *, role: Role) -> str | None:
    """Through whose eyes a leader would look in that role; None for others, and for nobody."""
    if Role.EXECUTIVE not in viewer.roles or not sample.is_loaded():
        return None
    person = sample.representative(role)
    return person.id if person else None


def seat(viewer: Viewer, *, person_id: str, role: Role) -> Seat | None:
    """The seat a leader has taken; None for others, and once the sample is left.

    Its eyes go by `records.scopes` as everybody's, and an executive sees everybody: a seat never
    shows more than its taker sees.
    """
    if Role.EXECUTIVE not in viewer.roles or not sample.is_loaded():
        return None
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    eyes = Viewer(person_id=person.id, account_id=viewer.account_id, roles=frozenset({role}))
    return Seat(person_id=person.id, name=person.name, role=role, eyes=eyes)
