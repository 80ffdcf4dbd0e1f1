# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""CPU of our list of opportunities against the one-file control, on the same machine and numbers.

    python benchmarks/results_page.py [manager]

Both hold 100 users, 10,000 decided opportunities and 2,000 accounts. Ours checks who may see whom
over the tree of reporting lines, sends its headers, reads the published answer to know the periods,
and renders the whole frame. Rounds are interleaved, control - ours - control; a round in which the
two control runs differ by more than a quarter is discarded and repeated. Goal: 1.5 times control.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

HERE = Path(__file__).parent
ROUNDS, LISTS, TRIES, MOST_APART, GOAL = 5, 40, 25, 1.25, 1.5
SEED = 20_261_122
USERS, MANAGERS, OPPORTUNITIES, ACCOUNTS = 100, 10, 10_000, 2_000
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def ours(name: str):
    """A signed-in client of an installation with the same numbers."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from headway.records.models import Account

    call_command("migrate", verbosity=0)
    _people()
    _published()
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(email=f"{name}@example.com"))
    return client


def _people() -> None:
    from headway.records.models import Account, Organisation, Person, ReportingLine

    Organisation.objects.create(name="Example", currency="EUR")
    Person.objects.bulk_create(Person(id=f"u{n}", name=f"Person {n}") for n in range(USERS))
    ReportingLine.objects.bulk_create(
        ReportingLine(
            person_id=f"u{n}",
            manager_id=None if n == 0 else "u0" if n <= MANAGERS else f"u{1 + n % MANAGERS}",
            role="seller",
            valid_from=date(2020, 1, 1),
        )
        for n in range(USERS)
    )
    Account.objects.bulk_create(
        Account(
            email=f"u{n}@example.com",
            name=f"Person {n}",
            person_id=f"u{n}",
            password="!",
            is_executive=n == 0,
            is_manager=0 < n <= MANAGERS,
            is_seller=n > MANAGERS,
            created_at=NOW,
        )
        for n in range(USERS)
    )


def _published() -> None:
    sys.path.insert(0, str(HERE.parent))
    from django.db import connection
    from tests.interfaces.pages import answers

    from headway.records.models import (
        AccountRow,
        OpportunityRow,
        Publication,
        PublishedAnswer,
    )
    from headway.terms import codec

    made = Publication.objects.create(
        facts_id="f" * 64,
        policy_version="1",
        as_of=date(2026, 10, 1),
        data_from=date(2023, 1, 1),
        published_at=NOW,
        is_current=True,
    )
    answer = codec.to_json(answers.FALLING)
    scopes = ["organisation", "seller@u0", *(f"seller@u{n}" for n in range(1, MANAGERS + 1))]
    scopes += [f"person@u{n}" for n in range(USERS)]
    PublishedAnswer.objects.bulk_create(
        PublishedAnswer(publication=made, scope=scope, kpi="bookings", answer=answer)
        for scope in scopes
    )
    AccountRow.objects.bulk_create(
        AccountRow(id=f"a{n}", name=f"Account {n}") for n in range(ACCOUNTS)
    )
    chance = random.Random(SEED)
    OpportunityRow.objects.bulk_create(
        OpportunityRow(
            id=f"o{n}",
            name=f"Opportunity {n}",
            account_id=f"a{chance.randrange(ACCOUNTS)}",
            owner_id=f"u{chance.randint(MANAGERS + 1, USERS - 1)}",
            stage="Closed",
            stage_group=chance.choice(["won", "lost"]),
            amount=chance.randint(1_000, 90_000),
            created_on=(on := date(2026, 4, 1) + timedelta(days=chance.randrange(180))),
            closed_on=on + timedelta(days=1),
            dimensions={"region": "North"},
        )
        for n in range(OPPORTUNITIES)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def cpu(client, path: str) -> float:
    """Milliseconds of the processor for one page of ours."""
    start = time.process_time()
    for _ in range(LISTS):
        client.get(path)
    return (time.process_time() - start) / LISTS * 1000


def control_cpu(process: subprocess.Popen[str]) -> float:
    """The same for one list of the control."""
    process.stdin.write(f"{LISTS}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def measured(who: str, control_user: str, *, is_manager: bool) -> None:
    """Prints our list's CPU over the control's, the median of the rounds that count."""
    # As the page links to it.
    path = f"/results/opportunities/?scope={'seller' if is_manager else 'person'}%40{who}"
    client = ours(who)
    assert b"opportunities that you may see" in client.get(path).content
    environment = {**os.environ, "CONTROL_USER": control_user}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, str(HERE / "django_control.py")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout.readline() == "ready\n"
        ratios, both = [], []
        for _ in range(TRIES):
            before, own, after = control_cpu(process), cpu(client, path), control_cpu(process)
            if max(before, after) / min(before, after) <= MOST_APART:
                ratios.append(own / ((before + after) / 2))
                both.append(((before + after) / 2, own))
            if len(ratios) == ROUNDS:
                break
        process.stdin.close()
    if not ratios:
        print(f"{who}: no round passed, the machine is too busy")
        return
    control, own = (statistics.median(column) for column in zip(*both, strict=True))
    print(
        f"{who}: control {control:.2f} ms, ours {own:.2f} ms CPU per list; ratio "
        f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f}, "
        f"{len(ratios)} rounds); goal {GOAL}"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEADWAY_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "headway.server.settings"
        # A seller against a seller, or with "manager" a manager against a manager.
        is_manager = "manager" in sys.argv
        pair = ("u3", "u7") if is_manager else ("u40", "u40")
        measured(*pair, is_manager=is_manager)
