"""A table of cases that stays where it is, and what is summed of it as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from headway import facts
from headway.analysis.methods.localisation import cuboids
from headway.analysis.methods.localisation.contribution import Amounts, Both
from headway.analysis.methods.localisation.cube import ACTUAL, BASE, Codes, Model
from headway.analysis.methods.localisation.cuboids import Address
from headway.facts.texts import number

if TYPE_CHECKING:
    import ibis.expr.types as ir

NOTHING = Amounts(n=0.0, total=0.0, squares=0.0)


@dataclass(frozen=True, kw_only=True, eq=False)
class Kept:
    """A table of cases, and the sums of both periods over them.

    `table` has one row per case: for each of `dimensions` a column `d0`, `d1`, ... of places in its
    `values`, `is_actual` (1 in the actual period, 0 in the base) and `total`.
    """

    table: "ir.Table"
    model: Model
    dimensions: tuple[str, ...]
    values: Mapping[str, tuple[str | None, ...]]
    hierarchies: tuple[tuple[str, ...], ...] = ()
    drifting: frozenset[str] = frozenset()
    _asked: dict[object, Both] = field(default_factory=dict)

    @cached_property
    def rows(self) -> int:
        """How many cases there are."""
        return round(sum(side.n for side in self.amounts()))

    def column(self, name: str) -> str:
        """The column of a dimension."""
        return f"d{self.dimensions.index(name)}"

    def inside(self, table: "ir.Table", places: Sequence[Address]) -> "ir.BooleanValue":
        """Whether a case lies in any of the places; never null."""
        import ibis  # noqa: PLC0415  heavy

        return ibis.or_(*(self._at(table, place) for place in places))

    def _at(self, table: "ir.Table", place: Address) -> "ir.BooleanValue":
        import ibis  # noqa: PLC0415  heavy

        return ibis.and_(*(table[self.column(name)] == code for name, code in place))

    def only(
        self, table: "ir.Table", *, inside: Address = (), outside: Sequence[Address] = ()
    ) -> "ir.Table":
        """The cases in a place and outside of others."""
        if inside:
            table = table.filter(self._at(table, inside))
        return table.filter(~self.inside(table, outside)) if outside else table

    def amounts(self, inside: Address = (), *, outside: Sequence[Address] = ()) -> Both:
        """The sums of both periods over the cases in a place and outside of others."""
        asked = (inside, tuple(outside))
        if asked not in self._asked:
            found = self._summed((), inside=inside, outside=outside)
            self._asked[asked] = found[0] if found else (NOTHING, NOTHING)
        return self._asked[asked]

    def amounts_apart(self, names: Sequence[str], *, outside: Sequence[Address]) -> list[Both]:
        """The sums outside of places, apart for every combination of values that has cases."""
        if not names:
            return [self.amounts(outside=outside)]
        return self._summed(names, inside=(), outside=outside)

    def _summed(
        self, names: Sequence[str], *, inside: Address, outside: Sequence[Address]
    ) -> list[Both]:
        table = self.only(self.table, inside=inside, outside=outside)
        total = table["total"]
        far = total - number(self._centre) if self._centre else total
        squares = total if self.model is Model.BINOMIAL else far * far
        keys = [self.column(name) for name in names]
        found = facts.collect(
            table.group_by([*keys, "is_actual"]).agg(
                n=table.count(), sum=total.sum(), squares=squares.sum()
            )
        ).records()
        sides: dict[tuple[int, ...], list[Amounts]] = {}
        for row in found:
            both = sides.setdefault(tuple(row[key] for key in keys), [NOTHING, NOTHING])
            both[row["is_actual"]] = Amounts(
                n=float(row["n"]), total=row["sum"], squares=row["squares"], centre=self._centre
            )
        return [(both[BASE], both[ACTUAL]) for _, both in sorted(sides.items())]

    @cached_property
    def _centre(self) -> float:
        if self.model is not Model.MEAN:
            return 0.0
        whole = self.table.agg(n=self.table.count(), sum=self.table["total"].sum())
        found = facts.collect(whole).records()[0]
        return found["sum"] / found["n"] if found["n"] else 0.0

    def cell(self, table: "ir.Table", names: Sequence[str]) -> "ir.IntegerValue":
        """The number of the cell each case falls in."""
        number = table[self.column(names[0])]
        for name in names[1:]:
            number = number * cuboids.size(self, name) + table[self.column(name)]
        return number

    def cells(self, found: facts.Rows, names: Sequence[str]) -> Codes:
        """The number of the cell each row of an answer is about."""
        number: Codes = np.zeros(len(found), dtype=np.int64)
        for name in names:
            number = number * cuboids.size(self, name) + found.column(self.column(name))
        return number
