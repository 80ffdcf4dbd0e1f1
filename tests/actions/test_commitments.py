"""Commitments: who may make, ask for, see and share them, and what stays sealed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import commitment_course as course
from headway.actions import commitments
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.commitments import (
    CommitmentDayError,
    CommitmentPartError,
    CommitmentTextError,
    SettledError,
    Wanted,
)
from headway.queries import commitments as reading
from headway.queries.access import NotSeenError
from headway.queries.commitments import CommitmentSeen
from headway.records.models import Commitment, Person, Publication, ReportingLine
from headway.terms.line import Link

pytestmark = pytest.mark.django_db

DUE = date(2026, 7, 14)
TODAY = cast.NOW.date()


@pytest.fixture(autouse=True)
def everybody() -> None:
    cast.enter()


def wanted(owner: str, **more: object) -> Wanted:
    made = {"text": "Agree a card with each person", "seen_by": "Six agreed cards", "due_on": DUE}
    return Wanted(**{**made, "owner": owner, **more})


def make(by: str, owner: str, **more: object) -> int:
    done = commitments.make(viewer=cast.viewer(by), at=cast.NOW, wanted=wanted(owner, **more))
    return done.commitment_id


def seen(name: str, number: int, *, today: date = TODAY) -> CommitmentSeen:
    return reading.one(cast.viewer(name), commitment_id=number, today=today)


def settle(change, by: str, number: int, *, at=cast.NOW, version: int = 1) -> None:
    change(viewer=cast.viewer(by), at=at, commitment_id=number, seen_version=version)


def test_a_commitment_of_ones_own_is_agreed_at_once() -> None:
    found = seen("max", make("max", "max", to="mona"))
    assert (found.owner, found.to, found.state) == ("Max", "Mona", "open")
    assert (found.may_settle, found.may_release) == (True, False)


def test_what_is_asked_of_somebody_waits_until_they_agree() -> None:
    number = make("mona", "max", to="mona")
    assert seen("mona", number).state == "asked, no answer yet"
    commitments.accept(viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number)
    assert seen("mona", number).state == "open"
    with pytest.raises(NotAllowedError):
        commitments.accept(viewer=cast.viewer("mona"), at=cast.NOW, commitment_id=number)


@pytest.mark.parametrize(("by", "owner"), [("sam", "sue"), ("olaf", "sam"), ("opal", "sam")])
def test_nobody_asks_somebody_they_neither_lead_nor_follow(by: str, owner: str) -> None:
    with pytest.raises(NotAllowedError):
        make(by, owner)
    assert not Commitment.objects.exists()


@pytest.mark.parametrize(("by", "owner"), [("sam", "max"), ("olaf", "max"), ("max", "dana")])
def test_leaders_and_other_units_may_be_asked_and_agree_first(by: str, owner: str) -> None:
    # Dana delivers, and reports to nobody whom max leads or follows.
    Person.objects.create(id="dana", name="Dana")
    ReportingLine.objects.create(
        person_id="dana", manager_id="olaf", role="other", valid_from=date(2020, 1, 1)
    )
    number = make(by, owner)
    assert (seen(by, number).state, seen(by, number).may_release) == ("asked, no answer yet", True)
    found = Commitment.objects.get()
    assert (found.accepted_at, found.to_id) == (None, by)


def test_a_seller_asks_nobody_of_another_unit() -> None:
    Person.objects.create(id="dana", name="Dana")
    ReportingLine.objects.create(person_id="dana", role="other", valid_from=date(2020, 1, 1))
    with pytest.raises(NotAllowedError):
        make("sam", "dana")


def test_what_is_declined_is_no_promise_and_says_why() -> None:
    number = make("olaf", "max")
    with pytest.raises(NotAllowedError):
        commitments.decline(
            viewer=cast.viewer("olaf"), at=cast.NOW, commitment_id=number, reason="No"
        )
    commitments.decline(
        viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number, reason="Two are away"
    )
    found = seen("olaf", number)
    assert (found.state, [each.note for each in found.events]) == ("declined", ["Two are away"])
    assert found.may_reopen is False
    # His manager learns nothing of what he was asked and did not agree to.
    with pytest.raises(NotSeenError):
        seen("mona", number)
    with pytest.raises(SettledError):
        commitments.accept(viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number)


def test_what_was_agreed_to_is_not_declined() -> None:
    number = make("max", "max", to="mona")
    with pytest.raises(CommitmentPartError, match="ask to be released"):
        commitments.decline(
            viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number, reason="No"
        )


def test_of_a_joint_one_whoever_did_not_ask_agrees_and_both_do_it() -> None:
    number = make("max", "max", to="mona", is_joint=True)
    assert seen("max", number).state == "asked, no answer yet"
    with pytest.raises(NotAllowedError):
        commitments.accept(viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number)
    commitments.accept(viewer=cast.viewer("mona"), at=cast.NOW, commitment_id=number)
    page = reading.page(cast.viewer("mona"), today=TODAY)
    assert [each.commitment_id for each in page.by_both] == [number]
    settle(course.keep, "mona", number, version=2)
    assert seen("max", number).state == "kept"


def test_a_joint_one_is_made_by_one_of_the_two() -> None:
    for to in ("sue", "eve"):
        with pytest.raises(NotAllowedError):
            make("max", "sam", to=to, is_joint=True)
    with pytest.raises(CommitmentPartError, match="The other side"):
        make("max", "max", to="max", is_joint=True)


STATELESS = {"commitment_id", "text", "owner", "to", "due_on", "due_day", "is_joint"}


def told(found: CommitmentSeen) -> set[str]:
    """The names of what says anything."""
    return {name for name, value in vars(found).items() if value not in ("", 0, False, ())}


@pytest.mark.parametrize("change", [None, course.keep, course.give_up])
def test_the_owners_manager_reads_the_sentence_and_its_day_and_no_state(change) -> None:
    number = make("sam", "sam", to="sue", cue="After lunch", predicted_link=Link.TOLD)
    course.progress(viewer=cast.viewer("sam"), at=cast.NOW, commitment_id=number, note="Half of it")
    if change is not None:
        settle(change, "sam", number)
    found = seen("max", number)
    assert (found.text, found.due_day) == ("Agree a card with each person", DUE)
    assert told(found) <= STATELESS
    page = reading.page(cast.viewer("max"), today=TODAY)
    assert [each.commitment_id for each in page.of_others] == [number]
    assert not any((page.asked, page.from_me, page.to_me, page.by_both, page.settled))


def test_the_manager_sees_the_same_page_whatever_became_of_it() -> None:
    pages = []
    for change in (None, course.keep, course.give_up, course.release):
        number = make("sam", "sam", to="sue", due_on=TODAY + timedelta(days=3))
        if change is not None:
            settle(change, "sue" if change is course.release else "sam", number)
        for days in (0, 4, 30, 32):
            day = TODAY + timedelta(days=days)
            page = reading.page(cast.viewer("max"), today=day)
            assert page.own == reading.page(cast.viewer("max"), today=TODAY).own
            listed = [replace(each, commitment_id=0) for each in page.of_others]
            pages.append((days, tuple(listed)))
        Commitment.objects.all().delete()
    assert set(pages[:4]) == set(pages)
    assert [len(listed) for _days, listed in pages[:4]] == [1, 1, 1, 0]


def test_one_of_the_two_shares_it_and_takes_that_back() -> None:
    number = make("sam", "sam", to="sue")
    settle(course.give_up, "sam", number)
    with pytest.raises(NotAllowedError):
        commitments.share(
            viewer=cast.viewer("max"),
            at=cast.NOW,
            commitment_id=number,
            is_shared=True,
            seen_version=2,
        )
    for is_shared, state in ((True, "broken"), (False, "")):
        version = seen("sam", number).version
        commitments.share(
            viewer=cast.viewer("sam"),
            at=cast.NOW,
            commitment_id=number,
            is_shared=is_shared,
            seen_version=version,
        )
        assert seen("max", number).state == state


def test_whoever_asked_and_is_no_party_sees_the_answer_and_no_more() -> None:
    number = make("max", "sam", to="sue")
    assert seen("max", number).state == "asked, no answer yet"
    commitments.accept(viewer=cast.viewer("sam"), at=cast.NOW, commitment_id=number)
    settle(course.give_up, "sam", number, version=2)
    assert (seen("max", number).state, seen("sue", number).state) == ("", "broken")


def test_nobody_else_sees_it_by_rank_or_by_address() -> None:
    number = make("sam", "sam", to="sue")
    for name in ("eve", "mona", "olaf", "stan", "opal"):
        with pytest.raises(NotSeenError):
            seen(name, number)
        page = reading.page(cast.viewer(name), today=cast.NOW.date())
        lists = (page.asked, page.from_me, page.to_me, page.by_both, page.of_others, page.settled)
        assert not any(lists)
    for name, status in (("stan", 404), ("mona", 404), ("max", 200)):
        assert signed_in(name).get(f"/commitments/{number}/").status_code == status


def test_a_prediction_is_its_owners_until_it_is_settled() -> None:
    sealed = {
        "predicted_link": Link.CONNECTED,
        "predicted_share": 0.61,
        "predicted_low": 0.5,
        "predicted_high": 0.7,
    }
    number = make("max", "max", to="mona", **sealed)
    point = "Connected at 61% by then, from 50% to 70%"
    assert seen("max", number).prediction == point
    assert seen("mona", number).prediction == ""
    assert "61%" not in signed_in("mona").get(f"/commitments/{number}/").content.decode()
    settle(course.keep, "max", number)
    assert seen("mona", number).prediction == point


def test_nobody_predicts_for_somebody_else() -> None:
    number = make("mona", "max", predicted_link=Link.CONNECTED, predicted_share=0.61)
    assert seen("max", number).prediction == ""


@pytest.mark.parametrize("ends", [(0.5, None), (0.7, 0.8), (-0.1, 0.7), (0.5, 1.1)])
def test_a_range_goes_around_what_is_predicted(ends: tuple[float, float | None]) -> None:
    sealed = {"predicted_link": Link.CONNECTED, "predicted_share": 0.61}
    with pytest.raises(CommitmentPartError, match="The range"):
        make("max", "max", **sealed, predicted_low=ends[0], predicted_high=ends[1])


def test_the_publication_looked_at_is_the_baseline() -> None:
    shown = cast.publication()
    number = make("max", "max", finding="f" * 16)
    Publication.objects.update(is_current=False)
    assert Commitment.objects.get(pk=number).publication == shown


@pytest.mark.parametrize(("days", "state"), [(14, "kept"), (15, "kept late")])
def test_kept_until_its_day_and_kept_late_after_it(days: int, state: str) -> None:
    number = make("max", "max")
    settle(course.keep, "max", number, at=cast.NOW + timedelta(days=days))
    assert seen("max", number).state == state


def test_given_up_is_broken() -> None:
    number = make("max", "max")
    settle(course.give_up, "max", number)
    assert (seen("max", number).state, seen("max", number).glyph) == ("broken", "slip")


def test_only_the_other_side_lets_somebody_off() -> None:
    number = make("max", "max", to="mona")
    with pytest.raises(NotAllowedError):
        settle(course.release, "max", number)
    settle(course.release, "mona", number)
    assert seen("max", number).state == "released"


def test_only_its_owner_settles_or_moves_it() -> None:
    number = make("max", "max", to="mona")
    for change in (course.keep, course.give_up):
        for name in ("mona", "eve", "sam"):
            with pytest.raises(NotAllowedError):
                settle(change, name, number)


def test_what_is_settled_stays_so() -> None:
    number = make("max", "max")
    settle(course.keep, "max", number)
    with pytest.raises(SettledError, match="kept already"):
        settle(course.give_up, "max", number, version=2)


def test_a_stale_page_changes_nothing() -> None:
    number = make("max", "max")
    with pytest.raises(StaleVersionError):
        settle(course.keep, "max", number, version=7)


@pytest.mark.parametrize("field", ["text", "seen_by"])
def test_a_sentence_is_needed(field: str) -> None:
    with pytest.raises(CommitmentTextError, match="0 characters"):
        make("max", "max", **{field: "  "})


def test_a_day_that_has_gone_by_is_refused() -> None:
    with pytest.raises(CommitmentDayError, match="gone by"):
        make("max", "max", due_on=cast.NOW.date())


def test_the_form_is_filled_by_the_address_and_makes_one() -> None:
    client = signed_in("mona")
    page = client.get("/commitments/new/?text=Agree+cards&owner=max").content.decode()
    assert 'value="Agree cards"' in page
    assert '<option value="max" selected' in page
    # Somebody one does not lead is not offered.
    assert 'value="stan"' not in page
    late = {"text": "A", "owner": "max", "seen_by": "B", "due_on": "2020-01-01"}
    assert client.post("/commitments/new/", late).status_code == 422
    made = client.post("/commitments/new/", {**late, "due_on": "2099-01-01"}, follow=True)
    assert "asked, no answer yet" in made.content.decode()
    assert "asked, no answer yet" in client.get("/commitments/").content.decode()


def test_the_page_settles_one() -> None:
    number = make("max", "max")
    client = signed_in("max")
    assert "It is done" in client.get(f"/commitments/{number}/").content.decode()
    client.post(f"/commitments/{number}/keep/", {"seen_version": 1})
    assert Commitment.objects.get().state == "kept_late"
    assert client.post(f"/commitments/{number}/keep/", {}).status_code == 422
