"""Commitments: the lists, a new one, and what becomes of each."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from headway.actions import commitments as changes
from headway.actions.commitments import CommitmentChanged
from headway.interfaces.api.endpoints import Call, reads, writes
from headway.queries import commitments as seen
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


@reads("commitments", Permission.RESULTS)
def commitments(call: Call) -> CommitmentsPage:
    """From me, to me, of my people, and the fifty settled last."""
    return seen.page(call.viewer, today=call.today)


@reads("commitments/<int:commitment_id>", Permission.RESULTS)
def commitment(call: Call, *, commitment_id: int) -> CommitmentSeen:
    """One commitment, its version, and what one may do with it."""
    return seen.one(call.viewer, commitment_id=commitment_id, today=call.today)


@writes("commitments", Permission.RESULTS, status=HTTPStatus.CREATED)
def make_commitment(call: Call, *, body: changes.Wanted) -> CommitmentChanged:
    """Promise something, or ask somebody one leads to promise it."""
    return changes.make(viewer=call.viewer, at=call.at, wanted=body)


@writes("commitments/<int:commitment_id>/accept", Permission.RESULTS)
def accept_commitment(call: Call, *, commitment_id: int) -> CommitmentChanged:
    """Agree to what was asked."""
    return changes.accept(viewer=call.viewer, at=call.at, commitment_id=commitment_id)


@writes("commitments/<int:commitment_id>/move", Permission.RESULTS)
def move_commitment(call: Call, *, commitment_id: int, body: Move) -> CommitmentChanged:
    """Move one's own to another day, with a reason."""
    return changes.move(
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
    return changes.keep(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/give-up", Permission.RESULTS)
def give_up_commitment(call: Call, *, commitment_id: int, body: Version) -> CommitmentChanged:
    """Say that it will not be done."""
    return changes.give_up(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )


@writes("commitments/<int:commitment_id>/release", Permission.RESULTS)
def release_commitment(call: Call, *, commitment_id: int, body: Version) -> CommitmentChanged:
    """Let the owner off."""
    return changes.release(
        viewer=call.viewer,
        at=call.at,
        commitment_id=commitment_id,
        seen_version=body.seen_version,
    )
