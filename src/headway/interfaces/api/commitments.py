"""Commitments: the lists, a new one, and what becomes of each."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from headway.actions import commitment_course as course
from headway.actions import commitments as changes
from headway.actions.commitments import CommitmentChanged
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.queries import commitments as seen
from headway.queries.coaching import kept
from headway.queries.coaching.kept import KeptRow
from headway.queries.commitments import CommitmentSeen, CommitmentsPage
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class Version:
    """Which version one looked at: a later one is not overwritten."""

    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Move:
    """Another day, and why."""

    due_on: date
    reason: str
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Declined:
    """Why one does not agree."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why something changes, and which version one looked at."""

    reason: str
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Note:
    """One sentence about how it goes."""

    note: str


@dataclass(frozen=True, kw_only=True)
class Check:
    """The day to look at it together."""

    on: date


@dataclass(frozen=True, kw_only=True)
class Sharing:
    """Whether the manager of whoever does it sees what becomes of it."""

    is_shared: bool
    seen_version: int


@reads("commitments", Permission.RESULTS)
def commitments(call: Call) -> CommitmentsPage:
    """From me, to me, by both of us, of my people, and the fifty settled last.

    Of my people without their state, unless one of the two shares it.
    """
    return seen.page(call.viewer, today=call.today)


@reads("commitments/measures", Permission.RESULTS)
def kept_in_groups(call: Call, *, span: Span) -> Page[KeptRow]:
    """How promises are kept in one's own groups of five and more, and those right below."""
    return span.of(kept.of_groups(call.viewer, at=call.at))


@reads("commitments/<int:commitment_id>", Permission.RESULTS)
def commitment(call: Call, *, commitment_id: int) -> CommitmentSeen:
    """One commitment, its version, and what one may do with it."""
    return seen.one(call.viewer, commitment_id=commitment_id, today=call.today)


@writes("commitments", Permission.RESULTS, status=HTTPStatus.CREATED)
def make_commitment(call: Call, *, body: changes.Wanted) -> CommitmentChanged:
    """Promise something, or ask somebody to promise it: it counts once they agree."""
    return changes.make(viewer=call.viewer, at=call.at, wanted=body)


@writes("commitments/<int:commitment_id>/accept", Permission.RESULTS)
def accept_commitment(call: Call, *, commitment_id: int) -> CommitmentChanged:
    """Agree to what was asked."""
    return changes.accept(viewer=call.viewer, at=call.at, commitment_id=commitment_id)


@writes("commitments/<int:commitment_id>/move", Permission.RESULTS)
def move_commitment(call: Call, *, commitment_id: int, body: Move) -> CommitmentChanged:
    """Move one's own to another day, with a reason."""
    return course.move(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        due_on=body.due_on,
        reason=body.reason,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/keep", Permission.RESULTS)
def keep_commitment(call: Call, *, commitment_id: int, body: Version) -> CommitmentChanged:
    """Say that it was done."""
    return course.keep(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/give-up", Permission.RESULTS)
def give_up_commitment(call: Call, *, commitment_id: int, body: Version) -> CommitmentChanged:
    """Say that it will not be done."""
    return course.give_up(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/release", Permission.RESULTS)
def release_commitment(call: Call, *, commitment_id: int, body: Version) -> CommitmentChanged:
    """Let the owner off."""
    return course.release(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/decline", Permission.RESULTS)
def decline_commitment(call: Call, *, commitment_id: int, body: Declined) -> CommitmentChanged:
    """Say no to what was asked, and why."""
    return changes.decline(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        reason=body.reason,
    )


@writes("commitments/<int:commitment_id>/progress", Permission.RESULTS)
def tell_progress(call: Call, *, commitment_id: int, body: Note) -> CommitmentChanged:
    """Say how far one's own is."""
    return course.progress(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        note=body.note,
    )


@writes("commitments/<int:commitment_id>/plan-check", Permission.RESULTS)
def plan_check(call: Call, *, commitment_id: int, body: Check) -> CommitmentChanged:
    """Plan a day to look at it together."""
    return course.plan_check(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        on=body.on,
    )


@writes("commitments/<int:commitment_id>/hold-check", Permission.RESULTS)
def hold_check(call: Call, *, commitment_id: int, body: Note) -> CommitmentChanged:
    """Say what was seen together."""
    return course.hold_check(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        note=body.note,
    )


@writes("commitments/<int:commitment_id>/ask-release", Permission.RESULTS)
def ask_release(call: Call, *, commitment_id: int, body: Reason) -> CommitmentChanged:
    """Ask the other side to be released."""
    return course.ask_release(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        reason=body.reason,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/refuse-release", Permission.RESULTS)
def refuse_release(call: Call, *, commitment_id: int, body: Reason) -> CommitmentChanged:
    """Hold its owner to it."""
    return course.refuse_release(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        reason=body.reason,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/reopen", Permission.RESULTS)
def reopen_commitment(call: Call, *, commitment_id: int, body: Reason) -> CommitmentChanged:
    """Take back how it ended."""
    return course.reopen(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        reason=body.reason,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/share", Permission.RESULTS)
def share_commitment(call: Call, *, commitment_id: int, body: Sharing) -> CommitmentChanged:
    """Let the manager see what becomes of it, or no longer."""
    return changes.share(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        is_shared=body.is_shared,
        seen_version=body.seen_version,
    )
