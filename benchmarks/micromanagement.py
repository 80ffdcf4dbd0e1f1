"""How often managers who decide for their people are found, and others taken for them.

    PYTHONPATH=src:. python benchmarks/micromanagement.py [--organisations 100] [--bundles 5]
                                                          [--first 1000]

Each organisation (`tests/drawn_oversight.py`) has twelve to eighteen managers: up to three in whom
all three signs are planted, six decoys with one or two of the three, and the others with none. The
first ones go through a bundle and `headway diagnose --json`, as anybody's data does. Ranges are
Wilson's, 95 %. `told` leaves out managers of whom too few have answered for anything to be said.
"""

import argparse
import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from tests import drawn_oversight
from tests.drawn_oversight import ALL, AS_OF, DATA_FROM, Drawn

from headway.analysis.methods.proportion import wilson
from headway.findings.strategy import coaching
from headway.terms.policy import DEFAULT

PRESENT, UNKNOWN = "present", "cannot_tell"


def main() -> None:
    """Print one row for each kind of manager."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=100)
    parser.add_argument("--bundles", type=int, default=5)
    parser.add_argument("--first", type=int, default=1000)
    asked = parser.parse_args()
    found: dict[frozenset[str], Counter[str]] = {}
    for number in range(asked.organisations):
        sys.stderr.write(f"\r{number + 1} of {asked.organisations}   ")
        drawn = drawn_oversight.of(asked.first + number)
        told = _verdicts(drawn)
        if number < asked.bundles and _diagnosed(drawn) != told:
            raise SystemExit(f"Organisation {asked.first + number}: the bundle tells otherwise.")
        for manager in drawn.managers:
            found.setdefault(manager.signs, Counter())[told[manager.person_id]] += 1
    sys.stderr.write("\r" + " " * 30 + "\r")
    print(f"{asked.organisations} organisations, {asked.bundles} of them through a bundle too")
    print(f"{'planted signs':<34}{'n':>6}{'found':>7}{'unknown':>9}{'share':>8}  of those told")
    for signs, counts in sorted(found.items(), key=lambda one: (len(one[0]), sorted(one[0]))):
        _show(", ".join(sorted(signs)) or "none", counts)
    others = sum((counts for signs, counts in found.items() if signs != ALL), Counter())
    _show("all but the planted", others)


def _show(name: str, counts: Counter[str]) -> None:
    n, unknown, present = sum(counts.values()), counts[UNKNOWN], counts[PRESENT]
    share = _with_range(present, n)
    print(f"{name:<34}{n:>6}{present:>7}{unknown:>9}  {share}  {_with_range(present, n - unknown)}")


def _with_range(k: int, n: int) -> str:
    if not n:
        return "–"
    low, high = wilson(k, n, level=0.95)
    return f"{k / n:.3f} ({low:.3f} to {high:.3f})"


def _verdicts(drawn: Drawn) -> Mapping[str, str]:
    """What is found of each manager."""
    found = coaching.found(drawn.facts, policy=DEFAULT).whole
    return {each.scope: str(each.micromanagement) for each in found if each.micromanagement}


def _diagnosed(drawn: Drawn) -> Mapping[str, str]:
    """The same from a bundle on disk, by the command that anybody calls."""
    with tempfile.TemporaryDirectory() as folder:
        bundle = _written(Path(folder), drawn)
        command = (
            sys.executable,
            "-m",
            "headway.interfaces.cli",
            "diagnose",
            str(bundle),
            "--json",
        )
        # Nothing is closed: it ends with the code for that, and tells all the rest.
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        document = json.loads(done.stdout)
    return {
        row["scope"]: row["micromanagement"]
        for row in document["coaching"]
        if row["micromanagement"]
    }


def _written(folder: Path, drawn: Drawn) -> Path:
    listed = []
    for name, rows in sorted(drawn.tables.items()):
        path = folder / f"{name}.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        columns = list({column: None for row in rows for column in row})
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows([[_text(row.get(column)) for column in columns] for row in rows])
        listed.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "row_count": len(rows),
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            }
        )
    head = {
        "format": "headway-bundle",
        "format_version": 1,
        "organisation": {
            "name": "Drawn",
            "currency": "EUR",
            "time_zone": "Europe/Berlin",
            "fiscal_year_start_month": 1,
        },
        "as_of": AS_OF.isoformat(),
        "data_from": DATA_FROM.isoformat(),
        "min_answer_count": 5,
        "min_text_count": 10,
        "tables": listed,
    }
    (folder / "bundle.json").write_text(json.dumps(head), encoding="utf-8")
    return folder


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime():
            return value.isoformat() + "Z"
        case date():
            return value.isoformat()
        case _:
            return str(value)


if __name__ == "__main__":
    main()
