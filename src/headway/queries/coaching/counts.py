"""Coaching of other teams, as those above them are told it: counts, from five people on."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from headway.records import coaching, scopes
from headway.records.models import CoachingSession, Person
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Role, Viewer

WINDOW_DAYS = 30


@dataclass(frozen=True, kw_only=True)
class TeamCount:
    """A leader's direct reports, at least five: sessions held with them in the last 30 days.

    Counted is what the people confirmed; `covered` = people with at least one that counts.
    """

    head: str
    people: int
    session_count: int
    covered: int


def of_teams(viewer: Viewer, *, today: date) -> tuple[TeamCount, ...]:
    """The teams below the viewer, by name of who leads them; their own team is not among them."""
    heads = _heads(viewer)
    if not heads:
        return ()
    reports = {
        head: people
        for head, people in coaching.reports().items()
        if head in heads and len(people) >= LEAST_ANSWERS
    }
    if not reports:
        return ()
    first = today - timedelta(days=WINDOW_DAYS)
    held: dict[str, list[CoachingSession]] = defaultdict(list)
    for each in CoachingSession.objects.filter(
        state="held",
        person_confirmed_on__isnull=False,
        held_at__date__gt=first,
        coach_id__in=set(reports),
    ):
        if each.person_id in reports[each.coach_id]:
            held[each.coach_id].append(each)
    found = [
        TeamCount(
            head=heads[head],
            people=len(people),
            session_count=len(held[head]),
            covered=len({each.person_id for each in held[head] if coaching.counts(each)}),
        )
        for head, people in reports.items()
    ]
    return tuple(sorted(found, key=lambda each: each.head))


def _heads(viewer: Viewer) -> dict[str, str]:
    if scopes.sees_everybody(viewer):
        people = Person.objects.filter(is_active=True)
    elif viewer.person_id is not None and Role.MANAGER in viewer.roles:
        people = scopes.people_of(viewer.person_id).filter(is_active=True)
    else:
        return {}
    return dict(people.exclude(id=viewer.person_id or "").values_list("id", "name"))
