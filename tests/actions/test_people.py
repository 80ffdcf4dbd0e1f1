"""People: entered, moved from a day on, on leave; no line overlaps another or leads back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cast

from headway.actions import people
from headway.actions.action import NotAllowedError, StaleVersionError, keyed
from headway.records import scopes
from headway.records.models import AuditEntry, Leave, Load, Move, Person, ReportingLine, Source
from headway.terms.people import RoleFamily, Stand
from headway.terms.viewer import Role

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
SELLS = {"role": RoleFamily.SELLER}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def moved(
    who: str,
    manager: str | None,
    *,
    on: date = TODAY,
    by: str = "eve",
    version: int | None = None,
    team: str | None = None,
) -> people.PersonChanged:
    seen = Person.objects.get(id=who).version if version is None else version
    stand = Stand(**SELLS, manager_id=manager, team=team)
    return people.move(
        viewer=cast.viewer(by),
        at=cast.NOW,
        person_id=who,
        seen_version=seen,
        from_on=on,
        stand=stand,
    )


def lines_of(who: str) -> list[tuple[date, date | None, str | None]]:
    found = ReportingLine.objects.filter(person_id=who).order_by("valid_from")
    return list(found.values_list("valid_from", "valid_to", "manager_id"))


def seen_by(name: str) -> set[str]:
    return set(scopes.visible_people(cast.viewer(name)).values_list("id", flat=True))


def test_who_sees_whom_follows_a_move_at_once_and_what_was_stays() -> None:
    assert ("stan" in seen_by("mona"), "stan" in seen_by("olaf")) == (False, True)
    moved("stan", "max")
    assert ("stan" in seen_by("mona"), "stan" in seen_by("olaf")) == (True, False)
    assert lines_of("stan") == [(date(2020, 1, 1), TODAY, "olaf"), (TODAY, None, "max")]


def test_a_move_to_come_holds_on_its_day() -> None:
    tomorrow = TODAY + timedelta(days=1)
    moved("stan", "max", on=tomorrow)
    assert people.due(at=cast.NOW) is False
    assert ("stan" in seen_by("max"), Move.objects.get().state) == (False, "planned")
    later = cast.NOW + timedelta(days=1)
    assert people.due(at=later) is True
    people.bring_up(viewer=cast.viewer("eve"), at=later)
    assert ("stan" in seen_by("max"), Move.objects.get().state) == (True, "holds")
    assert people.due(at=later) is False
    assert lines_of("stan") == [(date(2020, 1, 1), tomorrow, "olaf"), (tomorrow, None, "max")]


def test_a_move_between_two_lines_of_a_history_leaves_the_later_one() -> None:
    ReportingLine.objects.filter(person_id="stan").update(valid_to=date(2026, 3, 1))
    ReportingLine.objects.create(
        person_id="stan", manager_id="mona", role="seller", valid_from=date(2026, 3, 1)
    )
    moved("stan", "max", on=date(2026, 1, 1))
    assert lines_of("stan") == [
        (date(2020, 1, 1), date(2026, 1, 1), "olaf"),
        (date(2026, 1, 1), date(2026, 3, 1), "max"),
        (date(2026, 3, 1), None, "mona"),
    ]


def test_a_second_move_for_one_day_takes_the_place_of_the_first() -> None:
    moved("stan", "max")
    moved("stan", "mona")
    assert lines_of("stan") == [(date(2020, 1, 1), TODAY, "olaf"), (TODAY, None, "mona")]
    assert sorted(Move.objects.values_list("state", flat=True)) == ["holds", "withdrawn"]


def test_a_move_taken_back_lets_what_was_go_on() -> None:
    moved("stan", "max")
    people.take_back(
        viewer=cast.viewer("eve"),
        at=cast.NOW,
        person_id="stan",
        seen_version=2,
        move_id=Move.objects.get().pk,
    )
    assert lines_of("stan") == [(date(2020, 1, 1), None, "olaf")]
    assert "stan" in seen_by("olaf")


@pytest.mark.parametrize("manager", ["max", "sam"])
def test_nobody_reports_to_those_who_report_to_them(manager: str) -> None:
    before = lines_of("mona")
    with pytest.raises(people.CircleError):
        moved("mona", manager)
    assert (lines_of("mona"), Move.objects.count()) == (before, 0)


def test_a_circle_that_would_begin_later_is_refused_too() -> None:
    # From tomorrow on max reports to stan; so stan cannot report to max the day after.
    moved("max", "stan", on=TODAY + timedelta(days=1))
    with pytest.raises(people.CircleError):
        moved("stan", "max", on=TODAY + timedelta(days=2))
    # Nor today, as tomorrow would make it a circle.
    with pytest.raises(people.CircleError):
        moved("stan", "max")


def test_managers_and_their_reports_can_change_places_one_after_the_other() -> None:
    moved("max", "eve")
    moved("mona", "max")
    assert lines_of("mona")[-1] == (TODAY, None, "max")
    assert "mona" in seen_by("max")


@pytest.mark.parametrize("manager", ["nobody", "stan"])
def test_a_manager_is_somebody_else_who_is_here(manager: str) -> None:
    with pytest.raises(people.ManagerError):
        moved("stan", manager)


def test_a_move_changes_something() -> None:
    moved("stan", "max")
    with pytest.raises(people.SameStandError):
        moved("stan", "max", on=TODAY + timedelta(days=5))


def test_nobody_moves_after_they_have_left() -> None:
    Person.objects.filter(id="stan").update(left_on=TODAY)
    with pytest.raises(people.DaysError):
        moved("stan", "max")


@pytest.mark.parametrize("by", ["mona", "olaf", "max", "stan"])
def test_only_who_manages_access_moves_people(by: str) -> None:
    with pytest.raises(NotAllowedError):
        moved("stan", "max", by=by)
    assert Move.objects.count() == 0


def test_operations_move_people() -> None:
    moved("stan", "max", by="opal")
    assert lines_of("stan")[-1] == (TODAY, None, "max")


def test_nobody_but_executives_comes_to_see_more_by_moving_people() -> None:
    # Max is in operations as well: he manages access, and leads sam and sue.
    max_ = replace(cast.viewer("max"), roles=frozenset({Role.MANAGER, Role.OPERATIONS}))
    stand = {"role": RoleFamily.SELLER}
    wanted = {"viewer": max_, "at": cast.NOW, "from_on": TODAY, "seen_version": 1}
    for person, manager in (("stan", "max"), ("stan", "sam"), ("olaf", "sue"), ("max", "olaf")):
        with pytest.raises(NotAllowedError):
            people.move(**wanted, person_id=person, stand=Stand(**stand, manager_id=manager))
    # Whom he sees already he moves among themselves, and others elsewhere.
    people.move(**wanted, person_id="sue", stand=Stand(**stand, manager_id="sam"))
    people.move(**wanted, person_id="stan", stand=Stand(**stand, manager_id="mona"))
    assert seen_by("max") == {"max", "sam", "sue"}


def test_taking_a_move_back_does_not_let_oneself_see_more_either() -> None:
    moved("sam", "olaf")
    max_ = replace(cast.viewer("max"), roles=frozenset({Role.MANAGER, Role.OPERATIONS}))
    wanted = {"at": cast.NOW, "person_id": "sam", "seen_version": 2}
    number = Move.objects.get().pk
    with pytest.raises(NotAllowedError):
        people.take_back(viewer=max_, move_id=number, **wanted)
    assert "sam" not in seen_by("max")
    people.take_back(viewer=cast.viewer("opal"), move_id=number, **wanted)
    assert "sam" in seen_by("max")


def test_of_two_who_change_somebody_at_once_the_second_is_told() -> None:
    moved("stan", "max", version=1)
    with pytest.raises(StaleVersionError) as refusal:
        moved("stan", "mona", version=1)
    assert (refusal.value.seen, refusal.value.found) == (1, 2)


def test_a_form_sent_twice_moves_once_and_is_audited_once() -> None:
    with keyed("k1"):
        replies = {moved("stan", "max", version=1) for _ in range(3)}
    assert (len(replies), Move.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(code="people.move").count() == 1
    assert AuditEntry.objects.get(code="people.move").subject == "person:stan@2"


def leave(first: date, last: date | None, *, by: str = "eve") -> people.PersonChanged:
    return people.enter_leave(
        viewer=cast.viewer(by),
        at=cast.NOW,
        person_id="sam",
        seen_version=Person.objects.get(id="sam").version,
        from_on=first,
        to_on=last,
    )


def test_leaves_do_not_overlap() -> None:
    leave(date(2026, 1, 5), date(2026, 1, 9))
    leave(date(2026, 1, 10), None)
    for first, last in (
        (date(2026, 1, 9), date(2026, 1, 9)),
        (date(2026, 1, 1), date(2026, 1, 5)),
        (date(2026, 2, 1), date(2026, 2, 2)),
        (date(2026, 1, 1), None),
        (date(2025, 1, 2), date(2025, 1, 1)),
    ):
        with pytest.raises(people.DaysError):
            leave(first, last)
    assert Leave.objects.count() == 2


@pytest.mark.parametrize("by", ["max", "sam", "mona"])
def test_only_who_manages_access_enters_leave(by: str) -> None:
    with pytest.raises(NotAllowedError):
        leave(TODAY, None, by=by)
    assert Leave.objects.count() == 0


def test_a_leave_ends_or_is_taken_back() -> None:
    leave(date(2026, 1, 5), None)
    found = Leave.objects.get()
    wanted = {"viewer": cast.viewer("eve"), "at": cast.NOW, "person_id": "sam"}
    with pytest.raises(people.DaysError):
        people.end_leave(**wanted, seen_version=2, leave_id=found.pk, to_on=date(2026, 1, 4))
    people.end_leave(**wanted, seen_version=2, leave_id=found.pk, to_on=date(2026, 2, 1))
    assert Leave.objects.get().to_on == date(2026, 2, 1)
    people.end_leave(**wanted, seen_version=3, leave_id=found.pk, to_on=None)
    assert Leave.objects.get().withdrawn_at == cast.NOW
    with pytest.raises(NotAllowedError):
        people.end_leave(**wanted, seen_version=4, leave_id=found.pk, to_on=None)


def described(**changes: object) -> None:
    found = Person.objects.get(id="stan")
    said = {
        "name": found.name,
        "email": found.email,
        "title": found.title,
        "hired_on": found.hired_on,
        "left_on": found.left_on,
        **changes,
    }
    people.describe(
        viewer=cast.viewer("eve"),
        at=cast.NOW,
        person_id="stan",
        seen_version=found.version,
        **said,
    )


def test_who_leaves_is_here_until_that_day() -> None:
    described(left_on=TODAY + timedelta(days=1))
    assert Person.objects.get(id="stan").is_active is True
    people.bring_up(viewer=cast.viewer("eve"), at=cast.NOW + timedelta(days=1))
    assert Person.objects.get(id="stan").is_active is False
    described(left_on=None)
    assert Person.objects.get(id="stan").is_active is True


def test_nobody_leaves_before_they_join_and_everybody_has_a_name() -> None:
    with pytest.raises(people.DaysError):
        described(hired_on=TODAY, left_on=TODAY)
    for name in ("  ", "x" * 201):
        with pytest.raises(people.PersonNameError):
            described(name=name)
    described(name="Stanislaus")
    found = Person.objects.get(id="stan")
    assert (found.name, found.is_named_by_hand, found.is_dated_by_hand) == (
        "Stanislaus",
        True,
        False,
    )


def entered(by: str = "eve") -> people.PersonChanged:
    return people.enter(
        viewer=cast.viewer(by),
        at=cast.NOW,
        name="Nina",
        email="",
        title="Account manager",
        joins_on=TODAY,
        stand=Stand(**SELLS, manager_id="max"),
    )


def test_who_is_entered_is_seen_by_their_line() -> None:
    made = entered()
    assert made.person_id in seen_by("mona")
    assert made.person_id not in seen_by("olaf")
    with pytest.raises(NotAllowedError):
        entered(by="max")


def test_nobody_real_is_entered_among_the_people_of_the_sample() -> None:
    source = Source.objects.create(name="s", added_at=cast.NOW)
    Load.objects.create(source=source, upload="u", asked_at=cast.NOW, state="kept", is_sample=True)
    with pytest.raises(people.InventedPeopleError):
        entered()
