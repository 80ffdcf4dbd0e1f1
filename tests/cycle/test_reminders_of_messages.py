"""What is to be said again is mailed to its sender on its day, and to nobody else."""

from datetime import date, timedelta

import pytest
from tests import cast, smtp
from tests.actions.test_direction import told
from tests.actions.test_strategy import declare
from tests.cycle.test_reminders import choose, mailed

from headway.actions import direction
from headway.cycle import outbox
from headway.terms.declared import Repeat
from headway.terms.reminders import Reminder

pytestmark = pytest.mark.django_db
# Tuesday, 30 June 2026, noon UTC.
NOW = cast.NOW
WEEKS = Repeat(every_weeks=2)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def mail(settings):
    with smtp.reached(settings) as server:
        yield server


def say(on: date, *, priority: str, repeat: Repeat | None = None, after: int = 0) -> None:
    said = told("max", told_on=on, priority=priority, repeat=repeat)
    direction.tell(viewer=cast.viewer("max"), at=NOW + timedelta(days=after), told=said)


def test_its_sender_is_reminded_on_its_day_and_nobody_else(mail) -> None:
    say(date(2026, 6, 22), priority=declare(), repeat=WEEKS)
    # The sixth is six days from now.
    assert mailed(mail, days=10) == {"max": [6]}
    [message] = mail.taken
    assert message["Subject"] == "One thing to look at"
    assert message.get_content().replace("\r\n", "\n") == (
        "You planned to say again:\n"
        "- Sell the new line (the people of Max; Mon 6 Jul 2026)\n"
        "\n"
        "Say it, and log it, or choose another day here:\n"
        "https://headway.example.com/direction/\n"
        "\n"
        "You choose what is mailed to you under Settings, My account.\n"
    )


def test_what_was_said_before_its_day_is_not_brought_up(mail) -> None:
    number = declare()
    say(date(2026, 6, 22), priority=number, repeat=WEEKS)
    say(date(2026, 7, 1), priority=number, after=1)
    # Two weeks after the first of July.
    assert mailed(mail, days=20) == {"max": [15]}


def test_who_does_not_want_it_gets_none(mail) -> None:
    choose("max", Reminder.DUE)
    say(date(2026, 6, 22), priority=declare(), repeat=WEEKS)
    assert mailed(mail, days=10) == {}
    outbox.due(at=NOW + timedelta(days=11))
    assert mail.taken == []
