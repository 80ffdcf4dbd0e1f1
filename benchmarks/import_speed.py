"""How fast a million rows are imported, against DuckDB's own CSV-to-Parquet copy of the same file.

The same seeded file, read by turns: DuckDB's `COPY (FROM read_csv(...)) TO ... (FORMAT parquet)`
with its
own sniffing, and `headway.sources.csv_files.read` with a proposal made before (a saved mapping).
Printed is
the median of the ratios of neighbouring runs: 1.0 = as fast as DuckDB.

    python benchmarks/import_speed.py [--rows 1000000] [--rounds 5]
"""

import argparse
import csv
import random
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb

from headway.sources import csv_files

SEED = 20_260_630
STAGES = ("Prospecting", "Qualification", "Proposal", "Negotiation", "Closed Won", "Closed Lost")
HEADER = (
    "Opportunity ID",
    "Opportunity Name",
    "Account ID",
    "Opportunity Owner",
    "Stage",
    "Amount",
    "Probability (%)",
    "Created Date",
    "Close Date",
    "Lead Source",
    "Type",
    "Next Step",
)
FIRST_DAY = date(2022, 1, 1)


def generate(path: Path, *, rows: int) -> None:
    """A report of opportunities; one row in 100,000 has an amount that is none."""
    draw = random.Random(SEED)
    sellers = [f"Seller {number:03d}" for number in range(400)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(rows):
            created = FIRST_DAY + timedelta(days=draw.randrange(1_400))
            amount = "n/a" if number % 100_000 == 7 else f"{draw.lognormvariate(9, 1):.2f}"
            writer.writerow(
                (
                    f"006{number:012d}",
                    f"Renewal, phase {number % 977}",
                    f"001{draw.randrange(90_000):012d}",
                    draw.choice(sellers),
                    draw.choice(STAGES),
                    amount,
                    draw.randrange(0, 101, 10),
                    f"{created:%m/%d/%Y}",
                    f"{created + timedelta(days=draw.randrange(5, 240)):%m/%d/%Y}",
                    draw.choice(("Web", "Referral", "Partner", "NA")),
                    draw.choice(("New Business", "Renewal", "Existing Business")),
                    "" if number % 3 else "Call the buyer back",
                )
            )


def copied(source: Path, *, target: Path) -> float:
    """Seconds DuckDB takes for its own copy, in a fresh engine."""
    started = time.perf_counter()
    connection = duckdb.connect()
    connection.execute(
        f"copy (from read_csv('{source}', ignore_errors = true)) to '{target}' (format parquet)"
    )
    connection.close()
    return time.perf_counter() - started


def imported(proposal: csv_files.Proposal, *, into: Path, rows: int) -> float:
    """Seconds the import takes, progress shown; every row must be accounted for."""
    started = time.perf_counter()

    def shown(share: float, what: str) -> None:
        print(f"\r{share:4.0%} {what:<40}", end="", file=sys.stderr)

    delivery = csv_files.read(proposal, into=into, progress=shown)
    taken = time.perf_counter() - started
    (count,) = delivery.counts
    assert (count.rows_in, count.rejected) == (rows, 0), count
    return taken


def main() -> None:
    """Generate, run by turns, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="headway-bench-") as scratch:
        folder = Path(scratch)
        source = folder / "report.csv"
        generate(source, rows=chosen.rows)
        started = time.perf_counter()
        proposal = csv_files.recognise(source)
        recognised = time.perf_counter() - started
        ratios = []
        for number in range(chosen.rounds):
            theirs = copied(source, target=folder / "copy.parquet")
            ours = imported(proposal, into=folder / f"import-{number}", rows=chosen.rows)
            ratios.append(theirs / ours)
            print(
                f"\nround {number + 1}: DuckDB {theirs:.2f} s, Headway {ours:.2f} s, "
                f"{ratios[-1]:.2f}"
            )
        print(
            f"{chosen.rows:,} rows, {source.stat().st_size / 1e6:.0f} MB, recognised in "
            f"{recognised:.2f} s"
        )
        print(
            f"ratio {statistics.median(ratios):.2f} (smallest {min(ratios):.2f}, largest "
            f"{max(ratios):.2f});"
            " asked for: 0.40"
        )


if __name__ == "__main__":
    main()
