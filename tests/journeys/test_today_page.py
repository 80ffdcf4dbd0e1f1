"""Today in a real browser: by keyboard, in place, wide and small, light and dark."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import cast
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world

from headway.actions import commitments
from headway.actions.commitments import Wanted
from headway.records.models import Account, Commitment

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


def promise(text: str) -> None:
    due_on = timezone.localdate() + timedelta(days=1)
    wanted = Wanted(owner="sam", text=text, seen_by="A list", due_on=due_on)
    commitments.make(viewer=cast.viewer("sam"), at=timezone.now(), wanted=wanted)


@pytest.fixture
def page(browser, live_server):
    results_world.enter()
    for text in ("Call them", "Send the drawing"):
        promise(text)
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    session = results_world.signed_in("sam").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": live_server.url}])
    opened = context.new_page()
    opened.goto("/today/")
    yield opened
    context.close()


def test_a_thing_is_done_in_place_by_keyboard_and_read_aloud(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("2 things wait for you.")
    page.keyboard.press("j")
    expect(page.locator(".thing button:focus")).to_have_text("It is done")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("One thing waits for you.")
    expect(page.locator("h1:focus")).to_be_visible()
    expect(page.locator("#said")).to_have_text("It is settled.")
    assert page.url.endswith("/today/")
    assert Commitment.objects.filter(state="kept").count() == 1


def test_what_is_wrong_stands_beside_the_field_in_place(page: Page) -> None:
    page.locator(".thing").first.get_by_text("Move it", exact=True).first.click()
    form = page.locator(".thing").first.locator("form[action='/today/move/']")
    form.get_by_label("Due").fill("2020-01-01")
    form.get_by_label("Why").fill("Holidays")
    form.get_by_role("button").click()
    wrong = page.locator(".thing .error")
    expect(wrong).to_have_text("That day has gone by, or is today. Choose a later one.")
    expect(page.locator(".thing").first.get_by_label("Why")).to_have_value("Holidays")


def test_what_is_refused_in_place_says_why_and_keeps_what_was_typed(page: Page) -> None:
    thing = page.locator(".thing").first
    thing.get_by_text("Move it", exact=True).first.click()
    thing.get_by_label("Why").fill("Holidays")
    page.context.clear_cookies(name="csrf")
    page.context.clear_cookies(name="csrftoken")
    thing.get_by_text("It is done", exact=True).click()
    refusal = page.locator("#refusal:focus")
    expect(refusal).to_contain_text("Nothing was changed.")
    expect(thing.get_by_label("Why")).to_have_value("Holidays")
    assert not Commitment.objects.filter(state="kept").exists()


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_it_reads_well_wide_and_small(page: Page, width: int, theme: str) -> None:
    shown_at(page, width=width, theme=theme)
    assert is_as_wide(page, width)
    assert faults(page) == []
    if width == 390:
        small = page.locator(".thing :is(a.btn, button, summary)").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect())"
            ".filter(box => box.height && box.height < 44).length"
        )
        assert small == 0


def test_find_opens_by_keys_lists_and_goes_where_it_leads(page: Page) -> None:
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_visible()
    page.keyboard.type("commitm")
    expect(page.locator("#find .found a")).to_have_count(2)
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    expect(page.locator("#find .found a:focus")).to_contain_text("Make a commitment")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()
    # Where the focus was, it is again; single keys work on.
    page.keyboard.press("Control+k")
    page.keyboard.press("Control+a")
    page.keyboard.type("make a comm")
    expect(page.locator("#find .found a")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**/commitments/new/")


def test_on_a_small_screen_a_button_opens_it(page: Page) -> None:
    shown_at(page, width=390, theme="dark")
    page.locator(".topbar .find-link").click()
    expect(page.locator("#find")).to_be_visible()
    page.keyboard.type("results")
    expect(page.locator("#find .found a").first).to_contain_text("Results")
    assert is_as_wide(page, 390)
    assert faults(page) == []


def test_keys_go_to_the_screens_there_are_and_begin_a_commitment(page: Page) -> None:
    for key, where in (("r", "/results/"), ("m", "/commitments/"), ("t", "/today/")):
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"**{where}**")
    page.keyboard.press("c")
    page.wait_for_url("**/commitments/new/")
    # In a field a letter is a letter.
    page.get_by_label("What will be done").focus()
    page.keyboard.type("go to them")
    expect(page.get_by_label("What will be done")).to_have_value("go to them")


def test_single_keys_are_turned_off_for_the_account(page: Page) -> None:
    page.keyboard.press("?")
    with page.expect_response("**/settings/keys/"):
        page.locator("[data-single-keys]").uncheck()
    assert not Account.objects.get(name="Sam").has_single_keys
    page.goto("/today/")
    page.keyboard.press("j")
    expect(page.locator(".thing button:focus")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.locator("#find")).to_be_visible()


def test_everything_works_without_script(page: Page, browser, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto("/today/")
    plain.get_by_role("button", name="It is done").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("One thing waits for you.")
    plain.locator(".nav .find-link").click()
    plain.locator("#find-q").fill("commitment")
    plain.get_by_role("button", name="Find").click()
    expect(plain.locator(".found a")).to_have_count(2)
    context.close()
