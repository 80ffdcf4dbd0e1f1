"""Lists of people, and the brakes: who would leave or come under another id is asked about."""

import csv
import io
from dataclasses import replace
from datetime import date

import pytest
from tests import cast

from headway.actions import people_csv, people_lists, projection
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.projection import PersonFact, TooManyChangesError
from headway.queries import people_lists as seen
from headway.queries.access import NotSeenError
from headway.records import listed_people
from headway.records.models import Move, PeopleFile, PeopleStop, Person, ReportingLine
from headway.terms.organisation import Organisation
from headway.terms.viewer import SYSTEM, Role

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def brought(text: str, *, is_whole: bool = False, by: str = "eve") -> int:
    made = people_lists.bring(
        viewer=cast.viewer(by),
        at=cast.NOW,
        name="people.csv",
        text=text,
        from_on=TODAY,
        is_whole=is_whole,
    )
    return made.list_id


def applied(list_id: int, *, is_confirmed: bool = False, digest: str | None = None) -> int:
    found = listed_people.changes(PeopleFile.objects.get(pk=list_id))
    return people_lists.apply(
        viewer=cast.viewer("eve"),
        at=cast.NOW,
        list_id=list_id,
        seen_digest=digest or found.digest,
        is_confirmed=is_confirmed,
    ).count


def crowd(count: int) -> list[str]:
    """So many people alone, in place of the cast's; their accounts stay with nobody."""
    ReportingLine.objects.all().delete()
    Person.objects.update(is_active=False)
    names = [f"p{number:03}" for number in range(count)]
    Person.objects.bulk_create(
        Person(id=name, name=name, email=f"{name}@example.com") for name in names
    )
    return names


def test_a_list_adds_moves_names_and_lets_leave_and_nothing_before_it_is_applied() -> None:
    text = (
        "person_id,name,title,role,manager_id,left_on\n"
        "nina,Nina,Hunter,seller,max,\n"
        "stan,Stanislaus,,seller,max,\n"
        "sue,Sue,,,,2026-06-01\n"
    )
    number = brought(text)
    assert (Person.objects.count(), Move.objects.count()) == (7, 0)
    preview = seen.preview(cast.viewer("eve"), list_id=number)
    assert [(each.name, each.kind) for each in preview.told] == [
        ("Nina", "new"),
        ("Stanislaus", "moves"),
        ("Sue", "leaves"),
    ]
    assert applied(number) == 3
    nina, stan, sue = (Person.objects.get(id=who) for who in ("nina", "stan", "sue"))
    assert (nina.title, nina.is_entered, stan.name, sue.is_active) == (
        "Hunter",
        True,
        "Stanislaus",
        False,
    )
    managers = dict(
        ReportingLine.objects.filter(valid_to=None).values_list("person_id", "manager_id")
    )
    # An empty manager_id says that sue reports to nobody.
    assert (managers["nina"], managers["stan"], managers["sue"]) == ("max", "max", None)
    with pytest.raises(people_lists.ListOverError):
        applied(number)


def test_columns_left_out_stay_as_they_are_and_a_second_time_nothing_changes() -> None:
    text = "person_id,team\nstan,South\nsam,South\n"
    assert applied(brought(text)) == 2
    stan = ReportingLine.objects.get(person_id="stan", valid_to=None)
    assert (stan.team, stan.manager_id, stan.role) == ("South", "olaf", "seller")
    assert applied(brought(text)) == 0


def test_the_list_as_it_is_now_changes_nothing() -> None:
    text = "".join(seen.now(cast.viewer("opal")))
    assert text.count("\n") == 8
    assert applied(brought(text, is_whole=True)) == 0


def test_managers_can_be_named_by_mail_address_within_the_list() -> None:
    text = "person_id,name,email,manager_email\nn1,N,n1@example.com,\nn2,M,,N1@example.com\n"
    applied(brought(text))
    assert ReportingLine.objects.get(person_id="n2").manager_id == "n1"


def test_a_manager_and_their_report_change_places_in_one_list() -> None:
    applied(brought("person_id,manager_id\nmona,max\nmax,eve\n"))
    assert ReportingLine.objects.get(person_id="mona", valid_to=None).manager_id == "max"


def test_a_list_with_a_circle_changes_nothing() -> None:
    number = brought("person_id,name,manager_id\nmona,M,max\nmax,X,mona\nnew,New,eve\n")
    with pytest.raises(people_lists.ListCircleError):
        applied(number)
    assert not Person.objects.filter(id="new").exists()
    assert PeopleFile.objects.get().state == "waiting"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "holds nothing"),
        ("name\nSam\n", "holds name"),
        ("person_id,shoe\nsam,42\n", "person_id, shoe"),
        ("person_id\n", "has 0 lines"),
        ("person_id,role\nsam,king\n", "Line 2: role is king"),
        ("person_id,hired_on\nsam,1.2.2026\n", "Line 2: 1.2.2026 is no day"),
        ("person_id\nsam\nsam\n", "Line 3: sam comes twice"),
        ("person_id,manager_id\nsam,zoe\n", "Line 2: the manager zoe"),
        ("person_id,manager_id\nsam,sam\n", "Line 2: the manager sam"),
        ("person_id,name\n,Sam\n", "Line 2: person_id has 0"),
    ],
)
def test_what_cannot_be_read_is_said_by_line_and_nothing_is_kept(text: str, problem: str) -> None:
    with pytest.raises(people_csv.ListError, match=problem):
        brought(text)
    assert PeopleFile.objects.count() == 0


def test_who_was_looked_at_must_not_have_changed_since() -> None:
    number = brought("person_id,team\nstan,South\n")
    digest = listed_people.changes(PeopleFile.objects.get(pk=number)).digest
    applied(brought("person_id,team\nstan,North\n"))
    with pytest.raises(StaleVersionError):
        applied(number, digest=digest)


@pytest.mark.parametrize("by", ["mona", "max", "stan"])
def test_lists_are_for_those_who_manage_access(by: str) -> None:
    number = brought("person_id,team\nstan,South\n")
    viewer = cast.viewer(by)
    with pytest.raises(NotAllowedError):
        brought("person_id,team\nstan,South\n", by=by)
    with pytest.raises(NotAllowedError):
        people_lists.apply(
            viewer=viewer, at=cast.NOW, list_id=number, seen_digest="", is_confirmed=True
        )
    with pytest.raises(NotAllowedError):
        people_lists.drop(viewer=viewer, at=cast.NOW, list_id=number)
    with pytest.raises(NotSeenError):
        seen.preview(viewer, list_id=number)
    assert (seen.waiting(viewer), seen.stops(viewer)) == ((), ())
    # The header alone.
    assert "".join(seen.now(viewer)).count("\n") == 1


def test_a_list_lets_nobody_but_executives_see_more() -> None:
    number = brought("person_id,manager_id\nstan,sam\n")
    digest = listed_people.changes(PeopleFile.objects.get()).digest
    max_ = replace(cast.viewer("max"), roles=frozenset({Role.MANAGER, Role.OPERATIONS}))
    with pytest.raises(NotAllowedError):
        people_lists.apply(
            viewer=max_, at=cast.NOW, list_id=number, seen_digest=digest, is_confirmed=True
        )
    assert applied(number) == 1


@pytest.mark.parametrize(("leaving", "stops"), [(39, False), (40, False), (41, True)])
def test_a_list_that_lets_more_than_two_of_five_leave_stops(leaving: int, stops: bool) -> None:
    staying = crowd(100)[leaving:]
    number = brought("person_id\n" + "\n".join(staying) + "\n", is_whole=True)
    if stops:
        with pytest.raises(TooManyChangesError, match=f"Of 100 people who are here, {leaving}"):
            applied(number)
        assert Person.objects.filter(is_active=True).count() == 100
    assert applied(number, is_confirmed=stops) == leaving
    assert Person.objects.filter(is_active=True).count() == 100 - leaving


# Of 1,000 people 49 are 4.9 %, and 51 are 5.1 %.
@pytest.mark.parametrize(("swapped", "stops"), [(49, False), (50, False), (51, True)])
def test_a_list_that_swaps_more_than_one_id_of_twenty_stops(swapped: int, stops: bool) -> None:
    names = crowd(1000)
    rows = [f"new-{name},{name},{name}@example.com" for name in names[:swapped]]
    number = brought("person_id,name,email\n" + "\n".join(rows) + "\n")
    if stops:
        with pytest.raises(TooManyChangesError, match=f"{swapped} would come under another id"):
            applied(number)
        assert Person.objects.filter(is_active=True).count() == 1000
    applied(number, is_confirmed=stops)
    assert Person.objects.filter(is_active=True).count() == 1000 + swapped


def synced(facts: list[PersonFact]) -> int:
    done = projection.keep_people(
        viewer=SYSTEM,
        at=cast.NOW,
        facts_id="f1",
        organisation=Organisation(name="Example", currency="EUR"),
        people=tuple(facts),
        lines=(),
    )
    return done.people


def fact(name: str, *, number: str = "", is_active: bool = True) -> PersonFact:
    return PersonFact(
        person_id=number or name,
        name=name,
        email=f"{name}@example.com",
        title="",
        is_active=is_active,
        left_on=None if is_active else date(2026, 6, 1),
    )


@pytest.mark.parametrize(("leaving", "stops"), [(39, False), (41, True)])
def test_a_load_stops_by_the_same_brake_until_somebody_confirms(leaving: int, stops: bool) -> None:
    names = crowd(100)
    facts = [fact(name, is_active=i >= leaving) for i, name in enumerate(names)]
    if stops:
        with pytest.raises(TooManyChangesError):
            synced(facts)
        assert Person.objects.filter(is_active=True).count() == 100
        PeopleStop.objects.create(facts_id="f1", brake={}, found_at=cast.NOW, confirmed_at=cast.NOW)
    assert synced(facts) >= leaving
    assert Person.objects.filter(is_active=True).count() == 100 - leaving


@pytest.mark.parametrize(("swapped", "stops"), [(49, False), (51, True)])
def test_a_load_that_swaps_ids_stops_too(swapped: int, stops: bool) -> None:
    names = crowd(1000)
    facts = [fact(name, number=f"new-{name}") for name in names[:swapped]]
    if stops:
        with pytest.raises(TooManyChangesError):
            synced(facts)
    else:
        assert synced(facts) == swapped


def test_the_first_people_are_not_held_back() -> None:
    Person.objects.update(is_active=False)
    assert synced([fact("new", is_active=False)]) == 1


def test_what_was_entered_by_hand_stays_over_a_load() -> None:
    Person.objects.filter(id="stan").update(
        name="Stanislaus", is_named_by_hand=True, is_dated_by_hand=True, is_active=True
    )
    Person.objects.filter(id="sam").update(is_named_by_hand=True)
    synced([fact("stan", is_active=False), fact("sam", is_active=False)])
    stan, sam = Person.objects.get(id="stan"), Person.objects.get(id="sam")
    # Sam was only named by hand: that he has left is news.
    assert (stan.name, stan.is_active, sam.name, sam.is_active) == (
        "Stanislaus",
        True,
        "Sam",
        False,
    )


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-Ben", "@ada", "'=1", "'t Hart", "''", "-"])
def test_a_spreadsheet_runs_nothing_of_the_list_and_brought_again_it_says_the_same(
    text: str,
) -> None:
    Person.objects.filter(id="sam").update(name=text, title=text)
    lines = "".join(seen.now(cast.viewer("eve")))
    cells = [cell for row in csv.reader(io.StringIO(lines)) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    rows, _columns = people_csv.read(lines)
    assert {each.person_id: (each.name, each.title) for each in rows}["sam"] == (text, text)
