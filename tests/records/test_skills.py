"""What leaves the records of two people about a skill: the name on the list, and the day."""

from datetime import UTC, date, datetime

import pytest
from tests import cast

from headway.records import skills
from headway.records.models import (
    CoachingPlan,
    CoachingSession,
    CoachingStep,
    Organisation,
    Pair,
    PeerMeeting,
    Scorecard,
    Skill,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()
    Organisation.objects.update(time_zone="Pacific/Auckland")
    Skill.objects.create(name="Discovery")
    Skill.objects.create(name="Tenders", is_retired=True)


def session(**more: object) -> None:
    kept = {
        "coach_id": "max",
        "person_id": "sam",
        "state": "held",
        "topic": " discovery ",
        "priority": "p1",
        "made_at": cast.NOW,
        # In Auckland it is the second already.
        "held_at": datetime(2026, 6, 1, 20, 0, tzinfo=UTC),
        "is_work_observed": True,
        "is_practice_agreed": True,
        "follow_up_on": date(2026, 6, 15),
        "coach_confirmed_on": DAY,
        "person_confirmed_on": DAY,
    }
    CoachingSession.objects.create(**{**kept, **more})


def told() -> list[tuple[str, str, str, date]]:
    return sorted((each.person, each.skill, each.priority, each.on) for each in skills.practised())


def test_a_session_that_counts_is_practice_and_so_is_looking_again() -> None:
    session()
    session(person_id="sue", followed_up_on=date(2026, 6, 16))
    assert told() == [
        ("sam", "Discovery", "p1", date(2026, 6, 2)),
        ("sue", "Discovery", "p1", date(2026, 6, 16)),
    ]


def test_what_does_not_count_or_is_not_on_the_list_is_passed_over() -> None:
    session(is_work_observed=False)
    session(person_confirmed_on=None)
    session(kind="pipeline_review")
    session(state="called_off")
    session(topic="The discovery at Acme")
    session(topic="Tenders")
    session(topic="")
    assert told() == []


def test_steps_scorecards_and_pairs_are_practice() -> None:
    both = {"coach_id": "max", "person_id": "sam", "skill": "DISCOVERY"}
    plan = CoachingPlan.objects.create(**both, cadence_days=7, priority="p1", started_on=DAY)
    step = {"plan": plan, "text": "Map them", "due_on": DAY}
    CoachingStep.objects.create(**step, number=1, done_on=date(2026, 6, 3))
    CoachingStep.objects.create(**step, number=2)
    card = {**both, "points": ["Asks"], "made_on": DAY, "own_scores": [3], "own_on": DAY}
    Scorecard.objects.create(**card)
    Scorecard.objects.create(**card, coach_scores=[4], coach_on=date(2026, 6, 4))
    pair = Pair.objects.create(
        asker_id="sue",
        partner_id="stan",
        about="Discovery",
        first_on=DAY,
        weeks=2,
        asked_at=cast.NOW,
        state="agreed",
    )
    for number, met_on in enumerate((date(2026, 6, 5), None)):
        PeerMeeting.objects.create(
            pair=pair,
            fact_id=f"m{number}",
            person_id="sue",
            partner_id="stan",
            planned_on=DAY,
            met_on=met_on,
        )
    assert told() == [
        ("sam", "Discovery", "", date(2026, 6, 4)),
        ("sam", "Discovery", "p1", date(2026, 6, 3)),
        ("stan", "Discovery", "", date(2026, 6, 5)),
        ("sue", "Discovery", "", date(2026, 6, 5)),
    ]


def test_without_a_list_nothing_is_asked() -> None:
    Skill.objects.all().delete()
    session()
    assert skills.practised() == ()
