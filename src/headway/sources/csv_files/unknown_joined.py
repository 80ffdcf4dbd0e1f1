"""Opportunities spread over two files: one tells how each began, the other how some ended."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from headway.sources.csv_files.mapping import plain_name
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw

MAX_FILES = 12
_IS_KEY = "select count(*) = count(distinct $key) from $table"
_ARE_AMONG = """select count(*) filter (where $key in (select $other from $table))
>= 0.95 * count(*)
from $more"""
_JOINED = """create table $joined as select a.* $columns from $table a left join $more b
on a.$other = b.$key order by a.rowid"""


def pairs(at: Bench, *, raws: Sequence[Raw]) -> list[tuple[Raw, Raw]]:
    """Each two files that share a key, as one table, with the file that was put beside the other.

    A row of the second belongs to exactly one of the first, so that no row comes twice.
    """
    found: list[tuple[Raw, Raw]] = []
    if len(raws) > MAX_FILES:
        return found
    for first, second in permutations(raws, 2):
        if second.row_count <= first.row_count and not first.parts:
            shared = _shared(at, first=first, second=second)
            if shared is not None:
                found.append((_joined(at, first=first, second=second, on=shared), second))
    return found


def _shared(at: Bench, *, first: Raw, second: Raw) -> tuple[str, str] | None:
    theirs = {plain_name(name): name for name in second.header}
    for name in first.header:
        other = theirs.get(plain_name(name))
        if other is None:
            continue
        parts = {"key": quoted(other), "other": quoted(name), "table": first.table}
        is_key = at.rows(_IS_KEY, {"key": quoted(name), "table": first.table})[0][0]
        is_key = is_key and at.rows(_IS_KEY, {"key": quoted(other), "table": second.table})[0][0]
        if is_key and at.rows(_ARE_AMONG, {**parts, "more": second.table})[0][0]:
            return name, other
    return None


def _joined(at: Bench, *, first: Raw, second: Raw, on: tuple[str, str]) -> Raw:
    there = {plain_name(name) for name in first.header}
    more = [name for name in second.header if plain_name(name) not in there]
    table = f"{first.table}_with_{second.table}"
    at.run(
        _JOINED,
        {
            "joined": table,
            "columns": "".join(f", b.{quoted(name)}" for name in more),
            "table": first.table,
            "more": second.table,
            "other": quoted(on[0]),
            "key": quoted(on[1]),
        },
    )
    return replace(first, table=table, header=(*first.header, *more))
