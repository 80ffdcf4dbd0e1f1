"""The effect of coaching once more, written apart: start by start, quarter by quarter, in loops.

Callaway & Sant'Anna (2021) without covariates, those not yet treated as the others. No line is
shared with the analysis: one row is a person in a quarter, and each ATT(g, t) is written out.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Cell(NamedTuple):
    """One person in one quarter: k of n eligible items, and the quarter in which coaching began."""

    person: str
    manager: str
    quarter: int
    began: int
    k: float
    n: float


def att(cells: Sequence[Cell], *, quarters: int) -> Mapping[tuple[int, int], tuple[float, float]]:
    """ATT(g, t) and the weight of its treated, for each start g and quarter t from g on."""
    kept = [cell for cell in cells if cell.began >= 4]
    first = min(cell.began for cell in kept if cell.began < quarters)
    base = range(first - 1)
    levels = _levels(kept, every=cells, base=base)
    found = {}
    for t in range(first, quarters):
        here = [cell for cell in kept if cell.quarter == t and cell.n > 0 and cell.person in levels]
        others = [cell for cell in here if cell.began > t]
        managers = {cell.manager for cell in others}
        if len(others) < 10 or len(managers) < 6:
            continue
        usual = _mean(others, levels)
        for g in range(first, t + 1):
            treated = [cell for cell in here if cell.began == g]
            if treated:
                found[g, t] = (_mean(treated, levels) - usual, sum(map(_weight, treated)))
    return found


def overall(cells: Sequence[Cell], *, quarters: int) -> float:
    """The mean of all ATT(g, t), by the weight of those treated."""
    found = att(cells, quarters=quarters)
    total = sum(weight for _, weight in found.values())
    return sum(effect * weight for effect, weight in found.values()) / total


def _levels(kept: Sequence[Cell], *, every: Sequence[Cell], base: range) -> Mapping[str, float]:
    """By how much each person lay above everybody in the base; without enough work, none."""
    usual = {}
    for quarter in base:
        here = [cell for cell in every if cell.quarter == quarter]
        items = sum(cell.n for cell in here)
        usual[quarter] = sum(cell.k for cell in here) / items if items else 0.0
    levels = {}
    for person in sorted({cell.person for cell in kept}):
        own = [c for c in kept if c.person == person and c.quarter in base and c.n > 0]
        items = sum(cell.n for cell in own)
        if len(own) >= 2 and items >= 5:
            levels[person] = sum(c.n * (c.k / c.n - usual[c.quarter]) for c in own) / items
    return levels


def _weight(cell: Cell) -> float:
    return cell.n / (cell.n + 24)


def _mean(cells: Sequence[Cell], levels: Mapping[str, float]) -> float:
    total = sum(map(_weight, cells))
    return sum(_weight(c) * (c.k / c.n - levels[c.person]) for c in cells) / total
