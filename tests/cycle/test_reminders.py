"""One mail a day at most, to whom it concerns, with what they chose and nothing of others."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests import cast, smtp

from headway.actions import commitment_course, commitments, reminders
from headway.cycle import outbox
from headway.records.models import Account, Commitment, Organisation, Outgoing, ReminderChoice
from headway.terms.reminders import Reminder

pytestmark = pytest.mark.django_db
# Tuesday, 30 June 2026, noon UTC.
NOW = cast.NOW
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


@pytest.fixture
def mail(settings):
    with smtp.reached(settings) as server:
        yield server


def promised(who: str, *, due_on: date, to: str | None = None, by: str = "", text: str = "") -> int:
    wanted = commitments.Wanted(
        owner=who, text=text or f"Call Acme for {who}", seen_by="A list", due_on=due_on, to=to
    )
    made = commitments.make(viewer=cast.viewer(by or who), at=NOW, wanted=wanted)
    return made.commitment_id


def choose(who: str, *kinds: Reminder) -> None:
    reminders.choose(viewer=cast.viewer(who), at=NOW, kinds=kinds)


def mailed(mail, *, days: int) -> dict[str, list[int]]:
    """To whom something was mailed on which day, the worker looking twice a day."""
    found: dict[str, list[int]] = {}
    for day in range(days):
        before = len(mail.taken)
        for hours in (0, 11):
            outbox.due(at=NOW + day * DAY + timedelta(hours=hours))
        for message in mail.taken[before:]:
            found.setdefault(message["To"].partition("@")[0], []).append(day)
    return found


def test_an_owner_is_reminded_three_days_before_and_on_the_day_after(mail) -> None:
    promised("sam", due_on=date(2026, 7, 10))
    # The tenth is ten days from now: day 7, and day 11.
    assert mailed(mail, days=15) == {"sam": [7, 11]}


def test_the_mail_is_short_plain_and_has_one_link(mail) -> None:
    promised("sam", due_on=date(2026, 7, 10), to="max")
    promised("sam", due_on=date(2026, 7, 10), text="Ask\nfor the <b>list</b>")
    mailed(mail, days=8)
    [message] = mail.taken
    assert message.get_content_type() == "text/plain"
    assert message["Subject"] == "2 promises to look at"
    assert message.get_content().replace("\r\n", "\n") == (
        "You promised:\n"
        "- Call Acme for sam (Max; due Fri 10 Jul 2026)\n"
        "- Ask for the <b>list</b> (due Fri 10 Jul 2026)\n"
        "\n"
        "Keep, move or give up a promise, or agree to one, here:\n"
        "https://headway.example.com/commitments/\n"
        "\n"
        "You choose what is mailed to you under Settings, My account.\n"
    )


def test_all_of_a_day_is_one_mail(mail) -> None:
    choose("sam", *Reminder)
    for day in (3, 4, 4):
        promised("sam", due_on=date(2026, 7, day))
    kept = promised("max", due_on=date(2026, 7, 20), to="sam")
    moved = promised("max", due_on=date(2026, 7, 21), to="sam")
    promised("sam", due_on=date(2026, 7, 22), by="max")
    commitment_course.keep(viewer=cast.viewer("max"), at=NOW, commitment_id=kept, seen_version=1)
    commitment_course.move(
        viewer=cast.viewer("max"),
        at=NOW + timedelta(minutes=1),
        commitment_id=moved,
        due_on=date(2026, 7, 30),
        reason="The customer is away.",
        seen_version=1,
    )
    outbox.due(at=NOW + DAY)
    [message] = mail.taken
    assert message.get_content().replace("\r\n", "\n").partition("\n\nKeep,")[0] == (
        # The third was three days away yesterday, when nobody had looked yet for sam.
        "You promised:\n"
        "- Call Acme for sam (due Sat 4 Jul 2026)\n"
        "- Call Acme for sam (due Sat 4 Jul 2026)\n"
        "\n"
        "You are asked to promise:\n"
        "- Call Acme for sam (Max; due Wed 22 Jul 2026)\n"
        "\n"
        "Promised to you, and kept:\n"
        "- Call Acme for max (Max; due Mon 20 Jul 2026)\n"
        "\n"
        "Promised to you, and moved:\n"
        "- Call Acme for max (Max; now due Thu 30 Jul 2026)"
    )
    assert "away" not in message.get_content()


def test_only_own_promises_are_mailed_to_who_has_chosen_nothing(mail) -> None:
    kept = promised("max", due_on=date(2026, 7, 20), to="sam")
    promised("sue", due_on=date(2026, 7, 22), by="max")
    commitment_course.keep(viewer=cast.viewer("max"), at=NOW, commitment_id=kept, seen_version=1)
    assert mailed(mail, days=3) == {}


def test_each_chosen_kind_is_told_once(mail) -> None:
    choose("sam", Reminder.KEPT)
    choose("max", Reminder.MOVED)
    choose("sue", Reminder.ASKED)
    kept = promised("max", due_on=date(2026, 7, 20), to="sam")
    moved = promised("sam", due_on=date(2026, 7, 20), to="max")
    promised("sue", due_on=date(2026, 7, 22), by="max")
    outbox.due(at=NOW)
    at = NOW + timedelta(hours=2)
    commitment_course.keep(viewer=cast.viewer("max"), at=at, commitment_id=kept, seen_version=1)
    commitment_course.move(
        viewer=cast.viewer("sam"),
        at=at,
        commitment_id=moved,
        due_on=date(2026, 7, 30),
        reason="Later.",
        seen_version=1,
    )
    assert mailed(mail, days=5) == {"sue": [1], "max": [1], "sam": [1]}


def test_nobody_reads_of_promises_between_others(mail) -> None:
    for name in cast.ROLES:
        choose(name, *Reminder)
    promised("sam", due_on=date(2026, 7, 3), to="max", text="Only-the-two")
    mailed(mail, days=6)
    told = {m["To"] for m in mail.taken if "Only-the-two" in m.get_content()}
    assert told == {"sam@example.com"}
    assert {m["To"] for m in mail.taken} == {"sam@example.com"}


@pytest.mark.parametrize(
    "become",
    [
        "kept",
        "moved",
        *(pytest.param(each, marks=pytest.mark.slow) for each in ("given up", "released")),
    ],
)
def test_what_is_settled_or_moved_reminds_nobody(mail, become: str) -> None:
    made = promised("sam", due_on=date(2026, 7, 10), to="max")
    asked = {"commitment_id": made, "seen_version": 1}
    sam, at = cast.viewer("sam"), NOW + timedelta(hours=6)
    outbox.due(at=NOW)
    if become == "kept":
        commitment_course.keep(viewer=sam, at=at, **asked)
    elif become == "given up":
        commitment_course.give_up(viewer=sam, at=at, **asked)
    elif become == "released":
        commitment_course.release(viewer=cast.viewer("max"), at=at, **asked)
    else:
        due_on = date(2026, 7, 20)
        commitment_course.move(viewer=sam, at=at, due_on=due_on, reason="Later.", **asked)
    # Moved by ten days, so are the reminders.
    if become == "moved":
        assert mailed(mail, days=22) == {"sam": [17, 21]}
    else:
        assert mailed(mail, days=12) == {}


def test_a_word_on_its_day_is_an_update_and_one_before_is_none(mail) -> None:
    early, late = (promised("sam", due_on=date(2026, 7, 10), text=each) for each in ("E", "L"))
    for made, day in ((early, 9), (late, 10)):
        commitment_course.progress(
            viewer=cast.viewer("sam"),
            at=datetime(2026, 7, day, 9, tzinfo=UTC),
            commitment_id=made,
            note="Half of it is done.",
        )
    outbox.due(at=NOW + 10 * DAY)
    outbox.due(at=NOW + 11 * DAY)
    lines = mail.taken[-1].get_content().splitlines()
    assert lines[:3] == ["You promised:", "- E (it was due Fri 10 Jul 2026)", ""]


def test_of_a_joint_one_both_are_reminded_and_the_other_is_told(mail) -> None:
    choose("max", *Reminder)
    choose("sam", *Reminder)
    wanted = commitments.Wanted(
        owner="max",
        text="Visit",
        seen_by="A",
        due_on=date(2026, 7, 10),
        to="sam",
        is_joint=True,
    )
    made = commitments.make(viewer=cast.viewer("max"), at=NOW, wanted=wanted).commitment_id
    assert mailed(mail, days=2) == {"sam": [1]}
    commitments.accept(viewer=cast.viewer("sam"), at=NOW + DAY, commitment_id=made)
    assert mailed(mail, days=9) == {"max": [7], "sam": [7]}
    at = NOW + 8 * DAY + timedelta(hours=12)
    commitment_course.keep(viewer=cast.viewer("sam"), at=at, commitment_id=made, seen_version=2)
    outbox.due(at=NOW + 9 * DAY)
    assert [message["To"] for message in mail.taken[3:]] == ["max@example.com"]
    assert "Visit (Sam; due Fri 10 Jul 2026)" in mail.taken[3].get_content()


def test_what_one_has_not_agreed_to_is_no_promise_of_ones_own(mail) -> None:
    promised("sam", due_on=date(2026, 7, 3), by="max")
    assert mailed(mail, days=6) == {}


def test_what_is_settled_while_the_mail_waits_is_not_mailed(mail) -> None:
    made = promised("sam", due_on=date(2026, 7, 3))
    mail.busy.append(b"sam@")
    outbox.due(at=NOW)
    mail.busy.clear()
    commitment_course.keep(viewer=cast.viewer("sam"), at=NOW, commitment_id=made, seen_version=1)
    outbox.due(at=NOW + timedelta(hours=1))
    assert (mail.taken, Outgoing.objects.count()) == ([], 0)


def test_days_without_a_worker_are_made_up_for_in_one_mail(mail) -> None:
    outbox.due(at=NOW)
    for day in (5, 6, 8):
        promised("sam", due_on=date(2026, 7, day))
    # Five days later it is the fifth: two are due within three days, none is over.
    outbox.due(at=NOW + 5 * DAY)
    [message] = mail.taken
    assert re.findall(r"due \w+ (\d+) Jul", message.get_content()) == ["5", "6", "8"]
    outbox.due(at=NOW + 7 * DAY)
    assert re.findall(r"was due \w+ (\d+) Jul", mail.taken[1].get_content()) == ["5", "6"]


def test_the_day_begins_at_six_in_the_organisations_zone(mail) -> None:
    Organisation.objects.update(time_zone="Asia/Tokyo")
    promised("sam", due_on=date(2026, 7, 4))
    # The first of July in Tokyo, where it is nine hours later: six there is 21 the day before.
    begins = datetime(2026, 6, 30, 21, 0, tzinfo=UTC)
    outbox.due(at=begins - timedelta(seconds=1))
    assert mail.taken == []
    outbox.due(at=begins)
    assert len(mail.taken) == 1


@pytest.mark.parametrize("gone", ["disabled", "left"])
def test_who_is_not_here_any_more_is_not_mailed(mail, gone: str) -> None:
    promised("sam", due_on=date(2026, 7, 3))
    sam = Account.objects.get(name="Sam")
    if gone == "disabled":
        Account.objects.filter(pk=sam.pk).update(is_active=False)
    else:
        sam.person.is_active = False
        sam.person.save()
    assert mailed(mail, days=6) == {}


def test_without_a_mail_server_nobody_is_mailed_old_reminders_later(settings) -> None:
    promised("sam", due_on=date(2026, 7, 3))
    for day in range(20):
        outbox.due(at=NOW + day * DAY)
    with smtp.reached(settings) as server:
        outbox.due(at=NOW + 20 * DAY)
        assert (server.taken, Outgoing.objects.count()) == ([], 0)


def test_what_came_with_a_load_reminds_its_owner_and_tells_nobody_of_the_past(mail) -> None:
    for name in ("sam", "max"):
        choose(name, *Reminder)
    ours = {"to_id": "max", "is_brought": True, "made_at": NOW, "first_due_on": NOW.date()}
    Commitment.objects.create(
        owner_id="sam", accepted_at=NOW, due_on=date(2026, 7, 3), text="Loaded", **ours
    )
    Commitment.objects.create(
        owner_id="sam", due_on=NOW.date(), state="kept", settled_on=NOW.date(), text="Was", **ours
    )
    assert mailed(mail, days=3) == {"sam": [0]}


def test_the_link_of_the_mail_stops_them_with_one_click(mail) -> None:
    promised("sam", due_on=date(2026, 7, 3))
    promised("sue", due_on=date(2026, 7, 3))
    outbox.due(at=NOW)
    raw = next(each for each in mail.raw if b"To: sam@example.com" in each).decode()
    assert "\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    # As it is on the wire: a line may be folded before the address, never within.
    address = r"\r\nList-Unsubscribe: (?:\r\n )?<https://headway\.example\.com(/[^>\s]+)>\r\n"
    path = re.search(address, raw)[1]
    # Programs that look at links change nothing.
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    choices = ReminderChoice.objects.get(account__name="Sam")
    assert choices.kinds == ["called_off", "due", "practice", "repeat", "session"]
    # What a mail program sends by itself: no cookie, no page before it.
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    choices.refresh_from_db()
    assert choices.kinds == []
    assert mailed(mail, days=6) == {"sue": [4]}


def test_one_message_keeps_its_name_when_it_is_sent_twice(mail) -> None:
    promised("sam", due_on=date(2026, 7, 3))
    outbox.due(at=NOW)
    Outgoing.objects.update(state="waiting", over_at=None, next_at=NOW)
    outbox.due(at=NOW)
    first, second = mail.taken
    assert first["Message-ID"] == second["Message-ID"]
