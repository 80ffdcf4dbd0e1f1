"""How well a leader knows their people: shown to that leader, and by level to executives."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions.line import keep
from headway.queries.strategy import knowing
from headway.records.models import BeliefProfile, Publication
from headway.terms.belief import (
    BeliefGap,
    BeliefVerdict,
    Calibration,
    Level,
    LevelProfile,
    RangeVerdict,
    Share,
)
from headway.terms.line import Link
from headway.terms.strategy import StrategyFindings
from queries.strategy.test_published import chain, publish

pytestmark = pytest.mark.django_db

BRIGHT = Calibration(
    person="max",
    level=Level.MANAGER,
    prediction_count=14,
    bias=0.23,
    low=0.15,
    high=0.31,
    coverage=Share(k=5, n=14, mean=5 / 14, low=0.18, high=0.57),
    expected_share=0.7,
    width=0.2,
    verdict=RangeVerdict.TOO_NARROW,
)
PROFILE = LevelProfile(
    quarter_on=date(2026, 4, 1),
    level=Level.MANAGER,
    leader_count=5,
    predicted=0.71,
    measured=0.48,
    gap=0.23,
    low=0.11,
    high=0.35,
)
LATER = cast.NOW + timedelta(days=8)


def gap(link: Link, predicted: float, measured: float | None) -> BeliefGap:
    return BeliefGap(
        person="max",
        priority="p1",
        group="seller@max",
        link=link,
        predicted=predicted,
        measured=measured,
        gap=None if measured is None else predicted - measured,
        low=None,
        high=None,
        p_blind=None,
        verdict=BeliefVerdict.CANNOT_TELL if measured is None else BeliefVerdict.BLIND,
    )


@pytest.fixture(autouse=True)
def lines() -> None:
    cast.enter()
    publish(
        chain("max"),
        chain("max", priority="p2", name="Win new plants"),
        gaps=(gap(Link.TOLD, 0.9, None), gap(Link.CONNECTED, 0.83, 0.41)),
        calibrations=(BRIGHT,),
        level_profiles=(PROFILE,),
    )


def publish_again(profile: LevelProfile) -> None:
    publication = Publication.objects.get(is_current=True)
    found = StrategyFindings(level_profiles=(profile,))
    keep(found, publication_id=publication.pk, at=cast.NOW)


def seen(name: str, at=cast.NOW) -> knowing.Knowing:
    return knowing.own(cast.viewer(name), at=at)


def test_a_leader_sees_at_once_how_well_they_know_their_people() -> None:
    page = seen("max")
    assert page.finding == "You see your people 23 points brighter than they are"
    assert "5 of 14 of your ranges hold the measure; 10 would" in page.lede
    assert "too narrow" in page.lede
    assert [(each.link, each.believed, each.measured, each.gap) for each in page.predictions] == [
        ("Told", "90%", "–", "–"),
        ("Connected", "83%", "41%", "+42 points"),
    ]
    assert [each.verdict for each in page.predictions] == ["not measured", "brighter than it is"]
    assert page.predictions[0].priority == "Sell the new line"


@pytest.mark.parametrize("name", ["eve", "mona", "sam", "olaf", "stan", "opal"])
def test_nobody_else_sees_it_whatever_their_role(name: str) -> None:
    page = seen(name, at=LATER)
    assert (page.predictions, page.finding) == ((), "Nothing that you believe is measured yet")
    assert "5 of 14" not in str(page)
    # Of what Max believes the level's mean is told to executives, and to nobody else.
    assert ("23 points" in str(page)) == (name == "eve")


def test_executives_see_a_level_after_its_leaders_had_five_working_days() -> None:
    before, after = seen("eve", at=LATER - timedelta(days=2)), seen("eve", at=LATER)
    assert {each.note for each in before.levels} == {"not shown: fewer than 5 leaders"}
    executives, directors, managers = after.levels
    assert (executives.note, directors.note) == ("not shown: fewer than 5 leaders",) * 2
    assert (managers.level, managers.leaders, managers.note) == ("Managers", 5, "")
    assert (managers.believed, managers.measured) == ("71%", "48%")
    assert managers.gap == "+23 points, range +11 points to +35 points"
    assert seen("max", at=LATER).levels == seen("mona", at=LATER).levels == ()


def test_two_profiles_never_differ_by_fewer_than_five_leaders() -> None:
    for count in (6, 9):
        publish_again(replace(PROFILE, leader_count=count, gap=0.4))
        assert BeliefProfile.objects.get().leader_count == 5
    publish_again(replace(PROFILE, leader_count=10, gap=0.4))
    assert BeliefProfile.objects.get().leader_count == 10
    # One of fewer, when some have sealed anew, does not take its place either.
    publish_again(replace(PROFILE, leader_count=5))
    assert BeliefProfile.objects.get().leader_count == 10


def test_a_profile_of_too_few_is_not_even_kept() -> None:
    publish_again(LevelProfile(quarter_on=date(2026, 4, 1), level=Level.DIRECTOR))
    assert {each.level for each in BeliefProfile.objects.all()} == {"manager"}


def test_with_too_few_predictions_it_says_how_many_are_needed() -> None:
    Publication.objects.all().delete()
    few = Calibration(person="max", level=Level.MANAGER, prediction_count=4)
    publish(chain("max"), calibrations=(few,))
    page = seen("max")
    assert page.finding.startswith("Too few of your predictions are measured")
    assert page.lede.startswith("4 of 10 predictions are measured.")


def test_the_page_asks_first_and_shows_then() -> None:
    client = signed_in("max")
    address = "/line-of-sight/believed/"
    assert client.get(address).headers["Location"] == "/line-of-sight/predict/"
    skipped = {"priority": "p2", "group": "seller@max", "skip": "1"}
    client.post("/line-of-sight/predict/", skipped)
    shown = client.get(address).content.decode()
    assert "You see your people 23 points brighter than they are" in shown
    assert "How it differs by level" not in shown
    for other in ("sam", "mona"):
        page = signed_in(other).get(address).content.decode()
        assert "23 points" not in page
    assert "What you believe" not in signed_in("sam").get("/line-of-sight/").content.decode()
