"""A newcomer sets up the first account, brings a file nobody described, and reads the answer."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

pytestmark = pytest.mark.journey

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PATIENCE_SECONDS = 60
PAGES = ["/data/", "/data/loads/1/", "/data/checks/", "/results/"]


def sales() -> str:
    """Two years of a shop whose second year closes half as many; headers of their own."""
    rows = ["Ref;Vendeur;Etat;Montant;Cree;Clos;Zone"]
    for number in range(960):
        month, day = number // 40 % 12 + 1, number % 28 + 1
        year = 2024 + number // 480
        is_won = number % (3 if year == 2024 else 6) == 0
        outcome = "Gagne" if is_won else ("Perdu", "Zed")[number % 2]
        opened = f"{day:02d}/{month:02d}/{year - 1}"
        closed = f"{day:02d}/{month:02d}/{year}"
        seller, zone = ("Ana", "Bruno", "Chloe")[number % 3], ("Nord", "Sud")[number % 2]
        rows.append(f"D{number:04d};{seller};{outcome};{2000 + number},50;{opened};{closed};{zone}")
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("data")
    command = [sys.executable, "-m", "headway.interfaces.cli", "up", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", "1"], env={**os.environ, "HEADWAY_DATA": str(data)}
    )
    try:
        _wait_for(port, process=process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture
def page(site: str) -> Iterator[Page]:
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        opened = browser.new_context(base_url=site).new_page()
        opened.set_default_timeout(PATIENCE_SECONDS * 1000)
        yield opened
        browser.close()


def test_from_set_up_to_results_with_a_file_of_ones_own(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "ventes.csv"
    file.write_text(sales(), encoding="utf-8")

    set_up(page)
    page.click("text=Bring a file")
    page.set_input_files("#files", file)
    page.click("text=Look at them")

    page.wait_for_url("**/columns/")
    assert faults(page) == []
    # Its name does not say that nothing came of it; only a person knows.
    page.locator("label", has_text="Zed").locator("~ select").select_option("lost")
    page.click("summary:has-text('Correct another column')")
    created = "seen/opportunity.created_at"
    page.locator("label", has_text="Cree").locator("~ select").select_option(created)
    page.locator("label", has_text="currency").locator("~ input").fill("EUR")
    page.click("text=Load them")
    page.wait_for_url("**/progress/")
    page.wait_for_url("**/columns/")
    assert page.locator("th", has_text="created").count() == 1
    page.click("text=Load them")

    page.wait_for_url("**/results/")
    assert page.locator("h1").inner_text().startswith("Bookings are ")
    assert page.locator(".toast").inner_text() == "All 960 rows were kept. Data has the details."
    for path in PAGES:
        for width, theme in ((1440, "dark"), (390, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            page.goto(path)
            assert faults(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
            assert page.locator("h1").count() == 1, path


def set_up(page: Page) -> None:
    page.goto("/")
    page.fill("[name=organisation]", "Ventes du Nord")
    page.fill("[name=name]", "Ada")
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password]", "a long enough pass phrase")
    page.click("main button")


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


def _wait_for(port: int, *, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "headway up ended by itself"
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("headway up does not answer")
