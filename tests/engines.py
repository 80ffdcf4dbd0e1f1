"""The engines that facts may be kept in, for tests: a connection of each, to real servers."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests import spark

from headway.facts import Facts, engine
from headway.findings import results, strategy
from headway.terms.policy import DEFAULT
from headway.terms.question import Question


@contextmanager
def postgres() -> Iterator[Any]:
    """A connection to the PostgreSQL that `tests.postgres` started."""
    parts = urlsplit(os.environ["HEADWAY_DATABASE_URL"])
    connection = ibis.postgres.connect(
        host=parse_qs(parts.query)["host"][0],
        user=parts.username,
        password=parts.password,
        database=parts.path.strip("/"),
    )
    yield connection
    # Temporary tables go with what was asked of them, which must not come after the connection.
    gc.collect()
    connection.disconnect()


@contextmanager
def on_spark(folder: Path) -> Iterator[Any]:
    """A connection to a Spark master with two workers on this machine."""
    with spark.session(folder) as session:
        yield ibis.pyspark.connect(session)


def put(connection: Any, name: str, rows: pa.Table, *, folder: Path, schema: Any = None) -> Any:
    """A table of rows in that engine."""
    if connection.name == "pyspark":
        file = folder / f"{name}.parquet"
        pq.write_table(rows, file)
        return connection.read_parquet(file, table_name=name)
    return connection.create_table(name, rows, schema=schema, overwrite=True)


@contextmanager
def noted() -> Iterator[list[Any]]:
    """The expressions that run meanwhile."""
    found: list[Any] = []
    run = engine._arrow

    def noting(expression: Any) -> pa.Table:
        if not isinstance(expression, engine.Columns):
            found.append(expression)
        return run(expression)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "_arrow", noting)
        yield found


def of_diagnosis(known: Facts) -> list[Any]:
    """Every expression that a diagnosis of an organisation runs."""
    with noted() as found:
        results.answers(known, question=Question(), policy=DEFAULT, seed=7)
        strategy.found(known, policy=DEFAULT)
    assert len(found) > 5
    return found
