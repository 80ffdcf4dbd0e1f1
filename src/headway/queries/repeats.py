"""Which messages are to be said again, as one viewer may read it, and what of it is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.strategy.declared import PriorityLine
from headway.queries.words import declared as words
from headway.queries.words.language import gettext as _
from headway.records import declared, repeats
from headway.records.models import Message, MessageRepeat
from headway.terms.access import Permission, allows
from headway.terms.declared import Repeat
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class LastSaid:
    """The message in which something was said last; `on` and `how` in words."""

    message_id: int
    on: str
    how: str
    channel: str
    text: str
    is_ask: bool


@dataclass(frozen=True, kw_only=True)
class RepeatSeen:
    """What is to be said again, next on `due_on`; `due` and `rhythm` say when in words.

    `priority` "" = the plan as a whole; `name` is what it is called. `last` None = it came with a
    load, and is no longer in the data.
    """

    repeat_id: int
    version: int
    sender_id: str
    sender: str
    head_id: str
    to: str
    priority: str
    name: str
    last: LastSaid | None
    due: str
    rhythm: str
    due_on: date
    every_weeks: int | None
    until: date | None
    is_overdue: bool
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class Planned:
    """When a message is to be said again, as it is changed; 0 = there is no plan yet."""

    repeat_id: int
    version: int
    repeat: Repeat
    name: str


def listed(viewer: Viewer, *, lines: Iterable[PriorityLine], today: date) -> tuple[RepeatSeen, ...]:
    """What the viewer and the people they see plan to say again; what is due first stands first.

    The number of statements does not grow with what there is.

    Args:
        viewer: who reads it.
        lines: the priorities in force.
        today: the day.
    """
    if not allows(viewer, Permission.RESULTS):
        return ()
    return _seen(viewer, repeats.visible(viewer, today=today), lines=lines, today=today)


def own_due(
    viewer: Viewer, *, lines: Iterable[PriorityLine], today: date
) -> tuple[RepeatSeen, ...]:
    """What the viewer meant to say again by today, of the priorities in force `lines`."""
    found = repeats.own(viewer, today=today).filter(due_on__lte=today)
    return _seen(viewer, found, lines=lines, today=today)


def planned(viewer: Viewer, *, message_id: int, today: date) -> Planned:
    """When a message is to be said again.

    Raises:
        NotSeenError: it is no message the viewer said or logged, or the plan is not theirs.
    """
    message = declared.visible_messages(viewer).filter(pk=message_id).first()
    found = repeats.of(message).first() if message else None
    if message is None or not repeats.may_plan(viewer, message, held=found):
        raise NotSeenError
    called = names(viewer, today=today)
    name = called.get(message.priority, message.priority)
    if found is None:
        return Planned(repeat_id=0, version=0, repeat=Repeat(), name=name)
    # A day that has come cannot be chosen anew: it is left open.
    on = found.due_on if found.due_on > today else None
    repeat = Repeat(on=on, every_weeks=found.every_weeks, until=found.until)
    return Planned(repeat_id=found.pk, version=found.version, repeat=repeat, name=name)


def names(viewer: Viewer, *, today: date) -> dict[str, str]:
    """What a message can be about, by the id of its priority; "" = the plan as a whole."""
    return _called(priorities.priorities(viewer, today=today))


def _called(lines: Iterable[PriorityLine]) -> dict[str, str]:
    return {"": _("the plan as a whole"), **{each.priority_id: each.name for each in lines}}


def _seen(
    viewer: Viewer,
    found: QuerySet[MessageRepeat],
    *,
    lines: Iterable[PriorityLine],
    today: date,
) -> tuple[RepeatSeen, ...]:
    asked = repeats.with_last(found).select_related("sender", "head")
    rows = list(asked.order_by("due_on", "id"))
    said = Message.objects.in_bulk([each.__dict__["last"] for each in rows])
    called = _called(lines)
    may_declare = allows(viewer, Permission.DECLARE)
    return tuple(
        RepeatSeen(
            repeat_id=each.pk,
            version=each.version,
            sender_id=each.sender_id,
            sender=each.sender.name,
            head_id=each.head_id,
            to=_("the people of {name}").format(name=each.head.name),
            priority=each.priority,
            name=called.get(each.priority, each.priority),
            last=_last(said.get(each.__dict__["last"])),
            due=figures.day(each.due_on),
            rhythm=_rhythm(each),
            due_on=each.due_on,
            every_weeks=each.every_weeks,
            until=each.until,
            is_overdue=each.due_on < today,
            # They see whose it is, else it would not stand here.
            may_change=may_declare
            and (each.sender_id == viewer.person_id or each.set_by_id == viewer.account_id),
        )
        for each in rows
    )


def _last(message: Message | None) -> LastSaid | None:
    if message is None:
        return None
    return LastSaid(
        message_id=message.pk,
        on=figures.day(message.sent_at.date()),
        how=words.of(words.CHANNELS, message.channel),
        channel=message.channel,
        text=message.text,
        is_ask=message.is_ask,
    )


def _rhythm(found: MessageRepeat) -> str:
    if found.every_weeks is None:
        return _("once")
    if found.until is None:
        return _("every {n} weeks").format(n=found.every_weeks)
    return _("every {n} weeks until {day}").format(
        n=found.every_weeks, day=figures.day(found.until)
    )
