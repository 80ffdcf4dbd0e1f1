"""What is summed: a few figures of every row in both periods, over the cells of a combination."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import Codes, Floats


@dataclass(frozen=True, kw_only=True)
class Fields:
    """Additive figures of rows. Sums come as actual, base of the first figure, of the next, ...

    Where every row belongs to one period alone, `is_base` tells which, and `parts` has one array
    per figure; otherwise one per figure and period, in the order of the sums.
    """

    parts: tuple[Floats, ...]
    is_base: npt.NDArray[np.bool_] | None = None

    def sums(self, cell: Codes, cells: int) -> Floats:
        """The sums over rows that fall in each of `cells` cells: figures and periods x cells."""
        # Converted once; `bincount` would do so for each part.
        place = np.asarray(cell, dtype=np.intp)
        if self.is_base is None:
            return np.array([np.bincount(place, part, cells) for part in self.parts])
        place = place + np.multiply(self.is_base, cells, dtype=np.intp)
        both: Floats = np.array([np.bincount(place, part, 2 * cells) for part in self.parts])
        return both.reshape(2 * len(both), cells)

    def of(self, rows: Codes) -> "Fields":
        """Those of some rows."""
        return Fields(
            parts=tuple(part[rows] for part in self.parts),
            is_base=None if self.is_base is None else self.is_base[rows],
        )

    def totals(self) -> Floats:
        """The sums over all rows."""
        if self.is_base is None:
            return np.array([part.sum() for part in self.parts])
        sides = (~self.is_base, self.is_base)
        return np.array([(part * side).sum() for part in self.parts for side in sides])


def fields(figures: Sequence[tuple[Floats, Floats]]) -> Fields:
    """The figures of rows, each given as (actual, base), the number of cases first.

    Single cases belong to one period, so that half of all figures are zeros, which are not summed.
    """
    is_base = figures[0][1] != 0
    is_actual = ~is_base
    if any(
        (is_base & (actual != 0)).any() or (is_actual & (base != 0)).any()
        for actual, base in figures
    ):
        return Fields(parts=tuple(part for pair in figures for part in pair))
    return Fields(parts=tuple(actual + base for actual, base in figures), is_base=is_base)
