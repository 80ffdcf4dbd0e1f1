"""Direction and cards in the browser: from an empty page to a priority people work by."""

import json

import pytest
from django.test import Client
from tests import cast
from tests.actions.test_cards import WITH, items
from tests.interfaces.web import results_world
from tests.interfaces.web.results_world import signed_in

from headway.actions import strategy
from headway.actions.strategy import ColumnFact
from headway.records import declared
from headway.records.models import Card, Job, Message, MessageReceipt, PlanVersion, Priority
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    results_world.enter(decided=0)
    strategy.keep_columns(
        viewer=SYSTEM,
        at=cast.NOW,
        columns=(
            ColumnFact(
                table="opportunity", column="stage", kind="text", choices=("Lost", "Proposal")
            ),
            ColumnFact(table="opportunity", column="amount", kind="money"),
            ColumnFact(table="opportunity", column="is_tender", kind="bool"),
            ColumnFact(table="activity", column="occurred_at", kind="time"),
        ),
    )


def declare(client: Client, **more: object) -> str:
    said = {
        "seen_version": 0,
        "name": "Sell the new line",
        "kind": "product",
        "result_is_higher_better": "yes",
        "declared_on": "2026-06-01",
        **more,
    }
    reply = client.post("/direction/priorities/new/", said)
    assert reply.status_code == 302, reply.content.decode()
    return reply.headers["Location"]


def page(client: Client, path: str) -> str:
    reply = client.get(path)
    assert reply.status_code == 200, path
    return reply.content.decode()


def test_an_empty_page_says_how_it_begins() -> None:
    text = page(signed_in("eve"), "/direction/")
    assert "Is there a plan?" in text
    assert "what are we trying to change, by when, and who owns it?" in text
    assert "/direction/priorities/new/" in text
    assert "/direction/priorities/new/" not in page(signed_in("sam"), "/direction/")


def test_where_there_is_no_plan_ten_questions_lead_to_one() -> None:
    shown = page(signed_in("eve"), "/direction/")
    assert shown.count("?</span><small>") == 10
    assert "What does a seller do differently next Monday?" in shown


def test_the_plan_is_written_by_executives_and_read_by_all() -> None:
    eve = signed_in("eve")
    said = {"seen_version": 0, "name": "Our way to 2028", "direction": "Where customers stay"}
    assert eve.post("/direction/plan/", said).status_code == 302
    assert "Where customers stay" in page(signed_in("stan"), "/direction/")
    assert signed_in("mona").get("/direction/plan/").status_code == 404
    # Sent again with the version of before, it does not write over what stands.
    assert eve.post("/direction/plan/", {**said, "name": "Other"}).status_code == 409
    assert PlanVersion.objects.count() == 1


def test_a_priority_shows_what_it_lacks_and_why_that_matters() -> None:
    mona = signed_in("mona")
    text = page(mona, declare(mona, owner_id="mona"))
    assert "6 of eight parts are missing." in text
    assert "A new product or offer" in text
    assert "Where nothing stops there is no time for what should begin." in text


def test_targets_and_results_are_kept_and_come_back_in_the_form() -> None:
    mona = signed_in("mona")
    path = declare(
        mona,
        owner_id="mona",
        target_told="60",
        target_told_later="90",
        ramp_days="45",
        result_measure="win_rate",
        result_baseline="0.2",
    )
    content = declared.content(Priority.objects.get())
    steps = [(each.link, each.from_days, each.target_share) for each in content.targets]
    assert steps == [("told", 0, 0.6), ("told", 45, 0.9)]
    text = page(mona, f"{path}change/")
    assert 'name="target_told_later" value="90"' in text
    assert 'name="ramp_days" value="45"' in text
    assert "Win rate (0 to 1) (higher is better) from 0.2" in page(mona, path)


def test_conditions_are_built_row_by_row_without_script() -> None:
    mona = signed_in("mona")
    path = declare(mona, owner_id="mona")
    at = f"{path}conditions/scope/"
    assert page(mona, at).count('name="c0-column"') == 1
    typed = {
        "grain": "opportunity",
        "count": "1",
        "seen_version": "1",
        "c0-column": "opportunity.stage",
        "c0-op": "in",
        "c0-value": "Proposal, Lost",
    }
    more = mona.post(at, {**typed, "add": "1"})
    text = more.content.decode()
    assert (more.status_code, 'name="c1-column"' in text, "Proposal, Lost" in text) == (
        200,
        True,
        True,
    )
    second = {"c1-column": "opportunity.amount", "c1-op": "ge", "c1-value": "much"}
    wrong = mona.post(at, {**typed, **second, "count": "2"})
    assert wrong.status_code == 422
    assert "Write a number, such as 5000." in wrong.content.decode()
    right = mona.post(at, {**typed, **second, "c1-value": "5000", "count": "2"})
    assert right.headers["Location"] == path
    assert json.loads(declared.content(Priority.objects.get()).scope) == {
        "grain": "opportunity",
        "all": [
            {
                "table": "opportunity",
                "column": "stage",
                "op": "in",
                "value": ["Proposal", "Lost"],
            },
            {"table": "opportunity", "column": "amount", "op": "ge", "value": 5000.0},
        ],
    }
    # Counting is the worker's; until then the page says so.
    assert Job.objects.get().kind == "count"
    assert "Being counted." in page(mona, path)
    assert 'value="5000.0"' in page(mona, at)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"column": "", "op": "eq", "value": ""}, "Choose at least one condition."),
        ({"column": "opportunity.stage", "op": "lt", "value": "3"}, "needs a number or a day"),
        ({"column": "opportunity.stage", "op": "before_stage", "value": "x"}, "needs a moment"),
        ({"column": "opportunity.amount", "op": "within_days", "value": "3"}, "needs a day"),
        ({"column": "activity.occurred_at", "op": "within_days", "value": "-1"}, "such as 30"),
        ({"column": "opportunity.is_tender", "op": "eq", "value": "maybe"}, "yes or no"),
        ({"column": "activity.occurred_at", "op": "ge", "value": "soon"}, "a day as 2026"),
        ({"column": "opportunity.stage", "op": "eq", "value": ""}, "as it stands in the data"),
        ({"column": "opportunity.name", "op": "eq", "value": "x"}, "not one of the available"),
    ],
)
def test_a_condition_that_cannot_be_says_what_is_expected(row: dict, sentence: str) -> None:
    mona = signed_in("mona")
    path = f"{declare(mona, owner_id='mona')}conditions/behaviour/"
    typed = {f"c0-{name}": value for name, value in row.items()}
    said = {"grain": "opportunity", "count": "1", "seen_version": "1", **typed}
    reply = mona.post(path, said)
    assert (reply.status_code, sentence in reply.content.decode()) == (422, True)
    assert declared.content(Priority.objects.get()).behaviour == ""


def test_what_is_done_is_counted_on_the_work_where_it_could_be_done() -> None:
    mona = signed_in("mona")
    path = declare(mona, owner_id="mona")
    said = {"count": "1", "seen_version": "1", "c0-column": "activity.occurred_at"}
    said |= {"grain": "activity", "c0-op": "not_null", "c0-value": ""}
    assert mona.post(f"{path}conditions/eligibility/", said).status_code == 302
    text = page(mona, f"{path}conditions/behaviour/")
    assert ('value="activity" selected' in text, 'value="opportunity"' in text) == (True, False)
    other = {**said, "grain": "opportunity", "seen_version": "2"}
    reply = mona.post(f"{path}conditions/behaviour/", other)
    assert (reply.status_code, "Choose what is counted." in reply.content.decode()) == (422, True)
    # Taken away, the choice is free again.
    cleared = {"seen_version": "2", "clear": "1"}
    assert mona.post(f"{path}conditions/eligibility/", cleared).status_code == 302
    assert declared.content(Priority.objects.get()).eligibility == ""
    assert 'value="opportunity"' in page(mona, f"{path}conditions/behaviour/")


def test_nobody_reaches_the_forms_of_a_priority_that_is_not_theirs() -> None:
    path = declare(signed_in("mona"), owner_id="mona")
    for who in ("olaf", "sam", "opal"):
        client = signed_in(who)
        for part in ("change/", "conditions/scope/"):
            assert client.get(f"{path}{part}").status_code == 404, (who, part)
        ended = client.post(f"{path}end/", {"seen_version": 1, "ended_on": "2026-07-01"})
        assert ended.status_code in (403, 404), who
    assert Priority.objects.get().ended_on is None


def test_what_was_said_is_logged_acknowledged_and_said_again() -> None:
    max_, sam = signed_in("max"), signed_in("sam")
    said = {
        "sender": "max",
        "head": "max",
        "text": "The old line stops on Monday.",
        "told_on": "2026-06-20",
        "channel": "team_meeting",
        "present": ["sue"],
    }
    assert max_.post("/direction/messages/new/", said).status_code == 302
    number = Message.objects.get().pk
    assert "For you: has it arrived?" in page(sam, "/direction/")
    assert sam.post(f"/direction/messages/{number}/acknowledge/").status_code == 302
    assert MessageReceipt.objects.get(person="sam").basis == "acknowledged"
    assert "2 of 2 have it" in page(max_, "/direction/")
    again = page(max_, f"/direction/messages/new/?again={number}")
    assert "The old line stops on Monday.</textarea>" in again
    # Who leads nobody, or others, cannot use what somebody else said.
    assert signed_in("olaf").get(f"/direction/messages/new/?again={number}").status_code == 404
    assert "The old line" not in page(signed_in("stan"), "/direction/")


def test_everybody_is_ticked_at_once() -> None:
    said = {
        "sender": "mona",
        "head": "mona",
        "text": "The old line stops.",
        "told_on": "2026-06-20",
        "channel": "all_hands",
        "is_everybody": "on",
    }
    assert signed_in("mona").post("/direction/messages/new/", said).status_code == 302
    kept = MessageReceipt.objects.filter(basis="attended").values_list("person", flat=True)
    assert set(kept) == {"max", "sam", "sue"}


def test_an_attendance_of_strangers_is_refused() -> None:
    said = {
        "sender": "max",
        "head": "max",
        "text": "x",
        "told_on": "2026-06-20",
        "channel": "chat",
        "present": ["stan"],
    }
    assert signed_in("max").post("/direction/messages/new/", said).status_code == 422
    assert not Message.objects.exists()


def card(person: str = "") -> str:
    return f"/direction/cards/one/?author=max&person={person}&priority={Priority.objects.get().id}"


def lines(wanted, *, version: int) -> dict[str, object]:
    typed: dict[str, object] = {"seen_version": version}
    for item in wanted:
        typed[f"{item.field.value}0-text"] = item.text
        if item.measure:
            typed[f"{item.field.value}0-measure"] = item.measure
    return typed


def test_cards_go_from_the_leader_to_an_agreement_of_both() -> None:
    max_, sam = signed_in("max"), signed_in("sam")
    declare(max_, owner_id="max")
    assert "Leaders go first" in page(max_, card("sam"))
    assert max_.post(card(), lines(items(), version=0)).status_code == 302
    assert max_.post(card("sam"), lines(WITH, version=0)).status_code == 302
    made = Card.objects.get(person="sam")
    for number, client in enumerate((max_, sam), start=1):
        assert "I agree to it" in page(client, card("sam"))
        sent = {"seen_version": number}
        assert client.post(f"/direction/cards/{made.pk}/agree/", sent).status_code == 302
    assert "agreed on" in page(max_, "/direction/cards/")
    assert "About stop" in page(signed_in("mona"), card("sam"))
    for who in ("sue", "olaf", "stan", "opal"):
        assert signed_in(who).get(card("sam")).status_code == 404, who


def test_what_was_typed_into_a_card_stays_when_it_cannot_be_kept() -> None:
    max_ = signed_in("max")
    declare(max_, owner_id="max")
    typed = {**lines(items(), version=0), "stop0-enacted_on": "soon"}
    reply = max_.post(card(), typed)
    text = reply.content.decode()
    assert (reply.status_code, "About meaning" in text, 'value="soon"' in text) == (422, True, True)
    assert not Card.objects.exists()


def test_the_line_can_be_followed_before_the_next_load() -> None:
    mona = signed_in("mona")
    assert mona.post("/direction/priorities/follow/").status_code == 302
    assert mona.post("/direction/priorities/follow/").status_code == 302
    assert [job.kind for job in Job.objects.all()] == ["publish"]
    assert signed_in("sam").post("/direction/priorities/follow/").status_code == 404


def test_the_line_of_sight_says_how_it_begins_and_what_waits_to_be_followed() -> None:
    mona = signed_in("mona")
    text = page(mona, "/line-of-sight/")
    assert ("No priority is declared yet." in text, "/direction/priorities/new/" in text) == (
        True,
        True,
    )
    declare(mona, owner_id="mona")
    assert "/direction/priorities/follow/" in page(mona, "/line-of-sight/")
    text = page(signed_in("sam"), "/line-of-sight/")
    assert "What is declared has not been followed yet." in text
    assert "/direction/priorities/" not in text


def test_what_was_typed_is_text_wherever_it_is_shown() -> None:
    evil = "<script>alert(1)</script>"
    eve, max_ = signed_in("eve"), signed_in("max")
    plan = {"seen_version": 0, "name": evil, "direction": evil, "goals": evil, "core_values": evil}
    assert eve.post("/direction/plan/", plan).status_code == 302
    path = declare(max_, owner_id="max", name=evil, why=evil, stop_text=evil, audience=evil)
    said = {"sender": "max", "head": "max", "text": evil, "told_on": "2026-06-20"}
    kept = max_.post("/direction/messages/new/", {**said, "channel": "chat"})
    assert kept.status_code == 302
    typed = lines(items(), version=0) | {"stop0-text": evil}
    assert max_.post(card(), typed).status_code == 302
    for client, at in (
        (max_, "/direction/"),
        (max_, path),
        (max_, f"{path}change/"),
        (max_, f"{path}conditions/scope/"),
        (max_, f"/direction/messages/new/?again={Message.objects.get().pk}"),
        (max_, "/direction/cards/"),
        (max_, card()),
        (signed_in("mona"), card()),
    ):
        text = page(client, at)
        assert (evil in text, "&lt;script&gt;alert(1)" in text) == (False, True), at
