"""The tutorial, command by command, as somebody new would type it.

`./dev` only sets up and hands over; `headway demo` is shown by `test_sample.py`, from the wheel.
"""

import re
import shlex
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from headway.interfaces.cli.exits import Exit
from headway.interfaces.cli.main import main

TUTORIAL = Path(__file__).parent.parent.parent / "docs" / "tutorial" / "first-answer.md"
HEADER = "Deal ID,Deal Owner,Stage,Amount,Create Date,Close Date,Region\n"

pytestmark = pytest.mark.journey


def commands() -> list[str]:
    blocks = re.findall(r"```sh\n(.*?)```", TUTORIAL.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two and a half years of opportunities, one every other day: two of three are won."""
    lines = []
    for number in range(450):
        created = date(2024, 1, 2) + timedelta(days=2 * number)
        stage = "Closed Lost" if number % 3 == 0 else "Closed Won"
        closed = created + timedelta(days=20)
        owner, region = ("Ann", "North") if number % 2 else ("Bob", "South")
        amount = 1_000 + number % 7 * 100
        lines.append(f"{number},{owner},{stage},{amount},{created},{closed},{region}\n")
    (tmp_path / "opportunities.csv").write_text(HEADER + "".join(lines), encoding="utf-8")
    return tmp_path


def test_it_begins_with_the_sample() -> None:
    assert commands()[0] == "./dev demo"


@pytest.mark.slow
@pytest.mark.parametrize("command", commands()[1:])
def test_every_command_about_your_own_file_gives_an_answer(
    command: str,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    typed = shlex.split(command.removeprefix("./dev ").replace("PATH", "opportunities.csv"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HEADWAY_DATA", str(folder / "data"))
    monkeypatch.setattr(sys, "argv", typed)
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert ended.value.code == Exit.OK, told.err
    pages = [page.read_text(encoding="utf-8") for page in folder.glob("*.html")]
    assert "cases" in "".join([told.out, *pages])
