"""What leaders declared and told: the plan, the priorities, messages and cards."""

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from headway.actions import cards as writing
from headway.actions import direction as telling
from headway.actions import repeats as repeating
from headway.actions import strategy
from headway.interfaces.api.commitments import Version
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.queries import cards as written
from headway.queries import direction
from headway.queries import repeats as planned
from headway.queries.cards import CardSeen, CardsPage
from headway.queries.direction import MessageSeen, PlanSeen
from headway.queries.repeats import RepeatSeen
from headway.queries.strategy import declared
from headway.queries.strategy.declared import PriorityLine, PrioritySeen
from headway.terms.access import Permission
from headway.terms.declared import CardItem, Plan, Priority, Repeat


@dataclass(frozen=True, kw_only=True)
class PlanText:
    """The whole plan, and the number of the one looked at; 0 = there was none."""

    plan: Plan
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A priority, and the day it was declared; parts may be missing."""

    priority: Priority
    declared_on: date


@dataclass(frozen=True, kw_only=True)
class PriorityText:
    """The whole priority as it stands from now on, and which version one looked at."""

    priority: Priority
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class Ending:
    """The day a priority ends, and which version one looked at."""

    ended_on: date
    seen_version: int


@dataclass(frozen=True, kw_only=True)
class RepeatText:
    """When a message is to be said again: on a day, every 2, 4 or 6 weeks, or both.

    `seen_version` is the one looked at; 0 = there was no plan.
    """

    seen_version: int
    on: date | None = None
    every_weeks: int | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class CardText:
    """The whole card for a priority: one's own, or of a leader with a person.

    `seen_version` is the one looked at; 0 = there was none.
    """

    author: str
    priority: str
    items: tuple[CardItem, ...]
    seen_version: int
    person: str | None = None


@reads("plan", Permission.RESULTS)
def plan(call: Call) -> PlanSeen:
    """The plan on one page that holds."""
    return direction.plan(call.viewer)


@reads("priorities", Permission.RESULTS)
def priorities(call: Call, *, span: Span) -> Page[PriorityLine]:
    """The priorities in force, by name."""
    return span.of(declared.priorities(call.viewer, today=call.today))


@reads("priorities/<str:priority_id>", Permission.RESULTS)
def priority(call: Call, *, priority_id: str) -> PrioritySeen:
    """One priority declared here, with its eight parts and its versions."""
    return declared.one(call.viewer, priority_id=priority_id)


@writes("plan", Permission.DECLARE)
def write_plan(call: Call, *, body: PlanText) -> strategy.PlanWritten:
    """Write the plan on one page; only executives do, and former versions stay."""
    return strategy.write_plan(
        viewer=call.viewer, at=call.at, seen_version=body.seen_version, plan=body.plan
    )


@writes("priorities", Permission.DECLARE, status=HTTPStatus.CREATED)
def declare_priority(call: Call, *, body: Declaration) -> strategy.PriorityChanged:
    """Declare a priority; parts may be missing, and are shown as missing."""
    return strategy.declare(
        viewer=call.viewer, at=call.at, priority=body.priority, declared_on=body.declared_on
    )


@writes("priorities/<str:priority_id>/change", Permission.DECLARE)
def change_priority(
    call: Call, *, priority_id: str, body: PriorityText
) -> strategy.PriorityChanged:
    """Change a priority, or say when it is launched: a new version stands in place of the last."""
    return strategy.change(
        viewer=call.viewer,
        at=call.at,
        priority_id=priority_id,
        seen_version=body.seen_version,
        priority=body.priority,
    )


@writes("priorities/<str:priority_id>/end", Permission.DECLARE)
def end_priority(call: Call, *, priority_id: str, body: Ending) -> strategy.PriorityChanged:
    """End a priority; what was found of it stays."""
    return strategy.end(
        viewer=call.viewer,
        at=call.at,
        priority_id=priority_id,
        seen_version=body.seen_version,
        ended_on=body.ended_on,
    )


@reads("messages", Permission.RESULTS)
def messages(call: Call, *, span: Span) -> Page[MessageSeen]:
    """What was told to whom, the newest hundred."""
    return span.of(direction.page(call.viewer, today=call.today).messages)


@writes("messages", Permission.DECLARE, status=HTTPStatus.CREATED)
def tell(call: Call, *, body: telling.Told) -> telling.MessageChanged:
    """Log what a leader told their people, and perhaps when it is to be said again."""
    return telling.tell(viewer=call.viewer, at=call.at, told=body)


@writes("messages/<int:message_id>/acknowledge", Permission.RESULTS)
def acknowledge_message(call: Call, *, message_id: int) -> telling.MessageChanged:
    """Say that a message has arrived."""
    return telling.acknowledge(viewer=call.viewer, at=call.at, message_id=message_id)


@writes("messages/<int:message_id>/withdraw", Permission.DECLARE)
def withdraw_message(call: Call, *, message_id: int) -> telling.MessageChanged:
    """Take back a message one has logged."""
    return telling.withdraw(viewer=call.viewer, at=call.at, message_id=message_id)


@reads("repeats", Permission.RESULTS)
def repeats(call: Call, *, span: Span) -> Page[RepeatSeen]:
    """What oneself and the people one sees plan to say again, what is due first."""
    lines = declared.priorities(call.viewer, today=call.today)
    return span.of(planned.listed(call.viewer, lines=lines, today=call.today))


@writes("messages/<int:message_id>/repeat", Permission.DECLARE)
def repeat_message(call: Call, *, message_id: int, body: RepeatText) -> repeating.RepeatChanged:
    """Say when a message one said or logged is to be said again; nobody is sent anything."""
    return repeating.plan(
        viewer=call.viewer,
        at=call.at,
        message_id=message_id,
        repeat=Repeat(on=body.on, every_weeks=body.every_weeks, until=body.until),
        seen_version=body.seen_version,
    )


@writes("repeats/<int:repeat_id>/end", Permission.DECLARE)
def end_repeat(call: Call, *, repeat_id: int, body: Version) -> repeating.RepeatChanged:
    """End a plan to say a message again; what was said stays."""
    return repeating.end(
        viewer=call.viewer, at=call.at, repeat_id=repeat_id, seen_version=body.seen_version
    )


@reads("cards", Permission.RESULTS)
def cards(call: Call) -> CardsPage:
    """Own cards, cards with one's leader, and those of one's people."""
    return written.page(call.viewer, today=call.today)


@reads("cards/one", Permission.RESULTS)
def card(call: Call, *, author: str, priority: str, person: str | None = None) -> CardSeen:
    """One card; without `person` the author's own."""
    return written.one(
        call.viewer, author=author, person=person, priority=priority, today=call.today
    )


@writes("cards", Permission.RESULTS)
def save_card(call: Call, *, body: CardText) -> writing.CardChanged:
    """Write one's own card, or one between a leader and a person; either of the two may."""
    return writing.save(
        viewer=call.viewer,
        at=call.at,
        author=body.author,
        person=body.person,
        priority=body.priority,
        items=body.items,
        seen_version=body.seen_version,
    )


@writes("cards/<int:card_id>/agree", Permission.RESULTS)
def agree_card(call: Call, *, card_id: int, body: Version) -> writing.CardChanged:
    """Agree to a card between two; it holds once both have."""
    return writing.agree(
        viewer=call.viewer, at=call.at, card_id=card_id, seen_version=body.seen_version
    )


@writes("cards/<int:card_id>/withdraw", Permission.RESULTS)
def withdraw_card(call: Call, *, card_id: int, body: Version) -> writing.CardChanged:
    """Let a card hold no longer; that it held stays known."""
    return writing.withdraw(
        viewer=call.viewer, at=call.at, card_id=card_id, seen_version=body.seen_version
    )
