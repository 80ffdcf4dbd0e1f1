"""Puts a delivery onto what is known: by id, never deleting, differences as field changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from headway.facts import TABLES
from headway.facts.tables import Table
from headway.sources.csv_files.statements import filled, literal, quoted
from headway.sources.csv_files.tables import Bench
from headway.sources.protocol import Delivery

CHANGES = "seen/opportunity_change"
_OPPORTUNITY = "seen/opportunity"
_TRACKED = ("stage", "amount", "close_on", "owner_id", "probability_share", "forecast_category")
_MADE_OF_MENTIONS = ("seen/person", "seen/account", "seen/product")
_STANDING = {
    "seen/reporting_line": ("person_id", ("manager_id", "role", "team", "region")),
    "seen/account_owner": ("account_id", ("person_id", "role")),
}
"""Tables of what held over time: whose it is, and what may change about it."""

_UPDATE = """copy (select $chosen from $new n left join $old o on $same
union all by name select o.* from $old o where not exists (select 1 from $new n where $same)) to
$path (format parquet)"""
_ADD = """copy (select * from $old union all by name
select n.* from $new n where not exists (select 1 from $old o where $same)) to $path (format
parquet)"""
_REPLACE = """copy (select * from $new union all by name
select o.* from $old o where o.$whose not in (select $whose from $new)) to $path (format parquet)"""
# What stood open and is told otherwise now ends on the day of the new export, and begins anew
# there.
_SUCCEED = """copy (
with known as (select * from $old union all by name select null::date as valid_to where false),
told as (select * from $new union all by name select null::date as valid_to where false),
standing as (select * from known where valid_to is null),
moved as (select t.$whose as id from told t join standing s using ($whose)
    group by 1 having bool_and($differs and s.valid_from < $day)),
corrected as (select t.$whose as id from told t join standing s using ($whose)
    group by 1 having bool_and($differs and s.valid_from >= $day))
select * from known where valid_to is not null
    or ($whose not in (select id from moved) and $whose not in (select id from corrected))
union all by name select * replace ($day as valid_to) from known
    where valid_to is null and $whose in (select id from moved)
union all by name select * replace ($day as valid_from) from told
    where $whose in (select id from moved union select id from corrected)
union all by name select * from told where $whose not in (select $whose from known)
) to $path (format parquet)"""
_DIFFERENCE = """select n.opportunity_id, $changed_at as changed_at, $field as field,
cast(o.$column as varchar) as old_value, cast(n.$column as varchar) as new_value,
cast(null as varchar) as changed_by_id, $at as recorded_at
from $new n join $old o using (opportunity_id) where n.$column is distinct from o.$column
$unlogged"""
_WITH_DIFFERENCES = """copy (
with told as (select * from $told), known as (select * from $known),
found as (select d.* replace (coalesce(k.old_value, d.old_value) as old_value) from ($differences) d
    left join known k using (opportunity_id, changed_at, field)),
learned as (select * from told union all by name select * from found where (opportunity_id,
changed_at, field)
    not in (select (opportunity_id, changed_at, field) from told))
select * from learned union all by name select * from known where (opportunity_id, changed_at,
field)
    not in (select (opportunity_id, changed_at, field) from learned)
) to $path (format parquet)"""
_NO_CHANGES = """(select null::varchar as opportunity_id, null::timestamp as changed_at,
null::varchar as field,
null::varchar as old_value, null::varchar as new_value, null::varchar as changed_by_id,
null::timestamp as recorded_at
where false)"""


@dataclass(frozen=True, kw_only=True)
class Merger:
    """One merge: the delivery, what was known (table to file), when it is learned, where files go.

    `is_late`: the delivery is older than what is known of the same source; it then only adds.
    `is_bundle`: its people, accounts and products are listed, never made out of mentions.
    """

    bench: Bench
    known: Mapping[str, Path]
    delivery: Delivery
    at: datetime
    into: Path
    is_late: bool
    is_bundle: bool = False

    def merged(self) -> dict[str, Path]:
        """Every table of both, the delivery's rows before those known under the same key."""
        told = self.delivery.tables
        tables = {name: self._table(name) for name in sorted({*self.known, *told} - {CHANGES})}
        changes = self._changes()
        if changes is not None:
            tables[CHANGES] = changes
        return tables

    def _table(self, name: str) -> Path:
        told, known = self.delivery.tables.get(name), self.known.get(name)
        if known is None:
            return self.delivery.tables[name]
        if told is None:
            return known
        path = self.into / f"merged-{name.replace('/', '.')}.parquet"
        self.bench.run(
            self._template(name, told=told), self._parts(name, told=told, known=known, path=path)
        )
        return path

    def _template(self, name: str, *, told: Path) -> str:
        if self.is_late or self._is_mention_only(name, told=told):
            return _ADD
        if name not in _STANDING:
            return _UPDATE
        return _SUCCEED if self._is_snapshot(told) else _REPLACE

    def _parts(self, name: str, *, told: Path, known: Path, path: Path) -> dict[str, str]:
        table = TABLES[name]
        whose, traits = _STANDING.get(name, (table.key[0], ()))
        there = _columns(self.bench, told)
        named = [trait for trait in traits if trait in there & _columns(self.bench, known)]
        differs = " or ".join(f"t.{quoted(c)} is distinct from s.{quoted(c)}" for c in named)
        return {
            "new": _file(told),
            "old": _file(known),
            "same": self._same(table, told=told, known=known),
            "chosen": self._chosen(table, told=told, known=known),
            "path": literal(str(path)),
            "whose": quoted(whose),
            "differs": f"({differs})" if differs else "false",
            "day": f"date {literal(self.delivery.as_of.isoformat())}",
        }

    def _same(self, table: Table, *, told: Path, known: Path) -> str:
        """Whether two rows have one key; a column that a file lacks is null in it, as in any."""
        new, old = _columns(self.bench, told), _columns(self.bench, known)
        return " and ".join(
            f"{f'n.{quoted(key)}' if key in new else 'null'} is not distinct from "
            f"{f'o.{quoted(key)}' if key in old else 'null'}"
            for key in table.key
        )

    def _chosen(self, table: Table, *, told: Path, known: Path) -> str:
        """Each column from the delivery if it has it, else from what was known."""
        new, old = _columns(self.bench, told), _columns(self.bench, known)
        return ", ".join(
            f"{'n' if column in new else 'o'}.{quoted(column)} as {quoted(column)}"
            for column in table.column_names
            if column in new | old
        )

    def _is_mention_only(self, name: str, *, told: Path) -> bool:
        key = TABLES[name].key[0]
        is_made = name in _MADE_OF_MENTIONS and not self.is_bundle
        return is_made and _columns(self.bench, told) <= {key, "name"}

    def _is_snapshot(self, told: Path) -> bool:
        found = self.bench.rows("select distinct basis from $file", {"file": _file(told)})
        return {str(row[0]) for row in found} <= {"snapshot", "crm_manager"}

    def _changes(self) -> Path | None:
        told, known = self.delivery.tables.get(CHANGES), self.known.get(CHANGES)
        differences = "" if self.is_late else self._differences(told)
        rows = (
            self.bench.number("select count(*) from ($rows)", {"rows": differences})
            if differences
            else 0
        )
        if not rows and told is None:
            return known
        path = self.into / "merged-seen.opportunity_change.parquet"
        self.bench.run(
            _WITH_DIFFERENCES,
            {
                "told": _file(told) if told else _NO_CHANGES,
                "known": _file(known) if known else _NO_CHANGES,
                "differences": differences or _NO_CHANGES[1:-1],
                "path": literal(str(path)),
            },
        )
        return path

    def _differences(self, told_changes: Path | None) -> str:
        """Field changes seen by comparing two exports: made by the last day of the later one."""
        told, known = self.delivery.tables.get(_OPPORTUNITY), self.known.get(_OPPORTUNITY)
        if told is None or known is None:
            return ""
        both = _columns(self.bench, told) & _columns(self.bench, known)
        unlogged = (
            "and (n.opportunity_id, $field) not in (select (opportunity_id, field) from $changes)"
        )
        selects = []
        for name in (column for column in _TRACKED if column in both):
            parts = {
                "new": _file(told),
                "old": _file(known),
                "column": quoted(name),
                "field": literal(name),
                "changed_at": _instant(self._held_from()),
                "at": _instant(self.at),
            }
            logged = {
                "field": literal(name),
                "changes": _file(told_changes) if told_changes else "",
            }
            parts["unlogged"] = filled(unlogged, logged) if told_changes else ""
            selects.append(filled(_DIFFERENCE, parts))
        return " union all ".join(selects)

    def _held_from(self) -> datetime:
        end = datetime.combine(self.delivery.as_of + timedelta(days=1), time()) - timedelta(
            seconds=1
        )
        return min(end, self.at.replace(tzinfo=None))


def _file(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"


def _instant(moment: datetime) -> str:
    return f"timestamp {literal(moment.replace(tzinfo=None).isoformat(sep=' '))}"


def counted(
    bench: Bench, *, known: Mapping[str, Path], merged: Mapping[str, Path]
) -> dict[str, tuple[int, int]]:
    """For each table, how many rows are new by key, and how many known ones now differ."""
    found = {}
    for name, path in merged.items():
        old = known.get(name)
        parts = {"new": _file(path), "old": _file(old) if old else ""}
        if old is None:
            found[name] = (bench.number("select count(*) from $new", parts), 0)
        elif old != path:
            there, held = _columns(bench, path), _columns(bench, old)
            # What the known rows lack is null in them.
            key = [column for column in TABLES[name].key if column in there]
            keys = {
                "key": ", ".join(quoted(column) for column in key),
                "held": ", ".join(quoted(c) if c in held else "null" for c in key),
            }
            added = bench.number(
                "select count(*) from (select $key from $new except select $held from $old)",
                {**parts, **keys},
            )
            shared = ", ".join(quoted(c) for c in TABLES[name].column_names if c in held)
            differing = bench.number(
                "select count(*) from (select $shared from $new except select $shared from $old)",
                {**parts, "shared": shared},
            )
            found[name] = (added, max(0, differing - added))
    return found


def _columns(bench: Bench, path: Path) -> set[str]:
    rows = bench.rows("describe select * from $file", {"file": _file(path)})
    return {str(row[0]) for row in rows}
