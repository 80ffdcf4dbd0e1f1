"""`headway up`: the web server and the worker, as two processes that live and end together."""

import contextlib
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Annotated, Never

import typer

from headway.interfaces.cli import installation
from headway.interfaces.cli.exits import UsageError, say
from headway.terms.errors import HeadwayError

_START_SECONDS = 30
_END_SECONDS = 10
_LOOK_SECONDS = 0.05
_HIGHEST_PORT = 65_535
_ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  compared with, not bound to


class PortTakenError(HeadwayError):
    """Another program listens where the server should."""

    code = "cli.port_taken"

    def __init__(self, *, host: str, port: int) -> None:
        super().__init__(
            f"Port {port} of {host} is taken by another program, or may not be used. "
            f"End that program, or choose another port: headway up --port {port + 1}"
        )


class ServerEndedError(HeadwayError):
    """One of the processes ended by itself."""

    code = "cli.server_ended"

    def __init__(self, name: str, *, status: int) -> None:
        super().__init__(
            f"The {name} ended by itself (status {status}); the reason stands above. Both are down."
        )


Processes = dict[str, subprocess.Popen[bytes]]
Host = Annotated[
    str, typer.Option(metavar="ADDRESS", help="Where to listen; 0.0.0.0 for other machines too.")
]
Port = Annotated[
    int, typer.Option(metavar="NUMBER", help="0 takes any free one.", min=0, max=_HIGHEST_PORT)
]


def up(
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(metavar="NUMBER", help="Web processes.", min=1)] = 2,
) -> None:
    """Serve the pages and do the background work, until Ctrl C.

    Everything lies in one data folder: HEADWAY_DATA, or where your system keeps it.

    Example: headway up --port 8080
    """
    port = free_port(host=host, port=port)
    folder = installation.opened()
    with together() as processes:
        start_server(processes, host=host, port=port, workers=workers)
        start_worker(processes)
        wait_for(processes, host=host, port=port)
        say(f"Data folder: {folder}")
        say(f"Headway is at {address(host=host, port=port)} (Ctrl C ends it)")
        if host in _ANYWHERE:
            say("Other machines may ask; name this one in HEADWAY_HOSTS, and put HTTPS in front.")
        watch(processes)


def worker(
    *, once: Annotated[bool, typer.Option("--once", help="Do what waits, then end.")] = False
) -> None:
    """Do the background work; `headway up` runs one by itself.

    Example: headway worker
    """
    installation.opened()
    from headway.cycle import worker as cycle  # noqa: PLC0415  needs the installation

    cycle.work(once=once)


def address(*, host: str, port: int) -> str:
    """What to open in a browser on this machine."""
    shown = "127.0.0.1" if host in _ANYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def free_port(*, host: str, port: int, may_move: bool = False) -> int:
    """The port, if nobody listens there; 0 asks for any.

    Args:
        host: where to listen.
        port: the port wished for.
        may_move: take any free port where this one is taken.

    Raises:
        PortTakenError: somebody listens there.
        UsageError: there is no such address on this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
        except socket.gaierror as problem:
            raise UsageError(f"{host} is no address of this machine.") from problem
        except OSError as problem:
            if problem.errno == errno.EADDRNOTAVAIL:
                raise UsageError(f"{host} is no address of this machine.") from problem
            if not may_move:
                raise PortTakenError(host=host, port=port) from problem
            listening.bind((host, 0))
        return int(listening.getsockname()[1])


@contextlib.contextmanager
def together() -> Iterator[Processes]:
    """An empty collection of processes: those put into it end with the block."""
    processes: Processes = {}
    with _interrupted_by(signal.SIGTERM), _interrupted_by(signal.SIGINT):
        try:
            yield processes
        finally:
            # All are asked before one is waited for.
            for process in processes.values():
                process.terminate()
            for process in processes.values():
                _await_end(process)


def start_server(processes: Processes, *, host: str, port: int, workers: int) -> None:
    """Start the web server; the database must be up to date."""
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", host, "--port", str(port), "--workers", str(workers)]
    command += ["--blocking-threads", "4", "--log-level", "warning"]
    processes["web server"] = _started([*command, "headway.server.wsgi:application"])


def start_worker(processes: Processes) -> None:
    """Start the worker; the database must be up to date."""
    command = [sys.executable, "-m", "headway.interfaces.cli", "worker"]
    processes["worker"] = _started(command)


def watch(processes: Processes) -> Never:
    """Wait until Ctrl C, or until one of them ends by itself.

    Raises:
        ServerEndedError: one ended.
    """
    while True:
        for name, process in processes.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                raise ServerEndedError(name, status=process.wait(timeout=0.5))


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl C reaches only us, and we end the children in order.
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603  our own interpreter


def _await_end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(_END_SECONDS)
    # Its session is its group: what it left behind goes with it.
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(processes: Processes, *, host: str, port: int) -> None:
    """Wait until the web server answers.

    Raises:
        ServerEndedError: it ended, or does not answer in time.
    """
    until = time.monotonic() + _START_SECONDS
    reached = "127.0.0.1" if host in _ANYWHERE else host
    while time.monotonic() < until:
        for name, process in processes.items():
            if process.poll() is not None:
                raise ServerEndedError(name, status=process.returncode)
        with contextlib.suppress(OSError), socket.create_connection((reached, port), timeout=1):
            return
        time.sleep(_LOOK_SECONDS)
    raise ServerEndedError("web server", status=-1)


@contextlib.contextmanager
def _interrupted_by(number: signal.Signals) -> Iterator[None]:
    """Let a polite end do what Ctrl C does, also where a shell began us in the background.

    Such a shell has interrupts ignored, and we would inherit that.
    """

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(number, interrupt)
    try:
        yield
    finally:
        signal.signal(number, before)
