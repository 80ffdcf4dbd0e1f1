"""From options to a question: which result, over which days, against which."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from headway.interfaces.cli.exits import UsageError
from headway.terms.answer import Kpi
from headway.terms.period import Period, moved
from headway.terms.question import Question

_DAY = timedelta(days=1)

Files = Annotated[
    Path,
    typer.Argument(
        metavar="PATH", help="A CSV, XLSX or Parquet file, a folder of them, or a bundle."
    ),
]
Result = Annotated[Kpi, typer.Option(metavar="RESULT", help=f"One of: {', '.join(Kpi)}.")]
FirstDay = Annotated[
    str, typer.Option("--from", metavar="DAY", help="First day of the period to explain.")
]
LastDay = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day inside the period.")]
Against = Annotated[
    str,
    typer.Option(metavar="DAY", help="First day of an equally long base, or both ends: DAY..DAY."),
]
AsOf = Annotated[str, typer.Option(metavar="DAY", help="Use only what was recorded by this day.")]
MappingFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="What the columns mean, as proposed and corrected."),
]


def day(text: str) -> date:
    """A day as `2026-06-30`."""
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise UsageError(
            f"'{text}' is no day. Days are written year-month-day: 2026-06-30."
        ) from problem


def question(*, kpi: Kpi, first: str, last: str, against: str) -> Question:
    """The question that the options ask; empty options leave the choice to what the data holds.

    Args:
        kpi: the result to explain.
        first: first day of the period, or empty.
        last: last day inside it, or empty.
        against: first day of an equally long base, or `FIRST..LAST`, or empty.

    Raises:
        UsageError: only one end of the period is given, a base without a period, or no day.
    """
    if bool(first) != bool(last):
        raise UsageError("Only one end of the period is given. Give both --from and --to, or none.")
    if against and not first:
        raise UsageError("--against needs a period to compare. Give --from and --to as well.")
    if not first:
        return Question(kpi=kpi)
    actual = _period(first=day(first), last=day(last))
    return Question(kpi=kpi, actual=actual, against=_base(against, actual=actual))


def _base(against: str, *, actual: Period) -> Period | None:
    if not against:
        return None
    first, is_span, last = against.partition("..")
    if is_span:
        return _period(first=day(first), last=day(last))
    begins = day(first)
    if begins.day == 1 and actual.first.day == 1 and actual.end.day == 1:
        months = (begins.year - actual.first.year) * 12 + begins.month - actual.first.month
        return moved(actual, months=months)
    return Period(first=begins, end=begins + timedelta(days=actual.days))


def _period(*, first: date, last: date) -> Period:
    if last < first:
        raise UsageError(f"A period cannot end before it begins: {first} to {last}.")
    return Period(first=first, end=last + _DAY)
