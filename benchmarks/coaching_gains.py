"""How often one third is said to gain most from coaching, where it does and where none does.

    PYTHONPATH=src:. python benchmarks/coaching_gains.py [--draws 500] [--first 10000]
        [--size large main gates small]

Sales forces as in `coaching_effect.py`, coached by lot or as a trap; coaching gives everybody the
same, or only one third of them by where they stand. `right` is how often the third that gains is
named, `wrong` how often another is (where nothing differs: any). `told` is how often thirds can be
told at all, `silent` how often a description alone stands. Seeds below 10000 are for tuning.
"""

import argparse
import sys
from collections import Counter

import coaching_effect
from tests import drawn_coaching
from tests.drawn_coaching import Truth

from headway.findings.strategy import coaching_effects
from headway.terms.coaching import EffectVerdict, PracticeThird
from headway.terms.policy import DEFAULT

SIZES = {"large": {"people": 600, "managers": 60}, **coaching_effect.SIZES}
SCENARIOS = {
    "none, by lot": Truth(),
    "none, whole teams": Truth(picked="teams"),
    "none, worst picked": Truth(picked="worst"),
    "none, two bad quarters": Truth(picked="bad_spell"),
    "none, weak people": Truth(picked="weak"),
    "none, slipping people": Truth(picked="slipping"),
    "all .10, by lot": Truth(effect=0.10),
    "all .10, worst picked": Truth(effect=0.10, picked="worst"),
    "all .10, weak people": Truth(effect=0.10, picked="weak"),
    "all .20, by lot": Truth(effect=0.20),
    **{
        f"only {third.value} .{points:02}, by lot": Truth(effect=points / 100, only=2 - place)
        for points in (10, 15, 25)
        for place, third in enumerate(PracticeThird)
    },
    "only top .25, worst picked": Truth(effect=0.25, only=2, picked="worst"),
    "only early .25, weak people": Truth(effect=0.25, only=0, picked="weak"),
}


def shown(truth: Truth, *, seeds: range, name: str) -> str:
    """One line."""
    counts: Counter[str] = Counter()
    gains = None if truth.only is None else tuple(PracticeThird)[2 - truth.only]
    for place, seed in enumerate(seeds):
        sys.stderr.write(f"\r{name}: {place + 1} of {len(seeds)}      ")
        drawn = drawn_coaching.draw(truth, seed=seed)
        found = coaching_effects.in_panel(drawn_coaching.panel(drawn), policy=DEFAULT)
        counts["silent"] += found.verdict is EffectVerdict.DESCRIPTION_ONLY
        counts["told"] += len(found.by_third) == len(PracticeThird)
        if found.gains_most is not None:
            counts["right" if found.gains_most is gains else "wrong"] += 1
    sys.stderr.write("\r" + " " * 60 + "\r")
    columns = ("right", "wrong", "told", "silent")
    return "".join(f"{counts[each] / len(seeds):9.3f}" for each in columns)


def main() -> None:
    """Draw, find, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--first", type=int, default=10_000)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.draws)
    for size in asked.size:
        print(f"\n{size}: {asked.draws} draws a row from seed {asked.first}")
        print(f"{'':<28}    right    wrong     told   silent")
        for name, truth in SCENARIOS.items():
            sized = Truth(**{**vars(truth), **SIZES[size]})
            print(f"{name:<28}{shown(sized, seeds=seeds, name=name)}", flush=True)


if __name__ == "__main__":
    main()
