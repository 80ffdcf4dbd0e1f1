"""A table that stays where it is: in a database, a warehouse or a cluster that Ibis reads."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from headway.facts.engine import text
from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    import ibis.expr.types as ir

HOLDING = ("duckdb", "postgres", "pyspark")
# Whose errors are faults of the program, and not of a database.
OURS = frozenset({"builtins", "headway", "ibis", "numpy", "pyarrow"})


class NotReachedError(HeadwayError):
    """The database, or the table in it, cannot be opened. The address holds keys: not told."""

    code: ClassVar[str] = "facts.not_reached"

    def __init__(self, *, kind: str, table: str, cause: Exception) -> None:
        super().__init__(
            f"The table '{table}' could not be opened in {kind}: {type(cause).__name__}: {cause}. "
            "Check the address, the name of the table, and that Headway is installed with what "
            "reads it (headway[postgres], headway[spark], ibis-framework[...])."
        )


class LacksColumnError(HeadwayError):
    """A column was named that the table does not have."""

    code: ClassVar[str] = "facts.lacks_column"

    def __init__(self, *, name: str, found: Iterable[str]) -> None:
        super().__init__(
            f"The table has no column '{name}'. It has: {', '.join(found)}. Name one of these."
        )


class NotAnsweredError(HeadwayError):
    """The database refused or failed a question."""

    code: ClassVar[str] = "facts.not_answered"

    def __init__(self, *, kind: str, cause: Exception) -> None:
        said = str(cause).partition("\n")[0]
        super().__init__(
            f"{kind} did not answer: {type(cause).__name__}: {said}. The user needs to read the "
            "table and to make temporary tables; if it has both, ask who runs the database."
        )


@contextmanager
def answering(table: "ir.Table") -> Iterator[None]:
    """What the database of a table raises meanwhile is told as its refusal.

    Raises:
        NotAnsweredError: it refused or failed a question.
    """
    try:
        yield
    except Exception as cause:
        # Each engine has errors of its own; those of Python and of ours are no answer of it.
        if type(cause).__module__.partition(".")[0] in OURS:
            raise
        raise NotAnsweredError(kind=table.get_backend().name, cause=cause) from cause


def opened(address: str, *, table: str) -> "ir.Table":
    """A table by the address of its database, as an expression; nothing is read but its columns.

    Args:
        address: as Ibis takes it: `postgres://host/database`, `pyspark://?spark.master=...`,
            `duckdb://file`, `snowflake://...`, `bigquery://...`.
        table: its name, `schema.name`, or, with a slash, a path of Parquet files.

    Raises:
        NotReachedError: there is no such database, it cannot be reached, or it has no such table.
    """
    import ibis  # noqa: PLC0415  heavy

    kind = address.partition("://")[0]
    try:
        connection = _spark(address) if kind == "pyspark" else ibis.connect(address)
        if "/" in table and kind == "duckdb":
            # What Ibis would make of the path is a view of one connection; `collect` uses several.
            return connection.sql(f"SELECT * FROM read_parquet({text(table)})")
        if "/" in table:
            return connection.read_parquet(table)
        schema, _, name = table.rpartition(".")
        return connection.table(name, database=schema or None)
    except Exception as cause:
        # Each engine has errors of its own; all of them are told to whoever gave the address.
        raise NotReachedError(kind=kind, table=table, cause=cause) from cause


def _spark(address: str) -> Any:  # noqa: ANN401  Ibis publishes no types
    """A session with the settings of the address; Ibis' own way sets them twice, Spark refuses."""
    import ibis  # noqa: PLC0415  heavy
    from pyspark.sql import SparkSession  # noqa: PLC0415  an extra

    # What is sent along with a question is then known to be small, and copied to every worker;
    # without, the rows of the table would be sorted and sent about for each of its joins.
    builder = SparkSession.builder.config("spark.sql.execution.arrow.pyspark.enabled", "true")
    for setting in filter(None, address.partition("?")[2].split("&")):
        name, _, value = setting.partition("=")
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())


def held(table: "ir.Table") -> "ir.Table":
    """A table made of another, made once and held for as long as the result is used.

    Spark holds it in memory, DuckDB and PostgreSQL as a temporary table. Elsewhere, where no test
    runs, it is made anew for every question.
    """
    backend = table.get_backend()
    if backend.name not in HOLDING:
        return table
    if backend.name == "pyspark":
        # Ibis sends small tables along with a question, but not with what Spark is to hold.
        backend._run_pre_execute_hooks(table)  # noqa: SLF001  Ibis has no public one
    return table.cache()


def expect_columns(table: "ir.Table", names: Sequence[str]) -> None:
    """Refuse names of columns that the table does not have.

    Raises:
        LacksColumnError: one is not there.
    """
    for name in names:
        if name not in table.columns:
            raise LacksColumnError(name=name, found=table.columns)
