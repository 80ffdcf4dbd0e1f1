"""How right the effect of coaching is about drawn sales forces in which it is planted.

    PYTHONPATH=src:. python benchmarks/coaching_effect.py [--draws 200] [--first 10000]
        [--through-bundle 0] [--size main gates small]

Who is coached is drawn by lot, by teams, because they are weak, or as a trap: the worst of each
quarter, who rise again by themselves (`tests/drawn_coaching.py`). `bias` and `error` (root mean
square) are in points of a practice rate, against the mean planted effect on those coached;
`covered` is how often the 90 % range holds it, `half` half of its width; then how often each
verdict was told, and `silent` how often a description alone. `before/after` is what a plain
comparison of those coached with their last quarter before says, and `rebound` what chance alone
makes of it where as many are the lowest of one quarter (domain model, 2.5.6). `--through-bundle N`
writes the first N as bundles and scores what `headway diagnose` writes of them.
Seeds below 10000 are for tuning.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tests import drawn_coaching
from tests.drawn_coaching import Drawn, Truth

from headway import facts
from headway.analysis.coaching import effect, thirds
from headway.analysis.coaching.panel import Panel
from headway.analysis.methods import rebound
from headway.cycle import diagnose
from headway.findings.strategy import coaching_effects
from headway.findings.strategy.coaching_effects import Effects
from headway.terms.coaching import CoachingEffect, EffectVerdict
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from headway.terms.survey import LEAST_ANSWERS

SIZES = {
    "main": {},
    "gates": {"people": 24, "managers": 12, "quarters": 6, "share": 0.5, "drift": 0.03},
    "small": {"people": 40, "managers": 8},
}
SCENARIOS = {
    "none, by lot": Truth(),
    "none, whole teams": Truth(picked="teams"),
    "none, weak teams": Truth(picked="weak_teams"),
    "none, worst picked": Truth(picked="worst"),
    "none, two bad quarters": Truth(picked="bad_spell"),
    "none, weak people": Truth(picked="weak"),
    "none, slipping people": Truth(picked="slipping"),
    "small (.03), by lot": Truth(effect=0.03),
    "small (.03), whole teams": Truth(effect=0.03, picked="teams"),
    "large (.10), by lot": Truth(effect=0.10),
    "large (.10), whole teams": Truth(effect=0.10, picked="teams"),
    "large (.10), worst picked": Truth(effect=0.10, picked="worst"),
    "large (.10), weak people": Truth(effect=0.10, picked="weak"),
    "only top (.15), by lot": Truth(effect=0.15, only=2),
    "harms (-.10), by lot": Truth(effect=-0.10),
}
TOLD = (EffectVerdict.HELPS, EffectVerdict.NO_EFFECT, EffectVerdict.HARMS)


@dataclass(kw_only=True)
class Score:
    """All draws of one scenario."""

    errors: list[float] = field(default_factory=list)
    covered: list[bool] = field(default_factory=list)
    halves: list[float] = field(default_factory=list)
    verdicts: Counter[EffectVerdict] = field(default_factory=Counter)
    rises: list[tuple[float, float]] = field(default_factory=list)

    def add(self, found: CoachingEffect | None, verdict: EffectVerdict, *, true: float) -> None:
        """Score one."""
        self.verdicts[verdict] += 1
        if found is not None:
            self.errors.append(found.estimate - true)
            self.covered.append(found.low <= true <= found.high)
            self.halves.append((found.high - found.low) / 2)

    def shown(self) -> str:
        """One line."""
        n = self.verdicts.total()
        told = "".join(f"{self.verdicts[each] / n:8.3f}" for each in TOLD)
        silent = self.verdicts[EffectVerdict.DESCRIPTION_ONLY] / n
        if not self.errors:
            return f"{'':40}{told}{silent:8.3f}"
        error = np.array(self.errors)
        figures = (error.mean(), np.sqrt((error**2).mean()))
        return (
            f"{figures[0]:+10.4f}{figures[1]:10.4f}{np.mean(self.covered):10.3f}"
            f"{np.mean(self.halves):10.4f}{told}{silent:8.3f}"
        )


def before_after(panel: Panel) -> tuple[float, float]:
    """Those coached, their quarters since less the one before; and the rebound chance would make.

    The rebound is that of a group as large picked below a cut of the quarter before.
    """
    rate = panel.k / np.maximum(panel.n, 1)
    coached = np.flatnonzero(panel.began < panel.quarters)
    rises = [
        rate[who, start:].mean() - rate[who, start - 1]
        for who, start in zip(coached, panel.began[coached], strict=True)
    ]
    first = int(panel.began.min())
    alike = float(np.corrcoef(rate[:, first - 2], rate[:, first - 1])[0, 1])
    picked = float((panel.began == first).mean())
    spread = float(rate[:, first - 1].std())
    return float(np.mean(rises)), rebound.expected(reliability=alike, spread=spread, share=picked)


def through_bundle(drawn: Drawn) -> Effects:
    """What `headway diagnose` says of it, from the file alone."""
    with tempfile.TemporaryDirectory() as scratch:
        bundle = facts.bundle.write(
            drawn_coaching.of(drawn), Path(scratch) / "bundle", file_type="parquet"
        )
        document = diagnose.diagnose(bundle, question=Question()).findings_json
    found = [each for each in document["coaching"] if each["scope"] == "seller@lena"]
    told = found[0]["effect"]
    made = told and CoachingEffect(**{k: v for k, v in told.items() if k != "outcome"})
    return Effects(effect=made, allocation=None, verdict=EffectVerdict(found[0]["verdict"]))


def scored(truth: Truth, *, seeds: range, bundles: int, name: str) -> tuple[Score, Score]:
    """What is found in the panel, and in as many bundles."""
    score, written = Score(), Score()
    for place, seed in enumerate(seeds):
        sys.stderr.write(f"\r{name}: {place + 1} of {len(seeds)}      ")
        drawn = drawn_coaching.draw(truth, seed=seed)
        panel = drawn_coaching.panel(drawn)
        found = coaching_effects.in_panel(panel, policy=DEFAULT)
        score.add(found.effect, found.verdict, true=drawn.effect)
        score.rises.append(before_after(panel))
        if place < bundles:
            found = through_bundle(drawn)
            written.add(found.effect, found.verdict, true=drawn.effect)
    sys.stderr.write("\r" + " " * 60 + "\r")
    return score, written


def by_third(*, seeds: range) -> Iterator[str]:
    """What is told of thirds where only the top gains .15."""
    found = []
    for seed in seeds:
        drawn = drawn_coaching.draw(SCENARIOS["only top (.15), by lot"], seed=seed)
        sides = effect.sides(drawn_coaching.panel(drawn), policy=DEFAULT)
        if sides is not None:
            found.append(
                [each and each.value for each in thirds.effects(sides, least=LEAST_ANSWERS)]
            )
    values = np.array(found, dtype=float)
    for place, name in enumerate(("early", "middle", "top")):
        yield f"{name:<10}{np.nanmean(values[:, place]):+8.3f}{np.nanstd(values[:, place]):8.3f}"


def main() -> None:
    """Draw, find, score, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--first", type=int, default=10_000)
    parser.add_argument("--through-bundle", type=int, default=0)
    parser.add_argument("--size", nargs="+", choices=list(SIZES), default=list(SIZES))
    asked = parser.parse_args()
    seeds = range(asked.first, asked.first + asked.draws)
    head = "".join(f"{each:>10}" for each in ("bias", "error", "covered", "half"))
    head += "".join(f"{each.value:>8.8}" for each in TOLD)
    for size in asked.size:
        print(f"\n{size}: {asked.draws} draws a row from seed {asked.first}")
        print(f"{'':<28}{head}  silent  before/after  rebound")
        for name, truth in SCENARIOS.items():
            sized = Truth(**{**vars(truth), **SIZES[size]})
            score, written = scored(sized, seeds=seeds, bundles=asked.through_bundle, name=name)
            rise, chance = np.mean(score.rises, axis=0)
            print(f"{name:<28}{score.shown()}{rise:+14.3f}{chance:+9.3f}", flush=True)
            if asked.through_bundle:
                print(f"{'  through a bundle':<28}{written.shown()}", flush=True)
    print("\nonly top (.15): the effect by third, mean and standard deviation")
    print("\n".join(by_third(seeds=seeds)))


if __name__ == "__main__":
    main()
