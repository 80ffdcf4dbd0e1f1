"""Sessions that wait for the viewer: a time, a log, a confirmation, a practice to look at again."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db.models import Q

from headway.queries.results import figures
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import coaching
from headway.records.models import CoachingSession
from headway.terms.viewer import Viewer

_MINUTES = 3


def things(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """What the two of a session can put forward; the one that waits longest first.

    What two agreed to practise and is due is one thing, however often they agreed on something.
    """
    mine = coaching.sessions(viewer).filter(
        Q(state="asked", coach_id=viewer.person_id or "")
        | Q(state="planned", planned_at__lt=at)
        | Q(state="held", coach_id=viewer.person_id or "", coach_confirmed_on=None)
        | Q(state="held", person_id=viewer.person_id or "", person_confirmed_on=None)
        | Q(coaching.TO_LOOK_AT, follow_up_on__lte=at.date())
    )
    to_look_at: dict[str, list[CoachingSession]] = defaultdict(list)
    for each in mine.select_related("coach", "person").order_by("held_at", "planned_at", "id"):
        if _waits_otherwise(each, viewer=viewer):
            yield _thing(each, viewer=viewer)
        else:
            to_look_at[coaching.other(viewer, each).pk].append(each)
    for practices in to_look_at.values():
        yield _practices(practices, viewer=viewer)


def _waits_otherwise(each: CoachingSession, *, viewer: Viewer) -> bool:
    """Whether it is not held yet, or not confirmed by the viewer: that comes before a practice."""
    return each.state != "held" or _own(each, viewer=viewer) is None


def _own(each: CoachingSession, *, viewer: Viewer) -> date | None:
    is_coach = each.coach_id == viewer.person_id
    return each.coach_confirmed_on if is_coach else each.person_confirmed_on


def _thing(each: CoachingSession, *, viewer: Viewer) -> Thing:
    other = coaching.other(viewer, each).name
    known = _known(each)
    if each.state == "asked":
        return Thing(
            code="session",
            title=_("Set a time for the session {name} asked for").format(name=other),
            reason=_topic(each),
            minutes=2,
            consequence=Consequence.ASKED_OF_ME,
            known=known,
        )
    if each.state == "planned":
        return Thing(
            code="session",
            title=_("Log the session with {name}, or call it off").format(name=other),
            reason=_("It was planned for {day}.").format(day=_day(each.planned_at)),
            minutes=2,
            consequence=Consequence.ASKED_OF_ME,
            due_on=each.planned_at.date() if each.planned_at else None,
            known=known,
        )
    return Thing(
        code="confirmation",
        title=_("Confirm the session with {name}").format(name=other),
        reason=_("It counts once both of you say that it was held as it stands."),
        minutes=1,
        consequence=Consequence.ASKED_OF_ME,
        due_on=each.held_at.date() if each.held_at else None,
        known=known,
        lines=_lines(each),
    )


def _practices(due: Sequence[CoachingSession], *, viewer: Viewer) -> Thing:
    """What two agreed to practise; its form is of what is due longest, the next comes after it."""
    first, *others = sorted(due, key=lambda each: (each.follow_up_on or date.max, each.pk))
    words = ngettext(
        "Look again at what you agreed with {name}",
        "Look again at {n} things you agreed with {name}",
        count=len(due),
    )
    return Thing(
        code="practice",
        title=words.format(n=len(due), name=coaching.other(viewer, first).name),
        reason=_practice(first, is_first=bool(others)),
        minutes=_MINUTES * len(due),
        consequence=Consequence.PROMISED,
        due_on=first.follow_up_on,
        known=_known(first),
        lines=(*_lines(first), *(_next(each) for each in others)),
    )


def _topic(each: CoachingSession) -> str:
    if not each.topic:
        return _("They have not said yet what about.")
    return _("They want to talk about this: “{topic}”.").format(topic=each.topic)


def _known(each: CoachingSession) -> dict[str, str | int]:
    return {"session_id": each.pk, "seen_version": each.version}


def _practice(each: CoachingSession, *, is_first: bool) -> str:
    if not each.practice:
        words = _("Since {day}. It was agreed on {held}, and its words are not written here.")
    elif is_first:
        words = _("Begin with what is due longest, since {day}: “{practice}”.")
    else:
        words = _("You wanted to look at it on {day}: “{practice}”.")
    day = figures.day(each.follow_up_on) if each.follow_up_on else ""
    return words.format(day=day, practice=each.practice, held=_day(each.held_at))


def _next(each: CoachingSession) -> tuple[str, str]:
    """A practice that comes after: its day, and its words or when it was agreed."""
    day = figures.day(each.follow_up_on) if each.follow_up_on else ""
    agreed = _("agreed on {day}, its words are not written here").format(day=_day(each.held_at))
    return _("Then, due {day}").format(day=day), each.practice or agreed


def _day(moment: datetime | None) -> str:
    return figures.day(moment.date()) if moment else ""


def _lines(each: CoachingSession) -> tuple[tuple[str, str], ...]:
    said = (
        (_("Held on"), _day(each.held_at)),
        (_("About"), each.topic),
        (_("Agreed to practise"), each.practice),
    )
    return tuple((name, text) for name, text in said if text)
