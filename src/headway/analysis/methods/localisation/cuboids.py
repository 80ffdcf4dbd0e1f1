"""Every way of combining dimensions, and sums over all their cells in few passes over the rows."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import Codes, Cube, Floats
from headway.analysis.methods.localisation.fields import Fields

# The address of a place: (dimension, code) pairs, dimensions in the cube's order.
Address = tuple[tuple[str, int], ...]
# Beyond this many cells a row, or beyond FEW_CELLS, only the cells in use are held.
CELLS_A_ROW = 1
FEW_CELLS = 20_000
# Rows times combinations that are counted in full; beyond it triples grow out of promising pairs.
FULL_LATTICE = 4_000_000
# A block holds at most this share of the rows as cells: summing cells must be cheaper than rows.
BLOCK_SHARE = 0.1
SMALLEST_BLOCK = 500
NARROW = 2**31 - 1


@dataclass(frozen=True, kw_only=True, eq=False)
class Cuboid:
    """One combination of dimensions; `kept` numbers its cells where only those in use are held."""

    dimensions: tuple[str, ...]
    sizes: tuple[int, ...]
    kept: Codes | None = None

    @property
    def depth(self) -> int:
        """How many conditions a place in it has."""
        return len(self.dimensions)

    def address(self, cell: int) -> Address:
        """The dimension values of one cell."""
        number = int(cell if self.kept is None else self.kept[cell])
        codes = np.unravel_index(number, self.sizes)
        return tuple(zip(self.dimensions, map(int, codes), strict=True))

    def cell(self, address: Address) -> int:
        """The cell of an address among its own dimensions."""
        number = int(np.ravel_multi_index([code for _, code in address], self.sizes))
        return number if self.kept is None else int(np.searchsorted(self.kept, number))


@dataclass(frozen=True, kw_only=True, eq=False)
class Block:
    """Several cuboids inside one larger combination, so that the rows are passed over once for all.

    `cell[row]` says which of the block's cells a row falls in.
    """

    dimensions: tuple[str, ...]
    sizes: tuple[int, ...]
    cell: Codes
    cells: int
    cuboids: tuple[Cuboid, ...]

    def sums(self, fields: Fields, rows: Codes | None = None) -> Iterator[Floats]:
        """For each cuboid the sums of the fields over its cells: fields x cells.

        With `rows`, of these rows only, and the fields are those of these rows.
        """
        cell = self.cell if rows is None else self.cell[rows]
        if len(cell) < self.cells and len(self.cuboids) > 1:
            yield from self._of_few(fields, cell)
            return
        whole = fields.sums(cell, self.cells)
        for each in self.cuboids:
            if each.dimensions == self.dimensions:
                yield whole
            else:
                yield self._over(whole, each)

    def _of_few(self, fields: Fields, cell: Codes) -> Iterator[Floats]:
        """The same where rows are fewer than cells: rows are passed over again, cells are not."""
        codes = dict(zip(self.dimensions, np.unravel_index(cell, self.sizes), strict=True))
        for each in self.cuboids:
            number = np.ravel_multi_index([codes[name] for name in each.dimensions], each.sizes)
            yield fields.sums(number, math.prod(each.sizes))

    def _over(self, whole: Floats, each: Cuboid) -> Floats:
        others = tuple(
            1 + axis for axis, name in enumerate(self.dimensions) if name not in each.dimensions
        )
        summed: Floats = whole.reshape(len(whole), *self.sizes).sum(axis=others)
        return summed.reshape(len(whole), -1)


def is_redundant(dimensions: Iterable[str], hierarchies: tuple[tuple[str, ...], ...]) -> bool:
    """Whether two levels of one hierarchy stand together."""
    given = set(dimensions)
    return any(len(set(chain) & given) > 1 for chain in hierarchies)


def combinations_of(cube: Cube, *, conditions: int) -> Iterator[tuple[str, ...]]:
    """Combinations of exactly `conditions` dimensions, without two levels of one hierarchy."""
    useful = [name for name in cube.dimensions if len(cube.values[name]) > 1]
    for dimensions in combinations(useful, conditions):
        if not is_redundant(dimensions, cube.hierarchies):
            yield dimensions


def lattice(cube: Cube, *, conditions: int) -> tuple[tuple[str, ...], ...]:
    """All combinations of at most `conditions` dimensions that are affordable to count in full.

    Singles and pairs are always counted; deeper layers while rows times combinations stay below
    FULL_LATTICE (a count of work, not of time, so that every machine gives the same answer).
    """
    chosen: list[tuple[str, ...]] = []
    for depth in range(1, conditions + 1):
        layer = list(combinations_of(cube, conditions=depth))
        is_deep = depth > 2  # noqa: PLR2004  singles and pairs
        if is_deep and (len(chosen) + len(layer)) * cube.rows > FULL_LATTICE:
            break
        chosen += layer
    return tuple(chosen)


def blocks(cube: Cube, wanted: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
    """Blocks that together hold every wanted combination, the largest first, packed first fit.

    References:
        The smallest-parent rule of data cubes: Agarwal et al. (1996), VLDB, 506-521; packing own.
    """
    limit = max(SMALLEST_BLOCK, int(BLOCK_SHARE * cube.rows))
    groups: list[tuple[set[str], list[tuple[str, ...]]]] = []
    for dimensions in sorted(wanted, key=lambda each: (-_cells(cube, each), each)):
        for group, members in groups:
            joined = group | set(dimensions)
            is_within = joined == group and _cells(cube, group) <= _most_cells(cube)
            if is_within or _cells(cube, joined) <= limit:
                group.update(dimensions)
                members.append(dimensions)
                break
        else:
            groups.append((set(dimensions), [dimensions]))
    return tuple(
        block(cube, dimensions=tuple(sorted(group)), members=members) for group, members in groups
    )


def block(cube: Cube, *, dimensions: tuple[str, ...], members: Sequence[tuple[str, ...]]) -> Block:
    """One block; of very many cells only those in use are held, and then it holds itself alone."""
    sizes = tuple(_size(cube, name) for name in dimensions)
    cells, kept = math.prod(sizes), None
    number: Codes = cube.codes[dimensions[0]].astype(np.int32 if cells <= NARROW else np.intp)
    for name, size in zip(dimensions[1:], sizes[1:], strict=True):
        number *= size
        number += cube.codes[name]
    if cells > _most_cells(cube):
        kept, inverse = np.unique(number, return_inverse=True)
        cells, number = len(kept), inverse.astype(np.int32)
    return Block(
        dimensions=dimensions,
        sizes=sizes,
        cell=number,
        cells=cells,
        cuboids=tuple(
            Cuboid(
                dimensions=names,
                sizes=tuple(_size(cube, name) for name in names),
                kept=kept if names == dimensions else None,
            )
            for names in members
        ),
    )


def _most_cells(cube: Cube) -> int:
    return max(FEW_CELLS, CELLS_A_ROW * cube.rows)


def _cells(cube: Cube, dimensions: Iterable[str]) -> int:
    return math.prod(_size(cube, name) for name in dimensions)


def _size(cube: Cube, name: str) -> int:
    return max(len(cube.values[name]), 1)


def rows_of(cube: Cube, address: Address) -> npt.NDArray[np.bool_]:
    """Which rows lie in a place."""
    inside = np.ones(cube.rows, dtype=bool)
    for name, code in address:
        inside &= cube.codes[name] == code
    return inside
