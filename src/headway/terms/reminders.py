"""What people are reminded of: a closed set, and what each chooses of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
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


# What is mailed to somebody who has chosen nothing.
UNASKED = frozenset({Reminder.DUE})


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
    """One thing somebody is reminded of: a commitment, its sentence and day, and the other side.

    `who` is "" where there is no other side, `is_over` whether the day has gone by.
    """

    kind: Reminder
    commitment_id: int
    text: str
    day: date
    who: str
    is_over: bool = False


def known(codes: Iterable[str]) -> frozenset[Reminder]:
    """The kinds among `codes`; what is none, such as one of a later version, is left out.

    >>> sorted(known(["due", "gone"]))
    [<Reminder.DUE: 'due'>]
    """
    return frozenset(kind for kind in Reminder if kind.value in set(codes))
