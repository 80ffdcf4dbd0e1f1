"""What the analysis asks of tables compiles for warehouses that no test can run."""

import re
from typing import Any

import ibis
import ibis.expr.operations as ops
import pyarrow as pa
import pytest
from tests import engines
from tests.analysis.methods.planted_deals import HIERARCHY, quiet
from tests.sources.demo.organisations import made

from headway import facts
from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Model, cuboids
from headway.analysis.methods.localisation import elsewhere as localisation_elsewhere
from headway.terms.policy import DEFAULT

# Some hundred deep queries, compiled six times.
pytestmark = pytest.mark.slow
DIALECTS = ("clickhouse", "snowflake", "bigquery", "databricks", "trino", "postgres")
# What engines answer differently without a word: docs/how-to/use-a-warehouse.md.
DIFFER = (ops.Quantile, ops.Median, ops.Mode, ops.CountDistinct, ops.ApproxCountDistinct)


@pytest.fixture(scope="module")
def of_organisation() -> list[Any]:
    """Every expression that a diagnosis of an organisation runs."""
    return engines.of_diagnosis(made("sample").facts)


@pytest.fixture(scope="module")
def of_a_table() -> list[Any]:
    """Every kind of expression that a diagnosis of a table elsewhere runs.

    Nothing is held, as on a warehouse: each holds all that it is made of. Triples are looked for
    in both ways, a place is asked for, and of many cells only some travel.
    """
    with engines.noted() as found, pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts.elsewhere, "HOLDING", ())
        for model in Model:
            localisation.localise(elsewhere(model), policy=DEFAULT)
        patch.setattr(cuboids, "FULL_LATTICE", 1)
        patch.setattr(localisation_elsewhere, "MOST_CELLS", 40)
        for model in (Model.BINOMIAL, Model.MEAN):
            source = elsewhere(model)
            localisation.localise(source, policy=DEFAULT)
            localisation.why_not(source, place={"segment": "segment-0"}, policy=DEFAULT)
    assert len(found) > 100
    assert any(each.op().find(ops.JoinChain) and "asked" in each.columns for each in found)
    # A sweep asks what the one before asked, with other figures.
    kinds = {
        re.sub(r"'[^']*'|\d+|memtable_\w+", "", str(ibis.to_sql(each))): each for each in found
    }
    assert len(kinds) > 20
    return list(kinds.values())


@pytest.fixture(scope="module")
def asked(of_organisation: list[Any], of_a_table: list[Any]) -> list[Any]:
    return of_organisation + of_a_table


def elsewhere(model: Model) -> localisation.Elsewhere:
    deals = quiet(seed=2, n=1500)
    texts = {name: [deals.values[name][code] for code in deals.codes[name]] for name in deals.codes}
    won = deals.is_won.astype(int)
    rows = pa.table({**texts, "period": deals.period, "won": won, "amount": deals.amount})
    table = ibis.duckdb.connect().create_table("deals", rows)
    return localisation.of_table(
        table,
        dimensions=list(texts),
        is_actual=table["period"],
        total={Model.COUNT: None, Model.BINOMIAL: table["won"]}.get(model, table["amount"]),
        model=model,
        hierarchies=HIERARCHY,
    )


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_expression_compiles(asked: list[Any], dialect: str) -> None:
    refused = {}
    for expression in asked:
        try:
            assert "SELECT" in str(ibis.to_sql(expression.unbind(), dialect=dialect))
        except Exception as problem:  # noqa: BLE001  whatever it is, it is told
            refused[str(problem)] = str(expression)[-400:]
    assert refused == {}


def test_nothing_is_asked_that_engines_answer_differently(asked: list[Any]) -> None:
    assert [type(op).__name__ for each in asked for op in each.op().find(DIFFER)] == []


def test_no_average_is_taken_of_a_literal(asked: list[Any]) -> None:
    """Spark takes 1.0 and 0.0 for decimals, and rounds their average."""
    averages = [op for each in asked for op in each.op().find(ops.Mean)]
    assert [op for op in averages if op.find((ops.IfElse, ops.SimpleCase, ops.SearchedCase))] == []


def test_no_truth_value_is_cast_to_a_fraction(asked: list[Any]) -> None:
    """PostgreSQL refuses it."""
    casts = [op for each in asked for op in each.op().find(ops.Cast)]
    assert [op for op in casts if op.arg.dtype.is_boolean() and op.to.is_floating()] == []


def test_every_figure_sent_is_a_fraction_and_no_decimal(asked: list[Any]) -> None:
    """A bare 0.1 is a decimal to most engines: figures travel as text and are cast."""
    literals = [op for each in asked for op in each.op().find(ops.Literal)]
    assert [op for op in literals if op.dtype.is_floating()] == []


def test_a_small_table_is_text_codes_and_figures() -> None:
    small = facts.small(texts={"a": ["x"]}, codes={"c": [3]}, figures={"b": [0.1]})
    assert facts.collect(small).records() == [{"a": "x", "c": 3, "b": 0.1}]
