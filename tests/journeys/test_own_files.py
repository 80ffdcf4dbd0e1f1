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
from playwright.sync_api import Browser, Page, expect
from tests.browser import faults, is_as_wide, shown_at

pytestmark = [pytest.mark.journey, pytest.mark.slow]

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
def page(browser: Browser, site: str) -> Iterator[Page]:
    # A colour half way between two themes has a contrast of its own.
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_SECONDS * 1000)
    yield opened
    context.close()


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
    expect(page.locator("th", has_text="created")).to_have_count(1)
    page.click("text=Load them")

    page.wait_for_url("**/priorities/first/")
    expect(page.locator(".toast")).to_have_text("All 960 rows were kept. Data has the details.")
    assert faults(page) == []
    page.get_by_label("In one sentence").fill("Discovery before every quotation")
    page.get_by_role("button", name="Follow it").click()
    page.wait_for_url("**/results/")
    expect(page.locator("h1")).to_contain_text("Bookings are ")
    for path in PAGES:
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        for width, theme in ((1440, "dark"), (390, "light")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)


def set_up(page: Page) -> None:
    page.goto("/")
    page.fill("[name=organisation]", "Ventes du Nord")
    page.fill("[name=name]", "Ada")
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password]", "a long enough pass phrase")
    page.click("main button")


def _wait_for(port: int, *, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "headway up ended by itself"
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("headway up does not answer")
