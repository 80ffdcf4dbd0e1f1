"""What waits for one today: whose it is, in which order, and never more than three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.actions.test_strategy import declare

from headway.actions import commitments
from headway.actions.commitments import Wanted
from headway.queries import today
from headway.records.models import LeaderFinding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def promise(by: str, owner: str, text: str, *, days: int) -> None:
    due_on = (cast.NOW + timedelta(days=days)).date()
    wanted = Wanted(owner=owner, text=text, seen_by="A list", due_on=due_on, to=by)
    commitments.make(viewer=cast.viewer(by), at=cast.NOW, wanted=wanted)


def waiting(name: str, *, days: int = 0) -> list[str]:
    found = today.page(cast.viewer(name), at=cast.NOW + timedelta(days=days))
    return [each.title for each in found.things]


def test_what_is_promised_waits_when_it_is_soon_due() -> None:
    promise("max", "max", "Call them", days=10)
    assert waiting("max") == []
    assert waiting("max", days=7) == ["Call them"]
    (thing,) = today.page(cast.viewer("max"), at=cast.NOW + timedelta(days=12)).things
    assert "Say what became of it" in thing.reason


def test_nobody_sees_what_waits_for_another() -> None:
    promise("max", "sam", "Call them", days=2)
    assert waiting("sam") == ["Call them"]
    for name in ("eve", "mona", "max", "sue", "olaf", "opal"):
        assert "Call them" not in waiting(name)


def test_what_is_found_about_oneself_comes_first_and_three_are_enough() -> None:
    for number in range(4):
        promise("max", "max", f"Promise {number}", days=number + 1)
    LeaderFinding.objects.create(
        finding="f1",
        leader="max",
        first_published_at=cast.NOW,
        opens_at=cast.NOW + timedelta(days=5),
    )
    found = today.page(cast.viewer("max"), at=cast.NOW)
    assert [each.title for each in found.things] == [
        "Look at what was found about you",
        "Promise 0",
        "Promise 1",
    ]
    assert found.further == 1
    # Once they said something to it, it waits no more; nobody else ever had it.
    LeaderFinding.objects.update(comment="I see it")
    assert waiting("max")[0] == "Promise 0"
    assert waiting("mona") == []


def test_findings_without_a_word_here_are_one_thing_with_their_count() -> None:
    for number in (2, 1, 3):
        LeaderFinding.objects.create(
            finding=f"f{number}",
            leader="max",
            first_published_at=cast.NOW,
            opens_at=cast.NOW + timedelta(days=number),
        )
    (thing,) = today.page(cast.viewer("max"), at=cast.NOW).things
    assert (thing.title, thing.minutes) == ("Look at 3 things found about you", 9)
    assert "the first until Wed 1 Jul 2026" in thing.reason
    # One that others see already is nothing to look at first.
    (thing,) = today.page(cast.viewer("max"), at=cast.NOW + timedelta(days=2)).things
    assert thing.title == "Look at what was found about you"
    assert waiting("mona") == []


def test_the_priorities_are_read_once_for_the_whole_page() -> None:
    declare("max")
    promise("max", "max", "Call them", days=2)
    viewer = cast.viewer("max")
    with CaptureQueriesContext(connection) as statements:
        today.page(viewer, at=cast.NOW)
    asked = [each["sql"].partition(" WHERE ")[0] for each in statements]
    read = [each for each in asked if 'FROM "records_priority"' in each]
    assert len(read) == 1


def test_nothing_waits_for_who_is_tied_to_nobody() -> None:
    assert waiting("opal") == []
