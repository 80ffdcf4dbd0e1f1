"""XLSX workbooks as text files, one per sheet: everything as text, nothing guessed.

A workbook is a zip of XML. Before it is opened its parts are unpacked and counted (facts.packed), a
document type declaration is refused, and the area of each sheet is measured from its cells: two
cells in far corners would otherwise be an area of seventeen billion.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from headway.facts import packed
from headway.facts.packed import BurstsError, Entry
from headway.sources.csv_files import kinds
from headway.sources.csv_files.packed import Given
from headway.sources.csv_files.text import UnreadableFileError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_CELLS = 20_000_000
_DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_OVERLAP_BYTES = 256

CellValue = int | float | str | bool | time | date | datetime | timedelta


def sheets(book: Given, *, into: Path) -> tuple[Given, ...]:
    """Each sheet that holds anything, as a CSV file of text, named "book.xlsx#Sheet".

    Raises:
        BurstsError: the workbook breaks the limits, or is no workbook.
        UnreadableFileError: it is something else under the name of a workbook.
    """
    _expect_workbook(book)
    _check(book)
    import python_calamine  # noqa: PLC0415  only those with a workbook pay for it

    try:
        workbook = python_calamine.CalamineWorkbook.from_path(book.path)
        found = [(name, _rows(workbook.get_sheet_by_name(name))) for name in workbook.sheet_names]
    except python_calamine.CalamineError as error:
        raise BurstsError(
            name=book.name, found=f"it is not a readable workbook ({error})"
        ) from error
    filled = [(name, rows) for name, rows in found if rows]
    given = []
    for number, (name, rows) in enumerate(filled):
        target = into / f"{book.path.stem}-{number}.csv"
        _written(rows, target=target)
        given.append(
            Given(name=f"{book.name}#{name}" if len(filled) > 1 else book.name, path=target)
        )
    return tuple(given)


def _written(rows: list[list[CellValue]], *, target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([as_text(value) for value in row] for row in rows)


def as_text(value: CellValue) -> str:
    """One cell as the text a person sees, dates as in ISO 8601.

    >>> as_text(4821.0), as_text("00123"), as_text(True), as_text(date(2026, 6, 30))
    ('4821', '00123', 'true', '2026-06-30')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, timedelta):
        return str(value.total_seconds())
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _rows(sheet: "CalamineSheet") -> list[list[CellValue]]:
    """Its cells; a text in cells merged downwards stands in each of their rows.

    An amount or a day does not: told once for several rows, it would count several times.
    """
    rows: list[list[CellValue]] = sheet.to_python()
    down, right = sheet.start or (0, 0)
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        first, column = top - down, left - right
        inside = 0 <= first < len(rows) and 0 <= column < len(rows[first])
        text = rows[first][column] if inside else ""
        if not isinstance(text, str) or not text:
            continue
        for row in rows[first + 1 : bottom - down + 1]:
            if row[column] == "":
                row[column] = text
    return rows


def _expect_workbook(book: Given) -> None:
    with book.path.open("rb") as stream:
        begins = stream.read(_OVERLAP_BYTES)
    other = None if begins.startswith(b"PK") else kinds.other_than_table(begins)
    if other is not None:
        found, advice = other
        raise UnreadableFileError(
            name=book.name, found=f"{found}, not a workbook", advice=f"Expected XLSX. {advice}"
        )


def _check(book: Given) -> None:
    """Every part is read to its end and found harmless, or the workbook is refused."""
    for part in packed.of_zip(book.path, name=book.name):
        is_sheet = part.name.startswith("xl/worksheets/")
        columns, rows = 1, 1
        for seen in _overlapping(part):
            if _DECLARATION.search(seen):
                raise BurstsError(name=book.name, found="its XML declares entities")
            if is_sheet:
                columns, rows = _area(seen, columns=columns, rows=rows)
            if columns * rows > MAX_CELLS:
                found = f"a sheet spreads over more than {MAX_CELLS:,} cells"
                raise BurstsError(name=book.name, found=found)


def _overlapping(part: Entry) -> Iterator[bytes]:
    """The pieces of a part, each with the end of the one before it."""
    tail = b""
    for piece in part.pieces:
        seen = tail + piece
        yield seen
        tail = seen[-_OVERLAP_BYTES:]


def _area(seen: bytes, *, columns: int, rows: int) -> tuple[int, int]:
    for letters, digits in _CELL.findall(seen):
        columns = max(columns, _column_number(letters))
        rows = max(rows, int(digits))
    return columns, rows


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
