# ruff: noqa: PLC0415  Django must be set up before its models can be imported
"""How long find-or-do takes at 10,000 people, 10,000 accounts and 50,000 opportunities.

    python benchmarks/find.py [--postgres]

Each text is asked for through the whole server, as the dialog asks: log-in, who may see whom, the
search, the list. The control in the same run, in turn, is the same address with nothing to find,
which searches no names. Clock of the middle of the rounds, with the slowest. Goal: 100 ms.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

SEED, ROUNDS, GOAL_MS = 20_261_128, 15, 100
PEOPLE, ACCOUNTS, OPPORTUNITIES, SPAN = 10_000, 10_000, 50_000, 10
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)
TEXTS = ("a", "mü", "zoe", "anna muller", "pump", "nothing has this name")
FIRST = (
    *("Anna", "Zoë", "Jürgen", "Mikael", "Søren", "Inés", "Olu", "Noé", "Susi", "Émile", "Carl"),
    *("Rune", "Joss", "Sana", "Ana", "Ole"),
)
LAST = (
    *("Müller", "Muller", "Nuñez", "Smith", "Åberg", "Jansen", "Okoro", "Costa", "Éclair"),
    *("Rossi", "Oyelaran", "Sani", "Ionesco"),
)
THINGS = (
    *("pump", "service", "retrofit", "contract", "line", "upgrade", "valve", "audit", "renewal"),
    "spare",
)
SEATS = {"executive": "u0", "manager of a tenth": "u1", "seller": "u9999"}


def enter() -> None:
    """People in a tree of ten at each leader, accounts, opportunities, and three who log in."""
    rng = random.Random(SEED)
    _people(rng)
    _work(rng)
    _seats()


def _people(rng: random.Random) -> None:
    from headway.records.models import Organisation, Person, ReportingLine

    Organisation.objects.create(name="Example", currency="EUR")
    Person.objects.bulk_create(
        (
            Person(id=f"u{n}", name=f"{rng.choice(FIRST)} {rng.choice(LAST)} {n}")
            for n in range(PEOPLE)
        ),
        batch_size=500,
    )
    ReportingLine.objects.bulk_create(
        (
            ReportingLine(
                person_id=f"u{n}",
                manager_id=f"u{(n - 1) // SPAN}" if n else None,
                role="seller",
                valid_from=date(2020, 1, 1),
            )
            for n in range(PEOPLE)
        ),
        batch_size=500,
    )


def _work(rng: random.Random) -> None:
    from headway.records.models import AccountRow, OpportunityRow

    AccountRow.objects.bulk_create(
        (AccountRow(id=f"a{n}", name=f"{rng.choice(LAST)} {n} AG") for n in range(ACCOUNTS)),
        batch_size=500,
    )
    OpportunityRow.objects.bulk_create(
        (
            OpportunityRow(
                id=f"o{n}",
                name=f"{rng.choice(LAST)}: {rng.choice(THINGS)} {rng.choice(THINGS)} {n}",
                owner_id=f"u{rng.randrange(PEOPLE)}",
                account_id=f"a{rng.randrange(ACCOUNTS)}",
                stage="Proposal",
                stage_group="open",
                amount=1000,
            )
            for n in range(OPPORTUNITIES)
        ),
        batch_size=500,
    )


def _seats() -> None:
    from headway.records.models import Account

    for seat, person in SEATS.items():
        Account.objects.create(
            email=f"{person}@example.com",
            name=seat,
            person_id=person,
            password="!",
            is_executive=seat == "executive",
            is_manager=seat.startswith("manager"),
            is_seller=seat == "seller",
            created_at=NOW,
        )


def measure() -> None:
    """Print, for each seat and text, the milliseconds of a search and of the control."""
    from django.db import connection
    from django.test import Client

    from headway.records.models import Account

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{connection.vendor}; load {os.getloadavg()[0]:.0f}; goal {GOAL_MS} ms")
    worst = 0.0
    for seat, person in SEATS.items():
        client = Client(SERVER_NAME="localhost", headers={"HX-Request": "true"})
        client.force_login(Account.objects.get(email=f"{person}@example.com"))
        _asked(client, "warm")
        for text in TEXTS:
            rounds = [(_asked(client, text), _asked(client, "")) for _ in range(ROUNDS)]
            own, control = (sorted(column) for column in zip(*rounds, strict=True))
            middle = statistics.median(own)
            worst = max(worst, middle)
            print(
                f"{seat:20} {text!r:24} {middle:6.1f} ms (slowest {own[-1]:.1f}); "
                f"control {statistics.median(control):.1f} ms"
            )
    print(f"slowest of the middles: {worst:.1f} ms; goal {GOAL_MS} ms")


def _asked(client, text: str) -> float:
    began = time.perf_counter()
    answer = client.get("/find/", {"q": text})
    took = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.status_code
    return took


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--postgres", action="store_true")
    sys.path.insert(0, str(Path(__file__).parent.parent))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HEADWAY_DATA"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "headway.server.settings"
        if parser.parse_args().postgres:
            import tests.postgres  # noqa: F401  starts one, and names it to the settings
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        enter()
        measure()
