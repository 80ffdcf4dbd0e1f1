"""The pulse in a real browser: answered on a phone without script, coded and read; no violation."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests import browser as looked
from tests import cast, pulse_world
from tests.journeys.test_access_pages import session_of

from headway.actions import pulse
from headway.cycle import pulse as cycle
from headway.records.models import Account, PulseAnswer

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wave() -> int:
    pulse_world.enter(mona=7, olaf=6)
    now = timezone.now()
    return pulse.open_wave(
        viewer=cast.viewer("eve"),
        at=now,
        items=pulse_world.ITEMS,
        priorities=pulse_world.PRIORITIES,
        head=None,
        closes_on=now.date() + timedelta(days=5),
    ).wave_id


def opened(browser: Browser, live_server: LiveServer, **more) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce", **more)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    yield from opened(browser, live_server)


@pytest.fixture
def phone(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A phone on which no script runs."""
    size = {"width": 390, "height": 844}
    yield from opened(browser, live_server, viewport=size, java_script_enabled=False)


def wrong(page: Page) -> list[tuple[str, int, str, object]]:
    """What is wrong with the open page, wide and light, narrow and dark."""
    found: list[tuple[str, int, str, object]] = []
    for width, theme in ((1280, "light"), (390, "dark")):
        looked.shown_at(page, width=width, theme=theme)
        found += [(page.url, width, theme, fault) for fault in looked.faults(page)]
        if not looked.is_as_wide(page, width):
            found.append((page.url, width, theme, "sticks out"))
    return found


def test_a_link_is_answered_on_a_phone_without_script(phone: Page, wave: int) -> None:
    phone.goto(f"/pulse/answer/{pulse_world.token(wave, 'mona-1')}/")
    phone.get_by_role("textbox").fill("Hospitals")
    phone.get_by_role("button", name="Go on").click()
    phone.get_by_role("button", name="Send").wait_for()
    # The finger finds each choice: 24 pixels and more, and nothing to be dragged.
    boxes = [choice.bounding_box() for choice in phone.locator("fieldset label").all()]
    assert boxes
    assert [box for box in boxes if box is None or box["height"] < 24] == []
    phone.get_by_label("I do not know how", exact=True).check()
    phone.get_by_role("group", name="My leader does").get_by_label("Rather", exact=True).check()
    phone.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    kept = PulseAnswer.objects.get()
    assert (kept.words, kept.values) == ({"R1": "Hospitals"}, {"B1": "not_able", "WD1": "4"})


@pytest.mark.slow
def test_no_page_has_a_fault(page: Page, wave: int, live_server: LiveServer) -> None:
    found = []
    page.goto(f"/pulse/answer/{pulse_world.token(wave, 'mona-1')}/")
    found += wrong(page)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Send").wait_for()
    found += wrong(page)
    for manager, count in (("mona", 7), ("olaf", 6)):
        for number in range(count):
            token = pulse_world.token(wave, f"{manager}-{number}")
            given = {"R1": "hospitals", "U1": "I call", "RC1": str(1 + number % 5)}
            pulse.answer(viewer=None, at=timezone.now(), token=token, given=given)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    eve = Account.objects.get(name="Eve")
    page.context.add_cookies([{**cookie, "value": session_of(eve)}])
    for path in ("pulse/", "pulse/new/", f"pulse/{wave}/"):
        page.goto(f"/{path}")
        found += wrong(page)
    cycle.due(at=timezone.now() + timedelta(days=6))
    for path in ("pulse/code/", f"pulse/{wave}/"):
        page.goto(f"/{path}")
        found += wrong(page)
    assert found == []
