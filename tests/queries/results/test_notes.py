"""Notes beside numbers: whoever sees the number reads them, and nobody else."""

from dataclasses import replace

import pytest
from tests import cast
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in

from headway.queries.access import NotSeenError
from headway.queries.results import notes
from headway.queries.results.published import Asked
from headway.records.models import Note, PublishedAnswer
from headway.terms import codec
from headway.terms.period import Period

pytestmark = pytest.mark.django_db

ASKED = Asked(scope="person@sam")
NOTE = "/results/evidence/stat-bookings/note/?scope=person@sam"


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)


def write(text: str = "I was ill in May.") -> Note:
    assert signed_in("sam").post(NOTE, {"text": text}).status_code == 302
    return Note.objects.get(text=text)


def read_by(name: str) -> list[str]:
    found = notes.beside(cast.viewer(name), asked=ASKED)
    return [each.text for each in found.notes]


def test_those_who_see_the_number_read_the_note() -> None:
    write()
    for name in ("sam", "max", "mona", "eve"):
        assert read_by(name) == ["I was ill in May."]
    for name in ("sue", "stan", "olaf", "opal"):
        with pytest.raises(NotSeenError):
            read_by(name)


def test_it_stands_beside_its_number_and_no_other() -> None:
    write()
    page = signed_in("max").get("/results/?scope=person@sam").content.decode()
    assert page.count("“I was ill in May.” Sam") == 1
    opened = {
        figure: signed_in("max").get(f"/results/evidence/{figure}/?scope=person@sam")
        for figure in ("stat-bookings", "stat-close_rate")
    }
    shown = {figure: "I was ill" in each.content.decode() for figure, each in opened.items()}
    assert shown == {"stat-bookings": True, "stat-close_rate": False}
    # A leader reads it; only whose number it is may write beside it, or take it back.
    assert "Keep the note" not in opened["stat-bookings"].content.decode()
    assert "Take it back" not in opened["stat-bookings"].content.decode()


def test_the_number_of_the_next_period_is_another_number() -> None:
    write()
    now = answers.FALLING.comparison
    later = replace(now, actual=Period(first=now.actual.end, end=now.actual.end.replace(day=28)))
    PublishedAnswer.objects.filter(scope="person@sam").update(
        answer=codec.to_json(replace(answers.FALLING, comparison=later))
    )
    assert read_by("sam") == []
    assert [each.text for each in notes.own(cast.viewer("sam"))] == ["I was ill in May."]


def test_what_was_taken_back_nobody_reads() -> None:
    note = write()
    own = notes.own(cast.viewer("sam"))
    assert [(each.text, each.figure) for each in own] == [(note.text, "stat-bookings")]
    assert "Bookings" in own[0].about
    address = f"/results/notes/{note.pk}/withdraw/"
    assert signed_in("max").post(address).status_code == 403
    assert signed_in("sam").post(address).status_code == 302
    assert (read_by("max"), notes.own(cast.viewer("sam"))) == ([], ())


def test_nobody_writes_beside_the_number_of_another() -> None:
    for name, status in (("max", 403), ("eve", 403), ("sue", 404), ("opal", 404)):
        assert signed_in(name).post(NOTE, {"text": "No"}).status_code == status
    assert (
        signed_in("sam").post(NOTE.replace("bookings", "nothing"), {"text": "No"}).status_code
        == 404
    )
    assert not Note.objects.exists()


def test_a_note_cannot_carry_markup() -> None:
    write("<script>alert(1)</script>")
    page = signed_in("max").get("/results/?scope=person@sam").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
