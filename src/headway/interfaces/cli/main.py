"""The command `headway`: everything a person does without a browser."""

import sys
from typing import Annotated

import typer

from headway import __version__

app = typer.Typer(
    name="headway",
    help="Shows where the line between a sales strategy and daily work breaks, and why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(*, asked: bool) -> None:
    if asked:
        sys.stdout.write(f"headway {__version__}\n")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=lambda asked: _say_version(asked=asked), is_eager=True),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line of this process."""
    app()
