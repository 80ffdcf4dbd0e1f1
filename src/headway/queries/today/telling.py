"""Priorities of the viewer of which they have said nothing for long."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from headway.queries import direction
from headway.queries.results import figures
from headway.queries.strategy.declared import PriorityLine
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer


def things(viewer: Viewer, *, at: datetime, priorities: Sequence[PriorityLine]) -> Iterator[Thing]:
    """One for each of them, with the words that were said last; of the priorities in force."""
    if viewer.person_id is None or not allows(viewer, Permission.DECLARE):
        return
    silent = direction.own_silences(viewer, priorities=priorities, today=at.date())
    last = direction.own_words(viewer) if silent else {}
    for each in silent:
        yield Thing(
            code="message",
            title=_("Say again what “{name}” is about").format(name=each.name),
            reason=_("You have not spoken of it since {day}. A month is long.").format(
                day=figures.day(each.since)
            ),
            minutes=10,
            consequence=Consequence.PEOPLE_WAIT,
            due_on=each.since,
            known={"priority": each.priority_id, "text": last.get(each.priority_id, "")},
        )
