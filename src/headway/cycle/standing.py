"""What is remembered of each load: the source of each row, and since when it is missing there.

A technical table beside the facts, not one of them: `loads/<number>.json` says what was loaded and
which
snapshot came of it, `loads/<number>.parquet` has one row per opportunity, activity and lead:
`table_name`, `row_id`, `source`, `seen_at` (the last load that held the row) and `missing_since`
(the
first load of the same source that did not; null = it is there, lies before the window of an
export that visibly is one, or the export has no row in common with what was known). The load whose
snapshot is the current one holds; undoing a load lets the one before it hold again. A row that is
missing stays a fact.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from headway.sources.csv_files.statements import filled, literal
from headway.sources.csv_files.tables import Bench
from headway.sources.protocol import Delivery

FOLLOWED: Mapping[str, tuple[str, str]] = {
    "seen/opportunity": ("opportunity_id", "created_at"),
    "seen/activity": ("activity_id", "occurred_at"),
    "seen/lead": ("lead_id", "created_at"),
}
"""The tables followed row by row: their key, and the instant a load's span is held against."""

_NONE = """(select null::varchar as table_name, null::varchar as row_id, null::varchar as source,
null::timestamp as seen_at, null::timestamp as missing_since where false)"""
WINDOW_MOVED_DAYS = 28
"""An export whose first row was created this much later than before is a window, not the whole."""
_NOTHING = (
    "select null::varchar as table_name, null::varchar as row_id, null::timestamp as born "
    "where false"
)
_ROWS = "select $table as table_name, $key as row_id, $born as born from read_parquet($file)"
_STANDING = """copy (
with told as ($told), before as (select * from $before), born as ($born),
begun as (select table_name, min(born) as first_born from before join born using (table_name,
row_id) where before.source = $source group by 1),
window_of as (select table_name, min(told.born) as begins from told join begun using (table_name)
group by 1 having min(told.born) >= min(first_born) + interval $moved day),
shared as (select distinct table_name from before join told using (table_name, row_id)
where before.source = $source)
select table_name, row_id, $source as source, $at as seen_at, null::timestamp as missing_since from
told
union all select b.table_name, b.row_id, b.source, b.seen_at,
case when b.source = $source and b.missing_since is null and $may_miss
    and b.table_name in (select table_name from shared)
    and coalesce(born.born >= begins, true) then $at else b.missing_since end
from before b left join born using (table_name, row_id) left join window_of using (table_name)
where (b.table_name, b.row_id) not in (select (table_name, row_id) from told)
) to $path (format parquet)"""


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """One load: the hash of what was loaded, its source, the last day inside, the snapshot it made.

    `previous` is the snapshot before; `snapshot_id` may equal it where a load changed nothing.
    """

    number: int
    content_hash: str
    source: str
    as_of: date
    at: datetime
    snapshot_id: str
    previous: str | None
    rejections: str


def remembered(folder: Path) -> tuple[Remembered, ...]:
    """All loads on record, in their order; undone ones among them."""
    found = []
    for path in sorted((folder / "loads").glob("*.json")):
        said = json.loads(path.read_text(encoding="utf-8"))
        said["as_of"] = date.fromisoformat(said["as_of"])
        said["at"] = datetime.fromisoformat(said["at"])
        found.append(Remembered(**said))
    return tuple(found)


def in_effect(loads: tuple[Remembered, ...], *, current: str | None) -> tuple[Remembered, ...]:
    """The loads that led to the snapshot that holds, in their order."""
    line: list[Remembered] = []
    wanted = current
    for load in reversed(loads):
        if wanted is not None and load.snapshot_id == wanted:
            line.append(load)
            wanted = load.previous
    return tuple(reversed(line))


def remember(folder: Path, *, load: Remembered, table: Path) -> None:
    """Put one load on record; the table first, so that a record is never without it."""
    place = folder / "loads"
    place.mkdir(parents=True, exist_ok=True)
    table.replace(place / f"{load.number:06d}.parquet")
    part = place / f"{load.number:06d}.json.tmp"
    said = {**asdict(load), "as_of": load.as_of.isoformat(), "at": load.at.isoformat()}
    part.write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    part.replace(place / f"{load.number:06d}.json")


def written(
    bench: Bench,
    *,
    before: Path | None,
    known: Mapping[str, Path],
    delivery: Delivery,
    source: str,
    at: datetime,
    is_late: bool,
    target: Path,
) -> None:
    """Write which rows stand where after a delivery. A late delivery makes nothing missing."""
    told, born = _rows(bench, files=delivery.tables), _rows(bench, files=known)
    bench.run(
        _STANDING,
        {
            "told": told,
            "born": born,
            "before": f"read_parquet({literal(str(before))})" if before else _NONE,
            "source": literal(source),
            "at": f"timestamp {literal(at.replace(tzinfo=None).isoformat(sep=' '))}",
            "may_miss": "false" if is_late else "true",
            "moved": str(WINDOW_MOVED_DAYS),
            "path": literal(str(target)),
        },
    )


def _rows(bench: Bench, *, files: Mapping[str, Path]) -> str:
    """Each row of the tables followed, with the instant it was born; null where none is told."""
    selects = [_NOTHING]
    for name, (key, born) in FOLLOWED.items():
        if name in files:
            is_told = _has(bench, file=files[name], column=born)
            parts = {
                "table": literal(name),
                "key": key,
                "born": born if is_told else "null::timestamp",
                "file": literal(str(files[name])),
            }
            selects.append(filled(_ROWS, parts))
    return " union all ".join(selects)


def unmarked(bench: Bench, *, table: Path, source: str) -> dict[str, int]:
    """How many rows of a source its last export neither held nor made missing, table by table."""
    rows = bench.rows(
        "select table_name, count(*) from (select *, max(seen_at) over () as last_seen from "
        "read_parquet($file) where source = $source) where seen_at < last_seen and missing_since "
        "is null group by 1",
        {"file": literal(str(table)), "source": literal(source)},
    )
    return {str(name): int(str(count)) for name, count in rows}


def missing(bench: Bench, *, table: Path) -> dict[str, int]:
    """How many rows of each table are missing from the source they came from."""
    rows = bench.rows(
        "select table_name, count(*) from read_parquet($file) where missing_since is not null "
        "group by 1",
        {"file": literal(str(table))},
    )
    return {str(name): int(str(count)) for name, count in rows}


def missing_ids(bench: Bench, *, table: Path, name: str) -> tuple[str, ...]:
    """The ids of one table's rows that are missing from their source, in order."""
    rows = bench.rows(
        "select row_id from read_parquet($file) where missing_since is not null and table_name = "
        "$name order by 1",
        {"file": literal(str(table)), "name": literal(name)},
    )
    return tuple(str(row[0]) for row in rows)


def _has(bench: Bench, *, file: Path, column: str) -> bool:
    described = bench.rows(
        "describe select * from read_parquet($file)", {"file": literal(str(file))}
    )
    return column in {str(row[0]) for row in described}
