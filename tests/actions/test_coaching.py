"""Sessions: asked for, planned, logged by one, confirmed by both; what one noted is deleted."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from tests import cast
from tests.actions.test_strategy import declare

from headway.actions import coaching
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.coaching import (
    Logged,
    Planned,
    SessionStateError,
    SessionTextError,
    SessionTimeError,
)
from headway.actions.direction import UnknownPriorityError
from headway.queries.access import NotSeenError
from headway.queries.coaching import people as reading
from headway.queries.coaching import sessions
from headway.records import coaching as rules
from headway.records.models import AgendaItem, AuditEntry, CoachingSession, Preparation
from headway.terms.coaching_session import SessionKind

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
LATER = cast.NOW + timedelta(days=2)
BEFORE = cast.NOW - timedelta(hours=2)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def planned(**more: object) -> Planned:
    kept = {"planned_at": LATER, "minutes": 40, "kind": SessionKind.ONE_TO_ONE, "topic": "Pricing"}
    return Planned(**{**kept, **more})


def logged(**more: object) -> Logged:
    kept = {
        "held_at": BEFORE,
        "minutes": 30,
        "kind": SessionKind.JOINT_CALL,
        "topic": "Pricing",
        "priority": "",
        "is_work_observed": True,
        "practice": "Ask for the reason first",
        "follow_up_on": TODAY + timedelta(days=14),
    }
    return Logged(**{**kept, **more})


def plan(by: str = "max", person: str = "sam", **more: object) -> int:
    done = coaching.plan(
        viewer=cast.viewer(by), at=cast.NOW, person=person, planned=planned(**more)
    )
    return done.session_id


def log(by: str = "max", person: str = "sam", *, at: datetime = cast.NOW, **more: object) -> int:
    done = coaching.log(viewer=cast.viewer(by), at=at, person=person, logged=logged(**more))
    return done.session_id


def confirm(by: str, session: int, *, seen: int) -> None:
    coaching.confirm(viewer=cast.viewer(by), at=cast.NOW, session_id=session, seen_version=seen)


def seen(who: str, session: int) -> sessions.SessionSeen:
    return sessions.one(cast.viewer(who), session_id=session, today=TODAY)


def test_a_session_counts_once_the_person_confirms_what_the_coach_logged() -> None:
    made = log()
    first = seen("sam", made)
    assert (first.coach_confirmed_on, first.person_confirmed_on) == ("Tue 30 Jun 2026", "")
    assert not first.is_counting
    assert first.lacks == "To count as coaching it needs: Sam’s confirmation."
    confirm("sam", made, seen=1)
    # The same record, in the same words, for both.
    assert seen("sam", made).is_counting
    of_both = [replace(seen(who, made).line, other="") for who in ("max", "sam")]
    assert of_both[0] == of_both[1]


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"is_work_observed": False}, "real work that was observed, or a role play"),
        ({"practice": "", "follow_up_on": None}, "one practice that you agreed"),
        ({"kind": SessionKind.STATUS_CHECK}, "It is inspection"),
    ],
)
def test_what_a_session_lacks_to_count_is_said(lacking: dict[str, object], said: str) -> None:
    made = log(**lacking)
    confirm("sam", made, seen=1)
    assert not seen("max", made).is_counting
    assert said in seen("max", made).lacks


def test_a_role_play_counts_without_real_work() -> None:
    made = log(kind=SessionKind.ROLE_PLAY, is_work_observed=False)
    confirm("sam", made, seen=1)
    assert rules.counts(CoachingSession.objects.get(pk=made))


def test_a_person_asks_the_coach_sets_a_time_and_both_write_the_agenda() -> None:
    asked = coaching.ask(
        viewer=cast.viewer("sam"), at=cast.NOW, coach="max", topic="How do I get to operations?"
    )
    with pytest.raises(NotAllowedError):
        coaching.plan(
            viewer=cast.viewer("sam"),
            at=cast.NOW,
            person="sam",
            planned=planned(),
            session_id=asked.session_id,
            seen_version=1,
        )
    coaching.plan(
        viewer=cast.viewer("max"),
        at=cast.NOW,
        person="sam",
        planned=planned(),
        session_id=asked.session_id,
        seen_version=1,
    )
    coaching.add_item(
        viewer=cast.viewer("max"), at=cast.NOW, session_id=asked.session_id, text="The lost deal"
    )
    coaching.add_item(
        viewer=cast.viewer("sam"), at=cast.NOW, session_id=asked.session_id, text="Acme"
    )
    # What the person asked for comes first, whoever looks.
    texts = [(each.text, each.whose) for each in seen("max", asked.session_id).agenda]
    assert texts == [
        ("How do I get to operations?", "Sam"),
        ("Acme", "Sam"),
        ("The lost deal", "Max"),
    ]
    item = AgendaItem.objects.get(text="Acme")
    with pytest.raises(NotAllowedError):
        coaching.remove_item(viewer=cast.viewer("max"), at=cast.NOW, item_id=item.pk)
    coaching.remove_item(viewer=cast.viewer("sam"), at=cast.NOW, item_id=item.pk)
    assert [each.text for each in seen("sam", asked.session_id).agenda] == [
        "How do I get to operations?",
        "The lost deal",
    ]


def test_only_leaders_begin_and_only_ones_own_leaders_are_asked() -> None:
    for by, person in (("sam", "sue"), ("max", "stan"), ("sam", "max"), ("max", "max")):
        with pytest.raises(NotAllowedError):
            plan(by, person)
        with pytest.raises(NotAllowedError):
            log(by, person)
    with pytest.raises(NotAllowedError):
        coaching.ask(viewer=cast.viewer("sam"), at=cast.NOW, coach="olaf", topic="Pricing")
    # A leader further above may coach too.
    assert plan("mona", "sam")
    assert coaching.ask(viewer=cast.viewer("sam"), at=cast.NOW, coach="mona", topic="Pricing")


def test_what_the_one_says_otherwise_the_other_confirms_anew() -> None:
    made = log()
    confirm("sam", made, seen=1)
    coaching.log(
        viewer=cast.viewer("sam"),
        at=cast.NOW,
        person="sam",
        logged=logged(practice="Ask twice"),
        session_id=made,
        seen_version=2,
    )
    found = seen("max", made)
    assert (found.practice, found.coach_confirmed_on) == ("Ask twice", "")
    assert found.person_confirmed_on == "Tue 30 Jun 2026"
    with pytest.raises(StaleVersionError):
        confirm("max", made, seen=2)


def test_the_practice_is_looked_at_again_once_with_a_sentence() -> None:
    made, without = log(), log(practice="", follow_up_on=None)
    both = {"viewer": cast.viewer("sam"), "at": cast.NOW}
    coaching.look_again(**both, session_id=made, sentence="Two calls of three", seen_version=1)
    found = seen("max", made)
    assert (found.followed_up_on, found.looked_at) == ("Tue 30 Jun 2026", "Two calls of three")
    for session, version in ((made, 2), (without, 1)):
        with pytest.raises(SessionStateError):
            coaching.look_again(**both, session_id=session, sentence="Again", seen_version=version)


def test_what_cannot_be_is_refused_with_what_to_do() -> None:
    with pytest.raises(SessionTimeError, match="a time to come"):
        plan(planned_at=BEFORE)
    with pytest.raises(SessionTimeError, match="when it was held"):
        log(held_at=LATER)
    with pytest.raises(SessionTimeError, match="1 to 480 minutes"):
        log(minutes=0)
    with pytest.raises(SessionTimeError, match="a day to look at the practice again"):
        log(follow_up_on=None)
    with pytest.raises(SessionTimeError, match="a day after the session"):
        log(follow_up_on=TODAY - timedelta(days=1))
    with pytest.raises(SessionTextError, match="500"):
        log(practice="x" * 501)
    with pytest.raises(UnknownPriorityError):
        log(priority="nothing")
    assert log(priority=declare())


def test_a_session_both_confirmed_is_not_taken_back() -> None:
    made, other = log(), log()
    both = {"at": cast.NOW, "viewer": cast.viewer("sam")}
    coaching.call_off(**both, session_id=other, seen_version=1)
    assert CoachingSession.objects.get(pk=other).state == "called_off"
    confirm("sam", made, seen=1)
    with pytest.raises(SessionStateError, match="confirmed by both"):
        coaching.call_off(**both, session_id=made, seen_version=2)


def test_nobody_but_the_two_reads_or_changes_a_session() -> None:
    made = log()
    for who in ("eve", "mona", "olaf", "sue", "stan", "opal"):
        with pytest.raises(NotSeenError):
            seen(who, made)
        if who != "opal":
            with pytest.raises(NotAllowedError):
                confirm(who, made, seen=1)
        page = reading.page(cast.viewer(who), today=TODAY)
        assert "Ask for the reason first" not in repr(page)


def prepare(by: str, session: int, text: str) -> None:
    coaching.prepare(viewer=cast.viewer(by), at=cast.NOW, session_id=session, text=text)


def test_a_preparation_is_its_writers_alone_and_goes_with_the_log() -> None:
    made = plan()
    prepare("max", made, "m4rk of the coach")
    prepare("sam", made, "m4rk of the seller")
    assert sessions.preparation(cast.viewer("max"), session_id=made) == "m4rk of the coach"
    assert sessions.preparation(cast.viewer("sam"), session_id=made) == "m4rk of the seller"
    for who in ("eve", "mona", "sue", "opal"):
        assert sessions.preparation(cast.viewer(who), session_id=made) == ""
    # The other's is no part of the session that both read.
    assert "m4rk" not in repr(seen("sam", made))
    coaching.log(
        viewer=cast.viewer("max"),
        at=cast.NOW,
        person="sam",
        logged=logged(),
        session_id=made,
        seen_version=1,
    )
    assert Preparation.objects.count() == 0
    assert "m4rk" not in repr(list(AuditEntry.objects.values()))


def test_a_preparation_goes_when_a_session_is_called_off_or_it_is_emptied() -> None:
    made, other = plan(), plan()
    prepare("max", made, "Something")
    prepare("max", made, " ")
    assert Preparation.objects.count() == 0
    prepare("max", other, "Something")
    coaching.call_off(viewer=cast.viewer("sam"), at=cast.NOW, session_id=other, seen_version=1)
    assert Preparation.objects.count() == 0
    with pytest.raises(SessionStateError):
        prepare("max", other, "Too late")


def test_the_day_of_a_session_is_that_of_the_organisation() -> None:
    made = log(held_at=datetime(2026, 6, 30, 1, tzinfo=UTC), follow_up_on=date(2026, 6, 30))
    assert seen("max", made).follow_up_on == "Tue 30 Jun 2026"
