"""A bundle's file as it stands: its cells untouched, and on which line each row begins."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from headway.facts.bundle.manifest import BundleError
from headway.facts.engine import Engine, quoted, text

ROW = "__row"
# A field may hold a megabyte; the parser takes whole lines.
_LONGEST_LINE = 8_000_000
# Lines that are no rows, with the reason; and the line on which each row begins.
_Slow = tuple[list[tuple[int, str]], list[int]]


@dataclass(frozen=True, kw_only=True)
class Raw:
    """One file, readable in SQL.

    `source` is a FROM clause with a column `__row` (0 for the first row) and the file's columns
    under the SQL names in `columns`; `types` are their types. `unread` are lines that are no row of
    the table, with the reason; `row_count` counts them too. `faults` concern the whole file.
    """

    source: str
    columns: Mapping[str, str]
    types: Mapping[str, str]
    row_count: int
    is_typed: bool
    unread: tuple[tuple[int, str], ...] = ()
    faults: tuple[str, ...] = ()
    _path: Path | None = None
    _lines: Sequence[int] = field(default=())

    def lines_of(self, rows: Iterable[int]) -> dict[int, int]:
        """On which line of the file (the header is line 1) each of the rows begins."""
        wanted = sorted(set(rows))
        if self._lines:
            return {row: self._lines[row] for row in wanted}
        if self._path is None or not wanted:  # Parquet has no lines: the number of the row
            return {row: row + 1 for row in wanted}
        starts = _starts(self._path, last=wanted[-1])
        return {row: starts[row] for row in wanted}


def of_parquet(engine: Engine, path: Path) -> Raw:
    """A Parquet file, read in place."""
    import duckdb  # noqa: PLC0415  heavy

    files = f"read_parquet({text(str(path))}, file_row_number=true)"
    try:
        described = engine.query(f"DESCRIBE SELECT * FROM {files}").to_pylist()
        count = engine.query(f"SELECT count(*) AS n FROM {files}").to_pylist()[0]["n"]
    except duckdb.Error as cause:
        raise BundleError(
            f"{path.name} is not readable as Parquet ({cause}). Write the file again."
        ) from cause
    types = {row["column_name"]: row["column_type"] for row in described}
    types.pop("file_row_number")
    return Raw(
        source=f"(SELECT file_row_number AS {ROW}, * FROM {files})",
        columns={name: quoted(name) for name in types},
        types=types,
        row_count=int(count),
        is_typed=True,
    )


def of_csv(engine: Engine, path: Path, *, name: str) -> Raw:
    """A CSV file, every cell as text: fast where it keeps to RFC 4180, exact where it does not.

    Args:
        engine: where the cells are put.
        path: the file.
        name: under which they are put there.
    """
    import duckdb  # noqa: PLC0415  heavy

    header = _header(path)
    if not header:
        raise BundleError(f"{path.name} is empty. Every table begins with a line of column names.")
    place = quoted(f"raw {name}")
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(header))) + "}"
    try:
        engine.connection.execute(
            f"CREATE OR REPLACE TABLE {place} AS SELECT * FROM read_csv({text(str(path))}, "
            f"auto_detect=false, header=true, columns={columns}, delim=',', quote='\"', "
            f"escape='\"', comment='', strict_mode=true, max_line_size={_LONGEST_LINE})"
        )
        found: _Slow = ([], [])
    except duckdb.Error:
        found = _slowly(engine, path, place=place, width=len(header))
    kept = engine.query(f"SELECT count(*) AS n FROM {place}").to_pylist()[0]["n"]
    return Raw(
        source=f"(SELECT rowid AS {ROW}, * FROM {place})",
        columns={column: f"c{i}" for i, column in enumerate(header)},
        types=dict.fromkeys(header, "VARCHAR"),
        row_count=int(kept) + len(found[0]),
        is_typed=False,
        unread=tuple(found[0]),
        faults=tuple(_header_faults(path, header)),
        _path=path,
        _lines=found[1],
    )


def _header(path: Path) -> list[str]:
    with _opened(path) as file:
        return next(csv.reader(file), [])


def _header_faults(path: Path, header: Sequence[str]) -> Iterator[str]:
    with path.open("rb") as file:
        if file.read(3) == b"\xef\xbb\xbf":
            yield "the file begins with a byte-order mark"
    for column in sorted({column for column in header if header.count(column) > 1}):
        yield f"the header names '{column}' more than once"


def _slowly(engine: Engine, path: Path, *, place: str, width: int) -> _Slow:
    """Row by row, for a file with lines that are no rows: each is listed with its reason."""
    import pyarrow as pa  # noqa: PLC0415  heavy

    rows: list[list[str]] = []
    starts: list[int] = []
    unread: list[tuple[int, str]] = []
    for line, found in _records(path):
        reason = found if isinstance(found, str) else _reason(found, width=width)
        if reason or isinstance(found, str):
            unread.append((line, reason))
        else:
            rows.append(found)
            starts.append(line)
    cells = {
        f"c{i}": pa.array([row[i] or None for row in rows], type=pa.string()) for i in range(width)
    }
    engine.connection.register("arriving", pa.table(cells))
    engine.connection.execute(f"CREATE OR REPLACE TABLE {place} AS SELECT * FROM arriving")
    engine.connection.unregister("arriving")
    return unread, starts


def _reason(row: Sequence[str], *, width: int) -> str:
    if len(row) != width:
        return f"the line has {len(row)} fields where the header has {width}"
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return "the line is not UTF-8"
    return ""


def _records(path: Path) -> Iterator[tuple[int, list[str] | str]]:
    """Each record after the header with the line it begins on, or why it cannot be read."""
    csv.field_size_limit(_LONGEST_LINE)
    with _opened(path) as file:
        reader = csv.reader(file, strict=True)
        next(reader, None)
        while True:
            line = reader.line_num + 1
            try:
                row = next(reader, None)
            except csv.Error as problem:
                yield line, f"the quoting cannot be read ({problem})"
                continue
            if row is None:
                return
            if row:
                yield line, row


def _starts(path: Path, *, last: int) -> list[int]:
    return [line for line, _ in islice(_records(path), last + 1)]


def _opened(path: Path) -> IO[str]:
    # Bytes that are no UTF-8 become lone surrogates, which no UTF-8 file can hold: they are found.
    return path.open(encoding="utf-8-sig", errors="surrogateescape", newline="")
