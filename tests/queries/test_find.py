"""Finding by name: what one may see and nothing else, however letters are written."""

from datetime import date

import pytest
from tests import cast

from headway.queries import find
from headway.queries.access import NotSeenError
from headway.records.models import AccountRow, OpportunityRow, Person

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 30)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()
    Person.objects.filter(id="sam").update(name="Sámuel Müller")
    Person.objects.filter(id="stan").update(name="Stan Muller")
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
