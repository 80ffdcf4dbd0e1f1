"""Reorganisations, handovers and trainings: declared by leaders for the people they see."""

from datetime import date, timedelta

import pytest
from tests import cast

from headway.actions import reorganisation, strategy
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.direction import UnknownPriorityError
from headway.queries import reorganisation as seen
from headway.queries.access import NotSeenError
from headway.records.models import Attendance, Handover, Reorganisation, RoleChange
from headway.terms.declared import Priority as Content
from headway.terms.declared import PriorityKind
from headway.terms.reorganised import Part

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
PARTS = (
    Part(role_name="Hunter", segment="New", expected_share=0.7),
    Part(role_name="Hunter", expected_share=0.3),
    Part(role_name="Farmer", expected_share=1.0),
)


@pytest.fixture
def priority() -> str:
    cast.enter()
    content = Content(kind=PriorityKind.REORGANISATION, name="By segment")
    return strategy.declare(
        viewer=cast.viewer("mona"), at=cast.NOW, priority=content, declared_on=TODAY
    ).priority_id


def declared(priority: str, *, by: str = "mona", parts: tuple[Part, ...] = PARTS) -> int:
    return reorganisation.declare(
        viewer=cast.viewer(by),
        at=cast.NOW,
        priority=priority,
        name="By segment",
        effective_on=TODAY,
        parts=parts,
    ).number


def assigned(number: int, role: str, *people: str, version: int = 1, by: str = "mona") -> None:
    reorganisation.assign(
        viewer=cast.viewer(by),
        at=cast.NOW,
        reorganisation_id=number,
        seen_version=version,
        role_name=role,
        people=frozenset(people),
    )


def roles() -> dict[str, str]:
    return dict(RoleChange.objects.values_list("person_id", "role_name"))


def test_roles_are_given_and_taken_within_ones_own_people(priority: str) -> None:
    number = declared(priority)
    assigned(number, "Hunter", "sam", "sue")
    assigned(number, "Farmer", "sue", version=2)
    assert roles() == {"sam": "Hunter", "sue": "Farmer"}
    with pytest.raises(NotAllowedError):
        assigned(number, "Hunter", "sam", "stan", version=3)
    with pytest.raises(reorganisation.UnknownRoleError):
        assigned(number, "King", "sam", version=3)
    assigned(number, "", "sam", version=3)
    assert roles() == {"sue": "Farmer"}


def test_a_role_that_goes_leaves_nobody_in_it(priority: str) -> None:
    number = declared(priority)
    assigned(number, "Hunter", "sam")
    reorganisation.change(
        viewer=cast.viewer("mona"),
        at=cast.NOW,
        reorganisation_id=number,
        seen_version=2,
        name="By region",
        effective_on=TODAY,
        parts=PARTS[2:],
    )
    assert (roles(), Reorganisation.objects.get().name) == ({}, "By region")


@pytest.mark.parametrize(
    "parts",
    [
        PARTS[:1],
        (*PARTS, Part(role_name="Farmer", segment="Old", expected_share=0.2)),
        (
            Part(role_name="Hunter", expected_share=0.5),
            Part(role_name="Hunter", expected_share=0.5),
        ),
    ],
)
def test_the_work_of_a_role_adds_up_and_each_part_comes_once(
    priority: str, parts: tuple[Part, ...]
) -> None:
    with pytest.raises(reorganisation.ShareError):
        declared(priority, parts=parts)


def test_only_who_declared_it_and_executives_change_it(priority: str) -> None:
    number = declared(priority)
    for by in ("olaf", "max"):
        with pytest.raises(NotAllowedError):
            assigned(number, "Hunter", by=by)
    for by in ("sam", "opal"):
        with pytest.raises(NotAllowedError):
            declared(priority, by=by)
    assigned(number, "Hunter", "stan", by="eve")
    with pytest.raises(StaleVersionError):
        assigned(number, "Hunter", "sam")
    assert roles() == {"stan": "Hunter"}


def test_an_unknown_priority_and_an_empty_name_are_refused(priority: str) -> None:
    with pytest.raises(UnknownPriorityError):
        declared("nothing")
    with pytest.raises(reorganisation.ReorganisationTextError):
        reorganisation.declare(
            viewer=cast.viewer("mona"),
            at=cast.NOW,
            priority=priority,
            name=" ",
            effective_on=TODAY,
            parts=(),
        )


def handed(giver: str, taker: str, *, by: str = "mona", account: str = "acme") -> None:
    reorganisation.hand_over(
        viewer=cast.viewer(by),
        at=cast.NOW,
        reorganisation_id=None,
        accounts=frozenset({account}),
        giver=giver,
        taker=taker,
        planned_on=TODAY,
    )


def test_accounts_change_hands_from_those_one_sees(priority: str) -> None:
    handed("sam", "stan")
    with pytest.raises(NotAllowedError):
        handed("stan", "sam")
    for giver, taker, account in (("sam", "sam", "acme"), ("sam", "zoe", "acme")):
        with pytest.raises(reorganisation.HandoverError):
            handed(giver, taker, account=account)
    with pytest.raises(reorganisation.HandoverError):
        handed("sam", "sue", account="unknown")
    # Declared anew, it goes to the other.
    handed("sam", "sue")
    open_ones = Handover.objects.filter(withdrawn_at=None)
    assert list(open_ones.values_list("taker_id", flat=True)) == ["sue"]


def test_a_handover_is_done_on_a_day_that_has_come(priority: str) -> None:
    handed("sam", "sue")
    number = Handover.objects.get().pk
    wanted = {"at": cast.NOW, "handover_id": number, "seen_version": 1}
    mona = cast.viewer("mona")
    with pytest.raises(reorganisation.DayToComeError):
        reorganisation.complete(viewer=mona, completed_on=TODAY + timedelta(days=1), **wanted)
    with pytest.raises(NotAllowedError):
        reorganisation.complete(viewer=cast.viewer("olaf"), completed_on=TODAY, **wanted)
    reorganisation.complete(viewer=mona, completed_on=TODAY, **wanted)
    assert Handover.objects.get().completed_on == TODAY


def trained(priority: str, *, by: str = "mona", came: str = "sam", on: date = TODAY) -> int:
    return reorganisation.train(
        viewer=cast.viewer(by),
        at=cast.NOW,
        priority=priority,
        name="Discovery",
        held_on=on,
        invited=frozenset({"sam", "sue"}),
        came=frozenset({came}),
    ).number


def test_a_training_says_whom_it_was_for_and_who_came(priority: str) -> None:
    trained(priority)
    found = dict(Attendance.objects.values_list("person_id", "attended_on"))
    assert found == {"sam": TODAY, "sue": None}
    with pytest.raises(reorganisation.AttendanceError):
        trained(priority, came="max")
    with pytest.raises(reorganisation.DayToComeError):
        trained(priority, on=TODAY + timedelta(days=1))
    with pytest.raises(NotAllowedError):
        trained(priority, by="olaf")


def test_what_was_declared_is_taken_back_by_its_kind(priority: str) -> None:
    number = trained(priority)
    wanted = {"at": cast.NOW, "number": number, "seen_version": 1}
    with pytest.raises(NotAllowedError):
        reorganisation.withdraw(viewer=cast.viewer("mona"), kind="plan", **wanted)
    with pytest.raises(NotAllowedError):
        reorganisation.withdraw(viewer=cast.viewer("max"), kind="training", **wanted)
    reorganisation.withdraw(viewer=cast.viewer("mona"), kind="training", **wanted)
    assert seen.page(cast.viewer("mona"), today=TODAY).trainings == ()


def test_everybody_reads_what_concerns_the_people_they_see(priority: str) -> None:
    number = declared(priority)
    assigned(number, "Hunter", "sam", "sue")
    handed("sam", "sue")
    trained(priority)

    def told(who: str) -> tuple[list[int], int, list[tuple[int, int]]]:
        found = seen.page(cast.viewer(who), today=TODAY)
        return (
            [each.people_count for each in found.reorganisations],
            len(found.handovers),
            [(each.came_count, each.invited_count) for each in found.trainings],
        )

    assert told("mona") == told("eve") == told("max") == ([2], 1, [(1, 2)])
    # Of what concerns others as well one reads one's own part.
    assert told("sue") == ([1], 1, [(0, 1)])
    assert told("olaf") == told("stan") == told("opal") == ([], 0, [])
    page = seen.one(cast.viewer("sue"), number=number, today=TODAY)
    assert page.roles == (("Hunter", ("Sue",)), ("Farmer", ()))
    for who in ("olaf", "stan", "opal"):
        with pytest.raises(NotSeenError):
            seen.one(cast.viewer(who), number=number, today=TODAY)


@pytest.mark.parametrize("who", ["sam", "opal"])
def test_choices_are_for_those_who_declare(priority: str, who: str) -> None:
    viewer = cast.viewer(who)
    assert seen.people(viewer, are_here=True) == seen.named(viewer) == ()
    assert seen.accounts(viewer, giver="sam") == ()


def test_accounts_offered_are_those_of_people_one_sees(priority: str) -> None:
    assert seen.accounts(cast.viewer("mona"), giver="sam") == (("acme", "Acme"),)
    assert seen.accounts(cast.viewer("mona"), giver="stan") == ()
