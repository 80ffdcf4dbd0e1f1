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
from tests import spark


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
