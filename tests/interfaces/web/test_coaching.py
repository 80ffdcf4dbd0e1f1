"""Coaching in the browser: a coach's people, one's own coaching, counts for those above."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests import cast
from tests.actions.test_strategy import declare
from tests.interfaces.web.results_world import signed_in

from headway.queries.coaching import counts as coaching_counts
from headway.queries.coaching import people as reading
from headway.queries.coaching import team as coaching_team
from headway.records.models import (
    CoachingPlan,
    CoachingProgramme,
    CoachingSession,
    Person,
    Preparation,
    ReportingLine,
)

pytestmark = pytest.mark.django_db

HOME = "/coaching/"
NOT_HELD = dict.fromkeys(("held_at", "coach_confirmed_on", "person_confirmed_on"))


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def page(client: Client, path: str = HOME, status: int = 200) -> str:
    reply = client.get(path)
    assert reply.status_code == status, path
    return reply.content.decode()


def session(person: str = "sam", *, days: int = 5, counts: bool = True, **more: object) -> int:
    now = timezone.now()
    kept = {
        "coach_id": "max",
        "person_id": person,
        "state": "held",
        "made_at": now,
        "held_at": now - timedelta(days=days),
        "is_work_observed": counts,
        "is_practice_agreed": True,
        "follow_up_on": timezone.localdate() - timedelta(days=days - 3),
        "coach_confirmed_on": timezone.localdate(),
        "person_confirmed_on": timezone.localdate(),
    }
    return CoachingSession.objects.create(**{**kept, **more}).pk


def moment(days: int) -> str:
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def today() -> date:
    return timezone.localdate()


def test_a_session_is_logged_in_one_form_and_confirmed_by_the_other() -> None:
    leader, seller = signed_in("max"), signed_in("sam")
    form = page(leader, f"{HOME}sessions/log/?person=sam")
    # What is usual stands there: the person, the kind, the minutes, the day to look again.
    assert 'value="sam" selected' in form
    assert 'name="minutes" value="30"' in form
    assert (today() + timedelta(days=14)).isoformat() in form
    sent = {
        "seen_version": 0,
        "person": "sam",
        "kind": "joint_call",
        "minutes": 25,
        "topic": "Pricing",
        "is_work_observed": "on",
        "practice": "Ask for the reason",
        "follow_up_on": (today() + timedelta(days=14)).isoformat(),
        "held_at": moment(0),
    }
    made = leader.post(f"{HOME}sessions/log/", sent)
    address = made.headers["Location"]
    assert "Ask for the reason" in page(seller, address)
    assert "confirm it" in page(seller)
    seller.post(f"{address}confirm/", {"seen_version": 1})
    assert "It counts as coaching." in page(leader, address)
    assert "confirm it" not in page(seller)


def test_what_is_wrong_in_the_log_is_said_and_what_was_typed_is_kept() -> None:
    leader = signed_in("max")
    sent = {"seen_version": 0, "person": "sam", "kind": "debrief", "minutes": 0, "practice": "Ask"}
    reply = leader.post(f"{HOME}sessions/log/", {**sent, "held_at": moment(3)})
    text = reply.content.decode()
    assert reply.status_code == 422
    assert "That time lies ahead." in text
    assert "Choose a day on which you look at it again." in text
    assert ">\nAsk</textarea>" in text
    assert CoachingSession.objects.count() == 0


def test_a_person_asks_and_what_they_asked_comes_first() -> None:
    leader, seller = signed_in("max"), signed_in("sam")
    # The own manager is offered before those above.
    offered = re.findall(r'<option value="(\w+)"', page(seller, f"{HOME}ask/"))
    assert offered == ["max", "eve", "mona"]
    asked = seller.post(f"{HOME}ask/", {"coach": "max", "topic": "Help with pricing"})
    address = asked.headers["Location"]
    assert "set a time" in page(leader)
    assert "asked: Help with pricing" in page(leader)
    set_to = {"planned_at": moment(2), "minutes": 40, "kind": "one_to_one", "topic": "Pricing"}
    leader.post(f"{address}time/", {**set_to, "seen_version": 1})
    assert "Start with what Sam asked for" in page(leader)
    assert "Your next session with Max" in page(seller)


def test_a_preparation_stands_on_its_writers_page_and_on_no_others() -> None:
    leader, seller = signed_in("max"), signed_in("sam")
    made = session(state="planned", planned_at=timezone.now() + timedelta(days=2), **NOT_HELD)
    address = f"{HOME}sessions/{made}/"
    leader.post(f"{address}prepare/", {"text": "for max alone"})
    assert "for max alone" in page(leader, address)
    assert "for max alone" not in page(seller, address)
    leader.post(f"{address}call-off/", {"seen_version": 1})
    assert Preparation.objects.count() == 0


def test_people_stand_by_name_with_their_weeks_and_what_is_due() -> None:
    session("sue", days=40)
    session("sam", days=5, practice="Ask twice")
    found = coaching_team.of(cast.viewer("max"), today=today())
    assert [each.name for each in found.people] == ["Sam", "Sue"]
    sam, sue = found.people
    # Five days ago: the newest week; forty days: the sixth week back.
    assert [each.code for each in sam.weeks] == ["none"] * 11 + ["counts"]
    assert [each.code for each in sue.weeks].index("counts") == 11 - 40 // 7
    assert sam.reasons == ("to be looked at again: Ask twice",)
    assert sue.reasons == (
        "no session that counts for 40 days",
        "one practice to be looked at again",
    )
    assert (found.covered, found.people_count) == (1, 2)
    # Of 5 and 40 days the middle is 22.5; nine tenths of two are both of them.
    assert (found.half, found.nine_tenths) == ("22 days", "40 days")
    assert (found.looked_at, found.due) == (0, 2)


def test_inspection_is_held_and_does_not_count() -> None:
    session("sam", kind="pipeline_review")
    found = coaching_team.of(cast.viewer("max"), today=today())
    assert found.people[0].weeks[-1].code == "held"
    assert found.people[0].since == "none yet"
    assert (found.covered, found.never_count) == (0, 2)


def test_others_sessions_with_ones_people_are_not_ones_own() -> None:
    session("sam", coach_id="mona", topic="m4rk of mona")
    found = coaching_team.of(cast.viewer("max"), today=today())
    assert (found.covered, found.session_count) == (0, 0)
    assert "m4rk" not in repr(reading.page(cast.viewer("max"), today=today()))
    assert "m4rk" in repr(reading.page(cast.viewer("sam"), today=today()))


def more_sellers(count: int) -> None:
    names = [f"seller-{number}" for number in range(count)]
    Person.objects.bulk_create(Person(id=name, name=name.title()) for name in names)
    ReportingLine.objects.bulk_create(
        ReportingLine(person_id=name, manager_id="max", role="seller", valid_from=date(2020, 1, 1))
        for name in names
    )


def test_those_above_read_counts_of_five_people_and_more() -> None:
    more_sellers(2)
    session("sam")
    session("seller-0", kind="status_check")
    session("sue", days=31)
    assert coaching_counts.of_teams(cast.viewer("mona"), today=today()) == ()
    assert "Teams of five and more" not in page(signed_in("eve"))
    more = Person.objects.create(id="nina", name="Nina")
    ReportingLine.objects.create(
        person=more, manager_id="max", role="seller", valid_from=date(2020, 1, 1)
    )
    for who in ("eve", "mona"):
        found = coaching_counts.of_teams(cast.viewer(who), today=today())
        # Two in thirty days, one of which counts, among five people.
        assert [(each.head, each.people, each.session_count, each.covered) for each in found] == [
            ("Max", 5, 2, 1)
        ]
        assert "Sam" not in page(signed_in(who))
    for who in ("max", "olaf", "sam", "opal"):
        assert coaching_counts.of_teams(cast.viewer(who), today=today()) == ()


def test_who_has_nobody_and_nothing_is_told_what_to_do() -> None:
    assert "Pick one person and one skill." in page(signed_in("max"))
    seller = page(signed_in("stan"))
    assert "Pick one skill you want to get better at" in seller
    assert "Ask for a session" in seller
    page(signed_in("opal"), status=404)


def test_who_leads_nobody_is_told_so_instead_of_a_form_that_cannot_be_sent() -> None:
    eve, sam = signed_in("eve"), signed_in("sam")
    for path in ("sessions/log/", "sessions/new/"):
        assert "Nobody reports to you in the data" in page(sam, f"{HOME}{path}")
    assert "You report to nobody in the data" in page(eve, f"{HOME}ask/")
    assert 'name="topic"' in page(sam, f"{HOME}ask/")


def test_the_number_of_statements_does_not_grow() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            reading.page(cast.viewer("max"), today=today())
        return len(asked)

    def one_more(person: str) -> None:
        session(person)
        session(person, person_confirmed_on=None)
        session(
            person, state="asked", held_at=None, coach_confirmed_on=None, person_confirmed_on=None
        )
        CoachingPlan.objects.create(
            coach_id="max", person_id=person, skill="Discovery", cadence_days=9, started_on=today()
        ).steps.create(number=1, text="One call", due_on=today())

    one_more("sam")
    first = statements()
    more_sellers(3)
    for person in ("sue", "seller-0", "seller-1", "seller-2"):
        one_more(person)
    assert statements() == first


def test_a_plan_a_programme_and_a_scorecard_in_the_browser() -> None:
    leader, seller = signed_in("max"), signed_in("sam")
    work = {"skill": "Discovery", "cadence_days": 14, "seen_version": 0, "step1": "One call"}
    wrong = leader.post(f"{HOME}plans/new/", {**work, "person": "sam"})
    assert "Say when this step is due." in wrong.content.decode()
    made = leader.post(f"{HOME}plans/new/", {**work, "person": "sam", "when1": today().isoformat()})
    address = made.headers["Location"]
    assert "due since" in page(seller, address)
    seller.post(f"{address}step/", {"seen_version": 1, "number": 1})
    assert "done on" in page(leader, address)
    leader.post(f"{HOME}programmes/new/", {**work, "when1": 7})
    assert "2 people since" in page(leader)
    points = {"person": "sam", "skill": "Discovery", "points": "Asks why\n\nNames who decides"}
    card = leader.post(f"{HOME}scorecards/new/", {**points, "seen_version": 0}).headers["Location"]
    leader.post(card, {"seen_version": 1, "point0": 2, "point1": 3})
    assert "waits for your scores" in page(seller)
    seller.post(card, {"seen_version": 2, "point0": 5, "point1": 3})
    assert "the coach sees 3 less" in page(seller, card)


def test_an_order_is_drawn_in_the_browser_where_four_teams_are_led() -> None:
    leader = signed_in("eve")
    assert "Draw who starts when" not in page(leader)
    page(leader, f"{HOME}programmes/draw/", status=404)
    for number in range(4):
        Person.objects.create(id=f"lead{number}", name=f"Lead {number}")
        Person.objects.create(id=f"person{number}", name=f"Person {number}")
        for person, manager in ((f"lead{number}", "eve"), (f"person{number}", f"lead{number}")):
            ReportingLine.objects.create(
                person_id=person, manager_id=manager, role="seller", valid_from=date(2020, 1, 1)
            )
    assert "Draw who starts when" in page(leader)
    assert "can be answered fairly" in page(leader, f"{HOME}programmes/draw/")
    wanted = {
        "skill": "Discovery",
        "cadence_days": 14,
        "priority": declare(),
        "first_on": today().isoformat(),
        "wave_count": 3,
        "seen_version": 0,
    }
    refused = leader.post(f"{HOME}programmes/draw/", {**wanted, "wave_count": 7})
    assert "less than or equal to 6" in refused.content.decode()
    assert not CoachingPlan.objects.exists()
    assert leader.post(f"{HOME}programmes/draw/", wanted).status_code == 302
    made = CoachingProgramme.objects.get()
    told = page(leader)
    assert f"with the number {made.seed}" in told
    assert "The people of Lead 0" in told
    assert CoachingPlan.objects.exclude(coach__id="eve").exists()
    page(signed_in("max"), f"{HOME}programmes/draw/", status=404)
