"""Predictions: asked of leaders about their own people, sealed, and read by nobody else."""

import pytest
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import predictions
from headway.actions.action import NotAllowedError
from headway.actions.predictions import Believed, SealedError, ShareError
from headway.queries.strategy import predicting, published
from headway.queries.strategy.published import Asked
from headway.records.models import AuditEntry, Prediction, Publication, PublishedGap
from headway.terms.line import Link
from queries.strategy.test_published import chain, publish

pytestmark = pytest.mark.django_db

URL = "/line-of-sight/"


@pytest.fixture(autouse=True)
def lines() -> None:
    cast.enter()
    publish(*(chain(head, priority=each) for head in ("eve", "max") for each in ("p1", "p2")))


def seal(name: str = "max", share: float = 0.7, *, group: str = "seller@max", at=cast.NOW) -> None:
    predictions.seal(
        viewer=cast.viewer(name),
        at=at,
        priority="p1",
        group=group,
        believed={Link.CONNECTED: Believed(share=share, low=share - 0.1, high=share + 0.1)},
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
    assert predicting.sealed("max", groups=["seller@max"]) == {}


@pytest.mark.parametrize("name", ["eve", "mona", "sam", "olaf", "opal"])
def test_nobody_predicts_for_another_leader(name: str) -> None:
    with pytest.raises(NotAllowedError):
        seal(name)


@pytest.mark.parametrize("share", [-0.1, 1.2, 0.95])
def test_a_share_lies_within_its_range_and_both_within_0_and_1(share: float) -> None:
    with pytest.raises(ShareError, match="connected"):
        seal(share=share)


def test_nobody_reads_anothers_prediction_not_even_in_the_audit() -> None:
    seal(share=0.37)
    for name in ("max", "eve", "mona", "sam"):
        found = published.line_of_sight(
            cast.viewer(name), asked=Asked(head="max", priority="p1"), at=cast.NOW
        )
        believed = found.priorities[0].row.at(Link.CONNECTED).believed
        assert believed == (0.37 if name == "max" else None)
    assert "0.37" not in str(list(AuditEntry.objects.values("code", "subject")))


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
