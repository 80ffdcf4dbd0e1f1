"""What a web worker is made of, and that the database can go back."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest


def run(code: str, *, data: Path) -> str:
    environment = {
        **{name: text for name, text in os.environ.items() if not name.startswith("HEADWAY_")},
        "HEADWAY_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "headway.server.settings",
    }
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def test_a_web_worker_loads_no_engine(tmp_path: Path) -> None:
    code = (
        "import sys; import headway.server.wsgi; from django.urls import get_resolver;"
        "get_resolver().url_patterns;"
        "heavy = {'duckdb', 'ibis', 'pandas', 'pyarrow', 'scipy', 'numpy'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert run(code, data=tmp_path) == "[]\n"


def test_reading_settings_writes_nothing(tmp_path: Path) -> None:
    code = "import headway.server.wsgi; from django.core.checks import run_checks; run_checks()"
    assert run(code, data=tmp_path / "absent") == ""
    assert not (tmp_path / "absent").exists()


def test_a_database_of_an_early_version_is_left_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "headway.sqlite3")) as early:
        early.execute("CREATE TABLE django_migrations (id, app, name, applied datetime)")
        made = (1, "records", "0002_add_what_a_load_was_told", "2026-11-22 19:21:00")
        early.execute("INSERT INTO django_migrations VALUES (?, ?, ?, ?)", made)
        early.commit()
    code = (
        "from headway.interfaces.cli import installation\n"
        "try: installation.opened()\n"
        "except installation.TooOldError as error: print(error)"
    )
    assert "made by an early version of Headway" in run(code, data=tmp_path)
    with closing(sqlite3.connect(tmp_path / "headway.sqlite3")) as kept:
        tables = kept.execute("SELECT name FROM sqlite_master").fetchall()
    assert tables == [("django_migrations",)]


@pytest.mark.slow
def test_migrations_go_there_and_back(tmp_path: Path) -> None:
    code = (
        "import django; django.setup();"
        "from django.core.management import call_command as call; from django.db import connection;"
        "call('migrate', verbosity=0); call('migrate', 'records', 'zero', verbosity=0);"
        "names = connection.introspection.table_names();"
        "print([name for name in names if name.startswith('records_')]);"
        "call('migrate', verbosity=0);"
        "call('makemigrations', check=True, dry_run=True, verbosity=0)"
    )
    assert run(code, data=tmp_path) == "[]\n"
