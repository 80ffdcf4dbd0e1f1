"""Single keys on the pages: along the figures, into the drawer and back, and turned off."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser import faults
from tests.interfaces.web import results_world

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


def figure_in_focus(page: Page) -> str:
    return page.evaluate("document.activeElement.dataset.figure ?? ''")


@pytest.fixture
def page(browser, live_server):
    results_world.enter()
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    session = results_world.signed_in("eve").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": live_server.url}])
    opened = context.new_page()
    opened.goto("/results/")
    yield opened
    context.close()


def test_keys_lead_along_the_figures_into_the_drawer_and_back(page: Page) -> None:
    figures = page.locator("main [data-figure]")
    first, second = (figures.nth(number).get_attribute("data-figure") for number in (0, 1))
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert figure_in_focus(page) == second
    page.keyboard.press("k")
    assert figure_in_focus(page) == first
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/results/evidence/{first}/**")
    page.locator("#drawer h2:focus").wait_for()
    page.keyboard.press("Escape")
    page.locator(f"main [data-figure={first}]:focus").wait_for()


def test_the_list_of_keys_opens_by_a_key_and_turns_them_off(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    assert faults(page) == []
    page.locator("[data-single-keys]").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    assert figure_in_focus(page) == ""
    page.get_by_role("button", name="Keys").click()
    expect(page.locator("#keys")).to_be_visible()
