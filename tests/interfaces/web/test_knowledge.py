"""What works in the browser: from one person's advice to somebody else's use of it."""

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import pairs
from headway.records.models import (
    KnowledgeItem,
    KnowledgeUse,
    OpportunityRow,
    PeerMeeting,
    Person,
)
from headway.terms.own_time import Side

pytestmark = pytest.mark.django_db

KNOWLEDGE = "/coaching/knowledge/"
STEPS = "Ask what an hour costs\n\nSend the sum back"


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def skill() -> int:
    return pairs.keep_skill(viewer=cast.viewer("max"), at=cast.NOW, name="Discovery").number


def text(reply) -> str:
    return reply.content.decode()


def form(skill: int, **more: str) -> dict[str, str]:
    return {
        "name": "Ask for the standstill",
        "helps_when": "The buyer asks for a price by mail",
        "steps": STEPS,
        "skill_id": str(skill),
        "seen_version": "0",
        "is_name_kept": "on",
        **more,
    }


def written(sam: Client, skill: int) -> str:
    return sam.post(f"{KNOWLEDGE}new/", form(skill, form_key="k")).headers["Location"]


def test_one_thing_from_writing_to_thanks(skill: int) -> None:
    sam, sue = signed_in("sam"), signed_in("sue")
    where = written(sam, skill)
    # Sent twice, it is there once.
    assert written(sam, skill) == where
    assert KnowledgeItem.objects.get().steps == ["Ask what an hour costs", "Send the sum back"]
    found = text(sue.get(KNOWLEDGE, {"q": "hour", "skill_id": skill}))
    assert "Ask for the standstill" in found
    assert "Ask for the standstill" not in text(sue.get(KNOWLEDGE, {"q": "tender"}))
    assert "it works" in text(sue.get(where))
    assert sue.post(f"{where}check/", {"seen_version": "1"}).status_code == 302
    assert sue.post(f"{where}used/", {"words": "They said the sum"}).status_code == 302
    assert "<dd>Sue, " in text(sam.get(where))
    assert "I used this" not in text(sam.get(where))
    mine = text(sam.get(KNOWLEDGE))
    assert "What you wrote down was used 1 time." in mine
    assert "They said the sum" in mine
    stan = text(signed_in("stan").get(KNOWLEDGE)) + text(signed_in("stan").get(where))
    assert "They said the sum" not in stan
    number = KnowledgeUse.objects.get().pk
    assert sue.post(f"{KNOWLEDGE}uses/{number}/take-back/").status_code == 302
    assert "They said the sum" not in text(sam.get(KNOWLEDGE))


def test_what_cannot_be_taken_so_is_shown_again_with_what_was_written(skill: int) -> None:
    sam = signed_in("sam")
    OpportunityRow.objects.filter(owner_id="sam").update(account_id="acme")
    for wrong, told in (
        ({"steps": "x\n" * 8}, "There are 8 lines"),
        ({"steps": "x\n" + "y" * 201}, "Line 2 has 201 characters"),
        ({"skill_id": ""}, "Choose a priority or a skill"),
        ({"helps_when": "As at Acme"}, "“Acme” is a customer"),
    ):
        reply = sam.post(f"{KNOWLEDGE}new/", form(skill, **wrong))
        assert reply.status_code == 422
        assert told in text(reply)
        assert "Ask for the standstill" in text(reply)
    assert not KnowledgeItem.objects.exists()
    where = written(signed_in("stan"), skill)
    reply = sam.post(f"{where}used/", {"words": "Acme bought"})
    assert reply.status_code == 422
    assert 'value="Acme bought"' in text(reply)


def test_only_its_author_changes_it_and_nobody_over_a_newer_version(skill: int) -> None:
    sam = signed_in("sam")
    where = written(sam, skill)
    page = text(sam.get(f"{where}change/"))
    assert "Ask what an hour costs\nSend the sum back</textarea>" in page
    better = form(skill, name="Ask for the hour", seen_version="1")
    assert signed_in("sue").get(f"{where}change/").status_code == 404
    assert signed_in("sue").post(f"{where}change/", better).status_code == 404
    assert sam.post(f"{where}change/", better).status_code == 302
    late = sam.post(f"{where}change/", form(skill, name="Ask late", seen_version="1"))
    assert late.status_code == 409
    assert KnowledgeItem.objects.get().name == "Ask for the hour"
    assert signed_in("max").post(f"{where}retire/", {"seen_version": "2"}).status_code == 403
    assert sam.post(f"{where}retire/", {"seen_version": "2"}).status_code == 302
    assert sam.get(where).status_code == 404
    assert "You took it off the list" in text(sam.get(KNOWLEDGE))


def test_what_is_asked_by_a_made_up_address_shows_everything(skill: int) -> None:
    sam = signed_in("sam")
    written(sam, skill)
    page = text(sam.get(KNOWLEDGE, {"skill_id": "x", "priority": "nothing", "q": "\0"}))
    assert "Ask for the standstill" in page


def test_a_leavers_item_stays_without_the_name_where_they_asked(skill: int) -> None:
    where = written(signed_in("sam"), skill)
    KnowledgeItem.objects.update(is_name_kept=False)
    Person.objects.filter(id="sam").update(is_active=False)
    page = text(signed_in("stan").get(where))
    assert "somebody who has left" in page
    assert "Sam" not in page
    assert "Take it off" not in page
    assert "Take it off" in text(signed_in("olaf").get(where))


def test_advice_in_a_pair_becomes_an_item_of_the_one_who_gave_it() -> None:
    stan, sam = cast.viewer("stan"), cast.viewer("sam")
    at = timezone.now()
    pairs.say(viewer=stan, at=at, side=Side.TEACH, skill_id=None, words="Tenders")
    today = timezone.localdate()
    pair = pairs.ask(
        viewer=sam, at=at, partner="stan", about="Tenders", first_on=today, weeks=1
    ).number
    pairs.agree(viewer=stan, at=at, pair_id=pair)
    meeting = PeerMeeting.objects.get().pk
    pairs.note(
        viewer=stan,
        at=at,
        meeting_id=meeting,
        met_on=today,
        worked="",
        stuck="",
        advice="Ask for the criteria\nAsk who wrote them",
    )
    to_write = f"{KNOWLEDGE}new/?meeting={meeting}"
    assert to_write in text(signed_in("stan").get(f"/coaching/pairs/{pair}/"))
    assert to_write not in text(signed_in("sam").get(f"/coaching/pairs/{pair}/"))
    begun = text(signed_in("stan").get(to_write))
    assert 'value="Tenders"' in begun
    assert "Ask for the criteria\nAsk who wrote them</textarea>" in begun
    assert not KnowledgeItem.objects.exists()
    for other in ("sam", "max", "eve"):
        assert signed_in(other).get(to_write).status_code == 404


def test_it_is_found_from_anywhere(skill: int) -> None:
    where = written(signed_in("sam"), skill)
    assert where in text(signed_in("olaf").get("/find/", {"q": "standstill"}))
