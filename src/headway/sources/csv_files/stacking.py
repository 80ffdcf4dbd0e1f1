"""Files with the same columns as one: parts of one export, or the same rows on several days."""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from headway.sources.csv_files import dates, naming
from headway.sources.csv_files.mapping import plain_name
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.synonyms import OPPORTUNITY
from headway.sources.csv_files.tables import Bench, Raw

_SHARED_SHARE = 0.2
_MOSTLY, _NEARLY_ALL = 0.8, 0.99
_NAMES_THAT_TELL, _NEARLY_ALL_NAMES, _MOST_NAMES = 5, 0.9, 0.7
_ROWS_THAT_TELL = 50
"""Rows a file must have before a column that is not named like an id can be taken for one."""
_DAY = re.compile(r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])(?:[-_. ]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_QUARTER = re.compile(r"(?<!\d)(20\d\d)[-_. ]?Q([1-4])|Q([1-4])[-_. ]?(20\d\d)", re.IGNORECASE)
_ALL = "create table $table as $parts"
_PART = "select $columns, rowid as _part_row, $number as _part, $taken as _taken from $table"
_LATEST = """create table $latest as select * exclude (_place) from (select *, row_number() over
(partition by $key, case when $key is null then _part * 1000000000 + _part_row end
order by _taken desc nulls last, _part desc, _part_row) as _place from $table) where _place = 1
order by _part, _part_row"""
_REPEATS = """select count(*), count($key), count(distinct $key), count(distinct ($key, _part)),
count(distinct ($key, _taken)) from $table"""
_FROM = "create table $table as select _part, _part_row, rowid as _row from $latest"
_HISTORY = "create table $table as select *, row_number() over () - 1 as _row from $all"


def stacked(at: Bench, *, raws: Sequence[Raw]) -> tuple[Raw, ...]:
    """Each set of files with the same columns as one; other files as they are.

    A file that has nearly all columns of another, and few more, belongs to it: exports grow columns
    over the months.
    Where the same key stands in several of them, or under several dates of one column, they are
    looks at the same rows on different days: the latest row of each key stands, and the table
    `<table>_history` holds all of them with the day they were taken.
    """
    groups: list[list[Raw]] = []
    for raw in raws:
        alike = next((group for group in groups if _are_alike(raw, group=group)), None)
        if alike is None:
            groups.append([raw])
        else:
            alike.append(raw)
    return tuple(_as_one(at, parts=parts) for parts in groups)


def _are_alike(raw: Raw, *, group: Sequence[Raw]) -> bool:
    theirs, ours = _plain(group[0]), _plain(raw)
    shared = len(theirs & ours)
    is_within = shared >= _NEARLY_ALL_NAMES * min(len(theirs), len(ours))
    is_telling = shared >= _NAMES_THAT_TELL and shared >= _MOST_NAMES * len(theirs | ours)
    return theirs == ours or (is_within and is_telling)


def _plain(raw: Raw) -> frozenset[str]:
    return frozenset(plain_name(name) for name in raw.header)


def _together(parts: Sequence[Raw]) -> tuple[str, ...]:
    """The columns of all parts, each once, in the order they first come."""
    named: dict[str, str] = {}
    for part in parts:
        for name in part.header:
            named.setdefault(plain_name(name), name)
    return tuple(named.values())


def taken_on(name: str) -> date | None:
    """The day in the name of a file; of a month or quarter its last day.

    >>> taken_on("pipeline_2025-06.csv"), taken_on("Q1 2025.xlsx"), taken_on("deals.csv")
    (datetime.date(2025, 6, 30), datetime.date(2025, 3, 31), None)
    """
    found = _DAY.search(name)
    if found:
        year, month = int(found[1]), int(found[2])
        days = calendar.monthrange(year, month)[1]
        return date(year, month, min(int(found[3] or days), days))
    quarter = _QUARTER.search(name)
    if quarter:
        year, month = int(quarter[1] or quarter[4]), 3 * int(quarter[2] or quarter[3])
        return date(year, month, calendar.monthrange(year, month)[1])
    return None


def _as_one(at: Bench, *, parts: Sequence[Raw]) -> Raw:
    first = parts[0]
    if any(_plain(part) != _plain(first) for part in parts):
        first = replace(first, header=_together(parts))
    days = [column for column in parts[0].header if _is_taken(at, raw=parts[0], column=column)]
    if len(parts) == 1 and not days:
        return first
    table = f"all_{first.table}"
    selects = [
        _select(at, part=part, like=first, number=number, day=days[0] if days else None)
        for number, part in enumerate(parts)
    ]
    at.run(_ALL, {"table": table, "parts": " union all ".join(selects)})
    key = _key(at, table=table, header=first.header, parts=len(parts), has_days=bool(days))
    if len(parts) == 1 and key is None:
        return first
    return _made(at, first=first, parts=parts, table=table, key=key)


def _is_taken(at: Bench, *, raw: Raw, column: str) -> bool:
    """Whether a column says on which day its row was looked at: few days, many rows each."""
    names = tuple(OPPORTUNITY["snapshot_on"].split())
    if not naming.is_whole(naming.score(column, names=names)):
        return False
    filled, different = at.rows(
        "select count($column), count(distinct $column) from $table",
        {"column": quoted(column), "table": raw.table},
    )[0]
    return int(str(filled)) == raw.row_count and 1 < int(str(different)) < raw.row_count


def _select(at: Bench, *, part: Raw, like: Raw, number: int, day: str | None) -> str:
    theirs = {plain_name(name): name for name in part.header}
    columns = ", ".join(f"{_column(theirs, name=name)} as {quoted(name)}" for name in like.header)
    taken = taken_on(part.name)
    said = f"date {literal(taken.isoformat())}" if taken else "null::date"
    if day is not None and plain_name(day) in theirs:
        text = quoted(theirs[plain_name(day)])
        rows = at.rows("select distinct $t from $table", {"t": text, "table": part.table})
        style = dates.style([str(row[0]) for row in rows], answer=dates.Order.DAY_FIRST)
        said = f"cast({style.instant(text)} as date)"
    return (
        _PART.replace("$columns", columns)
        .replace("$number", str(number))
        .replace("$taken", said)
        .replace("$table", part.table)
    )


def _column(theirs: Mapping[str, str], *, name: str) -> str:
    there = theirs.get(plain_name(name))
    return "cast(null as varchar)" if there is None else quoted(there)


def _key(at: Bench, *, table: str, header: Sequence[str], parts: int, has_days: bool) -> str | None:
    """The column whose values come again in another part or on another day, never in the same."""
    names = tuple(OPPORTUNITY["opportunity_id"].split())
    scores = {column: naming.score(column, names=names) for column in header}
    for column in sorted(header, key=lambda column: -scores[column]):
        parts_of = {"key": quoted(column), "table": table}
        row = at.rows(_REPEATS, parts_of)[0]
        rows, filled, different, by_part, by_day = (int(str(value)) for value in row)
        once = by_day if has_days and parts == 1 else by_part
        is_telling = scores[column] >= naming.SURE or filled >= parts * _ROWS_THAT_TELL
        is_unique = is_telling and filled >= _MOSTLY * rows and once >= _NEARLY_ALL * filled
        if is_unique and different <= (1 - _SHARED_SHARE / parts) * filled:
            return column
    return None


def _made(at: Bench, *, first: Raw, parts: Sequence[Raw], table: str, key: str | None) -> Raw:
    latest = f"latest_{first.table}"
    if key is None:
        at.run("create table $latest as select * from $table", {"latest": latest, "table": table})
    else:
        at.run(_LATEST, {"latest": latest, "table": table, "key": quoted(key)})
    at.run(_FROM, {"table": f"{latest}_from", "latest": latest})
    row = at.rows("select max(_taken), count(distinct _taken) from $table", {"table": table})[0]
    is_dated = key is not None and int(str(row[1])) > 1
    if is_dated:
        at.run(_HISTORY, {"table": f"{latest}_history", "all": table})
    at.run("alter table $t drop column _part", {"t": latest})
    at.run("alter table $t drop column _part_row", {"t": latest})
    at.run("alter table $t drop column _taken", {"t": latest})
    name = first.name if len(parts) == 1 else f"{first.name} and {len(parts) - 1} like it"
    return replace(
        first,
        name=name,
        table=latest,
        row_count=sum(part.row_count for part in parts),
        refusals=(),
        parts=tuple(parts),
        last_taken=row[0] if is_dated and isinstance(row[0], date) else None,
    )
