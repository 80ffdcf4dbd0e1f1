"""Minutes of sessions by week and by third, worked out by hand."""

from datetime import date

from headway.analysis import given_time
from headway.analysis.given_time import Held
from headway.facts import memory
from headway.findings import given_time as found
from headway.terms.own_time import Third, ThirdMinutes, WeekMinutes
from headway.terms.policy import DEFAULT

AS_OF = date(2026, 6, 30)
SELLERS = tuple(f"s{number:02d}" for number in range(15))


def session(
    number: int, person: str, *, on: date, coach: str = "max", minutes: float = 30, **more: object
) -> dict[str, object]:
    return {
        "session_id": f"x{number}",
        "coach_id": coach,
        "person_id": person,
        "held_at": f"{on}T09:00:00Z",
        "minutes": minutes,
        "kind": "joint_call",
        **more,
    }


def facts(sessions: list[dict[str, object]], **more: list[dict[str, object]]):
    """Fifteen sellers below max, below eve; s00 won least, s14 most."""
    managers = {"eve": None, "max": "eve", **dict.fromkeys(SELLERS, "max")}
    tables = {
        "seen/person": [{"person_id": each} for each in managers],
        "seen/reporting_line": [
            {
                "person_id": person,
                "valid_from": date(2020, 1, 1),
                "manager_id": manager,
                "role": "seller" if person in SELLERS else "manager",
                "basis": "declared",
            }
            for person, manager in managers.items()
        ],
        "seen/opportunity": [
            {
                "opportunity_id": f"o{number}",
                "owner_id": person,
                "stage": "Won",
                "stage_group": "won",
                "amount": 1000 * number,
                "closed_at": "2025-12-01T10:00:00Z",
            }
            for number, person in enumerate(SELLERS)
        ],
        "said/coaching_session": sessions,
        **{name.replace("__", "/"): rows for name, rows in more.items()},
    }
    return memory.of(tables, as_of=AS_OF)


def test_a_session_inspects_or_develops_and_mere_talk_does_neither() -> None:
    day = date(2026, 6, 1)
    told = [
        session(1, "s00", on=day, kind="forecast_call"),
        session(2, "s00", on=day, kind="one_to_one", is_practice_agreed=True),
        session(3, "s00", on=day, kind="one_to_one", is_work_observed=True),
        session(4, "s00", on=day, kind="one_to_one"),
        session(5, "s00", on=day, kind="role_play"),
        session(6, "max", on=day),
    ]
    held = given_time.sessions(facts(told))
    assert [each.is_inspection for each in held] == [True, False, False, False]


def test_minutes_are_summed_by_whole_weeks_up_to_the_last_day() -> None:
    held = [
        Held(coach="max", person="a", on=date(2026, 6, 22), minutes=30, is_inspection=False),
        Held(coach="max", person="b", on=date(2026, 6, 28), minutes=15, is_inspection=False),
        Held(coach="max", person="a", on=date(2026, 6, 24), minutes=20, is_inspection=True),
        # The week from the 29th is not over on the 30th.
        Held(coach="max", person="a", on=date(2026, 6, 29), minutes=60, is_inspection=False),
    ]
    weeks = given_time.by_week(held, last=AS_OF)["max"]
    assert len(weeks) == 26
    assert weeks[-1] == WeekMinutes(week_on=date(2026, 6, 22), inspection=20, development=45)
    assert weeks[-2] == WeekMinutes(week_on=date(2026, 6, 15), inspection=0, development=0)


def test_who_got_the_minutes_by_third_of_what_was_won_before() -> None:
    told = [
        session(1, "s14", on=date(2026, 6, 1), minutes=10),
        session(2, "s07", on=date(2026, 5, 1), minutes=20),
        session(3, "s00", on=date(2026, 4, 2), minutes=40),
        # Inspected, by somebody else's leader, and before the 90 days: none of them counts.
        session(4, "s00", on=date(2026, 6, 1), minutes=99, kind="status_check"),
        session(5, "s00", on=date(2026, 6, 1), minutes=99, coach="olaf"),
        session(6, "s00", on=date(2026, 4, 1), minutes=99),
    ]
    given = {each.person: each for each in found.found(facts(told), policy=DEFAULT)}
    expected = (
        ThirdMinutes(third=Third.TOP, people=5, minutes=10),
        ThirdMinutes(third=Third.MIDDLE, people=5, minutes=20),
        ThirdMinutes(third=Third.EARLY, people=5, minutes=40),
    )
    assert given["max"].thirds == expected
    # Eve sees what was held on the way down to her people.
    assert given["eve"].thirds == expected
    assert given["olaf"].thirds is None


def test_who_won_the_same_stands_in_the_same_third_and_small_thirds_are_not_shown() -> None:
    people = frozenset(SELLERS)
    same = given_time.thirds({}, people=people, coaches=frozenset(), won={})
    assert same is None
    fourteen = frozenset(SELLERS[:14])
    won = {each: float(number) for number, each in enumerate(SELLERS)}
    assert given_time.thirds({}, people=fourteen, coaches=frozenset(), won=won) is None
    assert given_time.thirds({}, people=people, coaches=frozenset(), won=won) is not None


def test_without_anything_won_before_nobody_stands_in_a_third() -> None:
    sessions = [session(1, "s00", on=date(2026, 6, 1))]
    bare = facts(sessions, seen__opportunity=[])
    assert given_time.won_before(bare) is None
    assert {each.person: each.thirds for each in found.found(bare, policy=DEFAULT)}["max"] is None


def test_roles_open_on_the_last_day_are_counted_for_whose_team_they_are() -> None:
    def role(number: int, **more: object) -> dict[str, object]:
        day = {"opened_on": date(2026, 1, 1)}
        return {"open_role_id": f"r{number}", "manager_id": "max", "role": "seller", **day, **more}

    roles = [
        role(1),
        role(2, filled_on=date(2026, 6, 30)),
        role(3, filled_on=date(2026, 7, 1)),
        role(4, opened_on=date(2026, 7, 1)),
    ]
    given = {
        each.person: each for each in found.found(facts([], meant__open_role=roles), policy=DEFAULT)
    }
    assert given["max"].open_roles == 2
    assert given["max"].weeks == ()


def test_the_order_of_sessions_does_not_matter() -> None:
    told = [
        session(number, SELLERS[number % 15], on=date(2026, 6, 1 + number % 20), minutes=number)
        for number in range(1, 60)
    ]
    assert found.found(facts(told), policy=DEFAULT) == found.found(
        facts(told[::-1]), policy=DEFAULT
    )
