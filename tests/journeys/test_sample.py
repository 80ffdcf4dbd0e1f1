"""From `headway demo` to a printed brief, in a real browser; its pictures are those of the docs.

`./dev test tests/journeys/test_sample.py --write` takes the pictures anew.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser import faults, is_as_wide, shown_at

pytestmark = pytest.mark.journey

IMAGES = Path(__file__).parents[2] / "docs" / "images"
LINK = re.compile(r"http://\S+/access/link/\S+")


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """What `headway demo` prints to log in by."""
    data = tmp_path_factory.mktemp("data") / "own"
    command = [sys.executable, "-m", "headway.interfaces.cli", "demo", "--port", "0"]
    environment = {**os.environ, "HEADWAY_DATA": str(data), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        try:
            found = (LINK.search(line) for line in process.stdout)
            yield next(match.group() for match in found if match)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def page(browser: Browser, link: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        base_url=link.split("/access/", maxsplit=1)[0],
        # A colour half way between two themes has a contrast of its own.
        reduced_motion="reduce",
    )
    opened = context.new_page()
    opened.goto(link)
    opened.locator("main button").last.click()
    opened.wait_for_url("**/results/**")
    yield opened
    context.close()


def look(page: Page, *, width: int, theme: str, name: str, is_kept: bool) -> None:
    shown_at(page, width=width, theme=theme)
    assert faults(page) == [], name
    assert is_as_wide(page, width), name
    if is_kept:
        picture = page.screenshot(type="png")
        (IMAGES / name).write_bytes(picture)
    shown_at(page, width=1440, theme="light")


def test_the_answer_stands_on_the_first_page(page: Page, request: pytest.FixtureRequest) -> None:
    is_kept = request.config.getoption("--write")
    page.goto("/results/")
    assert page.locator("h1").inner_text().startswith("Bookings are 32% up.")
    assert page.locator("text=Sample organisation").is_visible()
    look(page, width=1440, theme="light", name="results.png", is_kept=is_kept)
    look(page, width=390, theme="dark", name="results-390-dark.png", is_kept=is_kept)
    kept = {path.name: path.stat().st_size for path in IMAGES.glob("results*.png")}
    assert set(kept) == {"results.png", "results-390-dark.png"}
    assert max(kept.values()) < 250_000


def test_its_place_opens_and_leads_to_the_opportunities(page: Page) -> None:
    page.goto("/results/")
    page.locator("[data-figure^=place-]").first.click()
    page.locator("#drawer h2", has_text="Touring Bikes").wait_for()
    assert faults(page) == []
    page.locator("#drawer").get_by_text("Open the opportunities").click()
    page.wait_for_url("**/results/opportunities/**")
    assert page.locator("tbody tr").count() == 25
    assert "Product family Touring Bikes" in page.locator("h1").inner_text()


def test_days_chosen_by_hand_are_worked_out_and_shown(page: Page) -> None:
    page.goto("/results/")
    page.locator("details.chosen summary").click()
    days = ("2013-07-01", "2013-09-30", "2013-04-01", "2013-06-30")
    for name, day in zip(("first", "last", "base_first", "base_last"), days, strict=True):
        page.fill(f"input[name={name}]", day)
    page.locator("form.choose button").click()
    page.wait_for_url("**/results/?*", timeout=60_000)
    assert "July to September 2013" in page.locator(".lede").inner_text()


def test_the_brief_is_one_sheet(page: Page) -> None:
    page.goto("/results/")
    page.get_by_text("Print brief").click()
    page.wait_for_url("**/results/brief/**")
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1
