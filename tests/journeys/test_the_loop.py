"""Once around: a break is seen, an action agreed and coached, and the line measured again.

The organisation is invented (`tests/loop_organisation.py`); all else is clicked, by three people
with accounts of their own. The pictures are those of `docs/tutorial/the-loop.md`:
`./dev test -m slow tests/journeys/test_the_loop.py --write` takes them anew.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import faults, is_as_wide
from tests.loop_organisation import EXPORTED, LATER, written

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_SECONDS = 90
IMAGES = Path(__file__).parents[2] / "docs" / "images"
PRIORITY = "A business case for each plant"
COACHED = ("N1", "N2", "N3")
PASSWORD = "a long enough pass phrase"
HEADWAY = [sys.executable, "-m", "headway.interfaces.cli"]
Look = Callable[[Page, str], None]
Enter = Callable[[str], Page]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of one installation, in which the first export is loaded."""
    place = tmp_path_factory.mktemp("loop")
    environment = {**os.environ, "HEADWAY_DATA": str(place / "data")}
    load(written(place / "exported", as_of=EXPORTED), environment=environment)
    return environment


@pytest.fixture(scope="module")
def site(data: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*HEADWAY, "up", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen(command, env=data)
    try:
        _wait_for(port, process=process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


@pytest.fixture(scope="module")
def enter(browser: Browser, site: str, data: dict[str, str]) -> Iterator[Enter]:
    """Somebody's page: invited the first time, and logged in ever since."""
    pages: dict[str, Page] = {}
    roles = {"lena": "executive", "mia": "manager"}

    def entered(who: str) -> Page:
        if who not in pages:
            context = browser.new_context(
                base_url=site,
                viewport={"width": 1440, "height": 900},
                reduced_motion="reduce",
            )
            pages[who] = context.new_page()
            pages[who].set_default_timeout(PATIENCE_SECONDS * 1000)
            link = invited(who, role=roles.get(who, "seller"), environment=data)
            pages[who].goto(link[link.index("/access/") :])
            pages[who].fill("[name=password]", PASSWORD)
            pages[who].get_by_role("button", name="Make my account").click()
            pages[who].wait_for_url(lambda url: "/access/" not in url)
        return pages[who]

    yield entered
    for page in pages.values():
        page.context.close()


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Look:
    """Find no fault with what is shown, and keep a picture where pictures are taken."""

    def looked(page: Page, name: str) -> None:
        assert faults(page) == [], name
        assert is_as_wide(page, 1440), name
        if request.config.getoption("--write"):
            (IMAGES / f"loop-{name}.png").write_bytes(page.screenshot(type="png"))

    return looked


def load(bundle: Path, *, environment: dict[str, str]) -> None:
    told = subprocess.run(
        [*HEADWAY, "load", str(bundle)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


def invited(who: str, *, role: str, environment: dict[str, str]) -> str:
    command = [*HEADWAY, "invite", f"{who}@example.com", "--name", who.title()]
    told = subprocess.run(
        [*command, "--role", role, "--person", who],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def count_of(page: Page, link: str, *, team: str = "") -> str:
    """How many of how many the drawer of a link says, of everybody or of one team."""
    page.goto(f"/line-of-sight/?team={team}&priority=p1&link={link}")
    return page.locator("#drawer").inner_text()


def test_the_executive_sees_where_it_breaks(enter: Enter, look: Look) -> None:
    page = enter("lena")
    page.goto("/line-of-sight/")
    print(page.locator("main").inner_text())
    print(count_of(page, "practised"))
    look(page, "break")
