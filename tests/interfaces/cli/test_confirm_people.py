"""A load that stopped because of its people goes on by `headway confirm-people`, and not before."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from tests.access.test_command_line import ran
from tests.cycle.test_entered_people import AS_OF, SELLERS, crm

pytestmark = [pytest.mark.slow, pytest.mark.journey]


def here(folder: Path) -> int:
    with sqlite3.connect(folder / "headway.sqlite3") as kept:
        asked = kept.execute("SELECT count(*) FROM records_person WHERE is_active")
        return int(asked.fetchone()[0])


def test_a_stopped_load_names_its_people_and_goes_on_by_its_number(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert ran(folder, "load", str(crm(tmp_path / "all"))).returncode == 0
    gone = crm(tmp_path / "gone", gone=5, as_of=AS_OF + timedelta(days=1))
    stopped = ran(folder, "load", str(gone))
    assert stopped.returncode == 1
    assert "headway confirm-people" in stopped.stderr

    shown = ran(folder, "confirm-people")
    assert shown.returncode == 0
    assert shown.stdout.splitlines()[1:-1] == [
        f"  {name} would count as having left" for name in SELLERS[:5]
    ]
    number = shown.stdout.split(",")[0].removeprefix("Number ")
    other = ran(folder, "confirm-people", str(int(number) + 1))
    assert other.returncode == 1
    assert "No stopped load has the number" in other.stderr
    assert here(folder) == 12

    done = ran(folder, "confirm-people", number)
    assert done.returncode == 0, done.stderr
    assert here(folder) == 7
    assert "No load is stopped" in ran(folder, "confirm-people").stdout
