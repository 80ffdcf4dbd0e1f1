"""`headway diagnose` and `headway mapping` on files."""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from headway.interfaces.cli.exits import Exit
from headway.interfaces.cli.main import main
from headway.sources import demo

DEALS = """\
Deal ID,Deal Owner,Stage,Amount,Create Date,Close Date
1,Ann,Closed Won,1000,2026-01-05,2026-02-01
2,Bob,Closed Lost,500,2026-01-06,2026-02-03
3,Ann,Closed Won,700,2026-01-20,2026-02-20
"""


@dataclass(frozen=True, kw_only=True)
class Told:
    code: int
    out: str
    err: str


Headway = Callable[..., Told]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def headway(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, data: Path
) -> Headway:
    """The command in this process: what the engine loads is loaded once."""
    monkeypatch.setenv("HEADWAY_DATA", str(data))
    monkeypatch.setenv("COLUMNS", "100")

    def run(*arguments: str | Path) -> Told:
        monkeypatch.setattr(sys, "argv", ["headway", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Told(code=int(ended.value.code or 0), out=told.out, err=told.err)

    return run


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


@pytest.fixture
def two_years(tmp_path: Path) -> Path:
    """Two opportunities a week, closed on the day they were made: two in three are won."""
    path = tmp_path / "two_years.csv"
    lines = [f"{DEALS.splitlines()[0]},Region,Product"]
    for number in range(208):
        stage = "Closed Won" if number % 3 else "Closed Lost"
        day = date(2024, 1, 1) + timedelta(days=number * 7 // 2)
        owner, region = (("Ann", "Canada"), ("Bob", "Mexico"))[number % 2]
        product = ("Pump", "Valve")[number // 2 % 2]
        lines.append(f"{number},{owner},{stage},{900 + number},{day},{day},{region},{product}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_json_is_all_that_stands_on_standard_output(headway: Headway, two_years: Path) -> None:
    told = headway("diagnose", two_years, "--json")
    findings = json.loads(told.out)
    assert (told.code, told.err) == (Exit.OK, "")
    assert (findings["format"], findings["format_version"]) == ("headway-findings", 1)
    assert "bookings" in {result["kpi"] for result in findings["results"]}
    # Capabilities that are not built yet are empty, not left out.
    assert findings["chains"] == findings["coaching"] == []


def test_a_page_that_stands_alone_is_written(headway: Headway, deals: Path) -> None:
    page = deals.with_suffix(".html")
    told = headway("diagnose", deals, "--html", page)
    assert (told.out, told.err) == ("", f"Written: {page}\n")
    assert "<h1" in page.read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_report_holds_answer_and_reading(headway: Headway, data: Path) -> None:
    told = headway("diagnose", demo.FOLDER)
    assert (told.code, told.err) == (Exit.OK, "")
    for title in ("The figures", "Why it changed", "Checked and ruled out", "What was read"):
        assert title in told.out
    assert not data.exists()


@pytest.mark.slow
def test_what_was_declared_stands_beside_the_files(headway: Headway) -> None:
    told = headway("diagnose", demo.FOLDER, "--meant", demo.DECLARED, "--json")
    assert (told.code, told.err) == (Exit.OK, "")
    patterns = json.loads(told.out)["patterns"]
    territories = [each for each in patterns if each["priority"] == "territories"]
    assert [each["unit"] for each in territories] == ["shift", "shift"]
    assert {each["code"] for each in territories[0]["evidence"]} >= {
        "outside_territory",
        "after_handover",
    }


def test_a_folder_without_declared_tables_is_refused(
    headway: Headway, deals: Path, tmp_path: Path
) -> None:
    told = headway("diagnose", deals, "--meant", tmp_path)
    assert (told.code, told.out) == (Exit.REFUSED, "")
    assert "Expected a folder with meant/ or said/ in it" in told.err


@pytest.mark.parametrize("page", [".", "no-such-folder/answer.html"])
def test_a_page_that_cannot_be_written_is_said_before_the_work(
    headway: Headway, deals: Path, page: str
) -> None:
    told = headway("diagnose", deals, "--html", deals.parent / page)
    assert (told.code, told.out) == (Exit.USAGE, "")
    assert "cannot be written. Expected the name of a file" in told.err


def test_a_mapping_that_is_not_there_is_named(headway: Headway, deals: Path) -> None:
    told = headway("diagnose", deals, "--mapping", "no-such-mapping.json")
    assert (told.code, told.out) == (Exit.REFUSED, "")
    assert told.err.startswith("There is no file or folder no-such-mapping.json.")


def test_a_data_folder_that_cannot_be_made_is_said_with_what_to_do(
    headway: Headway, deals: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = deals / "data"
    monkeypatch.setenv("HEADWAY_DATA", str(folder))
    told = headway("mapping", deals, "--answer", "organisation.name=Calder Works")
    assert told.code == Exit.REFUSED
    assert f"The data folder {folder / 'mappings'} cannot be written to." in told.err
    assert "HEADWAY_DATA=" in told.err


def test_too_little_to_compare_has_a_code_of_its_own(headway: Headway, deals: Path) -> None:
    told = headway("diagnose", deals)
    assert told.code == Exit.NOT_MEASURED
    assert "3 rows in" in told.out
    assert "The data hold 3 decided opportunities over 20 days." in " ".join(told.out.split())


@pytest.mark.parametrize(
    "periods",
    [
        ("--from", "2035-01-01", "--to", "2035-06-30"),
        ("--from", "2026-01-01", "--to", "2026-02-20", "--against", "2019-01-01"),
    ],
)
@pytest.mark.parametrize("command", ["diagnose", "why-not"])
def test_a_period_of_which_nothing_is_recorded_is_refused(
    headway: Headway, deals: Path, command: str, periods: tuple[str, ...]
) -> None:
    place = ("--where", "owner=Ann") if command == "why-not" else ()
    told = headway(command, deals, *place, *periods)
    assert (told.code, told.out) == (Exit.REFUSED, "")
    asked = "2035-01-01 to 2035-06-30" if len(periods) == 4 else "2019-01-01 to 2019-02-20"
    assert told.err == (
        f"Nothing is recorded from {asked}: the data is from 2026-01-05 to 2026-02-20. Expected a "
        "period inside it. Choose other days, or none: then the last two complete quarters are "
        "compared.\n"
    )


def test_columns_are_shown_and_answers_kept_for_the_next_time(
    headway: Headway, deals: Path, data: Path
) -> None:
    shown = headway("mapping", deals)
    assert (shown.code, shown.err) == (Exit.OK, "")
    assert not data.exists()
    answered = headway("mapping", deals, "--answer", "organisation.name=Calder Works")
    (kept,) = (data / "mappings").glob("*.json")
    assert (answered.code, answered.err) == (Exit.OK, f"Kept: {kept}\n")
    assert headway("diagnose", deals).out.startswith("Calder Works · ")


def test_an_answer_to_no_question_is_refused_with_those_there_are(
    headway: Headway, deals: Path
) -> None:
    told = headway("mapping", deals, "--answer", "colour=blue")
    assert told.code == Exit.USAGE
    assert "'colour=blue' answers no question." in told.err
    assert "organisation.currency" in told.err


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("organisation.currency=banana", "three capital letters"),
        ("organisation.time_zone=Berlin", "Europe/Berlin"),
        ("organisation.fiscal_year_start_month=13", "one of: 1, 2"),
    ],
)
def test_an_answer_that_cannot_be_one_is_refused(
    headway: Headway, deals: Path, answer: str, expected: str
) -> None:
    told = headway("mapping", deals, "--answer", answer)
    assert told.code == Exit.USAGE
    assert "is no answer to" in told.err
    assert expected in told.err


def test_why_not_tells_how_far_a_place_moved(headway: Headway, two_years: Path) -> None:
    told = headway("why-not", two_years, "--where", "region=Canada", "--json")
    found = json.loads(told.out)
    assert (told.code, found["kpi"], found["slice"]) == (Exit.OK, "bookings", {"region": "Canada"})
    assert {move["kind"] for move in found["moves"]} == {"volume", "size"}
    words = " ".join(headway("why-not", two_years, "--where", "region=Canada").out.split())
    assert ("Region Canada, and bookings" in words, "by chance in" in words) == (True, True)


@pytest.mark.parametrize(
    ("place", "lists"), [("region=Atlantis", "Canada"), ("planet=Mars", "product")]
)
def test_why_not_lists_what_is_known(
    headway: Headway, two_years: Path, place: str, lists: str
) -> None:
    told = headway("why-not", two_years, "--where", place)
    assert told.code == Exit.REFUSED
    assert lists in told.err


def test_why_not_says_that_no_place_is_recorded(headway: Headway, tmp_path: Path) -> None:
    days = ("2025-02-10", "2025-05-10", "2025-08-10", "2025-11-10", "2025-12-20")
    rows = [
        f"{number},Ada,{'Won' if number % 2 else 'Lost'},2024-12-01,{day},100"
        for number, day in enumerate(days * 20)
    ]
    export = tmp_path / "plain.csv"
    names = "Opportunity ID,Owner,Stage,Created Date,Close Date,Amount"
    export.write_text("\n".join((names, *rows)))
    told = headway("why-not", export, "--where", "region=Atlantis")
    assert told.code == Exit.REFUSED
    assert "no place with region = Atlantis" in told.err
    assert "there are no places" in told.err


@pytest.mark.parametrize("places", [("region",), ("region=A", "region=B"), ("=A",)])
def test_why_not_takes_places_only(headway: Headway, places: tuple[str, ...]) -> None:
    options = [part for place in places for part in ("--where", place)]
    assert headway("why-not", demo.FOLDER, *options).code == Exit.USAGE


def test_a_place_of_two_conditions_is_asked_about_in_a_result_and_periods_of_ones_own(
    headway: Headway, two_years: Path
) -> None:
    told = headway(
        *("why-not", two_years, "--where", "region=Canada", "--where", "product=Valve"),
        *("--result", "average_amount", "--from", "2025-01-01", "--to", "2025-06-30", "--json"),
    )
    found = json.loads(told.out)
    assert (told.code, found["kpi"]) == (Exit.OK, "average_amount")
    assert found["slice"] == {"region": "Canada", "product": "Valve"}
    assert found["comparison"]["actual"] == {"first": "2025-01-01", "end": "2025-07-01"}


@pytest.mark.parametrize(
    ("command", "old"), [("why-not", "--kpi"), ("diagnose", "--measure"), ("diagnose", "--kpi")]
)
def test_a_result_is_asked_for_by_one_word(headway: Headway, command: str, old: str) -> None:
    told = headway(command, demo.FOLDER, old, "win_rate")
    assert (told.code, "No such option" in told.err) == (Exit.USAGE, True)
