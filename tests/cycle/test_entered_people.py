"""What is entered of people reaches the facts of a run, and loads that change too many stop."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from headway import facts
from headway.actions import people, people_stops, projection
from headway.actions.action import NotAllowedError
from headway.cycle import entered_people, publish
from headway.cycle import load as loading
from headway.facts import Facts
from headway.queries import people_lists, roster
from headway.queries.sensitive import noted
from headway.records.models import Leave, Move, PeopleStop, Person, Publication, ReportingLine
from headway.terms.organisation import Organisation
from headway.terms.people import RoleFamily, Stand
from headway.terms.viewer import SYSTEM

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

AT = datetime(2026, 6, 30, 6, 0, tzinfo=UTC)
AS_OF = date(2026, 6, 30)
SELLERS = [f"s{number}" for number in range(1, 11)]
CREATED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def crm(folder: Path, *, gone: int = 0, as_of: date = AS_OF, boss: str = "max") -> Path:
    """Max leads ten sellers and ada nobody; the first `gone` sellers have left in June."""
    lines = [
        {
            "person_id": person,
            "valid_from": date(2020, 1, 1),
            "manager_id": boss if person in SELLERS else None,
            "role": "seller" if person in SELLERS else "manager",
            "basis": "crm_manager",
        }
        for person in ("max", "ada", *SELLERS)
    ]
    persons = [
        {
            "person_id": line["person_id"],
            "left_on": date(2026, 6, 1) if line["person_id"] in SELLERS[:gone] else None,
        }
        for line in lines
    ]
    opportunities = [
        {
            "opportunity_id": f"{person}-{number}",
            "owner_id": person,
            "stage": "Won",
            "stage_group": "won",
            "created_at": CREATED + timedelta(days=number),
            "closed_at": CREATED + timedelta(days=number + 10),
            "amount": 100.0,
        }
        for person in SELLERS
        for number in range(3)
    ]
    made = facts.memory.of(
        {
            "seen/person": persons,
            "seen/reporting_line": lines,
            "seen/absence": [
                {
                    "person_id": "s1",
                    "valid_from": date(2026, 5, 1),
                    "valid_to": date(2026, 5, 10),
                }
            ],
            "seen/opportunity": opportunities,
        },
        organisation=Organisation(name="Example", currency="EUR"),
        as_of=as_of,
        data_from=date(2026, 1, 1),
    )
    return facts.bundle.write(made, folder)


@pytest.fixture(autouse=True)
def loaded(settings, tmp_path: Path) -> None:
    settings.HEADWAY_DATA = tmp_path / "installation"
    loading.load(crm(tmp_path / "crm"), settings.HEADWAY_DATA, at=AT)
    publish.publish(at=AT)


def move(person: str, manager: str, *, on: date) -> None:
    people.move(
        viewer=SYSTEM,
        at=AT,
        person_id=person,
        seen_version=Person.objects.get(id=person).version,
        from_on=on,
        stand=Stand(role=RoleFamily.SELLER, manager_id=manager, team="South"),
    )


def over(settings) -> Facts:
    return entered_people.over(facts.store.Store(settings.HEADWAY_DATA / "facts").latest())


def rows(found: Facts, table: str, person: str) -> list[dict]:
    every = facts.collect(found.columns(table)).records()
    return [row for row in every if row["person_id"] == person]


def test_a_move_is_a_line_of_the_facts_and_survives_the_next_load(settings, tmp_path) -> None:
    move("s1", "ada", on=date(2026, 6, 1))
    lines = rows(over(settings), "seen/reporting_line", "s1")
    told = [
        (row["valid_from"], row["valid_to"], row["manager_id"], row["team"], row["basis"])
        for row in sorted(lines, key=lambda row: row["valid_from"])
    ]
    assert told == [
        (date(2020, 1, 1), date(2026, 6, 1), "max", None, "crm_manager"),
        (date(2026, 6, 1), None, "ada", "South", "declared"),
    ]
    later = AS_OF + timedelta(days=1)
    folder = crm(tmp_path / "later", as_of=later)
    loading.load(folder, settings.HEADWAY_DATA, at=AT + timedelta(days=1))
    publish.publish(at=AT + timedelta(days=1))
    now = ReportingLine.objects.get(person_id="s1", valid_to=None)
    assert (now.manager_id, now.team) == ("ada", "South")
    others = ReportingLine.objects.filter(valid_to=None, manager_id="max").count()
    assert others == 9


def test_a_move_after_the_last_day_of_the_data_waits_in_the_facts_and_holds_in_records(
    settings,
) -> None:
    people.bring_up(viewer=SYSTEM, at=AT)
    later = AT + timedelta(days=3)
    people.move(
        viewer=SYSTEM,
        at=later,
        person_id="s1",
        seen_version=1,
        from_on=later.date(),
        stand=Stand(role=RoleFamily.SELLER, manager_id="ada"),
    )
    assert len(rows(over(settings), "seen/reporting_line", "s1")) == 1
    publish.publish(at=later)
    assert ReportingLine.objects.get(person_id="s1", valid_to=None).manager_id == "ada"


def test_leave_is_joined_with_what_a_load_told(settings) -> None:
    wanted = {"viewer": SYSTEM, "at": AT, "person_id": "s1"}
    people.enter_leave(**wanted, seen_version=1, from_on=date(2026, 5, 8), to_on=date(2026, 5, 20))
    people.enter_leave(**wanted, seen_version=2, from_on=date(2026, 6, 8), to_on=None)
    publish.publish(at=AT)
    # What the load told is shown beside what was entered, and cannot be changed here.
    with noted():
        shown = roster.person(SYSTEM, person_id="s1", today=AS_OF).leaves
    assert [(each.since, each.until, each.is_brought) for each in shown] == [
        ("Mon 8 Jun 2026", "", False),
        ("Fri 8 May 2026", "Wed 20 May 2026", False),
        ("Fri 1 May 2026", "Sat 9 May 2026", True),
    ]
    brought = Leave.objects.get(is_brought=True)
    with pytest.raises(NotAllowedError):
        people.end_leave(**wanted, seen_version=3, leave_id=brought.pk, to_on=None)
    told = rows(over(settings), "seen/absence", "s1")
    # The last day of a leave is included, the end of an absence is not.
    assert [(row["valid_from"], row["valid_to"]) for row in told] == [
        (date(2026, 5, 1), date(2026, 5, 21)),
        (date(2026, 6, 8), None),
    ]


def test_who_is_entered_or_leaves_is_in_the_facts_without_a_name(settings) -> None:
    stand = Stand(role=RoleFamily.SELLER, manager_id="ada")
    made = people.enter(
        viewer=SYSTEM,
        at=AT,
        name="Nina",
        email="n@example.com",
        title="",
        joins_on=date(2026, 6, 1),
        stand=stand,
    )
    people.describe(
        viewer=SYSTEM,
        at=AT,
        person_id="s2",
        seen_version=1,
        name="s2",
        email="",
        title="",
        hired_on=None,
        left_on=date(2026, 6, 15),
    )
    found = over(settings)
    person = rows(found, "seen/person", made.person_id)[0]
    assert (person["hired_on"], person["name"], person["email"]) == (date(2026, 6, 1), None, None)
    line = rows(found, "seen/reporting_line", made.person_id)[0]
    assert (line["valid_from"], line["manager_id"]) == (date(2026, 6, 1), "ada")
    assert rows(found, "seen/person", "s2")[0]["left_on"] == date(2026, 6, 15)
    publish.publish(at=AT)
    nina = Person.objects.get(id=made.person_id)
    assert (nina.name, nina.email, nina.is_active) == ("Nina", "n@example.com", True)


def test_nothing_entered_changes_no_facts(settings) -> None:
    loaded = facts.store.Store(settings.HEADWAY_DATA / "facts").latest()
    assert entered_people.over(loaded) is loaded


def test_a_load_that_would_close_a_circle_leaves_the_move_out_and_says_so(
    settings, tmp_path
) -> None:
    # Max reports to s1 by hand once s1 reports to ada; then the CRM puts s1 under max again.
    move("s1", "ada", on=date(2026, 6, 1))
    move("max", "s1", on=date(2026, 6, 2))
    Move.objects.filter(person_id="s1").update(state="withdrawn")
    publish.publish(at=AT)
    assert Move.objects.get(person_id="max").state == "circle"
    assert ReportingLine.objects.get(person_id="max", valid_to=None).manager_id is None


def test_a_load_that_lets_too_many_leave_stops_and_goes_on_when_confirmed(
    settings, tmp_path
) -> None:
    published = Publication.objects.get(is_current=True).pk
    later = AT + timedelta(days=1)
    folder = crm(tmp_path / "gone", gone=5, as_of=AS_OF + timedelta(days=1))
    loading.load(folder, settings.HEADWAY_DATA, at=later)
    # Of 12 people here 5 would leave: 41.7 %.
    with pytest.raises(projection.TooManyChangesError, match="Of 12 people who are here, 5"):
        publish.publish(at=later)
    assert Publication.objects.get(is_current=True).pk == published
    assert Person.objects.filter(is_active=True).count() == 12
    stop = people_lists.stops(SYSTEM)[0]
    assert (stop.active_count, stop.leaving, stop.swapped) == (12, tuple(SELLERS[:5]), ())
    people_stops.confirm(viewer=SYSTEM, at=later, stop_id=stop.stop_id)
    publish.publish(at=later)
    assert Publication.objects.get(is_current=True).pk != published
    assert Person.objects.filter(is_active=True).count() == 7
    assert people_lists.stops(SYSTEM) == ()


def test_of_two_loads_that_stop_the_later_one_waits(settings, tmp_path) -> None:
    for days, gone in ((1, 5), (2, 6)):
        later = AT + timedelta(days=days)
        folder = crm(tmp_path / f"gone{gone}", gone=gone, as_of=AS_OF + timedelta(days=days))
        loading.load(folder, settings.HEADWAY_DATA, at=later)
        with pytest.raises(projection.TooManyChangesError):
            publish.publish(at=later)
    assert [len(each.leaving) for each in people_lists.stops(SYSTEM)] == [6]


def test_a_load_taken_back_waits_no_more(settings, tmp_path) -> None:
    later = AT + timedelta(days=1)
    folder = crm(tmp_path / "gone", gone=6, as_of=AS_OF + timedelta(days=1))
    made = loading.load(folder, settings.HEADWAY_DATA, at=later)
    with pytest.raises(projection.TooManyChangesError):
        publish.publish(at=later)
    loading.undo(settings.HEADWAY_DATA, snapshot_id=made.snapshot_id)
    publish.publish(at=later)
    assert PeopleStop.objects.count() == 0
    assert Person.objects.filter(is_active=True).count() == 12
