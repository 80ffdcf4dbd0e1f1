"""The coaching of the world: max coaches sam, and of max's team others read how much there is."""

from datetime import timedelta

from django.utils import timezone
from tests import cast

from headway.records.models import (
    AgendaItem,
    CoachingPlan,
    CoachingProgramme,
    CoachingSession,
    CoachingStep,
    Preparation,
    Scorecard,
)

LATER = timedelta(days=20)
BOTH = {"coach_id": "max", "person_id": "sam"}


def enter() -> dict[str, str]:
    return _held() | _worked_on()


def _held() -> dict[str, str]:
    now, today = timezone.now(), timezone.localdate()
    ahead = CoachingSession.objects.create(
        **BOTH, state="planned", made_at=cast.NOW, planned_at=now + LATER, topic="session-m4rk"
    )
    held = CoachingSession.objects.create(
        **BOTH,
        state="held",
        made_at=cast.NOW,
        held_at=now - timedelta(days=40),
        topic="session-m4rk",
        practice="practice-m4rk",
        is_practice_agreed=True,
        follow_up_on=today,
        coach_confirmed_on=today,
    )
    # Eleven in the last thirty days with others of the team: that many, and no word of them.
    CoachingSession.objects.bulk_create(
        CoachingSession(
            coach_id="max",
            person_id=f"seller-{number % 5}",
            state="held",
            made_at=cast.NOW,
            held_at=now - timedelta(days=2),
            person_confirmed_on=today,
        )
        for number in range(11)
    )
    item = AgendaItem.objects.create(
        session=ahead, by_id="sam", text="agenda-m4rk", made_at=cast.NOW
    )
    Preparation.objects.create(session=ahead, writer_id="max", text="prepared-m4rk")
    return {"session_id": str(ahead.pk), "held": str(held.pk), "item_id": str(item.pk)}


def _worked_on() -> dict[str, str]:
    today = timezone.localdate()
    work = {"cadence_days": 14, "goal": "worked-m4rk"}
    plan = CoachingPlan.objects.create(**BOTH, **work, skill="plan-skill-m4rk", started_on=today)
    CoachingStep.objects.create(plan=plan, number=1, text="step-m4rk", due_on=today + LATER)
    programme = CoachingProgramme.objects.create(
        **work, head_id="max", skill="programme-m4rk", starts_on=today
    )
    card = Scorecard.objects.create(
        **BOTH,
        skill="scorecard-m4rk",
        points=["point-m4rk"],
        made_on=today,
        coach_scores=[48484848],
        coach_on=today,
    )
    return {
        "plan_id": str(plan.pk),
        "programme_id": str(programme.pk),
        "scorecard_id": str(card.pk),
    }
