"""Of groups that lie within each other no difference is told that is of one to four people."""

import pytest
from tests import cast
from tests.queries.coaching.test_published import ALL, NOTHING, OPEN, codes, measure, publish

from headway.queries.coaching import published

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
