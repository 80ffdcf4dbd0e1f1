"""The rules for rows: what breaks them, which rows cannot stay, which values are left unknown.

A staged table has the declared columns, typed, and `__row`, the place of the row in its file. Each
function gives `Break`s and leaves in the stage what stays.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from headway.facts.bundle import circles
from headway.facts.bundle.raw import ROW
from headway.facts.catalogue import AHEAD, TABLES, target_of
from headway.facts.engine import Engine, quoted, text
from headway.facts.tables import Column, Kind, Table

_GROUP = r"(seller|manager|leader|sdr|engineer|other)@.+"


@dataclass(frozen=True, kw_only=True)
class Break:
    """One rule broken by one row: the column and its value where one is to blame."""

    row: int
    rule: int
    message: str
    column: str | None = None
    value: str | None = None
    is_rejected: bool = False


def stage(name: str) -> str:
    """The quoted name of a table's stage."""
    return quoted(f"staged {name}")


def empty_cells(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 4: a needed column is empty."""
    for column in table.columns:
        if not column.is_optional:
            rows = _rows(engine, f"FROM {stage(table.name)} WHERE {quoted(column.name)} IS NULL")
            message = f"'{column.name}' is empty, and no row may leave it empty"
            yield from _rejected(rows, rule=4, message=message, column=column.name)


def repeated_keys(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 7: a key that stands more than once; the first row stays."""
    key = ", ".join(quoted(column) for column in table.key)
    place = stage(table.name)
    if not _rows(engine, f"FROM {place} GROUP BY {key} HAVING count(*) > 1 LIMIT 1", row="1"):
        return
    rows = _rows(
        engine,
        f"FROM {place} QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {ROW}) > 1",
    )
    message = f"the key ({', '.join(table.key)}) stands in an earlier row as well"
    yield from _rejected(rows, rule=7, message=message)


def intervals(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 5: an interval that ends before it begins, or overlaps one of the same key."""
    names = table.column_names
    if "valid_from" not in names or "valid_to" not in names:
        return
    place = stage(table.name)
    rows = _rows(engine, f"FROM {place} WHERE valid_to <= valid_from")
    message = "'valid_to' is not after 'valid_from'"
    yield from _rejected(rows, rule=5, message=message, column="valid_to")
    if "valid_from" in table.key:
        key = ", ".join(quoted(column) for column in table.key if column != "valid_from")
        rows = _overlapping(engine, f"{place} WHERE valid_to IS NULL OR valid_to > valid_from", key)
        message = "the interval overlaps an earlier one of the same key"
        yield from _rejected(rows, rule=5, message=message, column="valid_from")


def owners_at_once(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 5: an account has two owners on one day; both rows stay."""
    if table.name == "seen/account_owner":
        source = f"{stage(table.name)} WHERE role = 'owner'"
        for row in _overlapping(engine, source, "account_id"):
            yield Break(row=row, rule=5, message="the account has another owner on the same day")


def circles_of_managers(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 7: a reporting line that closes a circle; the rows that close it go."""
    if table.name == "seen/reporting_line":
        columns = f"{ROW} AS row, person_id, manager_id, valid_from, valid_to"
        lines = engine.query(
            f"SELECT {columns} FROM {stage(table.name)} "
            f"WHERE person_id IS NOT NULL AND valid_from IS NOT NULL ORDER BY {ROW}"
        )
        message = "the reporting line leads back to the person"
        rows = circles.closing(lines.to_pylist())
        yield from _rejected(rows, rule=7, message=message, column="manager_id")


def circles_of_rows(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 7: a row that lies above itself; what is above it is left unknown."""
    for column in table.columns:
        if column.refers_to != table.name:
            continue
        key, name = quoted(table.key[0]), quoted(column.name)
        rows = engine.query(
            f"SELECT {ROW} AS row, {key} AS key, {name} AS above FROM {stage(table.name)} "
            f"WHERE {name} IS NOT NULL ORDER BY {ROW}"
        ).to_pylist()
        circle = circles.lying_in({row["key"]: row["above"] for row in rows})
        found = [
            Break(
                row=row["row"],
                rule=7,
                message=f"'{column.name}' leads back to the row itself",
                column=column.name,
                value=row["above"],
            )
            for row in rows
            if row["key"] in circle
        ]
        yield from found
        _leave_unknown(engine, table, column, rows=[each.row for each in found])


def needed_references(engine: Engine, table: Table, *, staged: Collection[str]) -> Iterator[Break]:
    """Rule 7: a needed reference into a staged table that does not resolve takes its row along."""
    for column in table.columns:
        if column.refers_to in staged and not column.is_optional:
            yield from _unresolved(engine, table, column)


def optional_references(
    engine: Engine, table: Table, *, staged: Collection[str]
) -> Iterator[Break]:
    """Rule 7: an optional reference that does not resolve is left unknown."""
    for column in table.columns:
        if column.refers_to in staged and column.is_optional:
            found = list(_unresolved(engine, table, column))
            yield from found
            _leave_unknown(engine, table, column, rows=[each.row for each in found])


def day_order(engine: Engine, table: Table, *, as_of: date, end: str) -> Iterator[Break]:
    """Rule 8: what lies after `as_of` and may not; the row stays.

    Args:
        engine: where the stages are.
        table: which one.
        as_of: the last day inside.
        end: the first instant after it, in UTC, as SQL reads it.
    """
    for column in table.columns:
        if column.kind in (Kind.DATE, Kind.TIME) and column.name not in AHEAD:
            name = quoted(column.name)
            late = f"> DATE '{as_of}'" if column.kind is Kind.DATE else f">= TIMESTAMP '{end}'"
            message = f"'{column.name}' lies after {as_of}, the last day inside"
            for row in _rows(engine, f"FROM {stage(table.name)} WHERE {name} {late}"):
                yield Break(row=row, rule=8, message=message, column=column.name)


def groups(engine: Engine, table: Table) -> Iterator[Break]:
    """Rule 10: a group that is not written as one; the row stays."""
    if table.name == "said/belief":
        source = f'FROM {stage(table.name)} WHERE NOT regexp_full_match("group", {text(_GROUP)})'
        for row in _rows(engine, source):
            yield Break(row=row, rule=10, message="'group' is not written role@person_id")


def currencies(engine: Engine, table: Table, *, own: str) -> Iterator[Break]:
    """Rule 2: a currency that is none, or an amount nobody can add up; the row stays."""
    if table.name != "seen/opportunity":
        return
    source = f"FROM {stage(table.name)} WHERE currency IS NOT NULL AND "
    is_code = "regexp_full_match(currency, '[A-Z]{3}')"
    for row in _rows(engine, f"{source} NOT {is_code}"):
        yield Break(row=row, rule=2, message="'currency' is no ISO 4217 code", column="currency")
    other = f"currency <> {text(own)} AND amount IS NOT NULL AND report_amount IS NULL"
    message = f"'report_amount' is empty although the amount is not in {own}"
    for row in _rows(engine, f"{source} {is_code} AND {other}"):
        yield Break(row=row, rule=2, message=message, column="report_amount")


BEFORE_REFERENCES: tuple[Callable[[Engine, Table], Iterator[Break]], ...] = (
    empty_cells,
    repeated_keys,
    intervals,
    circles_of_managers,
    circles_of_rows,
    owners_at_once,
)
"""Applied in this order; rows rejected by one are gone for the next."""


def _unresolved(engine: Engine, table: Table, column: Column) -> Iterator[Break]:
    found = engine.query(
        f"SELECT {ROW} AS row, {quoted(column.name)} AS value FROM {stage(table.name)} AS here "
        f"WHERE {_dangling(column)} ORDER BY 1"
    )
    for each in found.to_pylist():
        yield Break(
            row=each["row"],
            rule=7,
            message=f"'{column.name}' is not in {column.refers_to}",
            column=column.name,
            value=each["value"],
            is_rejected=not column.is_optional,
        )


def _dangling(column: Column) -> str:
    target, key = target_of(column.refers_to or "")
    name = quoted(column.name)
    there = f"FROM {stage(target)} AS there WHERE there.{quoted(key)} = here.{name}"
    return f"here.{name} IS NOT NULL AND NOT EXISTS ({there})"


def _overlapping(engine: Engine, source: str, key: str) -> list[int]:
    # The latest end so far, not the previous row's: a long interval may hide behind a short one.
    latest = (
        "max(coalesce(valid_to, DATE '9999-12-31')) OVER (PARTITION BY "
        f"{key} ORDER BY valid_from, {ROW} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    )
    return _rows(engine, f"FROM {source} QUALIFY {latest} > valid_from")


def _rows(engine: Engine, source: str, *, row: str = ROW) -> list[int]:
    found: list[int] = engine.query(f"SELECT {row} AS row {source}")["row"].to_pylist()
    return sorted(found)


def _rejected(
    rows: list[int], *, rule: int, message: str, column: str | None = None
) -> Iterator[Break]:
    for row in rows:
        yield Break(row=row, rule=rule, message=message, column=column, is_rejected=True)


def reject(engine: Engine, breaks: Iterable[Break], *, table: Table) -> None:
    """Take the rejected rows out of the stage."""
    gone = sorted({each.row for each in breaks if each.is_rejected})
    if gone:
        engine.connection.execute(f"DELETE FROM {stage(table.name)} WHERE {_among(gone)}")


def _leave_unknown(engine: Engine, table: Table, column: Column, *, rows: list[int]) -> None:
    if rows:
        engine.connection.execute(
            f"UPDATE {stage(table.name)} SET {quoted(column.name)} = NULL WHERE {_among(rows)}"
        )


def _among(rows: list[int]) -> str:
    listed = text(",".join(map(str, rows)))
    return f"{ROW} IN (SELECT unnest(string_split({listed}, ','))::BIGINT)"


def in_order() -> tuple[Table, ...]:
    """All tables, each after those its needed references point to."""
    placed: dict[str, Table] = {}

    def place(table: Table) -> None:
        for column in table.columns:
            if column.refers_to and not column.is_optional and column.refers_to != table.name:
                place(TABLES[column.refers_to])
        placed.setdefault(table.name, table)

    for table in TABLES.values():
        place(table)
    return tuple(placed.values())
