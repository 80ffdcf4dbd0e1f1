import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

from headway import facts
from headway.facts.engine import Columns, Engine

TABLE = "seen/opportunity"
OPPORTUNITIES = [
    {
        "opportunity_id": "o1",
        "stage": "Won",
        "stage_group": "won",
        "amount": Decimal("10.25"),
        "created_at": "2025-01-01T10:00:00+01:00",
        "close_on": "2025-02-01",
        "lead_source": "web",
    },
    {"opportunity_id": "o2", "stage": "New", "stage_group": "open"},
]
KINDS = {
    "opportunity_id": pa.string(),
    "account_id": pa.string(),
    "stage": pa.string(),
    "stage_group": pa.string(),
    "lead_source": pa.string(),
    "amount": pa.decimal128(18, 2),
    "close_on": pa.date32(),
    "closed_at": pa.timestamp("us"),
    "is_tender": pa.bool_(),
}
SOME_TEXT = st.one_of(st.none(), st.sampled_from(["web", "Ä", "", "fair"]))
DRAWN = st.lists(
    st.fixed_dictionaries(
        {
            "account_id": SOME_TEXT,
            "stage": st.sampled_from(["New", "Won"]),
            "stage_group": st.just("open"),
            "lead_source": SOME_TEXT,
            "amount": st.one_of(st.none(), st.decimals(-9, 9, places=2)),
            "close_on": st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2040, 1, 1))),
            "closed_at": st.one_of(st.none(), st.datetimes()),
            "is_tender": st.one_of(st.none(), st.booleans()),
        }
    ),
    max_size=12,
)


def test_encoding_gives_sorted_values_with_the_unknown_one_last() -> None:
    known = facts.memory.of({"seen/opportunity": OPPORTUNITIES})

    encoded = facts.encode(
        known.table("seen/opportunity"),
        dimensions=["stage", "lead_source"],
        measures=["amount", "close_on", "created_at"],
    )

    assert encoded.n == 2
    assert encoded.values == {"stage": ("New", "Won"), "lead_source": ("web", None)}
    assert encoded.codes["stage"].dtype == np.int32
    first = encoded.codes["stage"].tolist().index(1)
    assert encoded.codes["lead_source"][first] == 0
    assert encoded.measures["close_on"][first] == (date(2025, 2, 1) - date(1970, 1, 1)).days
    assert (
        encoded.measures["created_at"][first]
        == datetime.fromisoformat("2025-01-01T09:00Z").timestamp()
    )
    assert math.isnan(encoded.measures["amount"][1 - first])


def test_encoding_an_empty_table_gives_empty_arrays() -> None:
    known = facts.memory.of({"seen/opportunity": []})

    encoded = facts.encode(
        known.table("seen/opportunity"), dimensions=["stage"], measures=["amount", "close_on"]
    )

    assert (encoded.n, encoded.values) == (0, {"stage": ()})
    assert [len(encoded.codes["stage"]), len(encoded.measures["close_on"])] == [0, 0]


def test_links_are_the_rows_of_the_table_referred_to() -> None:
    known = facts.memory.of(
        {
            "seen/product": [{"product_id": name, "name": name} for name in ("c", "a", "b")],
            "seen/opportunity_line": [
                {"opportunity_id": "o", "line_no": number, "product_id": product}
                for number, product in enumerate(["c", "z", "a"], start=1)
            ],
        }
    )
    products = facts.encode(
        known.columns("seen/product"), dimensions=(), measures=(), key="product_id"
    )

    read = facts.encode(
        known.columns("seen/opportunity_line"),
        dimensions=(),
        measures=("line_no",),
        links={"product_id": products},
    )

    found = dict(zip(read.measures["line_no"], read.links["product_id"], strict=True))
    assert found == {1: 2, 2: -1, 3: 0}


@given(DRAWN, st.integers(1, 5))
def test_a_file_is_encoded_as_its_rows_in_memory_are(
    tmp_path_factory, rows: list[dict[str, object]], group: int
) -> None:
    """Read from the file, and through the engine: the engine casts, and a file is read as it is."""
    path = tmp_path_factory.mktemp("facts") / "opportunity.parquet"
    named = [{"opportunity_id": f"o{97 * i % 13:02d}", **row} for i, row in enumerate(rows)]
    arrow = pa.Table.from_pylist(named, schema=pa.schema(list(KINDS.items())))
    parquet.write_table(arrow, path, row_group_size=group)
    accounts = facts.encode(
        facts.memory.of({"seen/account": [{"account_id": "web", "name": "Web"}]}).columns(
            "seen/account"
        ),
        dimensions=(),
        measures=(),
        key="account_id",
    )
    here, held = Engine(files={TABLE: path}), Engine()
    held.hold_arrow(TABLE, arrow)

    found, expected = (
        facts.encode(
            Columns(engine=engine, table=TABLE),
            dimensions=("lead_source", "stage"),
            measures=("amount", "close_on", "closed_at", "is_tender"),
            key="opportunity_id",
            links={"account_id": accounts},
        )
        for engine in (here, held)
    )

    assert here.file_of(TABLE, KINDS) == path
    assert held.file_of(TABLE, KINDS) is None
    assert (found.n, found.values) == (expected.n, expected.values)
    for kind in ("codes", "measures", "links"):
        for name, column in getattr(expected, kind).items():
            np.testing.assert_array_equal(getattr(found, kind)[name], column)
    np.testing.assert_array_equal(found.keys, expected.keys)


def test_a_file_of_other_types_than_declared_is_cast(tmp_path: Path) -> None:
    path = tmp_path / "opportunity.parquet"
    engine = Engine(files={TABLE: path})
    engine.connection.execute(
        "COPY (SELECT 'o1' AS opportunity_id, 3 AS stage, 'won' AS stage_group, '10.25' AS amount, "
        f"TIMESTAMPTZ '2025-07-01 02:00:00+02' AS closed_at) TO '{path}' (FORMAT parquet)"
    )

    columns = Columns(engine=engine, table=TABLE)
    read = facts.encode(columns, dimensions=("stage",), measures=("amount", "closed_at"))

    assert engine.file_of(TABLE, ("stage_group",)) == path
    assert engine.file_of(TABLE, ("stage_group", "amount")) is None
    assert read.values["stage"] == ("3",)
    assert read.measures["amount"].tolist() == [10.25]
    assert read.measures["closed_at"].tolist() == [
        datetime.fromisoformat("2025-07-01T00:00Z").timestamp()
    ]


def test_an_optional_column_that_a_file_lacks_is_unknown_in_every_row(tmp_path: Path) -> None:
    path = tmp_path / "opportunity.parquet"
    rows = [{"opportunity_id": "o1", "stage": "New", "stage_group": "open"}]
    parquet.write_table(pa.Table.from_pylist(rows), path)

    columns = Columns(engine=Engine(files={TABLE: path}), table=TABLE)
    read = facts.encode(columns, dimensions=("lead_source",), measures=("amount",))

    assert read.values["lead_source"] == (None,)
    assert math.isnan(read.measures["amount"][0])
