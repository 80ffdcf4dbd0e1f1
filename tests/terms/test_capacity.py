"""Room for coaching in a leader's week, by hand."""

from datetime import date

import pytest

from headway.terms.capacity import Cadence, Capacity, Team, capacity, is_in_ramp


def test_a_team_asks_for_its_people_half_more_for_the_new_and_one_for_each_open_role() -> None:
    # 7 + 0.5 x 3 + 2
    assert Team(people=7, in_ramp=3, open_roles=2).load == 10.5
    assert Team(people=0, in_ramp=0, open_roles=0).load == 0


def test_a_cadence_that_fits() -> None:
    # 40 x 0.25 / 8 = 1.25 h a week; 45 minutes each week = 0.75 h.
    found = capacity(
        manager_hours=40,
        development_share=0.25,
        people=8,
        planned=Cadence(every_days=7, minutes=45),
    )
    assert found == Capacity(possible_hours=1.25, planned_hours=0.75)
    assert found.is_enough


def test_a_cadence_that_needs_more_than_the_week_has() -> None:
    # 50 x 0.1 / 10 = 0.5 h; 60 minutes each week = 1 h.
    found = capacity(
        manager_hours=50,
        development_share=0.1,
        people=10,
        planned=Cadence(every_days=7, minutes=60),
    )
    assert found == Capacity(possible_hours=0.5, planned_hours=1.0)
    assert not found.is_enough


@pytest.mark.parametrize(("people", "every_days"), [(0, 14), (5, 0)])
def test_without_people_or_cadence_there_is_nothing_to_say(people: int, every_days: int) -> None:
    planned = Cadence(every_days=every_days, minutes=45)
    assert capacity(manager_hours=40, development_share=0.2, people=people, planned=planned) is None


def test_twice_the_people_have_half_the_room() -> None:
    planned = Cadence(every_days=14, minutes=45)
    five, ten = (
        capacity(manager_hours=42, development_share=0.3, people=people, planned=planned)
        for people in (5, 10)
    )
    assert five
    assert ten
    assert five.possible_hours == pytest.approx(2 * ten.possible_hours)


def test_who_was_hired_within_180_days_is_in_ramp() -> None:
    today = date(2026, 7, 3)
    assert is_in_ramp(date(2026, 1, 5), today=today)
    assert not is_in_ramp(date(2026, 1, 4), today=today)
    assert not is_in_ramp(None, today=today)
