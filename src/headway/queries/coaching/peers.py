"""Colleagues who could help somebody with a practice: at most three, by name, and no figure."""

from collections.abc import Sequence
from dataclasses import dataclass

from headway.queries.words.language import gettext as _
from headway.records import declared, peers
from headway.records.models import CoachingPlan
from headway.terms.viewer import Viewer

MOST = 3


@dataclass(frozen=True, kw_only=True)
class PeerSeen:
    """One colleague and what they could help with; `why` says it in words."""

    person_id: str
    name: str
    priority: str
    why: str
    is_offered: bool


@dataclass(frozen=True, kw_only=True)
class OfferSeen:
    """A priority that the viewer could help others with."""

    priority_id: str
    priority: str


def of_two(viewer: Viewer, *, coach_id: str, person_id: str, priority: str) -> tuple[PeerSeen, ...]:
    """Who could help the person of a session, as one of its two reads it.

    With what the session is about; else with what a plan of the two is about; else with the
    practice of which the person's work shows least beside what is usual.
    """
    plans = CoachingPlan.objects.filter(coach_id=coach_id, person_id=person_id, closed_on=None)
    agreed = plans.exclude(priority="").order_by("started_on", "id")
    wanted = (
        priority,
        *agreed.values_list("priority", flat=True),
        *peers.of_person(person_id).filter(is_first=True).values_list("priority", flat=True),
    )
    return _first(viewer, person_id=person_id, priorities=wanted)


def for_oneself(viewer: Viewer) -> tuple[PeerSeen, ...]:
    """Who offers to teach the viewer what their own work shows least."""
    if viewer.person_id is None:
        return ()
    first = peers.of_person(viewer.person_id).order_by("-is_first", "priority")
    return _first(
        viewer,
        person_id=viewer.person_id,
        priorities=tuple(first.values_list("priority", flat=True)),
    )


def to_offer(viewer: Viewer) -> tuple[OfferSeen, ...]:
    """What the viewer could teach and has not offered yet, by name; nobody else reads it."""
    names = peers.may_offer(viewer).values_list("priority", flat=True)
    if not names:
        return ()
    known = declared.contents()
    made = [
        OfferSeen(priority_id=each, priority=known[each].name or each)
        for each in names
        if each in known
    ]
    return tuple(sorted(made, key=lambda one: (one.priority, one.priority_id)))


def _first(viewer: Viewer, *, person_id: str, priorities: Sequence[str]) -> tuple[PeerSeen, ...]:
    """Those of the first priority that has some."""
    for priority in dict.fromkeys(priorities):
        found = peers.visible(viewer, person_id=person_id, priority=priority) if priority else {}
        if not found:
            continue
        known = declared.contents().get(priority)
        name = (known.name if known else "") or priority
        # Who offered comes before who would have to be asked; within both the order is drawn.
        chosen = sorted(found.items(), key=lambda one: not one[1])[:MOST]
        return tuple(
            PeerSeen(
                person_id=person.id,
                name=person.name,
                priority=name,
                why=_why(is_offered=is_offered),
                is_offered=is_offered,
            )
            for person, is_offered in sorted(chosen, key=lambda one: (one[0].name, one[0].id))
        )
    return ()


def _why(*, is_offered: bool) -> str:
    if is_offered:
        return _("Their recorded work shows it clearly more often, and they offer to teach it.")
    return _(
        "Their recorded work shows it clearly more often. Ask them first: they have not offered it."
    )
