"""What is summed: a few figures of every row in both periods, over the cells of a combination."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import Codes, Cube, Floats, Numbers, Side, cases
from headway.analysis.methods.localisation.passes import each

EVERY = slice(None)


@dataclass(frozen=True, kw_only=True)
class Fields:
    """Additive figures of rows. Sums come as actual, base of the first figure, of the next, ...

    Where every row belongs to one period alone, `is_base` tells which, and `parts` has one array
    per figure; otherwise one per figure and period, in the order of the sums.
    """

    parts: tuple[Numbers, ...]
    is_base: npt.NDArray[np.bool_] | None = None

    @property
    def count(self) -> int:
        """How many sums there are for each cell."""
        return len(self.parts) * (1 if self.is_base is None else 2)

    def add(self, sums: Floats, *, cell: Codes, rows: slice = EVERY) -> None:
        """Add rows that fall in these cells to the sums: figures and periods x cells."""
        cells = sums.shape[1]
        # Converted once; `bincount` would do so for each part.
        place = cell.astype(np.intp, copy=False)
        if self.is_base is not None:
            place = place + np.multiply(self.is_base[rows], cells, dtype=np.intp)
            cells *= 2
        for found, part in zip(sums.reshape(-1, cells), self.parts, strict=True):
            found[:] += np.bincount(place, part[rows], cells)

    def of(self, rows: Codes) -> "Fields":
        """Those of some rows."""
        return Fields(
            parts=tuple(part[rows] for part in self.parts),
            is_base=None if self.is_base is None else self.is_base[rows],
        )

    def totals(self) -> Floats:
        """The sums over all rows."""
        if self.is_base is None:
            return np.array([part.sum() for part in self.parts], dtype=np.float64)
        sides = (~self.is_base, self.is_base)
        sums = [(part * side).sum() for part in self.parts for side in sides]
        return np.array(sums, dtype=np.float64)


@dataclass(frozen=True, kw_only=True)
class Measures:
    """The measures of a cube's rows, as they are summed.

    Single cases belong to one period, so that half of all figures are zeros: then `sides` is one,
    of both periods together, and `is_base` tells them apart. Otherwise it is actual and base.
    """

    sides: tuple[Side, ...]
    is_base: npt.NDArray[np.bool_] | None

    @property
    def weight(self) -> Numbers:
        """Cases of each row over both periods."""
        return added([cases(side) for side in self.sides])

    @property
    def total(self) -> Numbers:
        """The total of each row over both periods."""
        return added([side.total for side in self.sides])

    def fields(self, figures: Callable[[int, slice], Sequence[Numbers]]) -> Fields:
        """Figures of every row, given for a side by its place and some of the rows."""
        rows, sides = len(self.sides[0].total), range(len(self.sides))
        first = [figures(side, slice(0, 0)) for side in sides]
        parts = [[np.empty(rows, dtype=part.dtype) for part in side] for side in first]

        def fill(some: slice) -> None:
            for side in sides:
                for part, found in zip(parts[side], figures(side, some), strict=True):
                    part[some] = found

        each(fill, rows=rows)
        in_order = tuple(part for figure in zip(*parts, strict=True) for part in figure)
        return Fields(parts=in_order, is_base=self.is_base)

    def counts(self) -> Fields:
        """The number of cases."""
        return Fields(parts=tuple(cases(side) for side in self.sides), is_base=self.is_base)


def measures(cube: Cube) -> Measures:
    """The measures of a cube's rows."""
    actual, base = cube.actual, cube.base
    is_base = cases(base) != 0
    is_apart = not (
        (is_base & ((cases(actual) != 0) | (actual.total != 0))).any()
        or (~is_base & (base.total != 0)).any()
    )
    if not is_apart:
        return Measures(sides=(actual, base), is_base=None)
    both = Side(n=cases(actual) + cases(base), total=actual.total + base.total)
    return Measures(sides=(both,), is_base=is_base)


def added(parts: Sequence[Numbers]) -> Numbers:
    """The sum of arrays, row by row."""
    total, *others = parts
    for other in others:
        total = total + other
    return total
