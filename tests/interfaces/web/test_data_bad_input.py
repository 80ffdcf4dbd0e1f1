"""What people send by mistake or on purpose: each gets a sentence, nothing half-read stays."""

import gzip
import html
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast
from tests.interfaces.web import data_world, results_world
from tests.interfaces.web.data_world import COLUMNS

from headway.cycle import uploads
from headway.records.models import Load, Mapping, Publication

pytestmark = pytest.mark.django_db
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@pytest.fixture(autouse=True)
def world(settings, tmp_path) -> None:
    settings.HEADWAY_DATA = tmp_path
    cast.enter()


@pytest.fixture
def opal():
    return results_world.signed_in("opal")


def text(answer) -> str:
    return answer.content.decode()


def zipped(**files: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.csv", b"", "empty.csv is empty: it has no bytes."),
        ("run.exe", b"MZ", "run.exe is of a kind that cannot be read."),
        ("noname", b"a,b", "noname is of a kind that cannot be read."),
    ],
)
def test_what_can_be_seen_at_once_is_said_beside_the_field(opal, name, content, sentence) -> None:
    answer = data_world.bring(opal, content, name=name)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert 'aria-invalid="true"' in text(answer)
    assert Load.objects.count() == 0


def test_no_file_at_all_is_said_too(opal) -> None:
    answer = opal.post("/data/")
    assert answer.status_code == 422
    assert "No file was chosen." in text(answer)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("picture.csv", PICTURE, "picture.csv"),
        ("cold.csv", b"Month,Temperature\nJan,3\nFeb,4\n", "it lacks"),
        ("header.csv", b"Ref;Vendeur;Etat;Montant;Cree;Clos\n", "header.csv"),
        ("bomb.zip", zipped(a__csv=b"0" * 30_000_000), "times its size"),
        ("bomb.csv.gz", gzip.compress(b"0" * 30_000_000), "times its size"),
        ("nested.zip", zipped(inner__zip=zipped(a__csv=b"x")), "holds another packed file"),
        ("broken.zip", b"PK\x03\x04 and no more", "not a whole zip file"),
        ("broken.xlsx", PICTURE, "broken.xlsx"),
        ("many.zip", zipped(**{f"f{n}__csv": b"a,b\n" for n in range(1001)}), "1,000 entries"),
    ],
)
def test_what_shows_on_reading_is_refused_in_a_sentence(
    opal, settings, name, content, word
) -> None:
    assert data_world.bring(opal, content, name=name).status_code == 302
    data_world.work()
    page = text(opal.get("/data/loads/1/progress/"))
    assert "That did not work" in page
    assert "The work has stopped" in page
    assert "the work goes on" not in page
    assert word in page
    assert "our side" not in page
    load = Load.objects.get()
    assert (load.state, word in load.refusal) == ("refused", True)
    assert f"{load.source.name} was not loaded" in text(opal.get("/data/loads/1/"))
    assert list((settings.HEADWAY_DATA / "uploads").iterdir()) == []
    assert Publication.objects.count() == 0


def test_a_huge_field_rejects_its_row_or_the_file_and_nothing_breaks(opal) -> None:
    huge = f"D900;{'x' * 2_000_000};Gagne;5;05/01/2024;09/01/2025\n"
    data_world.bring(opal, data_world.deals(more=huge))
    data_world.work()
    load = Load.objects.get()
    if load.state == "refused":
        assert "ventes.csv" in load.refusal
        return
    data_world.answered(opal)
    data_world.work()
    load.refresh_from_db()
    assert (load.state, load.kept_count, load.rejected_count) == ("kept", 60, 1)


@pytest.mark.parametrize("name", ["../../evil.csv", "..\\..\\evil.csv", "/etc/evil.csv", "..csv"])
def test_no_name_leads_out_of_the_folder(opal, settings, name: str) -> None:
    data_world.bring(opal, data_world.deals(), name=name)
    found = [path for path in settings.HEADWAY_DATA.rglob("*") if path.is_file()]
    assert [path.parent.parent for path in found] == [settings.HEADWAY_DATA / "uploads"]
    assert uploads.safe_name(name) in {"evil.csv", "file.csv"}


def test_several_files_of_one_name_are_all_kept(opal, settings) -> None:
    files = [SimpleUploadedFile("a.csv", data_world.deals()) for _ in range(2)]
    opal.post("/data/", {"files": files})
    kept = sorted(path.name for path in settings.HEADWAY_DATA.rglob("*.csv"))
    assert kept == ["2 a.csv", "a.csv"]


def test_more_than_the_limit_is_not_kept(opal, settings, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MAX_BYTES", 1_000)
    answer = data_world.bring(opal, data_world.deals())
    assert answer.status_code == 422
    assert "on the server, where there is no limit: headway load PATH" in text(answer)
    assert list(settings.HEADWAY_DATA.rglob("*.csv")) == []


def test_wrong_answers_are_said_beside_the_field_and_on_top_and_stay(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    answer = data_world.answered(opal, currency="euro", zone="Mars/Base")
    page = text(answer)
    assert answer.status_code == 422
    assert page.count("“euro” is no code of a currency.") == 2
    assert page.count("“Mars/Base” is no time zone.") == 2
    assert 'value="euro"' in page
    assert 'value="Mars/Base"' in page
    assert Load.objects.get().state == "waiting"


def test_two_columns_cannot_be_the_same(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    answer = data_world.answered(opal, Vendeur="seen/opportunity.amount")
    assert answer.status_code == 422
    assert "is taken for the same. Leave one of them out." in text(answer)


def test_an_answer_that_is_no_option_is_not_taken(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    answer = data_world.answered(opal, Vendeur="seen/person.password")
    assert answer.status_code == 422


def test_answers_under_which_nothing_can_be_read_keep_the_files(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    data_world.answered(opal, Cree="", Clos="")
    data_world.work()
    page = text(opal.get(COLUMNS))
    assert "This cannot be read so yet" in page
    assert Load.objects.get().state == "waiting"


def test_a_form_that_somebody_else_overtook_changes_nothing(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    form = opal.get(COLUMNS).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    Mapping.objects.update(version=7)
    answer = opal.post(COLUMNS, {**sent, "next": "load", "seen_version": "1"})
    assert answer.status_code == 409
    assert opal.post(COLUMNS, {**sent, "next": "load", "seen_version": "x"}).status_code == 409


def test_a_failed_upload_is_told_with_what_to_do_and_counts_as_no_source(opal) -> None:
    data_world.bring(opal, data_world.deals())
    data_world.work()
    data_world.answered(opal)
    data_world.work()
    data_world.bring(opal, b"Month,Temperature\nJan,3\nFeb,4\n", name="cold.csv")
    data_world.work()
    page = opal.get("/data/")
    assert page.context["heading"].startswith("1 source, with data to")
    assert [each.name for each in page.context["sources"]] == ["ventes"]
    failed = page.context["loads"][0]
    assert (failed.source, failed.state.word) == ("cold", "failed upload")
    assert f"{failed.refusal[:40]}" in html.unescape(text(page))
    assert '<a class="btn sm" href="/data/loads/2/">What to do</a>' in text(page)


def test_what_will_be_refused_is_told_above_the_columns_before_it_is_loaded(opal) -> None:
    header = "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,"
    rows = [f"006{n},D{n},Acme,Ada,Closed Won,5,2025-01-0{n},2025-02-0{n}" for n in range(1, 7)]
    rows[2] += ",more"
    rows[4] = rows[4].replace("2025-01-05", "05.01.2025")
    content = "\n".join([f"{header}Created Date,Close Date", *rows]) + "\n"
    data_world.bring(opal, content.encode(), name="report.csv")
    data_world.work()
    page = opal.get(COLUMNS)
    heading = "Salesforce export can be read, but for 1 of 6 rows and 1 values"
    assert page.context["readable"] == heading
    assert f'<h1 class="finding">{heading}</h1>' in text(page)
    assert "are written in several ways" in text(page)
