"""The published line of sight: whom it is shown to, and what a leader sees before others do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.worked_line import CHAIN, measured, state

from headway.actions import line as changes
from headway.actions.action import NotAllowedError
from headway.actions.line import keep
from headway.queries.access import NotSeenError
from headway.queries.strategy import published
from headway.queries.strategy.page import SightPage
from headway.queries.strategy.published import Asked, Nothing
from headway.records.models import LeaderFinding, PublishedChain
from headway.terms.belief import BeliefGap, BeliefVerdict
from headway.terms.line import Chain, Link, LinkReason, LinkVerdict
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict
from headway.terms.strategy import StrategyFindings

pytestmark = pytest.mark.django_db

HEADS = ("eve", "mona", "max", "olaf")
AT_LED = list(Link).index(Link.LED)


def chain(head: str, *, priority: str = "p1", name: str = "Sell the new line") -> Chain:
    links = list(CHAIN.links)
    links[AT_LED] = measured(Link.LED, 0, 5, LinkVerdict.BROKEN)
    whose = {"group": f"seller@{head}", "people": 9, "owner": "eve"}
    return replace(CHAIN, priority=priority, name=name, links=tuple(links), **whose)


def without_leader(whole: Chain) -> Chain:
    links = list(whole.links)
    links[AT_LED] = state(Link.LED)
    return replace(whole, links=tuple(links))


def publish(*chains: Chain, gaps: tuple[BeliefGap, ...] = (), **more: object) -> None:
    found = StrategyFindings(
        chains=chains,
        chains_for_others=tuple(without_leader(each) for each in chains),
        belief_gaps=gaps,
        **more,
    )
    keep(found, publication_id=cast.publication().pk, at=cast.NOW)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def lines() -> None:
    publish(*(chain(head) for head in HEADS))


def seen(name: str, at=cast.NOW, **asked: object) -> SightPage:
    found = published.line_of_sight(cast.viewer(name), asked=Asked(**asked), at=at)
    assert isinstance(found, SightPage)
    return found


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("eve", {"eve", "mona", "max", "olaf"}),
        ("mona", {"eve", "mona", "max"}),
        ("max", {"eve", "mona", "max"}),
        ("sam", {"eve", "mona", "max"}),
        ("olaf", {"eve", "olaf"}),
        ("stan", {"eve", "olaf"}),
    ],
)
def test_everybody_sees_the_groups_they_lead_or_are_part_of(name: str, heads: set[str]) -> None:
    for head in heads:
        assert seen(name, head=head).head == head
    for head in set(HEADS) - heads:
        with pytest.raises(NotSeenError):
            seen(name, head=head)


@pytest.mark.usefixtures("lines")
def test_the_leaders_above_and_directly_below_are_one_step_away() -> None:
    assert {each.code for each in seen("eve").heads} == {"eve", "mona", "olaf"}
    assert {each.code for each in seen("eve", head="mona").heads} == {"eve", "mona", "max"}
    assert {each.code for each in seen("olaf").heads} == {"eve", "olaf"}


@pytest.mark.usefixtures("lines")
def test_operations_see_no_line() -> None:
    with pytest.raises(NotSeenError):
        published.line_of_sight(cast.viewer("opal"), asked=Asked(head="eve"), at=cast.NOW)


@pytest.mark.usefixtures("lines")
@pytest.mark.parametrize(("name", "head"), [("eve", "eve"), ("mona", "mona"), ("sam", "max")])
def test_one_lands_on_ones_own_people_or_team(name: str, head: str) -> None:
    assert seen(name).head == head


def led(page: SightPage) -> LinkVerdict:
    row = page.drawer.row
    return row.at(Link.LED).glyph


@pytest.mark.usefixtures("lines")
def test_a_leader_sees_first_what_was_found_about_them() -> None:
    own = seen("max", head="max", link=Link.LED)
    assert led(own) == "slip"
    assert own.drawer.leader.is_own
    assert own.drawer.leader.until == "Tue 7 Jul 2026"
    for other in ("eve", "mona", "sam"):
        page = seen(other, head="max", link=Link.LED)
        assert led(page) == "open"
        assert page.drawer.leader is None
        assert "0 of 5" not in str(page)


@pytest.mark.usefixtures("lines")
def test_after_five_working_days_others_see_it_too() -> None:
    before = seen("mona", head="max", at=cast.NOW + timedelta(days=6))
    after = seen("mona", head="max", link=Link.LED, at=cast.NOW + timedelta(days=7))
    assert (led(before), led(after)) == ("open", "slip")
    assert not after.drawer.leader.is_own


@pytest.mark.usefixtures("lines")
def test_a_comment_opens_it_and_stands_beside_it() -> None:
    finding = seen("max", head="max", link=Link.LED).drawer.leader.finding
    changes.comment(viewer=cast.viewer("max"), at=cast.NOW, finding=finding, text=" I began. ")
    page = seen("mona", head="max", link=Link.LED)
    assert (led(page), page.drawer.leader.comment) == ("slip", "I began.")


@pytest.mark.usefixtures("lines")
def test_nobody_comments_for_another_leader() -> None:
    finding = LeaderFinding.objects.get(leader="max").finding
    for other in ("eve", "mona", "sam", "opal"):
        with pytest.raises(NotAllowedError):
            changes.comment(viewer=cast.viewer(other), at=cast.NOW, finding=finding, text="Hm")


@pytest.mark.usefixtures("lines")
def test_an_empty_comment_opens_nothing() -> None:
    finding = LeaderFinding.objects.get(leader="max").finding
    with pytest.raises(changes.CommentTextError, match="0 characters"):
        changes.comment(viewer=cast.viewer("max"), at=cast.NOW, finding=finding, text="  ")


def test_published_again_it_opens_no_later() -> None:
    publish(chain("max"))
    found = StrategyFindings(chains=(chain("max"),), chains_for_others=(chain("max"),))
    PublishedChain.objects.all().delete()
    publication = PublishedChain.publication.field.related_model.objects.get()
    keep(found, publication_id=publication.pk, at=cast.NOW + timedelta(days=3))
    assert LeaderFinding.objects.get().first_published_at == cast.NOW


def gap(person: str) -> BeliefGap:
    return BeliefGap(
        person=person,
        priority="p1",
        group="seller@mona",
        link=Link.UNDERSTOOD,
        predicted=0.72,
        measured=0.26,
        gap=0.46,
        low=0.25,
        high=0.6,
        p_blind=0.99,
        verdict=BeliefVerdict.BLIND,
    )


def test_a_belief_is_shown_to_whoever_holds_it_and_to_nobody_else() -> None:
    publish(chain("eve"), chain("mona"), gaps=(gap("mona"),))
    own = seen("mona", head="mona", link=Link.UNDERSTOOD)
    assert own.drawer.reach.believed == 0.72
    assert "Believed 72%." in own.drawer.sentence
    for other in ("eve", "max", "sam"):
        page = seen(other, head="mona", link=Link.UNDERSTOOD)
        assert page.drawer.reach.believed is None
        assert "72%" not in str(page)


def test_a_pattern_is_suggested_with_its_size() -> None:
    pattern = Pattern(
        code=PatternCode.NEW_PRODUCT_OLD_MIX,
        priority="p1",
        place="seller@eve",
        verdict=PatternVerdict.PRESENT,
        subtype="not_tried",
        size=0.31,
        low=0.2,
        high=0.4,
        unit=PatternUnit.SHARE,
    )
    publish(chain("eve"), patterns=(pattern,))
    page = seen("eve")
    assert page.priorities[0].row.note == "Eve. New product, old selling"
    assert "falls 31 points short" in page.drawer.pattern


def test_the_page_says_how_many_break_and_where_first() -> None:
    publish(chain("eve"), chain("eve", priority="p2", name="Win new plants"))
    page = seen("eve")
    assert (page.finding, page.marked) == (
        "All two priorities",
        "break on the way to daily work",
    )
    assert page.lede.startswith("Sell the new line breaks first at Understood: 1 of 8")
    assert page.drawer.reach.link is Link.UNDERSTOOD


def test_the_line_carries_no_more_people_than_its_narrowest_link() -> None:
    publish(chain("eve"))
    row = seen("eve").priorities[0].row
    reached = [row.at(link).reached for link in (Link.DECLARED, Link.TOLD, Link.CONNECTED)]
    assert reached == sorted(reached, reverse=True)
    assert row.at(Link.DECLARED).reached == 9
    # Connected is wider than Understood before it: the line stays as narrow as it was.
    assert row.at(Link.CONNECTED).reached == row.at(Link.UNDERSTOOD).reached


def test_from_the_first_unmeasured_link_on_nobody_knows() -> None:
    whole = chain("eve")
    links = list(whole.links)
    links[list(Link).index(Link.RECALLED)] = state(Link.RECALLED)
    publish(replace(whole, links=tuple(links)))
    row = seen("eve").priorities[0].row
    assert row.at(Link.TOLD).reached is not None
    assert row.at(Link.UNDERSTOOD).reached is None


def test_a_link_that_could_give_a_person_away_is_not_shown() -> None:
    whole = chain("eve")
    links = list(whole.links)
    hidden = state(Link.RECALLED, verdict=LinkVerdict.BLOCKED, reason=LinkReason.ANONYMITY)
    links[list(Link).index(Link.RECALLED)] = hidden
    publish(replace(whole, links=tuple(links)))
    reach = seen("eve", link=Link.RECALLED).drawer.reach
    assert (reach.share, reach.glyph) == (None, "dash")


def test_without_a_priority_there_is_nothing_to_show() -> None:
    found = published.line_of_sight(cast.viewer("eve"), asked=Asked(), at=cast.NOW)
    assert found == Nothing(has_data=False)
    cast.publication()
    found = published.line_of_sight(cast.viewer("eve"), asked=Asked(), at=cast.NOW)
    assert found == Nothing(has_data=True)


@pytest.mark.usefixtures("lines")
def test_what_is_not_there_is_not_seen() -> None:
    for asked in ({"priority": "p9"}, {"team": "nobody"}, {"role": "manager"}, {"head": "nobody"}):
        with pytest.raises(NotSeenError):
            seen("eve", **asked)


@pytest.mark.parametrize("count", [1, 10])
def test_the_page_costs_the_same_statements_however_much_there_is(count: int) -> None:
    publish(*(chain(head, priority=f"p{n}") for n in range(count) for head in HEADS))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        published.line_of_sight(cast.viewer("mona"), asked=Asked(), at=cast.NOW)
    # One of them is the cast's own look for the account.
    assert len(asked) <= 15
