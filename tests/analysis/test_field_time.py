"""Joint visits and calls of leaders with their people, by third, worked out by hand."""

from datetime import date

from tests.analysis.test_given_time import SELLERS, facts, session

from headway.analysis import field_time
from headway.findings import given_time as found
from headway.terms.own_time import FieldMonth, FieldThird, FieldTime, Third
from headway.terms.policy import DEFAULT

DAY = date(2026, 6, 1)


def visit(number: int, person: str | None, *, on: date = DAY, leader: str = "max"):
    return {
        "visit_id": f"v{number}",
        "leader_id": leader,
        "account_id": "a1",
        "seller_id": person,
        "visited_on": on,
    }


def call(number: int, person: str, *, on: date = DAY, **more: object) -> dict[str, object]:
    return {
        "activity_id": f"c{number}",
        "kind": "meeting",
        "direction": "joint",
        "person_id": person,
        "occurred_at": f"{on}T09:00:00Z",
        **more,
    }


def there(number: int, attendee: str, side: str = "ours") -> dict[str, object]:
    return {"activity_id": f"c{number}", "attendee_id": attendee, "side": side}


def along(known) -> list[tuple[str, str, int, float | None]]:
    found = field_time.along(known) or {}
    return [
        (leader, each.person, each.visits, each.minutes)
        for leader, rows in found.items()
        for each in rows
    ]


def own(known, leader: str = "max") -> FieldTime | None:
    return {each.person: each for each in found.found(known, policy=DEFAULT)}[leader].field


def test_joint_calls_visits_and_meetings_of_both_are_field_time() -> None:
    known = facts(
        [session(1, "s00", on=DAY, minutes=50), session(2, "s01", on=DAY, kind="debrief")],
        said__field_visit=[visit(1, "s02"), visit(2, None)],
        seen__activity=[
            call(1, "s03", duration_minutes=45),
            call(2, "max", kind="call", direction="out"),
            call(3, "s05"),
        ],
        seen__activity_attendee=[
            there(1, "max"),
            there(1, "s04"),
            there(2, "s06"),
            there(3, "max", "theirs"),
        ],
    )
    assert along(known) == [
        ("max", "s00", 1, 50.0),
        ("max", "s02", 1, None),
        ("max", "s03", 1, 45.0),
        ("max", "s04", 1, 45.0),
        ("max", "s06", 1, None),
    ]
    field = own(known)
    assert field is not None
    assert (field.visits, field.visited, field.minutes, field.untimed) == (5, 5, 140.0, 2)


def test_what_two_sources_tell_of_a_day_counts_once() -> None:
    known = facts(
        [session(1, "s00", on=DAY, minutes=50)],
        said__field_visit=[visit(1, "s00"), visit(2, "s00")],
        seen__activity=[call(1, "s00", duration_minutes=30)],
        seen__activity_attendee=[there(1, "max"), there(1, "s00")],
    )
    assert along(known) == [("max", "s00", 2, 50.0)]


def test_what_was_no_meeting_with_a_buyer_does_not_count() -> None:
    known = facts(
        [session(1, "s00", on=date(2026, 2, 1)), session(2, "s00", on=DAY, coach="olaf")],
        seen__activity=[
            call(1, "s01", direction="internal"),
            call(2, "s02", kind="email"),
            call(3, "s03", outcome="no_show"),
            call(4, "s04"),
        ],
        seen__activity_attendee=[
            there(1, "max"),
            there(2, "max"),
            there(3, "max"),
            there(4, "s05"),
        ],
    )
    assert along(known) == []


def test_ones_own_visits_by_third_and_nobody_elses() -> None:
    told = [
        session(1, "s14", on=DAY, minutes=60),
        session(2, "s13", on=DAY, minutes=30),
        session(3, "s07", on=date(2026, 5, 1), minutes=20),
        session(4, "s00", on=DAY, coach="eve", minutes=90),
        # Before the 90 days.
        session(5, "s00", on=date(2026, 4, 1), minutes=99),
    ]
    hours = [
        {"person_id": "max", "week_on": date(2026, 6, 1), "category": "field", "hours": 4.0},
        {"person_id": "max", "week_on": date(2026, 6, 1), "category": "other", "hours": 9.0},
        {"person_id": "max", "week_on": date(2026, 3, 2), "category": "field", "hours": 9.0},
    ]
    known = facts(told, said__time_log=hours)
    assert own(known) == FieldTime(
        visits=3,
        visited=3,
        minutes=110.0,
        untimed=0,
        thirds=(
            FieldThird(third=Third.TOP, people=5, visits=2, minutes=90.0),
            FieldThird(third=Third.MIDDLE, people=5, visits=1, minutes=20.0),
            FieldThird(third=Third.EARLY, people=5, visits=0, minutes=0.0),
        ),
        logged_hours=4.0,
    )
    # Of what max did, eve reads nothing here; what she did herself is hers.
    above = own(known, "eve")
    assert above is not None
    assert (above.visits, above.minutes, above.logged_hours) == (1, 90.0, None)


def test_small_thirds_are_not_shown_and_without_a_source_nothing_is_told() -> None:
    bare = facts([session(1, "s00", on=DAY)], seen__opportunity=[])
    field = own(bare)
    assert field is not None
    assert (field.visits, field.thirds) == (1, None)


def months(leaders: int, *, on: date = date(2026, 5, 6)) -> tuple[FieldMonth, ...]:
    """Fifteen sellers, shared by so many leaders below eve, each along once on a day."""
    names = [f"l{number}" for number in range(leaders)]
    boss = {person: names[number % leaders] for number, person in enumerate(SELLERS)}
    known = facts(
        [
            session(number, person, on=on, coach=boss[person], minutes=10)
            for number, person in enumerate(SELLERS[:leaders])
        ]
        + [session(99, "s14", on=on, coach="eve", minutes=300)],
        seen__reporting_line=[
            {
                "person_id": person,
                "valid_from": date(2020, 1, 1),
                "manager_id": manager,
                "role": "seller" if person in SELLERS else "manager",
                "basis": "declared",
            }
            for person, manager in {
                "eve": None,
                **dict.fromkeys(names, "eve"),
                **boss,
            }.items()
        ],
        seen__person=[{"person_id": each} for each in ("eve", *names, *SELLERS)],
    )
    return found.field_months(known)


def test_a_month_is_told_of_five_leaders_and_never_of_four() -> None:
    assert months(4) == ()
    [month] = months(5)
    # Five leaders with the five who won least; what eve did herself is no part of the sum.
    assert (month.head, month.month_on, month.leaders) == ("eve", date(2026, 5, 1), 5)
    assert [(each.third.value, each.visits, each.minutes) for each in month.thirds] == [
        ("top", 0, 0.0),
        ("middle", 0, 0.0),
        ("early", 5, 50.0),
    ]


def test_a_month_is_told_a_week_after_its_end() -> None:
    # On 30 June the one of June is not over.
    assert months(5, on=date(2026, 6, 3)) == ()
