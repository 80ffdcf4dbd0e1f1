"""What people are reminded of: a closed set, and what each chooses of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum


class Reminder(StrEnum):
    """Kinds of reminders; each person has each by mail or not."""

    # A commitment of one's own: three days before its day, and the day after without an update.
    DUE = "due"
    # Somebody asks one to promise something.
    ASKED = "asked"
    # What was promised to one was kept.
    KEPT = "kept"
    # What was promised to one was moved to another day.
    MOVED = "moved"
    # A session of coaching: the day before, or the morning after it was set or moved.
    SESSION = "session"
    # One that was to come and that the other called off: at once.
    CALLED_OFF = "called_off"
    # What two agreed to practise, on the day they set to look at it again.
    PRACTICE = "practice"
    # A message of one's own that is to be said again: on its day.
    REPEAT = "repeat"


# What is mailed to somebody who has chosen nothing.
UNASKED = frozenset(
    {Reminder.DUE, Reminder.SESSION, Reminder.CALLED_OFF, Reminder.PRACTICE, Reminder.REPEAT}
)
OF_PROMISES = frozenset({Reminder.DUE, Reminder.ASKED, Reminder.KEPT, Reminder.MOVED})
OF_COACHING = frozenset({Reminder.SESSION, Reminder.CALLED_OFF, Reminder.PRACTICE})


@dataclass(frozen=True, kw_only=True)
class Span:
    """The time one reminder looks at: [since, until), with days as they fall in `zone`."""

    since: datetime
    until: datetime
    zone: tzinfo

    @property
    def before(self) -> date:
        """The day of its beginning; what that day called for was told then."""
        return self.since.astimezone(self.zone).date()

    @property
    def today(self) -> date:
        """The day of its end."""
        return self.until.astimezone(self.zone).date()


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing somebody is reminded of, with its day and the other side.

    `text` is the sentence of a commitment, or what a message to be said again is about; of coaching
    no word is told, and it is "". `who` is ""
    where there is no other side, `begins` is when a session does, in the organisation's time zone,
    and `is_over` whether the day of a commitment has gone by.
    """

    kind: Reminder
    text: str
    day: date
    who: str
    begins: time | None = None
    is_over: bool = False


def known(codes: Iterable[str]) -> frozenset[Reminder]:
    """The kinds among `codes`; what is none, such as one of a later version, is left out.

    >>> sorted(known(["due", "gone"]))
    [<Reminder.DUE: 'due'>]
    """
    return frozenset(kind for kind in Reminder if kind.value in set(codes))
