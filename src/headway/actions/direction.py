"""Messages: what a leader told whom, and who has heard it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from headway.actions import repeats
from headway.actions.action import NotAllowedError, action
from headway.records import declared, scopes
from headway.records.models import Message, MessageReceipt, Organisation
from headway.terms.access import Permission
from headway.terms.declared import Channel, Repeat
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_LENGTH = 2000


class MessageTextError(HeadwayError):
    """A message says nothing, or too much."""

    code = "direction.text"

    def __init__(self, length: int) -> None:
        super().__init__(
            f"What was said has {length} characters. Expected 1 to {MAX_LENGTH}: a few sentences."
        )


class MessageDayError(HeadwayError):
    """A message was told on a day to come."""

    code = "direction.day"

    def __init__(self, told_on: date, today: date) -> None:
        super().__init__(
            f"The day {told_on} has not come; today is {today}. Log what was told, after it was."
        )


class NobodyToldError(HeadwayError):
    """A message is for nobody, or was heard by somebody it was not for."""

    code = "direction.nobody"

    def __init__(self, head: str) -> None:
        super().__init__(
            f"Nobody reports to “{head}”, or somebody was ticked who does not. Choose a leader "
            "with people, and tick only those."
        )


class UnknownPriorityError(HeadwayError):
    """There is no such priority."""

    code = "direction.unknown_priority"

    def __init__(self, priority: str) -> None:
        super().__init__(f"There is no priority “{priority}”. Choose one from the list.")


@dataclass(frozen=True, kw_only=True)
class Told:
    """One telling.

    `sender` told `text` to the people of `head` on `told_on`; `priority` "" = the plan as a whole.
    `present` are those of them who were there; of the others nobody knows until they say so.
    `repeat` is when it is to be said again; None = a plan that holds goes on, from this day.
    """

    sender: str
    head: str
    told_on: date
    channel: Channel
    text: str
    priority: str = ""
    is_ask: bool = False
    is_external: bool = False
    present: frozenset[str] = frozenset()
    repeat: Repeat | None = None


@dataclass(frozen=True, kw_only=True)
class MessageChanged:
    """A message was logged, acknowledged or withdrawn."""

    message_id: int

    @property
    def subject(self) -> str:
        """Which message."""
        return f"message:{self.message_id}"


@action("direction.tell", permission=Permission.DECLARE)
def tell(*, viewer: Viewer, at: datetime, told: Told) -> MessageChanged:
    """Log what a leader told their people, or those of a leader below them.

    Raises:
        NotAllowedError: the sender is nobody whom `viewer` is or leads, or does not lead `head`.
        MessageTextError: it says nothing, or too much.
        MessageDayError: the day has not come.
        UnknownPriorityError: there is no such priority.
        NobodyToldError: nobody reports to `head`, or somebody present does not.
        RepeatError: when it is to be said again cannot be, or is planned by whoever says it.
    """
    text = told.text.strip()
    if not 0 < len(text) <= MAX_LENGTH:
        raise MessageTextError(len(text))
    zone = ZoneInfo(Organisation.objects.values_list("time_zone", flat=True).get())
    if told.told_on > at.astimezone(zone).date():
        raise MessageDayError(told.told_on, at.astimezone(zone).date())
    if told.priority and not declared.is_known(told.priority):
        raise UnknownPriorityError(told.priority)
    if viewer.account_id is None or not _may_log(viewer, told):
        raise NotAllowedError(f"person:{told.sender}")
    made = Message.objects.create(
        priority=told.priority,
        sender_id=told.sender,
        head_id=told.head,
        sent_at=datetime.combine(told.told_on, time(12), tzinfo=zone),
        channel=told.channel.value,
        text=text,
        is_ask=told.is_ask,
        is_external=told.is_external,
        logged_by_id=viewer.account_id,
    )
    MessageReceipt.objects.bulk_create(_receipts(made, told=told))
    if told.repeat is None:
        repeats.move_on(made, at=at)
    else:
        repeats.keep(viewer, made, repeat=told.repeat, at=at)
    return MessageChanged(message_id=made.pk)


@action("direction.acknowledge", permission=Permission.RESULTS)
def acknowledge(*, viewer: Viewer, at: datetime, message_id: int) -> MessageChanged:
    """Say that a message for oneself has arrived.

    Raises:
        NotAllowedError: it was not for the viewer, or has arrived already.
    """
    own = MessageReceipt.objects.filter(
        message_id=message_id,
        message__withdrawn_at=None,
        person_id=viewer.person_id or "",
        received_on=None,
    )
    if not own.update(received_on=at.date(), basis="acknowledged"):
        raise NotAllowedError(f"message:{message_id}")
    Message.objects.filter(pk=message_id).update(is_brought=False)
    return MessageChanged(message_id=message_id)


@action("direction.withdraw", permission=Permission.DECLARE)
def withdraw(*, viewer: Viewer, at: datetime, message_id: int) -> MessageChanged:
    """Take back a message one has logged: it counts no more, and that it was logged stays known.

    Raises:
        NotAllowedError: the viewer did not log it, or it was taken back.
    """
    own = Message.objects.filter(
        pk=message_id, logged_by_id=viewer.account_id or 0, withdrawn_at=None
    )
    if not own.update(withdrawn_at=at):
        raise NotAllowedError(f"message:{message_id}")
    repeats.take_back(Message.objects.get(pk=message_id), at=at)
    return MessageChanged(message_id=message_id)


def _may_log(viewer: Viewer, told: Told) -> bool:
    sees = scopes.visible_people(viewer).filter(id=told.sender).exists()
    is_within = told.head == told.sender
    return sees and (is_within or scopes.people_of(told.sender).filter(id=told.head).exists())


def _receipts(made: Message, *, told: Told) -> Iterable[MessageReceipt]:
    people = set(
        scopes.people_of(told.head)
        .filter(is_active=True)
        .exclude(id=told.sender)
        .values_list("id", flat=True)
    )
    if not people or not told.present <= people:
        raise NobodyToldError(told.head)
    return [
        MessageReceipt(
            message=made,
            person_id=person,
            received_on=told.told_on if person in told.present else None,
            basis="attended" if person in told.present else "",
        )
        for person in sorted(people)
    ]
