"""What exports do to a table: a row per product, names twice, months by name, columns that move."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from written import column, read, rejections

from headway.sources import csv_files
from headway.sources.csv_files.text import UnreadableFileError

LINES = (
    "Chance-Nr.;Kunde;Verkäufer;Status;Angelegt am;Abschlussdatum;Produkt;Menge;Positionswert\n"
    "A-1;Acme;Ada;Gewonnen;02.01.2025;20.02.2025;Sonde;1;100,50\n"
    "A-1;Acme;Ada;Gewonnen;02.01.2025;20.02.2025;Kabel;2;20,25\n"
    "A-2;Bolt;Bob;Verloren;03.01.2025;21.02.2025;Sonde;1;100,50\n"
    "A-3;Bolt;Bob;Verloren;03.01.2025;21.02.2025;Sonde;1;100,50\n"
    "A-3;Bolt;Bob;Verloren;03.01.2025;21.02.2025;Kabel;1;10,00\n"
)


def _file(folder: Path, content: str, *, name: str = "deals.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def test_rows_of_one_opportunity_with_other_products_and_amounts_are_its_lines(
    tmp_path: Path,
) -> None:
    delivery = read(_file(tmp_path, LINES), tmp_path / "read")
    assert column(delivery, "seen/opportunity", "opportunity_id") == ["A-1", "A-2", "A-3"]
    assert column(delivery, "seen/opportunity", "amount") == [
        Decimal("120.75"),
        Decimal("100.50"),
        Decimal("110.50"),
    ]
    assert sorted(column(delivery, "seen/opportunity_line", "line_amount")) == [
        Decimal("10.00"),
        Decimal("20.25"),
        *[Decimal("100.50")] * 3,
    ]
    assert [(count.rows_in, count.kept) for count in delivery.counts] == [(5, 5)]
    said = '2 opportunities of deals.csv stand on 4 rows with different values in "Positionswert"'
    assert f"{said}: the rows are summed." in delivery.notes


def test_an_amount_that_stands_on_each_line_is_counted_once(tmp_path: Path) -> None:
    report = (
        "Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Amount,Close Date,Created Date,"
        "Product Name,Quantity,Total Price\n"
        "1,Ada,A,Closed Won,120,2/20/2025,1/2/2025,Probe,1,100\n"
        "1,Ada,A,Closed Won,120,2/20/2025,1/2/2025,Cable,2,20\n"
        "2,Bob,B,Closed Lost,100,2/21/2025,1/3/2025,Probe,1,100\n"
    )
    delivery = read(_file(tmp_path, report), tmp_path / "read")
    assert column(delivery, "seen/opportunity", "amount") == [Decimal(120), Decimal(100)]
    assert sorted(column(delivery, "seen/opportunity_line", "line_amount")) == [20, 100, 100]
    assert rejections(delivery) == []


def test_rows_with_the_same_id_that_tell_different_stages_are_no_lines(tmp_path: Path) -> None:
    content = LINES.replace(
        "A-1;Acme;Ada;Gewonnen;02.01.2025;20.02.2025;Kabel", "A-1;C;Z;Angebot;;;K"
    )
    content = content.replace(
        "A-3;Bolt;Bob;Verloren;03.01.2025;21.02.2025;Kabel", "A-3;C;Z;Angebot;;;K"
    )
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert column(delivery, "seen/opportunity", "amount") == [Decimal("100.50")] * 3
    assert len(rejections(delivery)) == 2


def test_an_export_of_open_ones_alone_says_what_it_takes(tmp_path: Path) -> None:
    content = (
        "Deal ID,Owner,Stage,Amount,Created,Close Date\n"
        "1,Ada,Proposal,100,2025-01-02,2025-02-01\n"
        "2,Bob,Negotiation,200,2025-01-03,2025-02-02\n"
    )
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert any(note.startswith("Every opportunity in it is open.") for note in delivery.notes)


def test_without_an_id_it_is_said_that_each_row_is_one(tmp_path: Path) -> None:
    content = LINES.replace("Chance-Nr.", "Bereich").replace("A-2", "A-1").replace("A-3", "A-1")
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert [count.kept for count in delivery.counts] == [5]
    assert any(note.startswith("No column of deals.csv is an id") for note in delivery.notes)


def test_of_columns_with_the_same_name_the_first_is_read_and_that_is_said(tmp_path: Path) -> None:
    content = (
        "Deal ID,Owner,Stage,Amount,Created,Close Date,Close Date\n"
        "1,Ada,Won,100,2025-01-02,2025-02-01,2025-03-31\n"
        "2,Bob,Lost,200,2025-01-03,2025-02-02,2025-03-31\n"
    )
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert column(delivery, "seen/opportunity", "close_on") == [date(2025, 2, 1), date(2025, 2, 2)]
    said = 'Several columns of deals.csv have the same name ("Close Date"): of each only the first'
    assert f"{said} is read." in delivery.notes


@pytest.mark.parametrize(
    ("created", "closed"),
    [
        ("3 févr. 2025", "14 août 2025"),
        ("3. Februar 2025", "14. August 2025"),
        ("03-fev-2025", "14/ago/25"),
        ("3 de febrero de 2025", "jueves, 14 de agosto de 2025"),
        ("3 feb 2025 09:15", "14 aug. 2025"),
        ("3 febbraio 2025", "14 agosto 2025"),
        ("3 lutego 2025", "14 sierpnia 2025"),
    ],
)
def test_months_are_read_by_their_names(tmp_path: Path, created: str, closed: str) -> None:
    content = (
        "Deal ID;Owner;Stage;Amount;Created;Close Date\n"
        f"1;Ada;Won;100;{created};{closed}\n"
        "2;Bob;Lost;200;1 maart 2025;4 décembre 2025\n"
    )
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    closing = column(delivery, "seen/opportunity", "close_on")
    assert closing == [date(2025, 8, 14), date(2025, 12, 4)]
    days = column(delivery, "seen/opportunity", "cast(created_at as date)")
    assert days == [date(2025, 2, 3), date(2025, 3, 1)]


@pytest.mark.parametrize(
    ("created", "closed"),
    [("20250203", "20250814"), ("2025/02/03", "2025/08/14"), ("2025/2/3 9:15", "2025/8/14 17:00")],
)
def test_days_are_read_with_the_year_in_front(tmp_path: Path, created: str, closed: str) -> None:
    content = f"Deal ID;Owner;Stage;Amount;Created;Close Date\n1;Ada;Won;100;{created};{closed}\n"
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert column(delivery, "seen/opportunity", "close_on") == [date(2025, 8, 14)]
    assert column(delivery, "seen/opportunity", "cast(created_at as date)") == [date(2025, 2, 3)]


def test_of_two_days_without_telling_names_the_earlier_is_the_creation(tmp_path: Path) -> None:
    rows = "".join(f"{n};Ada;Won;{n}00;{n + 10}.04.2025;{n + 10}.01.2025\n" for n in range(1, 9))
    content = (
        "Deal ID;Owner;Stage;Amount;Termin B;Termin A\n" + rows + "9;Bob;Lost;1;1.5.2025;1.2.2025\n"
    )
    proposal = csv_files.recognise(_file(tmp_path, content))
    taken = {seen.name: seen.taken_for for seen in proposal.files[0].columns}
    assert taken["Termin A"] == "seen/opportunity.created_at"
    assert taken["Termin B"] == "seen/opportunity.close_on"


def test_weeks_whose_columns_moved_and_grew_are_looks_at_the_same_rows(tmp_path: Path) -> None:
    folder = tmp_path / "weeks"
    folder.mkdir()
    early = (
        "Opp ID,Owner,Stage,Amount,Created,Close date\n1,Ada,Proposal,100,2025-01-02,2025-03-01\n"
    )
    later = (
        "Opp ID,Stage,Owner,Region,Amount,Close date,Created\n"
        "1,Closed Won,Ada,North,120,2025-03-01,2025-01-02\n"
        "2,Proposal,Bob,South,50,2025-04-01,2025-02-20\n"
    )
    _file(folder, early, name="pipeline 2025-02-03.csv")
    _file(folder, later, name="pipeline 2025-03-03.csv")
    delivery = read(folder, tmp_path / "read")
    assert column(delivery, "seen/opportunity", "stage") == ["Closed Won", "Proposal"]
    assert sorted(column(delivery, "seen/opportunity_change", "field")) == ["amount", "stage"]
    assert sum(count.rows_in for count in delivery.counts) == 3


def test_a_history_of_stages_beside_a_known_shape_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    report = (
        "Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Amount,Close Date,Created Date\n"
        "1,Ada,A,Closed Won,120,2/20/2025,1/2/2025\n"
    )
    history = (
        "Opportunity ID,From Stage,To Stage,Edited By,Edit Date\n"
        "1,Qualification,Proposal,Ada,1/15/2025 3:11 PM\n"
        "1,Proposal,Closed Won,Ada,2/20/2025 9:00 AM\n"
    )
    _file(folder, report, name="report.csv")
    _file(folder, history, name="history.csv")
    delivery = read(folder, tmp_path / "read")
    assert sorted(column(delivery, "seen/opportunity_change", "new_value")) == [
        "Closed Won",
        "Proposal",
    ]
    assert not any("history" in said for said in delivery.lacks)


def test_the_currency_that_a_report_converted_to_is_the_one_reported_in(tmp_path: Path) -> None:
    report = (
        "Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Amount Currency,Amount,"
        "Amount (converted) Currency,Amount (converted),Close Date,Created Date\n"
        "1,Ada,A,Closed Won,CHF,100,EUR,105,2/20/2025,1/2/2025\n"
        "2,Ada,B,Closed Lost,EUR,100,EUR,100,2/20/2025,1/2/2025\n"
    )
    delivery = read(_file(tmp_path, report), tmp_path / "read")
    assert delivery.organisation.currency == "EUR"
    assert column(delivery, "seen/opportunity", "report_amount") == [105, 100]


def test_a_column_that_is_but_called_currency_is_read(tmp_path: Path) -> None:
    report = (
        "Opportunity ID,Opportunity Owner,Opportunity Name,Stage,Currency,Amount,Close Date,"
        "Created Date\n1,Ada,A,Closed Won,EUR,100,2/20/2025,1/2/2025\n"
    )
    delivery = read(_file(tmp_path, report), tmp_path / "read")
    assert delivery.organisation.currency == "EUR"
    assert column(delivery, "seen/opportunity", "currency") == ["EUR"]


def test_more_columns_than_can_be_read_are_refused_with_what_to_do(tmp_path: Path) -> None:
    content = ",".join(f"c{n}" for n in range(2_001)) + "\n"
    with pytest.raises(UnreadableFileError, match="Export it again with fewer columns"):
        csv_files.recognise(_file(tmp_path, content))


def test_a_quote_that_nothing_closes_is_refused_with_what_was_found(tmp_path: Path) -> None:
    content = '"Deal,Owner\n' + "A deal,Ada\n" * 20_000
    with pytest.raises(UnreadableFileError, match=r"column has 220,011 characters.*never closed"):
        csv_files.recognise(_file(tmp_path, content))


def test_blanks_around_values_go_in_very_wide_files_too(tmp_path: Path) -> None:
    further = [f"Further {n}" for n in range(250)]
    header = ["Opportunity ID", "Opportunity Owner", "Opportunity Name", "Stage", "Amount"]
    row = ["1", "  Ada ", " A", "Closed Won ", "100"]
    days = (["Close Date", "Created Date"], ["2/20/2025", "1/2/2025"])
    content = ",".join([*header, *days[0], *further]) + "\n"
    content += ",".join([*row, *days[1], *["x" for _ in further]]) + "\n"
    delivery = read(_file(tmp_path, content), tmp_path / "read")
    assert column(delivery, "seen/person", "name") == ["Ada"]
