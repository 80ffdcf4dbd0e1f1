# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""How long somebody waits who asks why a place is not named, among a million opportunities.

    python benchmarks/why_not_speed.py [--rows 1000000] [--rounds 5]

The whole product: a folder as a CRM exports it (that of question_200k, eight dimensions and two
planted falls) is loaded and published by `headway load`; `headway worker` works; an executive asks
on the page for places of one to three conditions that were not asked for before, and looks again
once a second, as the page does, until the answer stands there. Seconds of the clock: the first
question, for which the worker loads the engine and opens the facts, and the median of the others;
beside them what the worker used of the processor for one, which says more where others work on the
machine too. Goal: 5 s of the clock.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import question_200k

GOAL, MOST, PAUSE = 5.0, 300.0, 1.0
PAGE = "/results/why-not/"
PLACES = (
    ("region=APAC",),
    ("product=Product 07", "segment=Small"),
    ("region=EMEA", "type=renewal", "lead_source=Web"),
    ("industry=Industry 11",),
    ("team=Team 4", "segment=Public"),
    ("country=EMEA-2",),
    ("lead_source=Outbound", "type=new", "segment=Mid-market"),
)
HEADWAY = (sys.executable, "-m", "headway.interfaces.cli")


def asker():
    """A signed-in executive of the installation that was loaded."""
    import django

    django.setup()
    from django.test import Client

    from headway.records.models import Account

    account = Account.objects.create(
        email="e@example.com",
        name="Executive",
        is_executive=True,
        created_at=datetime.now(tz=UTC),
        password="!",
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(account)
    return client


def waited(client, place: Sequence[str]) -> float:
    """Seconds from the question to the page that answers it."""
    started = time.perf_counter()
    asked = {"scope": "organisation", "kpi": "win_rate", "place": list(place)}
    address = client.get(PAGE, asked).headers["Location"]
    while time.perf_counter() - started < MOST:
        time.sleep(PAUSE)
        reply = client.get(address)
        if "Location" in reply.headers:
            page = client.get(reply.headers["Location"]).content.decode()
            assert re.search(r"z −?\d", page) or "Too few cases" in page, page
            return time.perf_counter() - started
        assert b"could not be worked out" not in reply.content, reply.content.decode()
    raise AssertionError(f"{place}: no answer after {MOST:.0f} s")


def used(worker: subprocess.Popen[bytes]) -> float:
    """Seconds of the processor that the worker has used so far."""
    fields = Path(f"/proc/{worker.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")


def main(rows: int, rounds: int) -> None:
    """Prints how long loading took, and how long each answer."""
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["HEADWAY_DATA"] = f"{scratch}/data"
        os.environ["DJANGO_SETTINGS_MODULE"] = "headway.server.settings"
        folder = Path(scratch) / "export"
        question_200k.write(question_200k.plant(rows=rows), folder)
        started = time.perf_counter()
        subprocess.run([*HEADWAY, "load", str(folder)], check=True, stdout=subprocess.DEVNULL)
        print(f"{rows:,} opportunities loaded and published: {time.perf_counter() - started:.1f} s")
        client = asker()
        with subprocess.Popen([*HEADWAY, "worker"], stderr=subprocess.DEVNULL) as worker:
            try:
                first = waited(client, PLACES[0])
                before = used(worker)
                others = [waited(client, place) for place in PLACES[1 : rounds + 1]]
                processor = (used(worker) - before) / rounds
            finally:
                worker.terminate()
        print(
            f"why not: first {first:.1f} s, then {statistics.median(others):.1f} s "
            f"({min(others):.1f} to {max(others):.1f}, {len(others)} places), goal {GOAL:.0f} s; "
            f"worker's processor {processor:.1f} s for one; load {os.getloadavg()[0]:.0f}"
        )


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=5, choices=range(1, len(PLACES)))
    given = options.parse_args()
    main(given.rows, given.rounds)
