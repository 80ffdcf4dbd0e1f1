"""`headway demo`: the sample organisation, diagnosed, explained and served; or one as a bundle."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from headway.interfaces.cli import asking, installation, keeping, people, progress, serving
from headway.interfaces.cli.exits import UsageError, say
from headway.terms.errors import HeadwayError
from headway.terms.viewer import SYSTEM, Role, Viewer

_LEADER = "leader@sample.invalid"


class NotTheSampleError(HeadwayError):
    """The folder of the sample holds something else."""

    code = "cli.not_the_sample"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} holds data that is not the sample, and the two never mix. Delete that "
            "folder, or name another: HEADWAY_DATA=/path/to/folder headway demo"
        )


@dataclass(frozen=True, kw_only=True)
class _Wanted:
    """What a bundle is to hold; None and "" = as the scenario has it."""

    seed: int | None
    sellers: int | None
    scenario: str
    as_of: str
    truth: Path | None


def demo(
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PATH]",
            help="Write an invented organisation as a bundle there, and show nothing.",
            show_default=False,
        ),
    ] = None,
    *,
    host: serving.Host = "127.0.0.1",
    port: serving.Port = 8000,
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve the pages, or end after the answer.")
    ] = True,
    again: Annotated[bool, typer.Option("--again", help="Read and diagnose it anew.")] = False,
    seed: Annotated[
        int | None, typer.Option(min=0, help="Of the bundle: another seed, another organisation.")
    ] = None,
    sellers: Annotated[
        int | None, typer.Option(min=20, max=400, help="Of the bundle: how many sellers.")
    ] = None,
    scenario: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Of the bundle: sample, broken, healthy, small, low_response or decoys.",
        ),
    ] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DAY", help="Of the bundle: its last day; today if not given.")
    ] = "",
    truth: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Of the bundle: write what is planted to this file."),
    ] = None,
) -> None:
    """Show the sample: load it, diagnose it, print the answer, and serve the pages.

    It lies in a data folder of its own beside yours, so that nothing mixes. Started again, it shows
    what was found the first time; another version of Headway makes it anew.

    With PATH, write a bundle of an invented organisation instead: who is told what, what people
    do, where the line breaks. The same options give the same bytes.

    Example: headway demo
    """
    wanted = _Wanted(seed=seed, sellers=sellers, scenario=scenario, as_of=as_of, truth=truth)
    if path is not None:
        if again or not serve:
            raise UsageError("With PATH nothing is shown: leave --again and --no-serve out.")
        _write(path, wanted=wanted)
        return
    if wanted != _NOTHING_WANTED:
        raise UsageError("These options are of a bundle. Name where to write it: headway demo PATH")
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
            _note(done)
        _print_answer()
        if serve:
            _serve(processes, host=host, port=port)


_NOTHING_WANTED = _Wanted(seed=None, sellers=None, scenario="", as_of="", truth=None)
_SEED, _SCENARIO = 1, "sample"


def _write(path: Path, *, wanted: _Wanted) -> None:
    from headway.cycle import inventing  # noqa: PLC0415  loads the engine, --help must not

    inventing.write(
        path,
        as_of=asking.day(wanted.as_of) if wanted.as_of else installation.now().date(),
        seed=_SEED if wanted.seed is None else wanted.seed,
        sellers=wanted.sellers,
        scenario=wanted.scenario or _SCENARIO,
        truth=wanted.truth,
    )
    say(f"Written: {path}")
    if wanted.truth is not None:
        say(f"What is planted: {wanted.truth}")


def _serve(processes: serving.Processes, *, host: str, port: int) -> None:
    serving.wait_for(processes, host=host, port=port)
    site = serving.address(host=host, port=port)
    say(f"\nHeadway is at {site} (Ctrl C ends it)")
    say(f"Log in with this link, once: {_log_in_link(site)}")
    # Last: the first page shall not wait for it.
    serving.start_worker(processes)
    serving.watch(processes)


def _is_read(done: Path) -> bool:
    from headway.cycle.sample import made_by  # noqa: PLC0415  needs the installation
    from headway.queries import sample  # noqa: PLC0415  the same

    is_ours = done.is_file() and done.read_text(encoding="utf-8") == made_by()
    return is_ours and sample.is_loaded(SYSTEM)


def _note(done: Path) -> None:
    from headway.cycle.sample import made_by  # noqa: PLC0415  needs the installation

    done.write_text(made_by(), encoding="utf-8")


def _load(folder: Path) -> None:
    from headway.actions.sample import OwnDataError  # noqa: PLC0415  needs the installation
    from headway.cycle import jobs, sample  # noqa: PLC0415  the same

    at = installation.now()
    try:
        with progress.shown() as told:
            # What was read before is left first: other code may invent, read or find otherwise.
            sample.leave(viewer=SYSTEM, at=at)
            jobs.load_sample(viewer=_leader(), at=at, progress=told)
    except OwnDataError as problem:
        raise NotTheSampleError(folder) from problem


def _print_answer() -> None:
    from rich.console import Console  # noqa: PLC0415  not needed for --help

    from headway.interfaces.cli import lines, report  # noqa: PLC0415  the same
    from headway.queries.results import wording  # noqa: PLC0415  the same
    from headway.queries.strategy import published  # noqa: PLC0415  the same
    from headway.queries.strategy import wording as line  # noqa: PLC0415  the same

    console = Console()
    found = published.findings(SYSTEM, at=installation.now())
    names = published.names(SYSTEM, chains=found.chains)
    lines.show(line.priorities(found, names=names), console=console)
    report.show(wording.page(keeping.published()), console=console)


def _leader() -> Viewer:
    """Who looks at the sample: the executive who stands for its head once it is read."""
    from headway.actions import access  # noqa: PLC0415  needs the installation

    made = access.found_sample(
        viewer=SYSTEM, at=installation.now(), name="Sample leader", email=_LEADER
    )
    roles = frozenset({Role.EXECUTIVE})
    return Viewer(person_id=None, account_id=made.account_id, roles=roles)


def _log_in_link(site: str) -> str:
    from headway.actions import access  # noqa: PLC0415  needs the installation

    at = installation.now()
    made = access.make_log_in_link(viewer=SYSTEM, at=at, email=_LEADER)
    return people.link("log-in-by-link", token=made.token, site=site)
