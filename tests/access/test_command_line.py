"""The command line on its own data folder: what each command prints of the records."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from django.db import connection
from tests.access import world
from tests.access.table import RECORDS
from tests.access.test_access_matrix import shown

from headway.interfaces.cli.main import app

pytestmark = pytest.mark.slow

# What each command prints of an installation's records.
COMMANDS = {
    "bundle check": "nothing: it works on files",
    "bundle export": "nothing: it works on facts, which hold no names",
    "checks": "the doubts about the data",
    "confirm-people": "who would leave or get another id in a stopped load",
    "demo": "a log-in link of the sample's leader",
    "diagnose": "nothing: it works on files",
    "invite": "the link it makes, once",
    "load": "how many rows were read",
    "mapping": "nothing: it works on files",
    "reset-link": "the link it makes, once",
    "undo": "nothing",
    "up": "the address",
    "where": "nothing: it reads sums of a table that whoever runs it may read",
    "why-not": "nothing: it works on files",
    "worker": "nothing",
}
PRINTS = {
    ("checks",): ["a doubt about the data"],
    ("confirm-people",): ["a load that waits because of its people"],
    ("invite", "n@example.com", "--role", "operations"): [],
    ("reset-link", "sam@example.com"): [],
}


def test_every_command_is_in_the_matrix() -> None:
    root = typer.main.get_command(app)
    names = set()
    for name, command in root.commands.items():
        inner = getattr(command, "commands", None)
        names |= {f"{name} {part}" for part in inner} if inner else {name}
    assert names == set(COMMANDS)


@pytest.fixture
def folder(transactional_db, tmp_path: Path) -> Path:
    """A data folder with the world in it."""
    world.enter()
    kept = sqlite3.connect(tmp_path / "headway.sqlite3")
    connection.connection.backup(kept)
    # Tests make their tables without migrations; a command would make them a second time.
    ran(tmp_path / "made", "checks")
    kept.execute("ATTACH ? AS made", [str(tmp_path / "made" / "headway.sqlite3")])
    kept.execute("CREATE TABLE django_migrations AS SELECT * FROM made.django_migrations")
    kept.commit()
    kept.close()
    return tmp_path


def ran(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HEADWAY_DATA": str(folder), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "headway.interfaces.cli", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


class Printed:
    """What a command printed, as `shown` takes a reply."""

    streaming, headers = False, ""

    def __init__(self, text: str) -> None:
        self.content = text.encode()


@pytest.mark.journey
def test_a_command_prints_what_the_table_says_and_nothing_else(folder: Path) -> None:
    for arguments, records in PRINTS.items():
        done = ran(folder, *arguments)
        assert done.returncode == 0, done.stderr
        assert shown(RECORDS, Printed(done.stdout + done.stderr)) == records, arguments
