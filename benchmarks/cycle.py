"""How long the cycle takes as an organisation grows: read, followed, answered, published.

    python benchmarks/cycle.py [--copies 1 5]

Invents an organisation of 400 sellers over ten quarters, and sets copies of its people, customers
and work beside each other under the same priorities, 400 sellers more with each copy. Every one is
loaded by `headway load` into a data folder of its own, as whoever installs Headway does it: the
database is made too, and there are answers for every leader's people. Seconds are those of the
clock and of the processor, all processes together, memory that of the largest one.
Goal: under 60 s for 400 sellers, and no more than that for each 400 of more.
"""

import argparse
import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb

from headway.facts import TABLES

SELLERS = 400
HEADWAY = Path(sys.executable).with_name("headway")
COPIED = frozenset(
    f"seen/{name}" for name in ("person", "account", "contact", "opportunity", "activity")
)
# What tells copies apart beside ids: teams and regions are places, and a quota is somebody's.
OTHERS = frozenset({("seen/reporting_line", "team"), ("seen/reporting_line", "region")})
QUOTA, CHANGE = ("seen/target", "subject"), "seen/opportunity_change"


def is_of_a_copy(table: str, column: str) -> bool:
    """Whether each copy has values of its own in this column."""
    declared = TABLES[table]
    is_own_key = table in COPIED and column == declared.key[0]
    refers = {each.name: each.refers_to for each in declared.columns}
    is_other = (table, column) in {*OTHERS, QUOTA}
    return is_own_key or refers.get(column) in COPIED or is_other


def selected(table: str, columns: list[str], *, copy: int, rows: str) -> str:
    """SQL for the rows of one copy."""

    def value(column: str) -> str:
        if is_of_a_copy(table, column):
            return f"{column} || 'x{copy}' AS {column}"
        if table == CHANGE and column in {"old_value", "new_value"}:
            return f"{column} || if(field = 'owner_id', 'x{copy}', '') AS {column}"
        if column == "email":
            return f"replace({column}, '@', 'x{copy}@') AS {column}"
        return column

    whose = " WHERE subject_kind = 'person'" if table == QUOTA[0] else ""
    return f"SELECT {', '.join(map(value, columns))} FROM {rows}{whose}"


def copy(bundle: Path, *, copies: int) -> None:
    """Set copies of the people, their customers and their work into a bundle."""
    said = json.loads((bundle / "bundle.json").read_text())
    for table in said["tables"]:
        path = bundle / table["path"]
        rows = f"read_csv('{path}', all_varchar = true)"
        columns = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM {rows}").fetchall()]
        if not any(is_of_a_copy(table["name"], column) for column in columns):
            continue
        if not table["name"].startswith("seen/"):
            continue
        every = [f"SELECT * FROM {rows}"]
        every += [
            selected(table["name"], columns, copy=number, rows=rows) for number in range(1, copies)
        ]
        whole = path.with_suffix(".whole")
        duckdb.sql(f"COPY ({' UNION ALL '.join(every)}) TO '{whole}' (HEADER, DELIMITER ',')")
        whole.replace(path)
        table["row_count"] = duckdb.sql(f"SELECT count(*) FROM {rows}").fetchall()[0][0]
        with path.open("rb") as file:
            table["sha256"] = hashlib.file_digest(file, "sha256").hexdigest()
    (bundle / "bundle.json").write_text(json.dumps(said))


def measured(folder: Path, *, copies: int) -> Iterator[str]:
    """What loading so many copies takes."""
    bundle = folder / "bundle"
    subprocess.run([HEADWAY, "demo", bundle, "--sellers", str(SELLERS)], check=True)
    copy(bundle, copies=copies)
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    own = {**os.environ, "HEADWAY_DATA": str(folder / "data")}
    subprocess.run([HEADWAY, "load", bundle], check=True, env=own, stdout=subprocess.DEVNULL)
    spent, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    yield f"{copies * SELLERS:,} sellers: {spent:.0f} s, {spent / copies:.0f} s for each {SELLERS}"
    yield f"processor {processor:.0f} s, largest process {after.ru_maxrss / 1024:,.0f} MiB"
    yield f"load {os.getloadavg()[0]:.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 5])
    for copies in parser.parse_args().copies:
        folder = Path(tempfile.mkdtemp())
        try:
            print("; ".join(measured(folder, copies=copies)), flush=True)
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
