"""Coached regularly and staying, in words: for those who lead the group, and never a cause."""

from dataclasses import replace

import pytest
from tests import cast

from headway.actions import coached
from headway.queries.coaching import published, reach
from headway.queries.coaching.staying import StaySeen
from headway.terms.staying import Lack, Stay, StayGate, StaySide, StayVerdict
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

TOLD = Stay(
    scope="seller@mona",
    verdict=StayVerdict.STAY_MORE,
    quarters=6,
    leavers=21,
    estimate=0.034,
    low=0.008,
    high=0.06,
    coached=StaySide(people=64, rate=0.972),
    others=StaySide(people=71, rate=0.941),
    has_tenure=True,
    has_results=True,
)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def publish(*stays: Stay) -> None:
    coached.keep(StrategyFindings(stays=stays), publication_id=cast.publication().pk, at=cast.NOW)


def seen(name: str, *, head: str | None = None) -> tuple[StaySeen, ...]:
    return reach.page(cast.viewer(name), at=cast.NOW, head=head).stays


def test_those_who_lead_the_group_see_it_and_nobody_else() -> None:
    publish(TOLD)
    may = {
        name
        for name in ("eve", "mona", "olaf", "max", "sam", "sue", "stan", "opal")
        if published.stays(cast.viewer(name), heads={"mona"})
    }
    assert may == {"eve", "mona"}
    assert published.stays(SYSTEM, heads={"mona"}) == (TOLD,)
    assert seen("mona") != ()
    assert seen("max") == ()
    assert seen("sam") == ()


def test_two_groups_that_differ_by_fewer_than_five_people_of_a_side_are_not_both_told() -> None:
    inside = replace(TOLD, scope="seller@max", coached=StaySide(people=63, rate=0.97))
    publish(TOLD, inside)
    assert published.stays(cast.viewer("mona"), heads={"mona", "max"}) == (TOLD,)
    assert published.stays(cast.viewer("eve"), heads={"max"}) == ()
    assert published.stays(cast.viewer("max"), heads={"max"}) == (inside,)


def test_it_goes_together_with_staying_and_its_range_and_limits_stand_beside() -> None:
    publish(TOLD)
    [one] = seen("mona")
    assert one.verdict == "Regular coaching goes together with staying"
    assert one.figures == (
        "97% of those coached regularly stayed through a quarter (64 people), and 94% of the "
        "others (71 people). Beside others who are alike: +3.4 points (range +0.8 points to +6 "
        "points), over 6 quarters in which 21 people left."
    )
    assert one.missing == ""
    assert "as long in the job" in one.alike
    assert "nothing here shows a cause" in one.limits
    assert "let go" in one.limits
    whole = f"{one.verdict} {one.figures} {one.alike} {one.how} {one.limits}"
    assert not any(word in whole for word in ("because of coaching", "thanks to", "keeps people"))


def test_what_is_missing_is_said_with_its_counts() -> None:
    lacks = (
        Lack(gate=StayGate.MANAGERS_OTHERS, seen=4, needed=6),
        Lack(gate=StayGate.LEAVERS, seen=2, needed=5),
    )
    publish(Stay(scope="seller@mona", verdict=StayVerdict.NOT_ENOUGH, lacks=lacks))
    [one] = seen("mona")
    assert one.missing == (
        "Too few so far, of those who can be compared: managers with people not coached regularly "
        "(4 of 6); people who left (2 of 5)."
    )
    assert (one.figures, one.alike) == ("", "")


def test_without_quarters_to_look_at_the_page_says_what_it_takes() -> None:
    none = Lack(gate=StayGate.QUARTERS, seen=0, needed=1)
    publish(Stay(scope="seller@mona", verdict=StayVerdict.NOT_ENOUGH, lacks=(none,)))
    assert seen("mona")[0].missing.startswith("It takes a whole quarter of logged sessions")
