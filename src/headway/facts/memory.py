"""Facts from plain Python rows: for tests and for small things."""

import hashlib
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from headway.facts.engine import Engine, declared
from headway.facts.known import Facts
from headway.facts.tables import Column, Kind, Table
from headway.terms.errors import HeadwayError
from headway.terms.organisation import Organisation

if TYPE_CHECKING:
    import pyarrow as pa

_EXAMPLE = Organisation(name="Example", currency="EUR", time_zone="Europe/Berlin")
_CENT = Decimal("0.01")
_NOTHING: Mapping[str, Collection[str]] = MappingProxyType({})


class WrongValueError(HeadwayError):
    """A row holds something its column cannot hold."""

    code: ClassVar[str] = "facts.wrong_value"

    def __init__(self, *, table: str, row: int, column: str, value: object, wanted: str) -> None:
        super().__init__(
            f"Row {row} of '{table}' has {value!r} in '{column}'; {wanted} was expected. "
            "docs/reference/tables.md says what each column holds."
        )


def of(
    tables: Mapping[str, Sequence[Mapping[str, Any]]],  # Any: a row holds what its columns hold
    *,
    organisation: Organisation = _EXAMPLE,
    as_of: date = date(2026, 6, 30),
    data_from: date = date(2024, 1, 1),
) -> Facts:
    """Facts from dicts, one per row.

    Columns that a row does not name are null; optional columns that no row names are absent.
    Days and instants may be given as ISO text; an instant without a zone is UTC. Types, enums and
    needed columns are checked; references are not.

    Raises:
        UnknownTableError: the format has no such table.
        WrongValueError: a value does not fit its column, or a column is not declared.

    Examples:
        >>> facts = of({"seen/person": [{"person_id": "p1", "hired_on": "2025-02-01"}]})
        >>> facts.has("seen/person"), facts.has("seen/opportunity")
        (True, False)
    """
    engine = Engine()
    digest = hashlib.sha256()
    for name in sorted(tables):
        table = declared(name)
        rows = [_row(table, number=i, row=row) for i, row in enumerate(tables[name], start=1)]
        digest.update(json.dumps([name, rows], default=str).encode())
        named = {column for row in tables[name] for column in row}
        engine.hold_arrow(name, _arrow(table, rows, named=named))
    return Facts(
        organisation=organisation,
        as_of=as_of,
        data_from=data_from,
        facts_id=digest.hexdigest(),
        engine=engine,
    )


def beside(
    facts: Facts,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],  # Any: as for `of`
    *,
    gone: Mapping[str, Collection[str]] = _NOTHING,
) -> Facts:
    """The same facts with further rows, and without those that are gone.

    A row under a key that is there already changes the columns it names, and no others. `facts_id`
    goes on naming what was loaded. Rows are checked as in `of`.

    Args:
        facts: what was loaded.
        tables: the further rows.
        gone: by table, what stands no more in the first key column of those that are there: what
            was taken back, and that whose parts are given anew, such as the items of a sheet.

    Raises:
        UnknownTableError: the format has no such table.
        WrongValueError: a value does not fit its column, or a column is not declared.

    Examples:
        >>> loaded = of({"seen/person": [{"person_id": "p1", "name": "Ada"}]})
        >>> told = [{"person_id": "p1", "title": "Lead"}, {"person_id": "p2"}]
        >>> more = beside(loaded, {"seen/person": told, "seen/lead": []})
        >>> more.columns("seen/person", "name", "title").to_arrow().to_pylist()
        [{'name': 'Ada', 'title': 'Lead'}, {'name': None, 'title': None}]
        >>> more.has("seen/lead")
        False
    """
    further = {
        name: _both(facts, declared(name), tables.get(name, ()), gone=gone.get(name, ()))
        for name in {**tables, **gone}
        if tables.get(name) or (gone.get(name) and facts.has(name))
    }
    return replace(facts, engine=facts.engine.beside(further)) if further else facts


def instead(
    facts: Facts,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],  # Any: as for `of`
) -> Facts:
    """The same facts with these tables in place of those that were loaded.

    `facts_id` goes on naming what was loaded. Rows are checked as in `of`.

    Raises:
        UnknownTableError: the format has no such table.
        WrongValueError: a value does not fit its column, or a column is not declared.

    Examples:
        >>> loaded = of({"seen/person": [{"person_id": "p1"}]})
        >>> len(instead(loaded, {"seen/person": []}).columns("seen/person").to_arrow())
        0
    """
    further = {}
    for name, rows in tables.items():
        table = declared(name)
        given = [_row(table, number=number, row=row) for number, row in enumerate(rows, start=1)]
        further[name] = _arrow(table, given, named=table.column_names)
    return replace(facts, engine=facts.engine.beside(further))


def _both(
    facts: Facts,
    table: Table,
    rows: Sequence[Mapping[str, Any]],  # Any: as for `of`
    *,
    gone: Collection[str],
) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415  heavy

    taken = {tuple(row.get(column) for column in table.key) for row in rows}
    loaded = facts.columns(table.name).to_arrow() if facts.has(table.name) else None
    there: dict[tuple[object, ...], Mapping[str, Any]] = {}  # Any: as for `of`
    if loaded is not None:
        keys = list(zip(*(loaded[column].to_pylist() for column in table.key), strict=True))
        is_gone = [each[0] in gone for each in keys]
        is_taken = pa.array(
            [each in taken and not went for each, went in zip(keys, is_gone, strict=True)],
            type=pa.bool_(),
        )
        held = loaded.filter(is_taken).to_pylist()
        there = {tuple(row[column] for column in table.key): row for row in held}
        stays = pa.compute.invert(pa.compute.or_(is_taken, pa.array(is_gone, type=pa.bool_())))
        loaded = loaded.filter(stays)
    given = [
        _row(
            table, number=number, row={**there.get(tuple(row.get(c) for c in table.key), {}), **row}
        )
        for number, row in enumerate(rows, start=1)
    ]
    arriving = _arrow(table, given, named=table.column_names)
    if loaded is None:
        return arriving
    return pa.concat_tables([loaded.cast(arriving.schema), arriving])


def _row(table: Table, *, number: int, row: Mapping[str, Any]) -> dict[str, object]:
    for name in row:
        if name not in table.column_names:
            raise WrongValueError(
                table=table.name, row=number, column=name, value=row[name], wanted="no such column"
            )
    return {
        column.name: _value(column, row.get(column.name), table=table.name, number=number)
        for column in table.columns
    }


def _value(column: Column, value: object, *, table: str, number: int) -> object:
    wanted = f"{column.kind} of {'|'.join(column.choices)}" if column.choices else column.kind.value
    problem = WrongValueError(
        table=table, row=number, column=column.name, value=value, wanted=wanted
    )
    if value is None:
        if column.is_optional:
            return None
        raise problem
    try:
        found = _READERS[column.kind](value)
    except (TypeError, ValueError, ArithmeticError) as cause:
        raise problem from cause
    if column.choices and found not in column.choices:
        raise problem
    return found


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError
    return value


def _day(value: object) -> date:
    if isinstance(value, str):
        return date.fromisoformat(value)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError
    return value


def _instant(value: object) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        raise TypeError
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError
    return float(value)


def _whole(value: object) -> int:
    if _number(value) % 1:
        raise ValueError
    return int(_number(value))


def _count(value: object) -> int:
    if _number(value) < 0:
        raise ValueError
    return _whole(value)


def _share(value: object) -> float:
    if not 0 <= _number(value) <= 1:
        raise ValueError
    return _number(value)


def _money(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        raise TypeError
    return Decimal(str(value)).quantize(_CENT, rounding=ROUND_HALF_UP)


def _bool(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


_READERS: Mapping[Kind, Callable[[object], object]] = {
    Kind.ID: _text,
    Kind.TEXT: _text,
    Kind.ENUM: _text,
    Kind.PREDICATE: _text,
    Kind.DATE: _day,
    Kind.TIME: _instant,
    Kind.INT: _whole,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.SHARE: _share,
    Kind.MONEY: _money,
    Kind.BOOL: _bool,
}


def _arrow(
    table: Table, rows: Sequence[Mapping[str, object]], *, named: Collection[str]
) -> "pa.Table":
    import pyarrow as pa  # noqa: PLC0415  heavy

    types = {
        Kind.DATE: pa.date32(),
        Kind.TIME: pa.timestamp("us"),
        Kind.INT: pa.int64(),
        Kind.COUNT: pa.int64(),
        Kind.NUMBER: pa.float64(),
        Kind.SHARE: pa.float64(),
        Kind.MONEY: pa.decimal128(18, 2),
        Kind.BOOL: pa.bool_(),
    }
    return pa.table(
        {
            column.name: pa.array(
                [row[column.name] for row in rows], type=types.get(column.kind, pa.string())
            )
            for column in table.columns
            if column.name in named or not column.is_optional
        }
    )
