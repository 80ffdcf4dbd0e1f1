"""Coaching in a browser: read by everybody, and a session logged on a phone in a few taps."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests import cast, on_a_phone
from tests.browser import faults, is_as_wide, shown_at
from tests.interfaces.web import results_world
from tests.journeys.test_direction import opened
from tests.on_a_phone import Phone
from tests.queries.coaching.test_skills import listed, of_sam, skill

from headway.actions import (
    coaching,
    coaching_plans,
    coaching_programmes,
    coaching_scorecards,
    skill_currency,
)
from headway.actions.coaching import Logged, Planned
from headway.actions.coaching_plans import PlanWanted, StepWanted
from headway.actions.coaching_programmes import ProgrammeWanted
from headway.records.models import CoachingSession
from headway.terms.coaching_session import SessionKind, StepAhead
from headway.terms.skill_currency import OwnSkills, Skills

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def enter() -> list[str]:
    """Something of each kind between max and sam; gives the addresses of max."""
    made = results_world.enter(decided=0)
    own = OwnSkills(person="max", skills=of_sam().skills)
    found = Skills(groups=(skill("max"), listed("max")), people=(own,))
    skill_currency.keep(found, publication_id=made.pk, as_of=made.as_of, at=cast.NOW)
    now, today = timezone.now(), timezone.localdate()
    both = {"viewer": cast.viewer("max"), "at": now, "person": "sam"}
    later = now + timedelta(days=2)
    planned = Planned(planned_at=later, minutes=40, kind=SessionKind.DEBRIEF, topic="Pricing")
    ahead = coaching.plan(**both, planned=planned).session_id
    coaching.add_item(
        viewer=cast.viewer("sam"), at=now, session_id=ahead, text="How do I get to operations?"
    )
    held = coaching.log(
        **both,
        logged=Logged(
            held_at=now - timedelta(days=1),
            minutes=30,
            kind=SessionKind.JOINT_CALL,
            topic="Pricing",
            priority="",
            is_work_observed=True,
            practice="Ask for the reason",
            follow_up_on=today,
        ),
    ).session_id
    work = {"skill": "Discovery", "goal": "Two plants", "cadence_days": 14, "priority": ""}
    steps = (StepWanted(text="Map who decides", due_on=today),)
    plan = coaching_plans.begin(**both, wanted=PlanWanted(**work, steps=steps)).plan_id
    ahead_steps = (StepAhead(text="One call", after_days=7),)
    coaching_programmes.begin(
        viewer=both["viewer"], at=now, wanted=ProgrammeWanted(**work, steps=ahead_steps)
    )
    card = coaching_scorecards.begin(
        **both, skill="Discovery", points=("Asks why", "Names who decides")
    ).scorecard_id
    return [
        "/coaching/",
        "/coaching/person/?person=sam",
        "/coaching/ask/",
        "/coaching/sessions/new/",
        f"/coaching/sessions/{ahead}/",
        f"/coaching/sessions/{ahead}/log/",
        f"/coaching/sessions/{held}/",
        f"/coaching/plans/{plan}/",
        f"/coaching/plans/{plan}/change/",
        "/coaching/programmes/new/",
        "/coaching/scorecards/new/",
        f"/coaching/scorecards/{card}/",
        "/coaching/skills/",
    ]


def test_every_page_of_coaching_can_be_read_by_everybody(browser, live_server) -> None:
    paths = enter()
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


def log_from(page: Page) -> None:
    page.get_by_role("link", name="Log it").click()
    page.get_by_label("Real work was observed").check()
    page.get_by_label("The one thing you agreed to practise").fill("Let them speak first")
    page.get_by_role("button", name="Log it").click()


def test_a_session_is_logged_on_a_phone_without_script_in_three_taps(browser, live_server) -> None:
    paths = enter()
    context = opened(browser, live_server, name="max", script=False)
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(paths[4])
    log_from(page)
    expect(page.get_by_text("has not confirmed it")).to_have_count(1)
    made = CoachingSession.objects.get(practice="Let them speak first")
    # All else stood in the form: kind and topic of the plan, the minutes, and a day to look again.
    assert (made.kind, made.topic, made.minutes) == ("debrief", "Pricing", 40)
    assert made.follow_up_on == timezone.localdate() + timedelta(days=14)
    context.close()
    seller = opened(browser, live_server, name="sam", script=False)
    page = seller.new_page()
    page.goto("/coaching/")
    page.get_by_role("link", name="confirm it").first.click()
    page.get_by_role("button", name="Yes, I confirm it").click()
    expect(page.get_by_text("You have confirmed the session.")).to_have_count(1)
    seller.close()


def test_a_session_takes_less_than_two_minutes_on_a_phone_and_a_joint_call_less_than_one(
    browser, live_server
) -> None:
    enter()
    context = opened(browser, live_server, name="max", script=False)
    page = context.new_page()
    sentence = "Ask what it costs them before naming a price"
    usual, whole, call = Phone(page), Phone(page), Phone(page)
    on_a_phone.usual(usual, sentence=sentence)
    on_a_phone.whole(whole, sentence=sentence)
    on_a_phone.call(call)
    # What counts is what is asked of people, not how fast this machine is.
    for phone in (usual, whole, call):
        phone.waited = 0
    assert (usual.touched, usual.taps) == (
        ["Real work was observed", "The one thing you agreed to practise"],
        4,
    )
    assert usual.seconds() < usual.seconds(a_key=on_a_phone.TYPE_SLOWLY) < 120
    assert usual.seconds() < 60
    assert whole.seconds() < 120
    assert call.seconds(a_key=on_a_phone.TYPE_SLOWLY) < 60
    made = CoachingSession.objects.get(kind="joint_call", minutes=60)
    assert (made.person_id, made.coach_id, made.state) == ("sam", "max", "held")
    assert CoachingSession.objects.get(kind="debrief", person="sue").practice == sentence
    context.close()
