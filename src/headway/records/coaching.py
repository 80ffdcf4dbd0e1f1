"""Who reads what of coaching: the two it is between, and nobody else, whatever their rank.

Not even the system reads its words: a command prints none of them. What others are told are counts
of teams of five people and more.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import Max, Q, QuerySet

from headway.records import scopes
from headway.records.models import (
    CoachingPlan,
    CoachingSession,
    Person,
    Preparation,
    ReportingLine,
    Scorecard,
)
from headway.terms.coaching_session import is_counting
from headway.terms.plan_practice import PlanAsked
from headway.terms.viewer import Viewer

TO_LOOK_AT = Q(
    state="held", is_practice_agreed=True, follow_up_on__isnull=False, followed_up_on=None
)
"""A practice was agreed on that waits to be looked at again."""
KEPT_DAYS = 183
"""How long the words of two people are kept after their work together has ended: six months."""


def sessions(viewer: Viewer) -> QuerySet[CoachingSession]:
    """The sessions the viewer is one of the two of."""
    return CoachingSession.objects.filter(_of_both(viewer))


def other(viewer: Viewer, session: CoachingSession) -> Person:
    """Who of the two the viewer is not."""
    return session.person if viewer.person_id == session.coach_id else session.coach


def plans(viewer: Viewer) -> QuerySet[CoachingPlan]:
    """The plans the viewer is one of the two of."""
    return CoachingPlan.objects.filter(_of_both(viewer))


def plans_to_measure() -> tuple[PlanAsked, ...]:
    """The open plans on a priority, for which the work of their person is looked at."""
    rows = CoachingPlan.objects.filter(closed_on=None).exclude(priority="")
    return tuple(
        PlanAsked(
            plan_id=each.pk,
            person=each.person_id,
            priority=each.priority,
            started_on=each.started_on,
        )
        for each in rows.only("person_id", "priority", "started_on")
    )


def scorecards(viewer: Viewer) -> QuerySet[Scorecard]:
    """The scorecards the viewer is one of the two of."""
    return Scorecard.objects.filter(_of_both(viewer))


def preparations(viewer: Viewer) -> QuerySet[Preparation]:
    """What the viewer noted for themselves."""
    return Preparation.objects.filter(writer_id=viewer.person_id or "")


def may_coach(viewer: Viewer, person_id: str) -> bool:
    """Whether the viewer may begin something with somebody: who is here and reports to them."""
    if viewer.person_id is None:
        return False
    return scopes.people_of(viewer.person_id).filter(id=person_id, is_active=True).exists()


def coaches(person_id: str) -> QuerySet[Person]:
    """Whom somebody may ask for a session: the leaders above them who are here."""
    return scopes.leaders_of(person_id).filter(is_active=True)


def reports_of(person_id: str) -> frozenset[str]:
    """Who reports directly to somebody now, and is here."""
    lines = ReportingLine.objects.filter(
        manager_id=person_id, valid_to=None, person__is_active=True
    )
    return frozenset(lines.values_list("person_id", flat=True))


def reports(*, to: Collection[str] | None = None) -> Mapping[str, frozenset[str]]:
    """Who reports directly to whom now, by manager; only people who are here.

    Args:
        to: these managers alone; None = all.
    """
    found: dict[str, set[str]] = defaultdict(set)
    lines = ReportingLine.objects.filter(valid_to=None, person__is_active=True)
    if to is not None:
        lines = lines.filter(manager_id__in=to)
    for manager, person in lines.exclude(manager=None).values_list("manager_id", "person_id"):
        found[manager].add(person)
    return {manager: frozenset(people) for manager, people in found.items()}


def teams_below(head: str) -> Mapping[str, frozenset[str]]:
    """The people at the front by the manager they report to, of all whose line leads to `head`.

    At the front is who is here and leads nobody. The head's own are one of the teams.
    """
    led = reports()
    managers = {head, *scopes.people_of(head).filter(is_active=True).values_list("id", flat=True)}
    found = {each: led.get(each, frozenset()) - led.keys() for each in sorted(managers)}
    return {manager: people for manager, people in found.items() if people}


def counts(session: CoachingSession) -> bool:
    """Whether a session was held and counts as coaching."""
    return session.state == "held" and is_counting(
        kind=session.kind,
        is_work_observed=session.is_work_observed,
        is_practice_agreed=session.is_practice_agreed,
        has_follow_up=session.follow_up_on is not None,
        is_confirmed=session.person_confirmed_on is not None,
    )


def ended_pairs(today: date) -> frozenset[tuple[str, str]]:
    """(coach, person) who have not worked together for longer than their words are kept.

    They work together while the one reports to the other and both are here. Of two who never did,
    such as a coach from elsewhere, it ends when one of them leaves. Where nobody knows which day
    somebody left, their last session is the last day they are known to have been here.
    """
    last = {
        (coach, person): (held or made).date()
        for coach, person, held, made in CoachingSession.objects.values_list(
            "coach_id", "person_id"
        )
        .annotate(held=Max("held_at"), made=Max("made_at"))
        .order_by()
    }
    for model, column in ((CoachingPlan, "started_on"), (Scorecard, "made_on")):
        for coach, person, day in (
            model._default_manager.values_list("coach_id", "person_id")
            .annotate(day=Max(column))
            .order_by()
        ):
            last[coach, person] = max(day, last.get((coach, person), day))
    lines, gone = _lines(set(last)), _gone()
    before = today - timedelta(days=KEPT_DAYS)
    return frozenset(
        pair for pair, day in last.items() if _ended(pair, day, lines=lines, gone=gone) < before
    )


_Pair = tuple[str, str]


def _ended(
    pair: _Pair, last: date, *, lines: Mapping[_Pair, date], gone: Mapping[str, date | None]
) -> date:
    ends = [gone[one] or last for one in pair if one in gone]
    if pair in lines:
        ends.append(max(lines[pair], last))
    return min(ends, default=date.max)


def _lines(pairs: set[_Pair]) -> dict[_Pair, date]:
    """The last day each of these reported to the other; none while they still do."""
    found: dict[_Pair, date] = {}
    for manager, person, end in ReportingLine.objects.filter(
        manager_id__in={coach for coach, _person in pairs}
    ).values_list("manager_id", "person_id", "valid_to"):
        pair = (str(manager), person)
        if pair in pairs:
            found[pair] = max(found.get(pair, date.min), end or date.max)
    return {pair: end for pair, end in found.items() if end is not date.max}


def _gone() -> dict[str, date | None]:
    return dict(Person.objects.filter(is_active=False).values_list("id", "left_on"))


def _of_both(viewer: Viewer) -> Q:
    if viewer.person_id is None:
        return Q(pk__in=[])
    return Q(coach_id=viewer.person_id) | Q(person_id=viewer.person_id)
