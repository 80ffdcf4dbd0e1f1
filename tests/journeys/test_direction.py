"""Direction and cards in a real browser: read and written dark and small, without script too."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer
from tests import cast
from tests.actions.test_cards import WITH, items
from tests.actions.test_direction import told
from tests.actions.test_strategy import OPEN, WHOLE
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world

from headway.actions import cards, direction, strategy
from headway.actions.strategy import ColumnFact, CountFact
from headway.records import declared
from headway.terms.declared import Channel, Plan, PriorityKind
from headway.terms.declared import Priority as Content
from headway.terms.viewer import SYSTEM

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
STAGES = ("Closed", "Proposal", "Qualification")


def enter() -> list[str]:
    """The cast with a plan, a whole and a thin priority, messages and cards; addresses to look at.

    Max, a player-manager under Mona, is who looks.
    """
    results_world.enter()
    eve, max_ = cast.viewer("eve"), cast.viewer("max")
    column = {"table": "opportunity", "column": "stage", "kind": "text"}
    at = {"viewer": SYSTEM, "at": cast.NOW}
    strategy.keep_columns(**at, columns=(ColumnFact(**column, choices=STAGES),))
    identity = declared.count_identity(OPEN, within="")
    strategy.keep_counts(**at, counts=(CountFact(identity=identity, matched=412, total=1905),))
    plan = Plan(
        name="Customers who stay",
        owner_id="eve",
        direction="By 2028 eight of ten customers renew, because they see what they gained.",
        goals="Renewals from 64 to 80 per cent\nTwo references in each industry",
        core_values="We say what we cannot do.",
    )
    strategy.write_plan(viewer=eve, at=cast.NOW, seen_version=0, plan=plan)
    numbers = [
        strategy.declare(
            viewer=max_, at=cast.NOW, priority=content, declared_on=date(2026, 1, 1)
        ).priority_id
        for content in (WHOLE, Content(kind=PriorityKind.SEGMENT, name="Enter the south"))
    ]
    for days, channel in ((10, Channel.TEAM_MEETING), (80, Channel.EMAIL)):
        on = cast.NOW.date() - timedelta(days=days)
        said = told("max", priority=numbers[0], told_on=on, channel=channel)
        direction.tell(viewer=max_, at=cast.NOW, told=said)
    said = told("mona", priority=numbers[0], is_external=True)
    direction.tell(viewer=cast.viewer("mona"), at=cast.NOW, told=said)
    wanted = {"viewer": max_, "at": cast.NOW, "author": "max", "seen_version": 0}
    cards.save(**wanted, person=None, priority=numbers[0], items=items())
    cards.save(**wanted, person="sam", priority=numbers[0], items=WITH)
    priority = f"/direction/priorities/{numbers[0]}/"
    return [
        "/direction/",
        "/direction/priorities/new/",
        priority,
        f"/direction/priorities/{numbers[1]}/",
        f"{priority}change/",
        f"{priority}conditions/scope/",
        "/direction/messages/new/",
        "/direction/cards/",
        f"/direction/cards/one/?author=max&person=&priority={numbers[0]}",
        f"/direction/cards/one/?author=max&person=sam&priority={numbers[0]}",
        f"/direction/cards/one/?author=max&person=sue&priority={numbers[1]}",
    ]


def opened(browser: Browser, site: LiveServer, *, name: str, script: bool = True) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900},
        base_url=site.url,
        reduced_motion="reduce",
        java_script_enabled=script,
    )
    session = results_world.signed_in(name).cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": site.url}])
    return context


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="max")
    page = context.new_page()
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        for width, theme in ((1440, "dark"), (390, "light")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)
    context.close()


def test_every_place_of_an_executive_fits_on_a_small_screen(browser, live_server) -> None:
    enter()
    context = opened(browser, live_server, name="eve")
    page = context.new_page()
    page.goto("/direction/")
    shown_at(page, width=390, theme="light")
    tabs = page.locator(".nav > ul > li:visible")
    expect(tabs).to_have_count(5)
    boxes = [each.bounding_box() for each in tabs.all()]
    assert [box for box in boxes if box["x"] + box["width"] > 390 or box["height"] > 60] == []
    page.get_by_text("More", exact=True).click()
    assert faults(page) == []
    page.locator(".more a", has_text="Settings").click()
    page.wait_for_url("**/settings/**")
    context.close()


def test_conditions_are_built_without_script_and_without_a_mouse(browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="max", script=False)
    page = context.new_page()
    page.goto(f"{paths[3]}conditions/scope/")
    page.locator("[name=c0-column]").select_option("opportunity.stage")
    page.locator("[name=c0-value]").fill("Proposal")
    page.get_by_role("button", name="One more condition").press("Enter")
    expect(page.locator("[name=c1-value]")).to_have_count(1)
    expect(page.locator("[name=c0-value]")).to_have_value("Proposal")
    page.get_by_role("button", name="Keep and count").press("Enter")
    expect(page.locator("main").get_by_text("opportunities: stage is Proposal")).to_be_visible()
    context.close()
