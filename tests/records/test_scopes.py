"""Who sees whom."""

from datetime import date

import pytest
from tests import cast

from headway.records import scopes
from headway.records.models import OpportunityRow, ReportingLine
from headway.terms.scope import Scope, parse
from headway.terms.viewer import SYSTEM, Role, Viewer

pytestmark = pytest.mark.django_db

EVERYBODY = set(cast.LINES)
SEES = {
    "eve": EVERYBODY,
    "mona": {"mona", "max", "sam", "sue"},
    "olaf": {"olaf", "stan"},
    "max": {"max", "sam", "sue"},
    "sam": {"sam"},
    "opal": set(),
}


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.mark.parametrize(("name", "seen"), SEES.items())
def test_people_are_seen_along_the_reporting_line(name: str, seen: set[str]) -> None:
    found = scopes.visible_people(cast.viewer(name)).values_list("id", flat=True)
    assert set(found) == seen


@pytest.mark.parametrize(("name", "seen"), SEES.items())
def test_opportunities_follow_their_owner(name: str, seen: set[str]) -> None:
    found = scopes.visible_opportunities(cast.viewer(name)).values_list("owner_id", flat=True)
    # What nobody owns is seen by those who see everybody.
    assert set(found) == (seen | {None} if name == "eve" else seen)


def test_the_system_sees_everything() -> None:
    assert scopes.visible_opportunities(SYSTEM).count() == len(EVERYBODY) + 1


def test_a_manager_without_a_person_sees_nobody() -> None:
    nobody = Viewer(person_id=None, account_id=None, roles=frozenset({Role.MANAGER}))
    assert list(scopes.visible_people(nobody)) == []


def test_a_moved_person_is_seen_by_the_new_line_at_once() -> None:
    line = ReportingLine.objects.filter(person_id="sue", valid_to=None)
    line.update(valid_to=date(2026, 6, 1))
    ReportingLine.objects.create(
        person_id="sue", manager_id="olaf", role="seller", valid_from=date(2026, 6, 1)
    )
    seen = [
        set(scopes.visible_people(cast.viewer(name)).values_list("id", flat=True))
        for name in ("mona", "olaf")
    ]
    assert seen == [{"mona", "max", "sam"}, {"olaf", "stan", "sue"}]


def test_a_circle_of_lines_ends() -> None:
    ReportingLine.objects.filter(person_id="mona").update(manager_id="sam")
    found = scopes.visible_people(cast.viewer("mona")).values_list("id", flat=True)
    assert set(found) == {"mona", "max", "sam", "sue"}


SCOPES = {
    "organisation": {"eve"},
    "organisation,region=North": {"eve"},
    "seller@mona": {"eve", "mona"},
    "seller@max": {"eve", "mona", "max"},
    "seller@max,region=North": {"eve", "mona", "max"},
    "seller@olaf": {"eve", "olaf"},
    "seller@sam": {"eve", "mona", "max"},
    "person@sam": {"eve", "mona", "max", "sam"},
    "person@stan": {"eve", "olaf", "stan"},
    "person@nobody": {"eve"},
}


@pytest.mark.parametrize(("code", "who"), SCOPES.items())
def test_a_scope_is_seen_by_those_who_see_its_people(code: str, who: set[str]) -> None:
    scope = parse(code)
    assert {name for name in cast.ROLES if scopes.may_see_scope(cast.viewer(name), scope)} == who


def test_answers_and_objections_are_filtered_by_the_same_rule() -> None:
    cast.publication()
    for name in cast.ROLES:
        viewer = cast.viewer(name)
        listed = set(scopes.visible_answers(viewer).values_list("scope", flat=True))
        everything = set(scopes.visible_answers(SYSTEM).values_list("scope", flat=True))
        expected = {code for code in everything if scopes.may_see_scope(viewer, parse(code))}
        assert (name, listed) == (name, expected)


def test_a_slice_keeps_what_matches_and_a_hidden_scope_keeps_nothing() -> None:
    max_ = cast.viewer("max")
    north = Scope(people_of="max", where=(("region", "North"),))
    south = Scope(people_of="max", where=(("region", "South"),))
    hidden = Scope(people_of="olaf")
    counts = [scopes.in_scope(max_, scope).count() for scope in (north, south, hidden)]
    # Sam and Sue have one each; Max's own is not his people's.
    assert counts == [2, 0, 0]


def test_a_dimension_from_an_address_is_never_a_lookup() -> None:
    odd = Scope(where=(("region__contains", "o"), ("x' OR '1'='1", "y")))
    assert list(scopes.in_scope(SYSTEM, odd)) == []


def test_a_person_scope_is_one_person() -> None:
    found = scopes.in_scope(cast.viewer("max"), Scope(person="sam"))
    assert list(found.values_list("id", flat=True)) == ["o-sam-0"]


def test_deleting_a_person_leaves_the_opportunity_without_owner() -> None:
    ReportingLine.objects.filter(person_id="stan").delete()
    cast.Account.objects.filter(person_id="stan").delete()
    cast.Person.objects.get(id="stan").delete()
    assert OpportunityRow.objects.get(id="o-stan-0").owner_id is None
