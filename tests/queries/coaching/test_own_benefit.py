"""What changed since one began to coach: for that coach alone, with its range and its limits."""

from datetime import date

import pytest
from tests import cast

from headway.queries import own_time
from headway.queries.coaching.own_benefit import BenefitRow, BenefitSeen
from headway.records.models import HoursBack, HoursBackTo, PublishedTime
from headway.terms import codec
from headway.terms.coach_benefit import (
    Change,
    CoachBenefit,
    HoursChange,
    Outcome,
    OwnHours,
    TeamChange,
)
from headway.terms.own_time import GivenTime

pytestmark = pytest.mark.django_db

TODAY = date(2026, 7, 8)
BEGAN = date(2026, 1, 14)
RATE = TeamChange(
    outcome=Outcome.WIN_RATE,
    people=7,
    change=Change(before=0.31, after=0.36, low=-0.02, high=0.12),
    others=0.04,
)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def publish(benefit: CoachBenefit | None) -> None:
    given = GivenTime(person="max", last=TODAY, benefit=benefit)
    made = cast.publication()
    PublishedTime.objects.create(publication=made, person="max", time=codec.to_json(given))


def seen(name: str) -> BenefitSeen | None:
    return own_time.page(cast.viewer(name), today=TODAY).benefit


def whole(**more: object) -> CoachBenefit:
    return CoachBenefit(began_on=BEGAN, months=5, people=7, team=(RATE,), **more)


def test_nobody_but_the_coach_sees_it() -> None:
    publish(whole())
    names = ("eve", "mona", "olaf", "max", "sam", "sue", "stan", "opal")
    assert {name for name in names if seen(name) is not None} == {"max"}


def test_before_and_now_stand_with_the_range_everybody_else_and_the_limits() -> None:
    publish(whole())
    found = seen("max")
    assert found is not None
    assert found.team == (
        BenefitRow(
            name="Win rate",
            before="31%",
            after="36%",
            change="+5 points (range −2 points to +12 points)",
            others="+4 points",
        ),
    )
    assert found.spells == (
        "Your first session that counts was on Wed 14 Jan 2026. Before are the 5 months that ended "
        "with the one before, now are the last 5. 7 people sold for you all along."
    )
    limits = " ".join(found.limits)
    for named in ("shows no effect", "by chance alone", "season", "Others changed too"):
        assert named in limits


def test_bookings_are_told_in_the_currency_of_the_organisation() -> None:
    change = Change(before=53_000.0, after=46_000.0, low=-19_000.0, high=5_000.0)
    booked = TeamChange(outcome=Outcome.BOOKINGS, people=7, change=change, others=-15_000.0)
    publish(CoachBenefit(began_on=BEGAN, months=5, people=7, currency="EUR", team=(booked,)))
    found = seen("max")
    assert found is not None
    [row] = found.team
    assert (row.before, row.after, row.others) == ("€53k", "€46k", "−€15k")
    assert row.change == "−€7,000 (range −€19k to +€5,000)"


def test_who_never_held_a_session_that_counts_is_told_nothing() -> None:
    publish(None)
    assert seen("max") is None


def test_too_few_months_or_people_are_said_and_no_figure_stands() -> None:
    publish(CoachBenefit(began_on=BEGAN, months=0))
    early = seen("max")
    assert early is not None
    assert "3 whole months of data on both sides" in early.spells
    assert (early.team, early.hours, early.limits) == ((), (), ())


def test_a_team_of_fewer_than_five_is_not_told_of() -> None:
    publish(CoachBenefit(began_on=BEGAN, months=5, people=4))
    small = seen("max")
    assert small is not None
    assert "it takes 5 people or more" in small.note


def test_own_hours_are_told_where_enough_months_were_logged() -> None:
    many = HoursChange(
        hours=OwnHours.INSPECTION,
        before_months=4,
        after_months=5,
        change=Change(before=9.0, after=6.0, low=-4.0, high=-2.0),
    )
    publish(whole(own=(many,)))
    found = seen("max")
    assert found is not None
    assert found.hours[0] == BenefitRow(
        name="Inspecting, a week",
        before="9 hours",
        after="6 hours",
        change="−3 hours (range −4 hours to −2 hours)",
    )
    assert found.hours_note == ""


def test_and_are_not_where_they_were_not() -> None:
    few = HoursChange(hours=OwnHours.INSPECTION, before_months=0, after_months=3, change=None)
    publish(whole(own=(few,)))
    found = seen("max")
    assert found is not None
    assert found.hours == ()
    assert "you logged weeks in 0 months before and in 3 of the last 5" in found.hours_note


def test_hours_given_back_are_those_of_the_ledger_on_both_days() -> None:
    for hours, since_on, ended_on, people in (
        (1.0, date(2025, 6, 2), date(2026, 6, 1), ("max",)),
        (2.0, date(2026, 3, 2), None, ("max", "sam", "sue")),
    ):
        entry = HoursBack.objects.create(
            given_by_id="max",
            kind="report",
            text="The list",
            hours=hours,
            since_on=since_on,
            ended_on=ended_on,
            entered_at=cast.NOW,
        )
        for person in people:
            HoursBackTo.objects.create(entry=entry, person_id=person)
    publish(whole())
    found = seen("max")
    assert found is not None
    assert [(row.before, row.after, row.change) for row in found.hours] == [
        ("1 hour", "2 hours", "+1 hour"),
        ("1 hour", "6 hours", "+5 hours"),
    ]
