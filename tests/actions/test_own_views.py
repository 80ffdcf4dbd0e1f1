"""A manager's own view of how much their people decide, sealed before they see what these say."""

from datetime import timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import coached, own_views
from headway.actions.action import NotAllowedError
from headway.actions.own_views import OwnViewError
from headway.actions.predictions import SealedError
from headway.queries import pulse
from headway.queries.coaching import own_view, reach
from headway.records.models import (
    AuditEntry,
    LeaderFinding,
    OwnView,
    Publication,
    PulseCell,
    PulseCount,
    Wave,
)
from headway.terms.coaching import Measure
from headway.terms.strategy import StrategyFindings
from queries.strategy.test_published import chain, publish

pytestmark = pytest.mark.django_db

URL = "/line-of-sight/own-view/"


def said(*, people: int = 8) -> Measure:
    return Measure(
        code="autonomy",
        group="seller@max",
        subject=None,
        k=3.0,
        n=people,
        mean=3 / 8,
        low=0.15,
        high=0.65,
        verdict=None,
        people=people,
    )


@pytest.fixture(autouse=True)
def lines() -> None:
    cast.enter()
    publish(*(chain(head) for head in ("eve", "max")))


def answered(*, people: int = 8) -> None:
    found = StrategyFindings(measures=(said(people=people),))
    coached.keep(found, publication_id=Publication.objects.get().pk, at=cast.NOW)


def seal(name: str = "max", share: float = 0.9) -> None:
    own_views.seal(viewer=cast.viewer(name), at=cast.NOW, share=share)


def page(name: str = "max", *, days: int = 0) -> own_view.OwnViewPage | None:
    return own_view.page(cast.viewer(name), at=cast.NOW + timedelta(days=days))


def test_what_the_team_says_is_hidden_until_the_own_view_is_sealed() -> None:
    answered()
    before = page()
    assert before is not None
    assert (before.is_sealed, before.team, before.own, before.finding) == (False, "", "", "")
    seal()
    after = page()
    assert after is not None
    assert (after.own, after.team) == ("90%", "38% of 8 who answered (range 15% to 65%)")
    assert after.finding == "You believe more of your people decide than say so: 52 points apart."


def test_it_is_hidden_until_then_where_all_is_measured_too() -> None:
    answered()
    # Max has had the days in which measures are his alone.
    LeaderFinding.objects.update(opens_at=cast.NOW)

    def told(name: str) -> list[str]:
        return [each.name for each in reach.page(cast.viewer(name), at=cast.NOW).measures]

    decide = ["Agree that they decide how to do their work"]
    assert (told("max"), told("mona")) == ([], decide)
    seal()
    assert told("max") == decide


def test_it_is_hidden_until_then_among_the_answers_of_a_wave() -> None:
    wave = Wave.objects.create(
        head_id="max",
        items=["AU1", "RC1"],
        priorities=[],
        opened_at=cast.NOW,
        closes_on=cast.NOW.date(),
        state="closed",
        closed_at=cast.NOW,
    )
    cell = PulseCell.objects.create(
        wave=wave,
        cell_id="c",
        manager="max",
        role="seller",
        is_remainder=False,
        teams=[["max", 8]],
        answered_count=8,
    )
    for item in ("AU1", "RC1"):
        PulseCount.objects.create(cell=cell, item=item, subject="", value="4", answer_count=8)

    def asked(name: str) -> list[list[str]]:
        found = pulse.cells(cast.viewer(name), wave_id=wave.pk)
        return [[each.item for each in one.told] for one in found]

    assert asked("max") == [["RC1"]]
    seal()
    assert asked("max") == [["RC1", "AU1"]]


def test_within_the_range_nobody_is_told_to_be_wrong() -> None:
    answered()
    seal(share=0.6)
    found = page()
    assert found is not None
    assert found.finding == "You see it about as your people do."


def test_of_fewer_than_five_answers_nothing_is_told() -> None:
    answered(people=4)
    seal()
    found = page()
    assert found is not None
    assert (found.team, found.finding) == (
        "not told: fewer than five have answered",
        "Too few of your people have answered to set your view beside theirs.",
    )


def test_nobody_else_sees_it_or_is_asked() -> None:
    answered()
    seal()
    for name in ("mona", "sam", "stan", "opal"):
        assert page(name) is None
    eve = page("eve")
    assert eve is not None
    assert not eve.is_sealed


def test_it_is_sealed_once_a_quarter_and_never_changed() -> None:
    seal()
    with pytest.raises(SealedError):
        seal(share=0.1)
    assert OwnView.objects.get().share == 0.9
    # NOW is the last day of a quarter.
    tomorrow = page(days=1)
    assert tomorrow is not None
    assert not tomorrow.is_sealed


def test_who_leads_nobody_cannot_seal_and_a_share_is_one() -> None:
    with pytest.raises(NotAllowedError):
        seal("sam")
    with pytest.raises(OwnViewError):
        seal(share=1.01)
    assert not OwnView.objects.exists()


def test_the_audit_names_who_and_nothing_of_what() -> None:
    seal()
    entry = AuditEntry.objects.get(code="own_views.seal")
    assert entry.subject == "person:max"


def test_what_the_team_says_of_the_coaching_stands_beside_it_for_its_manager() -> None:
    wave = Wave.objects.create(
        head_id="max",
        items=["CO5"],
        opened_by_id=cast.viewer("eve").account_id,
        opened_at=cast.NOW,
        closes_on=cast.NOW.date(),
        state="counted",
        closed_at=cast.NOW,
        least=5,
    )
    cell = PulseCell.objects.create(
        wave=wave,
        cell_id="c",
        manager="max",
        role="seller",
        is_remainder=False,
        teams=[["max", 6]],
        answered_count=6,
    )
    for value, count in (("4", 4), ("2", 2)):
        PulseCount.objects.create(cell=cell, item="CO5", value=value, answer_count=count)
    seal()
    found = page()
    assert found is not None
    [item] = found.items
    assert item.sentence == "My manager checked details I could have decided myself."
    assert item.said == "Rather not: 2, Rather: 4"


def test_the_page_asks_first_and_then_shows_both() -> None:
    answered()
    browser = signed_in("max")
    assert "38%" not in browser.get(URL).content.decode()
    refused = browser.post(URL, {"percent": "101"})
    assert refused.status_code == 422
    assert browser.post(URL, {"percent": "90"}, follow=True).status_code == 200
    assert "38% of 8" in browser.get(URL).content.decode()
    assert signed_in("sam").get(URL).status_code == 404
