import math
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headway import facts
from headway.facts import arrays
from headway.facts.engine import MissingColumnError, UnknownTableError
from headway.facts.known import of_parquet
from headway.facts.memory import WrongValueError
from headway.terms.organisation import Organisation

PEOPLE = [
    {"person_id": "p1", "hired_on": date(2025, 2, 1), "is_service_user": False},
    {"person_id": "p2", "is_service_user": True},
    {"person_id": "p3"},
]
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


def test_a_table_has_every_declared_column_in_order() -> None:
    known = facts.memory.of({"seen/person": PEOPLE})

    rows = facts.collect(known.table("seen/person"))

    assert list(rows.names) == list(facts.TABLES["seen/person"].column_names)
    assert len(rows) == 3


def test_an_absent_table_is_told_from_an_empty_one() -> None:
    known = facts.memory.of({"seen/person": PEOPLE, "seen/activity": []})

    told = {name: known.has(name) for name in ("seen/person", "seen/activity", "seen/lead")}
    assert told == {"seen/person": True, "seen/activity": True, "seen/lead": False}
    assert len(facts.collect(known.table("seen/lead"))) == 0


def test_an_absent_column_is_told_from_an_empty_one() -> None:
    known = facts.memory.of({"seen/person": [{"person_id": "p1", "email": None}]})

    assert known.has_column("seen/person", "email")
    assert not known.has_column("seen/person", "title")
    assert not known.has_column("seen/lead", "lead_id")


def test_columns_arrive_as_numpy_with_null_told() -> None:
    rows = facts.collect(
        facts.memory.of({"seen/opportunity": OPPORTUNITIES})
        .table("seen/opportunity")
        .order_by("opportunity_id")
    )

    assert rows.column("amount")[0] == 10.25
    assert math.isnan(rows.column("amount")[1])
    assert rows.column("created_at")[0] == np.datetime64("2025-01-01T09:00")
    assert np.isnat(rows.column("created_at")[1])
    assert rows.column("close_on").dtype == np.dtype("datetime64[D]")
    assert rows.column("lead_source").tolist() == ["web", None]
    assert rows.records()[0]["amount"] == Decimal("10.25")


def test_booleans_arrive_as_objects_only_where_some_are_unknown() -> None:
    people = facts.memory.of({"seen/person": PEOPLE}).table("seen/person").order_by("person_id")

    assert facts.collect(people).column("is_service_user").tolist() == [False, True, None]
    assert facts.collect(people.limit(2)).column("is_service_user").dtype == bool


def coded(column: pa.ChunkedArray) -> tuple[arrays.Array, tuple[str | None, ...]]:
    coding = arrays.Coding()
    for piece in column.chunks:
        coding.add(piece)
    return coding.done()


@given(st.lists(st.one_of(st.none(), st.text()), max_size=8))
def test_codes_give_back_the_values_whatever_they_are(given_texts: list[str | None]) -> None:
    column = pa.chunked_array([given_texts[:3], given_texts[3:]], type=pa.string())
    in_pieces = [column.chunk(0).dictionary_encode(), column.chunk(1).dictionary_encode()]

    codes, values = coded(column)

    known = [value for value in values if value is not None]
    assert [values[code] for code in codes] == given_texts
    assert (known, None in values) == (sorted(known), None in given_texts)
    of_coded, same_values = coded(pa.chunked_array(in_pieces))
    assert (of_coded.tolist(), same_values) == (codes.tolist(), values)


def test_codes_are_no_wider_than_their_values_need() -> None:
    coding = arrays.Coding()
    for first in (0, 200):
        coding.add(pa.array([f"{value:03d}" for value in range(first, first + 200)]))

    codes, values = coding.done()

    assert (codes.tolist(), codes.dtype) == (list(range(400)), np.uint16)
    assert values[399] == "399"


@given(st.lists(st.one_of(st.none(), st.integers(-(2**50), 2**50)), max_size=8))
def test_numbers_arrive_whatever_lies_in_memory(numbers: list[int | None]) -> None:
    column = pa.chunked_array([[7, *numbers], []], type=pa.int64()).slice(1)

    found = arrays.of(column)

    assert [None if math.isnan(number) else int(number) for number in found] == numbers


def test_files_are_read_with_their_instants_in_utc(tmp_path: Path) -> None:
    path = tmp_path / "lead.parquet"
    engine = facts.memory.of({}).engine
    engine.connection.execute(
        "COPY (SELECT 'l1' AS lead_id, TIMESTAMPTZ '2025-07-01 02:00:00+02' AS created_at) "
        f"TO '{path}' (FORMAT parquet)"
    )

    known = of_parquet(
        {"seen/lead": path},
        organisation=Organisation(name="Example", currency="EUR"),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
        facts_id="x",
    )

    rows = facts.collect(known.table("seen/lead"))
    assert rows.column("created_at").tolist() == [datetime.fromisoformat("2025-07-01")]
    assert not known.has_column("seen/lead", "source")


def test_a_file_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lead.parquet"
    engine = facts.memory.of({}).engine
    engine.connection.execute(f"COPY (SELECT 'l1' AS lead_id) TO '{path}' (FORMAT parquet)")
    engine.files["seen/lead"] = path

    with pytest.raises(MissingColumnError, match=r"no column 'created_at'\. It has: lead_id"):
        engine.relation("seen/lead")


def test_a_table_that_the_format_does_not_have_is_refused() -> None:
    with pytest.raises(UnknownTableError, match="There is no table 'seen/deal'"):
        facts.memory.of({"seen/deal": []})


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("stage_group", "undecided"),
        ("stage_group", None),
        ("amount", "ten"),
        ("amount", True),
        ("created_at", "yesterday"),
        ("created_at", 5),
        ("close_on", datetime.fromisoformat("2025-01-01")),
        ("probability_share", 1.5),
        ("probability_share", "0.5"),
        ("is_tender", 1),
        ("stage", ""),
        ("colour", "red"),
    ],
)
def test_a_value_that_does_not_fit_its_column_is_refused(column: str, value: object) -> None:
    row = {"opportunity_id": "o", "stage": "s", "stage_group": "open", column: value}

    with pytest.raises(WrongValueError, match=f"Row 1 of 'seen/opportunity'.*'{column}'"):
        facts.memory.of({"seen/opportunity": [row]})


@pytest.mark.parametrize("count", [-1, 1.5, "3", False])
def test_a_count_is_a_whole_number_from_zero(count: object) -> None:
    account = {"account_id": "a", "employee_count": count}

    with pytest.raises(WrongValueError, match="employee_count"):
        facts.memory.of({"seen/account": [account]})


def test_columns_come_as_the_same_rows_as_from_an_expression() -> None:
    known = facts.memory.of({"seen/person": PEOPLE})

    columns = facts.collect(known.columns("seen/person", "person_id", "is_service_user"))

    table = known.table("seen/person").select("person_id", "is_service_user")
    assert columns.records() == facts.collect(table).records()
    assert facts.collect(known.columns("seen/person")).names == tuple(
        facts.TABLES["seen/person"].column_names
    )


def test_columns_of_a_table_that_is_absent_have_no_rows() -> None:
    known = facts.memory.of({"seen/person": PEOPLE})

    assert facts.collect(known.columns("seen/absence", "person_id")).records() == []
