"""People by team and line: who may know whom, and what a page of one person says."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast

from headway.actions import people
from headway.queries import roster
from headway.queries.access import NotSeenError
from headway.queries.sensitive import noted
from headway.records.models import Person, ReportingLine
from headway.terms.people import RoleFamily, Stand

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()


@pytest.fixture(autouse=True)
def reads() -> Iterator[list[tuple[str, str]]]:
    """Everybody; what is read here is noted."""
    cast.enter()
    with noted() as found:
        yield found


def names(name: str, **wanted: object) -> list[str]:
    found = roster.roster(cast.viewer(name), today=TODAY, **wanted)
    return sorted(row.name for group in found.groups for row in group.rows)


@pytest.mark.parametrize(
    ("who", "known"),
    [
        ("eve", ["Eve", "Max", "Mona", "Olaf", "Sam", "Stan", "Sue"]),
        ("opal", ["Eve", "Max", "Mona", "Olaf", "Sam", "Stan", "Sue"]),
        ("mona", ["Max", "Mona", "Sam", "Sue"]),
        ("olaf", ["Olaf", "Stan"]),
        ("sam", ["Sam"]),
    ],
)
def test_managers_know_their_own_people_and_who_manages_access_everybody(
    who: str, known: list[str]
) -> None:
    assert names(who) == known
    for person in cast.LINES:
        is_seen = person.title() in known
        if is_seen:
            found = roster.person(cast.viewer(who), person_id=person, today=TODAY)
            assert found.may_administer is (who in ("eve", "opal"))
        else:
            with pytest.raises(NotSeenError):
                roster.person(cast.viewer(who), person_id=person, today=TODAY)


@pytest.mark.parametrize("who", ["mona", "sam"])
def test_choices_of_the_forms_are_for_those_who_may_send_them(who: str) -> None:
    assert roster.managers(cast.viewer(who), but="") == ()
    assert roster.teams(cast.viewer(who)) == ()
    assert len(roster.managers(cast.viewer("opal"), but="sam")) == 6


def test_people_stand_by_team_or_by_line_and_are_searched() -> None:
    ReportingLine.objects.filter(person_id__in=("sam", "stan")).update(team="South")
    Person.objects.filter(id="sue").update(is_active=False)
    eve = cast.viewer("eve")
    by_team = roster.roster(eve, today=TODAY)
    assert [(each.heading, len(each.rows)) for each in by_team.groups] == [("South", 2), ("", 4)]
    by_line = roster.roster(eve, today=TODAY, by="line", with_left=True)
    assert [each.heading for each in by_line.groups] == ["Eve", "Max", "Mona", "Olaf", ""]
    assert names("eve", search="outh") == ["Sam", "Stan"]
    assert names("mona", search="outh") == ["Sam"]
    assert names("eve", search="sue") == []
    assert names("eve", search="sue", with_left=True) == ["Sue"]


def test_a_person_shows_what_was_is_and_will_be() -> None:
    eve = cast.viewer("eve")
    at = {"viewer": eve, "at": cast.NOW, "person_id": "stan"}
    stand = Stand(role=RoleFamily.SELLER, manager_id="max")
    people.move(**at, seen_version=1, from_on=TODAY + timedelta(days=1), stand=stand)
    people.enter_leave(**at, seen_version=2, from_on=TODAY, to_on=None)
    found = roster.person(cast.viewer("olaf"), person_id="stan", today=TODAY)
    assert [(each.since, each.manager, each.is_planned, each.note) for each in found.history] == [
        ("Wed 1 Jul 2026", "Max", True, "entered by Eve, Tue 30 Jun 2026"),
        ("Wed 1 Jan 2020", "Olaf", False, "from the data"),
    ]
    assert (found.manager, found.state, found.version) == ("Olaf", "on leave", 3)
    assert (found.account_id, len(found.leaves)) == (None, 1)


def test_who_reads_of_leave_is_noted_and_who_is_refused_has_read_nothing(reads) -> None:
    roster.roster(cast.viewer("olaf"), today=TODAY)
    roster.person(cast.viewer("olaf"), person_id="stan", today=TODAY)
    with pytest.raises(NotSeenError):
        roster.person(cast.viewer("sue"), person_id="sam", today=TODAY)
    assert reads == [("people.list", ""), ("people.person", "stan")]


def test_a_longer_list_asks_no_more() -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            roster.roster(cast.viewer("eve"), today=TODAY)
        return len(asked)

    few = statements()
    Person.objects.bulk_create(Person(id=f"p{n}", name=f"P{n}") for n in range(50))
    ReportingLine.objects.bulk_create(
        ReportingLine(
            person_id=f"p{n}", manager_id="max", role="seller", valid_from=date(2026, 1, 1)
        )
        for n in range(50)
    )
    assert statements() == few
