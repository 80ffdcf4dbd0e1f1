"""Notes beside numbers: only one's own, and withdrawn only by oneself."""

from datetime import date

import pytest
from tests import cast

from headway.actions import notes
from headway.actions.action import NotAllowedError
from headway.actions.notes import NoteTextError
from headway.records.models import Note
from headway.terms.answer import Kpi
from headway.terms.period import Period

pytestmark = pytest.mark.django_db

QUARTER = Period(first=date(2026, 4, 1), end=date(2026, 7, 1))


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def written(name: str, scope: str, text: str = "I was ill in May.") -> int:
    return notes.write(
        viewer=cast.viewer(name),
        at=cast.NOW,
        scope=scope,
        kpi=Kpi.BOOKINGS,
        figure="stat-bookings",
        number="Bookings: 1.2m",
        period=QUARTER,
        text=text,
    ).note_id


def test_one_writes_beside_ones_own_number_and_takes_it_back() -> None:
    number = written("sam", "person@sam", "  I was ill in May. ")
    note = Note.objects.get(pk=number)
    assert (note.person_id, note.figure, note.text) == ("sam", "stat-bookings", "I was ill in May.")
    assert (note.period_first_on, note.period_end_on) == (QUARTER.first, QUARTER.end)
    notes.withdraw(viewer=cast.viewer("sam"), at=cast.NOW, note_id=number)
    with pytest.raises(NotAllowedError):
        notes.withdraw(viewer=cast.viewer("sam"), at=cast.NOW, note_id=number)


def test_a_leader_writes_beside_the_number_of_their_people() -> None:
    assert Note.objects.get(pk=written("max", "seller@max")).person_id == "max"


OTHERS = [
    ("max", "person@sam"),
    ("eve", "person@sam"),
    ("sue", "person@sam"),
    ("sam", "seller@max"),
    ("eve", "organisation"),
    ("opal", "person@sam"),
]


@pytest.mark.parametrize(("name", "scope"), OTHERS)
def test_nobody_writes_beside_the_number_of_others(name: str, scope: str) -> None:
    with pytest.raises(NotAllowedError):
        written(name, scope)
    assert not Note.objects.exists()


@pytest.mark.parametrize("name", ["max", "mona", "eve", "sue"])
def test_nobody_takes_back_the_note_of_another(name: str) -> None:
    number = written("sam", "person@sam")
    with pytest.raises(NotAllowedError):
        notes.withdraw(viewer=cast.viewer(name), at=cast.NOW, note_id=number)


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_note_says_something_short(text: str) -> None:
    with pytest.raises(NoteTextError, match="Expected 1 to 500"):
        written("sam", "person@sam", text)
