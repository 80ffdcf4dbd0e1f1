"""The pages of the line of sight: with htmx and without, for a leader and for others."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import strategy
from headway.records import quarters
from headway.records.models import LeaderFinding, Load, Prediction, Source
from headway.terms.declared import Priority, PriorityKind
from queries.strategy.test_published import HEADS, chain, publish

pytestmark = pytest.mark.django_db

URL = "/line-of-sight/"


@pytest.fixture(autouse=True)
def lines() -> None:
    cast.enter()
    publish(*(chain(head) for head in HEADS), chain("eve", priority="p2", name="Win <plants>"))
    LeaderFinding.objects.update(opens_at=timezone.now() + timedelta(days=1))
    # Every leader has been asked what they believe, and skipped it.
    Prediction.objects.bulk_create(
        Prediction(
            person_id=head,
            priority=priority,
            group=f"seller@{head}",
            quarter_on=quarters.first_day(timezone.localdate()),
            sealed_at=timezone.now(),
        )
        for head in HEADS
        for priority in ("p1", "p2")
    )


def test_the_page_shows_each_priority_as_a_line_with_its_finding() -> None:
    page = signed_in("eve").get(URL).content.decode()
    assert "break on the way to daily work" in page
    assert "Sell the new line" in page
    assert "Win &lt;plants&gt;" in page
    assert "<plants>" not in page
    # The teams directly below, one thin line each.
    assert page.count('class="thin"') == 2


def test_an_estimate_beside_a_plain_count_says_why_they_differ() -> None:
    def drawer(link: str) -> str:
        asked = f"{URL}link/?head=eve&priority=p1&link={link}"
        return signed_in("eve").get(asked, headers={"HX-Request": "true"}).content.decode()

    # 7 of 9 are counted, and estimated 40 %.
    assert "Counted alone it is 78%; of so few it leans towards what is usual." in drawer(
        "connected"
    )
    assert "Counted alone" not in drawer("coached")


def test_a_link_opens_in_the_drawer_alone_and_as_a_page() -> None:
    asked = f"{URL}link/?head=eve&priority=p1&team=mona&link=connected"
    client = signed_in("eve")
    fragment = client.get(asked, headers={"HX-Request": "true"})
    assert "7 of 9 people have agreed" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert "HX-Request" in fragment["Vary"]
    whole = client.get(asked, follow=True)
    assert "7 of 9 people have agreed" in whole.content.decode()
    assert "<html" in whole.content.decode()


def test_the_brief_holds_finding_picture_and_next_action() -> None:
    page = signed_in("mona").get(f"{URL}brief/?head=mona").content.decode()
    assert "Next action." in page
    assert 'class="beam"' in page


@pytest.mark.parametrize("asked", ["head=nobody", "link=none", "priority=p9", "role=x", "team=y"])
def test_what_is_not_there_is_not_found(asked: str) -> None:
    assert signed_in("eve").get(f"{URL}?{asked}").status_code == 404


def test_strangers_are_not_found_either() -> None:
    assert signed_in("olaf").get(f"{URL}?head=mona").status_code == 404
    # Operations see nobody's figures: for them there is no such page.
    assert signed_in("opal").get(URL).status_code == 404


def test_only_the_leader_concerned_is_asked_for_a_comment() -> None:
    asked = f"{URL}?head=max&link=led"
    assert "What do you say to it?" in signed_in("max").get(asked).content.decode()
    for other in ("eve", "mona", "sam"):
        page = signed_in(other).get(asked).content.decode()
        assert "What do you say to it?" not in page
        assert "0 of 5" not in page


def test_a_comment_is_kept_and_shown_to_others() -> None:
    finding = LeaderFinding.objects.get(leader="max").finding
    client = signed_in("max")
    client.post(f"{URL}comment/{finding}/?head=max&link=led", {"text": "I began in May."})
    assert "I began in May." in signed_in("mona").get(f"{URL}?head=max&link=led").content.decode()
    refused = signed_in("mona").post(f"{URL}comment/{finding}/", {"text": "No"})
    assert refused.status_code in (403, 404)


def test_an_empty_comment_is_refused_with_a_reason() -> None:
    finding = LeaderFinding.objects.get(leader="max").finding
    answer = signed_in("max").post(f"{URL}comment/{finding}/", {"text": " "})
    assert answer.status_code == 422
    assert "0 characters" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "link", "leads_to", "label"),
    [
        ("max", "declared", "/direction/priorities/p1/", "Open the priority"),
        ("max", "told", "/direction/messages/new/?priority=p1&amp;head=max", "Say it again"),
        ("sam", "told", "/direction/", "Look at what is entered"),
        ("max", "recalled", "/pulse/new/?priority=p1&amp;scope=seller%40max", "Ask a question"),
        ("sam", "recalled", None, "Ask a question"),
        ("max", "led", "/direction/cards/", "Look at what is entered"),
        ("max", "practised", None, "Look at what is entered"),
    ],
)
def test_a_link_leads_to_what_can_be_done_about_it(
    who: str, link: str, leads_to: str | None, label: str
) -> None:
    reply = signed_in(who).get(URL, {"head": "max", "priority": "p1", "link": link})
    found = reply.content.decode()
    assert (label in found) is (leads_to is not None)
    if leads_to:
        assert f'<a class="btn" href="{leads_to}">{label}</a>' in found


def test_a_message_that_is_said_from_a_link_names_its_priority_and_people() -> None:
    declared = Priority(kind=PriorityKind.PRODUCT, name="Sell the new line", owner_id="max")
    made = strategy.declare(
        viewer=cast.viewer("eve"),
        at=cast.NOW,
        priority=declared,
        declared_on=cast.NOW.date(),
    )
    asked = {"priority": made.priority_id, "head": "max"}
    form = signed_in("mona").get("/direction/messages/new/", asked).content.decode()
    assert f'<option value="{made.priority_id}" selected>' in form
    assert 'name="head" value="max"' in form


def test_a_question_that_is_asked_from_a_link_names_its_priority_and_people() -> None:
    asked = signed_in("max").get("/pulse/new/?priority=p1&scope=seller%40max").content.decode()
    assert '<option value="seller@max" selected>' in asked


def test_in_the_sample_three_tips_close_as_they_are_used() -> None:
    Load.objects.create(
        source=Source.objects.create(name="Sample", added_at=cast.NOW),
        upload="u",
        state="kept",
        asked_at=cast.NOW,
        is_sample=True,
    )
    eve = signed_in("eve")
    first, second, third = "Each sign on a beam", "The dashed outline", "make its next action"
    page = "/line-of-sight/"
    shown = eve.get(page).content.decode()
    assert [tip in shown for tip in (first, second, third)] == [True, False, False]
    opened = eve.get(f"{page}link/?link=told", headers={"HX-Request": "true"}).content.decode()
    assert [tip in opened for tip in (first, second, third)] == [False, True, False]
    opened = eve.get(f"{page}link/?link=told", headers={"HX-Request": "true"}).content.decode()
    assert [tip in opened for tip in (first, second, third)] == [False, False, True]
    eve.get("/commitments/new/?text=Say+it+again")
    shown = eve.get(page).content.decode()
    assert [tip in shown for tip in (first, second, third)] == [False, False, False]
