"""Pairs of peers: one's own, asking and answering, and what two wrote to each other."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from headway.actions import pairs as changes
from headway.actions.pairs import PairChanged
from headway.interfaces.api.endpoints import Call, reads, writes
from headway.queries import pairs as seen
from headway.queries.pairs import PairSeen, PairsPage
from headway.terms.access import Permission


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Whom one asks to meet once a week, what about, from which day on, and how many times."""

    partner: str
    about: str
    first_on: date
    weeks: int


@dataclass(frozen=True, kw_only=True)
class Offering:
    """The priority whose behaviour one offers to teach."""

    priority: str


@dataclass(frozen=True, kw_only=True)
class Met:
    """The day the two met, and what one says of it; "" = nothing."""

    met_on: date
    worked: str = ""
    stuck: str = ""
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class Used:
    """Whether one used the advice of the other."""

    is_used: bool


@reads("pairs", Permission.RESULTS)
def pairs(call: Call) -> PairsPage:
    """One's own pairs, who could be one, and who offers to teach what."""
    return seen.page(call.viewer, today=call.today)


@reads("pairs/<int:pair_id>", Permission.RESULTS)
def pair(call: Call, *, pair_id: int) -> PairSeen:
    """One pair with its meetings, for its two."""
    return seen.one(call.viewer, pair_id=pair_id, today=call.today)


@writes("pairs", Permission.RESULTS, status=HTTPStatus.CREATED)
def ask_pair(call: Call, *, body: Asking) -> PairChanged:
    """Ask somebody who offers to teach to meet once a week."""
    return changes.ask(
        viewer=call.viewer,
        at=call.at,
        partner=body.partner,
        about=body.about,
        first_on=body.first_on,
        weeks=body.weeks,
    )


@writes("pairs/offers", Permission.RESULTS, status=HTTPStatus.CREATED)
def offer_to_teach(call: Call, *, body: Offering) -> PairChanged:
    """Offer to teach what a priority asks for; everybody may see that."""
    return changes.offer(viewer=call.viewer, at=call.at, priority=body.priority)


@writes("pairs/<int:pair_id>/agree", Permission.RESULTS)
def agree_pair(call: Call, *, pair_id: int) -> PairChanged:
    """Agree to meet."""
    return changes.agree(viewer=call.viewer, at=call.at, pair_id=pair_id)


@writes("pairs/<int:pair_id>/decline", Permission.RESULTS)
def decline_pair(call: Call, *, pair_id: int) -> PairChanged:
    """Decline to meet, or take back that one asked."""
    return changes.decline(viewer=call.viewer, at=call.at, pair_id=pair_id)


@writes("pairs/<int:pair_id>/end", Permission.RESULTS)
def end_pair(call: Call, *, pair_id: int) -> PairChanged:
    """End a pair; what was written stays with the two."""
    return changes.end(viewer=call.viewer, at=call.at, pair_id=pair_id)


@writes("pairs/meetings/<int:meeting_id>/note", Permission.RESULTS)
def note_meeting(call: Call, *, meeting_id: int, body: Met) -> PairChanged:
    """Say that the two met, what worked, where one is stuck, and what one advised the other."""
    return changes.note(
        viewer=call.viewer,
        at=call.at,
        meeting_id=meeting_id,
        met_on=body.met_on,
        worked=body.worked,
        stuck=body.stuck,
        advice=body.advice,
    )


@writes("pairs/meetings/<int:meeting_id>/used", Permission.RESULTS)
def use_advice(call: Call, *, meeting_id: int, body: Used) -> PairChanged:
    """Say whether one used the advice of the other."""
    return changes.use(viewer=call.viewer, at=call.at, meeting_id=meeting_id, is_used=body.is_used)
