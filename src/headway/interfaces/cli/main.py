"""The command `headway`: everything a person does without a browser."""

import io
import sys
from typing import Annotated

import typer

from headway import __version__
from headway.interfaces.cli import (
    asking_elsewhere,
    asking_places,
    bundles,
    demonstrating,
    diagnosing,
    exits,
    keeping,
    mapping,
    people,
    serving,
)

app = typer.Typer(
    name="headway",
    help="Shows where the line between a sales strategy and daily work breaks, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _say_version(asked: bool) -> None:  # noqa: FBT001  typer calls it so
    if asked:
        sys.stdout.write(f"headway {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


for name, summary, command in (
    ("diagnose", "Answer from files; nothing is kept.", diagnosing.diagnose),
    ("why-not", "Say why a place is not named.", asking_places.why_not),
    ("where", "Say where a result moved in a database.", asking_elsewhere.where),
    ("mapping", "Show and settle what the columns mean.", mapping.mapping),
    ("load", "Take files into the installation.", keeping.load),
    ("checks", "Print the doubts about the data.", keeping.checks),
    ("undo", "Take the last load back.", keeping.undo),
    ("confirm-people", "Let a stopped load go on.", keeping.confirm_people),
    ("up", "Serve the pages, and do the background work.", serving.up),
    ("worker", "Do the background work only.", serving.worker),
    ("demo", "Show the sample, from file to page.", demonstrating.demo),
    ("invite", "Print a link to make an account.", people.invite),
    ("reset-link", "Print a link to set a new password.", people.reset_link),
):
    app.command(name=name, short_help=summary)(command)
app.add_typer(bundles.app)


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign gets a question mark, not a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    exits.guarded(app)
