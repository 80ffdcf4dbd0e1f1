"""Results in a real browser: read it, open a figure, go back; by keyboard, dark and small."""

import re
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
    "/results/why-not/?scope=organisation",
    "/results/why-not/?scope=organisation&place=region",
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


def offering(**known: tuple[str, ...]) -> None:
    """Let these places be asked for beside the published answer."""
    answer = replace(
        answers.FALLING,
        localisations=tuple(replace(each, known=known) for each in answers.FALLING.localisations),
    )
    PublishedAnswer.objects.update(answer=codec.to_json(answer))


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
    # Pages that refuse complain of their own status and of nothing else.
    assert [text for text in complaints if not re.search("status of 40[04]", text)] == []
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


def test_the_page_explains_itself_on_a_hover_by_keyboard_and_on_a_tap(browser, live_server) -> None:
    results_world.enter()
    context = opened(browser, live_server)
    page = context.new_page()
    page.goto("/results/")
    finding = page.locator("details.explained").first
    places = page.locator(".panel > header details.explained").first
    compared = places.get_by_text("each place against the rest")
    expect(compared).to_be_hidden()
    places.locator("summary").hover()
    expect(compared).to_be_visible()
    page.mouse.move(0, 0)
    expect(compared).to_be_hidden()
    page.set_viewport_size({"width": 390, "height": 900})
    places.locator("summary").press("Enter")
    expect(compared).to_be_visible()
    expect(places.get_by_text("We looked at 143 places")).to_be_visible()
    finding.locator("summary").click()
    expect(finding.get_by_text("If that range held zero")).to_be_visible()
    assert faults(page) == []
    assert is_as_wide(page, 390)
    context.close()


def test_without_script_every_step_works(browser, live_server) -> None:
    results_world.enter()
    offering(region=("West", "East"))
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
    page.click("text=Why not another place?")
    expect(page.locator("select[name=place]")).to_have_count(3)
    page.locator("select[name=place]").nth(0).select_option("region=West")
    page.locator("select[name=place]").nth(1).select_option("region=East")
    page.click("text=Ask")
    expect(page.get_by_role("alert")).to_contain_text("'region' is told twice: West and East")
    page.locator("select[name=place]").nth(1).select_option("")
    page.click("text=Ask")
    page.wait_for_url("**/results/job/**")
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
