"""What works in a real browser: from a pair's advice to a use, without script or mouse."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests import cast
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world
from tests.journeys.test_direction import opened

from headway.actions import knowledge, pairs
from headway.actions.knowledge import KnowledgeWanted
from headway.queries import knowledge as reading
from headway.records.models import PeerMeeting
from headway.terms.own_time import Side

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def advised() -> str:
    """Stan advises max in a pair; the address of the pair."""
    results_world.enter()
    max_, stan, at = cast.viewer("max"), cast.viewer("stan"), timezone.now()
    today = timezone.localdate()
    skill = pairs.keep_skill(viewer=max_, at=at, name="Discovery").number
    pairs.say(viewer=stan, at=at, side=Side.TEACH, skill_id=skill, words="")
    pair = pairs.ask(
        viewer=max_, at=at, partner="stan", about="Discovery", first_on=today, weeks=1
    ).number
    pairs.agree(viewer=stan, at=at, pair_id=pair)
    meeting = PeerMeeting.objects.get().pk
    words = {"met_on": today, "worked": "", "stuck": "", "advice": "Meet the user\nAsk why"}
    pairs.note(viewer=stan, at=at, meeting_id=meeting, **words)
    return f"/coaching/pairs/{pair}/"


def test_advice_is_written_down_and_used_by_somebody_else(browser, live_server) -> None:
    path = advised()
    stan = opened(browser, live_server, name="stan", script=False)
    page = stan.new_page()
    page.goto(path)
    page.get_by_role("link", name="Write my advice down for everybody").press("Enter")
    page.get_by_label("When it helps").fill("Nobody has talked to whoever works with it")
    page.get_by_label("For which skill").select_option("Discovery")
    page.get_by_role("button", name="Keep it for everybody").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Ask why")).to_be_visible()
    sue = opened(browser, live_server, name="sue", script=False)
    other = sue.new_page()
    other.goto("/coaching/knowledge/")
    other.get_by_label("Words").fill("works with it")
    other.get_by_role("button", name="Show").press("Enter")
    other.get_by_role("link", name="Discovery").press("Enter")
    other.get_by_role("button", name="it works").press("Enter")
    other.get_by_label("What came of it").fill("The user told me what breaks")
    other.get_by_role("button", name="I used this").press("Enter")
    expect(other.get_by_text("The user told me what breaks")).to_be_visible()
    page.goto("/coaching/knowledge/")
    expect(page.get_by_role("heading", name="was used 1 time")).to_be_visible()
    expect(page.get_by_text("The user told me what breaks")).to_be_visible()
    for context in (stan, sue):
        context.close()


@pytest.mark.slow
def test_every_page_can_be_read_by_everybody(browser, live_server) -> None:
    advised()
    at, stan, max_ = timezone.now(), cast.viewer("stan"), cast.viewer("max")
    [(skill, _name)] = reading.skills(max_)
    for viewer, other in ((stan, max_), (max_, stan)):
        wanted = KnowledgeWanted(
            name="Ask who signs", helps_when="W" * 200, steps=("S" * 200, "Ask"), skill_id=skill
        )
        item = knowledge.write(viewer=viewer, at=at, wanted=wanted).item_id
        knowledge.use(viewer=other, at=at, item_id=item, words="T" * 200)
    paths = [
        "/coaching/knowledge/",
        "/coaching/knowledge/new/",
        f"/coaching/knowledge/{item}/",
        f"/coaching/knowledge/{item - 1}/",
        f"/coaching/knowledge/{item}/change/",
    ]
    context = opened(browser, live_server, name="max")
    page = context.new_page()
    for path in paths:
        page.goto(path)
        expect(page.locator("h1")).to_have_count(1)
        for width, theme in ((1440, "light"), (390, "dark")):
            shown_at(page, width=width, theme=theme)
            assert faults(page) == [], (path, width, theme)
            assert is_as_wide(page, width), (path, width, theme)
    context.close()
