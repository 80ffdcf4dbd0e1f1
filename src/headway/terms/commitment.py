"""What can happen to a commitment, and the day by which it is kept on time."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class EventKind(StrEnum):
    """Something that was said of a commitment.

    The first seven are those of the bundle format (`meant/commitment_event`). Of the others the
    format knows nothing: an export leaves them out.
    """

    PROGRESS = "progress"
    CHECK_PLANNED = "check_planned"
    CHECK_HELD = "check_held"
    RENEGOTIATED = "renegotiated"
    WITHDRAWN = "withdrawn"
    DONE = "done"
    REOPENED = "reopened"
    DECLINED = "declined"
    BROKEN = "broken"
    RELEASE_ASKED = "release_asked"
    RELEASE_REFUSED = "release_refused"


OF_BUNDLES = tuple(EventKind)[:7]
SETTLING = frozenset({EventKind.DONE, EventKind.WITHDRAWN, EventKind.REOPENED})
"""Kinds of the format of which the last one says how a commitment stands."""
SILENT_DAYS = 7
"""So many days after its day without a word, a commitment counts as missed in silence."""


def day_that_counts(first_due_on: date, moves: Iterable[tuple[date, date]]) -> date:
    """The day by which a commitment is kept on time.

    To move it before its day is healthy. Once a day has gone by, no later move brings it back.

    Args:
        first_due_on: the day of the beginning.
        moves: of each move the day it was said and the day it was moved to, in their order.

    Examples:
        >>> first = date(2026, 6, 15)
        >>> day_that_counts(first, [(date(2026, 6, 15), date(2026, 6, 30))])
        datetime.date(2026, 6, 30)
        >>> day_that_counts(first, [(date(2026, 6, 16), date(2026, 6, 30))])
        datetime.date(2026, 6, 15)
    """
    day = first_due_on
    for said_on, to_on in moves:
        if said_on > day:
            break
        day = to_on
    return day
