"""People and changes in a real browser: dark and small, by keyboard, without script."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, expect
from tests import cast
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in
from tests.journeys.test_direction import opened

from headway.actions import people, people_lists, reorganisation, strategy
from headway.records.models import PeopleStop, ReportingLine
from headway.terms.declared import Priority as Content
from headway.terms.declared import PriorityKind
from headway.terms.people import RoleFamily, Stand
from headway.terms.reorganised import Part

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]
TODAY = cast.NOW.date()


def enter() -> list[str]:
    """The cast with a move, a leave, a list that stops, a stopped load, and declared changes."""
    results_world.enter()
    eve = {"viewer": cast.viewer("eve"), "at": cast.NOW}
    stan = {**eve, "person_id": "stan"}
    stand = Stand(role=RoleFamily.SELLER, manager_id="max", team="South")
    people.move(**stan, seen_version=1, from_on=TODAY, stand=stand)
    people.enter_leave(**stan, seen_version=2, from_on=TODAY, to_on=None)
    brake = {"active_count": 7, "leaving": ["sam", "sue", "stan"], "swapped": [["max", "m2"]]}
    PeopleStop.objects.create(facts_id="f", brake=brake, found_at=cast.NOW)
    text = "person_id,name,team\neve,Eve,\nmona,Mona,Board\nnina,Nina,South\n"
    brought = people_lists.bring(**eve, name="p.csv", text=text, from_on=TODAY, is_whole=True)
    content = Content(kind=PriorityKind.REORGANISATION, name="By segment")
    priority = strategy.declare(**eve, priority=content, declared_on=date(2026, 1, 1)).priority_id
    parts = (
        Part(role_name="Hunter", segment="New", expected_share=0.7),
        Part(role_name="Hunter", expected_share=0.3),
    )
    number = reorganisation.declare(
        **eve, priority=priority, name="By segment", effective_on=TODAY, parts=parts
    ).number
    reorganisation.hand_over(
        **eve,
        reorganisation_id=number,
        accounts=frozenset({"acme"}),
        giver="sam",
        taker="sue",
        planned_on=TODAY - timedelta(days=1),
    )
    reorganisation.train(
        **eve,
        priority=priority,
        name="Discovery",
        held_on=TODAY,
        invited=frozenset({"sam", "sue"}),
        came=frozenset({"sam"}),
    )
    changes = "/direction/changes/"
    return [
        "/settings/people/",
        "/settings/people/?by=line&q=a",
        "/settings/people/person/?person=stan",
        "/settings/people/new/",
        "/settings/people/lists/",
        f"/settings/people/lists/{brought.list_id}/",
        changes,
        f"{changes}new/",
        f"{changes}{number}/",
        f"{changes}{number}/change/",
        f"{changes}handovers/new/?giver=sam",
        f"{changes}trainings/new/?head=max",
    ]


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(browser: Browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="eve")
    page = context.new_page()
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        for details in page.locator("main details").all():
            details.evaluate("each => each.open = true")
        for width, theme in ((1440, "dark"), (390, "light")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)
    context.close()


def test_a_seller_is_moved_without_script_and_without_a_mouse(browser, live_server) -> None:
    results_world.enter()
    context = opened(browser, live_server, name="opal", script=False)
    page = context.new_page()
    page.goto("/settings/people/")
    page.get_by_role("link", name="Stan", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Stan")
    page.get_by_text("Another role family, team or manager").press("Enter")
    page.get_by_label("Reports to").select_option("max")
    page.get_by_label("Team").fill("South")
    page.get_by_role("button", name="Move them").press("Enter")
    expect(page.get_by_text("Reports to Max.")).to_be_visible()
    expect(page.get_by_text("Who sees whom follows the line")).to_be_visible()
    assert ReportingLine.objects.get(person_id="stan", valid_to=None).manager_id == "max"
    # On the next request the new line sees him, and the old one does not.
    one = "/settings/people/person/?person=stan"
    assert [signed_in(who).get(one).status_code for who in ("mona", "olaf")] == [200, 404]
    context.close()
