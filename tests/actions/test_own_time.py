"""Own hours are for nobody else; what was given back is for those whose hours they are."""

from datetime import date, timedelta

import pytest
from tests import cast

from headway.actions import own_time
from headway.actions.action import NotAllowedError
from headway.actions.own_time import HoursBackError, HoursError, WeekError
from headway.queries import hours_back
from headway.queries import own_time as reading
from headway.records.models import AuditEntry, Card, HoursBack, Person, PublishedTime, TimeLog
from headway.terms import codec
from headway.terms.capacity import Cadence
from headway.terms.declared import CardField
from headway.terms.own_time import Category, GivenTime, Hours, Stopped

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()  # a Tuesday
THIS, LAST = date(2026, 6, 29), date(2026, 6, 22)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def log(name: str, week_on: date = LAST, **hours: float) -> None:
    given = tuple(Hours(category=Category(each), hours=count) for each, count in hours.items())
    own_time.log(viewer=cast.viewer(name), at=cast.NOW, week_on=week_on, hours=given)


def page(name: str) -> reading.TimePage:
    return reading.page(cast.viewer(name), today=TODAY)


def give_back(name: str, *people: str, **more: object) -> int:
    wanted = {
        "kind": Stopped.REPORT,
        "text": "The weekly forecast sheet",
        "hours": 1.5,
        "since_on": date(2026, 6, 1),
        "people": frozenset(people),
        **more,
    }
    return own_time.give_back(viewer=cast.viewer(name), at=cast.NOW, **wanted).entry_id


def ledger(name: str) -> hours_back.BackPage:
    return hours_back.page(cast.viewer(name), today=TODAY)


def test_a_week_is_logged_and_its_share_of_inspecting_shown() -> None:
    log("max", development=3, inspection=1, own_selling=20)
    [week] = page("max").logged
    # 1 / (1 + 3), of 24 hours.
    assert (week.week_on, week.share, week.total) == (LAST, "25%", 24)
    assert page("max").finding == (
        "In the week from Mon 22 Jun 2026 you developed people for 3 hours and inspected for "
        "1 hour."
    )


@pytest.mark.parametrize("name", ["eve", "mona", "olaf", "sam", "sue", "stan", "opal"])
def test_nobody_else_sees_anything_of_it(name: str) -> None:
    log("max", development=7.25, inspection=3.5)
    seen = page(name)
    assert (seen.logged, seen.months) == ((), ())
    assert reading.week(cast.viewer(name), week_on=LAST) == ((), False)
    room = reading.room(cast.viewer(name), today=TODAY, planned=Cadence(every_days=7, minutes=60))
    assert (room.hours, room.share, room.found) == (None, None, None)
    assert "7" not in seen.finding


def test_the_next_week_begins_with_the_hours_of_the_last() -> None:
    log("max", development=3, inspection=1)
    held, is_logged = reading.week(cast.viewer("max"), week_on=THIS)
    assert ({each.category.value: each.hours for each in held}, is_logged) == (
        {"development": 3.0, "inspection": 1.0},
        False,
    )


def test_a_week_logged_again_takes_the_place_of_the_first() -> None:
    log("max", development=3, inspection=1)
    log("max", development=2)
    [week] = page("max").logged
    assert (week.development, week.inspection, week.total) == (2.0, 0.0, 2.0)
    held, is_logged = reading.week(cast.viewer("max"), week_on=LAST)
    assert ([each.category for each in held], is_logged) == ([Category.DEVELOPMENT], True)


def test_weeks_between_that_were_not_logged_stay_open() -> None:
    log("max", date(2026, 6, 8), development=1)
    log("max", date(2026, 6, 22), development=2)
    assert [each.development for each in page("max").logged] == [1.0, None, 2.0]


@pytest.mark.parametrize("name", ["sam", "opal"])
def test_only_leaders_log(name: str) -> None:
    with pytest.raises(NotAllowedError):
        log(name, development=1)
    assert not TimeLog.objects.exists()


@pytest.mark.parametrize("week_on", [date(2026, 6, 23), date(2026, 7, 6), date(2025, 6, 30)])
def test_what_is_no_week_to_log_is_refused(week_on: date) -> None:
    with pytest.raises(WeekError):
        log("max", week_on, development=1)


def test_hours_that_no_week_has_are_refused() -> None:
    with pytest.raises(HoursError, match="below 0"):
        log("max", development=-1)
    with pytest.raises(HoursError, match="Together they are 169"):
        log("max", development=100, other=69)
    twice = (Hours(category=Category.FIELD, hours=1), Hours(category=Category.FIELD, hours=2))
    with pytest.raises(HoursError, match="twice"):
        own_time.log(viewer=cast.viewer("max"), at=cast.NOW, week_on=LAST, hours=twice)
    unknown = (Hours(category=Category.FIELD, hours=1, priority="none"),)
    with pytest.raises(HoursError, match="no priority “none”"):
        own_time.log(viewer=cast.viewer("max"), at=cast.NOW, week_on=LAST, hours=unknown)


def test_the_audit_says_that_a_week_was_logged_and_nothing_of_it() -> None:
    log("max", development=7.25)
    entry = AuditEntry.objects.values("code", "subject").get()
    assert entry == {"code": "own_time.log", "subject": "person:max"}


def test_hours_are_given_back_to_people_and_each_sees_the_line() -> None:
    give_back("max", "sam", "sue")
    mine = ledger("max")
    # 1.5 hours for each of two people, none for max.
    assert (mine.by_me, mine.mine) == ("3 hours", "0 hours")
    [line] = ledger("sam").entries
    assert (line.text, line.hours, line.people, line.by, line.may_end) == (
        "The weekly forecast sheet",
        "1.5 hours",
        2,
        "Max",
        False,
    )
    assert ledger("sam").mine == "1.5 hours"


@pytest.mark.parametrize("name", ["eve", "mona", "olaf", "stan", "opal"])
def test_others_see_no_line_of_the_ledger(name: str) -> None:
    give_back("max", "sam", "sue")
    seen = ledger(name)
    assert (seen.entries, seen.mine, seen.by_me, seen.organisation) == (
        (),
        "0 hours",
        "0 hours",
        "",
    )


def test_a_leader_gives_back_only_to_those_who_report_to_them_and_to_themselves() -> None:
    with pytest.raises(NotAllowedError):
        give_back("mona", "sam")
    give_back("mona", "mona", "max")
    assert ledger("mona").mine == "1.5 hours"


def test_what_is_done_again_counts_until_that_day_and_once() -> None:
    entry = give_back("max", "sam")
    with pytest.raises(NotAllowedError):
        own_time.end(viewer=cast.viewer("mona"), at=cast.NOW, entry_id=entry)
    for later in (0, 3):
        at = cast.NOW + timedelta(days=later)
        own_time.end(viewer=cast.viewer("max"), at=at, entry_id=entry)
    assert HoursBack.objects.get().ended_on == TODAY
    assert ledger("sam").mine == "0 hours"
    [line] = ledger("sam").entries
    assert line.ended == "Tue 30 Jun 2026"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": " "}, "0 characters"),
        ({"hours": 0.0}, "0 hours"),
        ({"people": frozenset()}, "Nobody"),
        ({"since_on": TODAY + timedelta(days=1)}, "today is"),
    ],
)
def test_what_is_not_whole_is_refused(wrong: dict[str, object], message: str) -> None:
    with pytest.raises(HoursBackError, match=message):
        give_back("max", **{"people": frozenset({"sam"}), **wrong})


def test_stops_on_cards_count_once_they_are_done() -> None:
    stop = {"field": CardField.STOP.value, "text": "Copying figures", "measure": "", "cue": ""}
    done = {**stop, "enacted_on": "2026-06-01", "released_hours": 2.0}
    planned = {**stop, "enacted_on": None, "released_hours": 5.0}
    own = {"author_id": "max", "priority": "p", "written_on": TODAY}
    Card.objects.create(**own, items=[done, planned])
    agreed = {"author_agreed_on": TODAY, "person_agreed_on": TODAY}
    Card.objects.create(**own, **agreed, person_id="sam", items=[done])
    Card.objects.create(**own, person_id="sue", items=[done])
    # Their own two hours, and those of sam; sue has not agreed.
    assert (ledger("max").mine, ledger("max").by_me) == ("2 hours", "4 hours")
    assert [ledger(name).mine for name in ("sam", "sue", "eve")] == [
        "2 hours",
        "0 hours",
        "0 hours",
    ]


def test_room_follows_from_the_weeks_logged_and_the_team() -> None:
    Person.objects.filter(id="sam").update(hired_on=date(2026, 5, 1))
    log("max", development=4, administration=36)
    publication = cast.publication()
    given = GivenTime(person="max", last=TODAY, open_roles=1)
    PublishedTime.objects.create(publication=publication, person="max", time=codec.to_json(given))
    planned = Cadence(every_days=7, minutes=180)
    found = reading.room(cast.viewer("max"), today=TODAY, planned=planned)
    # Two people, one of them new, one open role: 2 + 0.5 + 1. Room: 40 x 0.1 / 2 = 2 hours.
    assert (found.team.load, found.hours, found.share) == (3.5, 40, 0.1)
    assert found.found is not None
    assert (found.found.possible_hours, found.found.planned_hours) == (2.0, 3.0)
    assert found.words == (
        "There is room for 2 hours a week with each person, and the plan asks for 3 hours. It does "
        "not fit: see people less often, or free hours first."
    )


def test_the_page_costs_the_same_with_one_week_and_with_three(django_assert_num_queries) -> None:
    log("max", development=1)
    # Who looks, what was published, the log, the months of both kinds.
    with django_assert_num_queries(5):
        page("max")
    for week_on in (date(2026, 6, 1), date(2026, 6, 8)):
        log("max", week_on, development=1, inspection=2)
    with django_assert_num_queries(5):
        page("max")
