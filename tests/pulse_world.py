"""An organisation that is asked: eve leads mona and olaf; each leads sellers."""

from collections.abc import Mapping
from datetime import date, timedelta

from tests import cast

from headway.actions import pulse, seal
from headway.records.models import Person, PulseInvitation, ReportingLine
from headway.terms.viewer import Viewer

NOW = cast.NOW
ITEMS = ("R1", "U1", "U2", "B1", "WD1", "RC1")
PRIORITIES = (("p1", "Sell the new product line"), ("p2", "Win hospitals"))
CLOSES = date(2026, 7, 10)


def enter(**sellers: int) -> None:
    """The cast, and so many more sellers under each manager."""
    cast.enter()
    ReportingLine.objects.filter(person_id__in=("sam", "sue", "stan")).update(role="seller")
    for manager, count in sellers.items():
        for number in range(count):
            name = f"{manager}-{number}"
            Person.objects.create(id=name, name=name.title(), email=f"{name}@example.com")
            ReportingLine.objects.create(
                person_id=name, manager_id=manager, role="seller", valid_from=date(2020, 1, 1)
            )


def opened(viewer: Viewer, *, head: str | None = None, **more) -> int:
    wanted = {"items": ITEMS, "priorities": PRIORITIES, "closes_on": CLOSES, **more}
    return pulse.open_wave(viewer=viewer, at=NOW, head=head, **wanted).wave_id


def token(wave_id: int, person: str) -> str:
    return seal.opened(PulseInvitation.objects.get(wave=wave_id, person=person).token_sealed)


def answered(wave_id: int, person: str, given: Mapping[str, str]) -> None:
    pulse.answer(viewer=None, at=NOW, token=token(wave_id, person), given=given)


AFTER = NOW + timedelta(days=11)
