"""How long from the command to the first page: `headway demo`, the first time and again.

    python benchmarks/cold_start.py [--rounds 3]

Each round has a data folder of its own. The first run reads and diagnoses the sample, and makes the
database; the second finds all that done. Seconds of the clock until a page answers, of the whole
until the log-in link is printed, and the seconds of the processor of all processes together.
Python keeps what it compiles, as it does for users; the first run of the first round compiles it.
Goal: at most 5 s to the first page after set-up.
"""

import argparse
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

GOAL, PATIENCE = 5.0, 120.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def answers(url: str) -> bool:
    """Whether a page comes back, be it the page to log in."""
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def run(data: Path, *, compiled: Path) -> tuple[float, float, float]:
    """Seconds to the first page, to the log-in link, and of the processor."""
    port = free_port()
    own = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    demo = subprocess.Popen(
        [Path(sys.executable).with_name("headway"), "demo", "--port", str(port)],
        env={**own, "HEADWAY_DATA": str(data), "PYTHONPYCACHEPREFIX": str(compiled)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    linked: list[float] = []

    def read() -> None:
        linked.extend(time.perf_counter() - began for line in demo.stderr if "Log in" in line)

    threading.Thread(target=read, daemon=True).start()
    while not answers(f"http://127.0.0.1:{port}/") and time.perf_counter() - began < PATIENCE:
        time.sleep(0.05)
    page = time.perf_counter() - began
    while not linked and demo.poll() is None and time.perf_counter() - began < PATIENCE:
        time.sleep(0.05)
    demo.send_signal(signal.SIGINT)
    demo.wait(timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return page, linked[0] if linked else float("nan"), spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    first, again = [], []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for number in range(rounds):
            for runs in (first, again):
                runs.append(run(scratch / str(number), compiled=scratch / "compiled"))
    for label, runs in (("first run", first), ("again", again)):
        page, link, spent = (statistics.median(each) for each in zip(*runs, strict=True))
        print(f"{label}: page {page:.1f} s, link {link:.1f} s, processor {spent:.1f} s")
    print(
        f"goal: {GOAL:.0f} s to the page; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )


if __name__ == "__main__":
    main()
