"""Months of five and more: made once, and nobody's part follows from two of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests import cast

from headway.actions import group_months
from headway.queries import hours_back, knowledge, pairs
from headway.queries import own_time as reading
from headway.queries.knowledge import Asked
from headway.records import own_time
from headway.records.models import (
    GroupMonth,
    HoursBack,
    HoursBackTo,
    KnowledgeItem,
    KnowledgeUse,
    PeerMeeting,
    Person,
    ReportingLine,
    TimeLog,
)
from headway.terms.own_time import FieldMonth, FieldThird, Third
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)
AT = datetime(2026, 6, 9, tzinfo=UTC)
LEADERS = tuple(f"l{number}" for number in range(5))


@pytest.fixture(autouse=True)
def everybody() -> None:
    """Five leaders below mona, with one seller each."""
    cast.enter()
    for number, name in enumerate(LEADERS):
        for person, manager in ((name, "mona"), (f"s{number}", name)):
            Person.objects.create(id=person, name=person)
            ReportingLine.objects.create(
                person_id=person, manager_id=manager, role="other", valid_from=date(2020, 1, 1)
            )


def log(person: str, week_on: date, **hours: float) -> None:
    for category, count in hours.items():
        TimeLog.objects.create(
            fact_id=own_time.key(person, week_on=week_on, category=category, priority=""),
            person_id=person,
            week_on=week_on,
            category=category,
            hours=count,
        )


def kept(kind: str) -> dict[tuple[str, date], tuple[int, dict[str, object]]]:
    found = GroupMonth.objects.filter(kind=kind)
    return {(each.head, each.month_on): (each.people_count, each.figures) for each in found}


def keep(at: datetime = AT) -> None:
    group_months.keep(viewer=SYSTEM, at=at)


def test_five_leaders_make_a_mean_for_those_above_them() -> None:
    for number, name in enumerate(LEADERS):
        log(name, date(2026, 5, 4), development=number, inspection=2)
        log(name, date(2026, 5, 11), development=number + 2, inspection=4)
    # A seller's hours are no leader's.
    log("sam", date(2026, 5, 4), development=40)
    keep()
    found = kept("time")
    # Each leader's own mean is number + 1; over 0..4 that is 3, and 3 for inspection.
    assert set(found) == {("mona", MAY), ("eve", MAY)}
    count, figures = found["mona", MAY]
    assert (count, figures["development"], figures["inspection"], figures["field"]) == (5, 3, 3, 0)
    [month] = reading.page(cast.viewer("mona"), today=AT.date()).months
    assert (month.month, month.people, month.share) == ("May 2026", 5, "50%")
    assert month.hours == (("Developing people", "3 hours"), ("Inspecting", "3 hours"))
    for name in ("max", "olaf", "sam", "opal"):
        assert reading.page(cast.viewer(name), today=AT.date()).months == ()


def test_four_leaders_make_none() -> None:
    for name in LEADERS[:4]:
        log(name, date(2026, 5, 4), development=3)
    keep()
    assert kept("time") == {}


def test_who_logs_later_changes_nothing_of_a_month_that_is_kept() -> None:
    for name in LEADERS:
        log(name, date(2026, 5, 4), development=3)
    keep()
    before = kept("time")
    log("max", date(2026, 5, 4), development=60)
    keep(AT + timedelta(days=1))
    assert kept("time") == before


def test_a_month_is_kept_a_week_after_its_end() -> None:
    for name in LEADERS:
        log(name, date(2026, 5, 4), development=3)
    keep(datetime(2026, 6, 7, tzinfo=UTC))
    assert kept("time") == {}
    keep(datetime(2026, 6, 8, tzinfo=UTC))
    assert set(kept("time")) == {("mona", MAY), ("eve", MAY)}


def meet(one: str, other: str, *, is_met: bool, given: int = 0, used: int = 0) -> None:
    day = date(2026, 5, 12)
    PeerMeeting.objects.create(
        person_id=one,
        partner_id=other,
        planned_on=day,
        met_on=day if is_met else None,
        is_brought=True,
        advice_given_count=given,
        advice_used_count=used,
    )


def test_pairs_of_five_people_are_counted_for_those_above_them() -> None:
    meet("s0", "s1", is_met=True, given=2, used=1)
    meet("s0", "s2", is_met=True, given=1)
    meet("s3", "s4", is_met=False)
    keep()
    found = kept("pairs")
    # Partners met: s0 two, s1 and s2 one, s3 and s4 none.
    figures = {"planned": 3, "met": 2, "given": 3, "used": 1, "partners": 0.8}
    assert found == {("mona", MAY): (5, figures), ("eve", MAY): (5, figures)}
    [month] = pairs.page(cast.viewer("mona"), today=AT.date()).months
    assert (month.met, month.advice, month.partners) == ("2 of 3", "1 of 3", "0.8")


def test_pairs_of_four_people_are_not() -> None:
    meet("s0", "s1", is_met=True)
    meet("s2", "s3", is_met=True)
    keep()
    assert kept("pairs") == {}


def stopped(*people: str, hours: float, since_on: date) -> HoursBack:
    made = HoursBack.objects.create(
        given_by_id="mona", kind="report", text="T", hours=hours, since_on=since_on, entered_at=AT
    )
    HoursBackTo.objects.bulk_create(HoursBackTo(entry=made, person_id=each) for each in people)
    return made


def test_hours_given_back_to_five_people_are_told_to_leaders() -> None:
    stopped("s0", "s1", "s2", "s3", hours=1, since_on=MAY)
    keep()
    assert kept("released") == {}
    stopped("s3", "s4", hours=0.5, since_on=MAY)
    keep(AT + timedelta(days=1))
    # 4 x 1 + 2 x 0.5, for five people.
    [(count, figures)] = kept("released").values()
    assert (count, figures["hours"]) == (5, 5.0)
    told = "By the end of May 2026 5 people of the organisation had 5 hours a week again."
    assert hours_back.page(cast.viewer("olaf"), today=AT.date()).organisation == told
    assert hours_back.page(cast.viewer("sam"), today=AT.date()).organisation == ""


def test_what_one_person_got_never_follows_from_two_months() -> None:
    stopped("s0", "s1", "s2", "s3", "s4", hours=1, since_on=MAY)
    keep()
    stopped("sam", hours=7, since_on=JUNE)
    july = datetime(2026, 7, 9, tzinfo=UTC)
    keep(july)
    assert {month for _head, month in kept("released")} == {MAY}
    stopped("s0", "s1", "s2", "s3", hours=1, since_on=JUNE)
    keep(july + timedelta(days=1))
    # Five people are concerned by then: 5 + 7 + 4.
    assert kept("released")["", JUNE][1]["hours"] == 16.0


def written(author: str, *, on: date, retired_on: date | None = None) -> KnowledgeItem:
    return KnowledgeItem.objects.create(
        author_id=author,
        name="What works",
        helps_when="Often",
        steps=["Do it"],
        priority="p",
        captured_on=on,
        retired_on=retired_on,
    )


def used(item: KnowledgeItem, *people: str, on: date) -> None:
    KnowledgeUse.objects.bulk_create(
        KnowledgeUse(item=item, person_id=each, used_on=on) for each in people
    )


def reuse(name: str) -> list[tuple[str, int, int, int, int]]:
    page = knowledge.page(cast.viewer(name), asked=Asked())
    return [(one.month, one.people, one.items, one.reused, one.uses) for one in page.months]


def test_reuse_is_told_to_leaders_for_months_in_which_five_took_part() -> None:
    april = date(2026, 4, 20)
    first = written("s0", on=april)
    written("s0", on=april, retired_on=date(2026, 4, 30))
    second = written("s1", on=date(2026, 5, 31))
    written("s1", on=JUNE)
    used(first, "s1", "s2", on=april)
    used(first, "s2", "s3", on=date(2026, 5, 3))
    used(second, "s0", on=date(2026, 5, 31))
    keep()
    # In April three took part; in May s1 wrote, s0, s2 and s3 used: four.
    assert reuse("olaf") == []
    used(second, "s4", on=date(2026, 5, 31))
    keep(AT + timedelta(days=1))
    assert reuse("olaf") == [("May 2026", 5, 2, 2, 4)]
    assert reuse("sam") == []
    # Who says so later changes nothing of a month that is kept.
    used(first, "s4", on=date(2026, 5, 9))
    keep(AT + timedelta(days=2))
    assert reuse("eve") == [("May 2026", 5, 2, 2, 4)]


def test_a_month_with_customers_is_for_those_above_and_never_changes() -> None:
    def month(visits: int) -> tuple[FieldMonth, ...]:
        thirds = tuple(
            FieldThird(third=each, people=5, visits=visits, minutes=90) for each in Third
        )
        return (FieldMonth(head="mona", month_on=MAY, leaders=5, thirds=thirds),)

    group_months.keep_field(viewer=SYSTEM, at=AT, months=month(2))
    # Somebody logged a joint call late: what was kept stands.
    group_months.keep_field(viewer=SYSTEM, at=AT + timedelta(days=1), months=month(3))
    [seen] = reading.page(cast.viewer("mona"), today=AT.date()).field_months
    assert (seen.month, seen.people) == ("May 2026", 5)
    assert [(each.visits, each.hours, each.share) for each in seen.thirds] == [
        (2, "1.5 hours", "33%")
    ] * 3
    for name in ("eve", "max", "olaf", "sam", "opal"):
        assert reading.page(cast.viewer(name), today=AT.date()).field_months == ()
