"""`headway load`, `checks`, `undo` and `confirm-people`: the installation's own data."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from headway.interfaces.cli import asking, installation, progress
from headway.interfaces.cli import mapping as columns
from headway.interfaces.cli.exits import say
from headway.terms.errors import HeadwayError
from headway.terms.question import EVERYWHERE
from headway.terms.viewer import SYSTEM

if TYPE_CHECKING:
    from headway.queries.people_lists import StopSeen
    from headway.terms.answer import Answer, Mark


class NothingLoadedError(HeadwayError):
    """There is no data to say anything about."""

    code = "cli.nothing_loaded"

    def __init__(self) -> None:
        super().__init__(
            "Nothing is loaded yet. Load an export first: headway load PATH. "
            "To look at files without keeping them: headway diagnose PATH"
        )


class NothingStoppedError(HeadwayError):
    """No load waits under the number that was given."""

    code = "cli.nothing_stopped"

    def __init__(self, stop_id: int) -> None:
        super().__init__(
            f"No stopped load has the number {stop_id}. See which wait: headway confirm-people"
        )


def load(
    path: asking.Files,
    *,
    mapping: asking.MappingFile = None,
) -> None:
    """Take files into the installation, find what they say, and publish it.

    The same files again change nothing; a later export of the same source updates by id. What it no
    longer holds is marked missing, never deleted.

    Example: headway load exports/
    """
    installation.opened()
    from rich.console import Console  # noqa: PLC0415  not needed for --help

    from headway.cycle import jobs  # noqa: PLC0415  needs the installation
    from headway.interfaces.cli import report  # noqa: PLC0415  not needed for --help

    known = columns.for_files(path, given=mapping)
    with progress.shown() as told:
        done = jobs.load_and_publish(
            path, mapping=known, viewer=SYSTEM, at=installation.now(), progress=told
        )
    report.show_reading(done, console=Console())
    say("The pages show it: headway up")


def undo() -> None:
    """Take the last load back; what was known before it is known again. The sample goes whole.

    Example: headway undo
    """
    installation.opened()
    from headway.cycle import jobs  # noqa: PLC0415  needs the installation

    is_something_left = jobs.undo_and_publish(viewer=SYSTEM, at=installation.now())
    say("The last load is undone." if is_something_left else "Nothing is loaded now.")


def confirm_people(
    stop: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="The stopped load, as this command numbers it."),
    ] = None,
) -> None:
    """Say that a stopped load is right about its people, and publish it.

    Without a number it changes nothing, and prints who would leave or come under another id.

    Example: headway confirm-people 3
    """
    installation.opened()
    from headway.queries import people_lists  # noqa: PLC0415  needs the installation

    waiting = people_lists.stops(SYSTEM)
    if stop is None:
        for each in waiting:
            sys.stdout.write(_stopped(each))
        if not waiting:
            sys.stdout.write("No load is stopped because of its people.\n")
        return
    if stop not in {each.stop_id for each in waiting}:
        raise NothingStoppedError(stop)
    from headway.actions import people_stops  # noqa: PLC0415  needs the installation
    from headway.cycle import publish  # noqa: PLC0415  the same

    people_stops.confirm(viewer=SYSTEM, at=installation.now(), stop_id=stop)
    with progress.shown() as told:
        publish.publish(viewer=SYSTEM, at=installation.now(), progress=told)
    say("The people are brought in. The pages show it: headway up")


def _stopped(stop: "StopSeen") -> str:
    lines = (
        f"Number {stop.stop_id}, stopped on {stop.found}. Of {stop.active_count} people here:",
        *(f"  {name} would count as having left" for name in stop.leaving),
        *(f"  {sentence}" for sentence in stop.swapped),
        f"If that is right: headway confirm-people {stop.stop_id}. If not: headway undo",
    )
    return "\n".join(lines) + "\n"


def checks() -> None:
    """Print the doubts about the installation's data, and what each of them touches.

    Example: headway checks
    """
    installation.opened()
    from rich.console import Console  # noqa: PLC0415  not needed for --help

    from headway.interfaces.cli import report  # noqa: PLC0415  the same
    from headway.queries.results import wording  # noqa: PLC0415  the same

    answer = published()
    marks = _marks()
    if not marks:
        sys.stdout.write("No check found anything to doubt.\n")
        return
    currency = answer.organisation.currency
    report.show_lines(
        [wording.doubt(each, currency=currency) for each in marks],
        title=f"Doubts about the data of {answer.organisation.name}",
        console=Console(),
    )


def published() -> "Answer":
    """What was last published for the whole organisation.

    Raises:
        NothingLoadedError: nothing is.
    """
    from headway.queries.results import published as answers  # noqa: PLC0415  needs the installation

    answer = answers.answer_of(SYSTEM, asked=answers.Asked(scope=EVERYWHERE))
    if answer is None:
        raise NothingLoadedError
    return answer


def _marks() -> "tuple[Mark, ...]":
    from headway.actions import audit  # noqa: PLC0415  needs the installation
    from headway.queries import data, sensitive  # noqa: PLC0415  the same

    with sensitive.noted() as reads:
        found = data.checks(SYSTEM)
    audit.note_reads(viewer=SYSTEM, at=installation.now(), reads=reads)
    return found
