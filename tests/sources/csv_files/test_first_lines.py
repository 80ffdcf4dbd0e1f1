"""What stands in the first line, what ends a line, and what is no number."""

from decimal import Decimal
from pathlib import Path

import pytest
from written import column, read

from headway.sources import csv_files
from headway.sources.csv_files.text import UnreadableFileError

_NAMES = "Opportunity ID,Owner,Stage,Created Date,Close Date,Amount\n"
_RECORDS = (
    "1,Ada,Won,2025-01-02,2025-02-01,1200\n"
    "2,Bob,Lost,2025-01-03,2025-02-02,300\n"
    "3,Bob,Won,2025-01-04,2025-02-03,500\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "export.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def test_a_first_record_is_never_taken_for_the_names_of_columns(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match='values, such as "2025-01-02", and no names'):
        csv_files.recognise(written(tmp_path, _RECORDS))


def test_days_as_names_of_columns_are_names_where_no_days_stand_below(tmp_path: Path) -> None:
    text = (_NAMES + _RECORDS).replace("Amount", "2025-03-31")
    assert csv_files.recognise(written(tmp_path, text)).files[0].columns[5].name == "2025-03-31"


def test_names_without_records_are_refused_as_that(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="a header line and no records"):
        csv_files.recognise(written(tmp_path, _NAMES))


@pytest.mark.parametrize("separator", ["\u2028", "\x85", "\x0b", "\x1c"])
def test_a_separator_inside_a_field_ends_no_line(separator: str, tmp_path: Path) -> None:
    text = _NAMES.replace("\n", ",Notes\n") + _RECORDS.replace("\n", f",a{separator}b\n")
    delivery = read(written(tmp_path, text), tmp_path / "out")
    assert column(delivery, "seen/opportunity", "stage") == ["Won", "Lost", "Won"]


@pytest.mark.parametrize("amount", ["=1+1200", "1200+300", "2 x 600", '"1,2E+03"'])
def test_what_holds_more_than_one_number_is_no_amount(amount: str, tmp_path: Path) -> None:
    delivery = read(written(tmp_path, _NAMES + _RECORDS.replace("1200", amount)), tmp_path / "out")
    amounts = column(delivery, "seen/opportunity", "amount")
    assert amounts == [None, Decimal(300), Decimal(500)]
    (counted,) = delivery.counts
    assert (counted.rows_in, counted.kept, counted.unread_fields) == (3, 3, 1)
