"""The page of what is measured of coaching: who is reached, what time goes into, what is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from headway.queries.access import NotSeenError
from headway.queries.coaching import effects, measured, own_view, published, staying, wording
from headway.queries.coaching.effects import EffectSeen
from headway.queries.coaching.measured import SeenFirst
from headway.queries.coaching.published import Coached
from headway.queries.coaching.staying import StaySeen
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import declared, own_views, scopes
from headway.records.models import Person, ReportingLine
from headway.terms.coaching import Measure
from headway.terms.group import head_of, leader_of, role_of
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ReachRow:
    """How many of a group had a session that counts, on one priority; `head` leads the group."""

    head: str
    group: str
    priority: str
    covered: str


@dataclass(frozen=True, kw_only=True)
class OwnTime:
    """How the viewer spends time with their people, and what others will see of it.

    `until` is the day from which they do, "" where they do already; `finding` what one comments on.
    """

    inspection: str
    sentence: str
    to_others: str
    until: str
    finding: str


@dataclass(frozen=True, kw_only=True)
class LeaderRow:
    """The same of a leader below, once it is open."""

    name: str
    inspection: str
    sentence: str


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One measure of one group."""

    name: str
    group: str
    share: str


@dataclass(frozen=True, kw_only=True)
class ReachPage:
    """All of it; `effects` and `stays` are those on the sellers of the leader alone.

    `own` is None for who leads nobody, `has_own_view` where they can be asked. `first` is there
    while the measures of the viewer's own people are theirs alone.
    """

    finding: str
    effects: tuple[EffectSeen, ...]
    stays: tuple[StaySeen, ...]
    reached: tuple[ReachRow, ...]
    own: OwnTime | None
    leaders: tuple[LeaderRow, ...]
    measures: tuple[MeasureRow, ...]
    first: SeenFirst | None
    has_own_view: bool


def page(viewer: Viewer, *, at: datetime, head: str | None = None) -> ReachPage:
    """What `viewer` may know of coaching and of promises, of one leader and those directly below.

    Args:
        viewer: who looks.
        at: now.
        head: the leader; None = the viewer, else whom everybody reports to, else their manager.

    Raises:
        NotSeenError: there is no such leader, or not for this viewer.
    """
    firsts = firsts_of(viewer, head=head)
    around = around_of(viewer, firsts=firsts)
    found = published.coaching(viewer, at=at, heads=around)
    told = _measures(viewer, heads=around, at=at)
    if head is not None and all(head != leader_of(each.coaching.scope) for each in found):
        raise NotSeenError
    groups = [each.coaching for each in found if head_of(each.coaching.scope)]
    coaches = {each.coaching.scope: each for each in found if not head_of(each.coaching.scope)}
    heads = {head_of(each.scope) for each in groups}
    heads |= {head_of(each.group) for each in told} | coaches.keys()
    names = dict(Person.objects.filter(id__in=heads).values_list("id", "name"))
    priorities = {number: each.name or number for number, each in declared.contents().items()}
    reached = tuple(
        ReachRow(
            head=head_of(each.scope),
            group=wording.group(each.scope, names=names),
            priority=priorities.get(each.priority, each.priority),
            covered=wording.covered(each),
        )
        for each in sorted(groups, key=lambda one: (one.priority, -(one.people or 0), one.scope))
    )
    own = coaches.pop(viewer.person_id or "", None)
    return ReachPage(
        finding=_finding(reached),
        effects=tuple(
            effects.seen(each, names=names, priority=priorities.get(each.priority, each.priority))
            for each in sorted(groups, key=lambda one: (one.priority, one.scope))
            if leader_of(each.scope) in firsts and role_of(each.scope) == "seller"
        ),
        stays=staying.seen(published.stays(viewer, heads=firsts), names=names),
        reached=reached,
        own=None if own is None else _own(own),
        leaders=tuple(
            LeaderRow(
                name=names.get(scope, scope),
                inspection=wording.inspection(each.coaching),
                sentence=wording.of_another(each.coaching),
            )
            for scope, each in sorted(coaches.items(), key=lambda one: names.get(one[0], one[0]))
            if each.coaching.micromanagement is not None
        ),
        measures=_measure_rows(told, names=names, priorities=priorities),
        first=measured.first(viewer, at=at),
        has_own_view=own_view.is_asked(viewer),
    )


def _measures(viewer: Viewer, *, heads: set[str], at: datetime) -> tuple[Measure, ...]:
    """Without how much the viewer's own people say they decide, before they sealed their view."""
    me = viewer.person_id
    told = published.measures(viewer, at=at, heads=heads)
    if me is None or not own_views.waits(me, on=at.date()):
        return told
    return tuple(each for each in told if each.code != "autonomy" or head_of(each.group) != me)


def _measure_rows(
    told: Iterable[Measure], *, names: Mapping[str, str], priorities: Mapping[str, str]
) -> tuple[MeasureRow, ...]:
    return tuple(
        MeasureRow(
            name=wording.measure(each, priorities=priorities),
            group=wording.group(each.group, names=names),
            share=wording.share(each),
        )
        for each in told
    )


def firsts_of(viewer: Viewer, *, head: str | None) -> set[str]:
    """The leader a page is about; None = the viewer, else their manager, else the whole."""
    me = viewer.person_id or ""
    now = ReportingLine.objects.filter(valid_to=None)
    firsts = {head} if head else set[str]()
    if not firsts and now.filter(manager=me).exists():
        firsts = {me}
    if not firsts:
        # Who leads nobody looks at the group they are part of; who is in none, at the whole.
        above = now.filter(person=me).values_list("manager_id", flat=True)
        firsts = {each for each in above if each}
    if not firsts and scopes.sees_everybody(viewer):
        firsts = set(now.filter(manager=None).values_list("person_id", flat=True))
    return firsts


def around_of(viewer: Viewer, *, firsts: set[str]) -> set[str]:
    """The leader, those who report to them directly, and the viewer."""
    now = ReportingLine.objects.filter(valid_to=None)
    below = now.filter(manager__in=firsts).values_list("person_id", flat=True)
    return {viewer.person_id or "", *firsts, *below}


def _finding(reached: tuple[ReachRow, ...]) -> str:
    if not reached:
        return _("Nothing is measured of coaching here yet.")
    first = reached[0]
    return _("{priority}: {covered} had a coaching session that counts in 30 days.").format(
        priority=first.priority, covered=first.covered
    )


def _own(found: Coached) -> OwnTime:
    others = found.for_others
    return OwnTime(
        inspection=wording.inspection(found.coaching),
        sentence=wording.to_oneself(found.coaching),
        to_others=""
        if others is None
        else _("{share} inspection. {sentence}").format(
            share=wording.inspection(others), sentence=wording.of_another(others)
        ),
        until=figures.day(found.opens_at.date()) if found.opens_at else "",
        finding=found.finding,
    )
