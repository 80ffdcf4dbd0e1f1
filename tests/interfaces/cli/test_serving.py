"""The server and the worker: they start and end together, and say where they are."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.interfaces.cli import serving
from headway.interfaces.cli.exits import Exit, UsageError


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def test_a_taken_port_is_said_with_another_one_to_try(taken: int) -> None:
    with pytest.raises(serving.PortTakenError, match=rf"--port {taken + 1}"):
        serving.free_port(host="127.0.0.1", port=taken)


def test_the_demo_moves_to_a_free_port(taken: int) -> None:
    assert serving.free_port(host="127.0.0.1", port=taken, may_move=True) not in {0, taken}


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(UsageError, match=r"no\.such\.host\.invalid is no address"):
        serving.free_port(host="no.such.host.invalid", port=0)
    with pytest.raises(UsageError, match=r"192\.0\.2\.1 is no address"):
        serving.free_port(host="192.0.2.1", port=0)


def test_the_address_can_be_opened_on_this_machine() -> None:
    assert serving.address(host="0.0.0.0", port=80) == "http://127.0.0.1:80/"
    assert serving.address(host="::1", port=80) == "http://[::1]:80/"


@pytest.mark.journey
@pytest.mark.slow
@pytest.mark.parametrize("polite_end", [signal.SIGTERM, signal.SIGINT])
def test_up_serves_until_it_is_ended(tmp_path: Path, polite_end: signal.Signals) -> None:
    environment = {**os.environ, "HEADWAY_DATA": str(tmp_path / "data")}
    command = [sys.executable, "-m", "headway.interfaces.cli", "up", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, text=True, cwd=tmp_path
    ) as process:
        assert process.stderr is not None
        try:
            told = [process.stderr.readline(), process.stderr.readline()]
            (site,) = re.findall(r"http://127\.0\.0\.1:\d+/", told[1])
            with urllib.request.urlopen(site) as reply:
                assert reply.status == 200
            process.send_signal(polite_end)
            assert process.wait(timeout=20) == Exit.INTERRUPTED
            assert "Traceback" not in process.stderr.read()
        finally:
            # After a failure above, leaving the block would wait for ever.
            process.terminate()
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(site)
