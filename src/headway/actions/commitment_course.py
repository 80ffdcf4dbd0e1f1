"""What becomes of a commitment: progress, checks, another day, and how it ends."""

from datetime import date, datetime

from headway.actions import commitments as made
from headway.actions.action import action
from headway.actions.commitments import CommitmentChanged, CommitmentPartError
from headway.records import commitments
from headway.records.models import Commitment
from headway.terms.access import Permission
from headway.terms.commitment import EventKind
from headway.terms.viewer import Viewer


@action("commitments.progress", permission=Permission.RESULTS)
def progress(*, viewer: Viewer, at: datetime, commitment_id: int, note: str) -> CommitmentChanged:
    """Say how far it is.

    Raises:
        NotAllowedError: the viewer is nobody who does it.
        CommitmentTextError: there is no sentence.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
    """
    made.expect_sentence("How far it is", note)
    return _told(viewer, commitment_id, EventKind.PROGRESS, at=at, note=note)


@action("commitments.plan_check", permission=Permission.RESULTS)
def plan_check(*, viewer: Viewer, at: datetime, commitment_id: int, on: date) -> CommitmentChanged:
    """Plan a day on which both look at it together.

    Raises:
        NotAllowedError: the viewer is not one of the two.
        CommitmentDayError: the day has gone by.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
    """
    made.expect_later(on, at=at)
    return _told(viewer, commitment_id, EventKind.CHECK_PLANNED, at=at, on=on)


@action("commitments.hold_check", permission=Permission.RESULTS)
def hold_check(*, viewer: Viewer, at: datetime, commitment_id: int, note: str) -> CommitmentChanged:
    """Say that it was looked at, and what was seen.

    Raises:
        NotAllowedError: the viewer is not one of the two.
        CommitmentTextError: there is no sentence.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
    """
    made.expect_sentence("What was seen", note)
    return _told(viewer, commitment_id, EventKind.CHECK_HELD, at=at, note=note)


@action("commitments.move", permission=Permission.RESULTS)
def move(
    *,
    viewer: Viewer,
    at: datetime,
    commitment_id: int,
    due_on: date,
    reason: str,
    seen_version: int,
) -> CommitmentChanged:
    """Move one's own commitment to another day; the reason stays with it.

    Raises:
        NotAllowedError: the viewer is nobody who does it.
        CommitmentTextError: there is no reason.
        CommitmentDayError: the day has gone by.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    made.expect_sentence("The reason", reason)
    made.expect_later(due_on, at=at)
    found = _agreed(viewer, commitment_id, seen_version=seen_version)
    made.told(found, EventKind.RENEGOTIATED, viewer=viewer, at=at, note=reason, to_on=due_on)
    found.due_on = due_on
    return made.kept(found)


@action("commitments.keep", permission=Permission.RESULTS)
def keep(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """Say that it was done: kept until its day, kept late after it.

    A day that had gone by before it was moved stays the day: kept late at best.

    Raises:
        NotAllowedError: the viewer is nobody who does it.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    found = _agreed(viewer, commitment_id, seen_version=seen_version)
    state = "kept" if at.date() <= commitments.kept_by(found) else "kept_late"
    return _settled(found, EventKind.DONE, state=state, viewer=viewer, at=at)


@action("commitments.give_up", permission=Permission.RESULTS)
def give_up(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """Say that it will not be done: broken.

    Raises:
        NotAllowedError: the viewer is nobody who does it.
        CommitmentPartError: nobody has agreed to it yet.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    found = _agreed(viewer, commitment_id, seen_version=seen_version)
    return _settled(found, EventKind.BROKEN, state="broken", viewer=viewer, at=at)


@action("commitments.ask_release", permission=Permission.RESULTS)
def ask_release(
    *, viewer: Viewer, at: datetime, commitment_id: int, reason: str, seen_version: int
) -> CommitmentChanged:
    """Ask the other side to let one off, and say why.

    Raises:
        NotAllowedError: the viewer is nobody who does it.
        CommitmentTextError: there is no reason.
        CommitmentPartError: there is no other side, or nobody has agreed to it yet.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    made.expect_sentence("The reason", reason)
    found = _agreed(viewer, commitment_id, seen_version=seen_version)
    if found.to_id is None:
        raise CommitmentPartError("The other side", None, expected="somebody it was promised to")
    found.release_asked_at = at
    made.told(found, EventKind.RELEASE_ASKED, viewer=viewer, at=at, note=reason)
    return made.kept(found)


@action("commitments.refuse_release", permission=Permission.RESULTS)
def refuse_release(
    *, viewer: Viewer, at: datetime, commitment_id: int, reason: str, seen_version: int
) -> CommitmentChanged:
    """Hold the owner to it, and say why.

    Raises:
        NotAllowedError: the viewer is not the other side.
        CommitmentTextError: there is no reason.
        CommitmentPartError: nobody asked to be released.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    made.expect_sentence("The reason", reason)
    found = _releasing(viewer, commitment_id, seen_version=seen_version)
    if found.release_asked_at is None:
        raise CommitmentPartError("A wish to be released", None, expected="one to answer")
    found.release_asked_at = None
    made.told(found, EventKind.RELEASE_REFUSED, viewer=viewer, at=at, note=reason)
    return made.kept(found)


@action("commitments.release", permission=Permission.RESULTS)
def release(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """End it without its being done: whom it was promised to lets its owner off.

    What was promised to nobody else its owner ends, and what nobody agreed to whoever asked for it;
    of a joint one the other side, once one of the two has asked for it.

    Raises:
        NotAllowedError: the viewer is none of these.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    found = _releasing(viewer, commitment_id, seen_version=seen_version)
    return _settled(found, EventKind.WITHDRAWN, state="released", viewer=viewer, at=at)


@action("commitments.reopen", permission=Permission.RESULTS)
def reopen(
    *, viewer: Viewer, at: datetime, commitment_id: int, reason: str, seen_version: int
) -> CommitmentChanged:
    """Take back how it ended, and say why: who does it, and of what is said to be done either.

    What was declined, or taken back before anybody agreed, stays so.

    Raises:
        NotAllowedError: the viewer is none of these.
        CommitmentTextError: there is no reason.
        CommitmentPartError: it is open, or was never agreed to.
        StaleVersionError: somebody changed it meanwhile.
    """
    made.expect_sentence("The reason", reason)
    found = made.held(viewer, commitment_id, by=commitments.reopeners, is_settled=True)
    made.expect_version(found, seen_version)
    _expect_agreed(found)
    found.state, found.settled_on = "open", None
    made.told(found, EventKind.REOPENED, viewer=viewer, at=at, note=reason)
    return made.kept(found)


def _agreed(viewer: Viewer, commitment_id: int, *, seen_version: int) -> Commitment:
    found = made.held(viewer, commitment_id, by=commitments.doers, is_settled=False)
    made.expect_version(found, seen_version)
    _expect_agreed(found)
    return found


def _releasing(viewer: Viewer, commitment_id: int, *, seen_version: int) -> Commitment:
    found = made.held(viewer, commitment_id, by=commitments.releasers, is_settled=False)
    made.expect_version(found, seen_version)
    return found


def _expect_agreed(found: Commitment) -> None:
    if found.accepted_at is None:
        expected = "one that was agreed to"
        raise CommitmentPartError("The commitment", "not agreed yet", expected=expected)


def _told(
    viewer: Viewer,
    commitment_id: int,
    kind: EventKind,
    *,
    at: datetime,
    note: str = "",
    on: date | None = None,
) -> CommitmentChanged:
    """Keep a word about an open one. No version goes up: it changes nothing that others decide."""
    by = commitments.doers if kind is EventKind.PROGRESS else commitments.parties
    found = made.held(viewer, commitment_id, by=by, is_settled=False)
    _expect_agreed(found)
    made.told(found, kind, viewer=viewer, at=at, note=note, on=on)
    if found.is_brought:
        Commitment.objects.filter(pk=found.pk).update(is_brought=False)
    return CommitmentChanged(commitment_id=found.pk)


def _settled(
    found: Commitment, kind: EventKind, *, state: str, viewer: Viewer, at: datetime
) -> CommitmentChanged:
    found.state, found.settled_on, found.release_asked_at = state, at.date(), None
    made.told(found, kind, viewer=viewer, at=at)
    return made.kept(found)
