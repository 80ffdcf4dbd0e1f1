"""Where things that wait for somebody come from: one function for each kind."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from headway.queries import cards, direction, pulse
from headway.queries.results import figures
from headway.queries.strategy import predicting
from headway.queries.today.thing import Consequence, Thing
from headway.queries.words.language import gettext as _
from headway.records import commitments, declared
from headway.records.models import Card, Commitment, LeaderFinding
from headway.terms.viewer import Viewer

SOON = timedelta(days=3)


def findings(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """What was found about the viewer, which nobody else sees before they comment or some days."""
    found = LeaderFinding.objects.filter(
        leader=viewer.person_id or "", comment="", opens_at__gt=at
    ).order_by("opens_at", "id")
    for each in found:
        yield Thing(
            code="finding",
            title=_("Look at what was found about you"),
            reason=_("Only you see it until {day}, or until you say something to it.").format(
                day=figures.day(each.opens_at.date())
            ),
            minutes=3,
            consequence=Consequence.ABOUT_ME,
            due_on=each.opens_at.date(),
            ids={"finding": each.finding},
        )


def promises(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """What the viewer promised that is due, and what they are asked to promise."""
    today = at.date()
    mine = Commitment.objects.filter(commitments.of_party(viewer), state="open")
    waiting = Q(accepted_at=None) | Q(due_on__lte=today + SOON)
    found = mine.filter(waiting).select_related("owner", "to", "made_by").order_by("due_on", "id")
    for each in found:
        is_asked = each.accepted_at is None
        whose = commitments.agreeing(each) if is_asked else commitments.doers(each)
        if viewer.person_id not in whose:
            continue
        other = each.to if each.owner_id == viewer.person_id else each.owner
        whom = other.name if other else ""
        ids = {"commitment_id": each.pk, "seen_version": each.version}
        if is_asked:
            asked = each.made_by.name if each.made_by else whom
            yield Thing(
                code="asked",
                title=each.text,
                reason=_("{name} asks whether you will do it until {day}.").format(
                    name=asked, day=figures.day(each.due_on)
                ),
                minutes=1,
                consequence=Consequence.ASKED_OF_ME,
                due_on=each.due_on,
                ids=ids,
                is_close=True,
            )
            continue
        yield Thing(
            code="promised",
            title=each.text,
            reason=_promised(whom, due_on=each.due_on, today=today),
            minutes=1,
            consequence=Consequence.PROMISED,
            due_on=each.due_on,
            ids=ids,
            is_close=True,
        )


def _promised(whom: str, *, due_on: date, today: date) -> str:
    day = figures.day(due_on)
    if due_on < today:
        words = (
            _("You promised it to {name} until {day}. Say what became of it, or move it.")
            if whom
            else _("You promised it until {day}. Say what became of it, or move it.")
        )
    elif whom:
        words = _("You promised it to {name} until {day}.")
    else:
        words = _("You promised it until {day}.")
    return words.format(name=whom, day=day)


def agreements(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """Cards with the viewer that wait for their word, and own cards that lack something."""
    me = viewer.person_id
    if me is None:
        return
    seen = cards.page(viewer, today=at.date())
    waiting = {
        (each.author_id, each.priority)
        for each in Card.objects.filter(person_id=me, withdrawn_on=None, person_agreed_on=None)
        if declared.items(each)
    }
    for line in seen.with_me:
        if (line.author_id, line.priority_id) in waiting:
            yield Thing(
                code="card",
                title=_("Agree with {name} what “{priority}” means for you").format(
                    name=line.author, priority=line.priority
                ),
                reason=_("The card is written; it counts once both of you agree."),
                minutes=5,
                consequence=Consequence.ASKED_OF_ME,
                ids={"author": line.author_id, "person": me, "priority": line.priority_id},
            )
    yield from _own_cards(seen, me=me)


def _own_cards(seen: cards.CardsPage, *, me: str) -> Iterator[Thing]:
    leads = bool(seen.of_my_people)
    for line in seen.own:
        if line.glyph == "disc" or not (leads or line.version):
            continue
        yield Thing(
            code="card",
            title=_("Write what “{priority}” means for yourself").format(priority=line.priority),
            reason=_("Leaders go first: the cards of your people open after yours.")
            if leads
            else _("Your card is not complete: {state}.").format(state=line.state),
            minutes=10,
            consequence=Consequence.PEOPLE_WAIT if leads else Consequence.MY_OWN_CHANGE,
            ids={"author": me, "priority": line.priority_id},
        )


def silences(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """Priorities of the viewer of which they have said nothing for long."""
    for line in direction.own_silences(viewer, today=at.date()):
        yield Thing(
            code="message",
            title=_("Say again what “{name}” is about").format(name=line.name),
            reason=_("You have not spoken of it since {day}. A month is long.").format(
                day=figures.day(line.since)
            ),
            minutes=10,
            consequence=Consequence.PEOPLE_WAIT,
            ids={"priority": line.priority_id},
        )


def questions(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """One pulse that waits for the viewer's answer; never more than one at a time."""
    for number in pulse.waiting(viewer, today=at.date())[:1]:
        yield Thing(
            code="pulse",
            title=_("Answer a few questions"),
            reason=_("Without your name: answers are shown from five people on."),
            minutes=3,
            consequence=Consequence.MY_WORD,
            ids={"wave_id": number},
        )


def predictions(viewer: Viewer, *, at: datetime) -> Iterator[Thing]:
    """What the viewer has not said this quarter about the line among their own people."""
    for each in predicting.waiting(viewer, at=at)[:1]:
        yield Thing(
            code="prediction",
            title=_("Say what you believe of “{name}”").format(name=each.name),
            reason=_("Once a quarter, before you see the measure, so that it is honest."),
            minutes=2,
            consequence=Consequence.MY_VIEW,
            ids={"priority": each.priority, "group": each.group},
        )


SOURCES: tuple[Callable[..., Iterator[Thing]], ...] = (
    findings,
    promises,
    agreements,
    silences,
    questions,
    predictions,
)
