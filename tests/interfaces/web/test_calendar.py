"""The calendar: correct by RFC 5545, read by another library than wrote it, of nobody else."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from ical.calendar_stream import IcsCalendarStream
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import access, coaching, commitment_course, commitments
from headway.records.models import Account, CalendarAddress, CoachingSession, Commitment
from headway.terms.coaching_session import SessionKind

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
LATER = TODAY + timedelta(days=30)
PASSWORD = "three green bicycles"
HARD = 'Call Acme, Ltd; ask \\about "Größe" 日本語' + " and the rest of a long sentence" * 4


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def promised(who: str, *, to: str | None = None, by: str = "", text: str = "Call Acme") -> int:
    wanted = commitments.Wanted(owner=who, text=text, seen_by="A list", due_on=LATER, to=to)
    made = commitments.make(viewer=cast.viewer(by or who), at=timezone.now(), wanted=wanted)
    return made.commitment_id


def address(who: str) -> str:
    page = signed_in(who).post("/settings/calendar/").content.decode()
    return re.search(r"<code>http://testserver(/calendar/[\w-]{43}\.ics)</code>", page)[1]


def read(client, path: str) -> list[dict]:
    """What another library makes of it."""
    text = client.get(path).content.decode()
    found = IcsCalendarStream.calendar_from_ics(text).events
    return [
        {
            "summary": event.summary,
            "day": event.dtstart,
            "end": event.dtend,
            "status": event.status.value,
            "sequence": event.sequence,
        }
        for event in found
    ]


def entry(**more: object) -> dict:
    plain = {
        "summary": "Your promise: Call Acme",
        "day": LATER,
        "end": LATER + timedelta(days=1),
        "status": "CONFIRMED",
        "sequence": 0,
    }
    return {**plain, **more}


def test_own_promises_and_those_made_to_one_stand_in_it_by_day_and_sentence(client) -> None:
    promised("sam", to="max")
    promised("max", to="sam", text=HARD)
    promised("sue", to="max", text="Nothing of sam's")
    assert read(client, address("sam")) == [
        entry(),
        entry(summary=f"Promised to you: {HARD}"),
    ]
    # Neither the other side, nor by what it is seen, nor a mark of HTML.
    text = client.get(address("sam")).content.decode()
    for word in ("Max", "A list", "Nothing of", "<", "http"):
        assert word not in text


def test_each_line_is_as_the_standard_says(client) -> None:
    promised("sam", text=HARD)
    content = client.get(address("sam")).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    # Section 3.1: at most 75 octets without the break, and no letter cut in two.
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines]
    unfolded = content.replace(b"\r\n ", b"").decode().split("\r\n")
    assert unfolded[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Headway//Calendar//EN"]
    escaped = HARD.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    assert f"SUMMARY:Your promise: {escaped}" in unfolded
    assert f"DTSTART;VALUE=DATE:{LATER:%Y%m%d}" in unfolded
    assert f"DTEND;VALUE=DATE:{LATER + timedelta(days=1):%Y%m%d}" in unfolded
    names = [re.match(r"[A-Z-]+", line)[0] for line in unfolded if line]
    for once in ("UID", "DTSTAMP", "SEQUENCE", "STATUS", "DTSTART"):
        assert names.count(once) == 1
    assert re.fullmatch(r"DTSTAMP:\d{8}T\d{6}Z", unfolded[names.index("DTSTAMP")])


def uids(client, path: str) -> list[str]:
    return re.findall(r"UID:(\S+)", client.get(path).content.decode().replace("\r\n ", ""))


def test_a_change_keeps_the_name_of_an_entry_and_raises_its_sequence(client) -> None:
    made = promised("sam", to="max")
    path = address("sam")
    before = uids(client, path)
    commitment_course.move(
        viewer=cast.viewer("sam"),
        at=timezone.now(),
        commitment_id=made,
        due_on=LATER + timedelta(days=7),
        reason="Later.",
        seen_version=1,
    )
    day = LATER + timedelta(days=7)
    assert read(client, path) == [entry(day=day, end=day + timedelta(days=1), sequence=1)]
    assert uids(client, path) == before
    assert re.fullmatch(r"[0-9a-f]{40}@headway", before[0])
    # The other side has an entry of their own, so that one program may show both.
    assert uids(client, address("max")) != before


def test_one_that_is_let_go_is_cancelled_for_a_month_and_one_that_is_kept_is_gone(client) -> None:
    released, kept = promised("sam", to="max"), promised("sam")
    at = timezone.now()
    commitment_course.release(
        viewer=cast.viewer("max"), at=at, commitment_id=released, seen_version=1
    )
    commitment_course.keep(viewer=cast.viewer("sam"), at=at, commitment_id=kept, seen_version=1)
    path = address("sam")
    assert read(client, path) == [entry(status="CANCELLED", sequence=1)]
    Commitment.objects.filter(pk=released).update(settled_on=at.date() - timedelta(days=30))
    assert read(client, path) == []


def test_what_one_is_asked_for_is_tentative_and_no_promise_to_the_other_yet(client) -> None:
    promised("sam", by="max", to="max")
    assert read(client, address("sam")) == [entry(status="TENTATIVE")]
    assert read(client, address("max")) == []


def test_nothing_new_is_not_sent_again(client) -> None:
    promised("sam")
    path = address("sam")
    first = client.get(path)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    promised("sam", text="Another")
    changed = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert client.head(path).headers["ETag"] == changed.headers["ETag"]


def test_an_address_is_kept_as_a_hash_and_shown_once(client) -> None:
    path = address("sam")
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in str(CalendarAddress.objects.values().get())
    browser = signed_in("sam")
    client.get(path)
    for page in ("/settings/", "/settings/calendar/"):
        assert secret not in browser.get(page).content.decode()
    assert CalendarAddress.objects.get().last_used_on == TODAY


@pytest.mark.parametrize("ended", ["revoked", "made anew", "disabled"])
def test_an_address_that_was_ended_works_no_more(client, ended: str) -> None:
    promised("sam")
    path = address("sam")
    if ended == "revoked":
        assert signed_in("sam").post("/settings/calendar/revoke/").status_code == 302
    elif ended == "made anew":
        assert client.get(address("sam")).status_code == 200
    else:
        Account.objects.filter(name="Sam").update(is_active=False)
    reply = client.get(path)
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "text/plain")
    assert b"Acme" not in reply.content


def test_nobody_ends_anothers_address(client) -> None:
    path = address("sam")
    assert signed_in("eve").post("/settings/calendar/revoke/").status_code == 403
    assert client.get(path).status_code == 200


def test_an_account_of_nobody_in_the_data_has_an_empty_calendar(client) -> None:
    promised("sam")
    assert read(client, address("opal")) == []


def test_whoever_has_a_password_shows_it(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    sam = Account.objects.get(name="Sam")
    sam.password = access.password_hash(PASSWORD, account=sam)
    sam.save()
    browser = signed_in("sam")
    assert browser.post("/settings/calendar/", {"password": "wrong"}).status_code == 422
    assert browser.post("/settings/calendar/").status_code == 422
    assert CalendarAddress.objects.count() == 0
    assert browser.post("/settings/calendar/", {"password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_calendar_costs_no_more_statements(
    client, django_assert_num_queries, count: int
) -> None:
    for _ in range(count):
        promised("sam", to="max")
    path = address("sam")
    client.get(path)
    for _ in range(count):
        session()
    # The address with its account, the time zone, the commitments, their moves, the sessions,
    # what is to be said again.
    with django_assert_num_queries(6):
        client.get(path)


def test_moments_are_those_of_the_last_change(client) -> None:
    made = promised("sam")
    at = datetime(2026, 1, 5, 9, 30, tzinfo=timezone.get_current_timezone())
    Commitment.objects.filter(pk=made).update(made_at=at, accepted_at=at, due_on=date(2099, 1, 5))
    assert b"DTSTAMP:20260105T093000Z" in client.get(address("sam")).content


MEETS_AT = timezone.now().replace(microsecond=0, second=0) + timedelta(days=3)


def session(*, at: datetime = MEETS_AT, known: int | None = None, seen: int = 0) -> int:
    """Max plans one with sam, or moves it."""
    done = coaching.plan(
        viewer=cast.viewer("max"),
        at=timezone.now(),
        person="sam",
        planned=coaching.Planned(
            planned_at=at, minutes=40, kind=SessionKind.ONE_TO_ONE, topic="Topic-of-two"
        ),
        session_id=known,
        seen_version=seen,
    )
    return done.session_id


def held() -> int:
    """Max logs one with sam, and they agree to look at a practice again."""
    done = coaching.log(
        viewer=cast.viewer("max"),
        at=timezone.now(),
        person="sam",
        logged=coaching.Logged(
            held_at=timezone.now() - timedelta(hours=2),
            minutes=30,
            kind=SessionKind.JOINT_CALL,
            topic="Topic-of-two",
            priority="",
            is_work_observed=True,
            practice="Practice-of-two",
            follow_up_on=LATER,
        ),
    )
    return done.session_id


def meeting(**more: object) -> dict:
    plain = {
        "summary": "Coaching session with Max",
        "day": MEETS_AT,
        "end": MEETS_AT + timedelta(minutes=40),
    }
    return entry(**{**plain, **more})


def test_a_session_blocks_its_time_in_the_calendars_of_its_two_and_of_nobody_else(client) -> None:
    session()
    assert read(client, address("sam")) == [meeting()]
    assert read(client, address("max")) == [meeting(summary="Coaching session with Sam")]
    for other in ("mona", "eve", "sue", "opal"):
        assert read(client, address(other)) == []
    text = client.get(address("sam")).content.decode()
    assert "TRANSP:OPAQUE" in text
    assert "-of-two" not in text


def test_a_session_that_is_moved_keeps_its_name_and_one_that_is_called_off_is_cancelled(
    client,
) -> None:
    made, path = session(), address("sam")
    before = uids(client, path)
    later = MEETS_AT + timedelta(days=1)
    session(at=later, known=made, seen=1)
    moved = {"day": later, "end": later + timedelta(minutes=40)}
    assert read(client, path) == [meeting(**moved, sequence=1)]
    assert uids(client, path) == before
    at = timezone.now()
    coaching.call_off(viewer=cast.viewer("sam"), at=at, session_id=made, seen_version=2)
    assert read(client, path) == [meeting(**moved, sequence=2, status="CANCELLED")]
    assert uids(client, path) == before
    CoachingSession.objects.update(changed_at=at - timedelta(days=30))
    assert read(client, path) == []


def test_a_practice_is_a_whole_day_with_a_name_alone_until_it_was_looked_at(client) -> None:
    made, path = held(), address("sam")
    assert read(client, path) == [entry(summary="Coaching: look again with Max")]
    assert read(client, address("max")) == [entry(summary="Coaching: look again with Sam")]
    assert "-of-two" not in client.get(path).content.decode()
    assert read(client, address("mona")) == []
    coaching.look_again(
        viewer=cast.viewer("sam"),
        at=timezone.now(),
        session_id=made,
        sentence="It went well.",
        seen_version=1,
    )
    assert read(client, path) == []


def test_entries_of_one_number_have_names_of_their_own(client) -> None:
    promised("sam")
    session()
    held()
    found = uids(client, address("sam"))
    assert len(set(found)) == 3
