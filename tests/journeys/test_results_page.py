"""Results in a real browser: read it, open a figure, go back; by keyboard, dark and small."""

from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.records.models import PublishedAnswer
from headway.terms import codec

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
PATHS = [
    "/results/",
    "/results/evidence/place-1-1/",
    "/results/opportunities/?figure=place-1-1",
    "/results/objection/",
    "/results/brief/",
    "/results/begin/",
    "/nothing/",
]


def opened(browser: Browser, site: LiveServer, *, theme: str = "light") -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        color_scheme=theme,
        base_url=site.url,
        # A colour half way between two themes has a contrast of its own.
        reduced_motion="reduce",
    )
    session = results_world.signed_in("eve").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": site.url}])
    return context


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(browser, live_server) -> None:
    results_world.enter()
    context = opened(browser, live_server)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    for path in PATHS:
        page.goto(path)
        for width, theme in ((1440, "dark"), (390, "light")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)
        expect(page.locator("h1")).to_have_count(1)
    # The page that is not there complains of its own status and of nothing else.
    assert [text for text in complaints if "404" not in text] == []
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", answers.ALL)
def test_every_state_of_the_page_can_be_read_by_everybody(browser, live_server, name) -> None:
    results_world.enter()
    PublishedAnswer.objects.update(answer=codec.to_json(answers.ALL[name]))
    context = opened(browser, live_server)
    page = context.new_page()
    page.goto("/results/")
    assert faults(page) == []
    page.locator("main summary").first.click()
    expect(page.locator("h1")).not_to_have_text("")
    context.close()


def test_a_figure_opens_beside_the_page_and_closes_by_keyboard(browser, live_server) -> None:
    results_world.enter()
    context = opened(browser, live_server)
    page = context.new_page()
    page.goto("/results/")
    page.locator("[data-figure=place-1-1]").first.press("Enter")
    heading = page.locator("#drawer h2", has_text="38% to 19%")
    heading.wait_for()
    page.wait_for_url("**/results/evidence/place-1-1/**")
    assert page.evaluate("document.activeElement.textContent").startswith("Product Service")
    assert faults(page) == []
    page.keyboard.press("Escape")
    page.locator("#drawer h2", has_text="From the problem").wait_for()
    page.go_back()
    page.locator("h1").wait_for()
    expect(page.locator("h1")).to_have_count(1)
    context.close()


def test_without_script_every_step_works(browser, live_server) -> None:
    results_world.enter()
    context: BrowserContext = browser.new_context(
        base_url=live_server.url, java_script_enabled=False
    )
    session = results_world.signed_in("eve").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/results/")
    page.click("[data-figure=place-1-1]")
    expect(page.locator("h1")).to_contain_text("Product Service contract")
    page.click("text=Open the opportunities")
    page.wait_for_url("**/opportunities/**")
    expect(page.locator("tbody tr")).to_have_count(25)
    page.click("text=Back to Results")
    page.click("details.chosen summary")
    page.select_option("select[name=scope]", label="People of Mona")
    page.click("text=Show")
    page.wait_for_url("**/*scope=seller%40mona*")
    context.close()


def test_the_brief_prints_on_one_sheet_in_the_light_theme(browser, live_server) -> None:
    results_world.enter()
    # As long as a real one gets: every place that is shown, many lists, long names.
    long = replace(answers.FALLING, ladder=answers.LADDER * 2)
    PublishedAnswer.objects.update(answer=codec.to_json(long))
    context = opened(browser, live_server, theme="dark")
    page = context.new_page()
    page.goto("/results/brief/")
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.count(b"/Type /Page\n") == 1
    assert b"/MediaBox [0 0 841" in sheet
    context.close()
