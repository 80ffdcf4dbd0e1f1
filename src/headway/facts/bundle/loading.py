"""A bundle becomes facts: every rule checked, every row counted, nothing imported in part."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from headway.facts import days
from headway.facts.bundle import archive, conversion, manifest, raw, rules, surveys
from headway.facts.bundle.manifest import BundleError, Entry, Manifest
from headway.facts.bundle.raw import ROW, Raw
from headway.facts.bundle.rules import Break, stage
from headway.facts.engine import Engine, quoted
from headway.facts.known import Facts
from headway.facts.tables import STORED_AS, Column, Table
from headway.terms.answer import Mark


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One broken rule. `rule` is its number in section 2 of the format, 0 for `bundle.json`.

    `line` is the line of a CSV file (the header is line 1) or the row of a Parquet file (the first
    is 1), 0 where the whole table is meant. A rejected row is not imported; where `is_rejected` is
    False the row stays, and if a `column` could not be read or did not resolve, it is left unknown.
    """

    table: str
    line: int
    rule: int
    message: str
    column: str | None = None
    value: str | None = None
    is_rejected: bool = False

    @property
    def is_left_unknown(self) -> bool:
        """The row stays without this one value."""
        return self.value is not None and not self.is_rejected


@dataclass(frozen=True, kw_only=True)
class Count:
    """Rows of one table: `rows_in` = `kept` + `rejected`."""

    table: str
    rows_in: int
    kept: int
    rejected: int


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A bundle as it was read."""

    facts: Facts
    counts: tuple[Count, ...]
    violations: tuple[Violation, ...]


@dataclass(kw_only=True)
class _Reading:
    """One table while it is read."""

    table: Table
    raw: Raw
    breaks: list[Break] = field(default_factory=list)
    fatal: list[Violation] = field(default_factory=list)

    @property
    def unknown(self) -> list[str]:
        """Columns of the file that the format does not have."""
        return sorted(set(self.raw.columns) - set(self.table.column_names))


def read(path: Path) -> Facts:
    """The facts in a bundle.

    Raises:
        BundleError: the list of files is wrong, or a table cannot be read at all. Rows that break a
            rule are rejected or kept as the format says; `load` tells which.
    """
    return load(path).facts


def load(path: Path) -> Loaded:
    """The facts in a bundle, with the count of every table and each broken rule.

    Args:
        path: a folder with `bundle.json`, or a zip of one.

    Raises:
        BundleError: as for `read`; nothing is imported in part.
    """
    with archive.opened(path) as folder:
        listed = manifest.read(folder, given=path)
        for name, fault in manifest.faults(folder, listed):
            raise BundleError(f"Nothing was imported from {path}. {name}: {fault}.")
        engine = Engine()
        readings, fatal = _examined(engine, folder, listed)
        for each in fatal:
            raise BundleError(f"Nothing was imported from {path}. {each.table}: {each.message}.")
        found = tuple(each for reading in readings for each in _violations(reading))
    for reading in readings:
        columns = ", ".join(quoted(name) for name in reading.table.column_names)
        lacking = set(reading.table.column_names) - set(reading.raw.columns)
        select = f"SELECT {columns} FROM {stage(reading.table.name)}"
        engine.hold_view(reading.table.name, select, lacking=lacking)
    counts = tuple(_count(reading) for reading in readings)
    facts = Facts(
        organisation=listed.organisation,
        as_of=listed.as_of,
        data_from=listed.data_from,
        facts_id=listed.sha256,
        engine=engine,
        min_answer_count=listed.min_answer_count,
        min_text_count=listed.min_text_count,
        reading=tuple(_marks(readings, counts)),
    )
    return Loaded(facts=facts, counts=counts, violations=found)


def violations(path: Path) -> Iterator[Violation]:
    """Every rule that a bundle breaks, as far as it can be read; none where it conforms."""
    with archive.opened(path) as folder:
        try:
            listed = manifest.read(folder, given=path)
        except BundleError as problem:
            yield Violation(table=manifest.FILE, line=0, rule=0, message=str(problem))
            return
        for name, fault in manifest.faults(folder, listed):
            yield Violation(table=name, line=0, rule=0, message=fault)
        engine = Engine()
        readings, fatal = _examined(engine, folder, listed)
        yield from fatal
        for reading in readings:
            yield from _violations(reading)


def _examined(
    engine: Engine, folder: Path, listed: Manifest
) -> tuple[list[_Reading], list[Violation]]:
    readings, fatal = _all_staged(engine, folder, listed)
    for reading in readings:
        for check in rules.BEFORE_REFERENCES:
            _apply(engine, reading, check(engine, reading.table))
    staged = [reading.table.name for reading in readings]
    for reading in readings:  # in order: a rejected row takes along those that need it
        _apply(engine, reading, rules.needed_references(engine, reading.table, staged=staged))
    end = days.end(listed.as_of, time_zone=listed.organisation.time_zone).isoformat(sep=" ")
    for reading in readings:
        table = reading.table
        reading.breaks.extend(rules.optional_references(engine, table, staged=staged))
        reading.breaks.extend(rules.day_order(engine, table, as_of=listed.as_of, end=end))
        reading.breaks.extend(rules.currencies(engine, table, own=listed.organisation.currency))
        reading.breaks.extend(rules.groups(engine, table))
        least = listed.min_answer_count
        reading.breaks.extend(surveys.sums(engine, table, staged=staged, least=least))
    return readings, fatal


def _all_staged(
    engine: Engine, folder: Path, listed: Manifest
) -> tuple[list[_Reading], list[Violation]]:
    """The tables that can be read, and why the others cannot."""
    entries = manifest.readable(folder, listed)
    named = {entry.name for entry in listed.entries}
    readings: list[_Reading] = []
    fatal: list[Violation] = []
    for table in rules.in_order():
        if table.name in entries:
            try:
                reading = _staged(engine, folder, table, entries[table.name])
            except BundleError as problem:
                fatal.append(_whole(table, rule=1, message=str(problem)))
                continue
            fatal.extend(reading.fatal)
            readings.extend([] if reading.fatal else [reading])
        elif table.is_required and table.name not in named:
            fatal.append(_whole(table, rule=9, message="the table is required but not there"))
    return readings, fatal


def _staged(engine: Engine, folder: Path, table: Table, entry: Entry) -> _Reading:
    path = folder / entry.path
    found = (
        raw.of_csv(engine, path, name=table.name)
        if path.suffix == ".csv"
        else raw.of_parquet(engine, path)
    )
    reading = _Reading(table=table, raw=found, fatal=list(_misfits(table, found, entry)))
    if reading.fatal:
        return reading
    typed = {column.name: _typed(column, found) for column in table.columns}
    engine.connection.execute(
        f"CREATE TABLE {stage(table.name)} AS "
        f"SELECT {ROW}, {conversion.select(typed)} FROM {found.source}"
    )
    _apply(engine, reading, _unreadable(engine, table, found))
    return reading


def _misfits(table: Table, found: Raw, entry: Entry) -> Iterator[Violation]:
    for fault in found.faults:
        yield _whole(table, rule=1, message=fault)
    for column in table.columns:
        if column.name not in found.columns:
            if not column.is_optional:
                message = f"the needed column '{column.name}' is not there"
                yield _whole(table, rule=4, message=message)
        elif found.is_typed and not conversion.fits(column, found.types[column.name]):
            message = (
                f"column '{column.name}' is {found.types[column.name]}, where "
                f"{conversion.EXPECTED[column.kind]} was expected"
            )
            yield _whole(table, rule=2, message=message)
    if found.row_count != entry.row_count:
        message = f"the file has {found.row_count} rows, where {entry.row_count} are listed"
        yield _whole(table, rule=0, message=message)


def _typed(column: Column, found: Raw) -> str:
    if column.name not in found.columns:
        return f"NULL::{STORED_AS[column.kind]}"
    source = found.columns[column.name]
    if found.is_typed:
        return conversion.from_parquet(column, source, source_type=found.types[column.name])
    return conversion.from_text(column, source)


def _unreadable(engine: Engine, table: Table, found: Raw) -> list[Break]:
    """Rule 2: cells that hold something which is not a value of their column.

    Where the column is needed, the row goes with it.
    """
    present = [column for column in table.columns if column.name in found.columns]
    given = {
        column.name: conversion.given(found.columns[column.name], found.types[column.name])
        for column in present
    }
    filled = {name: f"count({sql})" for name, sql in given.items()}
    typed = {column.name: f"count({quoted(column.name)})" for column in present}
    before = engine.query(f"SELECT {conversion.select(filled)} FROM {found.source}").to_pylist()[0]
    after = engine.query(f"SELECT {conversion.select(typed)} FROM {stage(table.name)}").to_pylist()
    breaks: list[Break] = []
    for column in present:
        if before[column.name] == after[0][column.name]:
            continue
        cells = engine.query(
            f"SELECT {ROW} AS row, left({given[column.name]}::VARCHAR, 200) AS value "
            f"FROM {found.source} WHERE {given[column.name]} IS NOT NULL "
            f"AND {_typed(column, found)} IS NULL ORDER BY 1"
        )
        expected = conversion.EXPECTED[column.kind]
        if column.choices:
            expected = "one of " + ", ".join(column.choices)
        breaks.extend(
            Break(
                row=cell["row"],
                rule=2,
                message=f"'{column.name}' holds {cell['value']!r}; {expected} was expected",
                column=column.name,
                value=cell["value"],
                is_rejected=not column.is_optional,
            )
            for cell in cells.to_pylist()
        )
    return breaks


def _apply(engine: Engine, reading: _Reading, found: Iterable[Break]) -> None:
    breaks = list(found)
    rules.reject(engine, breaks, table=reading.table)
    reading.breaks.extend(breaks)


def _count(reading: _Reading) -> Count:
    rejected = len({each.row for each in reading.breaks if each.is_rejected})
    rejected += len(reading.raw.unread)
    rows_in = reading.raw.row_count
    return Count(
        table=reading.table.name, rows_in=rows_in, kept=rows_in - rejected, rejected=rejected
    )


def _violations(reading: _Reading) -> Iterator[Violation]:
    lines = reading.raw.lines_of(each.row for each in reading.breaks)
    found = [
        Violation(table=reading.table.name, line=line, rule=1, message=reason, is_rejected=True)
        for line, reason in reading.raw.unread
    ]
    found.extend(
        Violation(
            table=reading.table.name,
            line=lines[each.row],
            rule=each.rule,
            message=each.message,
            column=each.column,
            value=each.value,
            is_rejected=each.is_rejected,
        )
        for each in reading.breaks
    )
    yield from sorted(found, key=lambda each: (each.line, each.rule))


def _marks(readings: list[_Reading], counts: tuple[Count, ...]) -> Iterator[Mark]:
    for reading, count in zip(readings, counts, strict=True):
        if count.rejected:
            yield Mark(
                code="rejected_rows",
                table=count.table,
                row_count=count.rejected,
                share=count.rejected / count.rows_in,
            )
        if reading.unknown:
            yield Mark(
                code="unknown_column",
                table=count.table,
                row_count=count.rows_in,
                share=1.0,
                figures={"columns": ", ".join(reading.unknown)},
            )


def _whole(table: Table, *, rule: int, message: str) -> Violation:
    return Violation(table=table.name, line=0, rule=rule, message=message, is_rejected=True)
