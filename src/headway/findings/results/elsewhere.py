"""Where a result moved in a table that stays where it is: summed there, judged here."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from headway.analysis.methods import localisation
from headway.facts import elsewhere
from headway.findings.results import places
from headway.terms.answer import Kpi, Localisation
from headway.terms.errors import HeadwayError
from headway.terms.period import Period
from headway.terms.policy import Policy

if TYPE_CHECKING:
    import ibis.expr.types as ir


class UnfitColumnError(HeadwayError):
    """A column cannot be what it was named for."""

    code: ClassVar[str] = "results.unfit_column"

    def __init__(self, *, name: str, found: str, needed: str) -> None:
        super().__init__(
            f"The column '{name}' is {found}; {needed} is needed. Name another column."
        )


def located(
    table: "ir.Table",
    *,
    kpi: Kpi,
    day: str,
    value: str | None,
    dimensions: Sequence[str],
    actual: Period,
    base: Period,
    policy: Policy,
) -> Localisation:
    """Where a result moved between two periods, over columns of a table with one row per case.

    Args:
        table: decided opportunities (win rate), won ones (bookings, average amount, days) or all.
        kpi: the result.
        day: the column with the day that says in which period a case is.
        value: whether it was won (win rate), or its amount or days; None for opportunities created.
        dimensions: the columns whose values are places.
        actual: the period to explain.
        base: the period it is compared with.
        policy: as for an answer; the family-wise error, and every p, is that of all results.

    Returns:
        Places as an answer names them. Nothing but counts and sums was read.

    Raises:
        LacksColumnError: the table does not have a column.
        UnfitColumnError: the day is no day, or the value no figure or truth.
        TooManyValuesError: a dimension tells nearly every case apart.
        NotAnsweredError: the database refused or failed a question.
    """
    elsewhere.expect_columns(table, [day, *([value] if value else []), *dimensions])
    is_actual = _is_actual(table, day, actual=actual, base=base)
    total = None if value is None else _total(table, value, kpi=kpi)
    with elsewhere.answering(table):
        source = localisation.of_table(
            table,
            dimensions=dimensions,
            is_actual=is_actual,
            total=total,
            model=places.MODELS[kpi],
            hierarchies=places.hierarchies(tuple(dimensions)),
        )
        return places.located(source, kpi=kpi, policy=policy)


def _is_actual(table: "ir.Table", day: str, *, actual: Period, base: Period) -> "ir.IntegerValue":
    import ibis  # noqa: PLC0415  heavy

    column = table[day]
    if not (column.type().is_date() or column.type().is_timestamp()):
        raise UnfitColumnError(name=day, found=str(column.type()), needed="a day or an instant")
    on = column.cast("date")

    def inside(period: Period) -> "ir.BooleanValue":
        return (on >= _day(period.first)) & (on < _day(period.end))

    def _day(each: date) -> "ir.DateScalar":
        return ibis.literal(each.isoformat()).cast("date")

    return ibis.cases((inside(actual), 1), (inside(base), 0))


def _total(table: "ir.Table", value: str, *, kpi: Kpi) -> "ir.NumericValue":
    import ibis  # noqa: PLC0415  heavy

    column = table[value]
    if kpi is Kpi.WIN_RATE:
        if column.type().is_boolean():
            return ibis.cases((column, 1), (~column, 0))
        if column.type().is_integer():
            # Whatever is neither won nor lost is no case.
            return ibis.cases((column == 1, 1), (column == 0, 0))
        found = str(column.type())
        raise UnfitColumnError(name=value, found=found, needed="true or false, or 1 or 0")
    if not column.type().is_numeric() or column.type().is_boolean():
        raise UnfitColumnError(name=value, found=str(column.type()), needed="a number")
    return column
