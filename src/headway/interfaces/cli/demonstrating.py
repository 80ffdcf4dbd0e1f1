"""`headway demo`: the sample organisation, diagnosed, explained and served."""

from typing import Annotated

import typer

from headway.interfaces.cli import installation, people, progress, serving
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
) -> None:
    """Show the sample: load it, diagnose it, print the answer, and serve the pages.

    It lies in a data folder of its own beside yours, so that nothing mixes.

    Example: headway demo
    """
    installation.opened_for_sample()
    _load_once()
    if not serve:
        return
    port = serving.free_port(host=host, port=port, may_move=True)
    with serving.running(host=host, port=port, workers=1) as processes:
        site = serving.address(host=host, port=port)
        say(f"\nHeadway is at {site} (Ctrl C ends it)")
        say(f"Log in with this link, once: {_log_in_link(site)}")
        serving.watch(processes)


def _load_once() -> None:
    from headway.cycle import jobs, sample  # noqa: PLC0415  needs the installation

    with progress.shown() as told:
        jobs.load_and_publish(sample.FOLDER, viewer=SYSTEM, at=installation.now(), progress=told)


def _log_in_link(site: str) -> str:
    from headway.actions import access  # noqa: PLC0415  needs the installation

    at = installation.now()
    access.found_sample(viewer=SYSTEM, at=at, name="Sample leader", email=_LEADER)
    made = access.make_log_in_link(viewer=SYSTEM, at=at, email=_LEADER)
    return people.link("log-in-by-link", token=made.token, site=site)
