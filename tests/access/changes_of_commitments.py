"""Who may change what of commitments, and why."""

from datetime import timedelta

from django.utils import timezone
from tests.access.change import Change, Form
from tests.access.table import ABOVE

from headway.records.models import Commitment, CommitmentEvent

SELLER, LEADER = frozenset({"seller"}), frozenset({"leader"})
PARTIES = SELLER | LEADER
VERSION: Form = {"seen_version": 1}
REASON: Form = {"reason": "Holidays"}
NOTE: Form = {"note": "Half of it"}


def _later() -> str:
    return (timezone.localdate() + timedelta(days=30)).isoformat()


def _promise(ids: dict[str, str]) -> object:
    kept = Commitment.objects.values_list("state", "due_on", "accepted_at")
    return kept.get(pk=ids["commitment_id"])


def _said(ids: dict[str, str]) -> object:
    return CommitmentEvent.objects.filter(commitment_id=ids["commitment_id"]).count()


def _wish(ids: dict[str, str]) -> object:
    return Commitment.objects.filter(pk=ids["commitment_id"]).update(
        release_asked_at=timezone.now()
    )


def _given_up(ids: dict[str, str]) -> object:
    found = Commitment.objects.filter(pk=ids["commitment_id"])
    return found.update(state="broken", settled_on=timezone.localdate())


def _wanted() -> Form:
    return {"owner": "sam", "text": "Call", "seen_by": "A list", "due_on": _later()}


def _move() -> Form:
    return {"due_on": _later(), "reason": "Holidays", **VERSION}


def _promising(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="make a commitment, or ask for one",
            who=ABOVE | SELLER,
            why="its owner, those who lead them, and leaders they may ask",
            watch=Commitment.objects.count,
            page=("commitments-new", _wanted()),
            api=("make_commitment", _wanted()),
        ),
        Change(
            what="agree to a commitment",
            who=SELLER,
            why="its owner",
            watch=lambda: Commitment.objects.get(pk=ids["unaccepted"]).accepted_at,
            page=("commitment-accept", {}),
            api=("accept_commitment", None),
            ids={"commitment_id": ids["unaccepted"]},
        ),
        Change(
            what="decline a commitment",
            who=SELLER,
            why="its owner",
            watch=lambda: Commitment.objects.get(pk=ids["unaccepted"]).state,
            page=("commitment-decline", REASON),
            api=("decline_commitment", REASON),
            ids={"commitment_id": ids["unaccepted"]},
        ),
        Change(
            what="say who sees a commitment",
            who=PARTIES,
            why="its two parties",
            watch=lambda: Commitment.objects.get(pk=ids["commitment_id"]).is_shared,
            page=("commitment-share", {"is_shared": "on", **VERSION}),
            api=("share_commitment", {"is_shared": True, **VERSION}),
        ),
    )


def _going(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="say how far a commitment is",
            who=SELLER,
            why="who does it",
            watch=lambda: _said(ids),
            page=("commitment-progress", NOTE),
            api=("tell_progress", NOTE),
        ),
        Change(
            what="plan a day to look at a commitment together",
            who=PARTIES,
            why="its two parties",
            watch=lambda: _said(ids),
            page=("commitment-plan-check", {"on": _later()}),
            api=("plan_check", {"on": _later()}),
        ),
        Change(
            what="say what was seen of a commitment",
            who=PARTIES,
            why="its two parties",
            watch=lambda: _said(ids),
            page=("commitment-hold-check", NOTE),
            api=("hold_check", NOTE),
        ),
        Change(
            what="move a commitment",
            who=SELLER,
            why="who does it",
            watch=lambda: _promise(ids),
            page=("commitment-move", _move()),
            api=("move_commitment", _move()),
        ),
    )


def _settling(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="keep a commitment",
            who=SELLER,
            why="who does it",
            watch=lambda: _promise(ids),
            page=("commitment-keep", VERSION),
            api=("keep_commitment", VERSION),
        ),
        Change(
            what="give a commitment up",
            who=SELLER,
            why="who does it",
            watch=lambda: _promise(ids),
            page=("commitment-give-up", VERSION),
            api=("give_up_commitment", VERSION),
        ),
    )


def _releasing(ids: dict[str, str]) -> tuple[Change, ...]:
    return (
        Change(
            what="ask to be released from a commitment",
            who=SELLER,
            why="who does it",
            watch=lambda: _said(ids),
            page=("commitment-ask-release", {**REASON, **VERSION}),
            api=("ask_release", {**REASON, **VERSION}),
        ),
        Change(
            what="hold the owner to a commitment",
            who=LEADER,
            why="whom it was promised to",
            watch=lambda: _said(ids),
            first=lambda: _wish(ids),
            page=("commitment-refuse-release", {**REASON, **VERSION}),
            api=("refuse_release", {**REASON, **VERSION}),
        ),
        Change(
            what="let the owner off a commitment",
            who=LEADER,
            why="whom it was promised to",
            watch=lambda: _promise(ids),
            page=("commitment-release", VERSION),
            api=("release_commitment", VERSION),
        ),
        Change(
            what="open a commitment again",
            who=SELLER,
            why="who does it",
            watch=lambda: _promise(ids),
            first=lambda: _given_up(ids),
            page=("commitment-reopen", {**REASON, **VERSION}),
            api=("reopen_commitment", {**REASON, **VERSION}),
        ),
    )


GROUPS = (_promising, _going, _settling, _releasing)
