"""A whole diagnosis of many rows against the aggregates anybody would compute: time and memory.

    python benchmarks/rootcause_scale.py [--rows 100000 1000000] [--rounds 3]

Rows x 8 dimensions of text (5, 30, 200, 40, 4, 8, 20 and 6 values) with a win rate that falls in
one crossing. U is the time of one DuckDB query over the 8 dimensions and their 28 pairs, three
measures by two periods, with the table in memory. A diagnosis is made in a process of its own that
has made a small one before: it reads a file of facts into codes as the product does, splits the
tree, localises the win rate to three conditions and says it in words; after it, average amount and
bookings. Both are measured in turn, so that their ratio holds on a machine that others use. Memory
is the peak less what the process took before, over the size of the table in Arrow.
"""

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from headway.analysis.methods import decomposition, localisation
from headway.analysis.methods.localisation import Model
from headway.facts import arrays, encode
from headway.facts.engine import Columns, Engine
from headway.queries.results import figures, names
from headway.terms.answer import Unit
from headway.terms.policy import DEFAULT

SIZES = {
    "region": 5,
    "country": 30,
    "team": 200,
    "product": 40,
    "segment": 4,
    "type": 8,
    "industry": 20,
    "lead_source": 6,
}
TABLE = "seen/opportunity"
# Where the product keeps text: what counts is how many values a column has, not what it is called.
COLUMNS = dict(
    zip(
        SIZES,
        (
            "pipeline",
            "stage",
            "owner_id",
            "forecast_category",
            "lost_reason",
            "next_step",
            "name",
            "lead_source",
        ),
        strict=True,
    )
)
SECOND = datetime(2025, 1, 1, tzinfo=UTC)
SEED = 1
SMALL = "small.parquet"
PLANTED = {"region": 2, "product": 5}

Encoded = tuple[arrays.Array, tuple[str | None, ...]]


def drawn(rows: int) -> pa.Table:
    """Decided opportunities of two periods; in one crossing half as many are won in the second."""
    rng = np.random.default_rng(SEED)
    codes = {
        name: rng.choice(size, rows, p=rng.dirichlet(np.full(size, 3.0))).astype(np.int32)
        for name, size in SIZES.items()
    }
    period = rng.integers(0, 2, rows).astype(np.int8)
    is_bad = period == 1
    for name, code in PLANTED.items():
        is_bad &= codes[name] == code
    columns = {
        name: pa.DictionaryArray.from_arrays(
            pa.array(code), pa.array([f"{name} {value:03d}" for value in range(SIZES[name])])
        ).cast(pa.string())
        for name, code in codes.items()
    }
    won = (rng.random(rows) < np.where(is_bad, 0.15, 0.3)).astype(np.int8)
    amount = np.round(np.exp(rng.normal(9, 1, rows)), 2)
    return pa.table({**columns, "period": period, "won": won, "amount": amount})


def kept(table: pa.Table, path: Path) -> None:
    """The same opportunities in a file of columns as the product keeps them."""
    second, won = (table[name].to_numpy() for name in ("period", "won"))
    at = np.datetime64(int(SECOND.timestamp()), "s") + np.where(second, 1, -1)
    columns = {column: table[name] for name, column in COLUMNS.items()}
    columns |= {
        "opportunity_id": pa.array(range(len(table))).cast(pa.string()),
        "stage_group": pa.array(np.where(won, "won", "lost")),
        "closed_at": pa.array(at.astype("datetime64[us]")),
        "amount": table["amount"].cast(pa.decimal128(18, 2)),
    }
    pq.write_table(pa.table(columns), path)


def unit(connection: duckdb.DuckDBPyConnection) -> tuple[float, float]:
    """Seconds of the clock and of the processor of the aggregates over every dimension and pair."""
    sets = [*itertools.combinations(SIZES, 1), *itertools.combinations(SIZES, 2)]
    grouping = ", ".join(f"({', '.join(each)})" for each in sets)
    measures = ", ".join(
        f"{what} FILTER (period = {period})"
        for what in ("count(*)", "sum(won)", "sum(amount)")
        for period in (0, 1)
    )
    query = (
        f"SELECT {', '.join(SIZES)}, {measures} FROM opportunity "
        f"GROUP BY GROUPING SETS ({grouping})"
    )
    began, used = time.perf_counter(), time.process_time()
    connection.execute(query).to_arrow_table()
    return time.perf_counter() - began, time.process_time() - used


def peak() -> int:
    """The most bytes this process ever held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return 1024 * int(next(x for x in status.splitlines() if x.startswith("VmHWM")).split()[1])


def diagnosed(path: Path) -> dict[str, float | str]:
    """One diagnosis, the seconds of its steps, and the bytes it took."""
    idle, began, used = peak(), time.perf_counter(), time.process_time()
    steps: dict[str, float] = {}

    def step(name: str) -> None:
        steps[name] = time.perf_counter() - began - sum(steps.values())

    encoded, (period, won, amount) = arrived(path)
    step("read")
    tree(period, won=won, amount=amount)
    step("tree")
    text = words(encoded, period=period, total=won, model=Model.BINOMIAL)
    step("win rate")
    found: dict[str, float | str] = {
        "one": sum(steps.values()),
        "processor": time.process_time() - used,
        "memory": peak() - idle,
    }
    is_won = won > 0
    on_won = {name: (codes[is_won], values) for name, (codes, values) in encoded.items()}
    for name, model in (("average amount", Model.MEAN), ("bookings", Model.SUM)):
        words(on_won, period=period[is_won], total=amount[is_won], model=model)
        step(name)
    return {**found, **steps, "words": text}


def arrived(path: Path) -> tuple[dict[str, Encoded], list[arrays.Array]]:
    """The file as the product reads it: its dimensions as codes; period, outcome and amount."""
    table = Columns(engine=Engine(files={TABLE: path}), table=TABLE)
    read = encode(
        table, dimensions=(*COLUMNS.values(), "stage_group"), measures=("closed_at", "amount")
    )
    encoded = {name: (read.codes[column], read.values[column]) for name, column in COLUMNS.items()}
    period = read.measures["closed_at"] >= SECOND.timestamp()
    won = read.codes["stage_group"] == read.values["stage_group"].index("won")
    return encoded, [period.astype(np.int8), won.astype(np.int8), read.measures["amount"]]


def tree(
    period: npt.NDArray[np.int64], *, won: npt.NDArray[np.int64], amount: npt.NDArray[np.float64]
) -> decomposition.Contributions:
    """What decided, win rate and average amount carry of the change of bookings."""
    cell = 2 * period + won
    counts, money = np.bincount(cell, minlength=4), np.bincount(cell, amount, 4)
    sides = []
    for lost in (0, 2):
        n, k = counts[lost : lost + 2].sum(), counts[lost + 1]
        sides.append(np.array([[n], [k / n], [money[lost + 1] / k]]))
    return decomposition.of_product(*sides)


def words(
    encoded: dict[str, Encoded],
    *,
    period: npt.NDArray[np.int64],
    total: npt.NDArray[np.float64],
    model: Model,
) -> str:
    """Where a result moved, as it is told."""
    cube = localisation.of_cases(
        codes={name: codes for name, (codes, _) in encoded.items()},
        values={name: values for name, (_, values) in encoded.items()},
        period=period,
        total=total,
        model=model,
    )
    found = localisation.localise(cube, policy=DEFAULT)
    told = []
    for each in found.places:
        label = names.place_label({name: value or "" for name, value in each.slice.items()})
        size = (
            figures.points(each.contribution)
            if model is Model.BINOMIAL
            else figures.value(each.contribution, unit=Unit.MONEY, currency="EUR")
        )
        told.append(f"{label} ({names.kind(each.kind)}): {size}, {each.n:,} cases")
    return "; ".join(told) or "nowhere"


def measured(rows: int, *, rounds: int, folder: Path) -> float:
    """Print the figures of so many rows; the seconds of one diagnosis."""
    table = drawn(rows)
    path = folder / f"{rows}.parquet"
    kept(table, path)
    size = table.nbytes
    connection = duckdb.connect()
    connection.register("arriving", table)
    connection.execute("CREATE TABLE opportunity AS SELECT * FROM arriving")
    connection.unregister("arriving")
    del table
    unit(connection)
    units, runs = [], []
    for _ in range(rounds):
        units.append(unit(connection))
        done = subprocess.run(
            [sys.executable, __file__, "--diagnose", path], check=True, capture_output=True
        )
        runs.append(json.loads(done.stdout))
    connection.close()

    def middle(*keys: str) -> float:
        return statistics.median(sum(run[key] for key in keys) for run in runs)

    def ratio(*keys: str) -> float:
        pairs = zip(runs, units, strict=True)
        return statistics.median(sum(run[key] for key in keys) / u for run, (u, _) in pairs)

    more = ("one", "average amount", "bookings")
    of_query = statistics.median(clock for clock, _ in units)
    print(f"{rows:,} rows, {size / 1e6:.0f} MB in Arrow; U {of_query:.2f} s")
    print(f"  one diagnosis   {middle('one'):.2f} s = {ratio('one'):.2f} U")
    of_processor = statistics.median(
        run["processor"] / u for run, (_, u) in zip(runs, units, strict=True)
    )
    print(f"    of the processor {middle('processor'):.2f} s = {of_processor:.2f} of U's")
    print(f"  all three       {middle(*more):.2f} s = {ratio(*more):.2f} U")
    for key in ("read", "tree", "win rate", "average amount", "bookings"):
        print(f"    {key:<16}{middle(key):.3f} s")
    print(f"  memory          {middle('memory') / size:.1f} x the table")
    print(f"  a row           {1e9 * middle('one') / rows:.0f} ns")
    print(f"  said            {runs[0]['words']}", flush=True)
    return middle("one")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--diagnose", type=Path, help="one diagnosis of this file, as JSON")
    asked = parser.parse_args()
    if asked.diagnose:
        diagnosed(asked.diagnose.with_name(SMALL))
        print(json.dumps(diagnosed(asked.diagnose)))
        return
    with tempfile.TemporaryDirectory() as folder:
        kept(drawn(1000), Path(folder) / SMALL)
        seconds = [measured(rows, rounds=asked.rounds, folder=Path(folder)) for rows in asked.rows]
    for (few, short), (many, long) in itertools.pairwise(zip(asked.rows, seconds, strict=True)):
        print(f"{many / few:.0f} times the rows take {long / short:.1f} times the time")


if __name__ == "__main__":
    main()
