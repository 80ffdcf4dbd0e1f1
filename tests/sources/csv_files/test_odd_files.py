"""Odd files: what can be read is read, what cannot is told in one sentence, and no row is lost."""

import gzip
from decimal import Decimal
from pathlib import Path

import pytest
from written import REPORT, column, read, rejections, report, workbook

from headway.facts.packed import BurstsError
from headway.sources import csv_files
from headway.sources.csv_files.packed import NothingToReadError
from headway.sources.csv_files.text import UnreadableFileError


def row(number: int, *, account: str = "Acme", owner: str = "Ada Lee", amount: str = "100") -> str:
    outcome = "Closed Won" if number % 2 else "Closed Lost"
    return (
        f"006{number:03d},Deal {number},{account},{owner},{outcome},{amount},2025-01-02,2025-04-02"
    )


def many(count: int, **odd: str) -> list[str]:
    rows = [row(number) for number in range(count)]
    for number, text in odd.items():
        rows[int(number.removeprefix("at_"))] = text
    return rows


def test_the_rows_below_an_open_quote_are_refused_one_by_one(tmp_path) -> None:
    rows = many(9, at_4=row(4, account='"Acme'))
    found = read(report(tmp_path, *rows), tmp_path / "read")
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.rejected) == (9, 4, 5)
    inside = "lies in a field whose quotation mark, on line 6, is not closed"
    assert [line.split(",")[1] for line in rejections(found)] == ["6", "7", "8", "9", "10"]
    assert sum(inside in line for line in rejections(found)) == 4


def test_what_stands_behind_two_open_quotes_is_read_again(tmp_path) -> None:
    rows = many(9, at_3=row(3, account='"Acme'), at_6=row(6, account='Ac"me'))
    found = read(report(tmp_path, *rows), tmp_path / "read")
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.rejected) == (9, 5, 4)
    assert column(found, "seen/opportunity", "opportunity_id")[-1] == "006008"


def test_a_refused_record_with_lines_of_text_in_it_is_one_record(tmp_path) -> None:
    note = row(3, account='"Acme,\nas they say,\nand more"') + ",too many,fields"
    found = read(report(tmp_path, *many(9, at_3=note)), tmp_path / "read")
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.rejected) == (9, 8, 1)


def test_an_open_quote_that_takes_a_long_file_is_refused_with_its_line(tmp_path) -> None:
    path = report(tmp_path, *many(10_050, at_4=row(4, account='"Acme')))
    with pytest.raises(UnreadableFileError) as refused:
        csv_files.recognise(path)
    assert str(refused.value) == (
        "report.csv cannot be read: a quotation mark on line 6 is not closed, and takes more than "
        "10,000 lines below it into one field. Expected each mark closed, or doubled where it is "
        "meant. Mend that line, and bring the file again."
    )


def test_records_that_lie_in_a_field_of_a_record_that_is_kept_are_told(tmp_path) -> None:
    notes = {2: '"they call back', 6: 'they wait"'}
    rows = [f"{line},{notes.get(number, 'none')}" for number, line in enumerate(many(9))]
    path = tmp_path / "report.csv"
    path.write_text("\n".join([f"{REPORT},Notes", *rows]) + "\n", encoding="utf-8")
    found = read(path, tmp_path / "read")
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.rejected) == (5, 5, 0)
    (said,) = [note for note in found.notes if "look like records" in note]
    assert said == (
        '"Notes" in line 4 of report.csv holds 3 lines that look like records of their own. If '
        "they are, close the quotation mark there, and bring the file again."
    )


def test_a_note_of_several_lines_is_no_record(tmp_path) -> None:
    rows = [f'{line},"first,\nthen, and then,\nlast"' for line in many(4)]
    path = tmp_path / "report.csv"
    path.write_text("\n".join([f"{REPORT},Notes", *rows]) + "\n", encoding="utf-8")
    found = read(path, tmp_path / "read")
    assert [note for note in found.notes if "look like records" in note] == []


TABLE = "Expected a table with a header line and one record a line."


@pytest.mark.parametrize(
    ("name", "content", "is_told"),
    [
        ("a.csv", b"%PDF-1.7\n\0\0", "it is a PDF"),
        ("a.csv", b"\x89PNG\r\n\0", "it is a picture"),
        ("a.csv", b"\xd0\xcf\x11\xe0\0\0", "it is a workbook of an old kind (.xls)"),
        ("a.csv", b"<!DOCTYPE html><table>", "it is a web page"),
        ("a.csv", b'\xef\xbb\xbf[{"id": 1}]', "it is JSON"),
        (
            "a.csv.gz",
            gzip.compress(gzip.compress(b"a,b\n1,2\n", mtime=0), mtime=0),
            "it is packed again inside",
        ),
        ("a.xlsx", b"<html><table></table></html>", "it is a web page, not a workbook"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(
    tmp_path: Path, name: str, content: bytes, is_told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError) as refused:
        csv_files.recognise(path)
    assert str(refused.value).startswith(f"{name} cannot be read: {is_told}. Expected ")


def test_a_name_written_in_other_capitals_or_blanks_is_one_seller(tmp_path) -> None:
    spelled = ["Ada Lee", "Ada Lee", "ADA LEE", "Ada  Lee", "Bo Ek", "bo ek"]
    rows = [row(number, owner=owner) for number, owner in enumerate(spelled)]
    found = read(report(tmp_path, *rows), tmp_path / "read")
    assert sorted(set(column(found, "seen/opportunity", "owner_id"))) == ["Ada Lee", "Bo Ek"]
    assert column(found, "seen/person", "name") == ["Ada Lee", "Bo Ek"]
    told = [note for note in found.notes if "name the person" in note]
    assert told == [
        f'1 rows name the person "{odd}"; read as "{name}", the same but for blanks or case.'
        for odd, name in (("ADA LEE", "Ada Lee"), ("Ada  Lee", "Ada Lee"), ("bo ek", "Bo Ek"))
    ]


def test_of_many_spellings_the_first_five_are_told_and_the_others_counted(tmp_path) -> None:
    spelled = [("Ada Lee", "Ada LEE")[place % 2] + f" {place // 2}" for place in range(14)]
    rows = [row(number, owner=owner) for number, owner in enumerate(spelled)]
    found = read(report(tmp_path, *rows), tmp_path / "read")
    assert len([note for note in found.notes if "name the person" in note]) == 5
    assert "2 more spellings of a person are read so." in found.notes


def test_ids_that_differ_in_capitals_stay_two(tmp_path) -> None:
    rows = [row(number, owner=owner) for number, owner in enumerate(["005aB1", "005AB1"] * 2)]
    found = read(report(tmp_path, *rows), tmp_path / "read")
    assert sorted(set(column(found, "seen/opportunity", "owner_id"))) == ["005AB1", "005aB1"]


@pytest.mark.parametrize("nothing", ["NULL", "(null)", "\\N", "#N/A", "#NULL!", '"NULL"'])
def test_what_systems_write_for_nothing_is_nothing(tmp_path, nothing: str) -> None:
    rows = [row(1, amount=nothing), row(2, owner=nothing), row(3)]
    found = read(report(tmp_path, *rows), tmp_path / "read")
    (count,) = found.counts
    assert (count.rows_in, count.kept, count.unread_fields) == (3, 3, 0)
    assert column(found, "seen/opportunity", "amount") == [None, Decimal(100), Decimal(100)]
    assert column(found, "seen/opportunity", "owner_id") == ["Ada Lee", None, "Ada Lee"]


def test_ids_keep_their_zeros_and_letters(tmp_path) -> None:
    rows = [row(1).replace("006001", given) for given in ("00123", "1E5", "123", "100000")]
    found = read(report(tmp_path, *rows), tmp_path / "read")
    ids = column(found, "seen/opportunity", "opportunity_id")
    assert ids == ["00123", "100000", "123", "1E5"]


def test_a_text_in_merged_cells_stands_in_each_row_and_a_number_in_the_first(tmp_path) -> None:
    names = REPORT.split(",")
    rows = [names, *(row(number).split(",") for number in (1, 2, 3))]
    for number in (2, 3):
        rows[number][2] = rows[number][3] = ""
    book = workbook(tmp_path / "book.xlsx", rows, merged=("C2:C4", "D2:D3"))
    found = read(book, tmp_path / "read")
    assert column(found, "seen/opportunity", "account_id") == ["Acme"] * 3
    assert column(found, "seen/opportunity", "owner_id") == ["Ada Lee", "Ada Lee", None]


def test_merged_cells_give_no_amount_twice_and_take_no_text_away(tmp_path) -> None:
    rows = [REPORT.split(","), *(row(number).split(",") for number in (1, 2))]
    rows[2][2] = "Beta"

    def told(number: int, amount: str) -> str:
        cells = enumerate(row(number).split(","))
        texts = (
            f'<c r="{chr(65 + at)}{number + 1}" t="inlineStr"><is><t>{text}</t></is></c>'
            if chr(65 + at) != "F"
            else amount
            for at, text in cells
        )
        return f'<row r="{number + 1}">{"".join(texts)}</row>'

    last = told(3, '<c r="F4"><v>250</v></c>') + told(4, "")
    merged = ("C2:C3", "F4:F5", "Y2:Z9")
    found = read(workbook(tmp_path / "book.xlsx", rows, last, merged=merged), tmp_path / "read")
    assert column(found, "seen/opportunity", "account_id")[:2] == ["Acme", "Beta"]
    assert column(found, "seen/opportunity", "amount")[2:] == [250, None]


def test_the_lock_of_an_open_workbook_is_no_file_of_the_folder(tmp_path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    report(tmp_path, *many(9)).rename(folder / "deals.csv")
    (folder / "~$deals.xlsx").write_bytes(b"\x05Ada Lee" + b" " * 40)
    found = read(folder, tmp_path / "read")
    assert [(count.file, count.kept) for count in found.counts] == [("deals.csv", 9)]


def test_an_old_workbook_and_a_damaged_one_say_what_they_are(tmp_path) -> None:
    old = tmp_path / "deals.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0" * 100)
    with pytest.raises(NothingToReadError, match=r"Excel 97 to 2003.*Save it as XLSX or CSV"):
        csv_files.recognise(old)
    text = report(tmp_path, *many(9)).rename(tmp_path / "deals.xlsx")
    with pytest.raises(BurstsError, match=r"not a whole XLSX file\. It was cut off on its way"):
        csv_files.recognise(text)
