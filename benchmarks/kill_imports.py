"""Imports killed at random moments: is what is read afterwards old or new, and never a mixture?

A process loads one version of a small organisation after the other through `headway.cycle.load`,
as `headway load` does, and is killed with SIGKILL at a random moment. Every row of a version says
which one it is. Before and after each kill the store is read by this process.

Printed: imports killed; reads that failed (torn); reads that held two versions or too few rows
(mixed); imports that were told to be done and were gone (lost); the slowest read.

    python benchmarks/kill_imports.py [--kills 200] [--rows 300] [--seed 1]
"""

import argparse
import hashlib
import json
import multiprocessing
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from headway.cycle import load
from headway.facts.store import Store
from headway.terms.errors import HeadwayError

LONGEST_LOAD_SECONDS = 2.0
# Forked from a server that has imported all and has no threads to lose.
PROCESSES = multiprocessing.get_context("forkserver")


def written(folder: Path, *, version: int, rows: int) -> Path:
    """A bundle of that version; each was exported a day after the one before."""
    tables = {
        "seen/person": "person_id,title\n" + "".join(f"p{i},v{version}\n" for i in range(rows)),
        "seen/opportunity": "opportunity_id,owner_id,stage,stage_group,lead_source\n"
        + "".join(f"o{i},p{i},Stage v{version},open,v{version}\n" for i in range(rows)),
    }
    listed = []
    for name, content in tables.items():
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        listed.append({"name": name, "path": f"{name}.csv", "row_count": rows, "sha256": sha256})
    (folder / "bundle.json").write_text(
        json.dumps(
            {
                "format": "headway-bundle",
                "format_version": 1,
                "organisation": {
                    "name": "Killed",
                    "currency": "EUR",
                    "time_zone": "UTC",
                    "fiscal_year_start_month": 1,
                },
                "as_of": (date(2020, 1, 1) + timedelta(days=version)).isoformat(),
                "data_from": "2020-01-01",
                "min_answer_count": 5,
                "min_text_count": 10,
                "tables": listed,
            }
        )
    )
    return folder


def importing(data_folder: Path, first: int, rows: int, done: Connection) -> None:
    """Loads versions from `first` on, and tells each that is done, until it is killed."""
    version = first
    while True:
        with tempfile.TemporaryDirectory(dir=data_folder.parent) as folder:
            done.send(-1)
            load.load(written(Path(folder), version=version, rows=rows), data_folder)
            done.send(version)
        version += 1


def held(data_folder: Path, *, rows: int) -> int | None:
    """The version that holds; None where two are mixed or rows are missing."""
    known = Store(data_folder / "facts").latest()
    people, opportunities = (
        known.engine.query(
            f"SELECT {column} AS version, count(*) AS n FROM {known.engine.relation(table)} "
            "GROUP BY 1"
        ).to_pylist()
        for table, column in (("seen/person", "title"), ("seen/opportunity", "lead_source"))
    )
    if people != opportunities or len(people) != 1 or people[0]["n"] != rows:
        return None
    return int(people[0]["version"].removeprefix("v"))


@dataclass
class Tally:
    """What was seen; `told` is the last version that was told to be done or was read."""

    killed: int = 0
    reads: int = 0
    torn: int = 0
    mixed: int = 0
    lost: int = 0
    told: int = 0
    slowest_seconds: float = 0.0

    def read(self, data_folder: Path, *, rows: int) -> None:
        """Read the store once."""
        started = time.monotonic()
        self.reads += 1
        try:
            version = held(data_folder, rows=rows)
        except (HeadwayError, OSError, ValueError) as problem:
            self.torn += 1
            print(f"torn: {problem!r}")
            return
        self.slowest_seconds = max(self.slowest_seconds, time.monotonic() - started)
        if version is None:
            self.mixed += 1
            return
        self.lost += version < self.told
        self.told = max(self.told, version)


def kill_once(tally: Tally, data_folder: Path, *, rows: int, after_seconds: float) -> None:
    """Start an importer, read while it works, kill it, read again."""
    receiving, sending = PROCESSES.Pipe(duplex=False)
    importer = PROCESSES.Process(
        target=importing, args=(data_folder, tally.told + 1, rows, sending)
    )
    importer.start()
    sending.close()
    receiving.recv()  # it begins
    time.sleep(after_seconds)
    tally.read(data_folder, rows=rows)
    importer.kill()
    importer.join()
    tally.killed += 1
    with suppress(EOFError):
        while True:
            tally.told = max(tally.told, receiving.recv())
    tally.read(data_folder, rows=rows)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rows", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    chance, tally = random.Random(wanted.seed), Tally()
    PROCESSES.set_forkserver_preload(["headway.cycle.load"])
    with tempfile.TemporaryDirectory(prefix="kill-imports-") as place:
        data_folder = Path(place) / "data"
        load.load(written(Path(place) / "first", version=0, rows=wanted.rows), data_folder)
        for _ in range(wanted.kills):
            after_seconds = chance.random() * LONGEST_LOAD_SECONDS
            kill_once(tally, data_folder, rows=wanted.rows, after_seconds=after_seconds)
        unfinished = len(list((data_folder / "facts").rglob("*.tmp")))
    print(
        f"{tally.killed} killed, {tally.told} imports done, {tally.reads} reads: {tally.torn} torn,"
        f" {tally.mixed} mixed, {tally.lost} lost; slowest read {tally.slowest_seconds:.2f} s; "
        f"{unfinished} unfinished files left in the store"
    )
    return 1 if tally.torn or tally.mixed or tally.lost or unfinished else 0


if __name__ == "__main__":
    sys.exit(main())
