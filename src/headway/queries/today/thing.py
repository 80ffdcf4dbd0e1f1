"""One thing that waits for somebody."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum


class Consequence(IntEnum):
    """What depends on it; what comes first stands first."""

    ABOUT_ME = 1
    PROMISED = 2
    ASKED_OF_ME = 3
    PEOPLE_WAIT = 4
    MY_OWN_CHANGE = 5
    MY_WORD = 6
    MY_VIEW = 7


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing to do today: what, why now, and about how many minutes it takes.

    `code` says of which kind it is, and with `known` what its form begins with. `lines` are what
    one has to read before: (name, text). `due_on` orders things of the same consequence; None = any
    day.
    """

    code: str
    title: str
    reason: str
    minutes: int
    consequence: Consequence
    due_on: date | None = None
    known: Mapping[str, str | int] = field(default_factory=dict)
    lines: tuple[tuple[str, str], ...] = ()
