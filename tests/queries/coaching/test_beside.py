"""Of groups that lie within each other no difference is told that is of one to four people."""

from dataclasses import replace

import pytest
from tests import cast
from tests.queries.coaching.test_published import (
    ALL,
    NOTHING,
    OPEN,
    coaching,
    codes,
    measure,
    publish,
)

from headway.actions import coached
from headway.queries.access import NotSeenError
from headway.queries.coaching import published
from headway.queries.strategy import published as line
from headway.queries.strategy.published import Asked
from headway.records.models import Publication
from headway.terms.group import head_of
from headway.terms.line import Chain
from headway.terms.strategy import StrategyFindings
from queries.strategy.test_published import chain
from queries.strategy.test_published import publish as publish_lines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def test_two_groups_that_differ_by_fewer_than_five_people_are_not_both_told() -> None:
    # Of Mona's eleven with a promise nine are Max's: both would tell of the two outside.
    publish(
        measures=(
            measure("kept_on_time", "mona", people=11),
            measure("kept_on_time", "max", people=9),
            measure("silent_miss", "mona", people=14),
            measure("silent_miss", "max", people=9),
        )
    )
    of_mona = {("kept_on_time", "seller@mona"), ("silent_miss", "seller@mona")}
    apart = ("silent_miss", "seller@max")
    assert {name: codes(name) for name in ALL} == {
        **NOTHING,
        **dict.fromkeys(("mona", "eve"), of_mona | {apart}),
        "max": {("kept_on_time", "seller@max"), apart},
    }
    # Nor in two looks.
    told = published.measures(cast.viewer("mona"), at=OPEN, heads={"max"})
    assert {(each.code, each.group) for each in told} == {apart}


def of_people(**people: int) -> tuple[Chain, ...]:
    return tuple(replace(chain(head), people=count) for head, count in people.items())


def groups(name: str) -> set[str]:
    found = line.findings(cast.viewer(name), at=OPEN)
    return {head_of(each.group) for each in found.chains}


def test_whoever_is_part_of_two_groups_is_not_told_of_both_where_few_are_in_one_alone() -> None:
    # Two of Mona's eight are not Max's: Sam and Max would know of these two what each does.
    publish_lines(*of_people(eve=20, mona=8, max=6, olaf=12))
    assert {name: groups(name) for name in ALL - {"opal"}} == {
        "eve": {"eve", "mona", "max", "olaf"},
        "mona": {"eve", "mona", "max"},
        "max": {"eve", "max"},
        "sam": {"eve", "max"},
        "sue": {"eve", "max"},
        "olaf": {"eve", "olaf"},
        "stan": {"eve", "olaf"},
    }
    for asked in (Asked(head="mona"), Asked(head="max", team="mona")):
        with pytest.raises(NotSeenError):
            line.line_of_sight(cast.viewer("sam"), asked=asked, at=OPEN)


def test_nor_how_many_of_both_were_coached() -> None:
    publish_lines(*of_people(eve=20, mona=8, max=6))
    own = tuple(coaching(f"seller@{head}") for head in ("eve", "mona", "max"))
    found = StrategyFindings(coaching=own, coaching_for_others=own)
    coached.keep(found, publication_id=Publication.objects.get().pk, at=cast.NOW)
    told = {
        name: {
            head_of(each.coaching.scope) for each in published.coaching(cast.viewer(name), at=OPEN)
        }
        for name in ("mona", "max", "sam")
    }
    assert told == {"mona": {"eve", "mona", "max"}, "max": {"eve", "max"}, "sam": {"eve", "max"}}
