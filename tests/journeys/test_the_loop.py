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
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import faults, is_as_wide
from tests.loop_organisation import EXPORTED, LATER, TODAY, written

pytestmark = [pytest.mark.journey, pytest.mark.slow]

PATIENCE_SECONDS = 90
IMAGES = Path(__file__).parents[2] / "docs" / "images"
PRIORITY = "A business case for each plant"
ACTION = "Remove one thing in the way of doing it, and look at real work together."
COMMITMENT = re.compile(r"/commitments/\d+/$")
CARD = {
    "meaning0": "No quotation without its reason",
    "stop0": "Asking for the forecast line by line",
    "begin0": "Riding along once a week",
    "behaviour0": "I ask for the case before the price",
    "skill0": "Asking for the reason",
    "measure0": "Cases on record",
}
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
            page.evaluate("scrollTo(0, 0)")
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


def open_link(page: Page, name: str) -> None:
    """Click a link of the wide beam on Line of sight, and wait for what is told of it."""
    page.goto("/line-of-sight/")
    page.locator(f"svg.beam a[href*='link={name.lower()}']").first.click()
    expect(page.locator("#drawer h2")).to_be_visible()
    expect(page.locator("#drawer .hd")).to_contain_text(name)


def test_the_executive_says_what_she_believes_and_sees_where_it_breaks(
    enter: Enter, look: Look
) -> None:
    page = enter("lena")
    page.goto("/line-of-sight/")
    page.get_by_label("Who do it where it could be done, per cent").fill("80")
    page.get_by_role("button", name="Seal it").click()
    page.wait_for_url(lambda url: "predict" not in url)
    open_link(page, "Practised")
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("2 of 12 sellers do it where it could be done.")
    expect(drawer).to_contain_text("Believed 80%. Measured 17%")
    expect(drawer).to_contain_text("The first measured break is Practised; Led before it")
    expect(drawer).to_contain_text("12 of 12 people have agreed what they stop, begin and change")
    look(page, "break")


def test_its_next_action_becomes_a_commitment_of_two(enter: Enter, look: Look) -> None:
    page = enter("lena")
    page.locator("#drawer").get_by_text("Make it a commitment").click()
    page.wait_for_url("**/commitments/new/**")
    expect(page.get_by_label("What will be done")).to_have_value(ACTION)
    expect(page.get_by_label("Which link it is meant to move")).to_have_value("practised")
    page.get_by_label("Who does it").select_option("lena")
    page.get_by_label("To whom").select_option("mia")
    page.get_by_label("Both of us do it").check()
    page.get_by_label("Due").fill(LATER.isoformat())
    page.get_by_label("By what others will see it").fill("Seven of twelve have cases on record")
    page.get_by_label("Where you believe that link will be by then").fill("60")
    look(page, "commitment")
    page.get_by_role("button", name="Make it").click()
    page.wait_for_url(COMMITMENT)
    expect(page.locator(".lede")).to_contain_text("asked, no answer yet")
    expect(page.locator("main")).to_contain_text("Practised at 60% by then")


def test_the_manager_agrees_to_it_and_does_not_see_the_prediction(enter: Enter, look: Look) -> None:
    page = enter("mia")
    page.goto("/today/")
    expect(page.locator(".thing", has_text=ACTION)).to_contain_text("asks whether you will do it")
    page.get_by_role("button", name="I agree to it").click()
    promised = page.locator("section", has=page.get_by_role("heading", name="What I promised"))
    expect(promised).to_contain_text(ACTION)
    look(page, "agreed")
    promised.get_by_role("link", name=ACTION).click()
    page.wait_for_url(COMMITMENT)
    expect(page.locator(".lede")).to_contain_text("Lena + Mia")
    expect(page.locator(".lede")).to_contain_text(": open.")
    expect(page.locator("main")).not_to_contain_text("60%")


def test_the_manager_fills_in_her_own_card_first(enter: Enter) -> None:
    page = enter("mia")
    page.goto("/direction/cards/")
    own = page.locator("section", has=page.get_by_role("heading", name="My own"))
    expect(own).to_contain_text("not begun")
    own.get_by_role("link", name=PRIORITY).click()
    expect(page.locator(".note")).to_contain_text("Still missing")
    for field, text in CARD.items():
        page.fill(f"[name={field}-text]", text)
    page.fill("[name=behaviour0-measure]", "one a week")
    for field in ("stop0", "begin0", "behaviour0"):
        page.fill(f"[name={field}-enacted_on]", TODAY.isoformat())
    page.get_by_role("button", name="Keep the card").click()
    expect(page.locator(".lede")).to_have_text("Mia: complete.")


def test_the_manager_logs_three_sessions_which_the_sellers_confirm(
    enter: Enter, look: Look
) -> None:
    page = enter("mia")
    for seller in COACHED:
        log_session(page, seller=seller)
        confirm(enter(seller.lower()), seller=seller)
        page.reload()
        page.get_by_label("What you saw, in one sentence").fill("Asked, and wrote it down")
        page.get_by_role("button", name="We looked at it again").click()
        expect(page.locator("main")).to_contain_text("Asked, and wrote it down")
    look(page, "session")
    page.goto("/coaching/")
    expect(page.locator("h1").first).to_have_text(
        "3 of 6 who report to you had a session that counts in the last 30 days."
    )


def log_session(page: Page, *, seller: str) -> None:
    """A session of ten days ago, whose practice is due to be looked at again today."""
    page.goto("/coaching/")
    page.get_by_role("link", name="Log a session").click()
    page.get_by_label("With whom").select_option(seller.lower())
    page.get_by_label("Real work was observed").check()
    page.get_by_label("The one thing you agreed to practise").fill("Ask what a lost day costs")
    page.get_by_label("Look at it again on").fill(TODAY.isoformat())
    page.get_by_label("For which priority").select_option(label=PRIORITY)
    page.get_by_label("When it was").fill(f"{TODAY - timedelta(days=10)}T09:00")
    page.get_by_role("button", name="Log it").click()
    page.wait_for_url(re.compile(r"/coaching/sessions/\d+/$"))
    expect(page.locator("main")).to_contain_text(
        f"To count as coaching it needs: {seller}’s confirmation."
    )


def confirm(page: Page, *, seller: str) -> None:
    page.goto("/coaching/")
    page.get_by_role("link", name="confirm it").click()
    page.get_by_role("button", name="Yes, I confirm it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Mia with {seller}")
    expect(page.locator("main")).to_contain_text("It counts as coaching.")


def test_the_next_export_is_published_and_the_line_has_moved(
    enter: Enter, look: Look, data: dict[str, str], tmp_path: Path
) -> None:
    load(written(tmp_path / "later", as_of=LATER), environment=data)
    page = enter("lena")
    open_link(page, "Practised")
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("7 of 12 sellers do it where it could be done.")
    expect(drawer).to_contain_text("3 of 3 changes of the leaders began before they asked others")
    expect(drawer).to_contain_text(
        "3 of 12 people were coached on it in 30 days, and looked at it again in 60"
    )
    expect(drawer).to_contain_text("The first break is one of Practised and Coached")
    look(page, "moved")


def test_the_commitment_is_held_against_the_line(enter: Enter, look: Look) -> None:
    page = enter("lena")
    page.goto("/commitments/")
    page.get_by_role("link", name="What has worked here").click()
    own = page.locator("section", has=page.get_by_role("heading", name="Your own"))
    expect(own).to_contain_text("One prediction of yours has come due: 1 as measured")
    row = own.locator("tbody tr")
    expect(row).to_have_count(1)
    for told in ("17%", "60%", "58% (range 39% to 76%)", "rose", "description only"):
        expect(row).to_contain_text(told)
    expect(page.locator("h1")).to_contain_text("Too little has been measured again")
    look(page, "worked")


def test_others_see_less_of_it_and_the_manager_more_once_it_is_settled(enter: Enter) -> None:
    mia, lena, seller = enter("mia"), enter("lena"), enter("n1")
    mia.goto("/commitments/worked/")
    expect(mia.locator("h1")).to_contain_text("Too little has been measured again")
    expect(mia.locator("main")).not_to_contain_text(ACTION)
    seller.goto("/commitments/")
    expect(seller.locator("h1")).to_be_visible()
    expect(seller.locator("main")).not_to_contain_text(ACTION)
    lena.get_by_role("link", name=ACTION).click()
    lena.wait_for_url(COMMITMENT)
    outcome = lena.locator("section", has=lena.locator("#outcome"))
    for told in ("Practised", "17%", "60%", "58% (range 39% to 76%)", "rose", "description only"):
        expect(outcome).to_contain_text(told)
    lena.get_by_role("button", name="It is done").click()
    expect(lena.locator(".lede")).to_contain_text(": kept.")
    mia.goto("/commitments/")
    mia.get_by_role("link", name=ACTION).click()
    expect(mia.locator("main")).to_contain_text("Practised at 60% by then")


def _wait_for(port: int, *, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "headway up ended by itself"
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise AssertionError("headway up does not answer")
