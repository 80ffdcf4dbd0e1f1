"""Two pages about results that fell, typed as they stand: what they quote is what is seen."""

import re
import shlex
import sys
from pathlib import Path

import pytest

from headway.interfaces.cli.exits import Exit
from headway.interfaces.cli.main import main

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorial" / "why-it-fell.md"
MAVEN = ROOT / "docs" / "how-to" / "try-maven.md"
SETS = ROOT.parent / "shared" / "data" / "crm"

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def steps(page: Path) -> list[tuple[str, str]]:
    """Every block of the page in turn: its kind, sh or text, and what stands in it."""
    return re.findall(r"```(sh|text)\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def typed(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("HEADWAY_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "110")

    def run(command: str) -> str:
        monkeypatch.setattr(sys, "argv", shlex.split(command.removeprefix("./dev ")))
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        assert ended.value.code == Exit.OK, told.err
        return joined(told.out)

    return run


def joined(text: str) -> str:
    """Words a space apart; a column of its own is one word after the other."""
    return " ".join(text.split())


def test_the_tutorial_quotes_what_is_seen(typed, monkeypatch) -> None:
    monkeypatch.chdir(ROOT)
    seen, quoted = "", 0
    for kind, text in steps(TUTORIAL):
        if kind == "sh":
            seen = typed(text.strip())
            continue
        assert joined(text) in seen
        quoted += 1
    assert quoted == 12


def test_maven_is_as_the_page_says_where_it_is_present(typed, monkeypatch) -> None:
    if not (SETS / "maven_crm_sales").is_dir():
        pytest.skip("maven_crm_sales does not lie beside the checkout in shared/data/crm")
    monkeypatch.chdir(SETS)
    (commands,) = (text for kind, text in steps(MAVEN) if kind == "sh")
    (quoted,) = (text for kind, text in steps(MAVEN) if kind == "text")
    told = [typed(command) for command in commands.splitlines()]
    assert all(joined(quoted) in each for each in told)
    assert "Nothing moved more than chance in any place we could look at." in told[0]
    assert "The smallest fall we would have seen in" in told[0]
    assert told[1].startswith("Region West, and the win rate")
    assert told[2].startswith("Product GTX Pro, region West, and the win rate")
