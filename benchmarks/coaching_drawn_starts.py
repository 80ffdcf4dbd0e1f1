"""How right the effect of coaching is where lots were drawn which team starts when.

    PYTHONPATH=src:. python benchmarks/coaching_drawn_starts.py [--draws 300] [--first 10000]

Sales forces whose teams all start, in waves of one quarter each (`tests/drawn_coaching.py`): bias,
error (root mean square) and half the width of the range in points of a practice rate. `covered` is
how often the 90 % range holds the mean planted effect, `helps` how often that is told: wrongly
where nothing is planted. `as is` is half the width without the adjustment by the year before,
`sessions` that of the comparison with those not yet coached, which stands where nothing was drawn.
"""

import argparse
from dataclasses import replace

import numpy as np
from tests import drawn_coaching
from tests.drawn_coaching import Truth

from headway.analysis.coaching import drawn_starts
from headway.findings.strategy import coaching_effects
from headway.terms.coaching import EffectVerdict
from headway.terms.policy import DEFAULT

SIZES = {
    "20 teams of 10, 4 waves": {"people": 200, "managers": 20, "quarters": 9},
    "12 teams of 6, 4 waves": {"people": 72, "managers": 12, "quarters": 9},
    "12 teams of 2, 4 waves": {"people": 24, "managers": 12, "quarters": 9},
    "8 teams of 8, 4 waves": {"people": 64, "managers": 8, "quarters": 9},
    "20 teams of 10, 3 waves": {"people": 200, "managers": 20, "quarters": 8, "waves": 3},
}


def row(truth: Truth, *, seeds: range) -> str:
    """One line of figures."""
    errors, covered, halves, sessions, plain = [], [], [], [], []
    helps = 0
    for seed in seeds:
        drawn = drawn_coaching.draw(truth, seed=seed)
        made = drawn_coaching.trial(drawn)
        found = drawn_starts.effect(made, policy=DEFAULT)
        if found is None:
            continue
        errors.append(found.value - drawn.effect)
        covered.append(found.low <= drawn.effect <= found.high)
        halves.append((found.high - found.low) / 2)
        told = coaching_effects.verdict(found.low, found.high, policy=DEFAULT)
        helps += told is EffectVerdict.HELPS
        alike = replace(made, before=np.zeros_like(made.before))
        as_is = drawn_starts.effect(alike, policy=DEFAULT)
        plain.append(np.nan if as_is is None else (as_is.high - as_is.low) / 2)
        beside = coaching_effects.in_panel(drawn_coaching.panel(drawn), policy=DEFAULT).effect
        sessions.append(np.nan if beside is None else (beside.high - beside.low) / 2)
    n = len(seeds)
    if not errors:
        return f"{'silent in all':>20}"
    error = np.array(errors)
    figures = (error.mean(), np.sqrt((error**2).mean()))
    widths = "".join(
        f"{np.nanmean(each) if not np.isnan(each).all() else np.nan:10.4f}"
        for each in (np.array(halves), np.array(plain), np.array(sessions))
    )
    return (
        f"{figures[0]:+9.4f}{figures[1]:9.4f}{np.mean(covered):9.3f}{helps / n:9.3f}"
        f"{1 - len(errors) / n:9.3f}{widths}"
    )


def main() -> None:
    """Draw, find, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=300)
    parser.add_argument("--first", type=int, default=10_000)
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.draws)
    names = ("bias", "error", "covered", "helps", "silent")
    head = "".join(f"{each:>9}" for each in names)
    head += "".join(f"{each:>10}" for each in ("half", "as is", "sessions"))
    print(f"{asked.draws} draws a row from seed {asked.first}\n{'':<34}{head}")
    for name, size in SIZES.items():
        for planted in (0.0, 0.03, 0.10):
            truth = Truth(effect=planted, picked="waves", **size)
            print(f"{name + f', {planted:.2f}':<34}{row(truth, seeds=seeds)}", flush=True)


if __name__ == "__main__":
    main()
