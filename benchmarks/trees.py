"""How exactly contributions sum to the change, on random trees with zeros and negative values.

A tree is a sum of segments, each a product of factors, some of which are products of parts
themselves. Printed is the largest relative residual over all nodes: of the whole tree (its factors
against the change), and of a factor (its parts against what it carries). The residual is held
against the largest of the node's two values and its contributions: where a change is the small rest
of two large numbers, no arithmetic of 53 bits knows it better.

    python benchmarks/trees.py [--trees 10000] [--seed 1]
"""

import argparse
import math
import sys

import numpy as np

from headway.analysis.methods import decomposition
from headway.analysis.methods.decomposition import Floats

ALLOWED = 1e-9
ZERO_SHARE, NEGATIVE_SHARE, SMALLEST = 0.12, 0.1, 1e-300


def numbers(size: tuple[int, int], *, random: np.random.Generator, is_signed: bool) -> Floats:
    """Log-normal numbers, some zero, some negative where asked for."""
    found = random.lognormal(0, 2, size)
    found[random.random(size) < ZERO_SHARE] = 0
    if is_signed:
        found[random.random(size) < NEGATIVE_SHARE] *= -1
    return found


def residual_of_tree(random: np.random.Generator) -> float:
    """The largest relative residual of one random tree."""
    factors, segments = int(random.integers(2, 7)), int(random.integers(1, 9))
    is_signed = bool(random.random() < 1 / 2)
    base, actual = (
        numbers((factors, segments), random=random, is_signed=is_signed) for _ in range(2)
    )
    parts = int(random.integers(2, 5))
    base_parts, actual_parts = (
        numbers((parts, segments), random=random, is_signed=False) for _ in range(2)
    )
    base[0], actual[0] = base_parts.prod(axis=0), actual_parts.prod(axis=0)
    found = decomposition.of_product(base, actual)
    before, now = (math.fsum(side.prod(axis=0)) for side in (base, actual))
    size = max(abs(before), abs(now), float(np.abs(found.totals).max()), SMALLEST)
    whole = abs(math.fsum(found.totals) - (now - before)) / size
    cut = decomposition.split(found.weights[0], base=base_parts, actual=actual_parts)
    carried = found.by_factor[0]
    scale = np.maximum(np.abs(carried), np.abs(cut).max(axis=0)) + SMALLEST
    return max(whole, float((np.abs(cut.sum(axis=0) - carried) / scale).max()))


def largest_residual(*, trees: int, seed: int) -> float:
    """The largest relative residual over so many random trees."""
    random = np.random.default_rng(seed)
    return max(residual_of_tree(random) for _ in range(trees))


def main() -> int:
    """Exit 0 if the residual is within what is allowed."""
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--trees", type=int, default=10_000)
    wanted.add_argument("--seed", type=int, default=1)
    asked = wanted.parse_args()
    worst = largest_residual(trees=asked.trees, seed=asked.seed)
    print(f"{asked.trees} random trees: largest relative residual {worst:.2e}")
    print(f"allowed: {ALLOWED:.0e}")
    return int(worst > ALLOWED)


if __name__ == "__main__":
    sys.exit(main())
