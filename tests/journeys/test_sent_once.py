"""Going back to a form and sending it again: what was made there is made once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.interfaces.web import results_world

from headway.records.models import Commitment

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def page(browser, live_server):
    results_world.enter()
    context = browser.new_context(base_url=live_server.url)
    session = results_world.signed_in("sam").cookies["headway"].value
    context.add_cookies([{"name": "headway", "value": session, "url": live_server.url}])
    yield context.new_page()
    context.close()


def make(page: Page, text: str) -> None:
    page.get_by_label("What will be done", exact=True).fill(text)
    page.get_by_label("By what others will see it").fill("A list")
    page.get_by_label("Due").fill(f"{timezone.localdate() + timedelta(days=5)}")
    page.get_by_role("button", name="Make it").click()


def test_a_commitment_sent_again_after_going_back_is_made_once(page: Page) -> None:
    page.goto("/commitments/new/")
    make(page, "Call them")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call them")
    there = page.url
    page.go_back()
    page.wait_for_url("**/commitments/new/")
    make(page, "Call them")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call them")
    assert (page.url, Commitment.objects.count()) == (there, 1)


def test_the_same_form_opened_anew_makes_another(page: Page) -> None:
    for _ in range(2):
        page.goto("/commitments/new/")
        make(page, "Call them")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Call them")
    assert Commitment.objects.count() == 2


def test_something_else_sent_from_there_is_refused_until_the_page_is_loaded_again(
    page: Page,
) -> None:
    page.goto("/commitments/new/")
    make(page, "Call them")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Call them")
    page.go_back()
    page.wait_for_url("**/commitments/new/")
    make(page, "Write to them")
    expect(page.locator("main")).to_contain_text("This form was sent before with other content.")
    page.goto("/commitments/new/")
    make(page, "Write to them")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Write to them")
    assert Commitment.objects.count() == 2
