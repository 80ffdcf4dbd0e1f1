"""Sessions and practices of coaching are mailed to their two, by day and name, and no word more."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests import cast, smtp

from headway.actions import coaching, commitments, reminders
from headway.cycle import outbox
from headway.records.models import Organisation, Outgoing
from headway.terms.coaching_session import SessionKind
from headway.terms.reminders import Reminder

pytestmark = pytest.mark.django_db
# Tuesday, 30 June 2026, noon UTC.
NOW = cast.NOW
DAY = timedelta(days=1)
FRIDAY = datetime(2026, 7, 3, 14, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def mail(settings):
    with smtp.reached(settings) as server:
        yield server


def planned(at: datetime, *, now: datetime = NOW, session: int | None = None, seen: int = 0) -> int:
    done = coaching.plan(
        viewer=cast.viewer("max"),
        at=now,
        person="sam",
        planned=coaching.Planned(
            planned_at=at, minutes=40, kind=SessionKind.ONE_TO_ONE, topic="Secret topic"
        ),
        session_id=session,
        seen_version=seen,
    )
    return done.session_id


def logged(*, again_on: date) -> int:
    done = coaching.log(
        viewer=cast.viewer("max"),
        at=NOW,
        person="sam",
        logged=coaching.Logged(
            held_at=NOW - DAY,
            minutes=30,
            kind=SessionKind.JOINT_CALL,
            topic="Secret topic",
            priority="",
            is_work_observed=True,
            practice="Secret practice",
            follow_up_on=again_on,
        ),
    )
    return done.session_id


def mailed(mail, *, days: int, first: int = 0) -> dict[str, list[int]]:
    """To whom something was mailed on which day, the worker looking three times a day."""
    found: dict[str, list[int]] = {}
    for day in range(first, days):
        before = len(mail.taken)
        for hours in (0, 1, 11):
            outbox.due(at=NOW + day * DAY + timedelta(hours=hours))
        for message in mail.taken[before:]:
            found.setdefault(message["To"].partition("@")[0], []).append(day)
    return found


def test_the_two_of_a_session_are_reminded_the_day_before_and_nobody_else(mail) -> None:
    for name in cast.ROLES:
        reminders.choose(viewer=cast.viewer(name), at=NOW, kinds=tuple(Reminder))
    outbox.due(at=NOW)
    planned(FRIDAY + 7 * DAY)
    # Ten days away: told on the ninth only.
    assert mailed(mail, days=15) == {"max": [9], "sam": [9]}


def test_the_mail_names_the_other_and_the_time_and_no_word_of_it(mail) -> None:
    planned(FRIDAY)
    mailed(mail, days=3)
    told = {message["To"]: message for message in mail.taken}
    assert told["sam@example.com"]["Subject"] == "One thing to look at"
    assert told["sam@example.com"].get_content().replace("\r\n", "\n") == (
        "Your coaching sessions:\n"
        "- with Max, Fri 3 Jul 2026, 14:30\n"
        "\n"
        "Move or call off a session, or look at a practice again, here:\n"
        "https://headway.example.com/coaching/\n"
        "\n"
        "You choose what is mailed to you under Settings, My account.\n"
    )
    assert "with Sam, Fri" in told["max@example.com"].get_content()
    assert all("Secret" not in message.get_content() for message in mail.taken)


def test_promises_and_coaching_of_a_day_are_one_mail_with_both_links(mail) -> None:
    planned(FRIDAY)
    wanted = commitments.Wanted(
        owner="sam", text="Call Acme", seen_by="A list", due_on=date(2026, 7, 5)
    )
    commitments.make(viewer=cast.viewer("sam"), at=NOW, wanted=wanted)
    mailed(mail, days=3)
    [message] = [each for each in mail.taken if each["To"] == "sam@example.com"]
    assert message["Subject"] == "2 things to look at"
    assert "/commitments/" in message.get_content()
    assert "/coaching/" in message.get_content()


def test_one_that_is_set_or_moved_late_is_told_the_next_morning(mail) -> None:
    outbox.due(at=NOW)
    # In the afternoon of Tuesday for Wednesday, two hours after the worker looks.
    made = planned(NOW + DAY + timedelta(hours=2), now=NOW + timedelta(hours=3))
    outbox.due(at=NOW + DAY)
    assert {message["To"] for message in mail.taken} == {"max@example.com", "sam@example.com"}
    # Moved by a day: said at once on the next morning, with the new time, and once.
    later = NOW + 2 * DAY + timedelta(hours=4)
    planned(later, now=NOW + DAY + timedelta(hours=1), session=made, seen=1)
    assert mailed(mail, first=2, days=6) == {"max": [2], "sam": [2]}
    assert "with Max, Thu 2 Jul 2026, 16:00" in mail.taken[-1].get_content() or (
        "with Sam, Thu 2 Jul 2026, 16:00" in mail.taken[-1].get_content()
    )


def called_off(made: int, *, by: str = "sam", at: datetime = NOW) -> None:
    coaching.call_off(viewer=cast.viewer(by), at=at, session_id=made, seen_version=1)


def test_that_one_is_called_off_is_mailed_at_once_to_the_other_alone(mail) -> None:
    for name in cast.ROLES:
        reminders.choose(viewer=cast.viewer(name), at=NOW, kinds=tuple(Reminder))
    called_off(planned(FRIDAY))
    outbox.due(at=NOW + timedelta(minutes=1))
    [message] = mail.taken
    assert (message["To"], message["Subject"]) == (
        "max@example.com",
        "A coaching session was called off",
    )
    told = message.get_content().replace("\r\n", "\n")
    assert told.startswith("Called off:\n- with Sam, Fri 3 Jul 2026, 14:30\n")
    assert "Secret" not in told
    # Neither is reminded of it, and nobody is told twice.
    assert mailed(mail, days=6) == {}


def test_who_wants_none_and_who_learns_of_it_too_late_are_not_mailed_that(mail) -> None:
    reminders.choose(viewer=cast.viewer("max"), at=NOW, kinds=(Reminder.SESSION,))
    called_off(planned(FRIDAY))
    outbox.due(at=NOW)
    # Called off by the coach, and looked at by a worker when its time is over.
    called_off(planned(NOW + DAY, now=NOW), by="max")
    outbox.due(at=NOW + 2 * DAY)
    assert [each for each in mail.taken if "called off" in each["Subject"]] == []
    assert not Outgoing.objects.filter(kind="called_off").exists()


def test_one_that_was_only_asked_for_or_taken_back_is_nothing_to_mail(mail) -> None:
    asked = coaching.ask(viewer=cast.viewer("sam"), at=NOW, coach="max", topic="Secret topic")
    called_off(asked.session_id)
    called_off(logged(again_on=date(2026, 7, 6)), by="max")
    outbox.due(at=NOW + timedelta(minutes=1))
    assert mail.taken == []


def test_a_practice_is_brought_up_on_its_day_until_it_was_looked_at(mail) -> None:
    logged(again_on=date(2026, 7, 6))
    done = logged(again_on=date(2026, 7, 5))
    coaching.look_again(
        viewer=cast.viewer("sam"), at=NOW, session_id=done, sentence="It went.", seen_version=1
    )
    assert mailed(mail, days=10) == {"max": [6], "sam": [6]}
    text = mail.taken[0].get_content()
    assert text.startswith("You agreed to look at a practice again:")
    assert "Mon 6 Jul 2026" in text
    assert "Secret" not in text


def test_who_wants_no_mail_of_coaching_gets_none(mail) -> None:
    reminders.choose(viewer=cast.viewer("sam"), at=NOW, kinds=(Reminder.DUE,))
    planned(FRIDAY)
    logged(again_on=date(2026, 7, 6))
    assert mailed(mail, days=8) == {"max": [2, 6]}


def test_times_and_days_are_those_of_the_organisation(mail) -> None:
    Organisation.objects.update(time_zone="Asia/Tokyo")
    # 23:30 in Tokyo on Friday: told on the morning of Thursday there, 21:00 UTC on Wednesday.
    planned(datetime(2026, 7, 3, 14, 30, tzinfo=UTC))
    begins = datetime(2026, 7, 1, 21, 0, tzinfo=UTC)
    outbox.due(at=begins - timedelta(minutes=1))
    assert mail.taken == []
    outbox.due(at=begins)
    assert "Fri 3 Jul 2026, 23:30" in mail.taken[0].get_content()
