"""The same diagnosis in three engines side by side: places named, queries, rows that travel, time.

    python benchmarks/rootcause_engines.py [--without-spark]

12,000 invented deals by six dimensions, a win rate that falls in one place: as rows at hand, in
DuckDB, in a PostgreSQL and in a Spark of a master and two workers, all started here. Printed is
also the largest relative difference of a figure of the places named (z, p, contribution, cases)
to that of the rows at hand. Seconds are of one run each, after one question has woken the engine.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import tests.postgres  # noqa: F401  starts one, and names it
from rootcause_spark import counted
from tests import engines
from tests.analysis.methods import test_localisation_elsewhere as deals

from headway import facts
from headway.analysis.methods import localisation
from headway.terms.policy import DEFAULT

MODEL = localisation.Model.BINOMIAL
FIGURES = ("z", "p", "contribution", "n")


def figures(found: localisation.Localised) -> list[float]:
    """What stands with the places, in their order."""
    return [float(getattr(place, name)) for place in found.places for name in FIGURES]


def diagnosed(server, *, folder: Path) -> tuple[localisation.Localised, list[int], float]:
    """What was found in that engine, the rows of each query, and seconds."""
    table = engines.put(server, "deals", deals.rows(deals.DEALS), folder=folder)
    source = deals.source(table, MODEL)
    facts.collect(table.agg(n=table.count()))
    began = time.perf_counter()
    with counted() as brought:
        found = localisation.localise(source, policy=DEFAULT)
    return found, brought, time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--without-spark", action="store_true", help="where no Java is")
    names = ["duckdb", "postgres", "spark"][: 2 if parser.parse_args().without_spark else 3]
    began = time.perf_counter()
    here = localisation.localise(deals.DEALS.cube(MODEL), policy=DEFAULT)
    seconds = time.perf_counter() - began
    heads = ("places", "looked at", "queries", "rows", "differs by", "seconds")
    print(f"{'kept in':<12}" + "".join(f"{head:>11}" for head in heads))
    places = f"{len(here.places):>11,}{here.looked_at:>11,}"
    print(
        f"{'rows at hand':<12}{places}{'':>11}{len(deals.DEALS.period):>11,}{'':>11}{seconds:11.2f}"
    )
    for name in names:
        with tempfile.TemporaryDirectory() as folder, deals.connected(name, Path(folder)) as server:
            found, brought, seconds = diagnosed(server, folder=Path(folder))
        assert [one.slice for one in found.places] == [one.slice for one in here.places]
        pairs = zip(figures(found), figures(here), strict=True)
        apart = max(abs(one - other) / max(abs(other), 1e-300) for one, other in pairs)
        places = f"{len(found.places):>11,}{found.looked_at:>11,}"
        print(
            f"{name:<12}{places}{len(brought):>11,}{sum(brought):>11,}{apart:>11.0e}{seconds:11.2f}",
            flush=True,
        )
    for place in here.places:
        print(f"{place.slice} {place.kind}: z {place.z:.6f}, {place.n:,} cases")


if __name__ == "__main__":
    main()
