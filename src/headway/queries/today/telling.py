"""What the viewer planned to say again, and priorities of theirs they have long not spoken of."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from headway.queries import direction, repeats
from headway.queries.repeats import RepeatSeen
from headway.queries.results import figures
from headway.queries.strategy.declared import PriorityLine
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer

_MINUTES = 10


def things(viewer: Viewer, *, at: datetime, priorities: Sequence[PriorityLine]) -> Iterator[Thing]:
    """One for each, with the words that were said last; of the priorities in force.

    What is planned stands for the silence about it too.
    """
    if viewer.person_id is None or not allows(viewer, Permission.DECLARE):
        return
    due = repeats.own_due(viewer, lines=priorities, today=at.date())
    yield from map(_planned, due)
    planned = {each.priority for each in due}
    silent = direction.own_silences(viewer, priorities=priorities, today=at.date())
    last = direction.own_words(viewer) if silent else {}
    for each in silent:
        if each.priority_id in planned:
            continue
        yield Thing(
            code="message",
            title=_("Say again what “{name}” is about").format(name=each.name),
            reason=_("You have not spoken of it since {day}. A month is long.").format(
                day=figures.day(each.since)
            ),
            minutes=_MINUTES,
            consequence=Consequence.PEOPLE_WAIT,
            due_on=each.since,
            known={"priority": each.priority_id, "text": last.get(each.priority_id, "")},
        )


def _planned(found: RepeatSeen) -> Thing:
    title = _("Say again what “{name}” is about") if found.priority else _("Say the plan again")
    reason = (
        _("You planned it for {day}, for {people}. You said it last on {last} ({how}).")
        if found.last
        else _("You planned it for {day}, for {people}.")
    )
    known: dict[str, str | int] = {"priority": found.priority, "head": found.head_id}
    if found.last:
        known |= {
            "again": found.last.message_id,
            "channel": found.last.channel,
            "text": found.last.text,
            "is_ask": found.last.is_ask,
        }
    return Thing(
        code="repeat",
        title=title.format(name=found.name),
        reason=reason.format(
            day=found.due,
            people=found.to,
            last=found.last.on if found.last else "",
            how=found.last.how if found.last else "",
        ),
        minutes=_MINUTES,
        consequence=Consequence.PEOPLE_WAIT,
        due_on=found.due_on,
        known=known,
    )
