"""`headway demo`: the sample organisation, diagnosed, explained and served."""

from typing import Annotated

import typer

from headway import __version__
from headway.interfaces.cli import installation, keeping, people, progress, serving
from headway.interfaces.cli.exits import say
from headway.terms.viewer import SYSTEM

_LEADER = "leader@sample.invalid"


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
    done = installation.opened() / "read-by"
    port = serving.free_port(host=host, port=port, may_move=True)
    with serving.together() as processes:
        if serve:
            # The server starts while the sample is diagnosed: both take a few seconds.
            serving.start_server(processes, host=host, port=port, workers=1)
        if again or not done.is_file() or done.read_text(encoding="utf-8") != __version__:
            say("Reading and diagnosing the sample ...")
            _load()
            done.write_text(__version__, encoding="utf-8")
        _print_answer()
        if serve:
            _serve(processes, host=host, port=port)


def _serve(processes: serving.Processes, *, host: str, port: int) -> None:
    serving.start_worker(processes)
    serving.wait_for(processes, host=host, port=port)
    site = serving.address(host=host, port=port)
    say(f"\nHeadway is at {site} (Ctrl C ends it)")
    say(f"Log in with this link, once: {_log_in_link(site)}")
    serving.watch(processes)


def _load() -> None:
    from headway.cycle import jobs, sample  # noqa: PLC0415  needs the installation

    with progress.shown() as told:
        jobs.load_and_publish(
            sample.FOLDER,
            viewer=SYSTEM,
            at=installation.now(),
            progress=told,
            source="AdventureWorks sales",
        )


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
