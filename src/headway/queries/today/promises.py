"""What the viewer promised that is due, and what they are asked to promise."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from headway.queries.results import figures
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.records import commitments
from headway.records.models import Commitment
from headway.terms.viewer import Viewer

SOON = timedelta(days=3)
"""How long before its day a promise waits."""


def things(viewer: Viewer, *, at: datetime, names: Mapping[str, str]) -> Iterator[Thing]:
    """The earliest day first; nobody but the owner of a promise has it here.

    Args:
        viewer: whose promises.
        at: now.
        names: what each priority in force is called, by its id.
    """
    today = at.date()
    mine = Commitment.objects.filter(commitments.of_party(viewer), state="open")
    waiting = Q(accepted_at=None) | Q(due_on__lte=today + SOON)
    found = mine.filter(waiting).select_related("owner", "to", "made_by").order_by("due_on", "id")
    for each in found:
        if each.accepted_at is None and viewer.person_id in commitments.agreeing(each):
            yield _asked(each, other=_other(each, viewer))
        if each.accepted_at is not None and viewer.person_id in commitments.doers(each):
            thing = _promised(each, other=_other(each, viewer), today=today)
            why = names.get(each.priority, "")
            served = _("It serves “{priority}”.").format(priority=why) if why else ""
            yield replace(thing, reason=f"{thing.reason} {served}".strip())


def _other(each: Commitment, viewer: Viewer) -> str:
    person = each.to if each.owner_id == viewer.person_id else each.owner
    return person.name if person else ""


def _asked(each: Commitment, *, other: str) -> Thing:
    return Thing(
        code="asked",
        title=each.text,
        reason=_("{name} asks whether you will do it by {day}. It is seen by: {by}").format(
            name=each.made_by.name if each.made_by else other,
            day=figures.day(each.due_on),
            by=each.seen_by,
        ),
        minutes=1,
        consequence=Consequence.ASKED_OF_ME,
        due_on=each.due_on,
        known={"commitment_id": each.pk},
    )


def _promised(each: Commitment, *, other: str, today: date) -> Thing:
    return Thing(
        code="promised",
        title=each.text,
        reason=_reason(other, due_on=each.due_on, today=today),
        minutes=1,
        consequence=Consequence.PROMISED,
        due_on=each.due_on,
        known={"commitment_id": each.pk, "seen_version": each.version},
    )


def _reason(whom: str, *, due_on: date, today: date) -> str:
    if due_on < today:
        words = (
            _("You promised {name} to do it by {day}. Say what became of it, or move it.")
            if whom
            else _("You promised to do it by {day}. Say what became of it, or move it.")
        )
    elif whom:
        words = _("You promised {name} to do it by {day}.")
    else:
        words = _("You promised to do it by {day}.")
    return words.format(name=whom, day=figures.day(due_on))
