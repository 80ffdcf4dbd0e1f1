"""Coaching and measures: whom they are shown to, and what a manager sees before others do."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast

from headway.actions import coached
from headway.actions import line as changes
from headway.queries.access import NotSeenError
from headway.queries.coaching import effects, published, reach
from headway.records.models import LeaderFinding, Person, Publication, ReportingLine
from headway.terms.coaching import (
    Allocation,
    Coaching,
    CoachingEffect,
    EffectGate,
    EffectVerdict,
    Measure,
    Micromanagement,
    PracticeThird,
    PreTrend,
    ThirdEffect,
)
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

OPEN = cast.NOW + timedelta(days=8)
ALL = {"eve", "mona", "olaf", "max", "sam", "sue", "stan", "opal"}

NOTHING: dict[str, set[tuple[str, str]]] = {name: set() for name in ALL}


def coaching(scope: str, *, people: int = 9, priority: str = "p1", **more: object) -> Coaching:
    made = Coaching(
        scope=scope,
        priority=priority,
        covered=4,
        people=people,
        effect=None,
        allocation=None,
        inspection_share=0.5,
        micromanagement=None,
        verdict=EffectVerdict.DESCRIPTION_ONLY,
    )
    return replace(made, **more)


def measure(code: str, head: str, *, people: int = 9) -> Measure:
    return Measure(
        code=code,
        group=f"seller@{head}",
        subject=None,
        k=4.0,
        n=9,
        mean=4 / 9,
        low=0.2,
        high=0.7,
        verdict=None,
        people=people,
    )


def publish(*own: Coaching, measures: tuple[Measure, ...] = (), at: datetime = cast.NOW) -> None:
    """Of each manager others see 10 points less: what came from their own log is not in it."""
    others = tuple(
        each
        if each.micromanagement is None
        else replace(each, inspection_share=(each.inspection_share or 0.0) - 0.1)
        for each in own
    )
    found = StrategyFindings(coaching=own, coaching_for_others=others, measures=measures)
    coached.keep(found, publication_id=cast.publication().pk, at=at)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def of_max() -> None:
    present = Micromanagement.PRESENT
    publish(coaching("max", micromanagement=present), coaching("seller@max"))


def seen(name: str, scope: str, *, at: datetime = cast.NOW) -> Coaching | None:
    found = {each.coaching.scope: each for each in published.coaching(cast.viewer(name), at=at)}
    return found[scope].coaching if scope in found else None


@pytest.mark.usefixtures("of_max")
def test_how_a_manager_spends_time_is_theirs_alone_in_the_first_days() -> None:
    whole = coaching("max", micromanagement=Micromanagement.PRESENT)
    hidden = replace(whole, inspection_share=None, micromanagement=None)
    assert {name: seen(name, "max") for name in ALL} == {
        **dict.fromkeys(ALL),
        "max": whole,
        "mona": hidden,
        "eve": hidden,
    }


@pytest.mark.usefixtures("of_max")
def test_then_those_who_lead_them_see_it_without_their_own_log_and_no_peer_does() -> None:
    shared = coaching("max", micromanagement=Micromanagement.PRESENT, inspection_share=0.4)
    assert {name: seen(name, "max", at=OPEN) for name in ALL} == {
        **dict.fromkeys(ALL),
        "max": coaching("max", micromanagement=Micromanagement.PRESENT),
        "mona": shared,
        "eve": shared,
    }


@pytest.mark.usefixtures("of_max")
def test_a_comment_opens_it_at_once() -> None:
    [own] = [
        each
        for each in published.coaching(cast.viewer("max"), at=cast.NOW)
        if each.coaching.scope == "max"
    ]
    assert own.opens_at == LeaderFinding.objects.get().opens_at
    changes.comment(viewer=cast.viewer("max"), at=cast.NOW, finding=own.finding, text="I see.")
    told = seen("mona", "max")
    assert told is not None
    assert told.micromanagement is Micromanagement.PRESENT


@pytest.mark.usefixtures("of_max")
def test_another_verdict_is_the_managers_to_see_first_again() -> None:
    LeaderFinding.objects.update(opens_at=cast.NOW)
    Publication.objects.all().delete()
    publish(coaching("max", micromanagement=Micromanagement.ABSENT), at=OPEN)
    told = seen("mona", "max", at=OPEN)
    assert told is not None
    assert (told.micromanagement, told.inspection_share) == (None, None)


@pytest.mark.usefixtures("of_max")
def test_a_group_is_seen_by_those_who_see_its_line_without_its_coachs_time() -> None:
    told = coaching("seller@max", inspection_share=None)
    assert {name: seen(name, "seller@max") for name in ALL} == {
        **dict.fromkeys(ALL),
        **dict.fromkeys(("max", "mona", "eve", "sam", "sue"), told),
    }


def test_a_manager_whose_id_is_an_address_is_no_group_that_their_people_see() -> None:
    address = "max@example.com"
    Person.objects.create(id=address, name="Max")
    ReportingLine.objects.filter(manager_id="max").update(manager_id=address)
    publish(
        coaching(address, micromanagement=Micromanagement.PRESENT), coaching(f"seller@{address}")
    )
    assert seen("sam", address) is None
    assert seen("sam", f"seller@{address}") is not None


def test_fewer_than_five_people_are_told_to_their_own_manager_alone() -> None:
    publish(coaching("max", people=4, micromanagement=Micromanagement.ABSENT))
    own, above = seen("max", "max", at=OPEN), seen("mona", "max", at=OPEN)
    assert own is not None
    assert above is not None
    assert (own.covered, own.people) == (4, 4)
    assert (above.covered, above.people, above.inspection_share) == (None, None, 0.4)


def codes(name: str, *, at: datetime = OPEN) -> set[tuple[str, str]]:
    return {(each.code, each.group) for each in published.measures(cast.viewer(name), at=at)}


def test_measures_of_a_group_are_seen_by_its_leaders_and_nobody_in_it() -> None:
    publish(measures=(measure("kept_on_time", "max"), measure("autonomy", "max")))
    both = {("kept_on_time", "seller@max"), ("autonomy", "seller@max")}
    assert {name: codes(name) for name in ALL} == {
        **NOTHING,
        **dict.fromkeys(("max", "mona", "eve"), both),
    }


def test_their_leader_sees_them_first_and_others_after_five_working_days() -> None:
    publish(measures=(measure("kept_on_time", "max"), measure("autonomy", "mona")))
    of_max, of_mona = ("kept_on_time", "seller@max"), ("autonomy", "seller@mona")
    assert {name: codes(name, at=cast.NOW) for name in ALL} == {
        **NOTHING,
        "max": {of_max},
        "mona": {of_mona},
    }
    # Tuesday: the fifth working day after it is the Tuesday of the next week.
    last = cast.NOW + timedelta(days=7)
    assert codes("eve", at=last - timedelta(seconds=1)) == set()
    assert codes("eve", at=last) == {of_max, of_mona}


def test_a_comment_opens_the_measures_of_ones_people_at_once_and_no_others() -> None:
    publish(measures=(measure("kept_on_time", "max"), measure("kept_on_time", "mona")))
    own = published.own_measures(cast.viewer("max"), at=cast.NOW)
    assert own is not None
    assert published.own_measures(cast.viewer("eve"), at=cast.NOW) is None
    changes.comment(viewer=cast.viewer("max"), at=cast.NOW, finding=own.finding, text="I see.")
    of_max, of_mona = ("kept_on_time", "seller@max"), ("kept_on_time", "seller@mona")
    assert codes("mona", at=cast.NOW) == {of_max, of_mona}
    assert codes("eve", at=cast.NOW) == {of_max}
    assert published.own_measures(cast.viewer("max"), at=cast.NOW) is None


def test_those_of_the_next_quarter_are_the_leaders_first_again() -> None:
    publish(measures=(measure("kept_on_time", "max"),))
    again = OPEN + timedelta(days=1)
    Publication.objects.update(is_current=False)
    # Published anew in the same quarter, they stay open.
    publish(measures=(measure("kept_on_time", "max"),), at=again)
    assert len(codes("mona", at=again)) == 1
    Publication.objects.update(is_current=False)
    made = cast.publication()
    Publication.objects.filter(pk=made.pk).update(as_of=date(2026, 7, 1))
    found = StrategyFindings(measures=(measure("kept_on_time", "max"),))
    coached.keep(found, publication_id=made.pk, at=again)
    assert (len(codes("mona", at=again)), len(codes("max", at=again))) == (0, 1)


def test_of_measures_that_nobody_may_read_no_leader_is_told() -> None:
    publish(measures=(measure("kept_on_time", "max", people=4),))
    assert not LeaderFinding.objects.exists()


def test_commitments_of_fewer_than_five_people_are_no_measure_of_a_group() -> None:
    publish(measures=(measure("kept_on_time", "max", people=4),))
    assert {name: codes(name) for name in ALL} == NOTHING


def under(manager: str, *names: str) -> None:
    Person.objects.bulk_create(Person(id=name, name=name) for name in names)
    ReportingLine.objects.bulk_create(
        ReportingLine(
            person_id=name, manager_id=manager, role="seller", valid_from=date(2020, 1, 1)
        )
        for name in names
    )


def test_what_a_team_says_of_its_leader_is_for_that_leader_alone() -> None:
    under("max", "x1", "x2")
    publish(measures=tuple(measure("word_deed", head) for head in ("max", "mona")))
    # Those of Mona's group speak of Max: she would learn what his team says.
    assert {name: codes(name) for name in ALL} == {
        **NOTHING,
        "max": {("word_deed", "seller@max")},
    }


def test_of_all_leaders_together_who_sees_everybody_learns_it_from_five_on() -> None:
    # Max and olaf lead sellers too: with two managers more they are four.
    managers = ["m0", "m1"]
    Person.objects.bulk_create(Person(id=name, name=name) for name in managers)
    ReportingLine.objects.bulk_create(
        ReportingLine(person_id=name, manager_id="eve", role="manager", valid_from=date(2020, 1, 1))
        for name in managers
    )
    for name in managers:
        under(name, f"{name}s")
    publish(measures=(measure("word_deed", "eve"),))
    assert codes("eve") == set()
    under("mona", "x1")
    assert codes("eve") == {("word_deed", "seller@eve")}
    assert codes("mona") == set()


def test_the_system_sees_all() -> None:
    publish(coaching("max", people=2), measures=(measure("word_deed", "max", people=1),))
    assert len(published.coaching(SYSTEM, at=cast.NOW)) == 1
    assert len(published.measures(SYSTEM, at=cast.NOW)) == 1


def statements(name: str) -> int:
    with CaptureQueriesContext(connection) as made:
        reach.page(cast.viewer(name), at=cast.NOW)
    return len(made)


def test_more_groups_cost_no_more_statements() -> None:
    groups = [coaching(f"seller@{head}") for head in ("mona", "max", "eve")]
    codes_of = ("kept_on_time", "autonomy")
    of_groups = tuple(measure(code, head) for code in codes_of for head in ("mona", "max", "eve"))
    publish(groups[0], measures=of_groups[2:3])
    few = statements("eve")
    Publication.objects.all().delete()
    publish(*groups, measures=of_groups)
    assert statements("eve") == few


def reached(name: str, head: str | None = None) -> set[str]:
    found = reach.page(cast.viewer(name), at=cast.NOW, head=head)
    return {each.head for each in found.reached}


def test_the_page_is_of_one_leader_and_those_directly_below() -> None:
    publish(*(coaching(f"seller@{head}") for head in ("eve", "mona", "max", "olaf")))
    assert reached("eve") == {"eve", "mona", "olaf"}
    assert reached("eve", "mona") == {"eve", "mona", "max"}
    assert reached("mona") == {"mona", "max"}
    # Who leads nobody looks at the group they are part of.
    assert reached("sam") == {"max"}
    with pytest.raises(NotSeenError):
        reached("sam", "olaf")
    with pytest.raises(NotSeenError):
        reached("olaf", "max")


def test_who_gets_the_sessions_is_told_to_those_who_lead_and_of_few_coaches_to_their_head() -> None:
    third = Allocation(top=0.5, middle=0.3, early=0.2)
    publish(
        coaching("seller@mona", allocation=third, coach_count=5),
        coaching("seller@max", allocation=third, coach_count=1),
    )

    def told(scope: str) -> set[str]:
        found = {name: seen(name, scope) for name in ALL}
        return {name for name, each in found.items() if each is not None and each.allocation}

    assert told("seller@mona") == {"mona", "eve"}
    assert told("seller@max") == {"max"}


def test_the_page_says_what_is_missing_and_what_chance_alone_does() -> None:
    missing = (EffectGate.MANAGERS,)
    publish(coaching("seller@max", missing=missing, rebound=0.081))
    [told] = reach.page(cast.viewer("max"), at=cast.NOW).effects
    assert told.verdict == "A description only"
    assert told.missing == "To tell an effect it takes: people of 6 managers on each side."
    assert told.rebound.startswith("By chance alone the lowest third of a quarter rises")
    assert "8.1 points" in told.rebound
    assert (told.effect, told.before, told.thirds) == ("", "", ())


def helped(gains_most: PracticeThird | None) -> Coaching:
    return coaching(
        "seller@mona",
        verdict=EffectVerdict.HELPS,
        coach_count=6,
        effect=CoachingEffect(
            estimate=0.1, low=0.05, high=0.15, treated_count=20, control_count=15
        ),
        allocation=Allocation(top=0.5, middle=0.3, early=0.2),
        by_third=(ThirdEffect(third=PracticeThird.EARLY, estimate=0.2, low=0.12, high=0.28),),
        gains_most=gains_most,
        pre_trend=PreTrend(estimate=0.01, low=-0.02, high=0.04),
    )


def test_an_effect_is_told_with_its_range_its_two_sides_and_the_time_before() -> None:
    publish(helped(None))
    [told] = reach.page(cast.viewer("mona"), at=cast.NOW).effects
    assert told.verdict == "Coaching helps"
    assert told.effect == (
        "+10 points (range +5 points to +15 points); 20 coached, beside 15 not yet coached in the "
        "same quarters"
    )
    assert told.how == ""
    assert told.before.startswith("Before anybody was coached they moved alike: +1 point")
    assert [(each.share, each.effect[:10]) for each in told.thirds] == [
        ("50%", ""),
        ("30%", ""),
        ("20%", "+20 points"),
    ]


def test_where_the_order_was_drawn_the_page_says_so() -> None:
    publish(replace(helped(None), is_start_drawn=True))
    [told] = reach.page(cast.viewer("mona"), at=cast.NOW).effects
    assert told.how.startswith("The order of starting was drawn by lot: nobody was picked")
    assert told.effect.endswith("20 whose start had come, beside 15 who waited for theirs")


def test_where_no_third_is_clear_of_the_others_nothing_is_said_of_any() -> None:
    publish(helped(None))
    assert effects.gain(cast.viewer("mona"), at=cast.NOW) == ""


def test_whom_it_brought_most_is_told_to_who_leads_them() -> None:
    publish(helped(PracticeThird.EARLY))
    assert effects.gain(cast.viewer("mona"), at=cast.NOW).endswith(
        "coaching brought most to those who practised it least before, "
        "+20 points (range +12 points to +28 points)."
    )
    assert [effects.gain(cast.viewer(name), at=cast.NOW) for name in ("max", "sam")] == ["", ""]


def test_a_leader_whose_role_was_taken_away_is_told_of_no_measure_any_more() -> None:
    publish(coaching("seller@max"), measures=(measure("kept_on_time", "max"),))
    max_ = replace(cast.viewer("max"), roles=frozenset({Role.SELLER}))
    assert published.measures(max_, at=OPEN) == ()
