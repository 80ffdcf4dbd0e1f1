"""`headway load`, `headway checks`, `headway undo`: the installation's own data."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from headway.interfaces.cli import installation, progress
from headway.interfaces.cli.exits import say
from headway.terms.viewer import SYSTEM


def load(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="PATH", help="A CSV, XLSX or Parquet file, a folder of them, or a bundle."
        ),
    ],
    *,
    mapping: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What the columns mean, as proposed and corrected."),
    ] = None,
) -> None:
    """Take files into the installation, find what they say, and publish it.

    The same files again change nothing; a later export of the same source updates by id. What it no
    longer holds is marked missing, never deleted.

    Example: headway load exports/
    """
    installation.opened()
    from headway.cycle import jobs  # noqa: PLC0415  needs the installation

    with progress.shown() as told:
        done = jobs.load_and_publish(
            path, mapping=mapping, viewer=SYSTEM, at=installation.now(), progress=told
        )
    say(f"Loaded: {done}")


def undo() -> None:
    """Take the last load back; what was known before it is known again.

    Example: headway undo
    """
    installation.opened()
    from headway.cycle import jobs  # noqa: PLC0415  needs the installation

    jobs.undo_and_publish(viewer=SYSTEM, at=installation.now())
    say("The last load is undone.")


def checks() -> None:
    """Print the doubts about the installation's data, and what each of them touches.

    Example: headway checks
    """
    installation.opened()
    from headway.actions import audit  # noqa: PLC0415  needs the installation
    from headway.queries import data, sensitive  # noqa: PLC0415  the same

    with sensitive.noted() as reads:
        found = data.checks(SYSTEM)
    audit.note_reads(viewer=SYSTEM, at=installation.now(), reads=reads)
    _print([mark.code for mark in found])


def _print(lines: Sequence[str]) -> None:
    sys.stdout.write("\n".join(lines) + "\n" if lines else "No check found anything to doubt.\n")
