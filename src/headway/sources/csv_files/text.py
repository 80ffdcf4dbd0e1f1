"""How a text file is written: encoding, delimiter, header; found by reading, then declared."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from headway.sources.csv_files import kinds
from headway.sources.csv_files.packed import CHUNK_BYTES, Given
from headway.terms.errors import HeadwayError

MAX_FIELD_BYTES = 1_000_000
MAX_LINE_BYTES = 16_000_000
MAX_COLUMNS = 2_000
HEAD_BYTES = 256_000
MAX_NAME = 1_000
DELIMITERS = (",", ";", "\t", "|")
_LOOKED_AT_LINES = 40
csv.field_size_limit(2 * MAX_FIELD_BYTES)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A whole day, as no column is called.
_DAY = re.compile(
    r"^\s*(?:[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})\b"
)
_AGAIN = re.compile(r" \([0-9]+\)$")
# Bytes that have no letter in cp1252 but have one in latin-1's control area.
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")


_TABLE = "Expected a table with a header line and one record a line."
_ADVICE = f"{_TABLE} Export it again as CSV with UTF-8."


class UnreadableFileError(HeadwayError):
    """A file that is no table of text."""

    code = "sources.unreadable_file"

    def __init__(self, *, name: str, found: str, advice: str = _ADVICE) -> None:
        self.name, self.found = name, found
        super().__init__(f"{name} cannot be read: {found}. {advice}")


@dataclass(frozen=True, kw_only=True)
class Written:
    """How one file is written. `skipped_lines` stand before the header (a title, a filter)."""

    path: Path
    delimiter: str
    header: tuple[str, ...]
    skipped_lines: int
    line_count: int
    encoding: str


def written(file: Given, *, into: Path) -> Written:
    """How `file` is written, with its content in UTF-8 (rewritten into `into` where it was not).

    Raises:
        UnreadableFileError: empty, binary, without names of columns, a line too long or columns
            too many.
    """
    path, line_count = file.path, _line_count(file.path, name=file.name)
    encoding = _encoding(file)
    if encoding not in {"utf-8", "utf-8-sig"}:
        path = into / f"{file.path.name}.utf8"
        _rewritten(file, encoding=encoding, target=path)
        line_count = _line_count(path, name=file.name)
    head = _head(path, name=file.name)
    lines = _lines(head)
    if not any(line.strip() for line in lines):
        raise UnreadableFileError(name=file.name, found="it is empty")
    try:
        delimiter = _delimiter(lines)
        skipped, header = _header(head, delimiter=delimiter)
    except csv.Error as error:
        raise UnreadableFileError(name=file.name, found=f"its first lines: {error}") from error
    if not header:
        raise UnreadableFileError(name=file.name, found="it is empty")
    _check_names(header, below=_row_after(head, delimiter=delimiter, at=skipped), name=file.name)
    longest = max(map(len, header))
    if longest > MAX_NAME:
        found = f"the name of a column has {longest:,} characters"
        advice = "Expected a short name. Most often a quote was opened there and never closed."
        raise UnreadableFileError(name=file.name, found=found, advice=advice)
    if len(header) > MAX_COLUMNS:
        found = f"it has {len(header):,} columns"
        advice = f"Expected at most {MAX_COLUMNS:,}. Export it again with fewer columns."
        raise UnreadableFileError(name=file.name, found=found, advice=advice)
    return Written(
        path=path,
        delimiter=delimiter,
        header=named(header),
        skipped_lines=skipped,
        line_count=line_count,
        encoding=encoding,
    )


def _line_count(path: Path, *, name: str) -> int:
    """How many lines end with a newline or the file; one beyond all measure is refused at once."""
    run, newlines, last = 0, 0, b"\n"
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            newlines += chunk.count(b"\n")
            last = chunk[-1:]
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            run = run + len(chunk) if end < 0 else len(chunk) - end - 1
            if run > MAX_LINE_BYTES:
                found = f"a line is longer than {MAX_LINE_BYTES:,} bytes"
                raise UnreadableFileError(name=name, found=found)
    return newlines + (last != b"\n")


def _encoding(file: Given) -> str:
    with file.path.open("rb") as stream:
        first = stream.read(HEAD_BYTES)
    if (other := kinds.other_than_table(first)) is not None:
        found, advice = other
        raise UnreadableFileError(name=file.name, found=found, advice=f"{_TABLE} {advice}")
    for mark, name in _MARKS:
        if first.startswith(mark):
            return name
    if b"\0" in first:
        return _unmarked_utf16(first, name=file.name)
    return "utf-8" if _is_utf8(file.path) else _eight_bit(file.path)


def _unmarked_utf16(first: bytes, *, name: str) -> str:
    even, odd = first[0::2].count(0), first[1::2].count(0)
    if max(even, odd) > 0.3 * len(first) / 2:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise UnreadableFileError(name=name, found="it holds zero bytes, so it is no text")


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
    return not decoder.getstate()[0]


def _eight_bit(path: Path) -> str:
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            if _NOT_CP1252.search(chunk):
                return "latin-1"
    return "cp1252"


def _rewritten(file: Given, *, encoding: str, target: Path) -> None:
    try:
        with (
            file.path.open("r", encoding=encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as out,
        ):
            while chunk := source.read(CHUNK_BYTES):
                out.write(chunk)
    except UnicodeError as error:
        raise UnreadableFileError(name=file.name, found=f"its {encoding} is broken") from error


def _head(path: Path, *, name: str) -> str:
    with path.open("rb") as stream:
        first = stream.read(MAX_FIELD_BYTES)
    cut = first[:HEAD_BYTES]
    if len(first) == MAX_FIELD_BYTES and b"\n" not in first and b"\r" not in first:
        raise UnreadableFileError(
            name=name, found=f"its first line is longer than {MAX_FIELD_BYTES:,} bytes"
        )
    if len(first) > HEAD_BYTES:
        end = max(cut.rfind(b"\n"), cut.rfind(b"\r"))
        cut = first[: end + 1] if end >= 0 else first
    return cut.decode("utf-8-sig", errors="replace")


def _lines(head: str) -> list[str]:
    """Its lines as CSV knows them: a line or page separator inside a field ends none."""
    return io.StringIO(head, newline="").readlines()


def _delimiter(lines: list[str]) -> str:
    """The delimiter that cuts most lines into the same number of fields, more than one."""

    def agreement(delimiter: str) -> tuple[float, int]:
        rows = list(csv.reader(lines[:_LOOKED_AT_LINES], delimiter=delimiter))
        widths = Counter(len(row) for row in rows if row)
        width, times = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
        return (times / max(1, sum(widths.values())) if width > 1 else 0.0, width)

    return max(DELIMITERS, key=agreement)


def _header(head: str, *, delimiter: str) -> tuple[int, list[str]]:
    """Lines before the header, and its fields: the first row with more than half of its fields.

    Titles and filters above fill a field or two of the width that most rows have. A header that is
    shorter than the rows beneath it is filled up.
    """
    reader = csv.reader(_lines(head), delimiter=delimiter)
    rows: list[tuple[int, list[str]]] = []
    before = 0
    for row in reader:
        rows.append((before, row))
        before = reader.line_num
        if len(rows) >= _LOOKED_AT_LINES:
            break
    widths = Counter(len(row) for _, row in rows if len(row) > 1)
    usual = widths.most_common(1)[0][0] if widths else 1
    filled = [(at, row) for at, row in rows if any(field.strip() for field in row)]
    wide = (each for each in filled if sum(bool(f.strip()) for f in each[1]) * 2 > usual)
    skipped, header = next(wide, filled[0] if filled else (0, []))
    if not header:
        return 0, []
    return skipped, header + [""] * (usual - len(header))


def _row_after(head: str, *, delimiter: str, at: int) -> list[str]:
    """The row beneath the header that begins after `at` lines."""
    rows = csv.reader(_lines(head)[at:], delimiter=delimiter)
    next(rows, None)
    return next((row for row in rows if row), [])


def _check_names(header: Sequence[str], *, below: Sequence[str], name: str) -> None:
    """Refuse a first record where the names of the columns should be: it would be lost."""
    for first, second in zip(header, below, strict=False):
        if _DAY.match(first) and _DAY.match(second):
            found = f'its first line holds values, such as "{first.strip()}", and no names'
            advice = (
                "Expected a header line with the names of the columns, and the records below it. "
                "Export it again with headers, or write the names into a first line."
            )
            raise UnreadableFileError(name=name, found=found, advice=advice)


def doubled(header: Sequence[str]) -> tuple[str, ...]:
    """The columns that repeat the name of an earlier one, as `named` calls them.

    >>> doubled(("Id", "Id (2)", "Amount (2)"))
    ('Id (2)',)
    """
    there = {name.casefold() for name in header}
    found = ((name, _AGAIN.sub("", name)) for name in header)
    return tuple(name for name, first in found if first != name and first.casefold() in there)


def named(header: list[str]) -> tuple[str, ...]:
    """Column names without blanks around and without doubles; a nameless column gets its number.

    >>> named(["Id", " Id ", ""])
    ('Id', 'Id (2)', 'column 3')
    """
    seen: Counter[str] = Counter()
    names = []
    for number, field in enumerate(header, start=1):
        name = field.strip().strip("\ufeff") or f"column {number}"
        seen[name.lower()] += 1
        times = seen[name.lower()]
        names.append(name if times == 1 else f"{name} ({times})")
    return tuple(names)
