"""How much of the people who are here a sync would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from headway.records.models import PeopleStop, Person
from headway.terms.people import Brake


@dataclass(frozen=True, kw_only=True)
class Arriving:
    """One person as a sync brings them."""

    person_id: str
    name: str | None
    email: str | None
    is_active: bool
    title: str | None = None
    hired_on: date | None = None
    left_on: date | None = None


def brake(arriving: Iterable[Arriving]) -> Brake:
    """Who of those here would leave, and who would come under another id.

    A person comes under another id where somebody new has the mail address of somebody here, or,
    where neither has an address, the name. Whose days were entered by hand does not leave.
    """
    brought = list(arriving)
    known = {each.id: each for each in Person.objects.all()}
    here = {number: each for number, each in known.items() if each.is_active}
    leaving = tuple(
        each.person_id
        for each in brought
        if each.person_id in here
        and not each.is_active
        and not here[each.person_id].is_dated_by_hand
    )
    owners = _owners(here)
    swapped = tuple(
        (owners[mark], each.person_id)
        for each in brought
        if each.person_id not in known
        and each.is_active
        and (mark := _mark(each.name or each.person_id, each.email or "")) in owners
    )
    return Brake(active_count=len(here), leaving=leaving, swapped=swapped)


def is_confirmed(facts_id: str) -> bool:
    """Whether somebody said that these facts may change so many people."""
    return PeopleStop.objects.filter(facts_id=facts_id, confirmed_at__isnull=False).exists()


def _owners(here: Mapping[str, Person]) -> Mapping[tuple[str, str], str]:
    return {_mark(each.name, each.email): number for number, each in here.items()}


def _mark(name: str, email: str) -> tuple[str, str]:
    """What tells a person apart from others, whatever their id."""
    address = email.strip().casefold()
    return ("address", address) if address else ("name", name.strip().casefold())
