"""Commitments as one viewer may read them: from me, to me, and those of my people."""

from dataclasses import dataclass
from datetime import date

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.records import commitments, scopes
from headway.records.models import Commitment
from headway.terms.viewer import Viewer

_STATES = {
    "kept": "kept",
    "kept_late": "kept late",
    "broken": "broken",
    "released": "released",
}
_GLYPHS = {"kept": "disc", "kept_late": "half", "broken": "slip", "released": "dash"}


@dataclass(frozen=True, kw_only=True)
class MoveSeen:
    """One time a commitment was moved: to which day, and why."""

    to_on: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CommitmentSeen:
    """One commitment; `state` in words, and what the viewer may do with it.

    `prediction` is "" for everybody but its owner until it is settled.
    """

    commitment_id: int
    text: str
    seen_by: str
    owner: str
    to: str
    due_on: str
    due_day: date
    state: str
    glyph: str
    prediction: str
    is_from_finding: bool
    priority: str
    moves: tuple[MoveSeen, ...]
    version: int
    may_accept: bool
    may_settle: bool
    may_release: bool


@dataclass(frozen=True, kw_only=True)
class CommitmentsPage:
    """The lists of the page; open ones by day, settled ones the newest first."""

    from_me: tuple[CommitmentSeen, ...]
    to_me: tuple[CommitmentSeen, ...]
    of_my_people: tuple[CommitmentSeen, ...]
    settled: tuple[CommitmentSeen, ...]


@dataclass(frozen=True, kw_only=True)
class PersonOffered:
    """Somebody who may be chosen."""

    person_id: str
    name: str


_MOST_SETTLED = 50


def page(viewer: Viewer, *, today: date) -> CommitmentsPage:
    """Every commitment the viewer may see. The number of statements does not grow with them."""
    found = commitments.visible(viewer).select_related("owner", "to").prefetch_related("moves")
    still_open = [
        _seen(each, viewer=viewer, today=today)
        for each in found.filter(state="open").order_by("due_on", "id")
    ]
    settled = found.exclude(state="open").order_by("-settled_on", "-id")[:_MOST_SETTLED]
    ids = {
        each.pk: (each.owner_id, each.to_id)
        for each in found.filter(state="open").only("owner_id", "to_id")
    }
    me = viewer.person_id

    def listed(side: int) -> tuple[CommitmentSeen, ...]:
        return tuple(each for each in still_open if me and ids[each.commitment_id][side] == me)

    return CommitmentsPage(
        from_me=listed(0),
        to_me=listed(1),
        of_my_people=tuple(
            each for each in still_open if not me or me not in ids[each.commitment_id]
        ),
        settled=tuple(_seen(each, viewer=viewer, today=today) for each in settled),
    )


def one(viewer: Viewer, *, commitment_id: int, today: date) -> CommitmentSeen:
    """One commitment.

    Raises:
        NotSeenError: there is none, or not for this viewer.
    """
    found = (
        commitments.visible(viewer)
        .select_related("owner", "to")
        .prefetch_related("moves")
        .filter(pk=commitment_id)
        .first()
    )
    if found is None:
        raise NotSeenError
    return _seen(found, viewer=viewer, today=today)


def owners_offered(viewer: Viewer) -> tuple[PersonOffered, ...]:
    """For whom the viewer may make a commitment: themselves, and the people they lead."""
    people = scopes.visible_people(viewer).filter(is_active=True).order_by("name", "id")
    offered = [PersonOffered(person_id=each.id, name=each.name) for each in people]
    return tuple(sorted(offered, key=lambda each: each.person_id != viewer.person_id))


def _seen(found: Commitment, *, viewer: Viewer, today: date) -> CommitmentSeen:
    is_open, is_own = found.state == "open", found.owner_id == viewer.person_id
    other = found.to_id or found.owner_id
    return CommitmentSeen(
        commitment_id=found.pk,
        text=found.text,
        seen_by=found.seen_by,
        owner=found.owner.name,
        to=found.to.name if found.to else "",
        due_on=figures.day(found.due_on),
        due_day=found.due_on,
        state=_state(found, today=today),
        glyph=_GLYPHS.get(found.state, "slip" if is_open and found.due_on < today else "ring"),
        prediction=_prediction(found) if is_own or not is_open else "",
        is_from_finding=bool(found.finding),
        priority=found.priority,
        moves=tuple(
            MoveSeen(to_on=figures.day(each.to_on), reason=each.reason)
            for each in sorted(found.moves.all(), key=lambda move: move.pk)
        ),
        version=found.version,
        may_accept=is_open and is_own and found.accepted_at is None,
        may_settle=is_open and is_own and found.accepted_at is not None,
        may_release=is_open and viewer.person_id == other,
    )


def _state(found: Commitment, *, today: date) -> str:
    if found.state != "open":
        return _(_STATES[found.state])
    if found.accepted_at is None:
        return _("not agreed yet")
    if found.due_on < today:
        return _("overdue")
    return _("moved") if found.due_on != found.first_due_on else _("open")


def _prediction(found: Commitment) -> str:
    if found.predicted_share is None:
        return ""
    return _("{link} at {share} by then").format(
        link=links.name(found.predicted_link),
        share=figures.percent(found.predicted_share),
    )
