"""What leaders declared and told: the plan, the priorities, messages and cards."""

from http import HTTPStatus

from headway.actions import direction as telling
from headway.interfaces.api.endpoints import Call, Page, Span, reads, writes
from headway.queries import cards as written
from headway.queries import direction
from headway.queries.cards import CardSeen, CardsPage
from headway.queries.direction import MessageSeen, PlanSeen
from headway.queries.strategy import declared
from headway.queries.strategy.declared import PriorityLine, PrioritySeen
from headway.terms.access import Permission


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


@reads("messages", Permission.RESULTS)
def messages(call: Call, *, span: Span) -> Page[MessageSeen]:
    """What was told to whom, the newest hundred."""
    return span.of(direction.page(call.viewer, today=call.today).messages)


@writes("messages", Permission.DECLARE, status=HTTPStatus.CREATED)
def tell(call: Call, *, body: telling.Told) -> telling.MessageChanged:
    """Log what a leader told their people."""
    return telling.tell(viewer=call.viewer, at=call.at, told=body)


@writes("messages/<int:message_id>/acknowledge", Permission.RESULTS)
def acknowledge_message(call: Call, *, message_id: int) -> telling.MessageChanged:
    """Say that a message has arrived."""
    return telling.acknowledge(viewer=call.viewer, at=call.at, message_id=message_id)


@writes("messages/<int:message_id>/withdraw", Permission.DECLARE)
def withdraw_message(call: Call, *, message_id: int) -> telling.MessageChanged:
    """Take back a message one has logged."""
    return telling.withdraw(viewer=call.viewer, at=call.at, message_id=message_id)


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
