"""Every expression that a diagnosis of an organisation runs is answered alike by each engine."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import pytest
from tests import engines
from tests.sources.demo.organisations import made

from headway import facts

pytestmark = [
    # Sockets of Spark's gateway are closed with its process; pandas is its own affair.
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ENGINES = (
    pytest.param("postgres", marks=pytest.mark.postgres),
    pytest.param("spark", marks=pytest.mark.spark),
)


@pytest.fixture(scope="module")
def asked() -> list[Any]:
    return engines.of_diagnosis(made("sample").facts)


@pytest.fixture(scope="module")
def tables(
    request: pytest.FixtureRequest, asked: list[Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Any, Any]]:
    """The tables of the expressions, each with the same one in another engine."""
    folder = tmp_path_factory.mktemp("engine")
    connected = engines.postgres() if request.param == "postgres" else engines.on_spark(folder)
    with connected as connection:
        ours = {table for each in asked for table in each.op().find(ops.DatabaseTable)}
        yield {table: put(connection, table, folder=folder).op() for table in ours}


def put(connection: Any, table: Any, *, folder: Path) -> Any:
    rows = facts.collect(table.to_expr()).arrow
    name = table.name.replace("/", "_")
    return engines.put(connection, name, rows, folder=folder, schema=table.schema)


@pytest.mark.parametrize("tables", ENGINES, indirect=True)
def test_every_expression_is_answered_as_duckdb_does(
    asked: list[Any], tables: dict[Any, Any]
) -> None:
    assert len(asked) > 20
    refused = {}
    for each in asked:
        try:
            assert_alike(answer(each.op().replace(tables).to_expr()), answer(each))
        except Exception as problem:  # noqa: BLE001  whatever it is, it is told
            refused[str(each)] = repr(problem)
    assert refused == {}


def answer(expression: Any) -> list[tuple[Any, ...]]:
    """The rows in an order that all engines share: by all but figures, then by figures."""
    rows = [
        tuple(map(plain, each.values())) for each in facts.collect(expression.as_table()).records()
    ]
    return sorted(rows, key=lambda row: ([repr(x) for x in row if not is_figure(x)], figures(row)))


def plain(value: Any) -> Any:
    """A value as every engine says it: nothing for what is no number, instants in UTC."""
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return value


def is_figure(value: Any) -> bool:
    return isinstance(value, float)


def figures(row: tuple[Any, ...]) -> list[float]:
    return [x for x in row if is_figure(x)]


def assert_alike(found: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]]) -> None:
    """Texts, days and counts exactly, figures to 1e-9 of themselves."""
    assert len(found) == len(wanted)
    for ours, theirs in zip(found, wanted, strict=True):
        for one, other in zip(ours, theirs, strict=True):
            if is_figure(one) and is_figure(other):
                assert math.isclose(one, other, rel_tol=1e-9), (ours, theirs)
            else:
                assert one == other, (ours, theirs)
