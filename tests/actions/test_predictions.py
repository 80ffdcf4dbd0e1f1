"""Predictions: asked of leaders about their own people, sealed, shared with those they choose."""

import re

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import predictions
from headway.actions.action import NotAllowedError
from headway.actions.predictions import Believed, SealedError, ShareError
from headway.queries.strategy import predicting, published
from headway.queries.strategy.published import Asked
from headway.records.models import (
    AuditEntry,
    Prediction,
    Publication,
    PublishedGap,
    ReportingLine,
)
from headway.terms.belief import Sharing
from headway.terms.line import Link
from queries.strategy.test_published import chain, publish

pytestmark = pytest.mark.django_db

URL = "/line-of-sight/"


@pytest.fixture(autouse=True)
def lines() -> None:
    cast.enter()
    publish(*(chain(head, priority=each) for head in ("eve", "max") for each in ("p1", "p2")))


def seal(
    name: str = "max",
    share: float = 0.7,
    *,
    group: str = "seller@max",
    at=cast.NOW,
    shared_with: Sharing = Sharing.NOBODY,
) -> None:
    predictions.seal(
        viewer=cast.viewer(name),
        at=at,
        priority="p1",
        group=group,
        believed={Link.CONNECTED: Believed(share=share, low=share - 0.1, high=share + 0.1)},
        shared_with=shared_with,
    )


def test_a_leader_is_asked_about_each_priority_among_their_own_people() -> None:
    asked = predicting.waiting(cast.viewer("max"), at=cast.NOW)
    assert [(each.priority, each.group, each.people) for each in asked] == [
        ("p1", "seller@max", 9),
        ("p2", "seller@max", 9),
    ]
    # mona's own people have no line here, sam leads nobody.
    assert predicting.waiting(cast.viewer("mona"), at=cast.NOW) == ()
    assert predicting.waiting(cast.viewer("sam"), at=cast.NOW) == ()


def test_what_is_sealed_stays_until_the_next_quarter() -> None:
    seal()
    with pytest.raises(SealedError, match="next quarter"):
        seal(share=0.2)
    later = cast.NOW.replace(month=7, day=1)
    assert len(predicting.waiting(cast.viewer("max"), at=later)) == 2
    seal(share=0.2, at=later)


def test_a_published_gap_to_what_was_sealed_here_does_not_end_the_asking() -> None:
    seal()
    current = Publication.objects.get(is_current=True)
    whose = {"publication": current, "person": "max", "group": "seller@max", "gap": {}}
    # p1 was sealed here last quarter; a belief about p2 came with a load.
    PublishedGap.objects.create(priority="p1", **whose)
    PublishedGap.objects.create(priority="p2", **whose)
    later = cast.NOW.replace(month=7, day=1)
    asked = predicting.waiting(cast.viewer("max"), at=later)
    assert [each.priority for each in asked] == ["p1"]


def test_skipping_is_an_answer() -> None:
    viewer = cast.viewer("max")
    predictions.seal(viewer=viewer, at=cast.NOW, priority="p1", group="seller@max", believed={})
    assert [each.priority for each in predicting.waiting(viewer, at=cast.NOW)] == ["p2"]
    assert believed_of_max("max") == (None, "")


@pytest.mark.parametrize("name", ["eve", "mona", "sam", "olaf", "opal"])
def test_nobody_predicts_for_another_leader(name: str) -> None:
    with pytest.raises(NotAllowedError):
        seal(name)


@pytest.mark.parametrize("share", [-0.1, 1.2, 0.95])
def test_a_share_lies_within_its_range_and_both_within_0_and_1(share: float) -> None:
    with pytest.raises(ShareError, match="connected"):
        seal(share=share)


def believed_of_max(name: str) -> tuple[float | None, str]:
    """What is drawn of Max' people for somebody, and whose it is."""
    asked = Asked(head="max", priority="p1", link=Link.CONNECTED)
    found = published.line_of_sight(cast.viewer(name), asked=asked, at=cast.NOW)
    row = found.priorities[0].row
    assert ("37%" in str(found)) == (row.at(Link.CONNECTED).believed is not None)
    return row.at(Link.CONNECTED).believed, row.believer


def test_nobody_reads_anothers_prediction_not_even_in_the_audit() -> None:
    seal(share=0.37)
    assert believed_of_max("max") == (0.37, "")
    for name in ("eve", "mona", "sam"):
        assert believed_of_max(name) == (None, "")
    assert "0.37" not in str(list(AuditEntry.objects.values("code", "subject")))


@pytest.mark.parametrize(
    ("shared_with", "who"),
    [
        (Sharing.NOBODY, set()),
        # The reporting line leads to them; to see everybody opens nothing.
        (Sharing.LEADERS, {"eve", "mona"}),
        (Sharing.TEAM, {"sam", "sue"}),
    ],
)
def test_what_was_shared_is_seen_by_those_it_was_shared_with_and_by_nobody_else(
    shared_with: Sharing, who: set[str]
) -> None:
    seal(share=0.37, shared_with=shared_with)
    for name in ("eve", "mona", "sam", "sue"):
        assert believed_of_max(name) == ((0.37, "Max") if name in who else (None, "")), name
    assert believed_of_max("max") == (0.37, "")


def test_an_executive_outside_of_the_line_sees_nothing_that_was_shared_with_the_line() -> None:
    seal(share=0.37, shared_with=Sharing.LEADERS)
    ReportingLine.objects.filter(person_id="mona").update(manager_id=None)
    assert believed_of_max("mona") == (0.37, "Max")
    assert believed_of_max("eve") == (None, "")


def test_what_is_sealed_later_and_not_shared_hides_what_was_shared() -> None:
    seal(share=0.5, shared_with=Sharing.LEADERS)
    seal(share=0.37, at=cast.NOW.replace(month=7, day=1))
    assert believed_of_max("max") == (0.37, "")
    assert believed_of_max("mona") == (None, "")


def test_ones_own_stands_before_what_another_shared() -> None:
    seal("eve", share=0.9, group="seller@eve")
    seal(share=0.37, shared_with=Sharing.LEADERS)
    found = published.line_of_sight(
        cast.viewer("eve"), asked=Asked(head="eve", priority="p1"), at=cast.NOW
    )
    assert found.priorities[0].row.at(Link.CONNECTED).believed == 0.9
    assert found.belief == "what you believe"


def test_the_page_and_the_print_draw_what_was_shared_and_name_whose_it_is() -> None:
    seal(share=0.37, shared_with=Sharing.TEAM, at=timezone.now())
    for place in ("", "brief/"):
        address = f"{URL}{place}?head=max&priority=p1&link=connected"
        shown = signed_in("sam").get(address).content.decode()
        assert "Max believed 37%." in shown
        assert "what Max believes" in shown
        assert 'class="ghost"' in shown
    hidden = signed_in("mona").get(f"{URL}?head=max&priority=p1&link=connected").content.decode()
    assert "believed 37%" not in hidden.lower()
    assert "what Max believes" not in hidden
    assert 'class="ghost"' not in hidden


def test_on_the_page_nothing_is_shared_unless_it_is_chosen() -> None:
    client = signed_in("max")
    asked = client.get(f"{URL}predict/").content.decode()
    assert re.search(r'value="nobody"[^>]* checked', asked)
    first = {"priority": "p1", "group": "seller@max", "connected": "37", "width": "10"}
    client.post(f"{URL}predict/", first)
    second = {**first, "priority": "p2", "shared_with": "team"}
    client.post(f"{URL}predict/", second)
    kept = dict(Prediction.objects.values_list("priority", "shared_with"))
    assert kept == {"p1": "nobody", "p2": "team"}


def test_the_measure_is_shown_after_sealing_or_skipping_and_not_before() -> None:
    client = signed_in("max")
    for place in ("", "brief/", "link/?link=connected"):
        assert client.get(f"{URL}{place}").headers["Location"] == f"{URL}predict/"
    page = client.get(f"{URL}predict/").content.decode()
    assert "Before you look" in page
    assert "7 of 9" not in page
    first = {"priority": "p1", "group": "seller@max", "connected": "37", "width": "10"}
    assert client.post(f"{URL}predict/", first).headers["Location"] == f"{URL}predict/"
    second = {"priority": "p2", "group": "seller@max", "skip": "1"}
    assert client.post(f"{URL}predict/", second).headers["Location"].startswith(f"{URL}?")
    shown = client.get(f"{URL}?head=max&priority=p1&link=connected").content.decode()
    assert "Believed 37%." in shown
    kept = Prediction.objects.get(priority="p1")
    assert (kept.low, kept.high) == (0.27, 0.47)


def test_an_empty_or_impossible_answer_is_asked_again() -> None:
    client = signed_in("max")
    for wrong in ({}, {"told": "101"}, {"told": "many"}):
        said = {"priority": "p1", "group": "seller@max", "width": "10", **wrong}
        assert client.post(f"{URL}predict/", said).status_code == 422
    assert not Prediction.objects.exists()


def test_an_old_page_seals_nothing_twice() -> None:
    seal(at=timezone.now())
    said = {"priority": "p1", "group": "seller@max", "told": "50", "width": "10"}
    answer = signed_in("max").post(f"{URL}predict/", said)
    assert answer.headers["Location"] == f"{URL}predict/"
    assert Prediction.objects.count() == 1


def test_whoever_leads_nobody_looks_at_once() -> None:
    assert signed_in("sam").get(URL).status_code == 200
