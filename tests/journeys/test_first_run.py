"""A newcomer without script looks around with the sample, through other eyes, and leaves it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import faults, is_as_wide, shown_at

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_SECONDS = 180


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "headway.interfaces.cli", "up", "--port", str(port)]
    environment = {**os.environ, "HEADWAY_DATA": str(tmp_path_factory.mktemp("data"))}
    process = subprocess.Popen([*command, "--workers", "1"], env=environment)
    try:
        _wait_for(port, process=process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def page(browser: Browser, site: str) -> Iterator[Page]:
    """The sample, brought in without script and looked at with it."""
    plain = browser.new_context(base_url=site, java_script_enabled=False).new_page()
    plain.set_default_timeout(PATIENCE_SECONDS * 1000)
    set_up(plain)
    plain.get_by_role("button", name="Look around").press("Enter")
    plain.wait_for_url("**/progress/")
    plain.wait_for_url("**/line-of-sight/")
    cookies = plain.context.cookies()
    plain.context.close()
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    context.add_cookies(cookies)
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE_SECONDS * 1000)
    opened.goto("/")
    yield opened
    context.close()


def test_the_sample_is_seen_through_other_eyes(page: Page) -> None:
    expect(page.locator("h1")).to_contain_text("priorities")
    expect(page.locator(".sample-line .sample")).to_have_text("Sample organisation")
    page.get_by_role("button", name="manager", exact=True).press("Enter")
    page.locator("strong", has_text=", manager").wait_for()
    looked_at(page)
    expect(page.get_by_role("link", name="Data", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Back to myself").press("Enter")
    page.get_by_role("link", name="Data", exact=True).wait_for()


def test_leaving_it_leads_back_to_the_two_ways(page: Page) -> None:
    page.get_by_role("link", name="Leave the sample").press("Enter")
    looked_at(page)
    page.get_by_role("button", name="Leave the sample").press("Enter")
    page.wait_for_url("**/results/begin/")
    expect(page.locator(".toast")).to_contain_text("You have left the sample.")
    expect(page.locator(".sample")).to_have_count(0)
    page.goto("/results/begin/")
    looked_at(page)
    expect(page.get_by_role("button", name="Look around")).to_be_enabled()
    page.get_by_role("link", name="Bring a file").press("Enter")
    page.locator("input[type=file]").wait_for()


def set_up(page: Page) -> None:
    page.goto("/")
    page.fill("[name=organisation]", "Nordwind")
    page.fill("[name=name]", "Ada")
    page.fill("[name=email]", "ada@example.com")
    page.fill("[name=password]", "a long enough pass phrase")
    page.click("main button")
    expect(page.locator("h1")).to_have_text("Two ways to begin")


def looked_at(page: Page) -> None:
    """No fault of access, and nothing to scroll sideways for, wide and light, narrow and dark."""
    for width, theme in ((1440, "light"), (390, "dark")):
        shown_at(page, width=width, theme=theme)
        assert faults(page) == [], page.url
        assert is_as_wide(page, width), page.url
    shown_at(page, width=1440, theme="light")


def _wait_for(port: int, *, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "headway up ended by itself"
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("headway up does not answer")
