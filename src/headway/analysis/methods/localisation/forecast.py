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
SMALLEST_SPREAD = 1e-3
ENOUGH_LEAVES = 500
# Spreads from the densest values within which a leaf is ordinary.
NEAR = 1.5
# How many of the outermost leaves say how far the tail reaches.
TAIL = 20


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
    size: Floats = (base[rows] + actual[rows]).astype(np.float64)
    raw = 2 * (actual[rows] - base[rows]) / size
    common = _ordinary(raw)
    deviation = raw - common
    return Leaves(rows=rows, deviation=deviation, spread=_spread(deviation, size), common=common)


def _ordinary(values: Floats) -> float:
    """The median of the values that lie about the densest of them; 0 of none.

    The densest alone are found within much wider limits than the median of ordinary leaves is.
    """
    if not len(values):
        return 0.0
    off = np.abs(values - _densest(values))
    return float(np.median(values[off <= NEAR * 1.4826 * np.median(off)]))


def _densest(values: Floats) -> float:
    """The middle of the shortest stretch that holds half of the values.

    The median of all would be drawn towards the leaves that moved, where they are many.

    References:
        Least median of squares in one dimension: Rousseeuw (1984), JASA 79:871-880.
    """
    ordered = np.sort(values)
    half = len(ordered) // 2
    start = int(np.argmin(ordered[half:] - ordered[: len(ordered) - half]))
    return float(ordered[start] + ordered[start + half]) / 2


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
        # Being wide, a level would explain even a far leaf of the other sign better than no move.
        is_opposite = found.deviation * level < 0
        ratios.append(np.clip(np.where(is_opposite, np.minimum(ratio, 0.0), ratio), -CAP, CAP))
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
    sums = [_summed(cube, each, ratios, found.rows) for each in blocks]
    looked_at = sum(int((total != 0).any(axis=0).sum()) for total in sums)
    tries = looked_at * len(ratios)
    is_left = np.ones(len(found.rows), dtype=bool)
    places: list[Candidate] = []
    while len(places) < most:
        best = _best(blocks, sums, tries=tries, alpha=alpha)
        if best is None:
            break
        mine = is_left & rows_of(cube, best.address)[found.rows]
        is_sure = _is_ripple(
            found.deviation, mine=mine, others=is_left & ~mine, level=best.effect
        ) and _is_beyond_tail(
            found,
            mine=mine,
            others=is_left & ~mine,
            level=best.effect,
            needed=np.log(tries / alpha),
        )
        if not is_sure:
            _strike_out(blocks, sums, best)
            continue
        places.append(best)
        _take_out(cube, blocks, sums, ratios=ratios[:, mine], rows=found.rows[mine])
        is_left &= ~mine
    return tuple(places), looked_at


def _is_ripple(
    deviation: Floats,
    *,
    mine: npt.NDArray[np.bool_],
    others: npt.NDArray[np.bool_],
    level: float,
) -> bool:
    """Whether the typical leaf of a place made its move, rather than some of them much of it.

    It did if it lies nearer to the level, or beyond it, than to no move; if not, the move sits
    deeper. (Beyond the cap several levels speak alike; the smallest of them is given.) No move is
    that of the densest leaves, and that of the others: where errors are skewed these two differ.
    """
    typical = float(np.median(deviation[mine]))
    of_others = float(np.median(deviation[others])) if others.any() else 0.0
    return min(typical / level, (typical - of_others) / level) > 1 / 2


def _is_beyond_tail(
    found: Leaves,
    *,
    mine: npt.NDArray[np.bool_],
    others: npt.NDArray[np.bool_],
    level: float,
    needed: float,
) -> bool:
    """Whether a place speaks loudly enough where far leaves are commoner than the spread says.

    The spread is that of the middle half of the leaves. Its evidence is weighed once more against
    one as wide as the tail of all leaves that are not its own and not yet explained, on the scale
    on which an error lies least far out: of the forecast where a leaf fell, of itself where it rose
    (an error of nine tenths of a forecast is 1.6 on the scale from 0 to 2).
    """
    wide = found.spread * (1 + np.abs(found.deviation) / 2)
    z = np.sign(level) * found.deviation / wide
    ordered = np.sort(z[others])
    wider = Leaves(
        rows=found.rows[mine],
        deviation=found.deviation[mine],
        spread=wide[mine] * _tail(ordered),
        common=found.common,
    )
    rarity = _rarity(z[mine], among=ordered)
    return float(np.minimum(evidence(wider), rarity).sum(axis=1).max()) >= needed


def _rarity(z: Floats, *, among: Floats) -> Floats:
    """Minus the log of how often others lie so far out; beyond the outermost few, as they thin.

    `among` are the others, in order.
    """
    n = len(among)
    if n <= 2 * TAIL:
        return np.full(len(z), CAP)
    farther = n - np.searchsorted(among, z)
    outermost = among[-TAIL]
    thinning = max(float(np.median(among[-TAIL:] - outermost)) / np.log(2), SMALLEST_SPREAD)
    beyond = np.log(n / TAIL) + (z - outermost) / thinning
    return np.where(z > outermost, beyond, np.log((n + 1) / (farther + 1)))


def _tail(ordered: Floats) -> float:
    """How much farther out the outermost leaves but few lie than normal ones would, at least 1.

    References:
        The ratio of quantiles, as in a normal probability plot: Hoaglin, Mosteller & Tukey (1985),
        Exploring Data Tables, Trends, and Shapes, chapter 10 (pseudosigmas).
    """
    from scipy.special import ndtri  # noqa: PLC0415  scipy is heavy

    if len(ordered) <= 2 * TAIL:
        return 1.0
    return max(1.0, float(ordered[-TAIL]) / float(-ndtri(TAIL / len(ordered))))


def _strike_out(blocks: Sequence[Block], sums: Sequence[Floats], refused: Candidate) -> None:
    """Look at a place no more, at any level."""
    names = tuple(name for name, _ in refused.address)
    for each, total in zip(blocks, sums, strict=True):
        if each.dimensions == names:
            total[:, each.cuboids[0].cell(refused.address)] = -np.inf


def _summed(cube: Cube, each: Block, ratios: Floats, rows: Codes) -> Floats:
    cell = each.cell_of(cube, rows)
    return np.array([np.bincount(cell, ratio, each.cells) for ratio in ratios])


def _take_out(
    cube: Cube, blocks: Sequence[Block], sums: Sequence[Floats], *, ratios: Floats, rows: Codes
) -> None:
    """Subtract the leaves of a place that was found from every sum."""
    for each, total in zip(blocks, sums, strict=True):
        total -= _summed(cube, each, ratios, rows)  # noqa: PLW2901  in place


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
