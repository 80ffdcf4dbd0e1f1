"""Priorities and the plan: who declares and changes them, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest
from tests import cast

from headway.actions import sample, strategy
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.strategy import (
    DeclaredNumberError,
    DeclaredTextError,
    EndedError,
    EndError,
    GrainError,
    OwnerError,
)
from headway.queries import direction
from headway.queries.access import NotSeenError
from headway.queries.strategy import declared
from headway.records.models import Account, Load, PlanVersion, Priority, PriorityVersion, Source
from headway.terms.declared import Plan, PriorityKind, ResultMeasure, Target
from headway.terms.declared import Priority as Content
from headway.terms.line import Link
from headway.terms.predicate import PredicateError
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
GRAIN = '{{"grain": "{0}", "all": [{{"table": "{0}", "column": "{1}", "op": "not_null"}}]}}'
OPEN = GRAIN.format("opportunity", "stage")
CALLS = GRAIN.format("activity", "kind")
WHOLE = Content(
    kind=PriorityKind.PRODUCT,
    name="Sell the new line",
    owner_id="mona",
    why="Margins",
    scope=OPEN,
    eligibility=OPEN,
    behaviour=OPEN,
    result_measure=ResultMeasure.BOOKINGS,
    result_baseline=1.0,
    result_target=2.0,
    result_due_on=date(2026, 12, 31),
    stop_text="The old line",
    audience="All sellers",
    launched_on=date(2026, 1, 10),
    targets=(Target(link=Link.TOLD, measure="share", from_days=0, target_share=0.9),),
)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def declare(by: str = "eve", content: Content = WHOLE) -> str:
    made = strategy.declare(
        viewer=cast.viewer(by), at=cast.NOW, priority=content, declared_on=date(2026, 1, 1)
    )
    return made.priority_id


def change(by: str, number: str, content: Content = WHOLE, *, seen: int = 1) -> None:
    strategy.change(
        viewer=cast.viewer(by),
        at=cast.NOW,
        priority_id=number,
        seen_version=seen,
        priority=content,
    )


def test_what_was_declared_is_read_back_whole() -> None:
    found = declared.one(cast.viewer("sam"), priority_id=declare())
    assert (found.content, found.version, found.missing) == (WHOLE, 1, ())
    assert (found.owner, found.declared_on) == ("Mona", date(2026, 1, 1))


def test_missing_parts_are_named_with_their_reason() -> None:
    number = declare(content=Content(kind=PriorityKind.OTHER, name="Grow"))
    found = declared.one(cast.viewer("eve"), priority_id=number)
    codes = [each.code for each in found.missing]
    assert codes == ["owner", "why", "scope", "behaviour", "result", "stop", "audience"]
    assert all(each.why for each in found.missing)


@pytest.mark.parametrize("who", ["sam", "opal"])
def test_neither_sellers_nor_operations_declare(who: str) -> None:
    with pytest.raises(NotAllowedError):
        declare(who)
    assert not Priority.objects.exists()


def test_a_change_is_a_new_version_and_the_former_stays() -> None:
    number = declare()
    change("mona", number, replace(WHOLE, why="Customers ask for it"))
    found = declared.one(cast.viewer("eve"), priority_id=number)
    assert (found.version, found.content.why) == (2, "Customers ask for it")
    assert [(each.number, each.by) for each in found.versions] == [(2, "Mona"), (1, "Eve")]
    assert PriorityVersion.objects.get(number=1).content["why"] == "Margins"


def test_two_who_change_the_same_version_do_not_overwrite_each_other() -> None:
    number = declare()
    change("eve", number)
    with pytest.raises(StaleVersionError):
        change("mona", number)


@pytest.mark.parametrize(
    ("who", "may"), [("eve", True), ("mona", True), ("olaf", False), ("max", False)]
)
def test_executives_and_its_owner_change_a_priority(who: str, *, may: bool) -> None:
    number = declare()
    assert declared.one(cast.viewer(who), priority_id=number).may_change is may
    if may:
        change(who, number)
    else:
        with pytest.raises(NotAllowedError):
            change(who, number)


def test_a_manager_changes_what_they_declared_for_another() -> None:
    number = declare("max", replace(WHOLE, owner_id="eve"))
    change("max", number)
    assert Priority.objects.get(id=number).version == 2


def test_what_has_ended_is_changed_no_more() -> None:
    number = declare()
    ended = {"viewer": cast.viewer("eve"), "at": cast.NOW, "priority_id": number}
    with pytest.raises(EndError):
        strategy.end(seen_version=1, ended_on=date(2025, 12, 31), **ended)
    strategy.end(seen_version=1, ended_on=TODAY, **ended)
    with pytest.raises(EndedError):
        change("eve", number)
    assert declared.priorities(cast.viewer("eve"), today=TODAY) == ()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (replace(WHOLE, name=" "), DeclaredTextError),
        (replace(WHOLE, why="x" * 2001), DeclaredTextError),
        (replace(WHOLE, owner_id="nobody"), OwnerError),
        (replace(WHOLE, scope="{}"), PredicateError),
        (replace(WHOLE, behaviour=CALLS), GrainError),
        (replace(WHOLE, grace_days=-1), DeclaredNumberError),
        (replace(WHOLE, grace_days=731), DeclaredNumberError),
        *(
            (
                replace(WHOLE, targets=(Target(link=Link.TOLD, measure="share", **wrong),)),
                DeclaredNumberError,
            )
            for wrong in (
                {"from_days": 731, "target_share": 0.5},
                {"from_days": 0, "target_share": 5.0},
                {"from_days": 0, "target_share": float("nan")},
            )
        ),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(content: Content, error: type) -> None:
    with pytest.raises(error):
        declare(content=content)
    assert not Priority.objects.exists()


def test_everybody_who_sees_results_sees_priorities_and_operations_see_none() -> None:
    number = declare()
    for who in ("eve", "olaf", "stan"):
        listed = declared.priorities(cast.viewer(who), today=TODAY)
        assert [(each.priority_id, each.lacks) for each in listed] == [(number, "")]
    opal = cast.viewer("opal")
    assert declared.priorities(opal, today=TODAY) == ()
    with pytest.raises(NotSeenError):
        declared.one(opal, priority_id=number)
    assert (declared.columns(opal), declared.columns(cast.viewer("sam"))) == ((), ())


def test_more_priorities_than_people_can_name_are_said_to_be_many() -> None:
    for number in range(4):
        declare(content=replace(WHOLE, name=f"Priority {number}"))
        lines = declared.priorities(cast.viewer("eve"), today=TODAY)
        assert bool(declared.too_many(lines)) is (number == 3)
    assert direction.page(cast.viewer("eve"), today=TODAY).too_many
    assert not direction.page(cast.viewer("sam"), today=TODAY).too_many


def test_leaving_the_sample_takes_what_was_declared_on_it_too() -> None:
    source = Source.objects.create(name="sample", added_at=cast.NOW)
    Load.objects.create(source=source, upload="u", asked_at=cast.NOW, is_sample=True)
    declare()
    write_plan("eve", seen=0)
    # Nobody can have an account as a person of the sample.
    Account.objects.update(person=None, is_operations=True, is_manager=False, is_seller=False)
    sample.clear(viewer=SYSTEM, at=cast.NOW)
    left = [model.objects.count() for model in (Priority, PriorityVersion, PlanVersion)]
    assert left == [0, 0, 0]


def write_plan(by: str, *, seen: int, name: str = "2026") -> int:
    plan = Plan(name=name, owner_id="eve", direction="Where customers stay")
    done = strategy.write_plan(viewer=cast.viewer(by), at=cast.NOW, seen_version=seen, plan=plan)
    return done.number


def test_executives_write_the_plan_and_each_time_is_a_version() -> None:
    assert [write_plan("eve", seen=0), write_plan("eve", seen=1, name="2027")] == [1, 2]
    with pytest.raises(StaleVersionError):
        write_plan("eve", seen=1)
    with pytest.raises(NotAllowedError):
        write_plan("mona", seen=2)
