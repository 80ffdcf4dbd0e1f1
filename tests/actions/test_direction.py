"""Messages: who may log them, whom they reach, and who reads them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.actions.test_strategy import WHOLE, declare

from headway.actions import cards, direction
from headway.actions.action import NotAllowedError
from headway.actions.direction import (
    MessageDayError,
    MessageTextError,
    NobodyToldError,
    Told,
    UnknownPriorityError,
)
from headway.queries import direction as reading
from headway.queries.strategy.overload import Overloaded
from headway.records.models import Message, MessageReceipt
from headway.terms.declared import CardField, CardItem, Channel

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def told(sender: str, **more: object) -> Told:
    made = {
        "head": sender,
        "told_on": date(2026, 6, 1),
        "channel": Channel.TEAM_MEETING,
        "text": "We stop the old line.",
    }
    return Told(**{**made, "sender": sender, **more})


def tell(by: str, sender: str, **more: object) -> int:
    done = direction.tell(viewer=cast.viewer(by), at=cast.NOW, told=told(sender, **more))
    return done.message_id


def read(who: str) -> set[int]:
    found = reading.page(cast.viewer(who), today=TODAY)
    return {each.message_id for each in found.messages}


def test_a_message_is_for_everybody_below_and_only_those_present_have_it() -> None:
    number = tell("mona", "mona", present=frozenset({"max"}))
    kept = MessageReceipt.objects.filter(message=number).order_by("person")
    assert list(kept.values_list("person", "received_on", "basis")) == [
        ("max", date(2026, 6, 1), "attended"),
        ("sam", None, ""),
        ("sue", None, ""),
    ]


def test_a_person_says_once_that_it_has_arrived() -> None:
    number = tell("max", "max")
    [waiting] = reading.page(cast.viewer("sam"), today=TODAY).waiting
    assert waiting.message_id == number
    direction.acknowledge(viewer=cast.viewer("sam"), at=cast.NOW, message_id=number)
    assert reading.page(cast.viewer("sam"), today=TODAY).waiting == ()
    for who in ("sam", "stan", "max"):
        with pytest.raises(NotAllowedError):
            direction.acknowledge(viewer=cast.viewer(who), at=cast.NOW, message_id=number)
    [seen] = reading.page(cast.viewer("max"), today=TODAY).messages
    assert seen.reach == "1 of 2 have it"


@pytest.mark.parametrize(
    ("by", "sender", "head", "may"),
    [
        ("max", "max", "max", True),
        ("mona", "max", "max", True),
        ("mona", "mona", "max", True),
        ("eve", "mona", "max", True),
        ("max", "mona", "mona", False),
        ("olaf", "max", "max", False),
        ("mona", "mona", "olaf", False),
        ("sam", "max", "max", False),
        ("opal", "max", "max", False),
    ],
)
def test_leaders_log_for_themselves_and_for_leaders_below(
    by: str, sender: str, head: str, *, may: bool
) -> None:
    if may:
        assert tell(by, sender, head=head)
    else:
        with pytest.raises(NotAllowedError):
            tell(by, sender, head=head)
    assert Message.objects.exists() is may


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"text": "  "}, MessageTextError),
        ({"told_on": TODAY + timedelta(days=1)}, MessageDayError),
        ({"priority": "none"}, UnknownPriorityError),
        ({"present": frozenset({"stan"})}, NobodyToldError),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(more: dict, error: type) -> None:
    with pytest.raises(error):
        tell("max", "max", **more)
    assert not Message.objects.exists()


def test_those_told_their_leaders_and_nobody_else_read_a_message() -> None:
    number = tell("max", "max", priority=declare())
    readers = {who for who in cast.ROLES if number in read(who)}
    assert readers == {"eve", "mona", "max", "sam", "sue"}
    # How many it reached is for those who see the sender.
    [seen] = reading.page(cast.viewer("sam"), today=TODAY).messages
    assert seen.reach == ""


def test_what_was_taken_back_is_read_by_nobody_and_taken_back_by_its_writer() -> None:
    number = tell("max", "max")
    with pytest.raises(NotAllowedError):
        direction.withdraw(viewer=cast.viewer("mona"), at=cast.NOW, message_id=number)
    direction.withdraw(viewer=cast.viewer("max"), at=cast.NOW, message_id=number)
    assert read("max") == read("sam") == set()


def test_gaps_longer_than_a_month_are_said() -> None:
    tell("max", "max", told_on=date(2026, 3, 2))
    tell("max", "max", told_on=date(2026, 6, 29))
    newest, oldest = reading.page(cast.viewer("max"), today=TODAY).messages
    # 2 March to 29 June are 119 days, 17 weeks.
    assert (newest.silence, oldest.silence) == ("", "17 weeks without a word")


def test_an_owner_who_is_silent_since_it_began_is_said_and_one_who_spoke_is_not() -> None:
    number = declare()
    [sentence] = reading.page(cast.viewer("eve"), today=TODAY).silences
    expected = "Mona has not spoken of “Sell the new line” since it began on Sat 10 Jan 2026."
    assert sentence == expected
    assert reading.page(cast.viewer("mona"), today=TODAY).silences == (expected,)
    # max does not see all that mona says, and is not told that she says nothing.
    assert reading.page(cast.viewer("max"), today=TODAY).silences == ()
    tell("mona", "mona", priority=number, told_on=date(2026, 6, 20))
    assert reading.page(cast.viewer("eve"), today=TODAY).silences == ()


def test_only_those_one_leads_are_offered() -> None:
    max_ = cast.viewer("max")
    assert [each.person_id for each in reading.senders(max_)] == ["max"]
    assert [each.person_id for each in reading.senders(cast.viewer("mona"))] == ["mona", "max"]
    assert reading.senders(cast.viewer("sam")) == ()
    assert reading.audience(max_, sender="olaf", head="olaf") == ()
    people = reading.audience(cast.viewer("mona"), sender="max", head="max")
    assert [each.name for each in people] == ["Sam", "Sue"]


def test_people_with_more_than_three_priorities_are_told_to_their_leaders_alone() -> None:
    for number in range(3):
        tell("max", "max", priority=declare(content=replace(WHOLE, name=f"Priority {number}")))
    last = declare(content=replace(WHOLE, name="One more"))
    assert reading.page(cast.viewer("max"), today=TODAY).overloaded == ()
    cards.save(
        viewer=cast.viewer("sam"),
        at=cast.NOW,
        author="sam",
        person=None,
        priority=last,
        items=(CardItem(field=CardField.STOP, text="The old line"),),
        seen_version=0,
    )
    seen = {who: reading.page(cast.viewer(who), today=TODAY).overloaded for who in cast.ROLES}
    expected = (Overloaded(name="Sam", count=4),)
    assert {who for who, found in seen.items() if found == expected} == {"eve", "mona", "max"}
    assert {who for who, found in seen.items() if found} == {"eve", "mona", "max"}


def test_the_page_costs_the_same_however_much_was_told() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            reading.page(cast.viewer("mona"), today=TODAY)
        return len(asked)

    tell("max", "max", priority=declare())
    first = cost()
    for _number in range(3):
        tell("mona", "mona", priority=declare())
    assert cost() == first
