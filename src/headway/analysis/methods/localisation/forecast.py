"""The noise model of dense leaf tables with a forecast: no cases, errors that scatter around it.

Every leaf deviates from its forecast by d = 2 (actual - base) / (actual + base). Ordinary leaves
scatter around the common move with a spread that depends on their size and is measured robustly.
All leaves of a place that moved share one deviation (the ripple effect), so its evidence is the sum
of its leaves'.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import Codes, Cube, Floats, Model
from headway.analysis.methods.localisation.cuboids import (
    Block,
    block,
    combinations_of,
    rows_of,
)
from headway.analysis.methods.localisation.search import Candidate, first

# Deviations a place may have made; between them a tolerance of a tenth.
LEVELS = (0.1, 0.15, 0.22, 0.33, 0.5, 0.7, 1.0, 1.4, 1.9)
TOLERANCE = 0.1
# No single leaf speaks louder than this, for or against (log likelihood).
CAP = 20.0
SIZE_GROUPS = 20
# A further place must have this share of the first one's evidence.
WORTH_NAMING = 0.03
SMALLEST_SPREAD = 1e-3
ENOUGH_LEAVES = 500


@dataclass(frozen=True, kw_only=True, eq=False)
class Leaves:
    """Leaves with a forecast: deviation from the common move, and spread of leaves of that size."""

    rows: Codes
    deviation: Floats
    spread: Floats
    common: float


def is_forecast(cube: Cube) -> bool:
    """Whether the rows are dense leaves of a forecast rather than sparse cases.

    They are when cases are not counted and the typical row that has anything has it in both periods
    and nearly alike: a deviation below 1 on the scale from 0 to 2. A sparse row has its deals in
    one period or the other, and deviates by 2.
    """
    if cube.model is not Model.SUM or cube.base.n is not None or cube.actual.n is not None:
        return False
    found = leaves(cube)
    return (
        len(found.rows) >= ENOUGH_LEAVES
        and float(np.median(np.abs(found.deviation + found.common))) < 1
    )


def leaves(cube: Cube) -> Leaves:
    """Deviation and robust spread of every row that has anything in either period."""
    base, actual = cube.base.total, cube.actual.total
    rows = np.flatnonzero((base + actual > 0) & (base >= 0) & (actual >= 0))
    size = base[rows] + actual[rows]
    raw = 2 * (actual[rows] - base[rows]) / size
    common = float(np.median(raw)) if len(raw) else 0.0
    deviation = raw - common
    return Leaves(rows=rows, deviation=deviation, spread=_spread(deviation, size), common=common)


def _spread(deviation: Floats, size: Floats) -> Floats:
    """1.4826 times the median absolute deviation among leaves of similar size."""
    if len(size) == 0:
        return np.ones(0)
    edges = np.unique(np.quantile(size, np.linspace(0, 1, SIZE_GROUPS + 1)[1:-1]))
    group = np.searchsorted(edges, size, side="right")
    spread = np.empty(len(size))
    for number in range(len(edges) + 1):
        mine = group == number
        if mine.any():
            spread[mine] = 1.4826 * float(np.median(np.abs(deviation[mine])))
    return np.maximum(spread, SMALLEST_SPREAD)


def evidence(found: Leaves) -> Floats:
    """Log likelihood ratio of each leaf having moved by each level, against none."""
    ordinary = (found.deviation / found.spread) ** 2
    ratios = []
    for level in (*LEVELS, *(-level for level in LEVELS)):
        wide = np.sqrt(found.spread**2 + (TOLERANCE * level) ** 2)
        moved = ((found.deviation - level) / wide) ** 2
        ratio = (ordinary - moved) / 2 - np.log(wide / found.spread)
        ratios.append(np.clip(ratio, -CAP, CAP))
    return np.array(ratios)


def ripples(cube: Cube, *, alpha: float, most: int) -> tuple[tuple[Candidate, ...], int]:
    """At most `most` places whose leaves moved alike, and how many places were looked at.

    Returns:
        Places in the order found, and the number of cells of all combinations of dimensions.

    References:
        P(likelihood ratio >= 1/a) <= a when nothing moved (Ville 1939), so that the family-wise p
        is at most places x levels x exp(-evidence). Ripple effect and deviation: Li et al. (2019),
        ISSRE; the search by summed evidence is subset scanning (Neill 2012, JRSS B 74:337-360) over
        slices.
    """
    found = leaves(cube)
    ratios = evidence(found)
    blocks = [
        block(cube, dimensions=dimensions, members=[dimensions])
        for depth in range(1, len(cube.dimensions) + 1)
        for dimensions in combinations_of(cube, conditions=depth)
    ]
    sums = [_summed(each, ratios, found.rows) for each in blocks]
    looked_at = sum(int((total != 0).any(axis=0).sum()) for total in sums)
    tries = looked_at * len(ratios)
    is_left = np.ones(len(found.rows), dtype=bool)
    places: list[Candidate] = []
    while len(places) < most:
        best = _best(blocks, sums, tries=tries, alpha=alpha)
        if best is None or (places and best.gain < WORTH_NAMING * places[0].gain):
            break
        places.append(best)
        mine = is_left & rows_of(cube, best.address)[found.rows]
        _take_out(blocks, sums, ratios=ratios, rows=found.rows, mine=mine)
        is_left &= ~mine
    return tuple(places), looked_at


def _summed(each: Block, ratios: Floats, rows: Codes) -> Floats:
    cell = each.cell_of(rows)
    return np.array([np.bincount(cell, ratio, each.cells) for ratio in ratios])


def _take_out(
    blocks: Sequence[Block],
    sums: Sequence[Floats],
    *,
    ratios: Floats,
    rows: Codes,
    mine: npt.NDArray[np.bool_],
) -> None:
    """Subtract the leaves of a place that was found from every sum."""
    for each, total in zip(blocks, sums, strict=True):
        total -= _summed(each, ratios[:, mine], rows[mine])  # noqa: PLW2901  in place


def _best(
    blocks: Sequence[Block], sums: Sequence[Floats], *, tries: int, alpha: float
) -> Candidate | None:
    candidates = []
    for each, total in zip(blocks, sums, strict=True):
        level, cell = np.unravel_index(int(np.argmax(total)), total.shape)
        height = float(total[level, cell])
        p = min(1.0, tries * float(np.exp(-max(height, 0.0))))
        if p > alpha:
            continue
        sign = 1.0 if level < len(LEVELS) else -1.0
        candidates.append(
            Candidate(
                address=each.cuboids[0].address(int(cell)),
                z=sign * float(np.sqrt(2 * height)),
                effect=sign * LEVELS[level % len(LEVELS)],
                gain=height,
                p=p,
            )
        )
    return first(candidates)
