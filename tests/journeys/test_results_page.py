"""Results in a real browser: read it, open a figure, go back; by keyboard, dark and small."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.records.models import PublishedAnswer
from headway.terms import codec

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
PATHS = [
    "/results/",
    "/results/evidence/place-1-1/",
    "/results/opportunities/?figure=place-1-1",
    "/results/objection/",
    "/results/brief/",
    "/results/begin/",
    "/nothing/",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps a loop in this thread; Django would take what follows for asynchronous.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as started:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        opened = started.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield opened
        opened.close()


def opened(browser: Browser, site: LiveServer, *, width: int = 1440, theme: str = "light"):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=theme, base_url=site.url
    )
    session = results_world.signed_in("eve").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": site.url}])
    return context


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{fault['id']}: {fault['nodes'][0]['html'][:120]}" for fault in found]


@pytest.mark.parametrize(("width", "theme"), [(1440, "dark"), (390, "light")])
def test_every_page_can_be_read_by_everybody(browser, live_server, width, theme) -> None:
    results_world.enter()
    context = opened(browser, live_server, width=width, theme=theme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    for path in PATHS:
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert page.locator("h1").count() == 1, path
    # The page that is not there complains of its own status and of nothing else.
    assert [text for text in complaints if "404" not in text] == []
    context.close()


@pytest.mark.parametrize("name", answers.ALL)
def test_every_state_of_the_page_can_be_read_by_everybody(browser, live_server, name) -> None:
    results_world.enter()
    PublishedAnswer.objects.update(answer=codec.to_json(answers.ALL[name]))
    context = opened(browser, live_server)
    page = context.new_page()
    page.goto("/results/")
    assert faults(page) == []
    page.locator("summary").first.click()
    assert page.locator("h1").inner_text() != ""
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
    assert page.locator("h1").count() == 1
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
    assert page.locator("h1").inner_text().startswith("Product Service contract")
    page.click("text=Open the opportunities")
    assert page.locator("tbody tr").count() == 25
    page.click("text=Back to Results")
    page.click("details.chosen summary")
    page.select_option("select[name=scope]", label="People of Mona")
    page.click("text=Show")
    assert "scope=seller%40mona" in page.url
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
