"""Own time, hours given back, pairs and what works in the world of the matrix, each with its mark.

sue asks stan for a pair, and stan writes down what works, so that no name that is a mark stands on
a page of somebody else.
"""

from datetime import date, timedelta

from django.utils import timezone
from tests import cast

from headway.records import own_time
from headway.records.models import (
    GroupMonth,
    HoursBack,
    HoursBackTo,
    KnowledgeItem,
    KnowledgeUse,
    Pair,
    PeerMeeting,
    PeerNote,
    Publication,
    PublishedTime,
    Skill,
    SkillSaid,
    TimeLog,
)
from headway.terms import codec
from headway.terms.coach_benefit import Change, CoachBenefit, Outcome, TeamChange
from headway.terms.own_time import (
    FieldThird,
    FieldTime,
    GivenTime,
    Third,
    ThirdMinutes,
    monday,
)

MONTH = date(2026, 5, 1)


def enter(publication: Publication) -> dict[str, str]:
    """Everything; gives what stands in addresses, by name."""
    return _times(publication) | _hours_back() | _pairs() | _knowledge()


def _times(publication: Publication) -> dict[str, str]:
    week_on = monday(timezone.localdate()) - timedelta(weeks=2)
    TimeLog.objects.create(
        fact_id=own_time.key("max", week_on=week_on, category="development", priority=""),
        person_id="max",
        week_on=week_on,
        category="development",
        hours=151.373,
    )
    thirds = tuple(ThirdMinutes(third=each, people=5, minutes=115_140) for each in Third)
    began = CoachBenefit(
        began_on=date(2026, 1, 14),
        months=5,
        people=7,
        team=(
            TeamChange(
                outcome=Outcome.WIN_RATE,
                people=7,
                change=Change(before=0.1, after=0.2, low=0.0616, high=0.2),
            ),
        ),
    )
    along = FieldTime(visits=1511, visited=3, minutes=60, untimed=0, thirds=None, logged_hours=None)
    given = GivenTime(
        person="max",
        last=cast.NOW.date(),
        people=15,
        thirds=thirds,
        benefit=began,
        field=along,
    )
    PublishedTime.objects.create(publication=publication, person="max", time=codec.to_json(given))
    for head, kind, figures in (
        ("max", "time", {"development": 131.9}),
        ("max", "field", {"thirds": codec.to_json(_along())}),
        ("max", "pairs", {"planned": 9, "met": 8, "given": 7, "used": 6, "partners": 13.79}),
        ("", "released", {"hours": 141.9, "entries": []}),
        ("", "reuse", {"items": 1717, "reused": 1616, "uses": 1515}),
    ):
        GroupMonth.objects.create(
            head=head, month_on=MONTH, kind=kind, people_count=5, figures=figures
        )
    return {}


def _along() -> tuple[FieldThird, ...]:
    return tuple(FieldThird(third=each, people=5, visits=1613, minutes=60) for each in Third)


def _hours_back() -> dict[str, str]:
    entry = HoursBack.objects.create(
        given_by_id="max",
        kind="report",
        text="stopped-m4rk",
        hours=2,
        since_on=date(2026, 1, 5),
        entered_at=cast.NOW,
    )
    HoursBackTo.objects.create(entry=entry, person_id="sam")
    return {"entry_id": str(entry.pk)}


def _pairs() -> dict[str, str]:
    skill = Skill.objects.create(name="taught-m4rk")
    said = SkillSaid.objects.create(
        person_id="stan", side="teach", words="teach-m4rk", said_at=cast.NOW
    )
    SkillSaid.objects.create(person_id="sue", side="learn", words="learn-m4rk", said_at=cast.NOW)
    pair = Pair.objects.create(
        asker_id="sue",
        partner_id="stan",
        about="about-m4rk",
        first_on=date(2026, 6, 1),
        weeks=2,
        asked_at=cast.NOW,
        state="agreed",
    )
    meeting, _later = (
        PeerMeeting.objects.create(
            pair=pair, person_id="sue", partner_id="stan", planned_on=day, met_on=met_on
        )
        for day, met_on in (
            (date(2026, 6, 1), date(2026, 6, 1)),
            (timezone.localdate() + timedelta(days=9), None),
        )
    )
    for author in ("sue", "stan"):
        PeerNote.objects.create(
            meeting=meeting, author_id=author, stuck="peernote-m4rk", advice="Ask"
        )
    return {
        "skill_id": str(skill.pk),
        "said_id": str(said.pk),
        "pair_id": str(pair.pk),
        "meeting_id": str(meeting.pk),
    }


def _knowledge() -> dict[str, str]:
    skill = Skill.objects.get()
    item = KnowledgeItem.objects.create(
        author_id="stan",
        name="works-m4rk",
        helps_when="Often",
        steps=["doing-m4rk"],
        skill=skill,
        captured_on=date(2026, 5, 1),
    )
    use = KnowledgeUse.objects.create(
        item=item, person_id="sue", used_on=date(2026, 5, 2), words="thanks-m4rk"
    )
    return {"knowledge_id": str(item.pk), "use_id": str(use.pk)}
