"""The endpoints tell what the pages tell, in the same order: who leads sees first, and believes."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast, pulse_world
from tests.actions.test_strategy import declare
from tests.interfaces.api.client import Program
from tests.interfaces.pages import answers
from tests.interfaces.web import results_world

from headway.actions import predictions
from headway.interfaces.api.endpoints import Page
from headway.interfaces.api.urls import ENDPOINTS
from headway.queries.results import wording
from headway.records.models import Job, LeaderFinding, MessageReceipt, Objection, Prediction
from headway.terms import codec
from headway.terms.belief import BeliefGap, BeliefVerdict
from headway.terms.line import Link
from queries.strategy.test_published import HEADS, chain, publish

pytestmark = pytest.mark.django_db


def told(reply, status: int = 200) -> dict:
    assert reply.status_code == status, reply.content
    return json.loads(reply.content)


def code_of(reply) -> tuple[int, str]:
    return reply.status_code, json.loads(reply.content)["code"]


@pytest.fixture
def lines() -> None:
    cast.enter()
    gap = BeliefGap(
        person="max",
        priority="p1",
        group="seller@max",
        link=Link.CONNECTED,
        predicted=0.9,
        measured=0.5,
        gap=0.4,
        low=0.2,
        high=0.6,
        p_blind=0.99,
        verdict=BeliefVerdict.BLIND,
    )
    publish(*(chain(head) for head in HEADS), gaps=(gap,))
    LeaderFinding.objects.update(opens_at=timezone.now() + timedelta(days=1))


def skip(name: str) -> None:
    predictions.seal(
        viewer=cast.viewer(name),
        at=timezone.now(),
        priority="p1",
        group=f"seller@{name}",
        believed={},
    )


@pytest.fixture
def results() -> None:
    results_world.enter(decided=3)


@pytest.mark.usefixtures("results")
def test_results_are_those_of_the_page() -> None:
    said = told(Program("eve").get("results"))
    page = wording.page(answers.FALLING, scope_name="Whole organisation")
    assert said["page"] == codec.to_json(page)
    assert said["page"]["rungs"] != []
    figure = said["page"]["stats"][0]["figure"]
    opened = told(Program("eve").get(f"results/evidence/{figure}"))
    assert (opened["figure"], bool(opened["looked_at"])) == (figure, True)
    rows = told(Program("eve").get("results/opportunities"))
    assert rows["count"] == len(rows["rows"])


@pytest.mark.usefixtures("results")
def test_results_of_strangers_are_not_there_and_what_is_missing_can_be_asked_for() -> None:
    assert code_of(Program("mona").get("results", scope="seller@olaf")) == (404, "queries.not_seen")
    assert code_of(Program("mona").get("results", scope="x")) == (404, "terms.unknown_scope")
    assert code_of(Program("eve").get("results", compare="x")) == (400, "results.comparison")
    program = Program("sue")
    assert code_of(program.get("results")) == (404, "api.not_computed")
    job = told(program.post("results", {"scope": "person@sue"}), 202)
    assert Job.objects.get().pk == job["job_id"]
    assert told(program.get(f"jobs/{job['job_id']}"))["state"] == "waiting"
    assert code_of(Program("sam").get(f"jobs/{job['job_id']}")) == (404, "queries.not_seen")
    stop = f"jobs/{job['job_id']}/stop"
    assert code_of(Program("sam").post(stop, {})) == (403, "actions.not_allowed")
    assert told(program.post(stop, {})) == {"job_id": job["job_id"]}
    assert told(program.get(f"jobs/{job['job_id']}"))["state"] == "stopped"
    assert code_of(program.post(stop, {})) == (409, "jobs.over")


@pytest.mark.usefixtures("results")
def test_an_objection_is_kept_shown_and_taken_back() -> None:
    program = Program("max")
    sent = {"scope": "seller@max", "text": "We were closed in May."}
    number = told(program.post("results/objections", sent), 201)["objection_id"]
    kept = told(program.get("results", scope="seller@max"))["objections"]
    assert [(each["text"], each["is_own"]) for each in kept] == [(sent["text"], True)]
    assert code_of(Program("eve").post(f"results/objections/{number}/withdraw"))[0] == 403
    told(program.post(f"results/objections/{number}/withdraw"))
    assert Objection.objects.get().withdrawn_at is not None


@pytest.mark.usefixtures("lines")
def test_a_leader_says_what_they_believe_before_they_look() -> None:
    program = Program("mona")
    for path in ("line", "line/chains", "line/patterns", "line/belief-gaps"):
        assert code_of(program.get(path)) == (409, "api.predict_first"), path
    asked = {"priority": "p1", "group": "seller@mona"}
    assert code_of(program.get("line/chain", **asked)) == (409, "api.predict_first")
    waiting = told(program.get("predictions"))["waiting"]
    assert [(each["priority"], each["group"]) for each in waiting] == [("p1", "seller@mona")]
    believed = {"connected": {"share": 0.7, "low": 0.6, "high": 0.8}}
    assert told(program.post("predictions", {**asked, "believed": believed}), 201) == {
        "link_count": 1
    }
    assert code_of(program.post("predictions", asked)) == (409, "predictions.sealed")
    assert told(program.get("line"))["head"] == "mona"
    kept = told(program.get("predictions"))["sealed"]
    assert [(each["link"], each["share"]) for each in kept] == [("connected", 0.7)]


@pytest.mark.usefixtures("lines")
def test_what_is_sealed_is_read_by_nobody_else() -> None:
    for name in ("eve", "mona", "max"):
        skip(name)
    Prediction.objects.filter(person_id="max").update(link="told", share=0.777, low=0.7, high=0.8)
    for name in ("eve", "mona", "sam", "olaf"):
        program = Program(name)
        skipped = Prediction.objects.filter(person_id=name).count()
        assert len(told(program.get("predictions"))["sealed"]) == skipped
        if name == "olaf":
            continue
        assert told(program.get("line/belief-gaps"))["items"] == []
        page = program.get("line", head="max")
        assert b"0.777" not in page.content
    assert [
        each["predicted"] for each in told(Program("max").get("line/belief-gaps"))["items"]
    ] == [0.9]


@pytest.mark.usefixtures("lines")
def test_what_is_found_about_a_leader_they_see_first_in_every_form() -> None:
    for name in ("eve", "mona", "max"):
        skip(name)
    own = Program("max")
    seen = told(own.get("line/chain", priority="p1", group="seller@max"))
    assert [each["k"] for each in seen["links"] if each["link"] == "led"] == [0]
    for name in ("eve", "mona", "sam"):
        program = Program(name)
        one = told(program.get("line/chain", priority="p1", group="seller@max"))
        many = told(program.get("line/chains"))["items"]
        same = next(each for each in many if each["group"] == "seller@max")
        assert one == same
        assert [each["k"] for each in one["links"] if each["link"] == "led"] == [None]
    finding = LeaderFinding.objects.get(leader="max").finding
    path = f"line/findings/{finding}/comment"
    assert code_of(Program("mona").post(path, {"text": "No."}))[0] == 403
    told(own.post(path, {"text": "I began in May."}))
    opened = told(Program("mona").get("line/chain", priority="p1", group="seller@max"))
    assert [each["k"] for each in opened["links"] if each["link"] == "led"] == [0]


@pytest.mark.usefixtures("lines")
def test_a_stranger_sees_no_chain_of_others() -> None:
    stan = Program("stan")
    found = told(stan.get("line/chains"))
    assert {each["group"] for each in found["items"]} == {"seller@eve", "seller@olaf"}
    asked = {"priority": "p1", "group": "seller@max"}
    assert code_of(stan.get("line/chain", **asked)) == (404, "queries.not_seen")
    assert code_of(stan.get("line", head="max")) == (404, "queries.not_seen")
    assert code_of(stan.get("line/chain", priority="p1", group="x")) == (404, "queries.not_seen")


@pytest.mark.usefixtures("lines")
def test_chains_cost_the_same_statements_whatever_their_number() -> None:
    skip("eve")
    program = Program("eve")
    # The first request of a day notes that the token was used.
    program.get("me")
    counts = []
    for limit in (2, 4):
        with CaptureQueriesContext(connection) as statements:
            assert len(told(program.get("line/chains", limit=limit))["items"]) == limit
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_plan_the_priorities_messages_and_cards_are_those_of_the_pages() -> None:
    cast.enter()
    number = declare("mona")
    program = Program("mona")
    assert [each["priority_id"] for each in told(program.get("priorities"))["items"]] == [number]
    assert told(program.get(f"priorities/{number}"))["may_change"] is True
    assert told(program.get("plan"))["number"] == 0
    sent = {
        "sender": "mona",
        "head": "mona",
        "told_on": "2026-06-01",
        "channel": "team_meeting",
        "text": "We stop the old line.",
        "priority": number,
        "present": ["max"],
    }
    made = told(program.post("messages", sent), 201)["message_id"]
    waiting = told(Program("sam").get("messages"))["items"]
    assert [(each["message_id"], each["waits"]) for each in waiting] == [(made, True)]
    told(Program("sam").post(f"messages/{made}/acknowledge"))
    assert MessageReceipt.objects.get(person="sam").basis == "acknowledged"
    assert code_of(Program("stan").post(f"messages/{made}/acknowledge"))[0] == 403
    assert told(Program("stan").get("messages"))["items"] == []
    assert code_of(Program("sam").post("messages", sent)) == (404, "api.no_such_address")
    told(program.post(f"messages/{made}/withdraw"))
    assert told(Program("sam").get("messages"))["items"] == []
    own = told(program.get("cards"))["own"]
    assert [(each["priority_id"], each["state"]) for each in own] == [(number, "not begun")]
    card = told(program.get("cards/one", author="mona", priority=number))
    assert card["may_write"] is True
    assert code_of(Program("stan").get("cards/one", author="mona", priority=number))[0] == 404


def test_a_commitment_is_made_agreed_moved_and_kept() -> None:
    cast.enter()
    due = (timezone.localdate() + timedelta(days=14)).isoformat()
    sent = {"owner": "max", "text": "Agree cards", "seen_by": "Six cards", "due_on": due}
    made = told(Program("mona").post("commitments", {**sent, "to": "mona"}), 201)
    path = f"commitments/{made['commitment_id']}"
    owner = Program("max")
    assert told(owner.get(path))["may_accept"] is True
    told(owner.post(f"{path}/accept"))
    version = told(owner.get(path))["version"]
    later = (timezone.localdate() + timedelta(days=20)).isoformat()
    moved = {"due_on": later, "reason": "Holidays.", "seen_version": version}
    told(owner.post(f"{path}/move", moved))
    assert told(owner.get(path))["events"][0]["note"] == "Holidays."
    refused = Program("mona").post(f"{path}/keep", {"seen_version": version + 1})
    assert code_of(refused) == (403, "actions.not_allowed")
    told(owner.post(f"{path}/keep", {"seen_version": version + 1}))
    assert [each["state"] for each in told(owner.get("commitments"))["settled"]] == [
        told(owner.get(path))["state"]
    ]
    assert code_of(Program("eve").get(path)) == (404, "queries.not_seen")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("to", "nobody"),
        ("priority", "p" * 81),
        ("finding", "f" * 65),
        ("predicted_share", 1.5),
    ],
)
def test_a_part_of_a_commitment_that_is_no_such_is_refused(part: str, value: object) -> None:
    cast.enter()
    due = (timezone.localdate() + timedelta(days=14)).isoformat()
    sent = {"owner": "max", "text": "Agree cards", "seen_by": "Six cards", "due_on": due}
    reply = Program("max").post("commitments", {**sent, part: value})
    assert code_of(reply) == (422, "commitments.part")


def test_pulse_cells_are_those_published() -> None:
    pulse_world.enter(mona=6)
    number = pulse_world.opened(cast.viewer("mona"), head="mona")
    found = told(Program("mona").get(f"pulse/waves/{number}"))
    assert (found["wave"]["wave_id"], found["cells"], found["themes"]) == (number, [], [])
    assert [each["wave_id"] for each in told(Program("mona").get("pulse/waves"))["items"]] == [
        number
    ]
    assert code_of(Program("olaf").get(f"pulse/waves/{number}")) == (404, "queries.not_seen")
    assert code_of(Program("sam").get("pulse/waves")) == (404, "api.no_such_address")


def test_nothing_is_published_before_anything_is_loaded() -> None:
    cast.enter()
    assert code_of(Program("eve").get("publications/current")) == (404, "queries.not_seen")
    assert code_of(Program("eve").get("line")) == (404, "queries.not_seen")
    assert code_of(Program("eve").get("results")) == (404, "api.not_computed")
    cast.publication()
    assert told(Program("opal").get("publications/current"))["as_of"] == "2026-06-30"


def test_every_list_is_a_page_and_every_page_is_asked_for_by_a_span() -> None:
    paged = {each.name for each in ENDPOINTS if each.is_paged}
    given = {each.name for each in ENDPOINTS if getattr(each.reply, "__origin__", None) is Page}
    assert paged == given
