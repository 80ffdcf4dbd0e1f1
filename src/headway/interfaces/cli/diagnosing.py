"""`headway diagnose`: an answer from files, without a database."""

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from headway.interfaces.cli import asking, progress
from headway.interfaces.cli import mapping as columns
from headway.interfaces.cli.exits import Exit, UsageError, say
from headway.terms.answer import Kpi
from headway.terms.policy import DEFAULT

if TYPE_CHECKING:
    from headway.cycle.diagnose import Diagnosis


def diagnose(
    path: asking.Files,
    *,
    result: asking.Result = Kpi.BOOKINGS,
    first: asking.FirstDay = "",
    last: asking.LastDay = "",
    against: asking.Against = "",
    as_of: asking.AsOf = "",
    mapping: asking.MappingFile = None,
    meant: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="What leaders declared: meant/priority.csv and others, as in a bundle.",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print findings.json, and nothing else.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one self-contained page.")
    ] = None,
) -> None:
    """Answer "why are our results not improving?" from files; nothing is kept.

    Without a period, the last two complete fiscal quarters are explained, against the same two a
    year before or, where the data does not reach back, the latest earlier period of that length.

    Example: headway diagnose exports/ --result win_rate --html answer.html
    """
    if as_json and html is not None:
        raise UsageError("--json and --html exclude each other. Run the command once for each.")
    if html is not None:
        _expect_writable(html)
    question = asking.question(kpi=result, first=first, last=last, against=against)
    day = asking.day(as_of) if as_of else None
    from headway.cycle import diagnose as cycle  # noqa: PLC0415  loads the engine, --help must not

    known = columns.for_files(path, given=mapping)
    with progress.shown() as told:
        found = cycle.diagnose(
            path,
            question=question,
            as_of=day,
            mapping=known,
            meant=meant,
            progress=told,
            policy=DEFAULT,
        )
    _give(found, as_json=as_json, html=html)
    if found.asked.comparison is None:
        raise typer.Exit(Exit.NOT_MEASURED)


def _expect_writable(page: Path) -> None:
    """Say before the work, not after it, that the page cannot be written."""
    target = page if page.exists() else page.parent
    if page.is_dir() or not page.parent.is_dir() or not os.access(target, os.W_OK):
        raise UsageError(
            f"{page} cannot be written. Expected the name of a file in a folder that is there "
            "and belongs to you, such as answer.html."
        )


def _give(found: "Diagnosis", *, as_json: bool, html: Path | None) -> None:
    if as_json:
        json.dump(found.findings_json, sys.stdout, ensure_ascii=False, indent=1, allow_nan=False)
        sys.stdout.write("\n")
    elif html is not None:
        from headway.interfaces.pages import report  # noqa: PLC0415  loads the templates

        page = report.one_page(found.answers, strategy=found.strategy, names=found.names)
        html.write_text(page, encoding="utf-8")
        say(f"Written: {html}")
    else:
        _print(found)


def _print(found: "Diagnosis") -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --json

    from headway.interfaces.cli import lines, report  # noqa: PLC0415  the same
    from headway.queries.results import wording  # noqa: PLC0415  the same
    from headway.queries.strategy import wording as strategy  # noqa: PLC0415  the same

    console = Console()
    pages = strategy.priorities(found.strategy, names=found.names)
    lines.show(pages, console=console)
    if nothing := strategy.undeclared(found.strategy):
        console.print(nothing, style="dim")
    report.show(wording.page(found.asked), console=console)
    report.show_reading(found, console=console)
