"""A diagnosis by sums that another engine makes is the diagnosis of the rows at hand."""

import contextlib
import dataclasses
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pytest
from tests import engines
from tests.analysis.methods.planted_deals import HIERARCHY, Deals, quiet

from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Model, cuboids, elsewhere, fitted
from headway.terms.policy import DEFAULT

PLACE = {"segment": "segment-0", "product": "product-1"}
ENGINES = (
    pytest.param("duckdb", marks=pytest.mark.slow),
    pytest.param("postgres", marks=pytest.mark.postgres),
    # Some minutes: by hand, `pytest -m "spark and slow"`.
    pytest.param("spark", marks=[pytest.mark.spark, pytest.mark.slow]),
)
# Sockets of Spark's gateway are closed with its process; what it asks of pandas is its own affair.
pytestmark = [
    pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


def planted() -> Deals:
    """Fewer won and smaller ones in two places, deals gone from a third; strange values."""
    deals = quiet(seed=3, n=12000)
    rng = np.random.default_rng(4)
    is_now, chance = deals.period == 1, rng.random(len(deals.period))
    is_bad = deals.rows(PLACE) & is_now & (chance < 0.6)
    is_small = deals.rows({"industry": "industry-3"}) & is_now
    deals = dataclasses.replace(
        deals,
        is_won=deals.is_won & ~is_bad,
        amount=np.where(is_small, 0.3, 1.0) * deals.amount,
        values={**deals.values, "source": ("", "O'Neill", "Über", "ä %_\\", None)},
    )
    return deals.only(~(deals.rows({"country": "country-4"}) & is_now & (chance > 0.5)))


DEALS = planted()


@pytest.fixture(scope="module")
def table(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    folder = tmp_path_factory.mktemp("engine")
    with connected(request.param, folder) as connection:
        yield engines.put(connection, "deals", rows(DEALS), folder=folder)


def connected(name: str, folder: Path) -> Any:
    return {
        "duckdb": lambda: contextlib.nullcontext(ibis.duckdb.connect()),
        "postgres": engines.postgres,
        "spark": lambda: engines.on_spark(folder),
    }[name]()


def rows(deals: Deals) -> pa.Table:
    texts = {
        name: pa.array([deals.values[name][code] for code in codes], pa.string())
        for name, codes in deals.codes.items()
    }
    return pa.table(
        {
            **texts,
            "period": deals.period,
            "won": deals.is_won.astype(np.int8),
            "amount": deals.amount,
        }
    )


def source(table: Any, model: Model) -> localisation.Elsewhere:
    cases = table.filter(table["won"] == 1) if model in (Model.SUM, Model.MEAN) else table
    total = {Model.COUNT: None, Model.BINOMIAL: cases["won"]}.get(model, cases["amount"])
    return localisation.of_table(
        cases,
        dimensions=list(DEALS.codes),
        is_actual=cases["period"],
        total=total,
        model=model,
        hierarchies=HIERARCHY,
    )


def assert_alike(found: Any, wanted: Any) -> None:
    """The same texts and counts; figures to 1e-9 of themselves."""
    if dataclasses.is_dataclass(wanted):
        for each in dataclasses.fields(wanted):
            assert_alike(getattr(found, each.name), getattr(wanted, each.name))
    elif isinstance(wanted, tuple):
        assert len(found) == len(wanted)
        for one, other in zip(found, wanted, strict=True):
            assert_alike(one, other)
    elif isinstance(wanted, float):
        assert math.isclose(found, wanted, rel_tol=1e-9), (found, wanted)
    else:
        assert found == wanted


@pytest.mark.parametrize("table", ENGINES, indirect=True)
@pytest.mark.parametrize("model", Model)
def test_a_table_elsewhere_is_diagnosed_as_rows_at_hand(table: Any, model: Model) -> None:
    cube = DEALS.cube(model)
    here = localisation.localise(cube, policy=DEFAULT)
    assert here.places, "something is planted for every kind of result"
    there = source(table, model)
    assert_alike(localisation.localise(there, policy=DEFAULT), here)
    for place in (PLACE, {"source": None}):
        found = localisation.why_not(there, place=place, policy=DEFAULT)
        assert_alike(found, localisation.why_not(cube, place=place, policy=DEFAULT))


def hardly_differing() -> Deals:
    """Amounts within a hundredth of each other: what cancels in them leaves few digits."""
    noise = np.random.default_rng(9).normal(size=len(DEALS.period))
    is_small = DEALS.rows({"industry": "industry-3"}) & (DEALS.period == 1)
    return dataclasses.replace(DEALS, amount=np.where(is_small, 9_900, 10_000) + 100 * noise)


@pytest.mark.parametrize("table", ENGINES[:2], indirect=True)
@pytest.mark.parametrize(
    ("deals", "model"),
    [
        (hardly_differing(), Model.SUM),
        (hardly_differing(), Model.MEAN),
        (dataclasses.replace(DEALS, amount=np.full(len(DEALS.period), 0.1)), Model.SUM),
    ],
    ids=["sums of close amounts", "averages of close amounts", "one price"],
)
def test_what_cancels_is_the_same(deals: Deals, model: Model, table: Any, tmp_path: Path) -> None:
    close = engines.put(table.get_backend(), "close", rows(deals), folder=tmp_path)
    here = localisation.localise(deals.cube(model), policy=DEFAULT)
    assert here.places
    assert_alike(localisation.localise(source(close, model), policy=DEFAULT), here)


@pytest.mark.parametrize("table", ENGINES, indirect=True)
@pytest.mark.parametrize("model", Model)
def test_triples_that_grow_out_of_pairs_are_the_same(
    table: Any, model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuboids, "FULL_LATTICE", 1)
    here = localisation.localise(DEALS.cube(model), policy=DEFAULT)
    assert here.places
    assert_alike(localisation.localise(source(table, model), policy=DEFAULT), here)


@pytest.fixture(scope="module")
def summed(table: Any) -> Iterator[list[tuple[Any, ...]]]:
    """Of a rate and of amounts: the sources here and there, and what each sums."""
    found = []
    for model in (Model.BINOMIAL, Model.SUM):
        here, there = localisation.source_of(DEALS.cube(model)), source(table, model)
        ours, theirs = (each.channels(min_n=20, min_n_period=30) for each in (here, there))
        for own, other in zip(ours, theirs, strict=True):
            found.append((here, there, own.figures, other.figures))
    yield found
    # What is held is let go before its connection ends.
    found.clear()


@pytest.mark.parametrize("table", ENGINES, indirect=True)
def test_what_narrows_places_is_summed_alike(summed: list[tuple[Any, ...]]) -> None:
    pair = (("country", 3), ("product", 1))
    asked = [(pair, "industry"), (pair, "source"), ((("segment", 0),), "source")]
    outside = [(("industry", 3),), (("source", 4), ("segment", 1))]
    for _, _, ours, theirs in summed:
        found = (figures.along(asked, outside=outside) for figures in (ours, theirs))
        for own, other in zip(*found, strict=True):
            assert own[:2].sum() > 0
            assert_same_sums(own, other)


@pytest.mark.parametrize("table", ["duckdb", *ENGINES[1:]], indirect=True)
def test_counts_are_the_same_and_sums_to_1e_9(summed: list[tuple[Any, ...]]) -> None:
    for here, there, ours, theirs in summed:
        for wanted in (("product", "segment", "source"), ("country",), ("industry", "region")):
            ((block,), (same,)) = here.blocks([wanted]), there.blocks([wanted])
            assert_same_sums(next(ours.over(block)), next(theirs.over(same)))


def assert_same_sums(own: Any, other: Any) -> None:
    """Counts exactly; sums to 1e-9 of themselves, or of the largest where parts cancel."""
    assert (own[:2] == other[:2]).all()
    scale = np.abs(own).max(axis=1, keepdims=True)
    assert (np.abs(own - other) <= 1e-9 * np.maximum(np.abs(own), 1e-6 * scale)).all()


@pytest.mark.slow
def test_of_many_cells_only_those_with_enough_cases_travel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = ibis.duckdb.connect().create_table("deals", rows(DEALS))
    wanted = localisation.localise(source(table, Model.BINOMIAL), policy=DEFAULT)
    monkeypatch.setattr(elsewhere, "MOST_CELLS", 40)
    there = source(table, Model.BINOMIAL)
    kept = there.blocks([("country", "industry", "product")])[0].kept
    assert kept is not None
    assert len(kept) < 9 * 7 * 6
    found = localisation.localise(there, policy=DEFAULT)
    assert_alike(found, wanted)


def test_a_dimension_that_tells_cases_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elsewhere, "MOST_VALUES", 8)
    table = ibis.duckdb.connect().create_table("deals", rows(DEALS))
    with pytest.raises(localisation.TooManyValuesError, match="'country' has more than 8 values"):
        source(table, Model.COUNT)


@pytest.mark.parametrize("n", [1, 2, 7, 1000, 1001])
def test_the_median_by_counting_is_exact(n: int) -> None:
    drawn = np.random.default_rng(n).lognormal(3, 2, n).round(2)
    values = np.concatenate([drawn, drawn[: n // 2]])
    table = ibis.duckdb.connect().create_table("drawn", pa.table({"x": values}))
    assert fitted.median(table, table["x"]) == np.median(values)
