"""How often a first break is named, and how often wrongly, in drawn organisations.

    python benchmarks/naming.py [--rounds 120] [--seed 1]

Each organisation has twelve groups and seven links. The true share of a link in a group is drawn
around the organisation's; who answers yes is drawn from it. The true first break is the first link
whose true share is at most .55 (target .70, margin .15). Four rules name it: the first share seen
at most .55; and the one we use, at 80 %, with three priors: flat, pooled, fitted to the groups.
`named` is the share of groups for which a rule names a link or says that none breaks; `wrong` the
share of those where it is another.
"""

import argparse
import sys
from collections.abc import Sequence

import numpy as np
from scipy.special import betainc

from headway.analysis.methods import posterior
from headway.analysis.methods.posterior import JEFFREYS, Beta

LINKS, GROUPS, FITTED_GROUPS = 7, 12, 15
TARGET, MARGIN, SURE = 0.70, 0.15, 0.80
BREAK_AT = TARGET - MARGIN
HEALTHY = [0.80] * LINKS
NEAR = [0.62] * LINKS
BROKEN = [0.74, 0.74, 0.74, 0.40, 0.45, 0.45, 0.45]
CASES = (
    ("break at the fourth link", BROKEN, 12, 6),
    ("break at the fourth link", BROKEN, 12, 10),
    ("break at the fourth link", BROKEN, 12, 20),
    ("all healthy", HEALTHY, 12, 6),
    ("all healthy", HEALTHY, 12, 20),
    ("all near the threshold, alike", NEAR, 25, 6),
)
NONE = LINKS


def first(is_broken: np.ndarray) -> np.ndarray:
    """The first link of each group that is broken; `NONE` where none is."""
    return np.where(is_broken.any(axis=1), is_broken.argmax(axis=1), NONE)


def named(p_broken: np.ndarray) -> np.ndarray:
    """The link that each group's distribution names, `NONE`, or -1 where it is not sharp enough."""
    holds = np.cumprod(1 - p_broken, axis=1)
    before = np.hstack([np.ones((len(holds), 1)), holds[:, :-1]])
    q = np.hstack([p_broken * before, holds[:, -1:]])
    return np.where(q.max(axis=1) >= SURE, q.argmax(axis=1), -1)


def p_broken(yes: np.ndarray, *, n: int, priors: Sequence[Beta]) -> np.ndarray:
    """The probability that each link of each group is at the margin or below."""
    a = np.array([prior.a for prior in priors])
    b = np.array([prior.b for prior in priors])
    return betainc(yes + a, n - yes + b, BREAK_AT)


def pooled(yes: np.ndarray, *, n: int) -> list[Beta]:
    """What the groups together say of each link, worth six cases."""
    rows = (yes[:, link].sum() / (n * len(yes)) for link in range(LINKS))
    near = 0.5 / (n * len(yes) + 1)
    means = [min(max(mean, near), 1 - near) for mean in rows]
    six = posterior.CONCENTRATION
    return [Beta(a=six * mean, b=six * (1 - mean)) for mean in means]


def fitted(yes: np.ndarray, *, n: int) -> list[Beta]:
    """The prior of greatest likelihood for each link, where there are enough groups to fit it."""
    return [posterior.prior_of([(k, n) for k in yes[:, link]]) for link in range(LINKS)]


def drawn(
    draw: np.random.Generator, *, means: Sequence[float], alike: float, groups: int, n: int
) -> tuple[np.ndarray, np.ndarray]:
    """The true first break of each group, and how many of n say yes to each link."""
    mean = np.array(means)
    truths = draw.beta(mean * alike, (1 - mean) * alike, size=(groups, LINKS))
    return first(truths <= BREAK_AT), draw.binomial(n, truths)


class Tally:
    """Groups seen, named and named wrongly by one rule."""

    def __init__(self) -> None:
        self.seen = self.named = self.wrong = 0

    def add(self, said: np.ndarray, truth: np.ndarray) -> None:
        is_named = said >= 0
        self.seen += len(said)
        self.named += int(is_named.sum())
        self.wrong += int((said[is_named] != truth[is_named]).sum())

    def __str__(self) -> str:
        wrong = self.wrong / self.named if self.named else 0.0
        return f"{self.named / self.seen:4.2f} / {wrong:4.2f}"


def main() -> None:
    """Print one row per kind of organisation and size of group."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=120)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    draw = np.random.default_rng(asked.seed)
    print(f"{asked.rounds} organisations a row; named / wrong of named")
    print(f"{'organisation':<32}{'n':>3}  first seen   flat prior   pooled       fitted")
    for name, means, alike, n in CASES:
        tallies = [Tally() for _ in range(4)]
        for done in range(asked.rounds):
            sys.stderr.write(f"\r{name}, n {n}: {done + 1} of {asked.rounds}   ")
            truth, yes = drawn(draw, means=means, alike=alike, groups=GROUPS, n=n)
            tallies[0].add(first(yes / n <= BREAK_AT), truth)
            flat = [JEFFREYS] * LINKS
            for tally, priors in zip(tallies[1:3], (flat, pooled(yes, n=n)), strict=True):
                tally.add(named(p_broken(yes, n=n, priors=priors)), truth)
            truth, yes = drawn(draw, means=means, alike=alike, groups=FITTED_GROUPS, n=n)
            tallies[3].add(named(p_broken(yes, n=n, priors=fitted(yes, n=n))), truth)
        sys.stderr.write("\r" + " " * 60 + "\r")
        print(f"{name:<32}{n:>3}  " + "  ".join(str(tally) for tally in tallies))


if __name__ == "__main__":
    main()
