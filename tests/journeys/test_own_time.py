"""My time and Pairs in a real browser: small and dark, without script, without a mouse."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import cast
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world
from tests.journeys.test_direction import opened

from headway.actions import group_months, own_time, pairs
from headway.records.models import PeerMeeting, PublishedTime
from headway.terms import codec
from headway.terms.own_time import (
    Category,
    FieldMonth,
    FieldThird,
    FieldTime,
    GivenTime,
    Hours,
    Side,
    Stopped,
    Third,
    monday,
)
from headway.terms.viewer import SYSTEM

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def enter() -> list[str]:
    """Max has logged four weeks, given hours back and meets stan; addresses to look at."""
    made = results_world.enter()
    thirds = tuple(FieldThird(third=each, people=5, visits=3, minutes=90) for each in Third)
    along = FieldTime(visits=9, visited=4, minutes=270, untimed=1, thirds=thirds, logged_hours=9)
    given = GivenTime(person="max", last=made.as_of, people=15, field=along)
    PublishedTime.objects.create(publication=made, person="max", time=codec.to_json(given))
    month = FieldMonth(head="max", month_on=date(2026, 5, 1), leaders=5, thirds=thirds)
    group_months.keep_field(viewer=SYSTEM, at=timezone.now(), months=(month,))
    max_, stan, at = cast.viewer("max"), cast.viewer("stan"), timezone.now()
    today = timezone.localdate()
    for back in range(1, 5):
        hours = (
            Hours(category=Category.DEVELOPMENT, hours=5 - back),
            Hours(category=Category.INSPECTION, hours=back),
        )
        week_on = monday(today) - timedelta(weeks=back)
        own_time.log(viewer=max_, at=at, week_on=week_on, hours=hours)
    own_time.give_back(
        viewer=max_,
        at=at,
        kind=Stopped.REPORT,
        text="The weekly forecast sheet",
        hours=1.5,
        since_on=today,
        people=frozenset({"max", "sam"}),
    )
    skill = pairs.keep_skill(viewer=max_, at=at, name="Discovery").number
    pairs.say(viewer=stan, at=at, side=Side.TEACH, skill_id=skill, words="")
    pairs.say(viewer=max_, at=at, side=Side.TEACH, skill_id=None, words="Tenders")
    pair = pairs.ask(
        viewer=max_, at=at, partner="stan", about="Discovery", first_on=today, weeks=2
    ).number
    pairs.agree(viewer=stan, at=at, pair_id=pair)
    meeting = PeerMeeting.objects.order_by("planned_on")[0].pk
    words = {"met_on": today, "worked": "Asked why", "stuck": "", "advice": "Meet the user"}
    pairs.note(viewer=stan, at=at, meeting_id=meeting, **words)
    return [
        "/coaching/time/",
        "/coaching/time/log/",
        "/coaching/time/given-back/",
        "/coaching/pairs/",
        f"/coaching/pairs/{pair}/",
    ]


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="max")
    page = context.new_page()
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        for details in page.locator("main details:not([open]) summary").all():
            details.click()
        for width, theme in ((1440, "light"), (390, "dark")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)
    context.close()


def test_a_week_is_logged_without_script_and_without_a_mouse(browser, live_server) -> None:
    enter()
    context = opened(browser, live_server, name="max", script=False)
    page = context.new_page()
    page.goto("/coaching/time/")
    page.get_by_role("link", name="Log a week").press("Enter")
    typed(page, {"Developing people": "6.5", "Inspecting": "2.25"})
    page.get_by_role("button", name="Log it").press("Enter")
    told = page.get_by_text("you developed people for 6.5 hours and inspected for 2.25 hours.")
    expect(told).to_be_visible()
    context.close()


def typed(page: Page, hours: dict[str, str]) -> None:
    for label, value in hours.items():
        page.get_by_label(label, exact=True).fill(value)


def test_advice_of_a_partner_is_said_to_be_used(browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="max", script=False)
    page = context.new_page()
    page.goto(paths[-1])
    expect(page.get_by_text("Meet the user")).to_be_visible()
    page.get_by_role("button", name="Yes", exact=True).press("Enter")
    expect(page.get_by_text("You used it.")).to_be_visible()
    context.close()
