"""Before and after a coach began, worked out by hand.

Max has had five sellers since 2024, Mia five more; Max held his first session that counts on
10 January 2026, so that January is in neither spell: August to December, and February to June.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from tests.small_line import line, priority
from tests.small_work import CASE, LARGE, activity, opportunity

from headway.analysis.coaching import before_after
from headway.facts import Facts, memory
from headway.findings import given_time
from headway.terms.coach_benefit import CoachBenefit, Outcome, OwnHours
from headway.terms.policy import DEFAULT

AS_OF = date(2026, 6, 30)
TEAMS = {"max": [f"x{n}" for n in range(5)], "mia": [f"y{n}" for n in range(5)]}
SELLERS = [person for people in TEAMS.values() for person in people]


def session(day: str, **more: object) -> dict[str, Any]:
    made = {
        "session_id": f"c{day}",
        "coach_id": "max",
        "person_id": "x0",
        "held_at": f"{day}T09:00:00Z",
        "minutes": 30.0,
        "kind": "joint_call",
        "priority_id": "p1",
        "is_work_observed": True,
        "is_practice_agreed": True,
        "follow_up_on": "2026-02-01",
    }
    return {**made, **more}


def closed(person: str, day: str, *, won: int, lost: int) -> Iterator[dict[str, Any]]:
    for number in range(won + lost):
        group = "won" if number < won else "lost"
        yield {
            "opportunity_id": f"{person}-{day}-{number}",
            "owner_id": person,
            "stage": group,
            "stage_group": group,
            "amount": 100.0,
            "created_at": f"{day}T08:00:00Z",
            "closed_at": f"{day}T10:00:00Z",
        }


# Each of Max's wins one of four before and two of four since; of Mia's one of four all along.
DECIDED = [
    row
    for place, person in enumerate(SELLERS)
    for day, won in (("2025-10-10", 1), ("2026-04-10", 2 if place < 5 else 1))
    for row in closed(person, day, won=won, lost=4 - won)
]


def facts(
    *,
    sessions: list[dict[str, Any]] | None = None,
    since: str = "2024-01-01",
    data_from: date = date(2025, 1, 1),
    **tables: list[dict[str, Any]],
) -> Facts:
    return memory.of(
        {
            "seen/person": [{"person_id": each} for each in ("lena", *TEAMS, *SELLERS)],
            "seen/reporting_line": [
                line("lena", None, "leader", valid_from="2024-01-01"),
                *(line(each, "lena", "manager", valid_from="2024-01-01") for each in TEAMS),
                *(
                    line(
                        person,
                        manager,
                        "seller",
                        valid_from=since if person == "x0" else "2024-01-01",
                    )
                    for manager, people in TEAMS.items()
                    for person in people
                ),
            ],
            "said/coaching_session": [session("2026-01-10")] if sessions is None else sessions,
            "seen/opportunity": DECIDED,
            **{name.replace("__", "/"): rows for name, rows in tables.items()},
        },
        as_of=AS_OF,
        data_from=data_from,
    )


def benefit(known: Facts, person: str = "max") -> CoachBenefit | None:
    found = {each.person: each for each in given_time.found(known, policy=DEFAULT)}
    return found[person].benefit


def test_the_team_before_and_since_with_everybody_else_beside() -> None:
    found = benefit(facts())
    assert found is not None
    assert (found.began_on, found.months, found.people) == (date(2026, 1, 10), 5, 5)
    rate, booked = found.team
    assert (rate.outcome, rate.people) == (Outcome.WIN_RATE, 5)
    assert (rate.change.before, rate.change.after, rate.others) == (0.25, 0.5, 0.0)
    # All changed alike: of chance nothing can be told.
    assert (rate.change.low, rate.change.high) == (None, None)
    assert booked.outcome is Outcome.BOOKINGS
    assert (booked.change.before, booked.change.after) == (20.0, 40.0)


def test_how_often_it_is_practised_before_and_since() -> None:
    work, shown = [], []
    for place, person in enumerate(SELLERS):
        for day, k in (("2025-10-10", 1), ("2026-04-10", 2 + place % 2)):
            for number in range(4):
                name = f"{person}-{day}-{number}"
                work.append(opportunity(name, owner=person, day=day))
                if number < k:
                    shown.append(activity(f"a{name}", on=name, owner=person, day=day))
    found = benefit(
        facts(
            seen__opportunity=work,
            seen__activity=shown,
            meant__priority=[priority(scope=LARGE, eligibility=LARGE, behaviour=CASE)],
        )
    )
    assert found is not None
    [practice] = found.team
    assert (practice.outcome, practice.priority) == (Outcome.PRACTICE, "p1")
    assert practice.change.before == 0.25
    assert practice.change.after == pytest.approx(12 / 20)
    assert practice.change.low is not None
    assert practice.change.high is not None
    assert practice.change.low < 7 / 20 < practice.change.high


def test_nothing_is_told_of_who_never_held_a_session_that_counts() -> None:
    assert benefit(facts(), "mia") is None
    assert benefit(facts(sessions=[session("2026-01-10", is_practice_agreed=False)])) is None


def test_a_team_of_four_who_were_there_all_along_is_not_told_of() -> None:
    found = benefit(facts(since="2025-11-01"))
    assert found is not None
    assert (found.people, found.team) == (4, ())


@pytest.mark.parametrize(
    ("began", "data_from"), [("2026-04-10", date(2024, 1, 1)), ("2025-03-31", date(2025, 1, 1))]
)
def test_under_three_months_on_one_side_nothing_is_told(began: str, data_from: date) -> None:
    found = benefit(facts(sessions=[session(began)], data_from=data_from))
    assert found is not None
    assert (found.months, found.team, found.own) == (0, (), ())


def test_own_hours_are_means_of_months_and_for_that_coach_alone() -> None:
    weeks = [
        *(
            (f"2025-{month}-04", "inspection", 10.0 + place)
            for place, month in enumerate(("08", "09"))
        ),
        ("2025-10-06", "inspection", 12.0),
        ("2026-02-02", "inspection", 5.0),
        ("2026-03-02", "inspection", 6.0),
        ("2026-04-06", "inspection", 7.0),
        ("2026-04-13", "inspection", 9.0),
        ("2026-04-13", "development", 4.0),
    ]
    logged = [
        {
            "person_id": "max",
            "week_on": date(*(int(part) for part in day.split("-"))),
            "category": category,
            "hours": hours,
        }
        for day, category, hours in weeks
    ]
    known = facts(said__time_log=logged)
    found = benefit(known)
    assert found is not None
    by_hours = {each.hours: each for each in found.own}
    inspected = by_hours[OwnHours.INSPECTION]
    assert (inspected.before_months, inspected.after_months) == (3, 3)
    assert inspected.change is not None
    assert (inspected.change.before, inspected.change.after) == (11.0, pytest.approx(19 / 3))
    total = by_hours[OwnHours.TOTAL].change
    assert total is not None
    assert total.after == pytest.approx((5 + 6 + 10) / 3)
    given = {each.person: each for each in given_time.found(known, policy=DEFAULT)}
    assert given["lena"].benefit is None


def test_who_won_otherwise_before_and_after_by_chance_is_seldom_outside_the_range() -> None:
    random = np.random.default_rng(7)
    held, draws = 0, 300
    for _draw in range(draws):
        skill = random.beta(6, 14, 8)
        n = random.integers(10, 30, (2, 8)).astype(float)
        k = random.binomial(n.astype(int), skill + random.normal(0, 0.03, (2, 8)).clip(-0.05, 0.05))
        found = before_after.of_people(
            (k[0].astype(float), n[0]), (k[1].astype(float), n[1]), level=0.9
        )
        assert found.low is not None
        assert found.high is not None
        held += found.low <= 0 <= found.high
    assert 0.85 <= held / draws <= 0.97
