"""Today in the browser: each thing is done where it stands, by who it waits for and nobody else."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import cards, commitments, direction, strategy
from headway.actions.commitments import Wanted
from headway.records.models import (
    Card,
    Commitment,
    LeaderFinding,
    Message,
    MessageReceipt,
    MessageRepeat,
)
from headway.terms.declared import (
    OWN_FIELDS,
    CardField,
    CardItem,
    Channel,
    Priority,
    PriorityKind,
    Repeat,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def promise(by: str, owner: str, *, days: int = 1) -> Commitment:
    at = timezone.now()
    wanted = Wanted(
        owner=owner,
        text="Call them",
        seen_by="A list",
        due_on=timezone.localdate() + timedelta(days=days),
        to=by,
    )
    made = commitments.make(viewer=cast.viewer(by), at=at, wanted=wanted)
    return Commitment.objects.get(pk=made.commitment_id)


def declared(owner: str) -> str:
    content = Priority(kind=PriorityKind.PRODUCT, name="Sell the new line", owner_id=owner)
    begun = timezone.localdate() - timedelta(days=60)
    made = strategy.declare(
        viewer=cast.viewer("eve"), at=timezone.now(), priority=content, declared_on=begun
    )
    return made.priority_id


def done(client: Client, way: str, **said: object) -> int:
    return client.post(f"/today/{way}/", said).status_code


def words(client: Client) -> str:
    return client.get("/today/").content.decode()


def test_a_promise_is_kept_moved_or_given_up_where_it_stands() -> None:
    sam = signed_in("sam")
    kept, moved, given_up = (promise("sam", "sam") for _ in range(3))
    assert "3 things wait for you." in words(sam)
    assert done(sam, "keep", commitment_id=kept.pk, seen_version=1) == 302
    later = timezone.localdate() + timedelta(days=20)
    said = {"commitment_id": moved.pk, "seen_version": 1, "due_on": later, "reason": "Holidays"}
    assert done(sam, "move", **said) == 302
    assert done(sam, "give-up", commitment_id=given_up.pk, seen_version=1) == 302
    states = dict(Commitment.objects.values_list("pk", "state"))
    assert states == {kept.pk: "kept", moved.pk: "open", given_up.pk: "broken"}
    assert Commitment.objects.get(pk=moved.pk).due_on == later
    assert "Nothing waits for you." in words(sam)


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays() -> None:
    sam, made = signed_in("sam"), promise("sam", "sam")
    said = {"commitment_id": made.pk, "seen_version": 1, "due_on": "2020-01-01", "reason": "Mud"}
    answer = sam.post("/today/move/", said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "That day has gone by" in text
    assert 'value="Mud"' in text
    assert '<details class="do" open>' in text
    # The script puts what is wrong in its place.
    again = sam.post("/today/move/", said, headers={"HX-Request": "true"})
    assert again.status_code == 200
    assert "That day has gone by" in again.content.decode()


def test_nobody_does_what_waits_for_another() -> None:
    made, asked = promise("sam", "sam"), promise("max", "sam")
    for name in ("max", "mona", "eve", "sue", "stan"):
        client = signed_in(name)
        assert done(client, "keep", commitment_id=made.pk, seen_version=1) == 403
        assert done(client, "accept", commitment_id=asked.pk) == 403
        assert "Call them" not in words(client).split("What I")[0]
    assert done(signed_in("opal"), "keep", commitment_id=made.pk, seen_version=1) == 404
    assert done(signed_in("sam"), "accept", commitment_id=asked.pk) == 302
    assert done(signed_in("sam"), "nothing") == 404


def test_a_leader_writes_their_card_and_both_agree() -> None:
    number, leader = declared("max"), signed_in("max")
    assert "Write what “Sell the new line” means for yourself" in words(leader)
    fields = {field: f"About {field}" for field in OWN_FIELDS}
    lacking = " ".join(OWN_FIELDS)
    first = {"priority": number, "seen_version": 0, "lacking": lacking}
    assert done(leader, "complete", **first) == 422
    assert done(leader, "complete", **first, **fields) == 302
    # A behaviour nobody can count is lacking still: its words wait in the form.
    text = words(leader)
    assert 'name="counted"' in text
    assert "About behaviour</textarea>" in text
    again = {"priority": number, "seen_version": 1, "lacking": "behaviour"}
    assert done(leader, "complete", **again, behaviour="Ask first", counted="Two a week") == 302
    own = Card.objects.get(author="max", person=None)
    counted = [each for each in own.items if each["field"] == "behaviour"]
    assert [(each["text"], each["measure"]) for each in counted] == [("Ask first", "Two a week")]
    assert len(own.items) == len(OWN_FIELDS)
    items = tuple(CardItem(field=each, text="Do it", measure="Two a week") for each in CardField)
    made = cards.save(
        viewer=cast.viewer("max"),
        at=timezone.now(),
        author="max",
        person="sam",
        priority=number,
        items=items,
        seen_version=0,
    )
    seller = signed_in("sam")
    assert "Agree with Max what “Sell the new line” means for you" in words(seller)
    assert "Agree with Sam" not in words(leader)
    assert done(seller, "agree", card_id=made.card_id, seen_version=1) == 302
    assert "Agree with Sam what “Sell the new line” means for them" in words(leader)
    assert done(leader, "agree", card_id=made.card_id, seen_version=2) == 302
    assert Card.objects.get(pk=made.card_id).author_agreed_on is not None
    assert done(signed_in("sue"), "agree", card_id=made.card_id, seen_version=3) == 403


def test_an_owner_says_again_what_was_long_not_said() -> None:
    number, leader = declared("max"), signed_in("max")
    assert "Say again what “Sell the new line” is about" in words(leader)
    said = {
        "priority": number,
        "text": "We begin with the new line.",
        "told_on": timezone.localdate().isoformat(),
        "channel": "team_meeting",
        "is_everybody": "on",
    }
    assert done(leader, "tell", **{**said, "told_on": "2999-01-01"}) == 422
    assert done(leader, "tell", **said) == 302
    message = Message.objects.get()
    assert (message.sender_id, message.head_id, message.priority) == ("max", "max", number)
    heard = MessageReceipt.objects.exclude(received_on=None).values_list("person_id", flat=True)
    assert sorted(heard) == ["sam", "sue"]
    assert "Say again" not in words(leader)
    assert done(signed_in("sam"), "tell", **said) == 403


def test_words_that_were_said_last_stand_in_the_form() -> None:
    number = declared("max")
    then = timezone.now() - timedelta(days=50)
    told = direction.Told(
        sender="max",
        head="max",
        told_on=then.date(),
        channel=Channel.EMAIL,
        text="It is about margin.",
        priority=number,
    )
    direction.tell(viewer=cast.viewer("max"), at=then, told=told)
    assert "It is about margin.</textarea>" in words(signed_in("max"))


def test_what_is_due_to_be_said_again_is_logged_where_it_stands() -> None:
    number, today = declared("mona"), timezone.localdate()
    then = timezone.now() - timedelta(days=40)
    first = direction.Told(
        sender="mona",
        head="max",
        told_on=then.date(),
        channel=Channel.VIDEO,
        text="It is about margin.",
        priority=number,
        is_ask=True,
        repeat=Repeat(every_weeks=4),
    )
    direction.tell(viewer=cast.viewer("mona"), at=then, told=first)
    mona = signed_in("mona")
    text = words(mona)
    # Once, although she has also not spoken of it for a month.
    assert text.count("Say again what “Sell the new line” is about") == 1
    assert "for the people of Max. You said it last on" in text
    assert "It is about margin.</textarea>" in text
    assert '<option value="video" selected>' in text
    for other in ("eve", "max", "sam", "olaf"):
        assert "Say again what" not in words(signed_in(other)), other
    known = dict(re.findall(r'name="(priority|head|is_ask)" value="([^"]*)"', text))
    assert known == {"priority": number, "head": "max", "is_ask": "True"}
    said = {
        **known,
        "text": "It is about margin, still.",
        "told_on": today.isoformat(),
        "channel": "email",
        "is_everybody": "on",
    }
    assert Message.objects.count() == 1
    assert done(mona, "tell", **said) == 302
    message = Message.objects.latest("id")
    assert (message.sender_id, message.head_id, message.is_ask) == ("mona", "max", True)
    heard = MessageReceipt.objects.filter(message=message, basis="attended")
    assert {each.person_id for each in heard} == {"sam", "sue"}
    assert MessageRepeat.objects.get().due_on == today + timedelta(weeks=4)
    assert "Say again what" not in words(mona)


def test_the_plan_as_a_whole_is_said_again_from_today_too() -> None:
    then = timezone.now() - timedelta(days=20)
    told = direction.Told(
        sender="max",
        head="max",
        told_on=then.date(),
        channel=Channel.EMAIL,
        text="Fewer, and better.",
        repeat=Repeat(on=then.date() + timedelta(days=15)),
    )
    direction.tell(viewer=cast.viewer("max"), at=then, told=told)
    leader = signed_in("max")
    assert "Say the plan again" in words(leader)
    said = {"text": "Fewer.", "told_on": timezone.localdate().isoformat(), "channel": "chat"}
    assert done(leader, "tell", **said) == 302
    assert MessageRepeat.objects.get().state == "said"
    assert "Say the plan again" not in words(leader)


def test_a_leader_says_something_to_what_was_found_about_them() -> None:
    LeaderFinding.objects.create(
        finding="f1",
        leader="max",
        first_published_at=timezone.now(),
        opens_at=timezone.now() + timedelta(days=5),
    )
    assert "Look at what was found about you" in words(signed_in("max"))
    for name in ("mona", "eve", "sam"):
        assert "found about you" not in words(signed_in(name))
        assert done(signed_in(name), "comment", finding="f1", text="No") == 403
    assert done(signed_in("max"), "comment", finding="f1", text="I began in May.") == 302
    assert LeaderFinding.objects.get().comment == "I began in May."


def test_managers_and_sellers_land_on_today_and_executives_on_the_line() -> None:
    lands = {name: signed_in(name).get("/")["Location"] for name in ("max", "sam", "eve", "opal")}
    assert lands == {
        "max": "/today/",
        "sam": "/today/",
        "eve": "/results/",
        "opal": "/results/begin/",
    }


@pytest.mark.parametrize(
    ("to", "sentence"), [(None, "You. Your manager reads"), ("stan", "The two of you. The manager")]
)
def test_a_promise_says_who_sees_what_becomes_of_it(to: str | None, sentence: str) -> None:
    due_on = timezone.localdate() + timedelta(days=1)
    wanted = Wanted(owner="sam", text="Call them", seen_by="A list", due_on=due_on, to=to)
    made = commitments.make(viewer=cast.viewer("sam"), at=timezone.now(), wanted=wanted)
    page = signed_in("sam").get(f"/commitments/{made.commitment_id}/").content.decode()
    assert f"<p>{sentence}" in page
