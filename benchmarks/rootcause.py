"""How well and how fast the engine names known causes: F1 per set, false alarms, CPU seconds.

    python benchmarks/rootcause.py --cases DIR [--out FILE.jsonl] [--most 3] [--whole]

DIR has one Parquet file per set and truth.jsonl, one line per case with `case`, `dataset`,
`root_causes` and, where there is one, `hierarchy`. The engine is given the dimension columns, the
measures and the declared hierarchy, and nothing else: the same arguments for every set.

Printed for each set, as the papers count: F1 over all causes of all cases, where a cause is right
only if it is exactly a true one (an ancestor named beside its descendant is dropped); `rows`, the
same where a cause also counts as right if its rows are a true one's (Jaccard 0.95 or more), since
what is sold in one region alone can be named by either; the share of cases without any mistake; the
share whose first answer is right; of cases without a cause, the share in which one is named; and
the median of CPU seconds a case. `--whole` goes on, for the better part of an hour, with whether p
is true, with speed and memory at a million and ten million rows, and with three engines side by
side; each is a benchmark of its own name.
"""

import argparse
import dataclasses
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from headway.analysis.methods import localisation
from headway.terms.policy import DEFAULT

WHOLE = (
    ("rootcause_calibration.py",),
    ("rootcause_scale.py", "--rows", "1000000", "10000000"),
    ("rootcause_engines.py",),
)
MEASURES = ("real", "predict", "real_a", "predict_a", "real_b", "predict_b")
SAME_ROWS = 0.95
WHERE = (
    "Name the folder of cases: --cases DIR. It has truth.jsonl and one Parquet file per set; one "
    "such folder with 288 cases lies beside this checkout in ../shared/data/rootcause/dev, where "
    "that is given, with a README on the origin of each set."
)

Chains = tuple[tuple[str, ...], ...]
Slice = Mapping[str, str | None]
Element = frozenset[tuple[str, str]]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Known:
    """One case of truth.jsonl."""

    case: str
    dataset: str
    causes: tuple[Slice, ...]
    hierarchies: Chains


@dataclasses.dataclass(kw_only=True)
class Score:
    """The counts of one set."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    same_rows: int = 0
    exact: list[bool] = dataclasses.field(default_factory=list)
    first: list[bool] = dataclasses.field(default_factory=list)
    alarms: list[bool] = dataclasses.field(default_factory=list)
    seconds: list[float] = dataclasses.field(default_factory=list)

    def add(
        self, known: Known, named: Iterable[Slice], *, cube: localisation.Cube, seconds: float
    ) -> None:
        """Count one case."""
        want = elements(known.causes, known.hierarchies)
        got = elements(named, known.hierarchies)
        right = sum(each in got for each in want)
        self.tp += right
        self.fn += len(want) - right
        self.fp += len(got) - right
        self.same_rows += matched(want, got, cube=cube)
        self.exact.append(right == len(want) == len(got))
        if want:
            self.first.append(bool(got) and got[0] in want)
        else:
            self.alarms.append(bool(got))
        self.seconds.append(seconds)

    def line(self, name: str) -> str:
        """The figures in one line."""
        either = 2 * self.tp + self.fp + self.fn
        has_causes = bool(self.first and either)
        figures = (
            2 * self.tp / either if has_causes else None,
            2 * self.same_rows / either if has_causes else None,
            mean(self.exact),
            mean(self.first),
            mean(self.alarms),
            statistics.median(self.seconds),
        )
        return f"{name:<10}{len(self.exact):>6}" + "".join(
            f"{'-' if each is None else format(each, '.3f'):>9}" for each in figures
        )


def mean(shares: list[bool]) -> float | None:
    return sum(shares) / len(shares) if shares else None


def elements(causes: Iterable[Slice], hierarchies: Chains) -> list[Element]:
    """The places without ancestors of what they name, each once, in the order given."""
    found = []
    for cause in causes:
        pairs = {name: str(value) for name, value in cause.items()}
        for chain in hierarchies:
            for name in [name for name in chain if name in pairs][:-1]:
                del pairs[name]
        if pairs and frozenset(pairs.items()) not in found:
            found.append(frozenset(pairs.items()))
    return found


def matched(want: list[Element], got: list[Element], *, cube: localisation.Cube) -> int:
    """How many true places are named, by themselves or by other words for the same rows."""
    left = [each for each in got if each not in want]
    found = len(got) - len(left)
    for true in (each for each in want if each not in got):
        mine = rows(cube, true)
        for other in left:
            theirs = rows(cube, other)
            either = int((mine | theirs).sum())
            if either and (mine & theirs).sum() / either >= SAME_ROWS:
                left.remove(other)
                found += 1
                break
    return found


def rows(cube: localisation.Cube, element: Element) -> npt.NDArray[np.bool_]:
    """Which rows lie in a place; None of a place that the rows do not have."""
    inside = np.ones(cube.rows, dtype=bool)
    for name, value in element:
        wanted = [k for k, each in enumerate(cube.values[name]) if str(each) == value]
        inside &= np.isin(cube.codes[name], wanted)
    return inside


def truth(folder: Path) -> dict[str, Known]:
    """Every known case, by its name."""
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    return {
        case["case"]: Known(
            case=case["case"],
            dataset=case["dataset"],
            causes=tuple(case["root_causes"]),
            hierarchies=tuple(tuple(chain) for chain in case.get("hierarchy") or ()),
        )
        for case in cases
    }


def cubes(path: Path, known: Mapping[str, Known]) -> Iterator[tuple[Known, localisation.Cube]]:
    """The cases of one set, which lie one after the other."""
    table = pq.read_table(path)
    table = table.set_column(
        table.schema.get_field_index("case"), "case", coded(table.column("case"))
    )
    cases = table.column("case").combine_chunks()
    number = cases.indices.to_numpy()
    edges = [0, *(np.flatnonzero(np.diff(number)) + 1).tolist(), len(number)]
    columns = {
        name: table.column(name).combine_chunks()
        if name in MEASURES
        else coded(table.column(name)).combine_chunks()
        for name in table.schema.names
    }
    for start, end in pairwise(edges):
        case = known[cases.dictionary[int(number[start])].as_py()]
        mine = {name: column.slice(start, end - start) for name, column in columns.items()}
        yield case, cube(mine, case.hierarchies)


def coded(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """A column of text as a dictionary, as which it may have come."""
    if pa.types.is_dictionary(column.type):
        return column.unify_dictionaries()
    return column.cast(pa.string()).dictionary_encode()


def cube(columns: dict[str, pa.Array], declared: Chains) -> localisation.Cube:
    codes, values = {}, {}
    for name, column in columns.items():
        if name == "case" or name in MEASURES or column.null_count == len(column):
            continue
        known, code = np.unique(column.indices.fill_null(-1).to_numpy(), return_inverse=True)
        codes[name] = code.astype(np.int32)
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


def tell(scores: Mapping[str, Score]) -> None:
    """Print a line for each set."""
    heads = ("F1", "rows", "exact", "first", "alarms", "CPU s")
    print(f"{'set':<10}{'cases':>6}" + "".join(f"{head:>9}" for head in heads))
    for name in sorted(scores):
        print(scores[name].line(name), flush=True)


def go_on() -> None:
    """Run the other benchmarks of the engine."""
    for name, *arguments in WHOLE:
        print(f"\n{' '.join((name, *arguments))}", flush=True)
        script = Path(__file__).with_name(name)
        subprocess.run([sys.executable, str(script), *arguments], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=Path, help="the folder of cases")
    parser.add_argument("--most", type=int, default=DEFAULT.max_causes, help="causes at most")
    parser.add_argument("--out", type=Path, help="write what was named, a line of JSON per case")
    parser.add_argument("--whole", action="store_true", help="calibration, speed, engines as well")
    asked = parser.parse_args()
    if asked.cases is None or not (asked.cases / "truth.jsonl").is_file():
        sys.exit(WHERE if asked.cases is None else f"No truth.jsonl in {asked.cases}. {WHERE}")
    policy = dataclasses.replace(DEFAULT, max_causes=asked.most)
    known = truth(asked.cases)
    scores: dict[str, Score] = {}
    lines = []
    for path in sorted(asked.cases.glob("*.parquet")):
        for case, given in cubes(path, known):
            began = time.process_time()
            found = localisation.localise(given, policy=policy)
            seconds = time.process_time() - began
            named = [place.slice for place in found.places]
            kinds = [place.kind for place in found.places]
            score = scores.setdefault(case.dataset, Score())
            score.add(case, named, cube=given, seconds=seconds)
            line = {"case": case.case, "root_causes": named, "kinds": kinds, "seconds": seconds}
            lines.append(json.dumps(line) + "\n")
    missing = len(known) - len(lines)
    if missing:
        sys.exit(
            f"{missing} of {len(known)} cases of truth.jsonl have no rows in any Parquet file."
        )
    if asked.out:
        asked.out.write_text("".join(lines), encoding="utf-8")
    print(f"at most {asked.most} causes")
    tell(scores)
    if asked.whole:
        go_on()


if __name__ == "__main__":
    main()
