"""The engine under the facts: one DuckDB database in this process, and how rows come out of it.

Analysis names columns of a table, or composes an Ibis expression where it takes more than that;
`collect` brings rows of both, and `encoding.encode` integer codes and figures as NumPy arrays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from headway.facts import arrays
from headway.facts.arrays import Array
from headway.facts.catalogue import OWN, TABLES
from headway.facts.tables import STORED_AS, Table
from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    import duckdb
    import ibis.expr.types as ir
    import pyarrow as pa

_NO_COLUMNS: Mapping[str, Sequence[Any]] = MappingProxyType({})


class UnknownTableError(HeadwayError):
    """A table was asked for that the format does not have."""

    code: ClassVar[str] = "facts.unknown_table"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no table '{name}'. Tables are named with their folder, such as "
            "'seen/opportunity'; docs/reference/tables.md lists all of them."
        )


class MissingColumnError(HeadwayError):
    """A file lacks a column that its table cannot do without."""

    code: ClassVar[str] = "facts.missing_column"

    def __init__(self, *, table: str, column: str, found: Iterable[str]) -> None:
        super().__init__(
            f"Table '{table}' has no column '{column}'. It has: {', '.join(found)}. "
            "Add the column, or map it on the Data screen."
        )


def declared(name: str) -> Table:
    """The declaration of the table `name`.

    Raises:
        UnknownTableError: the format has no such table.
    """
    table = TABLES.get(name) or OWN.get(name)
    if table is None:
        raise UnknownTableError(name)
    return table


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a query brought: columns as NumPy arrays, or records as dicts."""

    arrow: "pa.Table"

    def __len__(self) -> int:
        return int(self.arrow.num_rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in the order of the expression."""
        return tuple(self.arrow.column_names)

    def column(self, name: str) -> Array:
        """One column. Null is None in text, NaN in numbers (then float64), NaT in days, instants.

        Text is an object array, money and shares are float64, whole numbers int64, booleans bool
        (object with None if any is null), days datetime64[D], instants datetime64[us] in UTC.
        """
        return arrays.of(self.arrow[name])

    def records(self) -> list[dict[str, Any]]:
        """One dict per row, with None for null; money is an exact Decimal."""
        found: list[dict[str, Any]] = self.arrow.to_pylist()
        return found


@dataclass(eq=False)
class Engine:
    """A DuckDB database holding some of the tables, as views of Parquet files or in memory."""

    files: dict[str, Path] = field(default_factory=dict)
    _held: set[str] = field(default_factory=set)
    _views: set[str] = field(default_factory=set)
    _lacking: dict[str, frozenset[str]] = field(default_factory=dict)
    _as_stored: dict[str, frozenset[str]] = field(default_factory=dict)
    _tables: dict[str, "ir.Table"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from duckdb import connect  # noqa: PLC0415  heavy: only what works on facts loads it

        self.connection: duckdb.DuckDBPyConnection = connect()
        self.connection.execute("SET GLOBAL TimeZone = 'UTC'")

    def has(self, name: str) -> bool:
        """Whether the table is present, be it empty."""
        return declared(name).name in self.files or name in self._held

    def has_column(self, name: str, column: str) -> bool:
        """Whether the table is present with this column, be it null in every row."""
        self.relation(name)
        return self.has(name) and column not in self._lacking[name]

    def hold(self, name: str, query: str, *, lacking: Iterable[str] = ()) -> None:
        """Keep the result of `query`, which gives the declared columns, as the table `name`.

        `lacking` are optional columns that the source does not have: null in every row.
        """
        self.connection.execute(f"CREATE OR REPLACE TABLE {quoted(name)} AS {query}")
        self._held.add(declared(name).name)
        self._lacking[name] = frozenset(lacking)

    def hold_view(self, name: str, query: str, *, lacking: Iterable[str] = ()) -> None:
        """Show the result of `query` as the table `name`; otherwise as `hold`."""
        self.connection.execute(f"CREATE OR REPLACE VIEW {quoted(name)} AS {query}")
        self._held.add(declared(name).name)
        self._lacking[name] = frozenset(lacking)

    def hold_arrow(self, name: str, rows: "pa.Table") -> None:
        """Keep an Arrow table of declared columns as the table `name`."""
        table = declared(name)
        lacking = set(table.column_names) - set(rows.column_names)
        self.connection.register("arriving", rows)
        select = f"SELECT {casts(table, rows.column_names)} FROM arriving"
        self.hold(name, select, lacking=lacking)
        self.connection.unregister("arriving")

    def beside(self, tables: Mapping[str, "pa.Table"]) -> "Engine":
        """A further engine with these tables in place of its own of the same names."""
        further = Engine(files={name: at for name, at in self.files.items() if name not in tables})
        for name in self._held - set(tables):
            further._take(name, *self._given(name))
        for name, rows in tables.items():
            further.hold_arrow(name, rows)
        return further

    def _given(self, name: str) -> "tuple[pa.Table, frozenset[str]]":
        return self.query(f"SELECT * FROM {quoted(name)}"), self._lacking[name]

    def _take(self, name: str, rows: "pa.Table", lacking: frozenset[str]) -> None:
        self.hold_arrow(name, rows)
        self._lacking[name] = lacking

    def __reduce__(self) -> tuple[object, ...]:
        """What another process takes over: where the files lie, and the rows that are held."""
        return _taken_over, (self.files, {name: self._given(name) for name in self._held})

    def relation(self, name: str) -> str:
        """The quoted name under which SQL finds the table; an absent table has no rows."""
        table = declared(name)
        if name not in self._held and name not in self._views:
            self.connection.execute(f"CREATE VIEW {quoted(name)} AS {self._source(table)}")
            self._views.add(name)
        return quoted(name)

    def file_of(self, name: str, columns: Iterable[str]) -> Path | None:
        """The Parquet file in which these columns lie as they are declared; None = nowhere."""
        self.relation(name)
        if name in self._held or not self._as_stored.get(name, frozenset()).issuperset(columns):
            return None
        return self.files[name]

    def query(self, sql: str) -> "pa.Table":
        """The result of a statement. Safe to call from several threads.

        It takes no parameters: DuckDB would load pandas to look at them. Values stand in the
        statement, text through `text`.
        """
        return self.connection.cursor().execute(sql).to_arrow_table()

    def table(self, name: str) -> "ir.Table":
        """The table as an Ibis expression."""
        if name not in self._tables:
            self.relation(name)
            self._tables[name] = self._backend().table(name)
        return self._tables[name]

    def _backend(self) -> Any:  # noqa: ANN401  Ibis publishes no types
        import ibis  # noqa: PLC0415  heavy, and not needed by those who only store

        if not hasattr(self, "_ibis"):
            self._ibis = ibis.duckdb.from_connection(self.connection)
        return self._ibis

    def _source(self, table: Table) -> str:
        if table.name not in self.files:
            self._lacking[table.name] = frozenset(table.column_names)
            return f"SELECT {casts(table, ())} WHERE false"
        files = f"read_parquet({text(str(self.files[table.name]))})"
        described = self.connection.execute(f"DESCRIBE SELECT * FROM {files}").fetchall()
        found = {str(row[0]): str(row[1]) for row in described}
        self._lacking[table.name] = frozenset(table.column_names) - set(found)
        self._as_stored[table.name] = frozenset(
            column.name
            for column in table.columns
            if found.get(column.name) == STORED_AS[column.kind]
        )
        return f"SELECT {casts(table, found)} FROM {files}"


@dataclass(frozen=True, kw_only=True, eq=False)
class Columns:
    """Columns of a table as they stand. Ibis, which takes most of a second to load, is not needed.

    `names` are declared columns; none = all of them.
    """

    engine: Engine
    table: str
    names: tuple[str, ...] = ()

    def select(self, *names: str) -> "Columns":
        """Those columns alone."""
        return Columns(engine=self.engine, table=self.table, names=names)

    def to_arrow(self) -> "pa.Table":
        """Every row of the table, in the order in which it lies."""
        wanted = ", ".join(quoted(name) for name in self.names) or "*"
        return self.engine.query(f"SELECT {wanted} FROM {self.engine.relation(self.table)}")


def _taken_over(
    files: dict[str, Path], held: "Mapping[str, tuple[pa.Table, frozenset[str]]]"
) -> Engine:
    engine = Engine(files=files)
    for name, (rows, lacking) in held.items():
        engine._take(name, rows, lacking)  # noqa: SLF001  Engine is ours
    return engine


def quoted(name: str) -> str:
    """A name as SQL takes it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"


def casts(table: Table, found: Iterable[str]) -> str:
    """The declared columns, in order and type, as a select list; what is not `found` is null.

    Args:
        table: which table.
        found: the columns that are there; with their types, if it is a mapping.

    Raises:
        MissingColumnError: rows are there but a needed column is not.
    """
    present = list(found)
    types = found if isinstance(found, Mapping) else {}
    parts = []
    for column in table.columns:
        if present and column.name not in present and not column.is_optional:
            raise MissingColumnError(table=table.name, column=column.name, found=present)
        value = quoted(column.name) if column.name in present else "NULL"
        if types.get(column.name) == "TIMESTAMP WITH TIME ZONE":
            value = in_utc(value)
        parts.append(f"{value}::{STORED_AS[column.kind]} AS {quoted(column.name)}")
    return ", ".join(parts)


def in_utc(value: str) -> str:
    """SQL for an instant with a zone as one in UTC without; thirty times as fast as a cast."""
    return f"make_timestamp(epoch_us({value}))"


def collect(expression: "ir.Table | Columns") -> Rows:
    """Run an expression: the only place where a query of the analysis runs.

    Args:
        expression: columns of a table, or a table expression on tables of one `Facts`.

    Returns:
        Its rows. Their order is that of the expression's `order_by`, and otherwise undefined.
    """
    return Rows(arrow=_arrow(expression))


def small(
    *,
    texts: Mapping[str, Sequence[str]] = _NO_COLUMNS,
    codes: Mapping[str, Sequence[int]] = _NO_COLUMNS,
    figures: Mapping[str, Sequence[float]] = _NO_COLUMNS,
) -> "ir.Table":
    """A few rows of columns, sent to wherever the table is that they are joined with."""
    import ibis  # noqa: PLC0415  heavy
    import pyarrow as pa  # noqa: PLC0415  heavy

    columns = {name: pa.array(column, pa.string()) for name, column in texts.items()}
    columns |= {name: pa.array(column, pa.int32()) for name, column in codes.items()}
    columns |= {name: pa.array(column, pa.float64()) for name, column in figures.items()}
    return ibis.memtable(pa.table(columns))


def _arrow(expression: "ir.Table | Columns") -> "pa.Table":
    if isinstance(expression, Columns):
        return expression.to_arrow()
    import ibis.expr.operations as ops  # noqa: PLC0415  loaded already by whoever has an expression

    backend = expression.get_backend()
    if backend.name != "duckdb" or any(map(_is_passing, expression.op().find(ops.PhysicalTable))):
        return expression.to_pyarrow()
    # Compiled and run by hand: Ibis' own way out loads pandas, a second of start-up for nothing.
    return backend.con.cursor().execute(backend.compile(expression)).to_arrow_table()


def _is_passing(table: Any) -> bool:  # noqa: ANN401  Ibis publishes no types
    """Whether a table is one that only the connection it was sent through can see."""
    import ibis.expr.operations as ops  # noqa: PLC0415  loaded already, as above

    return isinstance(table, ops.InMemoryTable) or table.namespace.catalog == "temp"
