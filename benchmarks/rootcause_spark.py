"""A diagnosis of a table on Spark, of which only sums travel: time, queries, and memory here.

    python benchmarks/rootcause_spark.py [--rows 30000000]

The rows of `rootcause_scale` (8 dimensions of text, a win rate that falls in one crossing) lie in a
folder of Parquet files of a million rows each. A Spark of a master and two workers with one core
each reads them, all on this machine. Memory is the peak of this Python process; Spark's own
processes come on top of it and would be elsewhere.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from rootcause_scale import PLANTED, SIZES, peak  # noqa: E402  needs the folder of this file

CHUNK = 1_000_000


def written(folder: Path, *, rows: int) -> None:
    """Decided opportunities of two periods, in files of a million."""
    shares = np.random.default_rng(1)
    p = {name: shares.dirichlet(np.full(size, 3.0)) for name, size in SIZES.items()}
    for number in range(-(-rows // CHUNK)):
        rng, n = np.random.default_rng([1, number]), min(CHUNK, rows - number * CHUNK)
        codes = {name: rng.choice(size, n, p=p[name]) for name, size in SIZES.items()}
        period = rng.integers(0, 2, n)
        is_bad = period == 1
        for name, code in PLANTED.items():
            is_bad &= codes[name] == code
        texts = {
            name: pa.DictionaryArray.from_arrays(
                pa.array(code.astype(np.int32)),
                pa.array([f"{name} {value:03d}" for value in range(SIZES[name])]),
            ).cast(pa.string())
            for name, code in codes.items()
        }
        won = (rng.random(n) < np.where(is_bad, 0.15, 0.3)).astype(np.int8)
        table = pa.table({**texts, "period": period.astype(np.int8), "won": won})
        pq.write_table(table, folder / f"{number:04d}.parquet")


def used() -> float:
    """Seconds of the processor that the processes started from here took, and those from them."""
    parents, taken = {}, {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = each.read_text(encoding="utf-8").rpartition(")")[2].split()
            number = int(each.parent.name)
            parents[number], taken[number] = int(told[1]), int(told[11]) + int(told[12])
    ours = {os.getpid()}
    while further := {each for each, parent in parents.items() if parent in ours} - ours:
        ours |= further
    return sum(taken.get(each, 0) for each in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


@contextmanager
def counted() -> Iterator[list[int]]:
    """How many rows each query brings, meanwhile."""
    from headway import facts  # noqa: PLC0415  not in the process that writes

    brought, run = [], facts.collect

    def counting(expression):
        found = run(expression)
        brought.append(len(found))
        return found

    facts.collect = counting
    try:
        yield brought
    finally:
        facts.collect = run


def diagnosed(folder: Path) -> None:
    """One diagnosis of the win rate, and what it took."""
    import ibis  # noqa: PLC0415  not in the process that writes
    from tests import spark  # noqa: PLC0415  the same

    from headway import facts  # noqa: PLC0415  the same
    from headway.analysis.methods import localisation  # noqa: PLC0415  the same
    from headway.terms.policy import DEFAULT  # noqa: PLC0415  the same

    with (
        counted() as brought,
        tempfile.TemporaryDirectory() as own,
        spark.session(Path(own), memory="3g") as session,
    ):
        table = ibis.pyspark.connect(session).read_parquet(str(folder), table_name="decided")
        rows = facts.collect(table.agg(n=table.count())).records()[0]["n"]
        before, spent, began = peak(), used(), time.perf_counter()
        source = localisation.of_table(
            table,
            dimensions=list(SIZES),
            is_actual=table["period"],
            total=table["won"],
            model=localisation.Model.BINOMIAL,
        )
        found = localisation.localise(source, policy=DEFAULT)
        seconds = time.perf_counter() - began
        print(
            f"{rows:,} rows, {seconds:,.0f} s, {len(brought)} queries; "
            f"{sum(brought):,} rows travelled, at most {max(brought):,} at once"
        )
        print(f"processor of Spark {used() - spent:,.0f} s")
        print(
            f"peak of this process {peak() / 1e6:,.0f} MB, of which before {before / 1e6:,.0f} MB"
        )
        for place in found.places:
            print(f"{place.slice} {place.kind}: z {place.z:.1f}, {place.n:,} cases", flush=True)
        print(f"{found.looked_at:,} places looked at", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=30_000_000)
    parser.add_argument("--write", type=Path, help="only write the rows into this folder")
    asked = parser.parse_args()
    if asked.write:
        written(asked.write, rows=asked.rows)
        return
    with tempfile.TemporaryDirectory() as folder:
        again = [sys.executable, __file__, "--write", folder, "--rows", str(asked.rows)]
        subprocess.run(again, check=True)
        diagnosed(Path(folder))


if __name__ == "__main__":
    main()
