"""`headway why-not`: how far a place moved that is not named as a cause."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from headway.interfaces.cli import asking, progress
from headway.interfaces.cli import mapping as columns
from headway.interfaces.cli.exits import Exit, UsageError
from headway.terms import place as places
from headway.terms.answer import Kpi

if TYPE_CHECKING:
    from headway.queries.results.why_not import Move
    from headway.terms.answer import WhyNot


def why_not(
    path: asking.Files,
    *,
    where: Annotated[
        list[str],
        typer.Option(
            metavar="DIMENSION=VALUE",
            help="The place, such as region=EMEA; up to three, which then all hold.",
        ),
    ],
    result: asking.Result = Kpi.BOOKINGS,
    first: asking.FirstDay = "",
    last: asking.LastDay = "",
    against: asking.Against = "",
    as_of: asking.AsOf = "",
    mapping: asking.MappingFile = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the figures as JSON, and nothing else.")
    ] = False,
) -> None:
    """Say why `headway diagnose` does not name a place: its move, how sure it is, its cases.

    The same periods are compared and the same places are looked at as in an answer about all
    results, so the chance that is told is that of the whole search.

    Example: headway why-not exports/ --where region=EMEA --where product=Core --result win_rate
    """
    place = _placed(where)
    day = asking.day(as_of) if as_of else None
    question = asking.question(kpi=result, first=first, last=last, against=against)
    from headway.cycle import diagnose as cycle  # noqa: PLC0415  loads the engine, --help must not

    known = columns.for_files(path, given=mapping)
    with progress.shown() as told:
        found = cycle.why_not(
            path, question=question, place=place, as_of=day, mapping=known, progress=told
        )
    _give(found, as_json=as_json)
    if found.comparison is None:
        raise typer.Exit(Exit.NOT_MEASURED)


def _placed(where: list[str]) -> dict[str, str]:
    try:
        return places.parse(where)
    except places.PlaceTextError as problem:
        raise UsageError(str(problem)) from problem


def _give(found: "WhyNot", *, as_json: bool) -> None:
    if as_json:
        from headway.terms import codec  # noqa: PLC0415  not needed for text

        json.dump(codec.to_json(found), sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
        return
    from rich.console import Console  # noqa: PLC0415  not needed for --json

    from headway.interfaces.cli import layout  # noqa: PLC0415  the same
    from headway.queries.results import why_not as wording  # noqa: PLC0415  the same

    told = wording.told(found)
    console = Console()
    console.print(layout.words(told.title, style="bold"))
    if told.compared:
        console.print(layout.words(told.compared, style="dim"))
    if told.empty:
        console.print(layout.words(told.empty))
    for move in told.moves:
        console.print(layout.words(f"{move.label}: {move.sentence}"))
        console.print(layout.words(_figures(move), style="dim"))


def _figures(move: "Move") -> str:
    from headway.interfaces.cli import layout  # noqa: PLC0415  as above

    carries = f"carries {move.carries} ({move.range})" if move.carries else ""
    share = f"{move.share} of the change" if move.share else ""
    return layout.joined(carries, share, move.strength, f"cases: {move.cases}")
