"""How promises are kept in groups: one's own first, and for those who lead them alone."""

from dataclasses import replace
from datetime import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.queries.coaching import kept
from headway.queries.today import found
from headway.records.models import LeaderFinding
from headway.terms.coaching import Measure
from queries.coaching.test_published import OPEN, measure, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def rows(name: str, *, at: datetime = OPEN) -> list[tuple[str, str]]:
    return [(each.name, each.group) for each in kept.of_groups(cast.viewer(name), at=at)]


def of(code: str, head: str, **more: object) -> Measure:
    return replace(measure(code, head), **more)


def test_own_groups_come_first_then_those_right_below_by_name() -> None:
    publish(
        measures=(
            of("kept_on_time", "max"),
            of("silent_miss", "mona"),
            of("kept_on_time", "mona"),
            of("persistence", "mona", subject="p1"),
            of("persistence", "mona", subject="p2"),
            of("autonomy", "mona"),
        )
    )
    kept_on_time, silent = (
        "Commitments kept by their day",
        "Commitments past their day without a word for a week",
    )
    week = "Weeks with a word on what was promised for "
    own = [kept_on_time, silent, f"{week}p1", f"{week}p2"]
    mona = [(each, "Sellers of Mona") for each in own]
    assert rows("mona") == [*mona, (kept_on_time, "Sellers of Max")]
    assert rows("max") == [(kept_on_time, "Sellers of Max")]
    # Those who lead nobody, and those at the side, are told nothing.
    assert {name for name in cast.ROLES if rows(name)} == {"mona", "max", "eve"}


def test_of_fewer_than_five_and_where_nothing_is_counted_nothing_is_told() -> None:
    nothing = {"k": 0.0, "n": 0, "mean": None, "low": None, "high": None}
    publish(measures=(of("kept_on_time", "max", people=4), of("silent_miss", "max", **nothing)))
    assert rows("max") == []


def test_the_leader_reads_them_first_and_can_open_them_with_a_word() -> None:
    publish(measures=(of("kept_on_time", "max"),), at=timezone.now())
    assert rows("mona", at=timezone.now()) == []
    browser = signed_in("max")
    page = browser.get("/commitments/").content.decode()
    assert "What is measured of your people nobody but you sees until" in page
    assert "nobody but you sees until" in browser.get(reverse("line-coaching")).content.decode()
    # It waits on Today, too.
    [waiting] = found.things(cast.viewer("max"), at=timezone.now())
    assert waiting.title == "Look at what was found about you"
    finding = LeaderFinding.objects.get().finding
    assert (
        browser.post(reverse("line-comment", args=[finding]), {"text": "I see"}).status_code == 302
    )
    assert len(rows("mona", at=timezone.now())) == 1
    assert "nobody but you" not in browser.get("/commitments/").content.decode()


def test_the_page_of_commitments_shows_them_to_a_leader_and_never_to_a_seller() -> None:
    publish(measures=(of("kept_on_time", "max"),))
    said = "How promises are kept among your people"
    for name, is_shown in (("max", True), ("sam", False)):
        page = signed_in(name).get("/commitments/").content.decode()
        assert (said in page) is is_shown
