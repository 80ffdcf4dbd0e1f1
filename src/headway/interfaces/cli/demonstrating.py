"""`headway demo`: the sample organisation, diagnosed, explained and served."""

from pathlib import Path
from typing import Annotated

import typer

from headway import __version__
from headway.interfaces.cli import installation, keeping, people, progress, serving
from headway.interfaces.cli.exits import say
from headway.terms.errors import HeadwayError
from headway.terms.viewer import SYSTEM

_LEADER = "leader@sample.invalid"


class NotTheSampleError(HeadwayError):
    """The folder of the sample holds something else."""

    code = "cli.not_the_sample"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds data that is not the sample, and the two never mix. Delete that "
            "folder, or name another: HEADWAY_DATA=/path/to/folder headway demo"
        )


def demo(
    *,
    host: serving.Host = "127.0.0.1",
    port: serving.Port = 8000,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages, or end after the answer.")
    ] = True,
    again: Annotated[bool, typer.Option("--again", help="Read and diagnose it anew.")] = False,
) -> None:
    """Show the sample: load it, diagnose it, print the answer, and serve the pages.

    It lies in a data folder of its own beside yours, so that nothing mixes. Started again, it shows
    what was found the first time.

    Example: headway demo
    """
    installation.choose_sample()
    folder = installation.opened()
    done = folder / "read-by"
    port = serving.free_port(host=host, port=port, may_move=True)
    with serving.together() as processes:
        if serve:
            # The server starts while the sample is diagnosed: both take a few seconds.
            serving.start_server(processes, host=host, port=port, workers=1)
        if again or not _is_read(done):
            say("Reading and diagnosing the sample ...")
            _load(folder)
            done.write_text(__version__, encoding="utf-8")
        _print_answer()
        if serve:
            _serve(processes, host=host, port=port)


def _serve(processes: serving.Processes, *, host: str, port: int) -> None:
    serving.wait_for(processes, host=host, port=port)
    site = serving.address(host=host, port=port)
    say(f"\nHeadway is at {site} (Ctrl C ends it)")
    say(f"Log in with this link, once: {_log_in_link(site)}")
    # Last: the first page shall not wait for it.
    serving.start_worker(processes)
    serving.watch(processes)


def _is_read(done: Path) -> bool:
    from headway.queries import sample  # noqa: PLC0415  needs the installation

    is_ours = done.is_file() and done.read_text(encoding="utf-8") == __version__
    return is_ours and sample.is_loaded(SYSTEM)


def _load(folder: Path) -> None:
    from headway.actions.sample import OwnDataError  # noqa: PLC0415  needs the installation
    from headway.cycle import jobs, sample  # noqa: PLC0415  the same

    at = installation.now()
    try:
        with progress.shown() as told:
            # What was read before is left first: another version may read or find otherwise.
            sample.leave(viewer=SYSTEM, at=at)
            jobs.load_sample(viewer=SYSTEM, at=at, progress=told)
    except OwnDataError as problem:
        raise NotTheSampleError(folder) from problem


def _print_answer() -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --help

    from headway.interfaces.cli import report  # noqa: PLC0415  the same
    from headway.queries.results import wording  # noqa: PLC0415  the same

    report.show(wording.page(keeping.published()), console=Console())


def _log_in_link(site: str) -> str:
    from headway.actions import access  # noqa: PLC0415  needs the installation

    at = installation.now()
    access.found_sample(viewer=SYSTEM, at=at, name="Sample leader", email=_LEADER)
    made = access.make_log_in_link(viewer=SYSTEM, at=at, email=_LEADER)
    return people.link("log-in-by-link", token=made.token, site=site)
