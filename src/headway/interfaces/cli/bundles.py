"""`headway bundle`: facts as a folder of files, to be judged or moved."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headway.interfaces.cli import installation
from headway.interfaces.cli.exits import Exit, say

app = typer.Typer(name="bundle", help="Check a bundle, or write one.", no_args_is_help=True)
_MOST_SHOWN = 200


class FileType(StrEnum):
    """How the tables of a bundle are written."""

    CSV = "csv"
    PARQUET = "parquet"


@app.command(short_help="Compare a bundle with the format.")
def check(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="The folder with bundle.json, or a zip of it.")
    ],
) -> None:
    """Compare a bundle with the format: every broken rule with its table, line and reason.

    Example: headway bundle check organisation/
    """
    from headway.cycle import bundle  # noqa: PLC0415  loads the engine, --help must not

    count = 0
    for found in bundle.violations(path):
        count += 1
        if count <= _MOST_SHOWN:
            place = f"{found.table}, line {found.line}" if found.line else found.table or "bundle"
            sys.stdout.write(f"{place}: {found.message} (rule {found.rule})\n")
    if count > _MOST_SHOWN:
        sys.stdout.write(f"... and {count - _MOST_SHOWN} more.\n")
    if count:
        raise typer.Exit(Exit.REFUSED)
    say("The bundle keeps every rule of the format.")


_LEFT = {
    "words": "what {n} messages said in words",
    "repeats": "when {n} messages are to be said again",
    "goals": "the goals on the plan",
    "versions": "{n} former versions of priorities",
    "half_agreed": "on {n} cards, that one of the two has agreed",
    "hours_back": "{n} entries of hours given back",
    "skills": "{n} skills that people teach or want to learn",
    "peer_words": "words of {n} notes of pairs",
    "knowledge_words": "words and single uses of {n} items of what works",
    "seen_by": "of {n} commitments, by what they are seen",
    "notes": "{n} notes and reasons that were said of commitments",
    "joint": "that {n} commitments are for both sides to do",
    "shared": "that {n} commitments are shared with a manager",
    "not_agreed": "{n} commitments that their owners have not agreed to",
    "broken": "that {n} commitments were given up",
    "waves": "{n} pulse waves that are not counted yet",
    "comments": "{n} comments on findings",
    "coached_words": "what {n} coaching sessions said in words",
    "sessions_ahead": "{n} coaching sessions that are asked for or planned",
    "coaching_plans": "{n} coaching plans",
    "programmes": "{n} coaching programmes",
    "scorecards": "{n} scorecards",
}


@app.command(short_help="Write what the installation holds as a bundle.")
def export(
    folder: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="A folder that does not exist yet, or is empty."),
    ],
    *,
    file_type: Annotated[FileType, typer.Option("--as", help="The form of the tables.")] = (
        FileType.CSV
    ),
    everything: Annotated[
        bool,
        typer.Option("--everything", help="With names, texts and what people said: a hand-over."),
    ] = False,
) -> None:
    """Write what was loaded and entered as a bundle; names, mail addresses and texts stay out.

    A bundle with --everything is as confidential as the installation it came from. What no table
    of the format holds is listed; accounts, settings and the audit never leave.

    Example: headway bundle export organisation/ --as parquet
    """
    installation.opened()
    from headway.cycle import exporting  # noqa: PLC0415  loads the engine, --help must not

    left = exporting.export(
        folder,
        at=installation.now(),
        file_type=file_type.value,
        share="everything" if everything else "shareable",
    )
    say(f"Written: {folder}")
    if left:
        sys.stdout.write("No table of the format holds, so it stays here:\n")
    for what, count in left.items():
        sys.stdout.write(f"- {_LEFT[what].format(n=count)}\n")
