"""My time and Pairs in the browser: what is sent, what is shown again, what is not there."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import strategy
from headway.records.models import (
    HoursBack,
    Pair,
    PeerMeeting,
    PeerNote,
    Publication,
    PublishedTime,
    SkillSaid,
    TimeLog,
)
from headway.terms import codec
from headway.terms.coach_benefit import Change, CoachBenefit, Outcome, TeamChange
from headway.terms.declared import Priority, PriorityKind
from headway.terms.own_time import FieldThird, FieldTime, GivenTime, Third, monday

pytestmark = pytest.mark.django_db

LOG, BACK, PAIRS = "/coaching/time/log/", "/coaching/time/given-back/", "/coaching/pairs/"


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def max_() -> Client:
    return signed_in("max")


def last_week() -> str:
    return (monday(timezone.localdate()) - timedelta(weeks=1)).isoformat()


def text(reply) -> str:
    return reply.content.decode()


def test_a_week_is_logged_once_however_often_the_form_is_sent(max_: Client) -> None:
    form = {"week_on": last_week(), "development": "3.5", "inspection": "1", "form_key": "k"}
    for _ in range(3):
        assert max_.post(LOG, form).status_code == 302
    assert sorted(TimeLog.objects.values_list("category", "hours")) == [
        ("development", 3.5),
        ("inspection", 1.0),
    ]
    page = text(max_.get("/coaching/time/"))
    assert "you developed people for 3.5 hours and inspected for 1 hour" in page


def test_the_form_begins_with_the_hours_of_the_week_before(max_: Client) -> None:
    max_.post(LOG, {"week_on": last_week(), "development": "3.5"})
    this = text(max_.get(LOG, {"week_on": timezone.localdate().isoformat()}))
    assert 'value="3.5"' in this
    assert "the week you logged last" in this


def test_hours_for_one_priority_stand_by_themselves(max_: Client) -> None:
    content = Priority(kind=PriorityKind.PRODUCT, name="Sell contracts", owner_id="max")
    today = timezone.localdate()
    made = strategy.declare(
        viewer=cast.viewer("eve"), at=cast.NOW, priority=content, declared_on=today
    )
    form = {
        "week_on": last_week(),
        "development": "3",
        "p0-category": "development",
        "p0-priority": made.priority_id,
        "p0-hours": "2",
    }
    assert max_.post(LOG, form).status_code == 302
    assert sorted(TimeLog.objects.values_list("priority", "hours")) == sorted(
        [("", 3.0), (made.priority_id, 2.0)]
    )
    # The row is there again, with one more to spare.
    again = text(max_.get(LOG))
    assert 'name="p1-hours"' in again
    assert "p2-hours" not in again


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"development": "-1"}, "greater than or equal to 0"),
        ({"development": "many"}, "Enter a number"),
        ({"development": "nan"}, "Enter a number"),
    ],
)
def test_what_cannot_be_is_shown_again_and_nothing_kept(
    max_: Client, wrong: dict[str, str], said: str
) -> None:
    reply = max_.post(LOG, {"week_on": last_week(), "inspection": "7.75", **wrong})
    assert reply.status_code == 422
    assert said in text(reply)
    assert 'value="7.75"' in text(reply)
    assert not TimeLog.objects.exists()


def test_more_than_a_week_has_is_refused_with_a_reason(max_: Client) -> None:
    form = {"week_on": last_week(), "development": "100", "other": "100"}
    reply = max_.post(LOG, form)
    assert reply.status_code == 422
    assert "Together these are 200 hours, and a week has 168." in text(reply)
    assert 'value="100"' in text(reply)
    assert not TimeLog.objects.exists()


@pytest.mark.parametrize("address", ["", "9999-12-31", "0001-01-01", "soon"])
def test_any_week_in_the_address_gives_a_page(max_: Client, address: str) -> None:
    assert max_.get(LOG, {"week_on": address}).status_code == 200


@pytest.mark.parametrize("name", ["sam", "opal"])
@pytest.mark.parametrize("path", [LOG, BACK])
def test_who_leads_nobody_has_no_form(name: str, path: str) -> None:
    assert signed_in(name).get(path).status_code == 404


def test_given_back_hours_stand_with_those_whose_they_are(max_: Client) -> None:
    form = {
        "kind": "meeting",
        "text": "The Monday call",
        "hours": "1.5",
        "since_on": timezone.localdate().isoformat(),
        "people": ["sam"],
    }
    assert max_.post(BACK, form).status_code == 302
    assert "You have 1.5 hours a week again." in text(signed_in("sam").get("/coaching/time/"))
    assert "The Monday call" not in text(signed_in("sue").get("/coaching/time/"))
    entry = HoursBack.objects.get().pk
    assert signed_in("mona").post(f"{BACK}{entry}/end/").status_code == 403
    assert max_.post(f"{BACK}{entry}/end/").status_code == 302
    assert HoursBack.objects.get().ended_on == timezone.localdate()


def test_nobody_ticked_is_asked_again(max_: Client) -> None:
    day = timezone.localdate().isoformat()
    form = {"kind": "report", "text": "The sheet", "hours": "1", "since_on": day}
    reply = max_.post(BACK, form)
    assert reply.status_code == 422
    assert "Tick at least one person." in text(reply)


def test_a_plan_that_does_not_fit_is_said_and_nothing_kept(max_: Client) -> None:
    asked = {"hours": "40", "percent": "5", "every_days": "7", "minutes": "90"}
    page = text(max_.get("/coaching/time/", asked))
    # 40 x 0.05 / 2 people = 1 hour.
    assert "There is room for 1 hour a week with each person" in page
    assert "It does not fit" in page
    wrong = max_.get("/coaching/time/", {**asked, "every_days": "0"})
    assert wrong.status_code == 200
    assert "greater than or equal to 1" in text(wrong)


def test_a_pair_from_the_offer_to_used_advice() -> None:
    sam, stan = signed_in("sam"), signed_in("stan")
    stan.post(f"{PAIRS}say/", {"side": "teach", "words": "Tenders"})
    sam.post(f"{PAIRS}say/", {"side": "learn", "words": "tenders"})
    assert "Teaches what you want to learn." in text(sam.get(PAIRS))
    today = timezone.localdate().isoformat()
    wanted = {"partner": "stan", "about": "Tenders", "first_on": today, "weeks": "2"}
    assert sam.post(f"{PAIRS}ask/", wanted).status_code == 302
    pair = Pair.objects.get().pk
    assert "I agree" in text(stan.get(f"{PAIRS}{pair}/"))
    assert stan.post(f"{PAIRS}{pair}/agree/").status_code == 302
    meeting = PeerMeeting.objects.order_by("planned_on")[0].pk
    note = {f"m{meeting}-met_on": today, f"m{meeting}-advice": "Ask for the criteria"}
    assert stan.post(f"{PAIRS}meetings/{meeting}/", note).status_code == 302
    assert "Ask for the criteria" in text(sam.get(f"{PAIRS}{pair}/"))
    used = {"is_used": "yes", "form_key": "once"}
    for _ in range(2):
        assert sam.post(f"{PAIRS}meetings/{meeting}/used/", used).status_code == 302
    assert PeerNote.objects.get(author="sam").is_used is True
    assert "1 of 1 pieces of advice were used" in text(sam.get(PAIRS))
    for name in ("max", "eve", "sue"):
        assert signed_in(name).get(f"{PAIRS}{pair}/").status_code == 404
        assert signed_in(name).post(f"{PAIRS}meetings/{meeting}/", note).status_code == 404


def test_a_note_without_its_day_is_shown_again_with_what_was_written() -> None:
    SkillSaid.objects.create(person_id="sue", side="teach", words="Tenders", said_at=cast.NOW)
    pair = Pair.objects.create(
        asker_id="sam",
        partner_id="sue",
        about="Tenders",
        first_on=timezone.localdate(),
        weeks=1,
        asked_at=cast.NOW,
        state="agreed",
    )
    meeting = PeerMeeting.objects.create(
        pair=pair, person_id="sam", partner_id="sue", planned_on=timezone.localdate()
    )
    form = {f"m{meeting.pk}-met_on": "", f"m{meeting.pk}-stuck": "The buyer is silent"}
    reply = signed_in("sam").post(f"{PAIRS}meetings/{meeting.pk}/", form)
    assert reply.status_code == 422
    assert "The buyer is silent" in text(reply)
    assert not PeerNote.objects.exists()


def test_one_thing_twice_for_a_priority_is_asked_again(max_: Client) -> None:
    content = Priority(kind=PriorityKind.PRODUCT, name="Sell contracts", owner_id="max")
    made = strategy.declare(
        viewer=cast.viewer("eve"), at=cast.NOW, priority=content, declared_on=cast.NOW.date()
    )
    row = {"category": "field", "priority": made.priority_id, "hours": "2"}
    rows = {f"p{number}-{name}": value for number in (0, 1) for name, value in row.items()}
    reply = max_.post(LOG, {"week_on": last_week(), **rows})
    assert reply.status_code == 422
    assert "add its hours up" in text(reply)


def test_whom_nobody_offers_cannot_be_asked() -> None:
    assert signed_in("sam").get(f"{PAIRS}ask/", {"partner": "stan"}).status_code == 404
    assert signed_in("sam").get(f"{PAIRS}ask/").status_code == 404


def test_neither_a_skill_nor_words_is_asked_again() -> None:
    reply = signed_in("sam").post(f"{PAIRS}say/", {"side": "teach"})
    assert reply.status_code == 422
    assert "say it in your own words" in text(reply)


def test_the_page_says_where_the_evidence_comes_from() -> None:
    page = text(signed_in("sam").get(PAIRS))
    assert "inbound call centre" in page
    assert "holds less surely" in page


def test_what_changed_since_one_began_stands_on_ones_own_page_and_no_other(max_: Client) -> None:
    change = Change(before=0.31, after=0.36, low=-0.02, high=0.12)
    team = (TeamChange(outcome=Outcome.WIN_RATE, people=7, change=change, others=0.04),)
    began = CoachBenefit(began_on=date(2026, 1, 14), months=5, people=7, team=team)
    given = GivenTime(person="max", last=cast.NOW.date(), benefit=began)
    assert "once you have held a session that counts" in text(max_.get("/coaching/time/"))
    PublishedTime.objects.create(
        publication=cast.publication(), person="max", time=codec.to_json(given)
    )
    page = text(max_.get("/coaching/time/"))
    assert "+5 points (range −2 points to +12 points)" in page
    assert "shows no effect" in page
    for name in ("eve", "mona", "sam"):
        assert "Since you began to coach" not in text(signed_in(name).get("/coaching/time/"))


def published(person: str, field: FieldTime | None) -> None:
    made = Publication.objects.create(
        facts_id="f",
        policy_version="1",
        as_of=cast.NOW.date(),
        data_from=cast.NOW.date(),
        published_at=cast.NOW,
        is_current=True,
    )
    given = GivenTime(person=person, last=cast.NOW.date(), people=15, field=field)
    PublishedTime.objects.create(publication=made, person=person, time=codec.to_json(given))


def test_a_leader_alone_reads_how_often_they_were_with_customers(max_: Client) -> None:
    thirds = tuple(
        FieldThird(third=each, people=5, visits=count, minutes=30.0 * count)
        for each, count in zip(Third, (3, 1, 0), strict=True)
    )
    published(
        "max",
        FieldTime(visits=4, visited=3, minutes=120, untimed=1, thirds=thirds, logged_hours=9.5),
    )
    page = text(max_.get("/coaching/time/"))
    told = "you were with customers 4 times, beside 3 of the 15 people who sell below you: 2 hours."
    assert told in page
    assert "How long 1 of them was is not known." in page
    assert "you logged 9.5 hours with customers" in page
    assert "75%" in page
    assert "0 hours" in page
    for name in ("eve", "mona", "sam", "opal"):
        assert "beside 3 of the 15" not in text(signed_in(name).get("/coaching/time/"))


def test_where_no_joint_visit_is_on_record_it_is_said_and_can_be_logged(max_: Client) -> None:
    published(
        "max",
        FieldTime(visits=0, visited=0, minutes=0, untimed=0, thirds=None, logged_hours=None),
    )
    page = text(max_.get("/coaching/time/"))
    assert "no visit or call with a customer is on record" in page
    form = text(max_.get("/coaching/sessions/log/?kind=joint_call"))
    assert '<option value="joint_call" selected>' in form
    # What is no kind of session is as if nothing was asked.
    assert '<option value="one_to_one" selected>' in text(
        max_.get("/coaching/sessions/log/?kind=picnic")
    )
