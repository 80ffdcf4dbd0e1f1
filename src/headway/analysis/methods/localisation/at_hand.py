"""Cases at hand as rows of arrays: what the search asks is summed with NumPy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation import cuboids, sampling
from headway.analysis.methods.localisation.contribution import Amounts, Both
from headway.analysis.methods.localisation.cube import Codes, Cube, Model, Numbers, Side, cases
from headway.analysis.methods.localisation.cuboids import Address, Block, covered, rows_of


@dataclass(frozen=True, kw_only=True, eq=False)
class AtHand:
    """The rows of a cube as a `Source`."""

    cube: Cube

    @property
    def rows(self) -> int:
        """Number of rows."""
        return self.cube.rows

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions, sorted."""
        return self.cube.dimensions

    @property
    def values(self) -> Mapping[str, tuple[str | None, ...]]:
        """The values of each dimension."""
        return self.cube.values

    @property
    def hierarchies(self) -> tuple[tuple[str, ...], ...]:
        """Chains of dimensions, coarse to fine."""
        return self.cube.hierarchies

    @property
    def drifting(self) -> frozenset[str]:
        """Dimensions whose volumes and mix say nothing."""
        return self.cube.drifting

    @property
    def model(self) -> Model:
        """How the result comes about."""
        return self.cube.model

    def amounts(self, inside: Address = (), *, outside: Sequence[Address] = ()) -> Both:
        """The sums of both periods over the rows in a place and outside of others."""
        if not inside and not outside:
            return self._whole
        return self._summed(rows_of(self.cube, inside) & ~covered(self.cube, outside))

    def amounts_apart(self, names: Sequence[str], *, outside: Sequence[Address]) -> list[Both]:
        """The sums outside of places, apart for every combination of values that has rows."""
        if not names:
            return [self.amounts(outside=outside)]
        rows = ~covered(self.cube, outside)
        number = np.zeros(int(rows.sum()), dtype=np.intp)
        for name in names:
            number = number * len(self.cube.values[name]) + self.cube.codes[name][rows]
            # Numbered anew each time: of many dimensions the products would not fit.
            number = np.unique(number, return_inverse=True)[1]
        count = int(number.max(initial=-1)) + 1
        base, actual = (
            self._by(side, rows, number=number, count=count)
            for side in (self.cube.base, self.cube.actual)
        )
        return list(zip(base, actual, strict=True))

    def blocks(self, wanted: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
        """Blocks that together hold every wanted combination of dimensions."""
        return cuboids.blocks(self.cube, wanted)

    def channels(self, *, min_n: float, min_n_period: float) -> tuple[sampling.Channel, ...]:
        """The tests a result allows."""
        return sampling.channels(self.cube, min_n=min_n, min_n_period=min_n_period)

    @cached_property
    def _whole(self) -> Both:
        return self._summed(None)

    def _summed(self, rows: npt.NDArray[np.bool_] | None) -> Both:
        base, actual = (
            self._amounts(*(float(part.sum()) for part in self._parts(side, rows)))
            for side in (self.cube.base, self.cube.actual)
        )
        return base, actual

    def _by(
        self, side: Side, rows: npt.NDArray[np.bool_], *, number: Codes, count: int
    ) -> Iterator[Amounts]:
        sums = (np.bincount(number, part, count) for part in self._parts(side, rows))
        for n, total, squares in zip(*sums, strict=True):
            yield self._amounts(float(n), float(total), float(squares))

    def _amounts(self, n: float, total: float, squares: float) -> Amounts:
        return Amounts(n=n, total=total, squares=squares, centre=self._centre)

    @cached_property
    def _centre(self) -> float:
        sides = (self.cube.base, self.cube.actual)
        n = sum(float(cases(side).sum()) for side in sides)
        total = sum(float(side.total.sum()) for side in sides)
        return total / n if n and self.model is Model.MEAN else 0.0

    def _parts(
        self, side: Side, rows: npt.NDArray[np.bool_] | None
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Cases, totals and squares from the centre, of each of some rows."""
        if rows is None:
            n, total, squares = cases(side), side.total, side.squares
        else:
            n, total = cases(side)[rows], side.total[rows]
            squares = None if side.squares is None else side.squares[rows]
        scattered: Numbers = total**2 if squares is None else squares
        if self._centre:
            own = np.maximum(n, 1)
            # What its cases scatter around the row's own average, and that from the centre.
            scattered = scattered - total**2 / own + (total - n * self._centre) ** 2 / own
        return n, total, scattered
