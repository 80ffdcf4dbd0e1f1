"""Bringing what a load declares into the tables that hold what is entered, marked as brought.

So every page reads one table. What was entered here, or changed here, stands as it is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from headway.actions import brought_coaching, brought_own_time, brought_reorganisation, repeats
from headway.actions.action import action
from headway.actions.brought_coaching import SessionFact
from headway.actions.brought_own_time import PeerMeetingFact, TimeFact
from headway.actions.brought_reorganisation import HandoverFact, ReorganisationFact, TrainingFact
from headway.actions.brought_rows import keep_rows, noon
from headway.actions.strategy import Kept
from headway.records.models import (
    Card,
    Commitment,
    CommitmentEvent,
    Message,
    MessageReceipt,
    Person,
    PlanVersion,
    Priority,
    PriorityVersion,
    PulseCell,
    PulseCount,
    Wave,
)
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.commitment import EventKind
from headway.terms.declared import CardItem, Plan
from headway.terms.declared import Priority as PriorityContent
from headway.terms.survey import Cell, Count
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class PlanFact:
    """The plan that holds by the last day of the facts."""

    fact_id: str
    plan: Plan
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class PriorityFact:
    """One declared priority."""

    priority_id: str
    content: PriorityContent
    declared_on: date
    ended_on: date | None


@dataclass(frozen=True, kw_only=True)
class ReceiptFact:
    """One person a message was for; `received_on` None = nobody knows whether it came."""

    person_id: str
    received_on: date | None
    basis: str


@dataclass(frozen=True, kw_only=True)
class MessageFact:
    """One telling; `priority` "" = of the plan as a whole."""

    fact_id: str
    priority: str
    sender_id: str
    sent_at: datetime
    channel: str
    is_ask: bool
    is_external: bool
    receipts: tuple[ReceiptFact, ...]


@dataclass(frozen=True, kw_only=True)
class CardFact:
    """One card: the author's own where `person_id` is None, else between the two."""

    fact_id: str
    author_id: str
    person_id: str | None
    priority: str
    items: tuple[CardItem, ...]
    written_on: date
    agreed_on: date | None
    withdrawn_on: date | None


@dataclass(frozen=True, kw_only=True)
class EventFact:
    """One thing that happened to a commitment; `from_on` and `to_on` are the days of a move."""

    kind: EventKind
    on: date
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CommitmentFact:
    """One commitment, and what became of it by the last day of the facts."""

    fact_id: str
    owner_id: str
    to_id: str | None
    text: str
    made_on: date
    due_on: date
    first_due_on: date
    cue: str
    priority: str
    finding: str
    predicted_link: str
    predicted_share: float | None
    predicted_range: tuple[float, float] | None
    state: str
    settled_on: date | None
    events: tuple[EventFact, ...]


@dataclass(frozen=True, kw_only=True)
class WaveFact:
    """One closed round of the pulse: its cells, and the counts of those that are not blocked."""

    fact_id: str
    items: tuple[str, ...]
    priorities: tuple[tuple[str, str], ...]
    least: int
    opened_on: date
    closed_on: date
    cells: tuple[Cell, ...]
    counts: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """All that a load declares and pages list; nothing of it = nothing is loaded any more."""

    plan: PlanFact | None = None
    priorities: tuple[PriorityFact, ...] = ()
    messages: tuple[MessageFact, ...] = ()
    cards: tuple[CardFact, ...] = ()
    commitments: tuple[CommitmentFact, ...] = ()
    waves: tuple[WaveFact, ...] = ()
    reorganisations: tuple[ReorganisationFact, ...] = ()
    handovers: tuple[HandoverFact, ...] = ()
    trainings: tuple[TrainingFact, ...] = ()
    times: tuple[TimeFact, ...] = ()
    meetings: tuple[PeerMeetingFact, ...] = ()
    sessions: tuple[SessionFact, ...] = ()


@action("brought.keep", permission=Permission.DATA)
def keep(*, viewer: Viewer, at: datetime, brought: Brought) -> Kept:
    """Bring what a load declares up to the facts; what they no longer hold goes.

    Rows entered or changed here stay, also where the load has the same. Of people whom records do
    not know, such as integrations, nothing is listed.
    """
    del viewer
    people = set(Person.objects.values_list("id", flat=True))
    kept = (
        len(keep_rows(PlanVersion, _plans(brought))),
        _keep_priorities(brought.priorities),
        _keep_messages([each for each in brought.messages if each.sender_id in people], people),
        len(keep_rows(Card, _cards(brought.cards, people=people))),
        _keep_commitments(each for each in brought.commitments if each.owner_id in people),
        _keep_waves(brought.waves),
        brought_reorganisation.keep_reorganisations(brought.reorganisations, people=people),
        brought_reorganisation.keep_handovers(brought.handovers, people=people),
        brought_reorganisation.keep_trainings(brought.trainings, people=people),
        brought_own_time.keep_times(brought.times, people=people),
        brought_own_time.keep_meetings(brought.meetings, people=people),
        brought_coaching.keep_sessions(brought.sessions, people=people),
    )
    repeats.catch_up(at=at)
    return Kept(count=sum(kept))


def _plans(brought: Brought) -> Iterator[PlanVersion]:
    if brought.plan is not None:
        yield PlanVersion(
            fact_id=brought.plan.fact_id,
            is_brought=True,
            number=0,
            content=codec.to_json(brought.plan.plan),
            written_at=noon(brought.plan.valid_from),
        )


def _keep_priorities(facts: Iterable[PriorityFact]) -> int:
    contents = {each.priority_id: each for each in facts}
    rows = [
        Priority(
            id=each.priority_id,
            is_brought=True,
            declared_on=each.declared_on,
            ended_on=each.ended_on,
        )
        for each in contents.values()
    ]
    kept = keep_rows(Priority, rows, key="id")
    PriorityVersion.objects.filter(priority__is_brought=True).delete()
    PriorityVersion.objects.bulk_create(
        PriorityVersion(
            priority=row,
            number=1,
            content=codec.to_json(contents[row.id].content),
            written_at=noon(row.declared_on),
        )
        for row in kept
    )
    return len(kept)


def _keep_messages(facts: Iterable[MessageFact], people: set[str]) -> int:
    told = {each.fact_id: each for each in facts}
    rows = [
        Message(
            fact_id=each.fact_id,
            is_brought=True,
            priority=each.priority,
            sender_id=each.sender_id,
            sent_at=each.sent_at,
            channel=each.channel,
            is_ask=each.is_ask,
            is_external=each.is_external,
        )
        for each in told.values()
    ]
    kept = keep_rows(Message, rows)
    MessageReceipt.objects.filter(message__is_brought=True).delete()
    MessageReceipt.objects.bulk_create(
        MessageReceipt(
            message=row,
            person_id=each.person_id,
            received_on=each.received_on,
            basis=each.basis,
        )
        for row in kept
        for each in told[row.fact_id].receipts
        if each.person_id in people
    )
    return len(kept)


def _cards(facts: Iterable[CardFact], *, people: set[str]) -> Iterator[Card]:
    """Of several cards for one priority between the same two the newest holds, as in the pages."""
    taken: set[tuple[str, str | None, str]] = set(
        Card.objects.filter(is_brought=False, withdrawn_on=None).values_list(
            "author_id", "person_id", "priority"
        )
    )
    held: list[Card] = []
    gone: list[Card] = []
    for each in sorted(facts, key=lambda one: (one.written_on, one.fact_id), reverse=True):
        pair = (each.author_id, each.person_id, each.priority)
        is_known = {each.author_id, each.person_id or each.author_id} <= people
        if not is_known or each.author_id == each.person_id:
            continue
        if each.withdrawn_on is not None:
            gone.append(_card(each))
        elif pair not in taken:
            taken.add(pair)
            held.append(_card(each))
    # What was withdrawn makes room first: one card between two holds at a time.
    yield from (*gone, *held)


def _card(fact: CardFact) -> Card:
    return Card(
        fact_id=fact.fact_id,
        is_brought=True,
        author_id=fact.author_id,
        person_id=fact.person_id,
        priority=fact.priority,
        items=codec.to_json(fact.items),
        written_on=fact.written_on,
        author_agreed_on=fact.agreed_on,
        person_agreed_on=fact.agreed_on,
        withdrawn_on=fact.withdrawn_on,
    )


def _keep_commitments(facts: Iterable[CommitmentFact]) -> int:
    made = {each.fact_id: each for each in facts}
    rows = [
        Commitment(
            fact_id=each.fact_id,
            is_brought=True,
            owner_id=each.owner_id,
            to_id=each.to_id if each.to_id != each.owner_id else None,
            made_at=noon(each.made_on),
            accepted_at=noon(each.made_on),
            text=each.text,
            due_on=each.due_on,
            first_due_on=each.first_due_on,
            cue=each.cue,
            priority=each.priority,
            finding=each.finding,
            predicted_link=each.predicted_link,
            predicted_share=each.predicted_share,
            predicted_low=each.predicted_range[0] if each.predicted_range else None,
            predicted_high=each.predicted_range[1] if each.predicted_range else None,
            state=each.state,
            settled_on=each.settled_on,
        )
        for each in made.values()
    ]
    kept = keep_rows(Commitment, rows)
    CommitmentEvent.objects.filter(commitment__is_brought=True).delete()
    CommitmentEvent.objects.bulk_create(
        CommitmentEvent(
            commitment=row,
            kind=each.kind.value,
            at=noon(each.on),
            on=each.on,
            from_on=each.from_on,
            to_on=each.to_on,
        )
        for row in kept
        for each in made[row.fact_id].events
    )
    return len(kept)


def _keep_waves(facts: Iterable[WaveFact]) -> int:
    asked = {each.fact_id: each for each in facts}
    rows = [
        Wave(
            fact_id=each.fact_id,
            is_brought=True,
            items=list(each.items),
            priorities=[{"id": number, "name": name} for number, name in each.priorities],
            least=each.least,
            opened_at=noon(each.opened_on),
            closes_on=each.closed_on,
            closed_at=noon(each.closed_on),
            state="counted",
        )
        for each in asked.values()
    ]
    kept = keep_rows(Wave, rows)
    PulseCell.objects.filter(wave__is_brought=True).delete()
    cells = PulseCell.objects.bulk_create(
        PulseCell(
            wave=row,
            cell_id=each.cell_id,
            manager=each.manager,
            role=each.role,
            is_remainder=each.is_remainder,
            teams=[list(team) for team in each.teams],
            answered_count=each.answered_count,
        )
        for row in kept
        for each in asked[row.fact_id].cells
    )
    of_cell = {each.cell_id: each for each in cells}
    PulseCount.objects.bulk_create(
        PulseCount(
            cell=of_cell[each.cell_id],
            item=each.item,
            subject=each.subject or "",
            value=each.value,
            answer_count=each.answer_count,
        )
        for row in kept
        for each in asked[row.fact_id].counts
    )
    return len(kept)
