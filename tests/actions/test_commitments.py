"""Commitments: who may make, see, move and settle them, and what stays sealed."""

from datetime import date, timedelta

import pytest
from tests import cast
from tests.interfaces.web.results_world import signed_in

from headway.actions import commitments
from headway.actions.action import NotAllowedError, StaleVersionError
from headway.actions.commitments import (
    CommitmentDayError,
    CommitmentTextError,
    SettledError,
    Wanted,
)
from headway.queries import commitments as reading
from headway.queries.access import NotSeenError
from headway.queries.commitments import CommitmentSeen
from headway.records.models import Commitment
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
    assert seen("mona", number).state == "not agreed yet"
    commitments.accept(viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number)
    assert seen("mona", number).state == "open"
    with pytest.raises(NotAllowedError):
        commitments.accept(viewer=cast.viewer("mona"), at=cast.NOW, commitment_id=number)


@pytest.mark.parametrize(
    ("by", "owner"), [("sam", "max"), ("olaf", "max"), ("sue", "sam"), ("opal", "sam")]
)
def test_nobody_commits_somebody_they_do_not_lead(by: str, owner: str) -> None:
    with pytest.raises(NotAllowedError):
        make(by, owner)
    assert not Commitment.objects.exists()


def test_the_two_parties_and_the_owners_own_manager_see_it_and_nobody_else() -> None:
    number = make("sam", "sam", to="sue")
    for name in ("sam", "sue", "max"):
        assert seen(name, number).text
    # Not by rank: the executive and the manager above his manager do not.
    for name in ("eve", "mona", "olaf", "stan", "opal"):
        with pytest.raises(NotSeenError):
            seen(name, number)
        page = reading.page(cast.viewer(name), today=cast.NOW.date())
        assert not any((page.from_me, page.to_me, page.of_my_people, page.settled))


def test_a_prediction_is_its_owners_until_it_is_settled() -> None:
    sealed = {"predicted_link": Link.CONNECTED, "predicted_share": 0.61}
    number = make("max", "max", to="mona", **sealed)
    assert seen("max", number).prediction == "Connected at 61% by then"
    assert seen("mona", number).prediction == ""
    assert "61%" not in signed_in("mona").get(f"/commitments/{number}/").content.decode()
    settle(commitments.keep, "max", number)
    assert seen("mona", number).prediction == "Connected at 61% by then"


def test_nobody_predicts_for_somebody_else() -> None:
    number = make("mona", "max", predicted_link=Link.CONNECTED, predicted_share=0.61)
    assert seen("max", number).prediction == ""


@pytest.mark.parametrize(("days", "state"), [(14, "kept"), (15, "kept late")])
def test_kept_until_its_day_and_kept_late_after_it(days: int, state: str) -> None:
    number = make("max", "max")
    settle(commitments.keep, "max", number, at=cast.NOW + timedelta(days=days))
    assert seen("max", number).state == state


def test_given_up_is_broken() -> None:
    number = make("max", "max")
    settle(commitments.give_up, "max", number)
    assert (seen("max", number).state, seen("max", number).glyph) == ("broken", "slip")


def test_only_the_other_side_lets_somebody_off() -> None:
    number = make("max", "max", to="mona")
    with pytest.raises(NotAllowedError):
        settle(commitments.release, "max", number)
    settle(commitments.release, "mona", number)
    assert seen("max", number).state == "released"


def test_only_its_owner_settles_or_moves_it() -> None:
    number = make("max", "max", to="mona")
    for change in (commitments.keep, commitments.give_up):
        for name in ("mona", "eve", "sam"):
            with pytest.raises(NotAllowedError):
                settle(change, name, number)


def test_a_move_keeps_its_reason_and_says_so() -> None:
    number = make("max", "max")
    moved = {"due_on": date(2026, 7, 21), "reason": "Two people are away", "seen_version": 1}
    commitments.move(viewer=cast.viewer("max"), at=cast.NOW, commitment_id=number, **moved)
    found = seen("max", number)
    assert (found.state, found.due_on) == ("moved", "Tue 21 Jul 2026")
    assert [each.reason for each in found.moves] == ["Two people are away"]
    assert seen("max", number, today=date(2026, 7, 22)).state == "overdue"


def test_what_is_settled_stays_so() -> None:
    number = make("max", "max")
    settle(commitments.keep, "max", number)
    with pytest.raises(SettledError, match="kept already"):
        settle(commitments.give_up, "max", number, version=2)


def test_a_stale_page_changes_nothing() -> None:
    number = make("max", "max")
    with pytest.raises(StaleVersionError):
        settle(commitments.keep, "max", number, version=7)


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
    assert "not agreed yet" in made.content.decode()
    assert "not agreed yet" in client.get("/commitments/").content.decode()


def test_the_page_settles_one() -> None:
    number = make("max", "max")
    client = signed_in("max")
    assert "It is done" in client.get(f"/commitments/{number}/").content.decode()
    client.post(f"/commitments/{number}/keep/", {"seen_version": 1})
    assert Commitment.objects.get().state == "kept_late"
    assert client.post(f"/commitments/{number}/keep/", {}).status_code == 422
