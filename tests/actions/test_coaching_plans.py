"""Plans of two, programmes for everybody who reports to somebody, scorecards, and letting go."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cast
from tests.actions.test_coaching import TODAY, log, logged, plan, prepare
from tests.actions.test_strategy import WHOLE, declare

from headway.actions import (
    coaching,
    coaching_keeping,
    coaching_plans,
    coaching_programmes,
    coaching_scorecards,
)
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.coaching import SessionStateError, SessionTextError, SessionTimeError
from headway.actions.coaching_plans import PlanWanted, StepWanted
from headway.actions.coaching_programmes import Enrolled, ProgrammeWanted
from headway.actions.direction import UnknownPriorityError
from headway.queries.access import NotSeenError
from headway.queries.coaching import plans, scorecards
from headway.records.coaching import plans_to_measure
from headway.records.models import (
    AgendaItem,
    CoachingPlan,
    CoachingSession,
    Person,
    Preparation,
    ReportingLine,
    Scorecard,
)
from headway.terms.coaching_session import PlanOutcome, StepAhead
from headway.terms.plan_practice import PlanPractice, Shown
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def wanted(**more: object) -> PlanWanted:
    kept = {
        "skill": "Discovery",
        "goal": "I want to meet the people who run the plant",
        "cadence_days": 14,
        "priority": "",
        "steps": (
            StepWanted(text="Map who decides", due_on=TODAY),
            StepWanted(text="Two first meetings", due_on=TODAY + timedelta(days=9)),
        ),
    }
    return PlanWanted(**{**kept, **more})


def begin(by: str = "max", person: str = "sam", **more: object) -> int:
    done = coaching_plans.begin(
        viewer=cast.viewer(by), at=cast.NOW, person=person, wanted=wanted(**more)
    )
    return done.plan_id


def seen(who: str, number: int) -> plans.PlanSeen:
    return plans.one(cast.viewer(who), plan_id=number, today=TODAY)


def test_a_plan_is_of_two_who_both_change_it_and_steps_stay_done() -> None:
    made = begin()
    coaching_plans.finish_step(
        viewer=cast.viewer("sam"), at=cast.NOW, plan_id=made, number=1, seen_version=1
    )
    coaching_plans.change(
        viewer=cast.viewer("sam"),
        at=cast.NOW,
        plan_id=made,
        wanted=wanted(goal="I want two plants", steps=(wanted().steps[0],)),
        seen_version=2,
    )
    found = seen("max", made)
    assert (found.goal, found.version) == ("I want two plants", 3)
    assert [(each.text, each.state) for each in found.steps] == [
        ("Map who decides", "done on Tue 30 Jun 2026")
    ]
    for who in ("eve", "mona", "olaf", "sue", "opal"):
        with pytest.raises(NotSeenError):
            seen(who, made)
    with pytest.raises(NotAllowedError):
        begin("sam", "sue")


def test_a_plan_that_is_closed_stays_as_it_is() -> None:
    made = begin()
    both = {"viewer": cast.viewer("max"), "at": cast.NOW, "plan_id": made}
    with pytest.raises(StaleVersionError):
        coaching_plans.close(**both, outcome=PlanOutcome.REACHED, seen_version=9)
    coaching_plans.close(**both, outcome=PlanOutcome.REACHED, seen_version=1)
    assert seen("sam", made).state == "goal reached"
    with pytest.raises(SessionStateError):
        coaching_plans.change(**both, wanted=wanted(), seen_version=2)
    assert plans.open_plans(cast.viewer("max"), today=TODAY) == ()


def test_a_plan_says_what_it_is_about_and_how_often() -> None:
    for wrong, error in (
        ({"skill": " "}, SessionTextError),
        ({"goal": "x" * 501}, SessionTextError),
        ({"cadence_days": 0}, SessionTimeError),
        ({"priority": "nothing"}, UnknownPriorityError),
        ({"steps": wanted().steps * 3}, SessionTimeError),
        ({"steps": (StepWanted(text="", due_on=TODAY),)}, SessionTextError),
    ):
        with pytest.raises(error):
            begin(**wrong)


STEPS = (StepAhead(text="Watch one call", after_days=7),)


def programme(by: str = "max", **more: object) -> int:
    kept = {"skill": "Discovery", "goal": "", "cadence_days": 14, "priority": "", "steps": STEPS}
    done = coaching_programmes.begin(
        viewer=cast.viewer(by), at=cast.NOW, wanted=ProgrammeWanted(**{**kept, **more})
    )
    return done.programme_id


def bring_up(days: int = 0) -> Enrolled:
    at = cast.NOW + timedelta(days=days)
    return coaching_programmes.bring_up(viewer=SYSTEM, at=at)


def enrolled(number: int) -> list[tuple[str, str]]:
    found = CoachingPlan.objects.filter(programme=number)
    return list(found.order_by("person_id", "id").values_list("person_id", "outcome"))


def moves(person: str, manager: str) -> None:
    ReportingLine.objects.filter(person_id=person, valid_to=None).update(manager_id=manager)


def test_a_programme_enrols_whoever_reports_and_lets_go_of_who_leaves() -> None:
    number = programme()
    assert enrolled(number) == [("sam", ""), ("sue", "")]
    due = CoachingPlan.objects.get(programme=number, person="sam").steps.get().due_on
    assert due == date(2026, 7, 7)
    assert not coaching_programmes.due(at=cast.NOW)

    moves("stan", "max")
    moves("sue", "olaf")
    assert coaching_programmes.due(at=cast.NOW)
    assert bring_up(days=3) == Enrolled(begun=1, closed=1)
    assert enrolled(number) == [("sam", ""), ("stan", ""), ("sue", "left")]
    assert bring_up(days=3) == Enrolled(begun=0, closed=0)

    # Who comes back is enrolled anew; who left the organisation is let go.
    moves("sue", "max")
    Person.objects.filter(id="stan").update(is_active=False)
    assert bring_up(days=9) == Enrolled(begun=1, closed=1)
    assert enrolled(number) == [("sam", ""), ("stan", "left"), ("sue", "left"), ("sue", "")]


def test_who_closed_their_plan_of_a_programme_is_not_enrolled_again() -> None:
    number = programme()
    made = CoachingPlan.objects.get(programme=number, person="sam")
    coaching_plans.close(
        viewer=cast.viewer("sam"),
        at=cast.NOW,
        plan_id=made.pk,
        outcome=PlanOutcome.REACHED,
        seen_version=1,
    )
    assert bring_up(days=1) == Enrolled(begun=0, closed=0)
    assert enrolled(number) == [("sam", "reached"), ("sue", "")]


def test_a_programme_ends_with_its_open_plans_and_enrols_nobody_more() -> None:
    number = programme()
    for who in ("mona", "olaf", "eve"):
        with pytest.raises(NotAllowedError):
            coaching_programmes.end(
                viewer=cast.viewer(who), at=cast.NOW, programme_id=number, seen_version=1
            )
    coaching_programmes.end(
        viewer=cast.viewer("max"), at=cast.NOW, programme_id=number, seen_version=1
    )
    moves("stan", "max")
    assert not coaching_programmes.due(at=cast.NOW)
    assert enrolled(number) == [("sam", "ended"), ("sue", "ended")]
    assert plans.programmes(cast.viewer("max")) == ()
    with pytest.raises(NotAllowedError):
        programme("sam")


def card(by: str = "max", person: str = "sam", **more: object) -> int:
    kept = {"skill": "Discovery", "points": ("Asks why", "Names who decides")}
    done = coaching_scorecards.begin(
        viewer=cast.viewer(by), at=cast.NOW, person=person, **{**kept, **more}
    )
    return done.scorecard_id


def score(by: str, number: int, *scores: int, seen: int) -> None:
    coaching_scorecards.score(
        viewer=cast.viewer(by), at=cast.NOW, scorecard_id=number, scores=scores, seen_version=seen
    )


def shown(who: str, number: int) -> list[tuple[int | None, int | None]]:
    found = scorecards.one(cast.viewer(who), scorecard_id=number)
    return [(each.own, each.coach) for each in found.points]


def test_neither_sees_the_others_scores_before_both_are_in() -> None:
    number = card()
    score("max", number, 2, 3, seen=1)
    assert shown("sam", number) == shown("max", number) == [(None, None), (None, None)]
    found = scorecards.one(cast.viewer("sam"), scorecard_id=number)
    # Nothing of the coach's scores lies anywhere in what the person gets, but that they are in.
    assert [each.mine for each in found.points] == [None, None]
    assert found.state == "waits for your scores"
    # One's own may change until then.
    score("max", number, 2, 4, seen=2)
    score("sam", number, 5, 4, seen=3)
    assert shown("sam", number) == shown("max", number) == [(5, 2), (4, 4)]
    told = [
        each.difference for each in scorecards.one(cast.viewer("sam"), scorecard_id=number).points
    ]
    assert told == ["the coach sees 3 less", "the same"]
    with pytest.raises(SessionStateError, match="scored by both"):
        score("sam", number, 1, 1, seen=4)


def test_scores_are_one_for_each_point_and_for_the_two_alone() -> None:
    number = card()
    for wrong in ((1,), (1, 6), (0, 1), (1, 2, 3)):
        with pytest.raises(SessionTimeError):
            score("sam", number, *wrong, seen=1)
    for who in ("eve", "mona", "sue", "olaf"):
        with pytest.raises(NotAllowedError):
            score(who, number, 1, 1, seen=1)
        with pytest.raises(NotSeenError):
            shown(who, number)
        assert scorecards.listed(cast.viewer(who)) == ()
    with pytest.raises(NotAllowedError):
        card("sam", "sue")
    with pytest.raises(SessionTimeError):
        card(points=())
    assert scorecards.last_points(cast.viewer("max"), skill="Discovery") == (
        "Asks why",
        "Names who decides",
    )


def with_words() -> int:
    """A session that was held, one ahead with a preparation, a plan and a scorecard."""
    made = log()
    coaching.look_again(
        viewer=cast.viewer("sam"), at=cast.NOW, session_id=made, sentence="Seen", seen_version=1
    )
    ahead = plan()
    coaching.add_item(viewer=cast.viewer("sam"), at=cast.NOW, session_id=ahead, text="Acme")
    prepare("max", ahead, "For me")
    begin()
    card()
    return made


def purge(days: int) -> int:
    at = cast.NOW + timedelta(days=days)
    if not coaching_keeping.due(at=at):
        return 0
    return coaching_keeping.purge(viewer=SYSTEM, at=at).pair_count


def leave(person: str, day: date | None) -> None:
    Person.objects.filter(id=person).update(is_active=False, left_on=day)


def test_words_stay_while_two_work_together_and_six_months_longer() -> None:
    made = with_words()
    assert purge(3000) == 0
    leave("sam", TODAY + timedelta(days=10))
    assert purge(10 + 183) == 0
    assert purge(10 + 184) == 1
    held = CoachingSession.objects.get()
    # That it was held and what for is still counted, without a word.
    assert (held.pk, held.topic, held.practice, held.looked_at) == (made, "", "", "")
    assert (held.is_practice_agreed, held.followed_up_on, held.minutes) == (True, TODAY, 30)
    for model in (AgendaItem, Preparation, CoachingPlan, Scorecard):
        assert model.objects.count() == 0
    assert purge(10 + 184) == 0


def test_words_go_half_a_year_after_a_change_of_leader() -> None:
    with_words()
    other = coaching.log(viewer=cast.viewer("max"), at=cast.NOW, person="sue", logged=logged())
    line = ReportingLine.objects.filter(person_id="sam")
    line.update(valid_to=TODAY + timedelta(days=1))
    assert purge(1 + 183) == 0
    assert purge(1 + 184) == 1
    assert CoachingSession.objects.get(pk=other.session_id).practice == "Ask for the reason first"


def test_where_nobody_knows_when_somebody_left_their_last_session_counts() -> None:
    with_words()
    leave("sam", None)
    assert purge(183) == 0
    assert purge(184) == 1


def test_what_work_shows_of_a_plan_is_read_by_its_two_alone() -> None:
    priority = declare()
    made = begin(priority=priority)
    assert [seen for _, seen in seen("sam", made).practice] == ["worked out with the next load"]
    (asked,) = plans_to_measure()
    assert (asked.plan_id, asked.person, asked.priority) == (made, "sam", priority)
    practice = PlanPractice(
        plan_id=made,
        start=Shown(k=2, n=9),
        now=Shown(k=12, n=24, low=0.34, high=0.66),
        last_on=date(2026, 6, 29),
    )
    without = PlanPractice(
        plan_id=begin(priority=priority), start=Shown(k=0, n=0), now=Shown(k=0, n=0)
    )
    coaching_plans.measure(viewer=SYSTEM, at=cast.NOW, practices=(practice, without))
    said = [what for _, what in seen("sam", without.plan_id).practice]
    assert said == ["no such work is recorded"] * 2 + ["never on record"]
    for who in ("max", "sam"):
        told = [what for _, what in seen(who, made).practice]
        assert told == ["too little to tell: 2 of 9", "50% (34% to 66%), of 24", "Mon 29 Jun 2026"]
    for who in ("mona", "eve", "opal", "sue"):
        with pytest.raises(NotSeenError):
            seen(who, made)


def test_where_nobody_said_what_shows_it_nothing_is_looked_for() -> None:
    made = begin(priority=declare(content=replace(WHOLE, behaviour="")))
    assert seen("sam", made).practice == ()
