"""One story at the command line: load, doubt, load again, take back, let somebody in."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from headway.interfaces.cli.exits import Exit

pytestmark = [pytest.mark.journey, pytest.mark.slow]

DEALS = """\
Deal ID,Deal Owner,Stage,Amount,Create Date,Close Date
1,Ann,Closed Won,1000,2026-01-05,2026-02-01
2,Bob,Closed Lost,500,2026-03-06,2026-02-03
3,Ann,Closed Won,700,2026-01-20,2026-02-20
"""


def headway(*arguments: str | Path, data: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "headway.interfaces.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HEADWAY_DATA": str(data), "COLUMNS": "100"},
    )


def test_load_doubt_take_back_and_invite(tmp_path: Path) -> None:
    data, deals = tmp_path / "data", tmp_path / "deals.csv"
    deals.write_text(DEALS, encoding="utf-8")

    nothing = headway("checks", data=data)
    assert nothing.returncode == Exit.REFUSED
    assert nothing.stderr.startswith("Nothing is loaded yet. Load an export first:")

    loaded = headway("load", deals, data=data)
    assert (loaded.returncode, loaded.stderr) == (Exit.OK, "The pages show it: headway up\n")
    assert "3 rows in" in loaded.stdout

    # Opportunity 2 was closed a month before it was created.
    doubted = headway("checks", data=data)
    assert doubted.returncode == Exit.OK
    assert "before" in doubted.stdout

    later = "4,Bob,Closed Won,900,2026-03-10,2026-03-20\n"
    deals.write_text(DEALS + later, encoding="utf-8")
    again = headway("load", deals, data=data)
    assert (again.returncode, again.stderr) == (Exit.OK, "The pages show it: headway up\n")

    taken_back = headway("undo", data=data)
    assert (taken_back.returncode, taken_back.stdout) == (Exit.OK, "")
    assert taken_back.stderr == "The last load is undone.\n"

    invited = headway("invite", "ada@example.com", "--role", "executive", data=data)
    assert (invited.returncode, invited.stderr) == (Exit.OK, "")
    assert invited.stdout.startswith("http://127.0.0.1:8000/access/invitation/")
