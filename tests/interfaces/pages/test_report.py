"""The one-file report, and the rules every template and the style sheet keep."""

import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.interfaces.pages import answers
from tests.worked_line import CHAIN

from headway.interfaces import pages
from headway.interfaces.pages import report
from headway.terms.strategy import StrategyFindings

FOLDER = Path(pages.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").rglob("*.html"))
CSS = FOLDER / "static" / "headway" / "css" / "headway.css"


@pytest.mark.parametrize("name", answers.ALL)
def test_the_report_stands_alone(name: str) -> None:
    page = report.one_page([answers.ALL[name]])
    assert page.count("<h1") == 1
    assert re.findall(r"<(?:script|iframe|img)\b", page) == []
    # Only what is inside the page: no address of another host, of a file, or of a site.
    assert set(re.findall(r"(?:src|href)=\"([^\"]*)\"", page)) == set()
    assert {found[:5] for found in re.findall(r"url\(([^)]*)\)", page)} <= {"data:"}


def test_the_report_says_what_the_page_says() -> None:
    page = report.one_page([answers.FALLING])
    assert "The win rate points to one place" in page
    assert "70%" in page


def test_further_results_that_were_not_measured_are_left_out() -> None:
    page = report.one_page([answers.FALLING, answers.FLAT, answers.NO_HISTORY])
    assert page.count("There is not enough history") == 0
    assert page.count('class="finding further"') == 1


def test_names_from_a_file_cannot_become_markup() -> None:
    stage = answers.STAGES[0].__class__(
        stage="<script>alert(1)</script>", next_stage="b", now=answers.STAGES[0].now,
        before=answers.STAGES[0].before, within_days=30,
    )  # fmt: skip
    page = report.one_page([answers.replace(answers.FALLING, stages=(stage,))])
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_it_works_where_no_site_is_set_up() -> None:
    code = (
        "import os, sys; os.environ.pop('DJANGO_SETTINGS_MODULE', None)\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from interfaces.pages import answers\n"
        "from headway.interfaces.pages import report\n"
        "print(len(report.one_page([answers.FALLING])) > 10_000)"
    )
    tests = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", code, tests], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_style_and_no_script_of_their_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"\sstyle=|\son\w+=|javascript:", text) == []
    assert [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag] == []


def test_the_style_sheet_is_small_and_never_insists() -> None:
    css = CSS.read_text(encoding="utf-8")
    assert len(css.encode()) < 20_000
    assert "!important" not in css
    # Colours stand among the tokens alone, but for what print makes of them.
    between = css.split("@layer base{")[1].split("@layer print{")[0]
    assert re.findall(r"#[0-9a-f]{3,6}\b", between) == []


def test_the_style_without_faces_names_none(tmp_path, monkeypatch) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "headway.css").write_text(
        'src:url(../fonts/inter-latin.woff2) format("woff2")', encoding="utf-8"
    )
    monkeypatch.setattr(report, "STATIC", tmp_path)
    report.style.cache_clear()
    assert report.style() == 'src:local(sans-serif) format("woff2")'
    report.style.cache_clear()


def test_the_line_of_sight_stands_there_with_words_beside_its_signs() -> None:
    chains = (CHAIN, replace(CHAIN, group="seller@m7", name="<b>x</b>"))
    page = report.one_page([answers.FALLING], strategy=StrategyFindings(chains=chains))
    assert "Line of sight: Sell the new line" in page
    assert "First break: Understood (88% likely)." in page
    assert page.count("not enough evidence") >= 2
    # Each sign of the groups below is said too.
    assert '<span class="sr">Understood: broken. </span>' in page
    assert "<b>x</b>" not in page
    assert "Line of sight" not in report.one_page([answers.FALLING])
