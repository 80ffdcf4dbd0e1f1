"""`headway where`: where a result moved in a table that stays in its database."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from headway.interfaces.cli import asking, progress
from headway.interfaces.cli.exits import UsageError
from headway.terms.answer import Kpi

if TYPE_CHECKING:
    from headway.terms.answer import Localisation


def where(  # noqa: PLR0913  one option for each thing a table does not tell
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS",
            help="The database: duckdb://FILE, postgres://HOST/NAME, "
            "pyspark://?spark.master=..., snowflake://..., bigquery://...",
        ),
    ],
    *,
    table: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="A table with one row per case, or a path of Parquet files."
        ),
    ],
    day: Annotated[str, typer.Option(metavar="COLUMN", help="The day of a case.")],
    by: Annotated[
        list[str], typer.Option(metavar="COLUMN", help="A dimension; as many as there are.")
    ],
    first: asking.FirstDay,
    last: asking.LastDay,
    against: asking.Against,
    result: asking.Result = Kpi.WIN_RATE,
    value: Annotated[
        str,
        typer.Option(
            metavar="COLUMN", help="Whether it was won, or its amount or days; none if counted."
        ),
    ] = "",
    currency: Annotated[
        str, typer.Option(metavar="CODE", help="What amounts are in, such as EUR.")
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON, and nothing else.")
    ] = False,
) -> None:
    """Say where a result moved in a table that stays where it is; only sums are read.

    A row is a decided opportunity for the win rate, a won one for bookings, average amount and
    cycle days, and any for opportunities created.

    Example: headway where duckdb://sales.duckdb --table decided --day decided_on --value is_won
    --by region --by product --from 2026-01-01 --to 2026-06-30 --against 2025-01-01
    """
    if (not value) != (result is Kpi.OPPORTUNITIES_CREATED):
        raise UsageError("Give --value for every result but opportunities_created, which counts.")
    if not currency and result in (Kpi.BOOKINGS, Kpi.AVERAGE_AMOUNT):
        raise UsageError(f"The result {result} is an amount. Give --currency, such as EUR.")
    asked = asking.question(kpi=result, first=first, last=last, against=against)
    if asked.actual is None or asked.against is None:
        raise UsageError("Give the period as --from and --to, and its base as --against.")
    from headway.cycle import elsewhere  # noqa: PLC0415  loads the engine, --help must not

    with progress.shown() as told:
        found = elsewhere.located(
            address,
            table=table,
            kpi=result,
            day=day,
            value=value or None,
            dimensions=tuple(dict.fromkeys(by)),
            actual=asked.actual,
            base=asked.against,
            progress=told,
        )
    _give(found, currency=currency, as_json=as_json)


def _give(found: "Localisation", *, currency: str, as_json: bool) -> None:
    if as_json:
        from headway.terms import codec  # noqa: PLC0415  not needed for text

        json.dump(codec.to_json(found), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return
    from rich.console import Console  # noqa: PLC0415  not needed for --json

    from headway.interfaces.cli import layout  # noqa: PLC0415  the same
    from headway.queries.results import located  # noqa: PLC0415  the same

    told = located.told(found, currency=currency)
    console = Console()
    console.print(layout.words(told.title, style="bold"))
    if told.empty:
        console.print(layout.words(told.empty))
    for place in told.places:
        console.print(layout.words(f"{place.label}: {place.moved}"))
        console.print(layout.words(layout.joined(place.carries, place.cases), style="dim"))
    for note in told.notes:
        console.print(layout.words(note, style="dim"))
