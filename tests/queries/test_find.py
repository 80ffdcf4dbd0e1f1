"""Finding by name: what one may see and nothing else, however letters are written."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast

from headway.queries import find
from headway.queries.access import NotSeenError
from headway.records.models import AccountRow, OpportunityRow, Person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()
    for person, name in (("sam", "Sámuel Müller"), ("stan", "Stan Muller")):
        found = Person.objects.get(id=person)
        found.name = name
        found.save()
    AccountRow.objects.create(id="far", name="Mühlen AG")
    opportunity = cast.opportunity(owner="stan", number=7)
    opportunity.name, opportunity.account_id = "Muller pump", "far"
    opportunity.save()


def names(viewer: str, text: str) -> set[tuple[str, str]]:
    found = find.found(cast.viewer(viewer), text=text, today=TODAY)
    return {(each.kind, each.name) for each in found}


@pytest.mark.parametrize("text", ["muller", "MÜLLER", "samuel mull", "müll sám"])
def test_accents_case_and_order_do_not_matter(text: str) -> None:
    assert ("person", "Sámuel Müller") in names("eve", text)


def test_everybody_finds_what_they_may_see_and_nothing_else() -> None:
    all_of_it = {
        ("person", "Sámuel Müller"),
        ("person", "Stan Muller"),
        ("opportunity", "Muller pump"),
    }
    assert names("eve", "muller") == all_of_it
    assert names("max", "muller") == {("person", "Sámuel Müller")}
    assert names("sue", "muller") == set()
    assert names("opal", "muller") == set()
    assert names("olaf", "mühlen") == {("account", "Mühlen AG")}
    assert names("mona", "mühlen") == set()


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "'", "a" * 500, "\0"])
def test_what_is_no_name_finds_nothing_and_breaks_nothing(text: str) -> None:
    assert names("eve", text) == set()


def test_one_opportunity_and_one_account_open_to_those_who_see_them() -> None:
    number = OpportunityRow.objects.get(name="Muller pump").id
    seen = find.opportunity(cast.viewer("olaf"), opportunity_id=number)
    assert (seen.name, seen.account, seen.owner) == ("Muller pump", "Mühlen AG", "Stan Muller")
    (line,) = find.account(cast.viewer("olaf"), account_id="far").opportunities
    assert line == seen
    for name in ("mona", "sue", "opal"):
        with pytest.raises(NotSeenError):
            find.opportunity(cast.viewer(name), opportunity_id=number)
        with pytest.raises(NotSeenError):
            find.account(cast.viewer(name), account_id="far")


def test_an_account_shows_only_the_opportunities_one_may_see() -> None:
    shown = {
        name: len(find.account(cast.viewer(name), account_id="acme").opportunities)
        for name in ("eve", "max", "sam")
    }
    assert shown == {"eve": 8, "max": 3, "sam": 1}


def test_names_that_begin_as_typed_stand_first() -> None:
    rows = ("An Old Zoe", "Zoltan", "Zoë Abt", "Zoe", "Azoe")
    AccountRow.objects.bulk_create(AccountRow(id=name, name=name) for name in rows)
    found = find.found(cast.viewer("eve"), text="zoe", today=TODAY)
    assert [each.name for each in found] == ["Zoe", "Zoë Abt", "An Old Zoe", "Azoe"]


def test_a_name_of_letters_that_often_carry_accents_is_found_among_many() -> None:
    Person.objects.bulk_create(Person(id=f"p{n}", name=f"Aaaaa {n:04}") for n in range(900))
    Person.objects.create(id="zoe", name="Zoé")
    assert names("eve", "zoe") == {("person", "Zoé")}


def test_as_many_statements_for_many_rows_as_for_few() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            find.found(cast.viewer("max"), text="deal", today=TODAY)
        return len(asked)

    OpportunityRow.objects.bulk_create(cast.opportunity(owner="sam", number=n) for n in range(1, 9))
    few = statements()
    OpportunityRow.objects.bulk_create(
        cast.opportunity(owner="sam", number=n) for n in range(10, 50)
    )
    assert statements() == few


def test_names_that_came_before_are_looked_for_once_they_are_written_again() -> None:
    row = AccountRow.objects.create(id="later", name="Ångström")
    assert AccountRow.objects.filter(folded_name__begins="angs").get() == row
    row.name = "Éclair 100%"
    row.save()
    assert not AccountRow.objects.filter(folded_name__begins="angs").exists()
    assert AccountRow.objects.filter(folded_name__begins="eclair 100%").get() == row
    assert not AccountRow.objects.filter(folded_name__begins="eclair %").exists()


def test_a_very_long_name_is_kept_and_found_by_how_it_begins() -> None:
    AccountRow.objects.create(id="long", name="Zürich " * 900)
    assert {kind for kind, _name in names("eve", "zurich zurich")} == {"account"}
