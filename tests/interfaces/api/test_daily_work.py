"""What pages write of plans, cards, time, pairs, notes and coaching, written over the API."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.api.client import Program
from tests.interfaces.web import results_world

from headway.actions import pairs
from headway.records.models import Card, CoachingSession, Job, Note, PeerNote, TimeLog
from headway.terms.declared import CardField
from headway.terms.own_time import Side, monday

pytestmark = pytest.mark.django_db


def told(reply, status: int = 200) -> dict:
    assert reply.status_code == status, reply.content
    return json.loads(reply.content)


def code_of(reply) -> tuple[int, str]:
    return reply.status_code, json.loads(reply.content)["code"]


def moment(*, days: int) -> str:
    return (timezone.now() + timedelta(days=days)).replace(microsecond=0).isoformat()


def test_a_session_is_asked_for_planned_logged_confirmed_and_looked_at_again() -> None:
    cast.enter()
    person, coach = Program("sam"), Program("max")
    asked = {"coach": "max", "topic": "Pricing"}
    number = told(person.post("coaching/sessions/ask", asked), 201)["session_id"]
    path = f"coaching/sessions/{number}"
    planned = {"planned_at": moment(days=2), "minutes": 40, "kind": "debrief", "topic": "Pricing"}
    sent = {"planned": planned, "seen_version": 1}
    # Who asked waits for the coach to set a time.
    assert code_of(person.post(f"{path}/time", sent)) == (403, "actions.not_allowed")
    version = told(coach.post(f"{path}/time", sent))["version"]
    assert told(person.get(path))["line"]["topic"] == "Pricing"
    day = (timezone.localdate() + timedelta(days=14)).isoformat()
    logged = {
        "held_at": moment(days=-1),
        "minutes": 30,
        "kind": "debrief",
        "topic": "Pricing",
        "priority": "",
        "is_work_observed": True,
        "practice": "Ask for the reason first",
        "follow_up_on": day,
    }
    stale = coach.post(f"{path}/log", {"logged": logged, "seen_version": version - 1})
    assert code_of(stale)[0] == 409
    version = told(coach.post(f"{path}/log", {"logged": logged, "seen_version": version}))[
        "version"
    ]
    version = told(person.post(f"{path}/confirm", {"seen_version": version}))["version"]
    seen = told(coach.get(path))
    assert (seen["is_counting"], seen["practice"]) == (True, "Ask for the reason first")
    saw = {"sentence": "Two of three", "seen_version": version}
    told(person.post(f"{path}/look-again", saw))
    assert CoachingSession.objects.get(pk=number).looked_at == "Two of three"
    for other in ("mona", "eve", "sue"):
        assert code_of(Program(other).get(path)) == (404, "queries.not_seen")
        reply = Program(other).post(f"{path}/call-off", {"seen_version": version + 1})
        assert code_of(reply) == (403, "actions.not_allowed")


def test_a_session_is_planned_and_logged_with_who_is_led_and_with_nobody_else() -> None:
    cast.enter()
    planned = {"planned_at": moment(days=2), "minutes": 40, "kind": "debrief", "topic": ""}
    made = told(
        Program("max").post("coaching/sessions", {"person": "sam", "planned": planned}), 201
    )
    told(
        Program("sam").post(
            f"coaching/sessions/{made['session_id']}/call-off", {"seen_version": made["version"]}
        )
    )
    assert CoachingSession.objects.get().state == "called_off"
    reply = Program("max").post("coaching/sessions", {"person": "stan", "planned": planned})
    assert code_of(reply) == (403, "actions.not_allowed")
    without_zone = {**planned, "planned_at": "2099-06-30T14:00:00"}
    reply = Program("max").post("coaching/sessions", {"person": "sam", "planned": without_zone})
    assert "a moment with its zone" in json.loads(reply.content)["detail"]


def test_a_message_is_planned_to_be_said_again_moved_and_ended() -> None:
    cast.enter()
    today = timezone.localdate()
    said = {
        "sender": "max",
        "head": "max",
        "told_on": (today - timedelta(weeks=5)).isoformat(),
        "channel": "chat",
        "text": "The old line stops.",
        "repeat": {"every_weeks": 4},
    }
    max_ = Program("max")
    number = told(max_.post("messages", said), 201)["message_id"]
    [planned] = told(max_.get("repeats"))["items"]
    assert (planned["is_overdue"], planned["last"]["message_id"]) == (True, number)
    assert planned["due_on"] == (today - timedelta(weeks=1)).isoformat()
    [message] = told(max_.get("messages"))["items"]
    assert message["again"]["repeat_id"] == planned["repeat_id"]
    # Who was told reads the message, and not what its sender plans.
    [heard] = told(Program("sam").get("messages"))["items"]
    assert (heard["again"], told(Program("sam").get("repeats"))["items"]) == (None, [])
    assert told(Program("mona").get("repeats"))["items"][0]["may_change"] is False
    assert told(Program("stan").get("repeats"))["items"] == []
    change = {"seen_version": 1, "every_weeks": 5}
    path = f"messages/{number}/repeat"
    assert code_of(max_.post(path, change)) == (422, "direction.repeat")
    assert code_of(Program("mona").post(path, change)) == (403, "actions.not_allowed")
    told(max_.post(path, {"seen_version": 1, "on": (today + timedelta(days=3)).isoformat()}))
    end = f"repeats/{planned['repeat_id']}/end"
    assert code_of(max_.post(end, {"seen_version": 1})) == (409, "actions.stale_version")
    told(max_.post(end, {"seen_version": 2}))
    assert told(max_.get("repeats"))["items"] == []


def test_a_week_is_logged_and_read_by_its_leader_alone() -> None:
    cast.enter()
    week_on = monday(timezone.localdate()).isoformat()
    hours = [{"category": "development", "hours": 7.25, "priority": ""}]
    told(Program("max").post("own-time/week", {"week_on": week_on, "hours": hours}))
    assert told(Program("max").get("own-time/week", week_on=week_on))["hours"] == hours
    assert [each["development"] for each in told(Program("max").get("own-time"))["logged"]] == [
        7.25
    ]
    for other in ("mona", "eve"):
        assert told(Program(other).get("own-time/week", week_on=week_on))["hours"] == []
        assert b"7.25" not in Program(other).get("own-time").content
    # What stands in the week before is offered by the form, and is not what was logged.
    later = (monday(timezone.localdate()) - timedelta(weeks=1)).isoformat()
    assert told(Program("max").get("own-time/week", week_on=later))["hours"] == []
    assert TimeLog.objects.count() == 1


def test_a_pair_is_asked_for_agreed_and_written_about_by_its_two() -> None:
    cast.enter()
    pairs.say(
        viewer=cast.viewer("sue"),
        at=timezone.now(),
        side=Side.TEACH,
        skill_id=None,
        words="Tenders",
    )
    today = timezone.localdate().isoformat()
    wanted = {"partner": "sue", "about": "Tenders", "first_on": today, "weeks": 2}
    number = told(Program("sam").post("pairs", wanted), 201)["number"]
    path = f"pairs/{number}"
    assert code_of(Program("sam").post(f"{path}/agree")) == (403, "actions.not_allowed")
    told(Program("sue").post(f"{path}/agree"))
    meeting = told(Program("sam").get(path))["meetings"][0]["meeting_id"]
    told(
        Program("sue").post(
            f"pairs/meetings/{meeting}/note", {"met_on": today, "advice": "Ask why"}
        )
    )
    told(Program("sam").post(f"pairs/meetings/{meeting}/used", {"is_used": True}))
    assert PeerNote.objects.get(author="sam").is_used is True
    seen = told(Program("sue").get(path))["meetings"][0]
    assert seen["own"] == {"worked": "", "stuck": "", "advice": "Ask why"}
    for other in ("max", "mona", "eve"):
        assert code_of(Program(other).get(path)) == (404, "queries.not_seen")
        assert b"Ask why" not in Program(other).get("pairs").content
    told(Program("sue").post(f"{path}/end"))
    assert code_of(Program("sue").post(f"{path}/end")) == (409, "pairs.settled")


def test_a_note_stands_beside_its_number_for_whoever_sees_the_number() -> None:
    results_world.enter(decided=3)
    scope = "seller@max"
    page = told(Program("max").get("results", scope=scope))["page"]
    figure = page["stats"][0]["figure"]
    sent = {"scope": scope, "figure": figure, "text": "We were closed in May."}
    assert code_of(Program("eve").post("results/notes", sent))[0] == 403
    number = told(Program("max").post("results/notes", sent), 201)["note_id"]
    [seen] = told(Program("mona").get("results/notes", scope=scope))["notes"]
    assert (seen["text"], seen["figure"], seen["is_own"]) == (sent["text"], figure, False)
    assert code_of(Program("olaf").get("results/notes", scope=scope)) == (404, "queries.not_seen")
    assert [each["note_id"] for each in told(Program("max").get("notes"))["items"]] == [number]
    assert told(Program("mona").get("notes"))["items"] == []
    assert code_of(Program("mona").post(f"notes/{number}/withdraw"))[0] == 403
    told(Program("max").post(f"notes/{number}/withdraw"))
    assert Note.objects.get().withdrawn_at is not None


def test_the_plan_is_written_by_executives_over_the_one_they_saw() -> None:
    cast.enter()
    sent = {"plan": {"name": "Plan", "direction": "On"}, "seen_version": 0}
    assert code_of(Program("max").post("plan", sent)) == (403, "actions.not_allowed")
    # For who may declare nothing at all there is no such address.
    assert code_of(Program("sam").post("plan", sent)) == (404, "api.no_such_address")
    assert told(Program("eve").post("plan", sent)) == {"number": 1}
    assert code_of(Program("eve").post("plan", sent)) == (409, "actions.stale_version")
    seen = told(Program("max").get("plan"))
    assert (seen["number"], seen["plan"]["direction"]) == (1, "On")


def test_a_priority_is_declared_launched_and_ended_by_who_may() -> None:
    cast.enter()
    today = timezone.localdate().isoformat()
    content = {"name": "Sell the new line", "kind": "product", "owner_id": "max"}
    sent = {"priority": content, "declared_on": today}
    assert code_of(Program("sam").post("priorities", sent)) == (404, "api.no_such_address")
    nobody = {**sent, "priority": {**content, "owner_id": "nobody"}}
    assert code_of(Program("eve").post("priorities", nobody))[1] == "strategy.owner"
    number = told(Program("eve").post("priorities", sent), 201)["priority_id"]
    path = f"priorities/{number}"
    launched = {"priority": {**content, "launched_on": today}, "seen_version": 1}
    reply = Program("olaf").post(f"{path}/change", launched)
    assert code_of(reply) == (403, "actions.not_allowed")
    assert told(Program("max").post(f"{path}/change", launched))["version"] == 2
    assert code_of(Program("eve").post(f"{path}/change", launched)) == (
        409,
        "actions.stale_version",
    )
    assert told(Program("sam").get(path))["content"]["launched_on"] == today
    assert code_of(Program("sam").post("line", {})) == (404, "api.no_such_address")
    job = told(Program("max").post("line", {}), 202)
    assert (Job.objects.get(pk=job["job_id"]).kind, job["is_new"]) == ("publish", True)
    assert told(Program("eve").post("line", {}), 202) == {**job, "is_new": False}
    ended = {"ended_on": today, "seen_version": 2}
    assert code_of(Program("olaf").post(f"{path}/end", ended)) == (403, "actions.not_allowed")
    stale = Program("max").post(f"{path}/end", {**ended, "seen_version": 1})
    assert code_of(stale) == (409, "actions.stale_version")
    told(Program("max").post(f"{path}/end", ended))
    assert code_of(Program("max").post(f"{path}/end", ended)) == (409, "strategy.ended")


def test_a_card_is_written_agreed_and_withdrawn_by_its_two() -> None:
    cast.enter()
    priority = {"name": "Sell the new line", "kind": "product"}
    declared = {"priority": priority, "declared_on": timezone.localdate().isoformat()}
    number = told(Program("eve").post("priorities", declared), 201)["priority_id"]
    line = {"text": "In my words", "measure": "A count"}
    items = [{"field": each.value, **line} for each in CardField]
    own = {"author": "max", "priority": number, "items": items[:7], "seen_version": 0}
    both = {**own, "person": "sam", "items": items}
    assert code_of(Program("max").post("cards", both)) == (409, "cards.own_first")
    assert code_of(Program("max").post("cards", {**own, "items": items}))[1] == "cards.field"
    told(Program("max").post("cards", own))
    assert code_of(Program("sue").post("cards", both)) == (403, "actions.not_allowed")
    card = told(Program("sam").post("cards", both))
    assert code_of(Program("max").post("cards", both)) == (409, "actions.stale_version")
    path = f"cards/{card['card_id']}"
    assert code_of(Program("mona").post(f"{path}/agree", {"seen_version": 1}))[0] == 403
    told(Program("sam").post(f"{path}/agree", {"seen_version": 1}))
    assert code_of(Program("max").post(f"{path}/agree", {"seen_version": 1}))[0] == 409
    told(Program("max").post(f"{path}/agree", {"seen_version": 2}))
    assert code_of(Program("mona").post(f"{path}/withdraw", {"seen_version": 3}))[0] == 403
    told(Program("max").post(f"{path}/withdraw", {"seen_version": 3}))
    assert Card.objects.get(person="sam").withdrawn_on is not None
