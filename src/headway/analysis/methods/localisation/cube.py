"""What the engine is given: rows of coded dimensions with the measures of two periods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from headway.terms.errors import HeadwayError

Floats = npt.NDArray[np.float64]
# Of any width: cases come with narrow ones, which are cheap to hold.
Codes = npt.NDArray[np.integer]
Numbers = npt.NDArray[np.integer | np.floating]

BASE, ACTUAL = 0, 1


class Model(StrEnum):
    """How the result comes about, which decides what can move and how sure a move is."""

    COUNT = "count"
    SUM = "sum"
    BINOMIAL = "binomial"
    MEAN = "mean"


@dataclass(frozen=True, kw_only=True)
class Side:
    """The measures of one period, one entry per row.

    `n` counts cases (decided, won), None where only sums are known. `total` is the numerator:
    successes for BINOMIAL, money for SUM and MEAN, not used for COUNT. `squares` is the sum of
    squared amounts, None where it is not known; then the row's own total squared stands for it,
    which is never too small.
    """

    n: Numbers | None
    total: Numbers
    squares: Floats | None = None


def cases(side: Side) -> Numbers:
    """The number of cases of each row; where only sums are known, a row with a sum is one case."""
    return (side.total != 0).view(np.int8) if side.n is None else side.n


@dataclass(frozen=True, kw_only=True)
class Cube:
    """Rows (single cases, or aggregates of equal dimension values) with both periods' measures.

    `codes[d][row]` indexes `values[d]`; a missing value is a value of its own, written None.
    `hierarchies` are chains of dimensions, coarse to fine; two levels of one chain never stand in
    one place. `drifting` dimensions change by themselves (people grow older): how many cases a
    value holds says nothing there, only how they end.
    """

    codes: Mapping[str, Codes]
    values: Mapping[str, tuple[str | None, ...]]
    base: Side
    actual: Side
    model: Model
    hierarchies: tuple[tuple[str, ...], ...] = ()
    drifting: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse a cube whose columns do not fit together."""
        lengths = {len(codes) for codes in self.codes.values()}
        lengths |= {len(self.base.total), len(self.actual.total)}
        if len(lengths) != 1:
            raise UnevenCubeError(sorted(lengths))

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.base.total)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Dimensions in an order that does not depend on how they were given."""
        return tuple(sorted(self.codes))


class UnevenCubeError(HeadwayError):
    """Columns of different length were given as one cube."""

    code = "localisation.uneven_cube"

    def __init__(self, lengths: Sequence[int]) -> None:
        self.lengths = tuple(lengths)
        super().__init__(
            f"The columns of the cube have {', '.join(map(str, lengths))} rows; one length was "
            "expected. Give every dimension and measure from the same rows."
        )


def of_cases(
    *,
    codes: Mapping[str, npt.NDArray[np.integer]],
    values: Mapping[str, tuple[str | None, ...]],
    period: npt.NDArray[np.integer],
    total: Numbers | None,
    model: Model,
    hierarchies: tuple[tuple[str, ...], ...] = (),
    drifting: frozenset[str] = frozenset(),
) -> Cube:
    """The cube of single cases, one row each.

    Args:
        codes: one array per dimension, an index into `values`.
        values: the values of each dimension; None is the missing value.
        period: 0 for the base period, 1 for the actual one; a row with any other number is left
        out.
        total: 1.0 for a success and 0.0 for a failure (BINOMIAL) or the amount (SUM, MEAN); a row
            that is not a number is left out. None for COUNT.
        model: what the result is. For SUM a row with amount 0 is no case.
        hierarchies: chains of dimensions, coarse to fine.
        drifting: dimensions whose volumes and mix say nothing.

    Returns:
        A cube with one row per case inside one of the two periods.

    Examples:
        >>> cube = of_cases(codes={"team": np.array([0, 1, 0])}, values={"team": ("A", "B")},
        ...     period=np.array([0, 1, 7]), total=np.array([1.0, 0.0, 1.0]), model=Model.BINOMIAL)
        >>> cube.rows, cube.base.n.tolist(), cube.actual.n.tolist()
        (2, [1, 0], [0, 1])
    """
    amount: Numbers = np.ones(len(period), np.int8) if total is None else np.asarray(total)
    inside = (period == BASE) | (period == ACTUAL)
    if amount.dtype.kind == "f":
        inside &= np.isfinite(amount)
    # Leaving nothing out must cost nothing: a selection copies every column.
    kept = slice(None) if inside.all() else inside
    period, amount = period[kept], amount[kept]
    # A success or failure needs one byte; the square of a row's own amount need not be held.
    is_whole = model in (Model.COUNT, Model.BINOMIAL)
    amount = amount.astype(np.int8) if is_whole else amount.astype(np.float64)

    def side(which: int) -> Side:
        mine = period == which
        if model is Model.SUM:
            mine &= amount != 0
        n = mine.view(np.int8)
        return Side(n=n, total=amount * n)

    return Cube(
        codes={name: _narrow(column[kept], values[name]) for name, column in codes.items()},
        values=values,
        base=side(BASE),
        actual=side(ACTUAL),
        model=model,
        hierarchies=hierarchies,
        drifting=drifting,
    )


def _narrow(column: Codes, values: Sequence[str | None]) -> Codes:
    return column.astype(np.min_scalar_type(max(len(values) - 1, 0)), copy=False)
