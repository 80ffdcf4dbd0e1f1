"""A database that does not answer is told as such, and a fault of the program is not."""

import ibis
import pytest

from headway import facts
from headway.facts import elsewhere

# Ibis asks DuckDB by an old name.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def test_what_a_database_refuses_is_told_as_its_refusal() -> None:
    table = ibis.duckdb.connect().sql("SELECT 'x' AS told")
    refusal = pytest.raises(elsewhere.NotAnsweredError, match="duckdb did not answer: Conversion")
    with refusal, elsewhere.answering(table):
        facts.collect(table.select(number=table["told"].cast("int64")))


def test_a_fault_of_the_program_stays_one() -> None:
    table = ibis.duckdb.connect().sql("SELECT 'x' AS told")
    with pytest.raises(KeyError), elsewhere.answering(table):
        raise KeyError("told")


@pytest.mark.parametrize("is_held", [True, False])
def test_what_is_held_is_answered_as_what_is_not(
    is_held: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_held:
        monkeypatch.setattr(elsewhere, "HOLDING", ())
    table = ibis.duckdb.connect().sql("SELECT 'b' AS told, 2 AS n UNION ALL SELECT 'a', 1")
    small = facts.small(texts={"name": ["a", "b"]}, figures={"weight": [0.5, 2.0]})
    held = elsewhere.held(table.join(small, table["told"] == small["name"]))
    found = facts.collect(held.agg(sum=(held["n"] * held["weight"]).sum())).records()
    assert found == [{"sum": 4.5}]
