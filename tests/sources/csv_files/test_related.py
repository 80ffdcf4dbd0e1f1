"""Files beside the opportunities: people, customers, products, calls; and bad mappings."""

import gzip
import json
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from written import column, read, report, workbook

from headway.facts.packed import BurstsError
from headway.sources import csv_files
from headway.sources.csv_files.books import as_text
from headway.sources.csv_files.packed import NothingToReadError
from headway.sources.csv_files.proposal import BadMappingError
from headway.sources.csv_files.stacking import taken_on
from headway.sources.csv_files.text import UnreadableFileError

ROW = "006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31"
DEALS = (
    "opp_id,rep_id,cust_id,prod_id,stage,value,create_dt,close_dt\n"
    "1,1,7,3,WON,100,2025-01-02,2025-02-01\n2,2,8,3,LOST,200,2025-01-03,2025-02-02\n"
)
FILES = {
    "opportunities.csv": DEALS,
    "reps.csv": "rep_id,rep_name,email,manager_name,team\n1,Ada,a@x,Max,A\n2,Bob,b@x,Max,B\n",
    "customers.csv": "cust_id,cust_name,industry,region\n7,Acme,Retail,NA\n8,Bolt,Health,EMEA\n",
    "products.csv": "prod_id,prod_name,category,unit_price\n3,Alpha,Tools,9.99\n",
    "calls.csv": (
        "Call ID,Type,Direction,Rep,Deal ID,Date,Duration (minutes)\n"
        "c1,Call,Inbound,1,1,2025-01-05 10:00,4\nc2,Besuch,,2,2,2025-01-06 10:00,30\n"
    ),
}


def folder(place: Path, files: dict[str, str]) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


def test_people_customers_products_and_calls_are_joined_by_their_ids(tmp_path: Path) -> None:
    delivery = read(folder(tmp_path / "crm", FILES), tmp_path / "out")
    assert column(delivery, "seen/account", "name") == ["Acme", "Bolt"]
    assert column(delivery, "seen/account", "region") == ["NA", "EMEA"]
    assert column(delivery, "seen/product", "name") == ["Alpha"]
    assert column(delivery, "seen/person", "name") == ["Ada", "Bob", "Max"]
    assert column(delivery, "seen/opportunity", "account_id") == ["7", "8"]
    assert column(delivery, "seen/activity", "kind") == ["call", "meeting"]
    assert column(delivery, "seen/activity", "direction") == ["in", "out"]
    assert column(delivery, "seen/activity", "duration_minutes") == [4.0, 30.0]
    assert all(count.rejected == 0 for count in delivery.counts)


def test_lengths_in_seconds_become_minutes(tmp_path: Path) -> None:
    calls = "Call ID,Owner,Deal ID,Date,Call Duration\nc1,1,1,2025-01-05 10:00,90\n"
    files = {"opportunities.csv": DEALS, "calls.csv": calls}
    delivery = read(folder(tmp_path / "crm", files), tmp_path / "out")
    assert column(delivery, "seen/activity", "duration_minutes") == [1.5]


def test_sellers_have_the_team_and_manager_of_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    head = (
        "Deal ID,Customer,Region,Industry,Owner,Team,Manager,Status,Type,Won,Product,Amount,"
        "Close Date\n"
    )
    rows = (
        "1,Acme,NA,Retail,Ada,A,Max,Stage one,New,yes,Alpha,100,2025-02-01\n"
        "2,Acme,EMEA,Retail,Bob,B,Max,Stage one,Renewal,no,Beta,200,2025-02-02\n"
    )
    path.write_text(head + rows, encoding="utf-8")
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/person", "person_id") == ["Ada", "Bob", "Max"]
    assert column(delivery, "seen/opportunity", "stage_group") == ["won", "open"]
    assert column(delivery, "seen/opportunity", "type") == ["new", "renewal"]
    assert column(delivery, "seen/opportunity_line", "product_id") == ["Alpha", "Beta"]
    # One customer in two regions: each combination is an account of its own, and that is said.
    assert len(column(delivery, "seen/account", "region")) == 2
    assert any("Each combination of" in note for note in delivery.notes)


def test_opportunities_known_by_name_are_found_in_other_spellings(tmp_path: Path) -> None:
    deals = DEALS.replace("1,1,7,", "1,ADA,acme,").replace("2,2,8,", "2,b@x,Bo lt,")
    delivery = read(folder(tmp_path / "crm", {**FILES, "opportunities.csv": deals}), tmp_path / "o")
    assert column(delivery, "seen/opportunity", "owner_id") == ["1", "2"]
    assert column(delivery, "seen/opportunity", "account_id") == ["7", "8"]
    assert any('the account "Bo lt"; read as "Bolt"' in note for note in delivery.notes)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("{", "it is not readable JSON"),
        ("[]", 'its "format" is not'),
        ('{"format": "headway-mapping", "fingerprint": "x"}', "it was made for other columns"),
        ('{"format": "headway-mapping"}', 'it has no "answers"'),
    ],
)
def test_a_mapping_that_is_none_is_refused(content: str, found: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    mapping.write_text(content, encoding="utf-8")
    with pytest.raises(BadMappingError, match=found):
        csv_files.recognise(report(tmp_path, ROW), mapping=mapping)


def test_a_mapping_beside_the_files_answers_what_nobody_else_does(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    report(folder, ROW)
    told = {"organisation.name": "Acme", "organisation.currency": "CHF"}
    beside = {"format": "headway-mapping", "answers": told}
    (folder / "headway-mapping.json").write_text(json.dumps(beside))
    own = tmp_path / "own.json"
    own.write_text(json.dumps({**beside, "answers": {"organisation.name": "Bolt"}}))
    proposal = csv_files.recognise(folder, mapping=own)
    organisation = csv_files.read(proposal, into=tmp_path / "out").organisation
    assert (organisation.name, organisation.currency) == ("Bolt", "CHF")


def test_a_mapping_may_name_the_organisation(tmp_path: Path) -> None:
    answers = {
        "organisation.name": "Acme",
        "organisation.currency": "CHF",
        "organisation.fiscal_year_start_month": "13",
    }
    content = {"format": "headway-mapping", "answers": answers}
    mapping = tmp_path / "mapping.json"
    mapping.write_text(json.dumps(content), encoding="utf-8")
    proposal = csv_files.recognise(report(tmp_path, ROW), mapping=mapping)
    organisation = csv_files.read(proposal, into=tmp_path / "out").organisation
    assert (organisation.name, organisation.currency) == ("Acme", "CHF")
    assert organisation.fiscal_year_start_month == 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (datetime(2026, 6, 30, 8, 5), "2026-06-30 08:05:00"),  # noqa: DTZ001  as cells hold them
        (timedelta(minutes=2), "120.0"),
        (time(8, 5), "08:05:00"),
        (date(2026, 6, 30), "2026-06-30"),
        (False, "false"),
    ],
)
def test_cells_become_the_text_a_person_sees(value: float, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize("name", ["broken.xlsx", "broken.zip", "broken.csv.gz"])
def test_what_only_pretends_to_be_packed_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04 nothing of the kind")
    with pytest.raises(BurstsError, match="was refused: it is not"):
        csv_files.recognise(path)


def test_a_workbook_without_sheets_in_it_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(BurstsError, match="not a readable workbook"):
        csv_files.recognise(path)


def test_what_is_not_there_or_not_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NothingToReadError):
        csv_files.recognise(tmp_path / "nowhere.csv")
    binary = tmp_path / "binary.csv"
    binary.write_bytes(b"abc\0def,ghi\n" * 50)
    with pytest.raises(UnreadableFileError, match="zero bytes"):
        csv_files.recognise(binary)
    broken = tmp_path / "broken.csv"
    broken.write_bytes(b"\xff\xfe" + "a,b\n".encode("utf-16-le") + b"\x00\xd8a")
    with pytest.raises(UnreadableFileError, match="is broken"):
        csv_files.recognise(broken)


def test_a_file_of_nothing_but_delimiters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "commas.csv"
    path.write_text(",,\n,,\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="it is empty"):
        csv_files.recognise(path)


def test_a_long_quoted_field_in_the_first_lines_is_read(tmp_path: Path) -> None:
    long = report(tmp_path, ROW.replace("First", "x" * 200_000))
    assert column(read(long, tmp_path / "out"), "seen/opportunity", "opportunity_id") == ["006A"]


def test_a_large_packed_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "large.csv.gz"
    with path.open("wb") as file:
        file.write(gzip.compress(b"a,b\n"))
        file.truncate(100_000_001)
    with pytest.raises(BurstsError, match="a packed file may have 100,000,000 bytes"):
        csv_files.recognise(path)


def test_several_sheets_are_several_files(tmp_path: Path) -> None:
    assert taken_on("Pipeline Q1 2025.xlsx") == date(2025, 3, 31)
    book = workbook(tmp_path / "book.xlsx", [["Id", "Stage", "Close Date", "Owner"]])
    with pytest.raises(UnreadableFileError, match=r"book\.xlsx cannot be read"):
        csv_files.recognise(book)


def test_an_undecided_decimal_mark_is_asked(tmp_path: Path) -> None:
    path = report(tmp_path, ROW.replace("1000", '"1,234"'))
    asked = [each for each in csv_files.recognise(path).questions if each.about == "decimal"]
    assert [each.default for each in asked] == ["dot"]
    answers = {asked[0].id: "comma"}
    assert (
        str(column(read(path, tmp_path / "a", answers), "seen/opportunity", "amount")[0]) == "1.23"
    )
    assert str(column(read(path, tmp_path / "b"), "seen/opportunity", "amount")[0]) == "1234.00"
