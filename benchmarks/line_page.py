# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""The page Line of sight of a large organisation: statements, processor, memory of two workers.

    python benchmarks/line_page.py [--people 10000] [--priorities 10]

The head of sales looks at all priorities with one opened by team. The processor's time is that of
our own page over that of the one-file control's list (`django_control.py`: 25 of 10,000 rows),
measured in turn in one run; a round in which the control differs from itself by more than a quarter
is repeated. Memory is what two served workers hold together after fifty pages each way, shared
pages counted once. Goals: 20 statements, 3 times the control, 200 MB.
"""

import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import urllib.request
from dataclasses import replace
from datetime import UTC, date, datetime
from http.cookiejar import CookieJar
from pathlib import Path

HERE = Path(__file__).parent
TEAM, DIRECTORS = 10, 20
AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
ROUNDS, TRIES, MOST_APART, PAGES = 5, 25, 1.25, 50


def tree(people: int) -> dict[str, str | None]:
    """Whom each person reports to."""
    managers = (people - 1 - DIRECTORS) // (TEAM + 1)
    found = {"u0": None} | {f"d{n}": "u0" for n in range(DIRECTORS)}
    found |= {f"m{n}": f"d{n % DIRECTORS}" for n in range(managers)}
    return found | {f"s{n}": f"m{n % managers}" for n in range(people - len(found))}


def enter(people: int, priorities: int) -> None:
    """A head, twenty directors, managers of ten each; a chain for every leader and priority."""
    sys.path.insert(0, str(HERE.parent))
    from headway.records.models import (
        Account,
        Organisation,
        Person,
        Publication,
        PublishedChain,
        ReportingLine,
    )

    manager_of = tree(people)
    Organisation.objects.create(name="Example", currency="EUR")
    Person.objects.bulk_create(Person(id=each, name=f"Person {each}") for each in manager_of)
    ReportingLine.objects.bulk_create(
        ReportingLine(person_id=who, manager_id=to, role="seller", valid_from=date(2020, 1, 1))
        for who, to in manager_of.items()
    )
    Account.objects.create(
        email="u0@example.com", name="Head", password="!", is_executive=True, created_at=AT
    )
    made = Publication.objects.create(
        facts_id="f" * 64,
        policy_version="1",
        as_of=date(2026, 10, 1),
        data_from=date(2023, 1, 1),
        published_at=AT,
        is_current=True,
    )
    rows = list(_chains(made, manager_of, priorities=priorities))
    PublishedChain.objects.bulk_create(rows, batch_size=500)
    print(f"{people:,} people, {priorities} priorities, {len(rows):,} chains")


def _chains(publication, manager_of: dict[str, str | None], *, priorities: int):
    """A chain for every leader and priority."""
    from tests.worked_line import CHAIN

    from headway.records.models import PublishedChain
    from headway.terms import codec

    heads = [who for who in manager_of if who[0] in "udm"]
    for number in range(priorities):
        for position, head in enumerate(heads):
            chain = replace(
                CHAIN,
                priority=f"p{number}",
                name=f"Priority {number}",
                group=f"seller@{head}",
                people=len(manager_of) if head == "u0" else TEAM,
            )
            body = codec.to_json(chain)
            yield PublishedChain(
                publication=publication,
                priority=chain.priority,
                role="seller",
                head=head,
                position=number * len(heads) + position,
                chain=body,
                for_others=body,
            )


def page_and_control() -> None:
    """Print statements and the processor's ratio."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from headway.records.models import Account

    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get())
    path = "/line-of-sight/"
    assert client.get(path).content.count(b'class="beam"') > 1
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    print(f"statements: {len(asked)}; goal 20")
    ratios = _ratios(client, path)
    if not ratios:
        print("processor: no round passed, the machine is too busy")
        return
    ratio, own, control = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"processor: control {control:.2f} ms, page {own:.2f} ms; ratio {ratio:.2f}; goal 3")


def _ratios(client, path: str) -> list[tuple[float, float, float]]:
    """Of each round that counts: the ratio, our milliseconds and the control's."""
    sys.path.insert(0, str(HERE))
    import results_page

    environment = {**os.environ, "CONTROL_USER": "u40"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, str(HERE / "django_control.py")]
    ratios = []
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout.readline() == "ready\n"
        for _ in range(TRIES):
            before = results_page.control_cpu(process)
            own = results_page.cpu(client, path)
            after = results_page.control_cpu(process)
            if max(before, after) / min(before, after) <= MOST_APART:
                ratios.append((own / ((before + after) / 2), own, (before + after) / 2))
            if len(ratios) == ROUNDS:
                break
        process.stdin.close()
    return ratios


def memory() -> None:
    """Print what two served workers hold after fifty pages."""
    from headway.actions import access
    from headway.terms.viewer import SYSTEM

    token = access.make_log_in_link(
        viewer=SYSTEM, at=datetime.now(UTC), email="u0@example.com"
    ).token
    command = [sys.executable, "-m", "headway.interfaces.cli", "up", "--port", "0"]
    with subprocess.Popen(
        [*command, "--workers", "2"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            site = next(
                found[0]
                for line in process.stdout
                if (found := re.findall(r"http://\S+:\d+", line))
            )
            opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
            form = opener.open(f"{site}/access/link/{token}/").read().decode()
            csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
            opener.open(
                urllib.request.Request(
                    f"{site}/access/link/{token}/",
                    data=f"csrfmiddlewaretoken={csrf}".encode(),
                    headers={"Referer": site},
                )
            ).read()
            for _ in range(PAGES):
                assert b"beam" in opener.open(f"{site}/line-of-sight/").read()
            held = _held(process.pid)
            print(f"memory of two workers: {held:.0f} MB; goal 200")
        finally:
            process.send_signal(signal.SIGTERM)


def _held(parent: int) -> float:
    """The proportional memory of all processes below that serve pages, in MB."""
    total = 0.0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            command = (status.parent / "cmdline").read_bytes()
            if b"granian" not in command and b"wsgi" not in command:
                continue
            if parent not in _above(int(status.parent.name)):
                continue
            shares = (status.parent / "smaps_rollup").read_text()
        except OSError:
            continue
        total += int(re.search(r"^Pss:\s+(\d+)", shares, re.MULTILINE)[1]) / 1024
    return total


def _above(process: int) -> list[int]:
    found = []
    while process > 1:
        text = Path(f"/proc/{process}/status").read_text()
        process = int(re.search(r"^PPid:\s+(\d+)", text, re.MULTILINE)[1])
        found.append(process)
    return found


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--priorities", type=int, default=10)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEADWAY_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "headway.server.settings"
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        enter(wanted.people, wanted.priorities)
        page_and_control()
        memory()
