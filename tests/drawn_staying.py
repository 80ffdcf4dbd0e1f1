"""Drawn sales forces in which people leave, and coaching has the part in it that was planted.

Teams differ in how many leave and in how regularly they coach; whoever is new leaves more often and
is coached more or less often, and so it is in weak teams: what a plain comparison would take for
coaching. Who leaves is replaced.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.coaching.staying import AtRisk

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Truth:
    """`effect` is by how much more of those coached stay a quarter (a share).

    `hazard` is the usual share who leave in one; `teams_apart` the spread of the odds of leaving
    between teams, `habits_apart` that of the odds of coaching. `new_coached` and `weak_coached` are
    how otherwise the new, and weak teams, are coached (in log odds).
    """

    managers: int = 16
    team: int = 7
    quarters: int = 6
    hazard: float = 0.06
    effect: float = 0.0
    teams_apart: float = 0.5
    habits_apart: float = 1.5
    new_coached: float = 1.0
    weak_coached: float = -1.0


def draw(truth: Truth, *, seed: int) -> AtRisk:
    """One sales force as it was seen, quarter by quarter."""
    random = np.random.default_rng(seed)
    count = truth.managers * truth.team
    manager = np.repeat(np.arange(truth.managers), truth.team)
    is_weak = random.permutation(truth.managers) % 2
    leaving = random.normal(0, truth.teams_apart, truth.managers)
    habit = random.normal(0, truth.habits_apart, truth.managers) + truth.weak_coached * (
        is_weak - 0.5
    )
    tenure = random.integers(0, 16, count)
    person, newest = np.arange(count), count
    rows: list[tuple[npt.NDArray[np.intp], ...]] = []
    for quarter in range(truth.quarters):
        band = np.digitize(tenure, (4, 12))
        is_coached = random.random(count) < _share(
            habit[manager] + truth.new_coached * (1 - band) / 2
        )
        odds = leaving[manager] + 0.4 * is_weak[manager] + 0.5 * (1 - band)
        risk = _share(np.log(truth.hazard / (1 - truth.hazard)) + odds) - truth.effect * is_coached
        has_left = random.random(count) < np.clip(risk, 0, 1)
        stratum = (quarter * 3 + band) * 2 + is_weak[manager]
        rows.append((person, manager, stratum, is_coached, has_left))
        gone = int(has_left.sum())
        person = person.copy()
        person[has_left] = newest + np.arange(gone)
        newest += gone
        tenure = np.where(has_left, 0, tenure + 1)
    joined = [np.concatenate(column) for column in zip(*rows, strict=True)]
    return AtRisk(
        person=joined[0],
        manager=joined[1],
        stratum=joined[2],
        is_coached=joined[3].astype(bool),
        has_left=joined[4].astype(bool),
    )


def _share(odds: Array) -> Array:
    found: Array = 1 / (1 + np.exp(-odds))
    return found
