"""What becomes of commitments: progress, checks, moves, releases, silence and being reopened."""

from datetime import date, timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import commitment_course as course
from headway.actions import commitments
from headway.actions.action import NotAllowedError
from headway.actions.commitments import (
    CommitmentDayError,
    CommitmentPartError,
    CommitmentTextError,
    Wanted,
)
from headway.queries import commitments as reading
from headway.queries.commitments import CommitmentSeen
from headway.records.models import Commitment

pytestmark = pytest.mark.django_db

TODAY = cast.NOW.date()
DUE = TODAY + timedelta(days=14)


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def make(*, to: str | None = "mona", is_joint: bool = False) -> int:
    """A promise of max, agreed to."""
    wanted = Wanted(
        owner="max", to=to, is_joint=is_joint, text="Agree cards", seen_by="Cards", due_on=DUE
    )
    number = commitments.make(viewer=cast.viewer("max"), at=cast.NOW, wanted=wanted).commitment_id
    if is_joint:
        commitments.accept(viewer=cast.viewer("mona"), at=cast.NOW, commitment_id=number)
    return number


def seen(name: str, number: int, *, days: int = 0) -> CommitmentSeen:
    today = TODAY + timedelta(days=days)
    return reading.one(cast.viewer(name), commitment_id=number, today=today)


def do(change, by: str, number: int, *, days: int = 0, **more: object) -> None:
    at = cast.NOW + timedelta(days=days)
    if change not in (course.progress, course.plan_check, course.hold_check):
        more["seen_version"] = Commitment.objects.get(pk=number).version
    change(viewer=cast.viewer(by), at=at, commitment_id=number, **more)


def move(number: int, *, days: int, to_days: int) -> None:
    due_on = TODAY + timedelta(days=to_days)
    do(course.move, "max", number, days=days, due_on=due_on, reason="Two are away")


def test_a_move_before_its_day_keeps_its_reason_and_says_so() -> None:
    number = make()
    move(number, days=14, to_days=21)
    found = seen("mona", number, days=14)
    assert (found.state, found.due_on) == ("moved", "Tue 21 Jul 2026")
    [moved] = found.events
    assert (moved.told, moved.note) == ("Moved to Tue 21 Jul 2026", "Two are away")
    do(course.keep, "max", number, days=21)
    assert seen("mona", number).state == "kept"


def test_a_move_after_its_day_is_shown_as_such_and_kept_late_at_best() -> None:
    number = make()
    move(number, days=15, to_days=30)
    found = seen("mona", number, days=15)
    assert found.state == "moved after its day"
    assert found.events[0].told == "Moved to Thu 30 Jul 2026, after its day"
    do(course.keep, "max", number, days=20)
    assert seen("mona", number).state == "kept late"


def test_progress_and_checks_are_kept_with_their_days() -> None:
    number = make()
    do(course.progress, "max", number, days=2, note="Three of six")
    do(course.plan_check, "mona", number, days=3, on=TODAY + timedelta(days=8))
    do(course.hold_check, "mona", number, days=8, note="Looked at three")
    found = seen("max", number)
    assert [(each.told, each.on, each.by, each.note) for each in found.events] == [
        ("How far it is", "Thu 2 Jul 2026", "Max", "Three of six"),
        ("To be looked at together on Wed 8 Jul 2026", "Fri 3 Jul 2026", "Mona", ""),
        ("Looked at together", "Wed 8 Jul 2026", "Mona", "Looked at three"),
    ]


def test_only_who_does_it_says_how_far_and_only_the_two_check() -> None:
    number = make()
    with pytest.raises(NotAllowedError):
        do(course.progress, "mona", number, note="Half")
    for name in ("eve", "sam"):
        with pytest.raises(NotAllowedError):
            do(course.hold_check, name, number, note="Half")
        with pytest.raises(NotAllowedError):
            do(course.plan_check, name, number, on=DUE)
    with pytest.raises(CommitmentDayError):
        do(course.plan_check, "mona", number, on=TODAY)
    with pytest.raises(CommitmentTextError):
        do(course.progress, "max", number, note=" ")


@pytest.mark.parametrize(
    ("days", "said_on", "state"),
    [
        (14, None, "open"),
        (15, None, "overdue"),
        (21, None, "overdue"),
        (22, None, "overdue, no word for a week"),
        (40, None, "overdue, no word for a week"),
        # A word before its day is none after it.
        (22, 13, "overdue, no word for a week"),
        (22, 15, "overdue"),
    ],
)
def test_silence_after_its_day_is_seen_and_stored_nowhere(
    days: int, said_on: int | None, state: str
) -> None:
    number = make()
    if said_on is not None:
        do(course.progress, "max", number, days=said_on, note="Half")
    assert seen("mona", number, days=days).state == state
    assert Commitment.objects.get().state == "open"


def test_a_check_that_was_planned_before_is_no_word_after() -> None:
    number = make()
    do(course.plan_check, "max", number, days=1, on=DUE + timedelta(days=3))
    assert seen("mona", number, days=22).state == "overdue, no word for a week"


def test_the_owner_asks_to_be_released_and_the_other_side_agrees_or_not() -> None:
    number = make()
    with pytest.raises(NotAllowedError):
        do(course.ask_release, "mona", number, reason="Enough")
    do(course.ask_release, "max", number, reason="The market closed")
    found = seen("mona", number)
    assert (found.is_release_asked, found.may_release, found.may_refuse) == (True, True, True)
    do(course.refuse_release, "mona", number, reason="It reopens")
    assert seen("max", number).is_release_asked is False
    with pytest.raises(CommitmentPartError):
        do(course.refuse_release, "mona", number, reason="Again")
    do(course.ask_release, "max", number, reason="It did not")
    do(course.release, "mona", number)
    found = seen("max", number)
    assert (found.state, [each.note for each in found.events]) == (
        "released",
        ["The market closed", "It reopens", "It did not", ""],
    )


def test_one_to_nobody_is_withdrawn_by_its_maker_and_has_nobody_to_ask() -> None:
    number = make(to=None)
    with pytest.raises(CommitmentPartError, match="somebody it was promised to"):
        do(course.ask_release, "max", number, reason="Enough")
    do(course.release, "max", number)
    assert seen("max", number).state == "released"


def test_what_nobody_agreed_to_is_taken_back_by_whoever_asked_and_cannot_be_settled() -> None:
    wanted = Wanted(owner="max", text="Agree cards", seen_by="Cards", due_on=DUE)
    made = commitments.make(viewer=cast.viewer("olaf"), at=cast.NOW, wanted=wanted)
    number = made.commitment_id
    for change in (course.keep, course.give_up):
        with pytest.raises(CommitmentPartError, match="not agreed yet"):
            do(change, "max", number)
    with pytest.raises(NotAllowedError):
        do(course.release, "max", number)
    do(course.release, "olaf", number)
    assert seen("olaf", number).state == "taken back"


def test_of_a_joint_one_the_side_that_did_not_ask_releases() -> None:
    number = make(is_joint=True)
    for name in ("max", "mona"):
        with pytest.raises(NotAllowedError):
            do(course.release, name, number)
    do(course.ask_release, "mona", number, reason="The market closed")
    with pytest.raises(NotAllowedError):
        do(course.release, "mona", number)
    do(course.release, "max", number)
    assert seen("mona", number).state == "released"


@pytest.mark.parametrize("change", [course.keep, course.give_up])
def test_what_is_settled_is_opened_again_with_a_reason(change) -> None:
    number = make()
    do(change, "max", number)
    with pytest.raises(CommitmentTextError):
        do(course.reopen, "max", number, reason="")
    do(course.reopen, "max", number, reason="Two are missing")
    found = seen("max", number)
    assert (found.state, found.may_settle, found.events[-1].note) == (
        "open",
        True,
        "Two are missing",
    )
    with pytest.raises(CommitmentPartError, match="open"):
        do(course.reopen, "max", number, reason="Again")


def test_the_other_side_opens_what_is_said_to_be_done_and_nothing_else() -> None:
    number = make()
    do(course.keep, "max", number)
    do(course.reopen, "mona", number, reason="Two are missing")
    do(course.give_up, "max", number)
    with pytest.raises(NotAllowedError):
        do(course.reopen, "mona", number, reason="No")


def test_the_page_counts_ones_own_and_nobody_elses() -> None:
    for days in (14, 15):
        do(course.keep, "max", make(), days=days)
    do(course.release, "mona", make(), days=14)
    # Released after its day: it fell due and was not kept.
    do(course.release, "mona", make(), days=15)
    silent = make()
    do(course.plan_check, "max", silent, on=TODAY + timedelta(days=8))
    page = reading.page(cast.viewer("max"), today=TODAY + timedelta(days=30))
    assert (page.own.kept, page.own.due, page.own.silent) == (1, 4, 1)
    assert (page.own.held, page.own.planned) == (0, 1)
    assert page.own.told == (
        "Of 4 promises of yours that fell due in 90 days you kept 1 on time.",
        "One went by a week ago or more without a word.",
        "Of the checks you planned, 0 of 1 were held.",
    )
    for name in ("mona", "eve", "sam"):
        assert reading.page(cast.viewer(name), today=TODAY + timedelta(days=30)).own.told == ()


def test_the_lists_take_as_many_statements_for_nine_as_for_one(
    django_assert_max_num_queries,
) -> None:
    counts = []
    for _ in range(2):
        make()
        do(course.keep, "max", make())
        do(course.progress, "max", make(to=None), note="Half")
        with django_assert_max_num_queries(30) as asked:
            reading.page(cast.viewer("max"), today=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_everything_is_done_on_the_pages_without_script() -> None:
    number = make()
    owner, other = signed_in("max"), signed_in("mona")
    address = f"/commitments/{number}"
    later = date(2099, 1, 1).isoformat()
    sent = {"note": "Three of six", "back": "lists"}
    reply = owner.post(f"{address}/progress/", sent, follow=True)
    assert reply.redirect_chain == [("/commitments/", 302)]
    assert "It is kept with the commitment." in reply.content.decode()
    owner.post(f"{address}/plan-check/", {"on": later})
    other.post(f"{address}/hold-check/", {"note": "Looked at three"})
    owner.post(f"{address}/ask-release/", {"reason": "The market closed", "seen_version": 1})
    assert "asks to be released" in other.get("/commitments/").content.decode()
    other.post(f"{address}/refuse-release/", {"reason": "It reopens", "seen_version": 2})
    owner.post(f"{address}/keep/", {"seen_version": 3})
    other.post(f"{address}/reopen/", {"reason": "Two are missing", "seen_version": 4})
    owner.post(f"{address}/share/", {"is_shared": "on", "seen_version": 5})
    said = owner.get(f"{address}/").content.decode()
    for word in ("Three of six", "Looked at three", "The market closed", "It reopens", "Two are"):
        assert word in said
    found = Commitment.objects.get()
    assert (found.state, found.is_shared, found.version) == ("open", True, 6)
    for form in ("progress", "plan-check", "hold-check", "ask-release", "reopen", "share"):
        assert owner.post(f"{address}/{form}/", {}).status_code == 422


def test_the_form_asks_for_both_ends_and_for_the_other_one() -> None:
    client = signed_in("max")
    wanted = {"text": "A", "owner": "max", "seen_by": "B", "due_on": "2099-01-01"}
    for wrong, said in (
        ({"predicted_low_percent": "40"}, "Give both ends"),
        ({"predicted_low_percent": "40", "predicted_high_percent": "50"}, "Give both ends"),
        ({"is_joint": "on"}, "Choose the other one who does it."),
    ):
        reply = client.post("/commitments/new/", {**wanted, **wrong})
        assert (reply.status_code, said in reply.content.decode()) == (422, True)
    whole = {
        **wanted,
        "cue": "When the forecast is done",
        "to": "mona",
        "is_joint": "on",
        "predicted_link": "told",
        "predicted_percent": "45",
        "predicted_low_percent": "40",
        "predicted_high_percent": "50",
    }
    client.post("/commitments/new/", whole)
    found = Commitment.objects.get()
    assert (found.cue, found.is_joint, found.predicted_low, found.predicted_high) == (
        "When the forecast is done",
        True,
        0.4,
        0.5,
    )
