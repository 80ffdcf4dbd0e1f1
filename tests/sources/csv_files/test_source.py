"""Reading files: nothing is lost, nothing is guessed in silence."""

import csv
import gzip
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from written import REPORT, column, read, rejections, report, workbook

from headway.sources import csv_files
from headway.sources.csv_files.source import SAMPLE_ROWS, NoOpportunitiesError
from headway.sources.protocol import FileCount

ROW = "006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31"


def test_codes_that_look_like_something_else_survive_as_text(tmp_path: Path) -> None:
    names = ["NA", "N/A", "None", "null", "nan", "TRUE", "1E5", "00123", "-", "Zoë 李"]
    rows = [f"{n:03d},{name},{name},Ada,Open,1,2024-01-05," for n, name in enumerate(names)]
    delivery = read(report(tmp_path, *rows), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "name") == names
    assert column(delivery, "seen/opportunity", "account_id") == names
    assert column(delivery, "seen/opportunity", "opportunity_id")[0] == "000"
    assert delivery.counts == (FileCount(file="report.csv", rows_in=10, kept=10, rejected=0),)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
def test_delimiter_and_encoding_are_found(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = f"{REPORT}\n{ROW.replace('Acme', 'Müller & Söhne')}\n".replace(",", delimiter)
    path = tmp_path / "deals.csv"
    path.write_bytes(text.encode(encoding))
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/account", "name") == ["Müller & Söhne"]
    assert column(delivery, "seen/opportunity", "amount") == [Decimal("1000.00")]


def test_ragged_and_broken_records_are_rejected_with_their_line(tmp_path: Path) -> None:
    path = report(
        tmp_path,
        ROW,
        "006B,too short",
        '006C,"two\nlines",Acme,Ada,Open,1,2024-01-06,',
        "",
        ROW.replace("006A", "006D") + ",too,long",
        ROW.replace("006A", ""),
        ROW,
    )
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "opportunity_id") == ["006A", "006C"]
    assert delivery.counts == (FileCount(file="report.csv", rows_in=6, kept=2, rejected=4),)
    assert [line.split(",")[1] for line in rejections(delivery)] == ["3", "7", "8", "9"]
    assert rejections(delivery)[2].endswith(
        "Opportunity ID,,empty or not readable as opportunity_id; the row is rejected"
    )


def test_a_broken_record_does_not_move_the_lines_of_those_behind_it(tmp_path: Path) -> None:
    path = report(
        tmp_path,
        ROW,
        "006B,too short",
        ROW.replace("006A", "006C").replace("1000", "on request"),
        "006D,too short",
        ROW.replace("006A", "006E").replace("2024-03-31", "some day"),
    )
    delivery = read(path, tmp_path / "out")
    assert [line.split(",")[1:4:2] for line in rejections(delivery)] == [
        ["3", '"006B'],
        ["5", '"006D'],
        ["4", "on request"],
        ["6", "some day"],
    ]


def test_one_unreadable_field_is_left_unknown_and_counted(tmp_path: Path) -> None:
    path = report(tmp_path, ROW.replace("1000", "=cmd|x"), ROW.replace("006A", "006B"))
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/opportunity", "amount") == [None, Decimal("1000.00")]
    assert delivery.counts == (
        FileCount(file="report.csv", rows_in=2, kept=2, rejected=0, unread_fields=1),
    )
    # The value cannot become a live formula in a spreadsheet.
    assert rejections(delivery) == ["report.csv,2,Amount,'=cmd|x,not an amount; left unknown"]


def test_money_with_signs_and_decimal_commas(tmp_path: Path) -> None:
    amounts = ["€ 2.900,00", "€ 11398,00", "0", "1", "(5,50)", "1.234.567,8", "7.5"]
    rows = [f'{n},x,Acme,Ada,Open,"{amount}",2024-01-05,' for n, amount in enumerate(amounts)]
    delivery = read(report(tmp_path, *rows), tmp_path / "out")
    found = ["2900.00", "11398.00", "0.00", "1.00", "-5.50", "1234567.80", "7.50"]
    assert column(delivery, "seen/opportunity", "amount") == [Decimal(each) for each in found]
    assert delivery.organisation.currency == "EUR"


def test_day_or_month_first_is_decided_by_the_whole_column(tmp_path: Path) -> None:
    rows = [
        "1,x,Acme,Ada,Open,1,03/04/2024,12/31/2024",
        "2,x,Acme,Ada,Open,1,25/04/2024,01/02/2025",
    ]
    delivery = read(report(tmp_path, *rows), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "created_at") == [
        datetime(2024, 4, 3),  # noqa: DTZ001  UTC without a zone, as stored
        datetime(2024, 4, 25),  # noqa: DTZ001  UTC without a zone, as stored
    ]
    assert column(delivery, "seen/opportunity", "close_on") == [
        date(2024, 12, 31),
        date(2025, 1, 2),
    ]


def test_an_ambiguous_date_column_is_asked_and_the_answer_is_kept(tmp_path: Path) -> None:
    path = report(tmp_path, "1,x,Acme,Ada,Open,1,03/04/2024,")
    asked = csv_files.recognise(path).questions[0]
    assert (asked.about, asked.default) == ("dates", "day_first")
    assert column(read(path, tmp_path / "a"), "seen/opportunity", "created_at") == [
        datetime(2024, 4, 3)  # noqa: DTZ001  UTC without a zone, as stored
    ]
    mappings = tmp_path / "mappings"
    csv_files.saved(csv_files.recognise(path).answered({asked.id: "month_first"}), into=mappings)
    again = csv_files.recognise(path, mapping=mappings)
    assert [question.about for question in again.questions] == []
    delivery = csv_files.read(again, into=tmp_path / "b")
    assert column(delivery, "seen/opportunity", "created_at") == [datetime(2024, 3, 4)]  # noqa: DTZ001  UTC without a zone, as stored


def test_times_are_read_in_the_time_zone_of_the_organisation(tmp_path: Path) -> None:
    path = report(tmp_path, "1,x,Acme,Ada,Open,1,2024-07-01 12:00,")
    delivery = read(path, tmp_path / "out", {"organisation.time_zone": "Europe/Berlin"})
    assert column(delivery, "seen/opportunity", "created_at") == [datetime(2024, 7, 1, 10)]  # noqa: DTZ001  UTC without a zone, as stored


@pytest.mark.parametrize(
    "stamp",
    [
        "2024-07-01T10:00:00.000+0000",
        "2024-07-01T12:00:00.000000+02:00",
        "2024-07-01 04:30:00-0530",
        "2024-07-01 12:00:00 +0200",
        "2024-07-01T12:00+02",
        "2024-07-01T10:00Z",
        "2024-07-01 10:00:00 UTC",
    ],
)
def test_a_zone_in_a_stamp_goes_before_that_of_the_organisation(tmp_path: Path, stamp: str) -> None:
    path = report(tmp_path, f"1,x,Acme,Ada,Open,1,{stamp},")
    delivery = read(path, tmp_path / "out", {"organisation.time_zone": "Europe/Berlin"})
    assert column(delivery, "seen/opportunity", "created_at") == [datetime(2024, 7, 1, 10)]  # noqa: DTZ001  UTC without a zone, as stored


def test_a_closing_moment_with_a_zone_is_the_day_it_was_at_home(tmp_path: Path) -> None:
    path = report(tmp_path, "1,x,Acme,Ada,Closed Won,1,2024-07-01T12:00:00Z,2024-08-31T20:30:00Z")
    delivery = read(path, tmp_path / "out", {"organisation.time_zone": "Asia/Tokyo"})
    assert column(delivery, "seen/opportunity", "close_on") == [date(2024, 9, 1)]


def test_a_day_far_down_the_file_decides_what_its_beginning_leaves_open(tmp_path: Path) -> None:
    rows = [f"{n},x,Acme,Ada,Closed Won,1,03/04/2024,04/05/2024" for n in range(SAMPLE_ROWS)]
    path = report(tmp_path, *rows, "last,x,Acme,Ada,Closed Lost,1,03/25/2024,05/31/2024")
    proposal = csv_files.recognise(path)
    assert "dates" not in {question.about for question in proposal.questions}
    assert not any("the other way round" in note for note in proposal.notes)


def test_a_sign_that_no_windows_page_has_is_read_as_the_first_256_of_unicode(
    tmp_path: Path,
) -> None:
    path = report(tmp_path, ROW)
    path.write_bytes(path.read_bytes().replace(b"Acme", b"Caf\xe9\x81"))
    delivery = read(path, tmp_path / "out")
    assert column(delivery, "seen/account", "name") == ["Café\x81"]


def test_packed_files_and_workbooks_give_the_same_rows(tmp_path: Path) -> None:
    plain = report(tmp_path, ROW)
    packed = tmp_path / "report.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    archive = tmp_path / "report.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.write(plain, "folder/report.csv")
    book = workbook(tmp_path / "book.xlsx", [REPORT.split(","), ROW.split(",")])
    for number, path in enumerate((plain, packed, archive, book)):
        delivery = read(path, tmp_path / f"out{number}")
        assert column(delivery, "seen/opportunity", "close_on") == [date(2024, 3, 31)], path
        assert column(delivery, "seen/opportunity", "stage_group") == ["won"], path


def test_the_same_content_has_the_same_hash_under_another_name(tmp_path: Path) -> None:
    first = read(report(tmp_path, ROW), tmp_path / "a")
    second = read(report(tmp_path, ROW, name="other.csv"), tmp_path / "b")
    third = read(report(tmp_path, ROW.replace("1000", "1001"), name="o.csv"), tmp_path / "c")
    assert first.content_hash == second.content_hash != third.content_hash


def test_the_last_day_is_not_moved_by_a_mistyped_year(tmp_path: Path) -> None:
    path = report(tmp_path, ROW, ROW.replace("006A", "006B").replace("2024-03-31", "2204-03-31"))
    delivery = read(path, tmp_path / "out")
    assert (delivery.data_from, delivery.as_of) == (date(2024, 1, 5), date(2024, 3, 31))


def test_a_year_of_five_digits_moves_no_end_and_is_no_day(tmp_path: Path) -> None:
    path = report(tmp_path, ROW, ROW.replace("006A", "006B").replace("2024-03-31", "20224-03-31"))
    delivery = read(path, tmp_path / "out")
    assert (delivery.data_from, delivery.as_of) == (date(2024, 1, 5), date(2024, 3, 31))
    assert column(delivery, "seen/opportunity", "close_on") == [date(2024, 3, 31), None]
    assert rejections(delivery) == [
        "report.csv,3,Close Date,20224-03-31,not a date as this column writes them; left unknown"
    ]


def test_a_proposal_goes_through_json_unchanged(tmp_path: Path) -> None:
    import json  # noqa: PLC0415  used here only

    proposal = csv_files.recognise(report(tmp_path, ROW)).answered({"organisation.currency": "CHF"})
    assert csv_files.from_json(json.loads(json.dumps(proposal.to_json()))) == proposal
    assert proposal.files[0].sample[0][0] == "006A"


def test_progress_rises_to_one(tmp_path: Path) -> None:
    told: list[float] = []
    proposal = csv_files.recognise(report(tmp_path, ROW))
    csv_files.read(proposal, into=tmp_path / "out", progress=lambda done, _: told.append(done))
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_files_without_opportunities_are_refused_in_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Age,Rank,Department\n41,a,Sales\n49,b,Research\n", encoding="utf-8")
    proposal = csv_files.recognise(path)
    with pytest.raises(NoOpportunitiesError) as refused:
        csv_files.read(proposal, into=tmp_path / "out")
    assert proposal.refusal == str(refused.value)
    assert str(refused.value) == (
        "people.csv was not loaded, as it holds no opportunities that can be followed: it lacks "
        "a stage or outcome (won, lost, open) of each opportunity, the day each was created or "
        "closed "
        "and the seller who owns each."
    )


def test_what_no_answer_could_turn_into_opportunities_is_not_asked(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Age,Department\n41,Sales\n", encoding="utf-8")
    with pytest.raises(NoOpportunitiesError, match="it lacks a stage or outcome"):
        csv_files.recognise(path)


FIELD = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=("Cs",)),
    max_size=12,
)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(rows=[[""], [""] * 9])
@given(rows=st.lists(st.lists(FIELD, min_size=1, max_size=9), max_size=4))
def test_rows_in_are_rows_kept_and_rows_rejected_whatever_the_fields(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(REPORT.split(","))
    writer.writerows([f"good{n}", *ROW.split(",")[1:]] for n in range(10))
    writer.writerows(rows)
    path = folder / "any.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    (count,) = read(path, folder / "out").counts
    assert count.rows_in == len(rows) + 10
    assert count.kept + count.rejected == count.rows_in
