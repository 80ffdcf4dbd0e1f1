"""The results of people under several managers, drawn with a planted change since the launch."""

from dataclasses import dataclass

import numpy as np

from headway.analysis.strategy.moved import Results, Side
from headway.analysis.strategy.practised import Practice

_ITEMS = 10


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What is planted: win rates per person, and by how much those who practise win more.

    `practise` is the share of people who do; `season` lifts everybody in these days of each year,
    `drift` lifts those who practise from the middle of the days before the launch on, whatever they
    do. `years` of facts: in 1 nothing is known of the year before.
    """

    managers: int = 12
    team: int = 5
    practise: float = 0.5
    effect: float = 0.0
    season: float = 0.0
    drift: float = 0.0
    closings: float = 12.0
    years: int = 2


def people(truth: Drawn) -> tuple[str, ...]:
    """All of them."""
    return tuple(f"p{number:03d}" for number in range(truth.managers * truth.team))


def results(truth: Drawn, *, seed: int) -> Results:
    """One organisation: managers differ in what they win, and in how that changes by itself."""
    random = np.random.default_rng(seed)
    names = people(truth)
    managers = np.repeat(np.arange(truth.managers), truth.team)

    def differing(apart: float) -> np.ndarray:
        team = random.normal(0, apart, truth.managers)[managers]
        return np.asarray(team + random.normal(0, apart, len(names)))

    does = np.zeros(len(names), dtype=bool)
    chosen = random.permutation(len(names))[: round(truth.practise * len(names))]
    does[chosen] = True
    usual = 0.35 + 0.05 * differing(1)

    def closed(rate: np.ndarray, *, share: float = 1.0) -> Side:
        cases = random.poisson(truth.closings * share, len(names))
        won = random.binomial(cases, np.clip(rate, 0, 1))
        return Side(sums=won.astype(float), cases=cases.astype(float), closed=cases.astype(float))

    moving = 0.04 * differing(1)
    early, late = closed(usual, share=0.5), closed(usual + truth.drift * does, share=0.5)
    before = Side(
        sums=early.sums + late.sums,
        cases=early.cases + late.cases,
        closed=early.closed + late.closed,
    )
    lifted = truth.season + (truth.drift + truth.effect) * does
    since = closed(usual + moving + lifted)
    then = 0.04 * differing(1)
    year_ago = (closed(usual), closed(usual + then + truth.season))
    counts = {name: (_ITEMS * int(each), _ITEMS) for name, each in zip(names, does, strict=True)}
    return Results(
        reason=None,
        unit="share",
        people={name: place for place, name in enumerate(names)},
        managers=managers,
        early=early,
        late=late,
        before=before,
        since=since,
        year_ago=year_ago if truth.years > 1 else None,
        practice=Practice(
            since=counts,
            early={},
            late={},
            before=dict.fromkeys(names, (0, _ITEMS)),
            correlation=0.0,
            correlation_before=0.0,
        ),
    )
