"""From the wheel, where there is no checkout, by `headway demo` to a printed brief in a browser.

The wheel holds all that is needed. The pictures of its pages are those of the docs:
`./dev test -m slow tests/journeys/test_sample.py --write` takes them anew.
"""

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import faults, is_as_wide, shown_at

from headway.queries.results import figures
from headway.terms.period import Period, shifted

pytestmark = [pytest.mark.journey, pytest.mark.slow]

ROOT = Path(__file__).parents[2]
UV = ROOT / ".uv" / "bin" / "uv"
IMAGES = ROOT / "docs" / "images"
LINK = re.compile(r"http://\S+/access/link/\S+")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; its dependencies are those of the tests' environment."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder)
    python = folder / "bin" / "python"
    install = [str(UV), "pip", "install", "--python", str(python), "--no-deps", "--offline"]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    # A path file adds the folder behind the wheel's own, and follows no path file inside it: the
    # checkout, which is installed there as editable, stays out of sight.
    own = python.parent.parent / "lib" / f"python{sysconfig.get_python_version()}" / "site-packages"
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands run, and have their data folder."""
    return tmp_path_factory.mktemp("place")


@pytest.fixture(scope="module")
def told(installed: Path, place: Path) -> Iterator[str]:
    """What `headway demo` prints until it serves; it serves until the last test has ended."""
    with subprocess.Popen(
        [str(installed / "bin" / "headway"), "demo", "--port", "0"],
        env={**environment(place), "PYTHONUNBUFFERED": "1"},
        cwd=place,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        try:
            lines = []
            for line in process.stdout:
                lines.append(line)
                if LINK.search(line):
                    break
            yield "".join(lines)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def page(browser: Browser, told: str) -> Iterator[Page]:
    (link,) = LINK.findall(told)
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        base_url=link.split("/access/", maxsplit=1)[0],
        # A colour half way between two themes has a contrast of its own.
        reduced_motion="reduce",
    )
    opened = context.new_page()
    opened.goto(link)
    opened.locator("main button").last.click()
    opened.wait_for_url("**/line-of-sight/**")
    yield opened
    context.close()


def environment(at: Path) -> dict[str, str]:
    return {**os.environ, "HEADWAY_DATA": str(at / "data")}


def run(installed: Path, *arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    command = [str(installed / "bin" / "headway"), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=at, env=environment(at)
    )


def look(page: Page, *, width: int, theme: str, name: str, is_kept: bool) -> None:
    shown_at(page, width=width, theme=theme)
    assert faults(page) == [], name
    assert is_as_wide(page, width), name
    if is_kept:
        picture = page.screenshot(type="png")
        (IMAGES / name).write_bytes(picture)
    shown_at(page, width=1440, theme="light")


def test_it_holds_templates_styles_faces_and_the_sample(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
    wanted = (
        "interfaces/pages/templates/base.html",
        "interfaces/pages/static/headway/css/headway.css",
        "interfaces/pages/static/headway/fonts/inter-latin.woff2",
        "interfaces/pages/static/headway/fonts/newsreader-OFL.txt",
        "sources/demo/__init__.py",
        "py.typed",
    )
    assert [name for name in wanted if f"headway/{name}" not in names] == []
    assert [name for name in names if name.startswith("headway/sources/demo/adventureworks")] != []


def test_it_runs_where_there_is_no_checkout(installed: Path, tmp_path: Path) -> None:
    told = run(installed, "--version", at=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    where = [str(installed / "bin" / "python"), "-c", "import headway; print(headway.__file__)"]
    found = subprocess.run(where, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert Path(found.stdout).is_relative_to(installed)


def test_it_diagnoses_the_orders_it_ships(installed: Path, tmp_path: Path) -> None:
    sample = "from headway.sources import demo; print(demo.FOLDER)"
    asked = [str(installed / "bin" / "python"), "-c", sample]
    folder = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=tmp_path)
    told = run(installed, "diagnose", folder.stdout.strip(), "--json", at=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    findings = json.loads(told.stdout)
    assert findings["format"] == "headway-findings"
    assert "bookings" in {result["kpi"] for result in findings["results"]}


def test_the_demo_answers_and_keeps_to_a_folder_of_its_own(
    installed: Path, place: Path, told: str
) -> None:
    again = run(installed, "demo", "--no-serve", at=place)
    assert again.returncode == 0, again.stderr
    for printed in (told, again.stdout):
        assert "Line of sight: " in printed
        assert "Why it changed" in printed
    assert [each.name for each in place.iterdir()] == ["data-sample"]


def test_the_line_of_sight_stands_on_the_first_page(
    page: Page, request: pytest.FixtureRequest
) -> None:
    is_kept = request.config.getoption("--write")
    page.goto("/")
    expect(page.locator("h1")).to_contain_text("priorities")
    expect(page.locator("text=Sample organisation")).to_be_visible()
    expect(page.locator("svg.beam")).to_have_count(4)
    look(page, width=1440, theme="light", name="line-of-sight.png", is_kept=is_kept)
    look(page, width=390, theme="dark", name="line-of-sight-390-dark.png", is_kept=is_kept)


def test_a_link_opens_by_key_and_becomes_a_commitment(page: Page) -> None:
    page.goto("/line-of-sight/")
    page.locator("svg.beam").nth(1).locator("a.at").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.locator("#drawer .hd", has_text="Told").wait_for()
    assert faults(page) == []
    page.get_by_text("Make it a commitment").click()
    page.wait_for_url("**/commitments/new/**")
    expect(page.locator("[name=text]")).not_to_have_value("")
    page.fill("[name=seen_by]", "Nine agreed cards")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url(re.compile(r"/commitments/\d+/$"))
    expect(page.locator(".lede")).to_contain_text("Oda Merriwick")
    assert faults(page) == []


def test_results_stand_beside_it(page: Page, request: pytest.FixtureRequest) -> None:
    is_kept = request.config.getoption("--write")
    page.goto("/results/")
    expect(page.locator("h1")).to_contain_text("Bookings are")
    look(page, width=1440, theme="light", name="results.png", is_kept=is_kept)
    look(page, width=390, theme="dark", name="results-390-dark.png", is_kept=is_kept)
    kept = {path.name: path.stat().st_size for path in IMAGES.glob("*.png")}
    shown = {
        f"{name}{end}" for name in ("line-of-sight", "results") for end in (".png", "-390-dark.png")
    }
    assert shown <= set(kept)
    assert max(kept.values()) < 260_000


def test_a_figure_opens_and_leads_to_the_opportunities(page: Page) -> None:
    page.goto("/results/")
    page.locator("[data-figure^=stat-]").first.click()
    page.locator("#drawer").get_by_text("Open the opportunities").click()
    page.wait_for_url("**/results/opportunities/**")
    expect(page.locator("tbody tr")).to_have_count(25)


def test_days_chosen_by_hand_are_worked_out_and_shown(page: Page) -> None:
    page.goto("/results/")
    page.locator("details.chosen summary").click()
    end = date.today().replace(day=1)  # noqa: DTZ011  the sample's days are those of this machine
    now, before = (
        Period(first=shifted(end, months=-months - 3), end=shifted(end, months=-months))
        for months in (0, 3)
    )
    days = (now.first, now.last, before.first, before.last)
    for name, day in zip(("first", "last", "base_first", "base_last"), days, strict=True):
        page.fill(f"input[name={name}]", day.isoformat())
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/results/?*", timeout=60_000)
    expect(page.locator(".lede")).to_contain_text(figures.days_of(now))


def test_the_brief_is_one_sheet(page: Page) -> None:
    for place in ("/results/", "/line-of-sight/"):
        page.goto(place)
        page.get_by_text("Print brief").click()
        page.wait_for_url("**/brief/**")
        assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1, place


def test_a_sheet_shows_the_beams_however_narrow_it_is(page: Page) -> None:
    page.goto("/line-of-sight/")
    page.set_viewport_size({"width": 700, "height": 900})
    expect(page.locator(".beam").first).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".beam").first).to_be_visible()
