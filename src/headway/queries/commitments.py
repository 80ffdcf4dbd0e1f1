"""Commitments as one viewer may read them: from me, to me, by both of us, and of my people.

Of their own people's commitments managers read the sentence and its day and nothing else: whether
one was kept stays between its two parties, unless one of them shares it. So these stay in the list
for as long whatever becomes of them.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.people import PersonOffered
from headway.queries.results import figures
from headway.queries.words import commitments as words
from headway.queries.words import links
from headway.queries.words.language import gettext as _
from headway.records import commitments, declared
from headway.records.models import Account, Commitment, CommitmentEvent
from headway.terms.commitment import SILENT_DAYS, EventKind
from headway.terms.viewer import Viewer

OWN_DAYS = 90
_LISTED_DAYS = 28
_MOST_SETTLED = 50


@dataclass(frozen=True, kw_only=True)
class EventSeen:
    """One thing that was said of a commitment: what, when, by whom ("" = it came with a load)."""

    told: str
    on: str
    by: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CommitmentSeen:
    """One commitment, and what the viewer may do with it.

    To who sees no more than that it exists, `state` is "", `version` 0, and only `text`, who and
    until when are told. `prediction` is "" for everybody but its owner until it is settled. `why`
    says what it serves, `priority` is the id of that.
    """

    commitment_id: int
    text: str
    owner: str
    to: str
    due_on: str
    due_day: date
    is_joint: bool = False
    is_shared: bool = False
    seen_by: str = ""
    cue: str = ""
    state: str = ""
    glyph: str = ""
    prediction: str = ""
    is_from_finding: bool = False
    priority: str = ""
    why: str = ""
    is_release_asked: bool = False
    events: tuple[EventSeen, ...] = ()
    version: int = 0
    may_accept: bool = False
    may_tell: bool = False
    may_check: bool = False
    may_settle: bool = False
    may_ask_release: bool = False
    may_release: bool = False
    may_refuse: bool = False
    may_reopen: bool = False
    may_share: bool = False


@dataclass(frozen=True, kw_only=True)
class OwnRecord:
    """How the viewer keeps their own, in the last 90 days; nobody else reads it.

    `kept` of `due` were done by their day; released before it counts as neither. `silent` = open
    a week past their day without a word. `held` of `planned` checks.
    """

    kept: int
    due: int
    silent: int
    held: int
    planned: int
    told: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CommitmentsPage:
    """The lists of the page; open ones by day, settled ones the newest first.

    `asked` waits for the viewer's answer. `of_others` are those of the viewer's people, and what
    they asked of others, without what became of them.
    """

    asked: tuple[CommitmentSeen, ...]
    from_me: tuple[CommitmentSeen, ...]
    to_me: tuple[CommitmentSeen, ...]
    by_both: tuple[CommitmentSeen, ...]
    of_others: tuple[CommitmentSeen, ...]
    settled: tuple[CommitmentSeen, ...]
    own: OwnRecord

    @property
    def is_release_asked(self) -> bool:
        """Whether the viewer is asked to let somebody off."""
        return any(each.may_refuse for each in self.to_me)


def page(viewer: Viewer, *, today: date) -> CommitmentsPage:
    """Every commitment the viewer may know of. The number of statements does not grow with them."""
    names = _priorities()
    between = commitments.of_party(viewer)
    known = commitments.visible(viewer)
    open_ones = list(_whole(known.filter(between, state="open")).order_by("due_on", "id"))
    me = viewer.person_id

    def listed(found: list[Commitment]) -> tuple[CommitmentSeen, ...]:
        return tuple(_seen(each, viewer=viewer, today=today, names=names) for each in found)

    asked = [each for each in open_ones if _is_asked(each, viewer)]
    others = [each for each in open_ones if not _is_asked(each, viewer)]
    by_both = [each for each in others if each.is_joint]
    single = [each for each in others if not each.is_joint]
    settled = known.exclude(state="open").filter(
        between | Q(accepted_at=None, made_by_id=viewer.account_id)
    )
    return CommitmentsPage(
        asked=listed(asked),
        from_me=listed([each for each in single if each.owner_id == me]),
        to_me=listed([each for each in single if each.owner_id != me]),
        by_both=listed(by_both),
        of_others=listed(list(_of_others(known.exclude(between), today=today))),
        settled=listed(list(_whole(settled).order_by("-settled_on", "-id")[:_MOST_SETTLED])),
        own=_own(viewer, today=today),
    )


def one(viewer: Viewer, *, commitment_id: int, today: date) -> CommitmentSeen:
    """One commitment.

    Raises:
        NotSeenError: there is none, or not for this viewer.
    """
    found = _whole(commitments.visible(viewer).filter(pk=commitment_id)).first()
    if found is None:
        raise NotSeenError
    return _seen(found, viewer=viewer, today=today, names=_priorities())


def people_offered(viewer: Viewer) -> tuple[PersonOffered, ...]:
    """Whom the viewer may ask for a commitment, or make one to: themselves first, then by name."""
    people = commitments.askable(viewer).order_by("name", "id")
    offered = [PersonOffered(person_id=each.id, name=each.name) for each in people]
    return tuple(sorted(offered, key=lambda each: each.person_id != viewer.person_id))


def _whole(found: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """With all that is asked of each, in as many statements for one as for a hundred."""
    events = CommitmentEvent.objects.select_related("by__person").order_by("id")
    return found.select_related("owner", "to", "made_by").prefetch_related(
        Prefetch("events", queryset=events)
    )


def _of_others(known: QuerySet[Commitment], *, today: date) -> QuerySet[Commitment]:
    # Of what was agreed to, none leaves the list because it was kept, or stays because it was not.
    since = today - timedelta(days=_LISTED_DAYS)
    agreed = Q(accepted_at__isnull=False, due_on__gte=since)
    waiting = Q(accepted_at=None, state="open")
    return _whole(known.filter(agreed | waiting)).order_by("due_on", "id")


def _priorities() -> dict[str, str]:
    return {number: content.name for number, content in declared.contents().items()}


def _is_asked(found: Commitment, viewer: Viewer) -> bool:
    return found.accepted_at is None and viewer.person_id in commitments.agreeing(found)


def _seen(
    found: Commitment, *, viewer: Viewer, today: date, names: dict[str, str]
) -> CommitmentSeen:
    told_to_all = CommitmentSeen(
        commitment_id=found.pk,
        text=found.text,
        owner=found.owner.name,
        to=found.to.name if found.to else "",
        due_on=figures.day(found.due_on),
        due_day=found.due_on,
        is_joint=found.is_joint,
    )
    if not commitments.sees_course(found, viewer):
        return told_to_all
    me, state = viewer.person_id or "", _state(found, today=today)
    is_open, is_agreed = found.state == "open", found.accepted_at is not None
    is_party, does_it = me in commitments.parties(found), me in commitments.doers(found)
    is_running = is_open and is_agreed
    may_end = is_open and me in commitments.releasers(found)
    return replace(
        told_to_all,
        is_shared=found.is_shared,
        seen_by=found.seen_by,
        cue=found.cue,
        state=words.state(state),
        glyph=words.glyph(state),
        prediction=_prediction(found) if found.owner_id == me or not is_open else "",
        is_from_finding=bool(found.finding),
        priority=found.priority,
        why=names.get(found.priority, ""),
        is_release_asked=found.release_asked_at is not None,
        events=tuple(_event(each) for each in commitments.events(found)),
        version=found.version,
        may_accept=is_open and _is_asked(found, viewer),
        may_tell=is_running and does_it,
        may_check=is_running and is_party and found.to_id is not None,
        may_settle=is_running and does_it,
        may_ask_release=is_running and does_it and found.to_id is not None,
        may_release=may_end,
        may_refuse=may_end and found.release_asked_at is not None,
        may_reopen=not is_open and is_agreed and me in commitments.reopeners(found),
        may_share=is_agreed and is_party,
    )


def _state(found: Commitment, *, today: date) -> str:
    """The code of how it stands on a day: what is derived of an open one is kept nowhere."""
    if found.state != "open":
        is_taken_back = found.state == "released" and found.accepted_at is None
        return "taken_back" if is_taken_back else found.state
    if found.accepted_at is None:
        return "asked"
    if found.due_on < today:
        return "silent" if _is_silent(found, today=today) else "overdue"
    if commitments.kept_by(found) != found.due_on:
        return "moved_late"
    return "moved" if found.due_on != found.first_due_on else "open"


def _is_silent(found: Commitment, *, today: date) -> bool:
    said = [each.at.date() for each in commitments.events(found)]
    # A check was planned before it is due: its day is no word.
    is_told = any(day > found.due_on for day in said)
    return not is_told and today > found.due_on + timedelta(days=SILENT_DAYS)


def _event(found: CommitmentEvent) -> EventSeen:
    is_late = found.from_on is not None and found.on > found.from_on
    return EventSeen(
        told=words.event(
            f"{found.kind}_late" if is_late else found.kind,
            day=figures.day(found.on),
            to=figures.day(found.to_on) if found.to_on else "",
        ),
        on=figures.day(found.at.date()),
        by=_name(found.by),
        note=found.note,
    )


def _prediction(found: Commitment) -> str:
    if found.predicted_share is None:
        return ""
    point = _("{link} at {share} by then").format(
        link=links.name(found.predicted_link), share=figures.percent(found.predicted_share)
    )
    if found.predicted_low is None or found.predicted_high is None:
        return point
    return _("{point}, from {low} to {high}").format(
        point=point,
        low=figures.percent(found.predicted_low),
        high=figures.percent(found.predicted_high),
    )


def _own(viewer: Viewer, *, today: date) -> OwnRecord:
    own = Commitment.objects.none()
    if viewer.person_id is not None:
        does_it = Q(owner_id=viewer.person_id) | Q(is_joint=True, to_id=viewer.person_id)
        own = Commitment.objects.filter(does_it, accepted_at__isnull=False)
    found = list(_whole(own))
    since = today - timedelta(days=OWN_DAYS)
    due = [each for each in found if since < commitments.kept_by(each) <= today]
    counted = [each for each in due if not _is_released_in_time(each)]
    kept = sum(each.state == "kept" for each in counted)
    silent = sum(
        each.state == "open" and each.due_on < today and _is_silent(each, today=today)
        for each in found
    )
    told = [event for each in found for event in commitments.events(each)]
    inside = [each.kind for each in told if since < each.on <= today]
    held, planned = inside.count(EventKind.CHECK_HELD), inside.count(EventKind.CHECK_PLANNED)
    said = (
        words.own_kept(kept=kept, due=len(counted), days=OWN_DAYS),
        words.own_silent(silent),
        words.own_checks(held=min(held, planned), planned=planned),
    )
    return OwnRecord(
        kept=kept,
        due=len(counted),
        silent=silent,
        held=held,
        planned=planned,
        told=tuple(each for each in said if each),
    )


def _is_released_in_time(found: Commitment) -> bool:
    is_released = found.state == "released" and found.settled_on is not None
    return is_released and (found.settled_on or date.max) <= commitments.kept_by(found)


def _name(account: Account | None) -> str:
    """Who that is among people; an account that stands for nobody has its own name."""
    if account is None:
        return ""
    return account.person.name if account.person else account.name
