"""What the command ends with, and how a problem is told: one clear message on standard error."""

import os
import sys
import traceback
from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import NoReturn

from headway.terms.errors import HeadwayError


class Exit(IntEnum):
    """Exit codes; they never change their meaning."""

    OK = 0
    REFUSED = 1
    USAGE = 2
    NOT_MEASURED = 3
    FAULT = 70
    INTERRUPTED = 130


MEANING: Mapping[Exit, str] = {
    Exit.OK: "done; for `diagnose`: there is an answer, which may be “cannot tell”",
    Exit.REFUSED: "the data, the file or the request can be put right; the message says how",
    Exit.USAGE: "the command was not understood",
    Exit.NOT_MEASURED: "read, but no two periods could be compared; what was found is shown",
    Exit.FAULT: "a fault of Headway's own; `HEADWAY_DEBUG=true` shows where",
    Exit.INTERRUPTED: "ended by Ctrl C",
}


class UsageError(HeadwayError):
    """Options that do not go together, or a value that an option cannot take."""

    code = "cli.usage"


def say(message: str) -> None:
    """Tell a person something beside the result: on standard error."""
    sys.stderr.write(f"{message}\n")


def guarded(run: Callable[[], None]) -> NoReturn:
    """Run the command; whatever goes wrong becomes one message and an exit code."""
    try:
        run()
        sys.stdout.flush()
    except UsageError as problem:
        _end(Exit.USAGE, str(problem))
    except HeadwayError as problem:
        _end(Exit.REFUSED, str(problem))
    except KeyboardInterrupt:
        _end(Exit.INTERRUPTED, "Ended.")
    except BrokenPipeError:
        _let_go()
    except SystemExit:
        _let_go_if_cut_off()
        raise
    except Exception as problem:  # noqa: BLE001  the edge: a fault is told, not thrown at a person
        if os.environ.get("HEADWAY_DEBUG") == "true":
            traceback.print_exc()
        _end(
            Exit.FAULT,
            "Headway failed on something it should have handled "
            f"({type(problem).__name__}: {problem}). "
            "Run it again with HEADWAY_DEBUG=true and report what it prints.",
        )
    sys.exit(Exit.OK)


def _let_go_if_cut_off() -> None:
    """Click takes a closed pipe for a failure, and tells of it by this wrapper alone."""
    if type(sys.stdout).__name__ == "PacifyFlushWrapper":
        _let_go()


def _let_go() -> NoReturn:
    """Whoever read our output has seen enough (`headway ... | head`)."""
    if sys.__stdout__ is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())
    sys.exit(Exit.OK)


def _end(code: Exit, message: str) -> NoReturn:
    say(message)
    sys.exit(code)
