"""What is to be said again in the calendar: a day of its sender's own, by the priority's name."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast
from tests.actions.test_direction import told
from tests.interfaces.web.test_calendar import TODAY, address, read, uids
from tests.interfaces.web.test_today import declared

from headway.actions import direction, repeats
from headway.records.models import MessageRepeat
from headway.terms.declared import Repeat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def say(*, days_ago: int, priority: str, repeat: Repeat | None = None) -> None:
    """Let max tell his people, and log it."""
    on = TODAY - timedelta(days=days_ago)
    said = told("max", told_on=on, priority=priority, repeat=repeat, text="Words-of-max")
    direction.tell(viewer=cast.viewer("max"), at=timezone.now(), told=said)


def days(*, ahead: int, **more: object) -> dict[str, object]:
    day = TODAY + timedelta(days=ahead)
    plain = {
        "summary": "Say again: Sell the new line",
        "day": day,
        "end": day + timedelta(days=1),
        "status": "CONFIRMED",
        "sequence": 0,
    }
    return {**plain, **more}


def test_it_stands_on_its_day_moves_as_it_is_said_and_is_cancelled_when_ended(client) -> None:
    number = declared("max")
    say(days_ago=24, priority=number, repeat=Repeat(every_weeks=4))
    path = address("max")
    before = uids(client, path)
    assert read(client, path) == [days(ahead=4)]
    assert "Words-of-max" not in client.get(path).content.decode()
    assert b"TRANSP:TRANSPARENT" in client.get(path).content
    say(days_ago=0, priority=number)
    assert read(client, path) == [days(ahead=28, sequence=1)]
    assert uids(client, path) == before
    found = MessageRepeat.objects.get()
    repeats.end(viewer=cast.viewer("max"), at=timezone.now(), repeat_id=found.pk, seen_version=2)
    assert read(client, path) == [days(ahead=28, sequence=2, status="CANCELLED")]
    MessageRepeat.objects.update(changed_at=timezone.now() - timedelta(days=31))
    assert read(client, path) == []


def test_it_is_in_nobody_elses_calendar_and_gone_when_nothing_is_left_to_say(client) -> None:
    number = declared("max")
    say(
        days_ago=10,
        priority=number,
        repeat=Repeat(on=TODAY + timedelta(days=2)),
    )
    assert read(client, address("max")) == [days(ahead=2)]
    for other in ("mona", "eve", "sam", "olaf", "opal"):
        assert read(client, address(other)) == [], other
    say(days_ago=0, priority=number)
    assert MessageRepeat.objects.get().state == "said"
    assert read(client, address("max")) == []
