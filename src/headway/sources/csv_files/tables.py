"""Files as tables of text in the engine: a type only when a column is mapped.

Every value stands as in the file, without blanks around it; an empty one is null.
"""

import bisect
import csv
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb

from headway.sources.csv_files import unclosed
from headway.sources.csv_files.books import sheets
from headway.sources.csv_files.packed import CHUNK_BYTES, Given, opened
from headway.sources.csv_files.statements import filled, literal, quoted
from headway.sources.csv_files.text import MAX_FIELD_BYTES, UnreadableFileError, Written, written

MEMORY_LIMIT = "1GB"
# The engine counts bytes of a whole record; no field can then be longer than 1 MB.
MAX_RECORD_BYTES = MAX_FIELD_BYTES
_ROW_LIMIT_NONE = ""
# As databases and spreadsheets write that there is nothing; no word that could be a name.
_EMPTY = ("", "NULL", "(null)", "\\N", "#N/A", "#NULL!")
_SHOWN = 200
_MOST_SWALLOWED = 10_000
_WIDE = 200
"""From this many columns on, planning a statement costs more than running it."""
_READ_CSV = """
create table $table as select $trimmed from read_csv($path, columns = $columns, auto_detect =
false, header = true,
    skip = $skip, delim = $delimiter, quote = '"', escape = '"', nullstr = $empty, max_line_size =
    $longest,
    store_rejects = true, rejects_table = $refused, rejects_scan = $scan, strict_mode = true) $limit
"""
_READ_PARQUET = "create table $table as select $columns from read_parquet($path) $limit"
_REPEATS = """select count(*) - count(distinct hash($key)) from $relation
where ($key) is not null"""
_REFUSED = """
select line, min(line_byte_position), min(error_type), min(left(csv_line, 200)), min(error_message)
from $refused group by line order by line
"""
_REASONS = {
    "MISSING COLUMNS": "fewer fields than the header",
    "TOO MANY COLUMNS": "more fields than the header",
    "UNQUOTED VALUE": "a quotation mark is not closed or not doubled",
    "LINE SIZE OVER MAXIMUM": f"the record is longer than {MAX_RECORD_BYTES:,} bytes",
    "INVALID ENCODING": "bytes that are no text",
}


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One record that the reader could not cut into fields: its place and the reason."""

    line: int
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Raw:
    """One file as a table of text named `table`: one row per record, `header` its columns.

    `row_count` counts the rows of the table, without `refusals`. Files with the same columns are
    one with `parts`: `<table>_from` says where each row stands, and where the same rows were looked
    at on several days, `last_taken` is the last of these days and `<table>_history` holds them all.
    """

    name: str
    table: str
    header: tuple[str, ...]
    row_count: int
    refusals: tuple[Refusal, ...] = ()
    text: Written | None = None
    parts: tuple["Raw", ...] = ()
    last_taken: date | None = None

    @property
    def is_one_line_each(self) -> bool:
        """Whether no record spans lines and none is blank."""
        records = 1 + self.row_count + len(self.refusals)
        return self.text is None or self.text.line_count == self.text.skipped_lines + records


@dataclass(frozen=True, kw_only=True)
class Bench:
    """An engine for one reading: bounded memory, spilling into `folder`, never online."""

    folder: Path
    connection: duckdb.DuckDBPyConnection = field(repr=False)
    _repeats: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False)

    def run(self, template: str, parts: Mapping[str, str] | None = None) -> None:
        """Run one statement that gives nothing back."""
        self.connection.execute(filled(template, parts or {}))

    def rows(
        self, template: str, parts: Mapping[str, str] | None = None
    ) -> list[tuple[object, ...]]:
        """All rows of one small result."""
        return self.connection.execute(filled(template, parts or {})).fetchall()

    def number(self, template: str, parts: Mapping[str, str] | None = None) -> int:
        """The single count that a statement gives."""
        row = self.connection.execute(filled(template, parts or {})).fetchone()
        return int(row[0]) if row else 0

    def repeats(self, *, relation: str, key: str) -> bool:
        """Whether rows may share a key (columns in SQL; null is none): never no where some do.

        Hashes are told apart faster than keys; two keys with one hash also say yes. Asked once of a
        relation, which has to be whole by then.
        """
        if (relation, key) not in self._repeats:
            count = self.number(_REPEATS, {"relation": relation, "key": key})
            self._repeats[relation, key] = count > 0
        return self._repeats[relation, key]

    def close(self) -> None:
        """Give the memory back."""
        self.connection.close()


def bench(folder: Path) -> Bench:
    """A fresh engine; `folder` is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    connection = duckdb.connect(
        config={
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": str(folder / "spilled"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "true",
        }
    )
    connection.execute("set TimeZone = 'UTC'")
    return Bench(folder=folder, connection=connection)


def files_of(path: Path, *, into: Path) -> tuple[Given, ...]:
    """Every table-shaped file of a hand-over: workbooks are taken apart into their sheets."""
    given: list[Given] = []
    for each in opened(path, into=into):
        is_book = each.path.suffix.lower() == ".xlsx"
        given.extend(sheets(each, into=into) if is_book else (each,))
    return tuple(given)


def loaded(at: Bench, *, file: Given, number: int, limit: int | None = None) -> Raw:
    """One file as a table of text; with `limit`, only its first rows.

    Raises:
        UnreadableFileError: the file is no table.
    """
    table = f"raw_{number}"
    try:
        if file.path.suffix.lower() == ".parquet":
            return _parquet(at, file=file, table=table, limit=limit)
        return _csv(at, file=file, table=table, limit=limit)
    except duckdb.Error as error:
        found = str(error).splitlines()[0]
        raise UnreadableFileError(name=file.name, found=found[:200]) from error


def _trimmed(text: str) -> str:
    # Blanks are rare: looking at both ends first takes a fifth of the time of trimming every value.
    return (
        f"case when {text} like ' %' or {text} like '% ' then nullif(trim({text}), '') else "
        f"{text} end"
    )


def _trimmed_at_once(text: str) -> str:
    return f"nullif(trim({text}), '')"


def _limited(limit: int | None) -> str:
    return _ROW_LIMIT_NONE if limit is None else f"limit {limit}"


def _csv(at: Bench, *, file: Given, table: str, limit: int | None) -> Raw:
    text = written(file, into=at.folder)
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in text.header)
    trimmed = _trimmed if len(text.header) <= _WIDE else _trimmed_at_once
    at.run(
        _READ_CSV,
        {
            "table": table,
            "path": literal(str(text.path)),
            "columns": "{" + columns + "}",
            "trimmed": ", ".join(f"{trimmed(quoted(n))} as {quoted(n)}" for n in text.header),
            "skip": str(text.skipped_lines),
            "delimiter": literal(text.delimiter),
            "empty": f"[{', '.join(literal(word) for word in _EMPTY)}]",
            "longest": str(MAX_RECORD_BYTES),
            "refused": literal(f"refused_{table}"),
            "scan": literal(f"scan_{table}"),
            "limit": _limited(limit),
        },
    )
    return Raw(
        name=file.name,
        table=table,
        header=text.header,
        row_count=at.number("select count(*) from $table", {"table": table}),
        refusals=_refusals(at, name=file.name, table=table, text=text),
        text=text,
    )


def _refusals(at: Bench, *, name: str, table: str, text: Written) -> tuple[Refusal, ...]:
    found = at.rows(_REFUSED, {"refused": f"refused_{table}"})
    if not found:
        return ()
    offsets = [int(str(row[1] or 0)) for row in found]
    lines = _lines_at(text.path, offsets=offsets)
    listed: list[Refusal] = []
    with unclosed.mapped(text.path) as file:
        for (_, _, kind, value, message), offset, line in zip(found, offsets, lines, strict=True):
            reason = _REASONS.get(str(kind), str(message).splitlines()[0] if message else str(kind))
            first = str(value or "").strip("\r\n").partition("\n")[0].rstrip("\r")
            inside = unclosed.swallowed(
                file, offset=offset, delimiter=text.delimiter, columns=len(text.header)
            )
            listed.append(Refusal(line=line, value=first, reason=reason))
            listed.extend(_swallowed(inside, name=name, line=line))
    return tuple(listed)


def _swallowed(inside: Iterator[tuple[int, str]], *, name: str, line: int) -> list[Refusal]:
    """Each record that lies in a field of the refused one, as its quotation mark is not closed."""
    most = list(itertools.islice(inside, _MOST_SWALLOWED + 1))
    if len(most) > _MOST_SWALLOWED:
        found = (
            f"a quotation mark on line {line:,} is not closed, and takes more than "
            f"{_MOST_SWALLOWED:,} lines below it into one field"
        )
        advice = (
            "Expected each mark closed, or doubled where it is meant. Mend that line, and bring "
            "the file again."
        )
        raise UnreadableFileError(name=name, found=found, advice=advice)
    reason = f"lies in a field whose quotation mark, on line {line:,}, is not closed"
    return [
        Refusal(line=line + below, value=shown[:_SHOWN], reason=reason) for below, shown in most
    ]


def _lines_at(path: Path, *, offsets: Sequence[int]) -> list[int]:
    """The line on which each byte offset lies, in one pass over the file."""
    ends: dict[int, int] = {}
    order = sorted(set(offsets))
    position, line, at = 0, 1, 0
    with path.open("rb") as stream:
        while at < len(order) and (chunk := stream.read(CHUNK_BYTES)):
            start = 0
            while at < len(order) and order[at] <= position + len(chunk):
                cut = order[at] - position
                line += chunk.count(b"\n", start, cut)
                ends[order[at]] = line
                start, at = cut, at + 1
            line += chunk.count(b"\n", start)
            position += len(chunk)
    return [ends.get(offset, line) for offset in offsets]


def _parquet(at: Bench, *, file: Given, table: str, limit: int | None) -> Raw:
    path = literal(str(file.path))
    described = at.rows("describe select * from read_parquet($path)", {"path": path})
    header = tuple(str(row[0]) for row in described)
    texts = {name: f"nullif(cast({quoted(name)} as varchar), '')" for name in header}
    columns = ", ".join(f"{_trimmed(text)} as {quoted(name)}" for name, text in texts.items())
    at.run(
        _READ_PARQUET, {"table": table, "columns": columns, "path": path, "limit": _limited(limit)}
    )
    count = at.number("select count(*) from $table", {"table": table})
    return Raw(name=file.name, table=table, header=header, row_count=count)


def lines_of(raw: Raw, *, rows: Iterable[int]) -> dict[int, int]:
    """The line in the file on which each row (counted from 0) begins; of Parquet, its number."""
    wanted = sorted(set(rows))
    if raw.text is None or not wanted:
        return {row: row + 1 for row in wanted}
    if raw.is_one_line_each:
        return {row: _counted(row, raw=raw, text=raw.text) for row in wanted}
    return _walked(raw, text=raw.text, wanted=frozenset(wanted))


def _counted(row: int, *, raw: Raw, text: Written) -> int:
    refused = [refusal.line for refusal in raw.refusals]
    line = row + 2 + text.skipped_lines
    while (shifted := row + 2 + text.skipped_lines + bisect.bisect_right(refused, line)) != line:
        line = shifted
    return line


def _walked(raw: Raw, *, text: Written, wanted: frozenset[int]) -> dict[int, int]:
    """Line by line, where records span lines or blank lines stand between them."""
    refused = {refusal.line for refusal in raw.refusals}
    found: dict[int, int] = {}
    row = -1
    csv.field_size_limit(2 * MAX_RECORD_BYTES)
    with text.path.open(encoding="utf-8-sig", newline="", errors="replace") as stream:
        reader = csv.reader(stream, delimiter=text.delimiter)
        begins = 1
        for record in reader:
            line, begins = begins, reader.line_num + 1
            if line <= text.skipped_lines or not record or line in refused:
                continue
            if row in wanted:
                found[row] = line
            row += 1
    return found
