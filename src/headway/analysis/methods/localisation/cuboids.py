"""Every way of combining dimensions, and the number of the cell each row falls in."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from headway.analysis.methods.localisation.cube import Codes, Cube

# The address of a place: (dimension, code) pairs, dimensions in the cube's order.
Address = tuple[tuple[str, int], ...]
MOST_CELLS = 2_000_000
# Rows times combinations that are counted in full; beyond it three conditions grow out of promising
# pairs.
FULL_LATTICE = 4_000_000


@dataclass(frozen=True, kw_only=True, eq=False)
class Cuboid:
    """One combination of dimensions: `cell[row]` says which of its cells a row falls in."""

    dimensions: tuple[str, ...]
    sizes: tuple[int, ...]
    cell: Codes
    cells: int
    kept: Codes | None = None

    def address(self, cell: int) -> Address:
        """The dimension values of one cell."""
        number = int(cell if self.kept is None else self.kept[cell])
        codes = np.unravel_index(number, self.sizes)
        return tuple(zip(self.dimensions, map(int, codes), strict=True))


def is_redundant(dimensions: tuple[str, ...], hierarchies: tuple[tuple[str, ...], ...]) -> bool:
    """Whether two levels of one hierarchy stand together."""
    return any(len(set(chain) & set(dimensions)) > 1 for chain in hierarchies)


def combinations_of(cube: Cube, *, conditions: int) -> Iterator[tuple[str, ...]]:
    """Combinations of exactly `conditions` dimensions, without two levels of one hierarchy."""
    useful = [name for name in cube.dimensions if len(cube.values[name]) > 1]
    for dimensions in combinations(useful, conditions):
        if not is_redundant(dimensions, cube.hierarchies):
            yield dimensions


def cuboid(cube: Cube, dimensions: tuple[str, ...]) -> Cuboid:
    """The cell of every row under `dimensions`; of very many cells only those in use."""
    sizes = tuple(max(len(cube.values[name]), 1) for name in dimensions)
    number = cube.codes[dimensions[0]]
    for name, size in zip(dimensions[1:], sizes[1:], strict=True):
        number = number * size + cube.codes[name]
    cells = int(np.prod(sizes))
    if cells <= MOST_CELLS:
        return Cuboid(dimensions=dimensions, sizes=sizes, cell=number, cells=cells)
    kept, cell = np.unique(number, return_inverse=True)
    return Cuboid(dimensions=dimensions, sizes=sizes, cell=cell, cells=len(kept), kept=kept)


def lattice(cube: Cube, *, conditions: int) -> tuple[Cuboid, ...]:
    """All cuboids of at most `conditions` dimensions that are affordable to count in full.

    Singles and pairs are always counted; deeper layers while rows times combinations stay below
    FULL_LATTICE (a count of work, not of time, so that every machine gives the same answer).
    """
    chosen: list[tuple[str, ...]] = []
    for depth in range(1, conditions + 1):
        layer = list(combinations_of(cube, conditions=depth))
        if depth > 2 and (len(chosen) + len(layer)) * cube.rows > FULL_LATTICE:  # noqa: PLR2004  pairs
            break
        chosen += layer
    return tuple(cuboid(cube, dimensions) for dimensions in chosen)


def rows_of(cube: Cube, place: Address) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows lie in a place."""
    inside = np.ones(cube.rows, dtype=bool)
    for name, code in place:
        inside &= cube.codes[name] == code
    return inside
