"""Commitments between people: asked for, made, agreed to or declined, and shared."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.records import commitments
from headway.records.models import Commitment, CommitmentEvent, Person, Publication
from headway.terms.access import Permission
from headway.terms.commitment import EventKind
from headway.terms.errors import HeadwayError
from headway.terms.line import Link
from headway.terms.viewer import Viewer

MAX_LENGTH = 500


class CommitmentTextError(HeadwayError):
    """A sentence of a commitment is missing, or too long."""

    code = "commitments.text"

    def __init__(self, what: str, length: int) -> None:
        super().__init__(
            f"{what} has {length} characters. Expected 1 to {MAX_LENGTH}: one plain sentence."
        )


class CommitmentDayError(HeadwayError):
    """A commitment is due on a day that has gone by."""

    code = "commitments.day"

    def __init__(self, due_on: date, today: date) -> None:
        super().__init__(
            f"The day {due_on} has gone by; today is {today}. Choose a day from tomorrow on."
        )


class CommitmentPartError(HeadwayError):
    """A part of a commitment that is no sentence is not what it should be."""

    code = "commitments.part"

    def __init__(self, what: str, found: object, *, expected: str) -> None:
        super().__init__(f"{what} is {found!r}. Expected {expected}.")


class SettledError(HeadwayError):
    """A commitment that is settled cannot be changed any more."""

    code = "commitments.settled"
    status = 409

    def __init__(self, state: str) -> None:
        super().__init__(f"This commitment is {state.replace('_', ' ')} already. Make a new one.")


@dataclass(frozen=True, kw_only=True)
class CommitmentChanged:
    """A commitment was made or changed."""

    commitment_id: int

    @property
    def subject(self) -> str:
        """Which commitment."""
        return f"commitment:{self.commitment_id}"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be promised.

    `owner` is the person who will do `text` until the end of `due_on`, `seen_by` what others will
    see of it; `to` whom it is promised to, None = nobody but oneself, or whoever asks for it. With
    `is_joint` both do it. `cue` is the moment that will remind them ("if ... then"). `priority` and
    `finding` are what it serves and comes from, "" for none. `predicted_share` is what its owner
    believes `predicted_link` will be by then, 0..1, from `predicted_low` to `predicted_high`.
    """

    owner: str
    text: str
    seen_by: str
    due_on: date
    to: str | None = None
    is_joint: bool = False
    cue: str = ""
    priority: str = ""
    finding: str = ""
    predicted_link: Link | None = None
    predicted_share: float | None = None
    predicted_low: float | None = None
    predicted_high: float | None = None


@action("commitments.make", permission=Permission.RESULTS)
def make(*, viewer: Viewer, at: datetime, wanted: Wanted) -> CommitmentChanged:
    """Promise something, or ask somebody to promise it.

    What is asked of somebody, or of both, waits until that person agrees, and carries no
    prediction: only its owner can make one.

    Raises:
        NotAllowedError: the owner is nobody whom `viewer` may ask, or a joint one has another side.
        CommitmentTextError: a sentence is missing or too long.
        CommitmentDayError: the day has gone by.
        CommitmentPartError: whom it is promised to, what it serves or what is predicted is no such.
    """
    expect_sentence("What will be done", wanted.text)
    expect_sentence("By what it will be seen", wanted.seen_by)
    expect_later(wanted.due_on, at=at)
    _expect_parts(wanted)
    if viewer.account_id is None or not _may_ask(viewer, wanted.owner):
        raise NotAllowedError(f"person:{wanted.owner}")
    is_own = wanted.owner == viewer.person_id
    to = wanted.to or (None if is_own else viewer.person_id)
    if wanted.is_joint and not _may_do_together(viewer, wanted.owner, to):
        raise NotAllowedError(f"person:{to}")
    is_predicted = is_own and wanted.predicted_link and wanted.predicted_share is not None
    made = Commitment.objects.create(
        owner_id=wanted.owner,
        to_id=None if to == wanted.owner else to,
        is_joint=wanted.is_joint,
        made_by_id=viewer.account_id,
        made_at=at,
        accepted_at=at if is_own and not wanted.is_joint else None,
        text=wanted.text.strip(),
        seen_by=wanted.seen_by.strip(),
        cue=wanted.cue.strip(),
        due_on=wanted.due_on,
        first_due_on=wanted.due_on,
        priority=wanted.priority,
        finding=wanted.finding,
        publication=_baseline(wanted),
        predicted_link=str(wanted.predicted_link) if is_predicted else "",
        predicted_share=wanted.predicted_share if is_predicted else None,
        predicted_low=wanted.predicted_low if is_predicted else None,
        predicted_high=wanted.predicted_high if is_predicted else None,
    )
    return CommitmentChanged(commitment_id=made.pk)


@action("commitments.accept", permission=Permission.RESULTS)
def accept(*, viewer: Viewer, at: datetime, commitment_id: int) -> CommitmentChanged:
    """Agree to what somebody asked one to promise.

    Raises:
        NotAllowedError: it is not the viewer who was asked.
        SettledError: it is settled.
    """
    found = _asked(viewer, commitment_id)
    if found.accepted_at is not None:
        return CommitmentChanged(commitment_id=found.pk)
    found.accepted_at = at
    return kept(found)


@action("commitments.decline", permission=Permission.RESULTS)
def decline(*, viewer: Viewer, at: datetime, commitment_id: int, reason: str) -> CommitmentChanged:
    """Say no to what somebody asked one to promise, and why: it never was a promise.

    Raises:
        NotAllowedError: it is not the viewer who was asked.
        CommitmentTextError: there is no reason.
        CommitmentPartError: it was agreed to already.
        SettledError: it is settled.
    """
    expect_sentence("The reason", reason)
    found = _asked(viewer, commitment_id)
    if found.accepted_at is not None:
        expected = "one that nobody has agreed to yet; ask to be released instead"
        raise CommitmentPartError("The commitment", "agreed to", expected=expected)
    found.state, found.settled_on = "declined", at.date()
    told(found, EventKind.DECLINED, viewer=viewer, at=at, note=reason)
    return kept(found)


@action("commitments.share", permission=Permission.RESULTS)
def share(
    *, viewer: Viewer, at: datetime, commitment_id: int, is_shared: bool, seen_version: int
) -> CommitmentChanged:
    """Let the manager of whoever does it see what becomes of it, or no longer.

    Raises:
        NotAllowedError: the viewer is not one of the two.
        StaleVersionError: somebody changed it meanwhile.
    """
    del at
    found = held(viewer, commitment_id, by=commitments.parties)
    expect_version(found, seen_version)
    found.is_shared = is_shared
    return kept(found)


def held(
    viewer: Viewer,
    commitment_id: int,
    *,
    by: Callable[[Commitment], Collection[str]],
    is_settled: bool | None = None,
) -> Commitment:
    """The commitment, locked, for one of the people who may do this.

    Args:
        viewer: who wants to change it.
        commitment_id: which.
        by: the ids of those who may.
        is_settled: whether it has to be; None = either.

    Raises:
        NotAllowedError: there is none, or the viewer is not one of them.
        SettledError: it is settled and should not be.
        CommitmentPartError: it is open and should not be.
    """
    known = Commitment.objects.select_for_update().filter(pk=commitment_id)
    found = known.first()
    if found is None or viewer.person_id is None or viewer.person_id not in by(found):
        raise NotAllowedError(f"commitment:{commitment_id}")
    if is_settled is False and found.state != "open":
        raise SettledError(found.state)
    if is_settled and found.state == "open":
        raise CommitmentPartError("The commitment", "open", expected="one that is settled")
    return found


def told(
    found: Commitment,
    kind: EventKind,
    *,
    viewer: Viewer,
    at: datetime,
    note: str = "",
    on: date | None = None,
    to_on: date | None = None,
) -> None:
    """Keep what was said of it; `on` is the day it speaks of, if that is not today."""
    CommitmentEvent.objects.create(
        commitment=found,
        by_id=viewer.account_id,
        kind=kind.value,
        at=at,
        on=on or at.date(),
        from_on=found.due_on if to_on else None,
        to_on=to_on,
        note=note.strip(),
    )


def kept(found: Commitment) -> CommitmentChanged:
    """Write it, as a later version and as entered here."""
    found.version += 1
    found.is_brought = False
    found.save()
    return CommitmentChanged(commitment_id=found.pk)


def expect_sentence(what: str, text: str) -> None:
    """Refuse a sentence that is missing or too long."""
    if not 0 < len(text.strip()) <= MAX_LENGTH:
        raise CommitmentTextError(what, len(text.strip()))


def expect_later(due_on: date, *, at: datetime) -> None:
    """Refuse a day that has gone by."""
    if due_on <= at.date():
        raise CommitmentDayError(due_on, at.date())


def expect_version(found: Commitment, seen: int) -> None:
    """Refuse to change what somebody else changed since."""
    if found.version != seen:
        raise StaleVersionError(name=found.text, seen=seen, found=found.version)


def _asked(viewer: Viewer, commitment_id: int) -> Commitment:
    return held(viewer, commitment_id, by=commitments.agreeing, is_settled=False)


def _may_ask(viewer: Viewer, owner: str) -> bool:
    return owner == viewer.person_id or commitments.askable(viewer).filter(pk=owner).exists()


def _may_do_together(viewer: Viewer, owner: str, to: str | None) -> bool:
    """Whether the viewer is one of the two, and may ask the other."""
    return to is not None and viewer.person_id in (owner, to) and _may_ask(viewer, to)


def _baseline(wanted: Wanted) -> Publication | None:
    if not (wanted.finding or wanted.predicted_link):
        return None
    return Publication.objects.filter(is_current=True).first()


def _expect_parts(wanted: Wanted) -> None:
    to = wanted.to
    if to is not None and not Person.objects.filter(pk=to, is_active=True).exists():
        raise CommitmentPartError("Whom it is promised to", to[:80], expected="the id of somebody")
    if wanted.is_joint and to == wanted.owner:
        raise CommitmentPartError("The other side", to, expected="the id of whoever does it too")
    if len(wanted.cue.strip()) > MAX_LENGTH:
        raise CommitmentTextError("The moment that reminds", len(wanted.cue.strip()))
    for what, text, longest in (
        ("The priority", wanted.priority, 80),
        ("The finding", wanted.finding, 64),
    ):
        if len(text) > longest:
            expected = f"an id of at most {longest} characters"
            raise CommitmentPartError(what, f"{text[:longest]}…", expected=expected)
    _expect_prediction(wanted)


def _expect_prediction(wanted: Wanted) -> None:
    share, low, high = wanted.predicted_share, wanted.predicted_low, wanted.predicted_high
    if share is not None and not 0 <= share <= 1:
        raise CommitmentPartError("What is predicted", share, expected="a share from 0 to 1")
    if low is None and high is None:
        return
    if low is None or high is None or share is None or not 0 <= low <= share <= high <= 1:
        expected = "both ends, with what is predicted between them"
        raise CommitmentPartError("The range of what is predicted", (low, high), expected=expected)
