"""Messages to be said again: who plans that, how its day moves on, and who reads it."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests import cast
from tests.actions.test_direction import TODAY, tell, told
from tests.actions.test_strategy import declare

from headway.actions import brought, direction, repeats, strategy
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.brought import Brought, MessageFact, ReceiptFact
from headway.actions.repeats import RepeatError
from headway.queries import repeats as reading
from headway.queries.repeats import RepeatSeen
from headway.queries.strategy.declared import priorities
from headway.records.models import AuditEntry, MessageRepeat
from headway.terms.declared import Channel, Repeat
from headway.terms.viewer import SYSTEM

pytestmark = pytest.mark.django_db

MONTHLY = Repeat(every_weeks=4)
# The telling is of 1 June: four weeks after it is 29 June, yesterday.
FIRST, DUE = date(2026, 6, 1), date(2026, 6, 29)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def plan(who: str, message_id: int, repeat: Repeat = MONTHLY, *, seen: int = 0) -> int:
    done = repeats.plan(
        viewer=cast.viewer(who),
        at=cast.NOW,
        message_id=message_id,
        repeat=repeat,
        seen_version=seen,
    )
    return done.repeat_id


def say(on: date, **more: object) -> int:
    """Let max say it on a day, and log it then."""
    at = datetime(on.year, on.month, on.day, 12, tzinfo=cast.NOW.tzinfo)
    said = told("max", told_on=on, **more)
    return direction.tell(viewer=cast.viewer("max"), at=at, told=said).message_id


def listed(who: str) -> tuple[RepeatSeen, ...]:
    lines = priorities(cast.viewer(who), today=TODAY)
    return reading.listed(cast.viewer(who), lines=lines, today=TODAY)


def due(who: str, *, on: date = TODAY) -> tuple[RepeatSeen, ...]:
    return reading.own_due(cast.viewer(who), lines=priorities(cast.viewer(who), today=on), today=on)


def kept() -> tuple[str, date]:
    found = MessageRepeat.objects.get()
    return found.state, found.due_on


def test_it_is_planned_as_it_is_told_and_counts_from_that_day() -> None:
    tell("max", "max", repeat=MONTHLY)
    assert kept() == ("planned", DUE)
    [seen] = listed("max")
    assert (seen.due, seen.rhythm, seen.is_overdue) == ("Mon 29 Jun 2026", "every 4 weeks", True)
    assert seen.last is not None
    assert (seen.last.text, seen.last.how) == ("We stop the old line.", "Team meeting")


def test_saying_it_again_moves_its_day_on() -> None:
    tell("max", "max", repeat=MONTHLY)
    say(date(2026, 6, 24), channel=Channel.EMAIL)
    assert kept() == ("planned", date(2026, 7, 22))
    [seen] = listed("max")
    assert seen.last is not None
    assert (seen.last.how, seen.is_overdue) == ("Mail", False)


@pytest.mark.parametrize(
    ("on", "more"),
    [
        # More than a week before its day; in another channel on the same day; logged late.
        (date(2026, 6, 20), {}),
        (FIRST, {"channel": Channel.EMAIL}),
        (date(2026, 5, 20), {}),
        # To others, and of something else.
        (DUE, {"head": "olaf", "sender": "olaf"}),
        (DUE, {"priority": "another"}),
    ],
)
def test_what_is_not_that_message_again_leaves_its_day(on: date, more: dict) -> None:
    tell("max", "max", repeat=MONTHLY)
    if more.get("priority"):
        more = {"priority": declare()}
    by = more.get("sender", "max")
    tell(by, **{"sender": by, "told_on": on, **more})
    assert kept() == ("planned", DUE)


def test_what_was_to_be_said_on_one_day_is_settled_when_it_is_said() -> None:
    plan("max", say(FIRST), Repeat(on=date(2026, 7, 6)))
    say(date(2026, 7, 1))
    assert kept()[0] == "said"
    assert listed("max") == ()


def test_after_its_last_day_nothing_is_left_to_say() -> None:
    tell("max", "max", repeat=Repeat(every_weeks=4, until=date(2026, 7, 31)))
    say(date(2026, 6, 30))
    assert kept() == ("planned", date(2026, 7, 28))
    say(date(2026, 7, 28))
    assert kept()[0] == "said"


def test_a_message_taken_back_gives_its_day_back() -> None:
    number = tell("max", "max", repeat=MONTHLY)
    again = say(TODAY)
    assert kept() == ("planned", TODAY + timedelta(weeks=4))
    direction.withdraw(viewer=cast.viewer("max"), at=cast.NOW, message_id=again)
    assert kept() == ("planned", DUE)
    direction.withdraw(viewer=cast.viewer("max"), at=cast.NOW, message_id=number)
    assert kept()[0] == "ended"


def test_what_a_load_tells_was_said_since_moves_its_day_on_once() -> None:
    number = declare()
    say(FIRST, priority=number, repeat=MONTHLY)
    loaded = [
        MessageFact(
            fact_id=f"of-{on}",
            priority=number,
            sender_id="max",
            sent_at=datetime(2026, 6, on, 9, tzinfo=cast.NOW.tzinfo),
            channel="email",
            is_ask=False,
            is_external=False,
            receipts=(ReceiptFact(person_id="sam", received_on=None, basis=""),),
        )
        # The first was told before it was planned.
        for on in (1, 25)
    ]
    for messages, expected in ((loaded[:1], DUE), (loaded, date(2026, 7, 23))):
        for _ in range(2):
            brought.keep(viewer=SYSTEM, at=cast.NOW, brought=Brought(messages=tuple(messages)))
            assert kept() == ("planned", expected)


@pytest.mark.parametrize("who", list(cast.ROLES))
def test_who_said_it_and_who_logged_it_plan_it_and_nobody_else(who: str) -> None:
    number = tell("mona", "max")
    if who in {"mona", "max"}:
        plan(who, number)
        assert MessageRepeat.objects.get().sender_id == "max"
    else:
        with pytest.raises(NotAllowedError):
            plan(who, number)
        assert not MessageRepeat.objects.exists()


@pytest.mark.parametrize("who", list(cast.ROLES))
def test_a_plan_is_ended_and_changed_by_whose_it_is_alone(who: str) -> None:
    number = tell("max", "max")
    made = plan("max", number)
    wanted = {"at": cast.NOW, "repeat_id": made, "seen_version": 1}
    if who == "max":
        plan(who, number, Repeat(every_weeks=2, until=date(2026, 9, 1)), seen=1)
        with pytest.raises(StaleVersionError):
            repeats.end(viewer=cast.viewer(who), **wanted)
        repeats.end(viewer=cast.viewer(who), **{**wanted, "seen_version": 2})
        assert kept()[0] == "ended"
        codes = AuditEntry.objects.filter(code__contains="repeat").order_by("number")
        assert [each.code for each in codes][-2:] == ["direction.repeat", "direction.end_repeat"]
    else:
        with pytest.raises(NotAllowedError):
            plan(who, number, seen=1)
        with pytest.raises(NotAllowedError):
            repeats.end(viewer=cast.viewer(who), **wanted)
        assert kept() == ("planned", DUE)


def test_who_planned_for_a_leader_changes_it_after_that_leader_said_it() -> None:
    tell("mona", "max", repeat=MONTHLY)
    again = say(date(2026, 6, 28))
    assert listed("mona")[0].may_change
    plan("mona", again, Repeat(every_weeks=6), seen=2)
    assert kept() == ("planned", date(2026, 8, 9))
    # Once the leader changes it, it is the leader's alone.
    plan("max", again, MONTHLY, seen=3)
    with pytest.raises(NotAllowedError):
        plan("mona", again, seen=4)
    assert not listed("mona")[0].may_change


def test_whoever_logs_for_a_leader_does_not_replace_what_that_leader_planned() -> None:
    tell("max", "max", repeat=MONTHLY)
    with pytest.raises(RepeatError, match="changes that alone"):
        tell("mona", "max", told_on=TODAY, repeat=Repeat(every_weeks=2))
    assert kept() == ("planned", DUE)
    tell("mona", "max", told_on=TODAY)
    assert kept() == ("planned", TODAY + timedelta(weeks=4))


@pytest.mark.parametrize(
    ("repeat", "says"),
    [
        (Repeat(), "on which day"),
        (Repeat(until=date(2026, 9, 1)), "on which day"),
        (Repeat(every_weeks=3), "2, 4, 6"),
        (Repeat(on=TODAY), "from tomorrow on"),
        (Repeat(on=TODAY + timedelta(days=1), until=date(2026, 9, 1)), "no last day"),
        (Repeat(every_weeks=6, until=date(2026, 7, 1)), "later last day"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_reason(repeat: Repeat, says: str) -> None:
    number = tell("max", "max")
    with pytest.raises(RepeatError, match=says):
        plan("max", number, repeat)
    assert not MessageRepeat.objects.exists()


def test_those_who_see_the_sender_read_the_plan_and_those_told_do_not() -> None:
    tell("max", "max", priority=declare(), repeat=MONTHLY)
    readers = {who for who in cast.ROLES if listed(who)}
    assert readers == {"eve", "mona", "max"}
    waits = {who for who in cast.ROLES if due(who)}
    assert waits == {"max"}
    assert due("max", on=DUE - timedelta(days=1)) == ()


def test_of_a_priority_that_ended_nothing_is_to_be_said() -> None:
    number = declare()
    tell("max", "max", priority=number, repeat=MONTHLY)
    strategy.end(
        viewer=cast.viewer("eve"), at=cast.NOW, priority_id=number, seen_version=1, ended_on=TODAY
    )
    assert listed("max") == ()
    assert due("max") == ()


def test_the_list_costs_the_same_however_much_is_planned() -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            listed("mona")
        return len(asked)

    tell("max", "max", priority=declare(), repeat=MONTHLY)
    first = cost()
    for sender in ("mona", "max"):
        tell("mona", sender, priority=declare(), repeat=MONTHLY)
    assert cost() == first
    assert len(listed("mona")) == 3
