"""How right it is about coaching and staying in drawn sales forces in which it is planted.

    PYTHONPATH=src:. python benchmarks/coaching_staying.py [--draws 1000]

Teams differ in how many leave and how regularly they coach; the new, and weak teams, leave more
often and are coached otherwise (`tests/drawn_staying.py`). `plain` is how far a comparison of the
two rates as they are is off, `off` how far ours is, both on average and in points a quarter;
`covered` is how often the 90 % range holds what was planted, `told` how often it lies on one side
of nothing, `half` half of its width, `silent` how often a gate is not met.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from tests import drawn_staying
from tests.drawn_staying import Truth

from headway.analysis.coaching import staying
from headway.terms.policy import DEFAULT

FORCES = {
    "16 teams of 7": Truth(),
    "whole teams coached": Truth(habits_apart=4.0),
    "12 teams of 5, three quarters": Truth(managers=12, team=5, quarters=3),
    "at the gates": Truth(managers=12, team=4, quarters=2, hazard=0.08),
    "60 teams of 7": Truth(managers=60, quarters=8),
    "teams far apart": Truth(teams_apart=1.0),
    "few leave": Truth(hazard=0.03),
}
EFFECTS = (0.0, 0.02)


def scored(truth: Truth, *, draws: int) -> Iterator[str]:
    """The columns of one row."""
    values, plain, halves, held, told = [], [], [], 0, 0
    for seed in range(draws):
        seen = staying.comparable(drawn_staying.draw(truth, seed=seed))
        found = None if staying.lacks(seen, policy=DEFAULT) else staying.difference(seen)
        if found is None:
            continue
        low, high = found.ends(DEFAULT.interval_level)
        values.append(found.value - truth.effect)
        rates = [staying.side(seen, is_coached=each).rate for each in (True, False)]
        plain.append(rates[0] - rates[1] - truth.effect)
        halves.append((high - low) / 2)
        held += low <= truth.effect <= high
        told += low > 0 or high < 0
    count = max(len(values), 1)
    yield f"{100 * np.mean(plain):+6.2f}"
    yield f"{100 * np.mean(values):+6.2f}"
    yield f"{held / count:7.3f}"
    yield f"{told / count:6.3f}"
    yield f"{100 * np.mean(halves):5.1f}"
    yield f"{1 - len(values) / draws:6.3f}"


def main() -> int:
    """Print one row for each force and effect."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=1000)
    draws = parser.parse_args().draws
    print(f"{'force':32}{'planted':>8}  plain    off  covered   told  half silent")
    for name, truth in FORCES.items():
        for effect in EFFECTS:
            columns = " ".join(scored(replace(truth, effect=effect), draws=draws))
            print(f"{name:32}{100 * effect:8.1f} {columns}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
