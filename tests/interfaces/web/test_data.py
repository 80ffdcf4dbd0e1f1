"""Data in the browser: bring files, answer what is doubtful, see what was refused, take back."""

import shutil
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.interfaces.web import data_world, results_world
from tests.interfaces.web.data_world import COLUMNS

from facts import bundles
from headway.records.models import CheckMark, Load, Publication, Source

pytestmark = pytest.mark.django_db
# Statements of the overview: session, account, sample, places, publication, sources, loads, checks.
OVERVIEW_STATEMENTS = 11


@pytest.fixture(autouse=True)
def world(settings, tmp_path) -> None:
    settings.HEADWAY_DATA = tmp_path
    cast.enter()


@pytest.fixture
def opal():
    return results_world.signed_in("opal")


def text(answer) -> str:
    return answer.content.decode()


def loaded(client, content: bytes, *, number: int = 1, name: str = "ventes.csv") -> Load:
    data_world.bring(client, content, name=name)
    data_world.work()
    data_world.answered(client, COLUMNS.replace("1", str(number)))
    data_world.work()
    return Load.objects.get(pk=number)


@pytest.mark.parametrize("name", ["mona", "sam"])
@pytest.mark.parametrize(
    "path", ["", "checks/", "loads/1/", "loads/1/columns/", "loads/1/progress/", "loads/1/undo/"]
)
def test_sellers_and_managers_learn_nothing(name: str, path: str) -> None:
    client = results_world.signed_in(name)
    assert client.get(f"/data/{path}").status_code == 404
    assert data_world.bring(client, data_world.deals()).status_code == 404
    assert Load.objects.count() == 0


def test_an_empty_installation_says_what_to_do(opal) -> None:
    page = text(opal.get("/data/"))
    assert "Nothing is loaded yet: a file of opportunities is enough" in page
    assert "up to 100 MB together" in page
    assert '<a href="/data/" aria-current="page">' in page


def test_files_are_looked_at_before_they_are_loaded(opal) -> None:
    sent = data_world.bring(opal, data_world.deals())
    assert (sent.status_code, sent.headers["Location"]) == (302, "/data/loads/1/progress/")
    waiting = opal.get("/data/loads/1/progress/")
    assert "Step 1 of 4" in text(waiting)
    assert 'http-equiv="refresh"' in text(waiting)
    data_world.work()
    fragment = opal.get("/data/loads/1/progress/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment.headers["HX-Redirect"]) == (204, COLUMNS)
    page = opal.get(COLUMNS)
    assert "Step 2 of 4: check the columns" in text(page)
    assert "ventes.csv: 60 rows, 60 kept, 0 refused." in text(page)
    # As it would be read: a decimal comma, the day first.
    first = page.context["preview"]["rows"][0]
    assert {"1000.50", "2025-01-05", "lost"} <= set(first)
    assert Publication.objects.count() == 0


def test_answers_are_kept_and_the_load_ends_in_what_became_of_the_rows(opal) -> None:
    load = loaded(opal, data_world.deals(more="D001;Ana;Gagne;5;01/01/2025;05/01/2025\n"))
    assert (load.state, load.rows_in_count, load.kept_count, load.rejected_count) == (
        "kept",
        61,
        60,
        1,
    )
    page = text(opal.get("/data/loads/1/"))
    assert "60 of 61 rows kept, 1 refused" in page
    # The second D001 stands in line 62: a header and sixty rows before it.
    assert '<td class="num r">62</td>' in page
    assert Publication.objects.filter(is_current=True).count() == 1
    overview = text(opal.get("/data/"))
    assert "1 source, with data to" in overview


def test_an_executive_is_asked_what_it_is_for_and_goes_on_to_results() -> None:
    eve = results_world.signed_in("eve")
    data_world.bring(eve, data_world.deals())
    data_world.work()
    data_world.answered(eve)
    data_world.work()
    assert eve.get("/data/loads/1/progress/").headers["Location"] == "/direction/priorities/first/"
    asked = text(eve.get("/direction/priorities/first/"))
    assert "All 60 rows were kept. Data has the details." in asked
    assert "Skip this" in asked
    told = eve.post("/direction/priorities/first/", {"name": "Discovery before every quotation"})
    assert told.headers["Location"] == "/"
    assert "being worked out" in text(eve.get("/results/"))
    # Asked once: what is declared is known.
    assert eve.get("/data/loads/1/progress/").headers["Location"] == "/"


def test_a_packed_bundle_is_loaded_without_a_question(opal, settings, tmp_path) -> None:
    rows = "opportunity_id,stage,stage_group,close_on\no1,New,open,\no2,Won,won,soon\n,Won,won,\n"
    folder = bundles.written(tmp_path / "bundle", {"seen/opportunity": rows})
    path = Path(shutil.make_archive(str(tmp_path / "ours"), "zip", folder))
    data_world.bring(opal, path.read_bytes(), name=path.name)
    data_world.work()
    assert opal.get("/data/loads/1/progress/").headers["Location"] == "/data/loads/1/"
    page = text(opal.get("/data/loads/1/"))
    assert "4 of 5 rows kept, 1 refused" in page
    load = Load.objects.get()
    assert (load.state, load.source.shape) == ("kept", "bundle")
    assert [line.split(",")[:4] for line in Path(load.rejections).read_text().splitlines()[1:]] == [
        ["seen/opportunity", "3", "close_on", "soon"],
        ["seen/opportunity", "4", "opportunity_id", ""],
    ]
    assert list((settings.HEADWAY_DATA / "uploads").iterdir()) == []


def test_the_refused_file_runs_nothing_in_a_spreadsheet(opal) -> None:
    live = "D900;=cmd()|'x'!A1;Gagne;@much;05/01/2024;09/01/2025\n"
    loaded(opal, data_world.deals(more=live))
    answer = opal.get("/data/loads/1/refused.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="refused-1.csv"'
    rows = b"".join(answer.streaming_content).decode().splitlines()
    assert rows[0] == "file,line,field,value,reason"
    assert rows[1].startswith("ventes.csv,62,Montant,'@much,")


def test_the_same_file_again_says_that_nothing_changed(opal) -> None:
    loaded(opal, data_world.deals())
    again = loaded(opal, data_world.deals(), number=2)
    assert again.state == "unchanged"
    page = text(opal.get("/data/loads/2/"))
    assert "Nothing changed: ventes says what is known already" in page
    assert Source.objects.count() == 1


@pytest.mark.slow
def test_answers_of_the_same_columns_are_filled_in_again(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    data_world.answered(opal, currency="SEK")
    data_world.work()
    data_world.bring(opal, data_world.deals(70))
    data_world.work()
    page = opal.get(COLUMNS.replace("1", "2"))
    assert "your answers of then are filled in" in text(page)
    assert 'value="SEK"' in text(page)


def test_missing_rows_are_told_and_the_last_load_can_be_taken_back(opal) -> None:
    loaded(opal, data_world.deals())
    # The later export reaches as far back, knows one more day, and ten opportunities less.
    kept = data_world.deals().decode().splitlines()
    later = [*kept[:11], *kept[21:], "D900;Ana;Gagne;10,00;05/01/2025;30/12/2025"]
    loaded(opal, ("\n".join(later) + "\n").encode(), number=2)
    assert "10 opportunities are no longer in the export" in text(opal.get("/data/loads/2/"))
    assert opal.get("/data/loads/1/undo/").status_code == 409  # the second builds on it
    asked = opal.get("/data/loads/2/undo/")
    assert "Take back the last load of ventes?" in text(asked)
    opal.post("/data/loads/2/undo/")
    data_world.work()
    assert opal.get("/data/loads/2/progress/").headers["Location"] == "/data/"
    page = text(opal.get("/data/"))
    assert "what was known before holds" in page
    assert Load.objects.get(pk=2).state == "undone"


def test_the_first_load_can_be_taken_back_and_results_leads_to_data(opal) -> None:
    loaded(opal, data_world.deals())
    assert "afterwards nothing is" in text(opal.get("/data/loads/1/undo/"))
    opal.post("/data/loads/1/undo/")
    data_world.work()
    assert opal.get("/data/loads/1/progress/").headers["Location"] == "/data/"
    page = text(opal.get("/data/"))
    assert "The only load was taken back: nothing is loaded now." in page
    assert "Nothing is loaded yet: a file of opportunities is enough" in page
    assert Load.objects.get().state == "undone"
    empty = results_world.signed_in("eve").get("/results/")
    assert (empty.status_code, [each.name for each in empty.templates][:1]) == (
        200,
        ["sample/first_run.html"],
    )
    assert opal.get("/data/loads/1/undo/").status_code == 409


@pytest.mark.slow
def test_changed_columns_are_shown_once_more_before_they_are_loaded(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    data_world.answered(opal, Vendeur="")
    data_world.work()
    page = opal.get(COLUMNS)
    assert "look once more" in text(page)
    assert "seller" not in page.context["preview"]["names"]
    data_world.answered(opal)
    data_world.work()
    assert Load.objects.get().state == "kept"


def test_files_can_be_set_aside(opal, settings) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    assert opal.post("/data/loads/1/discard/").headers["Location"] == "/data/"
    assert Load.objects.get().state == "discarded"
    assert list((settings.HEADWAY_DATA / "uploads").iterdir()) == []
    assert opal.post("/data/loads/1/discard/").status_code == 409


def test_the_same_form_sent_twice_is_one_load(opal) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415  read twice

    for _ in range(2):
        file = SimpleUploadedFile("ventes.csv", data_world.deals())
        opal.post("/data/", {"files": file, "form_key": "k1"})
    assert Load.objects.count() == 1


def test_checks_say_what_each_doubt_affects(opal) -> None:
    CheckMark.objects.create(
        publication=cast.publication(),
        code="missing_owner",
        table="seen/opportunity",
        row_count=41,
        share=0.1,
        affects=["bookings"],
        figures={},
    )
    page = text(opal.get("/data/checks/"))
    assert "1 thing to doubt in the data" in page
    assert "Affects bookings." in page


def test_the_overview_costs_the_same_with_one_load_and_with_many(opal) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as captured:
            opal.get("/data/")
        return len(captured)

    Load.objects.create(
        source=Source.objects.create(name="s", added_at=cast.NOW), upload="u", asked_at=cast.NOW
    )
    one = statements()
    for number in range(10):
        source = Source.objects.create(name=f"s{number}", added_at=cast.NOW)
        Load.objects.create(source=source, upload="u", asked_at=cast.NOW)
    assert (one, statements()) == (OVERVIEW_STATEMENTS, OVERVIEW_STATEMENTS)


def test_columns_that_say_nothing_are_asked_before_anything_is_read(opal) -> None:
    rows = [f"k{n};u{n % 3};{'WL'[n % 2]};{n}0;2024-01-{n % 28 + 1:02d}" for n in range(60)]
    data_world.bring(opal, ("\n".join(["c1;c2;c3;c4;c5", *rows]) + "\n").encode())
    data_world.work()
    page = text(opal.get("/data/loads/1/columns/"))
    assert all(f"c{number}" in page for number in range(1, 6))
    assert "W" in page
    assert "no opportunities that can be followed" not in page
