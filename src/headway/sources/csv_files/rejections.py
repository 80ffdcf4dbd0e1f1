"""What could not be read: every row and every value, with its line and the reason."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from headway.sources.csv_files.statements import literal
from headway.sources.csv_files.tables import Bench, Raw, lines_of
from headway.sources.protocol import FileCount

HEADER = ("file", "line", "field", "value", "reason")
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\0")
_MADE = """create table unread (file varchar, row_number bigint, field varchar, value varchar,
reason varchar,
is_row boolean)"""
_ROWS = """select row_number, field, value, reason, is_row from unread where file = $file
order by row_number, is_row desc, field"""
_ROWS_OF_PART = """select f._part_row, u.field, u.value, u.reason, u.is_row from unread u
join ${table}_from f on f._row = u.row_number where u.file = $file and f._part = $number
order by f._part_row, u.is_row desc, u.field"""
_WIDE = 200

_Unread = tuple[object, ...]


class Writer(Protocol):
    """What rows are written with."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write one row."""
        ...


def prepare(at: Bench) -> None:
    """Make room for what cannot be read. Rows count from 0 within their file."""
    at.run(_MADE)


def listed(rows: Iterable[tuple[str, int, str, str, str]], *, target: Path) -> None:
    """Write a rejections file: name of the file, line, field, value and reason of each."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for name, line, field, value, reason in rows:
            writer.writerow([_dead(name), line, _dead(field), _dead(value), reason])


def written(at: Bench, *, raws: Sequence[Raw], target: Path) -> tuple[FileCount, ...]:
    """Write the rejections file; gives what became of each file's rows.

    A record counts once, however many reasons speak against it. Values that would be live formulas
    in a spreadsheet are held down by a quotation mark.
    """
    counts = []
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        for raw in raws:
            for part, unread in _by_part(at, raw=raw):
                _list(writer, raw=part, unread=unread)
                counts.append(_count(part, unread=unread))
    return tuple(counts)


def _by_part(at: Bench, *, raw: Raw) -> list[tuple[Raw, Sequence[_Unread]]]:
    """What could not be read of each file that a raw table was put together from."""
    if not raw.parts:
        return [(raw, at.rows(_ROWS, {"file": literal(raw.name)}))]
    found: list[tuple[Raw, Sequence[_Unread]]] = []
    for number, part in enumerate(raw.parts):
        parts = {"file": literal(raw.name), "table": raw.table, "number": str(number)}
        found.append((part, at.rows(_ROWS_OF_PART, parts)))
    return found


def _list(writer: Writer, *, raw: Raw, unread: Sequence[_Unread]) -> None:
    lines = lines_of(raw, rows=[int(str(row[0])) for row in unread])
    for refusal in raw.refusals:
        writer.writerow([_dead(raw.name), refusal.line, "", _dead(refusal.value), refusal.reason])
    for number, field, value, reason, _ in unread:
        shown = [_dead(str(part or "")) for part in (field, value)]
        writer.writerow([_dead(raw.name), lines[int(str(number))], *shown, reason])


def _count(raw: Raw, *, unread: Sequence[_Unread]) -> FileCount:
    rejected_rows = {row[0] for row in unread if row[4]}
    rows_in = raw.row_count + len(raw.refusals)
    rejected = len(rejected_rows) + len(raw.refusals)
    return FileCount(
        file=raw.name,
        rows_in=rows_in,
        kept=rows_in - rejected,
        rejected=rejected,
        unread_fields=sum(1 for row in unread if not row[4] and row[0] not in rejected_rows),
    )


def _dead(value: str) -> str:
    shown = value[:_WIDE]
    return "'" + shown if shown.startswith(_LIVE) else shown
