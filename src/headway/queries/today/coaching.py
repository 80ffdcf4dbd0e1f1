"""Sessions that wait for the viewer: a time, a log, a confirmation, a practice to look at again."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from headway.queries.results import figures
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.records import coaching
from headway.records.models import CoachingSession
from headway.terms.viewer import Viewer


def things(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """What the two of a session can put forward; the one that waits longest first."""
    mine = coaching.sessions(viewer).filter(
        Q(state="asked", coach_id=viewer.person_id or "")
        | Q(state="planned", planned_at__lt=at)
        | Q(state="held", coach_id=viewer.person_id or "", coach_confirmed_on=None)
        | Q(state="held", person_id=viewer.person_id or "", person_confirmed_on=None)
        | Q(coaching.TO_LOOK_AT, follow_up_on__lte=at.date())
    )
    for each in mine.select_related("coach", "person").order_by("held_at", "planned_at", "id"):
        yield _thing(each, viewer=viewer)


def _thing(each: CoachingSession, *, viewer: Viewer) -> Thing:
    is_coach = each.coach_id == viewer.person_id
    other = coaching.other(viewer, each).name
    known: dict[str, str | int] = {"session_id": each.pk, "seen_version": each.version}
    if each.state == "asked":
        return Thing(
            code="session",
            title=_("Set a time for the session {name} asked for").format(name=other),
            reason=_("They want to talk about: {topic}").format(topic=each.topic or _("not said")),
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
    own = each.coach_confirmed_on if is_coach else each.person_confirmed_on
    if own is None:
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
    return Thing(
        code="practice",
        title=_("Look again at what you agreed with {name}").format(name=other),
        reason=_practice(each),
        minutes=3,
        consequence=Consequence.PROMISED,
        due_on=each.follow_up_on,
        known=known,
        lines=_lines(each),
    )


def _practice(each: CoachingSession) -> str:
    words = (
        _("You wanted to look at it on {day}: {practice}")
        if each.practice
        else _("You wanted to look at it on {day}.")
    )
    day = figures.day(each.follow_up_on) if each.follow_up_on else ""
    return words.format(day=day, practice=each.practice)


def _day(moment: datetime | None) -> str:
    return figures.day(moment.date()) if moment else ""


def _lines(each: CoachingSession) -> tuple[tuple[str, str], ...]:
    said = (
        (_("Held on"), _day(each.held_at)),
        (_("About"), each.topic),
        (_("Agreed to practise"), each.practice),
    )
    return tuple((name, text) for name, text in said if text)
