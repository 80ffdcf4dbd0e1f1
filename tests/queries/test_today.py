"""What waits for one today: whose it is, in which order, and never more than three."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.actions.test_strategy import declare

from headway.actions import coaching, commitments
from headway.actions.commitments import Wanted
from headway.queries import today
from headway.records.models import CoachingSession, LeaderFinding

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


def agreed(number: int, *, coach: str = "max", practice: str = "Ask why", **more: object) -> int:
    """A session of sam that both confirmed, with a practice due `number` days before now."""
    kept = {
        "coach_id": coach,
        "person_id": "sam",
        "state": "held",
        "made_at": cast.NOW,
        "held_at": cast.NOW - timedelta(days=20 + number),
        "practice": practice,
        "is_practice_agreed": True,
        "follow_up_on": cast.NOW.date() - timedelta(days=number),
        "coach_confirmed_on": cast.NOW.date(),
        "person_confirmed_on": cast.NOW.date(),
    }
    return CoachingSession.objects.create(**{**kept, **more}).pk


def test_what_two_agreed_to_practise_is_one_thing_that_begins_with_what_waits_longest() -> None:
    agreed(2, practice="Ask for the budget")
    first = agreed(9, practice="Ask why now")
    agreed(5, practice="")
    agreed(-1, practice="Not due yet")
    promise("sam", "sam", "Call them", days=1)
    things = today.page(cast.viewer("sam"), at=cast.NOW).things
    assert [each.title for each in things] == [
        "Look again at 3 things you agreed with Max",
        "Call them",
    ]
    practices = things[0]
    assert practices.known["session_id"] == first
    assert practices.minutes == 9
    assert (
        practices.reason == "Begin with what is due longest, since Sun 21 Jun 2026: “Ask why now”."
    )
    assert practices.lines[-2:] == (
        ("Then, due Thu 25 Jun 2026", "agreed on Fri 5 Jun 2026, its words are not written here"),
        ("Then, due Sun 28 Jun 2026", "Ask for the budget"),
    )
    assert waiting("max") == ["Look again at 3 things you agreed with Sam"]
    # Their leader, their peers and who runs the system see none of it.
    for name in ("mona", "eve", "sue", "opal"):
        assert not [each for each in waiting(name) if "Look again" in each]


def test_once_it_is_looked_at_the_next_practice_stands_there() -> None:
    first, second = agreed(9), agreed(2)
    coaching.look_again(
        viewer=cast.viewer("sam"), at=cast.NOW, session_id=first, sentence="It went", seen_version=1
    )
    (thing,) = today.page(cast.viewer("sam"), at=cast.NOW).things
    assert thing.title == "Look again at what you agreed with Max"
    assert (thing.known["session_id"], thing.minutes) == (second, 3)


def test_each_of_two_coaches_is_a_thing_and_what_is_not_confirmed_is_another() -> None:
    agreed(3)
    agreed(2, coach="mona")
    agreed(1, person_confirmed_on=None)
    assert waiting("sam") == [
        "Look again at what you agreed with Max",
        "Look again at what you agreed with Mona",
        "Confirm the session with Max",
    ]


def test_of_a_practice_that_nobody_wrote_down_it_is_said_when_it_was_agreed() -> None:
    agreed(3, practice="", topic="The tender")
    (thing,) = today.page(cast.viewer("sam"), at=cast.NOW).things
    assert thing.reason == (
        "Since Sat 27 Jun 2026. It was agreed on Sun 7 Jun 2026, "
        "and its words are not written here."
    )
    assert ("About", "The tender") in thing.lines
