"""What the analysis asks of its engine is answered alike by DuckDB, PostgreSQL and Spark."""

import math
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import ibis
import pyarrow.parquet as pq
import pytest

from headway import facts
from headway.analysis.results import conversations, entries, expected, history, reached
from headway.facts import Facts, memory
from headway.terms.organisation import Organisation

FIGURES = ("not a number", "1e400", "inf", "1_000", "-.5e1", "+7.")
ROWS = {
    "seen/opportunity": [
        # Region codes that a careless reader takes for "nothing", a foreign and a missing amount.
        opportunity
        | {"created_at": f"2025-0{number}-03T23:30:00Z", "close_on": f"2025-0{number + 3}-28"}
        for number, opportunity in enumerate(
            [
                {"opportunity_id": "o1", "account_id": "a1", "amount": 100, "owner_id": "p1"},
                {"opportunity_id": "o2", "account_id": "a2", "amount": 250.55, "currency": "USD"},
                {"opportunity_id": "o3", "account_id": "a9", "report_amount": 80, "amount": 90},
                {"opportunity_id": "o4", "is_deleted": True, "amount": 7},
                {
                    "opportunity_id": "o5",
                    "lost_reason": "None",
                    "lead_source": "null",
                    "owner_id": "NA",
                },
            ],
            start=1,
        )
    ],
    "seen/account": [
        {"account_id": "a1", "segment": "NA", "region": "NA", "country": "FR"},
        {"account_id": "a2", "segment": "-", "industry": "Food, drink"},
    ],
    "seen/product": [
        {"product_id": "x1", "name": "Core", "family": "NA"},
        {"product_id": "x2", "name": "Core"},
        {"product_id": "x3", "name": "Über"},
    ],
    "seen/opportunity_line": [
        {"opportunity_id": "o1", "line_no": 1, "product_id": "x1", "line_amount": 10},
        {"opportunity_id": "o1", "line_no": 2, "product_id": "x3", "line_amount": 60},
        # As large as another: the first line decides. And a product nobody knows.
        {"opportunity_id": "o2", "line_no": 2, "product_id": "x1", "line_amount": 5},
        {"opportunity_id": "o2", "line_no": 1, "product_id": "x2", "line_amount": 5},
        {"opportunity_id": "o3", "line_no": 1, "product_id": "x9", "quantity": 2},
    ],
    "seen/opportunity_change": [
        {"opportunity_id": who, "changed_at": when, "field": field} | values
        for who, when, field, values in (
            ("o1", "2025-01-03T09:00:00Z", "amount", {"new_value": "90.5"}),
            ("o1", "2025-01-09T09:00:00Z", "amount", {"old_value": "90.5", "new_value": "100"}),
            *(
                (f"a{number}", "2025-02-09T09:00:00Z", "amount", {"new_value": told})
                for number, told in enumerate(FIGURES)
            ),
            ("o1", "2025-01-03T09:00:00Z", "stage", {"new_value": "Talk"}),
            ("o1", "2025-02-03T09:00:00Z", "stage", {"old_value": "Talk", "new_value": "Offer"}),
            ("o1", "2025-03-03T09:00:00Z", "stage", {"old_value": "Offer", "new_value": "Talk"}),
            ("o1", "2025-02-03T09:00:10Z", "close_on", {"new_value": "2025-04-01"}),
            *(
                (f"c{number}", "2025-02-03T09:00:10Z", "close_on", {"new_value": told})
                for number, told in enumerate(
                    ("2025-02-29", "2024-02-29T23:30:00Z", "0000-01-01", "2025/4/1", "soon")
                )
            ),
            (
                "o2",
                "2025-03-03T09:00:00Z",
                "close_on",
                {"old_value": "2025-05-01", "new_value": "2025-06-30"},
            ),
        )
    ],
    "seen/activity": [
        {"activity_id": f"c{number}", "person_id": "p1", "occurred_at": "2025-02-03T10:00:00Z"}
        | values
        for number, values in enumerate(
            [
                {"kind": "call", "duration_minutes": 2.0},
                {"kind": "call", "duration_minutes": 1.9},
                {"kind": "call", "duration_minutes": 30, "outcome": "no_answer"},
                {"kind": "call"},
                {"kind": "meeting", "direction": "internal"},
                {"kind": "meeting", "direction": "out", "outcome": "held"},
            ]
        )
    ],
}
ASKED: dict[str, Callable[[Facts], ibis.Table | facts.Encoded]] = {
    "opportunities": entries.of,
    "first amounts": history._amounts,
    "first entries into stages": reached._first_entries,
    "changes of close dates": expected._changes,
    "conversations": lambda known: conversations._held(known, floor_seconds=120),
}


@dataclass(frozen=True)
class Elsewhere:
    """The same tables kept by another engine."""

    organisation: Organisation
    tables: dict[str, ibis.Table]

    def table(self, name: str) -> ibis.Table:
        return self.tables[name]

    def columns(self, name: str, *wanted: str) -> ibis.Table:
        return self.tables[name].select(*wanted) if wanted else self.tables[name]

    def has(self, name: str) -> bool:
        return name in self.tables


@pytest.fixture(scope="module")
def here() -> Facts:
    return memory.of({name: [complete(name, row) for row in rows] for name, rows in ROWS.items()})


def complete(name: str, row: dict[str, object]) -> dict[str, object]:
    """The row with something in each column its table cannot do without."""
    fillers = {"text": "x", "enum": None, "int": 1, "float": 1.0}
    needed = {
        column.name: (column.choices[0] if column.choices else fillers.get(column.kind.value, "x"))
        for column in facts.TABLES[name].columns
        if not column.is_optional and column.name not in row
    }
    return {**needed, **row}


def plain(value: object) -> object:
    """A value as every engine says it: figures to ten digits, instants in UTC."""
    if isinstance(value, Decimal | float):
        return None if math.isnan(value) else float(f"{value:.10g}")
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
    return value


def answer(found: ibis.Table | facts.Encoded) -> list[tuple[object, ...]]:
    rows = told(found) if isinstance(found, facts.Encoded) else listed(found)
    return sorted((tuple(plain(value) for value in row) for row in rows), key=repr)


def listed(expression: ibis.Table) -> Iterable[tuple[object, ...]]:
    return (tuple(record.values()) for record in expression.to_pyarrow().to_pylist())


def told(read: facts.Encoded) -> Iterable[tuple[object, ...]]:
    texts = [[read.values[name][code] for code in codes] for name, codes in read.codes.items()]
    return zip(read.keys, *texts, *read.measures.values(), strict=True)


@pytest.fixture(scope="module")
def postgres(here: Facts) -> Iterator[Elsewhere]:
    from urllib.parse import urlsplit  # noqa: PLC0415  only for PostgreSQL

    address = os.environ["HEADWAY_DATABASE_URL"]
    parts = urlsplit(address)
    host = dict(part.split("=", 1) for part in parts.query.split("&"))["host"]
    connection = ibis.postgres.connect(
        host=host, user=parts.username, password=parts.password, database=parts.path.strip("/")
    )
    tables = {}
    for name in ROWS:
        rows, schema = facts.collect(here.table(name)).arrow, here.table(name).schema()
        tables[name] = connection.create_table(name.replace("/", "_"), rows, schema=schema)
    yield Elsewhere(organisation=here.organisation, tables=tables)
    connection.disconnect()


@pytest.fixture(scope="module")
def spark(here: Facts, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    from pyspark.sql import SparkSession  # noqa: PLC0415  not installed everywhere

    session = (
        SparkSession.builder.master("local[1]")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    connection = ibis.pyspark.connect(session)
    folder, tables = tmp_path_factory.mktemp("spark"), {}
    for name in ROWS:
        file = folder / f"{name.replace('/', '_')}.parquet"
        pq.write_table(facts.collect(here.table(name)).arrow, file)
        tables[name] = connection.read_parquet(file, table_name=file.stem)
    yield Elsewhere(organisation=here.organisation, tables=tables)
    session.stop()


@pytest.mark.parametrize("asked", ASKED)
def test_duckdb_answers_what_was_planted(here: Facts, asked: str) -> None:
    assert (
        len(answer(ASKED[asked](here)))
        == {
            "opportunities": 4,
            "first amounts": 7,
            "first entries into stages": 2,
            "changes of close dates": 7,
            "conversations": 2,
        }[asked]
    )


@pytest.mark.postgres
@pytest.mark.parametrize("asked", ASKED)
def test_postgresql_answers_as_duckdb_does(here: Facts, postgres: Elsewhere, asked: str) -> None:
    assert answer(ASKED[asked](postgres)) == answer(ASKED[asked](here))


# Sockets of Spark's gateway are closed with its process; what it asks of pandas is its own affair.
@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.spark
@pytest.mark.parametrize("asked", ASKED)
def test_spark_answers_as_duckdb_does(here: Facts, spark: Elsewhere, asked: str) -> None:
    assert answer(ASKED[asked](spark)) == answer(ASKED[asked](here))
