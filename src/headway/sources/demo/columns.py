"""Columns become tables of facts, in the types that the format declares."""

from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from headway.facts import TABLES
from headway.facts.arrays import Array
from headway.facts.engine import Engine
from headway.facts.known import Facts
from headway.facts.tables import Kind
from headway.terms.organisation import Organisation

Column = Array | list[object]
Columns = dict[str, Mapping[str, Column]]

_TYPES = {
    Kind.DATE: pa.date32(),
    Kind.TIME: pa.timestamp("us"),
    Kind.INT: pa.int64(),
    Kind.COUNT: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.SHARE: pa.float64(),
    Kind.MONEY: pa.decimal128(18, 2),
    Kind.BOOL: pa.bool_(),
}


def of_rows(rows: Iterable[Mapping[str, object]]) -> dict[str, list[object]]:
    """Columns of rows; what a row does not name is null. Without rows there are no columns."""
    listed = list(rows)
    names = dict.fromkeys(name for row in listed for name in row)
    return {name: [row.get(name) for row in listed] for name in names}


def only(where: Array, values: Array) -> Array:
    """The values where it holds, null elsewhere."""
    found = np.full(len(where), None, dtype=object)
    found[where] = values[where]
    return found


def ids(prefix: str, count: int, *, width: int = 6) -> Array:
    """So many ids in a row: `o000001`."""
    numbers = np.arange(1, count + 1).astype(str)
    return np.char.add(prefix, np.char.zfill(numbers, width)).astype(object)


def facts(
    columns: Columns, *, organisation: Organisation, as_of: date, data_from: date, facts_id: str
) -> Facts:
    """Facts that hold the columns given; tables without columns are present and empty."""
    engine = Engine()
    for name, given in columns.items():
        engine.hold_arrow(name, _arrow(name, given))
    return Facts(
        organisation=organisation,
        as_of=as_of,
        data_from=data_from,
        facts_id=facts_id,
        engine=engine,
    )


def _arrow(name: str, given: Mapping[str, Column]) -> pa.Table:
    table = TABLES[name]
    unknown = set(given) - set(table.column_names)
    if unknown:
        raise ValueError(f"{name} has no column {sorted(unknown)}")
    return pa.table(
        {
            column.name: _array(given.get(column.name, []), kind=column.kind)
            for column in table.columns
            if column.name in given or (not given and not column.is_optional)
        }
    )


def _array(given: Column, *, kind: Kind) -> pa.Array:
    wanted = _TYPES.get(kind, pa.string())
    if kind is Kind.MONEY:
        amounts = np.round(np.asarray(given, dtype=float), 2)
        return pa.array(amounts, from_pandas=True).cast(wanted)
    return pa.array(given, type=wanted, from_pandas=isinstance(given, np.ndarray))
