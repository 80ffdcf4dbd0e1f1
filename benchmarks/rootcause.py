"""How well and how fast the engine names known causes: F1 per set, false alarms, CPU seconds.

    python benchmarks/rootcause.py CASES SCORER [--most 3] [--out predictions.jsonl]

CASES is the folder with one Parquet file per set and truth.jsonl; SCORER the script that scores
predictions against it. The engine is given the dimension columns, the measures and the declared
hierarchy, and nothing else: the same arguments for every set.
"""

import argparse
import dataclasses
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headway.analysis.methods import localisation
from headway.terms.policy import DEFAULT

MEASURES = ("real", "predict", "real_a", "predict_a", "real_b", "predict_b")


def hierarchies(folder: Path) -> dict[str, tuple[tuple[str, ...], ...]]:
    found = {}
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found[case["case"]] = tuple(tuple(chain) for chain in case.get("hierarchy", ()))
    return found


def cubes(
    path: Path, declared: dict[str, tuple[tuple[str, ...], ...]]
) -> Iterator[tuple[str, localisation.Cube]]:
    table = pq.read_table(path)
    names = table.column("case").combine_chunks()
    number = names.indices.to_numpy()
    edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)]
    columns = {name: table.column(name).combine_chunks() for name in table.schema.names}
    for start, end in pairwise(edges):
        case = names.dictionary[int(number[start])].as_py()
        mine = {name: column.slice(start, end - start) for name, column in columns.items()}
        yield case, cube(mine, declared[case])


def cube(columns: dict[str, pa.Array], declared: tuple[tuple[str, ...], ...]) -> localisation.Cube:
    codes, values = {}, {}
    for name, column in columns.items():
        if name == "case" or name in MEASURES or column.null_count == len(column):
            continue
        known, code = np.unique(column.indices.fill_null(-1).to_numpy(), return_inverse=True)
        codes[name] = code.astype(np.intp)
        words = column.dictionary
        values[name] = tuple(words[int(k)].as_py() if k >= 0 else None for k in known)
    measure = {
        name: columns[name].to_numpy(zero_copy_only=False).astype(float)
        for name in MEASURES
        if name in columns
    }
    if "real" in measure:
        model = localisation.Model.SUM
        base = localisation.Side(n=None, total=measure["predict"])
        actual = localisation.Side(n=None, total=measure["real"])
    else:
        is_rate = all(np.all(measure[f"{k}_a"] <= measure[f"{k}_b"]) for k in ("real", "predict"))
        model = localisation.Model.BINOMIAL if is_rate else localisation.Model.MEAN
        base = localisation.Side(n=measure["predict_b"], total=measure["predict_a"])
        actual = localisation.Side(n=measure["real_b"], total=measure["real_a"])
    return localisation.Cube(
        codes=codes,
        values=values,
        base=base,
        actual=actual,
        model=model,
        hierarchies=declared,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--most", type=int, default=DEFAULT.max_causes, help="causes at most")
    parser.add_argument("--out", type=Path, default=Path("predictions.jsonl"))
    asked = parser.parse_args()
    policy = dataclasses.replace(DEFAULT, max_causes=asked.most)
    declared = hierarchies(asked.cases)
    with asked.out.open("w", encoding="utf-8") as out:
        for path in sorted(asked.cases.glob("*.parquet")):
            for case, given in cubes(path, declared):
                began = time.process_time()
                found = localisation.localise(given, policy=policy)
                line = {
                    "case": case,
                    "root_causes": [place.slice for place in found.places],
                    "kinds": [place.kind for place in found.places],
                    "seconds": time.process_time() - began,
                }
                out.write(json.dumps(line) + "\n")
    print(f"at most {asked.most} causes; CPU seconds a case")
    sys.stdout.flush()
    subprocess.run([sys.executable, asked.scorer, asked.cases, asked.out], check=True)


if __name__ == "__main__":
    main()
