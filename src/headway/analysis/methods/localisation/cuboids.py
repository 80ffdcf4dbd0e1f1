"""Every way of combining dimensions, and sums over all their cells in few passes over the rows."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import Protocol

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import Codes, Cube, Floats
from headway.analysis.methods.localisation.fields import EVERY, Fields
from headway.analysis.methods.localisation.passes import summed

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
# Sums over more cells no longer fit a processor's cache.
LARGEST_BLOCK = 32_000


class Cases(Protocol):
    """What the lattice of places is made from: how many cases, with which values; see `Cube`."""

    @property
    def rows(self) -> int:
        """How many rows."""

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions in an order that does not depend on how they were given."""

    @property
    def values(self) -> Mapping[str, tuple[str | None, ...]]:
        """The values of each dimension."""

    @property
    def hierarchies(self) -> tuple[tuple[str, ...], ...]:
        """Chains of dimensions, coarse to fine."""


class Figures(Protocol):
    """Additive figures of cases, summed wherever the cases are kept.

    Sums come as actual, base of the first figure, of the next, ...; the first counts cases.
    """

    def within(self, places: Sequence[Address]) -> "Figures":
        """Those of the cases that lie in any of the places."""

    def totals(self) -> Floats:
        """The sums over all cases."""

    def over(self, block: "Block") -> Iterator[Floats]:
        """For each cuboid of a block the sums over its cells: figures x cells."""

    def along(
        self, asked: Sequence[tuple[Address, str]], *, outside: Sequence[Address]
    ) -> Iterator[Floats]:
        """For each place and dimension the sums over its values: the cases there but in others."""


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
    """Several cuboids inside one larger combination, so that one pass over the cases serves all.

    Of very many cells only those in use are held, numbered by `kept`; then, of rows at hand,
    `cell[row]` says which of them a row falls in.
    """

    dimensions: tuple[str, ...]
    sizes: tuple[int, ...]
    cells: int
    cuboids: tuple[Cuboid, ...]
    kept: Codes | None = None
    cell: Codes | None = None

    def cell_of(self, cube: Cube, rows: Codes | slice) -> Codes:
        """The cell of each of some rows at hand."""
        if self.cell is not None:
            return self.cell[rows]
        return numbered(cube, dimensions=self.dimensions, sizes=self.sizes, rows=rows)

    def apart(self, whole: Floats) -> Iterator[Floats]:
        """For each cuboid the sums over its cells, from the sums over the cells of the block."""
        for each in self.cuboids:
            if each.dimensions == self.dimensions:
                yield whole
            else:
                yield self._over(whole, each)

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


def combinations_of(cube: Cases, *, conditions: int) -> Iterator[tuple[str, ...]]:
    """Combinations of exactly `conditions` dimensions, without two levels of one hierarchy."""
    useful = [name for name in cube.dimensions if len(cube.values[name]) > 1]
    for dimensions in combinations(useful, conditions):
        if not is_redundant(dimensions, cube.hierarchies):
            yield dimensions


def lattice(cube: Cases, *, conditions: int) -> tuple[tuple[str, ...], ...]:
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


def packed(
    cube: Cases, wanted: Sequence[tuple[str, ...]], *, limit: int, most: int
) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Larger combinations that together hold every wanted one: the largest first, first fit.

    A combination grows to `limit` cells; one of more than `most` cells holds itself alone.

    References:
        The smallest-parent rule of data cubes: Agarwal et al. (1996), VLDB, 506-521; packing own.
    """
    sizes = {name: size(cube, name) for name in cube.values}

    def cells(dimensions: Iterable[str]) -> int:
        return math.prod([sizes[name] for name in dimensions])

    groups: list[_Group] = []
    for dimensions in sorted(wanted, key=lambda each: (-cells(each), each)):
        for group in groups:
            further = set(dimensions) - group.dimensions
            joined = group.cells * cells(further)
            if joined <= limit or (not further and group.cells <= most):
                group.dimensions |= further
                group.cells = joined
                group.members.append(dimensions)
                break
        else:
            groups.append(_Group(set(dimensions), cells(dimensions), [dimensions]))
    return [(tuple(sorted(group.dimensions)), group.members) for group in groups]


@dataclass
class _Group:
    """Wanted combinations that one larger one holds."""

    dimensions: set[str]
    cells: int
    members: list[tuple[str, ...]]


def blocks(cube: Cube, wanted: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
    """Blocks that together hold every wanted combination of rows at hand."""
    limit = min(max(SMALLEST_BLOCK, int(BLOCK_SHARE * cube.rows)), LARGEST_BLOCK)
    groups = packed(cube, wanted, limit=limit, most=_most_cells(cube))
    return tuple(block(cube, dimensions=names, members=members) for names, members in groups)


def block(cube: Cube, *, dimensions: tuple[str, ...], members: Sequence[tuple[str, ...]]) -> Block:
    """One block; of very many cells only those in use are held, and then it holds itself alone."""
    sizes = tuple(size(cube, name) for name in dimensions)
    cells, kept, cell = math.prod(sizes), None, None
    if cells > _most_cells(cube):
        number = numbered(cube, dimensions=dimensions, sizes=sizes, rows=EVERY)
        kept, cell = np.unique(number, return_inverse=True)
        cells = len(kept)
    return Block(
        dimensions=dimensions,
        sizes=sizes,
        cell=cell,
        cells=cells,
        kept=kept,
        cuboids=cuboids_of(cube, members=members, dimensions=dimensions, kept=kept),
    )


def numbered(
    cube: Cube, *, dimensions: tuple[str, ...], sizes: tuple[int, ...], rows: Codes | slice
) -> Codes:
    """The number of each row's cell among all cells of a combination, row-major."""
    number: Codes = cube.codes[dimensions[0]][rows].astype(np.intp)
    for name, wide in zip(dimensions[1:], sizes[1:], strict=True):
        number *= wide
        number += cube.codes[name][rows]
    return number


def cuboids_of(
    cube: Cases,
    *,
    members: Sequence[tuple[str, ...]],
    dimensions: tuple[str, ...],
    kept: Codes | None,
) -> tuple[Cuboid, ...]:
    """The cuboids of a block over `dimensions`; `kept` numbers its own cells."""
    return tuple(
        Cuboid(
            dimensions=names,
            sizes=tuple(size(cube, name) for name in names),
            kept=kept if names == dimensions else None,
        )
        for names in members
    )


def _most_cells(cube: Cube) -> int:
    return max(FEW_CELLS, CELLS_A_ROW * cube.rows)


def size(cube: Cases, name: str) -> int:
    """How many values a dimension has, at least one."""
    return max(len(cube.values[name]), 1)


def rows_of(cube: Cube, address: Address) -> npt.NDArray[np.bool_]:
    """Which rows lie in a place."""
    inside = np.ones(cube.rows, dtype=bool)
    for name, code in address:
        inside &= cube.codes[name] == code
    return inside


def covered(cube: Cube, places: Sequence[Address]) -> npt.NDArray[np.bool_]:
    """Which rows lie in any of the places."""
    inside = np.zeros(cube.rows, dtype=bool)
    for address in places:
        inside |= rows_of(cube, address)
    return inside


@dataclass(frozen=True, kw_only=True, eq=False)
class RowFigures:
    """The figures of rows at hand; with `rows`, `fields` are those of these rows. See `Figures`.

    `wider` begins with the same figures of the same rows: what it has `done` is not summed again.
    """

    cube: Cube
    fields: Fields
    rows: Codes | None = None
    wider: "RowFigures | None" = None
    done: dict[Block, Floats] = field(default_factory=dict)

    def within(self, places: Sequence[Address]) -> "RowFigures":
        """Those of the rows that lie in any of the places."""
        return self._of(covered(self.cube, places))

    def totals(self) -> Floats:
        """The sums over all rows."""
        return self.fields.totals()

    def over(self, block: Block) -> Iterator[Floats]:
        """For each cuboid of a block the sums over its cells."""
        if self.rows is None or len(self.rows) >= block.cells or len(block.cuboids) == 1:
            yield from block.apart(self._over(block))
            return
        # Where rows are fewer than cells, rows are passed over again.
        for each in block.cuboids:
            sums = np.zeros((self.fields.count, math.prod(each.sizes)))
            cell = numbered(self.cube, dimensions=each.dimensions, sizes=each.sizes, rows=self.rows)
            self.fields.add(sums, cell=cell)
            yield sums

    def along(
        self, asked: Sequence[tuple[Address, str]], *, outside: Sequence[Address]
    ) -> Iterator[Floats]:
        """For each place and dimension the sums over its values: the rows there but in others."""
        left = ~covered(self.cube, outside)
        for inside, alike in groupby(asked, key=lambda each: each[0]):
            rows = np.flatnonzero(rows_of(self.cube, inside) & left)
            fields = self.fields.of(rows)
            for _, name in alike:
                sums = np.zeros((fields.count, len(self.cube.values[name])))
                fields.add(sums, cell=self.cube.codes[name][rows])
                yield sums

    def _over(self, block: Block) -> Floats:
        if self.wider is not None and block in self.wider.done:
            return self.wider.done[block][: self.fields.count]

        def add(part: slice, sums: Floats) -> None:
            rows = part if self.rows is None else self.rows[part]
            self.fields.add(sums, cell=block.cell_of(self.cube, rows), rows=part)

        number = self.cube.rows if self.rows is None else len(self.rows)
        self.done[block] = summed(add, rows=number, shape=(self.fields.count, block.cells))
        return self.done[block]

    def _of(self, chosen: npt.NDArray[np.bool_]) -> "RowFigures":
        rows = np.flatnonzero(chosen)
        return RowFigures(cube=self.cube, fields=self.fields.of(rows), rows=rows)
