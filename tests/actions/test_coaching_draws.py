"""A programme whose order of starting is drawn by lot: each team on its day, with its manager."""

from collections import Counter
from datetime import date, timedelta

import pytest
from tests import cast
from tests.actions.test_coaching_plans import STEPS, bring_up, enrolled
from tests.actions.test_strategy import declare

from headway.actions import coaching_draws, coaching_programmes
from headway.actions.action import NotAllowedError
from headway.actions.coaching import SessionTimeError
from headway.actions.coaching_draws import DrawWanted, drawn
from headway.actions.coaching_programmes import Enrolled, ProgrammeWanted
from headway.actions.direction import UnknownPriorityError
from headway.cycle import coached
from headway.queries.coaching import plans
from headway.records import coaching
from headway.records.models import CoachingPlan, CoachingProgramme, Person, ReportingLine

pytestmark = pytest.mark.django_db

FIRST = cast.NOW.date()
TEAMS = ("max", "olaf", "tim", "uma")
SEED = 12


@pytest.fixture(autouse=True)
def everybody() -> None:
    """Beside the standing cast two managers below eve, with a seller each: four teams."""
    cast.enter()
    for name, manager in (("tim", "eve"), ("uma", "eve"), ("tom", "tim"), ("una", "uma")):
        Person.objects.create(id=name, name=name.title())
        ReportingLine.objects.create(
            person_id=name, manager_id=manager, role="seller", valid_from=date(2020, 1, 1)
        )


def draw(
    by: str = "eve",
    *,
    priority: str | None = None,
    first_on: date = FIRST,
    waves: int = 4,
    seed: int = SEED,
) -> int:
    number = declare() if priority is None else priority
    programme = ProgrammeWanted(
        skill="Discovery", goal="", cadence_days=14, priority=number, steps=STEPS
    )
    done = coaching_draws.begin(
        viewer=cast.viewer(by),
        at=cast.NOW,
        wanted=DrawWanted(programme=programme, first_on=first_on, wave_count=waves),
        seed=seed,
    )
    return done.programme_id


def test_each_team_is_enrolled_on_its_day_with_its_own_manager() -> None:
    number = draw()
    order = drawn(TEAMS, waves=4, seed=SEED)
    expected = {team: FIRST + timedelta(days=91 * wave) for team, wave in order.items()}
    starts = CoachingProgramme.objects.get(pk=number).starts
    assert dict(starts.values_list("manager_id", "planned_on")) == expected

    led = coaching.teams_below("eve")
    assert led["max"] == {"sam", "sue"}
    # Who leads others is in no team.
    assert set(led) == set(TEAMS)
    there: set[str] = set()
    for team, wave in sorted(order.items(), key=lambda each: each[1]):
        bring_up(days=91 * wave)
        there |= led[team]
        assert {person for person, _ in enrolled(number)} == there
    coaches = CoachingPlan.objects.filter(programme=number).values_list("person_id", "coach_id")
    assert dict(coaches) == {person: team for team, people in led.items() for person in people}


def test_nobody_is_enrolled_before_the_first_day_and_a_day_that_comes_is_seen() -> None:
    number = draw(first_on=FIRST + timedelta(days=30))
    assert enrolled(number) == []
    assert not coaching_programmes.due(at=cast.NOW + timedelta(days=29))
    assert coaching_programmes.due(at=cast.NOW + timedelta(days=30))
    assert bring_up(days=29) == Enrolled(begun=0, closed=0)


def test_a_seed_draws_the_same_order_again_and_every_order_can_come() -> None:
    assert drawn(TEAMS, waves=4, seed=5) == drawn(sorted(TEAMS)[::-1], waves=4, seed=5)
    first = Counter(
        team
        for seed in range(400)
        for team, wave in drawn(TEAMS, waves=4, seed=seed).items()
        if wave == 0
    )
    # Each team comes first in 100 of 400, give or take: five standard errors are 43.
    assert all(57 < first[team] < 143 for team in TEAMS)
    sizes = Counter(drawn([str(n) for n in range(10)], waves=4, seed=1).values())
    assert sorted(sizes.values()) == [2, 2, 3, 3]


def test_who_leads_fewer_than_four_teams_draws_none() -> None:
    number = declare()
    for who in ("mona", "max", "olaf", "sam"):
        with pytest.raises(NotAllowedError):
            draw(who, priority=number)
        assert plans.teams_to_draw(cast.viewer(who)) == 0
    assert plans.teams_to_draw(cast.viewer("eve")) == 4


def test_what_cannot_be_drawn_is_refused() -> None:
    number = declare()
    with pytest.raises(UnknownPriorityError):
        draw(priority="")
    for more in ({"waves": 2}, {"waves": 5}, {"first_on": FIRST - timedelta(days=1)}):
        with pytest.raises(SessionTimeError):
            draw(priority=number, **more)
    assert not CoachingProgramme.objects.exists()


def test_the_one_who_drew_sees_seed_and_days_and_nobody_else_does() -> None:
    draw()
    [seen] = plans.programmes(cast.viewer("eve"))
    assert seen.seed == str(SEED)
    assert {each.manager for each in seen.starts} == {"Max", "Olaf", "Tim", "Uma"}
    # The plans are between each manager and their people: nobody is named to the head.
    assert seen.people == ()
    for who in ("mona", "max", "sam", "olaf", "opal"):
        assert plans.programmes(cast.viewer(who)) == ()


def test_the_drawn_days_go_into_the_facts_until_the_programme_ends() -> None:
    number = draw()
    rows = coached.rows()["meant/coaching_start"]
    assert {row["manager_id"] for row in rows} == set(TEAMS)
    assert {row["drawn_on"] for row in rows} == {FIRST}
    coaching_programmes.end(
        viewer=cast.viewer("eve"),
        at=cast.NOW + timedelta(days=100),
        programme_id=number,
        seen_version=1,
    )
    # Of four waves two had started.
    assert len(coached.rows()["meant/coaching_start"]) == 2
