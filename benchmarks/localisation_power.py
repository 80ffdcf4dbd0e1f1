"""How often the engine cries wolf, and how small a fall it still sees.

    python benchmarks/localisation_power.py [--cases 200]

False alarms: quiet organisations of 1,500 deals, per model, with the 95 % Wilson interval; and with
more dimensions. Power: share of organisations of 6,000 deals in which exactly the planted place is
named, by size of the place (deals over both periods) and by what is left of its win rate.
"""

import argparse
import math
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from analysis.methods.planted_deals import Deals, fewer_won, moved, quiet
from headway.analysis.methods.localisation import Model, localise
from headway.terms.policy import DEFAULT

SIZES = (60, 100, 300, 600, 1000)
LEFT = (0.3, 0.5, 0.7, 0.9)


def wilson(k: int, n: int) -> tuple[float, float]:
    z = 1.96
    middle = (k + z * z / 2) / (n + z * z)
    reach = z * math.sqrt(k * (n - k) / n + z * z / 4) / (n + z * z)
    return middle - reach, middle + reach


def alarms(model: Model, *, cases: int, more: int = 0) -> str:
    k = sum(
        bool(localise(quiet(seed=seed, n=1500, more=more).cube(model), policy=DEFAULT).places)
        for seed in range(5000, 5000 + cases)
    )
    low, high = wilson(k, cases)
    return f"{k} of {cases} ({100 * low:.1f} % to {100 * high:.1f} %)"


def with_place(deals: Deals, *, size: int, seed: int) -> Deals:
    """The deals with a further dimension, one value of which holds `size` deals drawn at random."""
    codes = np.ones(len(deals.period), dtype=int)
    chosen = np.random.default_rng(seed).choice(len(codes), size, replace=False)
    codes[chosen] = 0
    return deals.with_column("channel", codes, ("channel-0", "others"))


def power(*, size: int, left: float, cases: int) -> float:
    found = 0
    for seed in range(7000, 7000 + cases):
        deals = with_place(quiet(seed=seed), size=size, seed=seed)
        deals = moved(deals, {"channel": "channel-0"}, how=fewer_won(left))
        # A third value keeps the two from being each other's mirror.
        codes = deals.codes["channel"].copy()
        codes[(codes == 1) & (np.arange(len(codes)) % 2 == 0)] = 2
        deals = replace(
            deals,
            codes={**deals.codes, "channel": codes},
            values={**deals.values, "channel": ("channel-0", "channel-1", "channel-2")},
        )
        places = localise(deals.cube(Model.BINOMIAL), policy=DEFAULT).places
        found += [place.slice for place in places] == [{"channel": "channel-0"}]
    return found / cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, default=200)
    asked = parser.parse_args()
    print("False alarms")
    for model in Model:
        print(f"  {model:<9} {alarms(model, cases=asked.cases)}", flush=True)
    print(f"  binomial, 3 more dimensions: {alarms(Model.BINOMIAL, cases=asked.cases, more=3)}")
    print("Power: win rate left (across), deals in the place over both periods (down)")
    print("        " + "".join(f"{left:>8}" for left in LEFT))
    for size in SIZES:
        row = [power(size=size, left=left, cases=max(asked.cases // 8, 5)) for left in LEFT]
        print(f"  {size:>6}" + "".join(f"{share:>8.2f}" for share in row), flush=True)


if __name__ == "__main__":
    main()
