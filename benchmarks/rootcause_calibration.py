"""Whether p is true where nothing happened: the share of quiet cases with so small a p.

    python benchmarks/rootcause_calibration.py [--cases 200] [--rows 4000]

Each case is drawn anew: opportunities of two periods in which every value has its own rate and
size, and nothing moves. Per result (win rate, average amount, bookings), number of dimensions and
values of each: the share of cases whose smallest p is at most 0.01, 0.05 and 0.10, with its 95 %
Wilson limits. A p that is true stands in at most that share; one that is too small stands in more.
Then dense tables with a forecast for each leaf, off by errors of several sizes and shapes.
"""

import argparse
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import localisation
from headway.analysis.methods.localisation import Cube, Model, Side
from headway.terms.policy import DEFAULT

LEVELS = (0.01, 0.05, 0.10)
DIMENSIONS = (3, 7, 12)
# The numbers of values that dimensions take in turn.
VALUES = {"2 to 10": (2, 4, 6, 10), "10 to 200": (10, 30, 80, 200)}
RESULTS = {
    "win rate": Model.BINOMIAL,
    "average amount": Model.MEAN,
    "bookings": Model.SUM,
}
# Of dense tables: values of the dimensions, sizes of the errors in shares of a forecast, shapes.
DENSE = {"5,760 leaves": (8, 12, 10, 6), "44,100 leaves": (10, 21, 15, 14)}
ERRORS = (0.05, 0.15, 0.25)
SHAPES = {
    "normal": lambda rng, n: rng.standard_normal(n),
    "Laplace": lambda rng, n: rng.laplace(size=n) / math.sqrt(2),
}
SEED = 20_261_128
# Causes beyond the usual three would hide no smaller p.
MOST = 8


def drawn(model: Model, *, rows: int, sizes: Sequence[int], rng: np.random.Generator) -> Cube:
    """A quiet case: values differ from each other, the two periods do not, but for their volume."""
    names = [f"d{number}" for number in range(len(sizes))]
    codes = {
        name: rng.choice(size, rows, p=rng.dirichlet(np.full(size, 3.0)))
        for name, size in zip(names, sizes, strict=True)
    }
    effect = sum(
        (rng.normal(0, 0.3, size)[codes[name]] for name, size in zip(names, sizes, strict=True)),
        start=np.zeros(rows),
    )
    period = (rng.random(rows) < rng.uniform(0.45, 0.55)).astype(np.int8)
    is_won = rng.random(rows) < 1 / (1 + np.exp(0.8 - effect))
    amount = np.round(np.exp(9 + effect + rng.normal(0, 0.7, rows)), 2)
    is_rate = model is Model.BINOMIAL
    kept = np.ones(rows, dtype=bool) if is_rate else is_won
    return localisation.of_cases(
        codes={name: column[kept] for name, column in codes.items()},
        values={
            name: tuple(f"{name}-{value}" for value in range(size))
            for name, size in zip(names, sizes, strict=True)
        },
        period=period[kept],
        total=(is_won.astype(np.float64) if is_rate else amount)[kept],
        model=model,
    )


def forecast(
    error: npt.NDArray[np.float64], *, sizes: Sequence[int], rng: np.random.Generator
) -> Cube:
    """A quiet dense table: each leaf is its forecast, off by an error."""
    names = [f"d{number}" for number in range(len(sizes))]
    expected = rng.lognormal(4, 1, math.prod(sizes))
    return Cube(
        codes=dict(zip(names, np.indices(tuple(sizes)).reshape(len(sizes), -1), strict=True)),
        values={
            name: tuple(f"{name}-{value}" for value in range(size))
            for name, size in zip(names, sizes, strict=True)
        },
        base=Side(n=None, total=expected),
        actual=Side(n=None, total=expected * np.maximum(1 + error, 0)),
        model=Model.SUM,
    )


def smallest_p(cube: Cube) -> float:
    """The smallest p of any place; 1 where none is at most the largest level."""
    policy = replace(DEFAULT, family_wise_error=max(LEVELS), max_causes=MOST)
    return min((place.p for place in localisation.localise(cube, policy=policy).places), default=1)


def wilson(k: int, n: int) -> tuple[float, float]:
    z = 1.96
    middle = (k + z * z / 2) / (n + z * z)
    reach = z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return max(middle - reach, 0.0), middle + reach


def told(p: Sequence[float], level: float) -> str:
    k = sum(each <= level for each in p)
    low, high = wilson(k, len(p))
    return f"{100 * k / len(p):5.1f} % ({100 * low:.1f} to {100 * high:.1f})".rjust(24)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200)
    parser.add_argument("--rows", type=int, default=4000, help="decided opportunities a case")
    asked = parser.parse_args()
    print("result          dims  values   " + "".join(f"p <= {x:.2f}".rjust(24) for x in LEVELS))
    whole: list[float] = []
    for number, (result, model) in enumerate(RESULTS.items()):
        for count in DIMENSIONS:
            for values, ladder in VALUES.items():
                sizes = [ladder[place % len(ladder)] for place in range(count)]
                rng = np.random.default_rng([SEED, number, count, *ladder])
                p = [
                    smallest_p(drawn(model, rows=asked.rows, sizes=sizes, rng=rng))
                    for _ in range(asked.cases)
                ]
                whole += p
                line = "".join(told(p, level) for level in LEVELS)
                print(f"{result:<16}{count:>4}  {values:<9}{line}", flush=True)
    print("all".ljust(31) + "".join(told(whole, level) for level in LEVELS))
    for place, (leaves, sizes) in enumerate(DENSE.items()):
        for shape, errors in SHAPES.items():
            for error in ERRORS:
                rng = np.random.default_rng([SEED, place, len(shape), round(100 * error)])
                p = [
                    smallest_p(
                        forecast(error * errors(rng, math.prod(sizes)), sizes=sizes, rng=rng)
                    )
                    for _ in range(asked.cases)
                ]
                line = "".join(told(p, level) for level in LEVELS)
                print(f"{leaves}, {shape}, {error:.2f}".ljust(31) + line, flush=True)


if __name__ == "__main__":
    main()
