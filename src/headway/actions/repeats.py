"""When a message is to be said again: planned by whoever says or logs it, moved on when said."""

from dataclasses import dataclass
from datetime import date, datetime

from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.records import declared, lines, repeats
from headway.records.models import Message, MessageRepeat
from headway.terms.access import Permission
from headway.terms.declared import EVERY_WEEKS, Repeat
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer


class RepeatError(HeadwayError):
    """A message cannot be planned to be said again like that."""

    code = "direction.repeat"


@dataclass(frozen=True, kw_only=True)
class RepeatChanged:
    """A plan to say a message again was made, changed or ended."""

    repeat_id: int

    @property
    def subject(self) -> str:
        """Which plan."""
        return f"repeat:{self.repeat_id}"


@action("direction.repeat", permission=Permission.DECLARE)
def plan(
    *, viewer: Viewer, at: datetime, message_id: int, repeat: Repeat, seen_version: int
) -> RepeatChanged:
    """Say when a message is to be said again; `seen_version` 0 = it was not planned yet.

    Raises:
        NotAllowedError: it is no message that `viewer` said or logged, or not their plan.
        StaleVersionError: the plan was made, changed or moved on since.
        RepeatError: that day or those weeks cannot be.
    """
    message = declared.visible_messages(viewer).filter(pk=message_id).first()
    held = repeats.of(message).first() if message else None
    if message is None or not repeats.may_plan(viewer, message, held=held):
        raise NotAllowedError(f"message:{message_id}")
    _refuse_stale(held, seen=seen_version)
    return RepeatChanged(repeat_id=keep(viewer, message, repeat=repeat, at=at).pk)


@action("direction.end_repeat", permission=Permission.DECLARE)
def end(*, viewer: Viewer, at: datetime, repeat_id: int, seen_version: int) -> RepeatChanged:
    """End a plan to say a message again; what was said stays.

    Raises:
        NotAllowedError: there is none, or it is not the viewer's.
        StaleVersionError: it was changed or moved on since.
    """
    found = MessageRepeat.objects.filter(pk=repeat_id, state="planned").first()
    if found is None or not repeats.may_change(viewer, found):
        raise NotAllowedError(f"repeat:{repeat_id}")
    _refuse_stale(found, seen=seen_version)
    _change(found, at=at, state="ended")
    return RepeatChanged(repeat_id=repeat_id)


def keep(viewer: Viewer, message: Message, *, repeat: Repeat, at: datetime) -> MessageRepeat:
    """The plan that holds from now on for what a message says.

    Raises:
        RepeatError: that cannot be, or the plan that holds is somebody else's.
    """
    assert viewer.account_id is not None  # noqa: S101  whoever may plan has one
    due_on = _first_day(repeat, told_on=_day(message), today=lines.today(at))
    found = repeats.of(message).first()
    if found is None:
        return MessageRepeat.objects.create(
            sender_id=message.sender_id,
            head_id=message.head_id or message.sender_id,
            priority=message.priority,
            due_on=due_on,
            every_weeks=repeat.every_weeks,
            until=repeat.until,
            set_by_id=viewer.account_id,
            changed_at=at,
        )
    if not repeats.may_change(viewer, found):
        raise RepeatError(
            "Whoever says it has planned when to say it again, and changes that alone. Leave the "
            "plan as it is."
        )
    found.set_by_id = viewer.account_id
    _change(found, at=at, due_on=due_on, every_weeks=repeat.every_weeks, until=repeat.until)
    return found


def move_on(message: Message, *, at: datetime) -> None:
    """It was said once more: its next day comes, or nothing is left to say."""
    for found in repeats.of(message):
        before = repeats.tellings(found).exclude(pk=message.pk).first()
        # In another channel on the same day, or logged late: it is what was said last already.
        if before is not None and _day(before) >= _day(message):
            continue
        planned = Repeat(on=found.due_on, every_weeks=found.every_weeks, until=found.until)
        following = planned.next_on(told_on=_day(message))
        if following is None:
            _change(found, at=at, state="said")
        elif following > found.due_on:
            _change(found, at=at, due_on=following)


def catch_up(*, at: datetime) -> None:
    """What a load tells was said since a plan was made or moved on moves its day on too."""
    for found in MessageRepeat.objects.filter(state="planned"):
        last = repeats.tellings(found).first()
        if last is not None and last.is_brought and _day(last) > lines.today(found.changed_at):
            move_on(last, at=at)


def take_back(message: Message, *, at: datetime) -> None:
    """A message was withdrawn: the day counts from the one before; without any the plan ends."""
    for found in repeats.of(message):
        before = repeats.tellings(found).first()
        if before is None:
            _change(found, at=at, state="ended")
            continue
        counted = Repeat(every_weeks=found.every_weeks)
        if found.due_on == counted.first_on(told_on=_day(message)):
            _change(found, at=at, due_on=counted.first_on(told_on=_day(before)))


def _first_day(repeat: Repeat, *, told_on: date, today: date) -> date:
    due_on = repeat.first_on(told_on=told_on)
    if due_on is None:
        raise RepeatError("Say on which day it is to be said again, or every how many weeks.")
    if repeat.every_weeks is not None and repeat.every_weeks not in EVERY_WEEKS:
        offered = ", ".join(str(each) for each in EVERY_WEEKS)
        raise RepeatError(
            f"Every {repeat.every_weeks} weeks cannot be planned. Choose one of: {offered}."
        )
    if repeat.on is not None and repeat.on <= max(told_on, today):
        raise RepeatError(f"The day {repeat.on} is not to come. Choose one from tomorrow on.")
    if repeat.until is not None and repeat.every_weeks is None:
        raise RepeatError("What is said again once has no last day. Leave that day away.")
    if repeat.until is not None and repeat.until < due_on:
        raise RepeatError(
            f"It would be said again on {due_on}, after its last day {repeat.until}. Choose a "
            "later last day, or none."
        )
    return due_on


def _refuse_stale(found: MessageRepeat | None, *, seen: int) -> None:
    version = found.version if found else 0
    if seen != version:
        raise StaleVersionError(name="When to say it again", seen=seen, found=version)


def _change(found: MessageRepeat, *, at: datetime, **values: object) -> None:
    for name, value in values.items():
        setattr(found, name, value)
    found.version += 1
    found.changed_at = at
    found.save()


def _day(message: Message) -> date:
    return lines.today(message.sent_at)
