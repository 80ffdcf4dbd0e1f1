"""Cases kept in a table elsewhere: they are summed there, and only sums travel.

Everything is asked in group-by queries of counts and sums. No engine's quantile or distinct count
is used, which differ between engines, no conditional average and no cast of a truth value.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from headway import facts
from headway.analysis.methods.localisation import cuboids
from headway.analysis.methods.localisation.cube import Codes, Floats, Model
from headway.analysis.methods.localisation.cuboids import Address, Block
from headway.analysis.methods.localisation.fitted import log_amounts, success_scores
from headway.analysis.methods.localisation.kept import Kept
from headway.analysis.methods.localisation.sampling import Channel, mean_channel, volume_channel
from headway.facts.texts import number
from headway.terms.answer import CauseKind
from headway.terms.errors import HeadwayError

if TYPE_CHECKING:
    import ibis.expr.types as ir

# Values of one dimension, and cells of one combination, that may travel.
MOST_VALUES = 10_000
MOST_CELLS = 50_000
# Cells with fewer cases are never tested, so that of very many cells only the others travel.
FEWEST_CASES = 20
# Anything larger is no figure: this leaves out what is infinite or not a number on every engine.
LARGEST = 1e300


class TooManyValuesError(HeadwayError):
    """A column was given as a dimension that tells nearly every case apart."""

    code: ClassVar[str] = "localisation.too_many_values"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The dimension '{name}' has more than {MOST_VALUES:,} values; so many places are "
            "too thin to be tested. Leave it out, or give a coarser column."
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Elsewhere(Kept):
    """A table of cases as a `Source`."""

    def blocks(self, wanted: Sequence[tuple[str, ...]]) -> tuple[Block, ...]:
        """Blocks that together hold every wanted combination of dimensions."""
        groups = cuboids.packed(self, wanted, limit=MOST_CELLS, most=MOST_CELLS)
        return tuple(self._block(names, members) for names, members in groups)

    def _block(self, names: tuple[str, ...], members: Sequence[tuple[str, ...]]) -> Block:
        sizes = tuple(cuboids.size(self, name) for name in names)
        cells, kept = int(np.prod(sizes, dtype=np.int64)), None
        if cells > MOST_CELLS:
            counted = self.table.group_by([self.column(name) for name in names]).agg(
                n=self.table.count()
            )
            found = facts.collect(counted.filter(counted["n"] >= FEWEST_CASES))
            kept = np.sort(self.cells(found, names))
            cells = len(kept)
        told = cuboids.cuboids_of(self, members=members, dimensions=names, kept=kept)
        return Block(dimensions=names, sizes=sizes, cells=cells, cuboids=told, kept=kept)

    def channels(self, *, min_n: float, min_n_period: float) -> tuple[Channel, ...]:
        """The tests a result allows, in the order in which they are looked at."""
        found = []
        if self.model is Model.BINOMIAL:
            scored = self._figures(self._successes, "score", "information")
            found.append(mean_channel(scored, kind=CauseKind.RATE, min_n_period=min_n_period))
        if self.model in (Model.MEAN, Model.SUM):
            scored = self._figures(self._logs, "score", "information")
            found.append(mean_channel(scored, kind=CauseKind.SIZE, min_n_period=min_n_period))
        counts = self._figures(self.table)
        found.append(volume_channel(counts, model=self.model, min_n=min_n))
        return tuple(found)

    @cached_property
    def _successes(self) -> "ir.Table":
        return self._held(success_scores(self))

    @cached_property
    def _logs(self) -> "ir.Table":
        return self._held(log_amounts(self))

    def _held(self, scored: "ir.Table") -> "ir.Table":
        columns = [self.column(name) for name in self.dimensions]
        return facts.elsewhere.held(scored.select(*columns, "is_actual", "score", "information"))

    def _figures(self, table: "ir.Table", *names: str) -> "TableFigures":
        return TableFigures(source=self, table=table, names=names)


@dataclass(frozen=True, kw_only=True, eq=False)
class TableFigures:
    """The number of cases and some columns of a table, summed where the table is; see `Figures`."""

    source: Kept
    table: "ir.Table"
    names: tuple[str, ...]

    def within(self, places: Sequence[Address]) -> "TableFigures":
        """Those of the cases that lie in any of the places."""
        table = self.table.filter(self.source.inside(self.table, places))
        return TableFigures(source=self.source, table=table, names=self.names)

    def totals(self) -> Floats:
        """The sums over all cases."""
        return self._laid(self.table.agg(**self._sums(self.table)), (), cells=1)[:, 0]

    def over(self, block: Block) -> Iterator[Floats]:
        """For each cuboid of a block the sums over its cells."""
        return block.apart(self._cells(block))

    def along(
        self, asked: Sequence[tuple[Address, str]], *, outside: Sequence[Address]
    ) -> Iterator[Floats]:
        """For each place and dimension the sums over its values, all of them in one pass."""
        import ibis  # noqa: PLC0415  heavy

        if not asked:
            return
        places = tuple(dict.fromkeys(place for place, _ in asked))
        rows = self.source.only(self.table, outside=outside)
        rows = rows.filter(self.source.inside(rows, places))
        rows = rows.cross_join(facts.small(codes={"asked": range(len(asked))}))
        chosen = [
            (rows["asked"] == number, place, rows[self.source.column(name)])
            for number, (place, name) in enumerate(asked)
        ]
        rows = rows.filter(
            ibis.or_(*(is_it & self.source.inside(rows, [place]) for is_it, place, _ in chosen))
        )
        rows = rows.mutate(value=ibis.cases(*((is_it, value) for is_it, _, value in chosen)))
        grouped = rows.group_by(["asked", "value"]).agg(**self._sums(rows))
        yield from self._apart(facts.collect(grouped), asked)

    def _cells(self, block: Block) -> Floats:
        keys = [self.source.column(name) for name in block.dimensions]
        grouped = self.table.group_by(keys).agg(**self._sums(self.table))
        if block.kept is not None:
            grouped = grouped.filter(grouped["n"] >= FEWEST_CASES)
        return self._laid(grouped, block.dimensions, cells=block.cells, kept=block.kept)

    def _apart(self, found: facts.Rows, asked: Sequence[tuple[Address, str]]) -> Iterator[Floats]:
        number, value, sums = found.column("asked"), found.column("value"), self._added(found)
        for each, (_, name) in enumerate(asked):
            rows = np.flatnonzero(number == each)
            laid = np.zeros((len(sums), len(self.source.values[name])))
            laid[:, value[rows]] = sums[:, rows]
            yield laid

    def _sums(self, table: "ir.Table") -> dict[str, "ir.Value"]:
        """Sums of the actual period by multiplying with 1 and 0: no condition, no literal."""
        is_actual = table["is_actual"]
        sums = {"n": table.count(), "n_actual": is_actual.sum()}
        for name in self.names:
            sums[f"{name}_actual"] = (table[name] * is_actual).sum()
            sums[f"{name}_base"] = (table[name] * (1 - is_actual)).sum()
        return sums

    def _added(self, found: facts.Rows) -> Floats:
        """The sums of an answer as `Figures` gives them: figures x rows."""
        n, actual = (np.nan_to_num(found.column(name)) for name in ("n", "n_actual"))
        sums = [actual, n - actual]
        for name in self.names:
            sums += [np.nan_to_num(found.column(f"{name}_{side}")) for side in ("actual", "base")]
        return np.array(sums, dtype=np.float64)

    def _laid(
        self,
        grouped: "ir.Table",
        names: Sequence[str],
        *,
        cells: int,
        kept: Codes | None = None,
    ) -> Floats:
        found = facts.collect(grouped)
        sums, place = self._added(found), self.source.cells(found, names)
        laid = np.zeros((len(sums), cells))
        if kept is None:
            laid[:, place] = sums
        elif cells:
            # What has enough cases only in part of the table is among those of the whole.
            laid[:, np.searchsorted(kept, place)] = sums
        return laid


def of_table(
    table: "ir.Table",
    *,
    dimensions: Sequence[str],
    is_actual: "ir.IntegerValue",
    total: "ir.NumericValue | None",
    model: Model,
    hierarchies: tuple[tuple[str, ...], ...] = (),
) -> Elsewhere:
    """The cases of a table that stays where it is.

    Args:
        table: one row per case, in any database that Ibis reads.
        dimensions: columns whose values are places; anything but text is told as its text.
        is_actual: 1 in the actual period, 0 in the base; a row where it is null is left out.
        total: 1 for a success and 0 for a failure (BINOMIAL) or the amount (SUM, MEAN); a row
            that has none is left out. None for COUNT.
        model: what the result is. For SUM a row with amount 0 is no case.
        hierarchies: chains of dimensions, coarse to fine.

    Returns:
        A source for `localise` and `why_not`. Two levels of a chain never stand in one place.

    Raises:
        TooManyValuesError: a dimension tells nearly every case apart.
    """
    names = tuple(sorted(dimensions))
    amount = number(1) if total is None else total
    cases = table.select(
        **{f"d{place}": table[name].cast("string") for place, name in enumerate(names)},
        is_actual=is_actual.cast("int64"),
        total=amount.cast("float64"),
    )
    cases = cases.filter(cases["is_actual"].notnull(), cases["total"].abs() < number(LARGEST))
    if model is Model.SUM:
        cases = cases.filter(cases["total"] != 0)
    values = {name: _values(cases, f"d{place}", name) for place, name in enumerate(names)}
    return Elsewhere(
        table=facts.elsewhere.held(_coded(cases, values)),
        model=model,
        dimensions=names,
        values=values,
        hierarchies=hierarchies,
    )


def _values(cases: "ir.Table", column: str, name: str) -> tuple[str | None, ...]:
    """The values of a dimension, in the order in which Python sorts them, none last."""
    listed = facts.collect(cases.select(column).distinct().limit(MOST_VALUES + 2)).column(column)
    known = sorted(value for value in listed if value is not None)
    if len(known) > MOST_VALUES:
        raise TooManyValuesError(name)
    return (*known, *((None,) if len(known) < len(listed) else ()))


def _coded(cases: "ir.Table", values: Mapping[str, tuple[str | None, ...]]) -> "ir.Table":
    """The cases with the place of each value among those of its dimension, instead of its text."""
    codes = {}
    table = cases
    for place, known in enumerate(values.values()):
        key, is_none = f"d{place}", None in known
        texts = [value for value in known if value is not None]
        small = facts.small(
            texts={f"{key}_text": texts}, figures={f"{key}_code": [*map(float, range(len(texts)))]}
        )
        # Null joins nothing. What an engine puts there differs: it is never looked at.
        how = "left" if is_none else "inner"
        table = table.join(small, table[key] == small[f"{key}_text"], how=how)
        codes[key] = number(len(texts)) if is_none else None
    told = table.select(*cases.columns, *(f"{key}_code" for key in codes))
    own = {}
    for key, none in codes.items():
        code = told[f"{key}_code"]
        own[key] = (code if none is None else told[key].isnull().ifelse(none, code)).cast("int32")
    return told.select(**own, is_actual=told["is_actual"], total=told["total"])
