"""Commitments between people: made, agreed, moved with a reason, kept, broken or released."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.records import commitments, scopes
from headway.records.models import Commitment, CommitmentMove, Person, Publication
from headway.terms.access import Permission
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
    see of it; `to` whom it is promised to, None = nobody but oneself. `priority` and `finding` are
    what it serves and comes from, "" for none. `predicted_share` is what its owner believes
    `predicted_link` will be by then, 0..1.
    """

    owner: str
    text: str
    seen_by: str
    due_on: date
    to: str | None = None
    priority: str = ""
    finding: str = ""
    predicted_link: Link | None = None
    predicted_share: float | None = None


@action("commitments.make", permission=Permission.RESULTS)
def make(*, viewer: Viewer, at: datetime, wanted: Wanted) -> CommitmentChanged:
    """Promise something, or ask somebody one leads to promise it.

    What is made for somebody else waits until that person agrees, and carries no prediction: only
    its owner can make one.

    Raises:
        NotAllowedError: the owner is nobody whom `viewer` is or leads.
        CommitmentTextError: a sentence is missing or too long.
        CommitmentDayError: the day has gone by.
        CommitmentPartError: whom it is promised to, what it serves or what is predicted is no such.
    """
    _expect_sentence("What will be done", wanted.text)
    _expect_sentence("By what it will be seen", wanted.seen_by)
    _expect_later(wanted.due_on, at=at)
    _expect_parts(wanted)
    is_own = wanted.owner == viewer.person_id
    if viewer.account_id is None or not (is_own or _leads(viewer, wanted.owner)):
        raise NotAllowedError(f"person:{wanted.owner}")
    link = wanted.predicted_link if is_own and wanted.predicted_share is not None else None
    made = Commitment.objects.create(
        owner_id=wanted.owner,
        to_id=None if wanted.to == wanted.owner else wanted.to,
        made_by_id=viewer.account_id,
        made_at=at,
        accepted_at=at if is_own else None,
        text=wanted.text.strip(),
        seen_by=wanted.seen_by.strip(),
        due_on=wanted.due_on,
        first_due_on=wanted.due_on,
        priority=wanted.priority,
        finding=wanted.finding,
        publication=Publication.objects.filter(is_current=True).first() if wanted.finding else None,
        predicted_link=link.value if link else "",
        predicted_share=wanted.predicted_share if link else None,
    )
    return CommitmentChanged(commitment_id=made.pk)


@action("commitments.accept", permission=Permission.RESULTS)
def accept(*, viewer: Viewer, at: datetime, commitment_id: int) -> CommitmentChanged:
    """Agree to what somebody asked one to promise.

    Raises:
        NotAllowedError: it is not the viewer's own.
        SettledError: it is settled.
    """
    found = _own(viewer, commitment_id)
    found.accepted_at = found.accepted_at or at
    return _kept(found)


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
        NotAllowedError: it is not the viewer's own.
        CommitmentTextError: there is no reason.
        CommitmentDayError: the day has gone by.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    _expect_sentence("The reason", reason)
    _expect_later(due_on, at=at)
    found = _own(viewer, commitment_id)
    _expect_version(found, seen_version)
    CommitmentMove.objects.create(
        commitment=found,
        by_id=viewer.account_id or 0,
        made_at=at,
        from_on=found.due_on,
        to_on=due_on,
        reason=reason.strip(),
    )
    found.due_on = due_on
    return _kept(found)


@action("commitments.keep", permission=Permission.RESULTS)
def keep(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """Say that it was done: kept until its day, kept late after it.

    Raises:
        NotAllowedError: it is not the viewer's own.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    found = _own(viewer, commitment_id)
    _expect_version(found, seen_version)
    return _settled(found, state="kept" if at.date() <= found.due_on else "kept_late", at=at)


@action("commitments.give_up", permission=Permission.RESULTS)
def give_up(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """Say that it will not be done: broken.

    Raises:
        NotAllowedError: it is not the viewer's own.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    found = _own(viewer, commitment_id)
    _expect_version(found, seen_version)
    return _settled(found, state="broken", at=at)


@action("commitments.release", permission=Permission.RESULTS)
def release(
    *, viewer: Viewer, at: datetime, commitment_id: int, seen_version: int
) -> CommitmentChanged:
    """Let somebody off; only whom it was promised to can, or its owner where it was to nobody.

    Raises:
        NotAllowedError: the viewer is not the other side.
        SettledError: it is settled.
        StaleVersionError: somebody changed it meanwhile.
    """
    seen = commitments.visible(viewer).select_for_update().filter(pk=commitment_id)
    found = _open(seen.first(), commitment_id)
    other = found.to_id or found.owner_id
    if viewer.person_id != other:
        raise NotAllowedError(f"commitment:{commitment_id}")
    _expect_version(found, seen_version)
    return _settled(found, state="released", at=at)


def _own(viewer: Viewer, commitment_id: int) -> Commitment:
    own = Commitment.objects.select_for_update().filter(
        pk=commitment_id, owner_id=viewer.person_id or ""
    )
    return _open(own.first(), commitment_id)


def _open(found: Commitment | None, commitment_id: int) -> Commitment:
    if found is None:
        raise NotAllowedError(f"commitment:{commitment_id}")
    if found.state != "open":
        raise SettledError(found.state)
    return found


def _settled(found: Commitment, *, state: str, at: datetime) -> CommitmentChanged:
    found.state, found.settled_on = state, at.date()
    return _kept(found)


def _kept(found: Commitment) -> CommitmentChanged:
    found.version += 1
    found.is_brought = False
    found.save()
    return CommitmentChanged(commitment_id=found.pk)


def _leads(viewer: Viewer, person_id: str) -> bool:
    return scopes.visible_people(viewer).filter(pk=person_id).exists() and (
        Person.objects.filter(pk=person_id, is_active=True).exists()
    )


def _expect_sentence(what: str, text: str) -> None:
    if not 0 < len(text.strip()) <= MAX_LENGTH:
        raise CommitmentTextError(what, len(text.strip()))


def _expect_parts(wanted: Wanted) -> None:
    to, share = wanted.to, wanted.predicted_share
    if to is not None and not Person.objects.filter(pk=to, is_active=True).exists():
        raise CommitmentPartError("Whom it is promised to", to[:80], expected="the id of somebody")
    for what, text, longest in (
        ("The priority", wanted.priority, 80),
        ("The finding", wanted.finding, 64),
    ):
        if len(text) > longest:
            expected = f"an id of at most {longest} characters"
            raise CommitmentPartError(what, f"{text[:longest]}…", expected=expected)
    if share is not None and not 0 <= share <= 1:
        raise CommitmentPartError("What is predicted", share, expected="a share from 0 to 1")


def _expect_later(due_on: date, *, at: datetime) -> None:
    if due_on <= at.date():
        raise CommitmentDayError(due_on, at.date())


def _expect_version(found: Commitment, seen: int) -> None:
    if found.version != seen:
        raise StaleVersionError(subject=f"commitment:{found.pk}", seen=seen, found=found.version)
