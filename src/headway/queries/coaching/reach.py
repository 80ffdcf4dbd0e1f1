"""The page of what is measured of coaching: who is reached, what time goes into, what is kept."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.coaching import own_view, published, wording
from headway.queries.coaching.published import Coached
from headway.queries.results import figures
from headway.queries.words.language import gettext as _
from headway.records import declared
from headway.records.models import Person
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class ReachRow:
    """How many of a group had a session that counts, on one priority."""

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
    """All of it; `own` is None for who leads nobody, `has_own_view` where they can be asked."""

    finding: str
    reached: tuple[ReachRow, ...]
    own: OwnTime | None
    leaders: tuple[LeaderRow, ...]
    measures: tuple[MeasureRow, ...]
    has_own_view: bool


def page(viewer: Viewer, *, at: datetime) -> ReachPage:
    """What `viewer` may know of coaching and of promises among the people they see."""
    found = published.coaching(viewer, at=at)
    told = published.measures(viewer)
    groups = [each.coaching for each in found if "@" in each.coaching.scope]
    coaches = {each.coaching.scope: each for each in found if "@" not in each.coaching.scope}
    heads = {each.scope.partition("@")[2] for each in groups}
    heads |= {each.group.partition("@")[2] for each in told} | coaches.keys()
    names = dict(Person.objects.filter(id__in=heads).values_list("id", "name"))
    priorities = {number: each.name or number for number, each in declared.contents().items()}
    reached = tuple(
        ReachRow(
            group=wording.group(each.scope, names=names),
            priority=priorities.get(each.priority, each.priority),
            covered=wording.covered(each),
        )
        for each in sorted(groups, key=lambda one: (one.priority, -(one.people or 0), one.scope))
    )
    own = coaches.pop(viewer.person_id or "", None)
    return ReachPage(
        finding=_finding(reached),
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
        measures=tuple(
            MeasureRow(
                name=wording.measure(each),
                group=wording.group(each.group, names=names),
                share=wording.share(each),
            )
            for each in told
        ),
        has_own_view=own_view.is_asked(viewer),
    )


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
        to_others="" if others is None else wording.of_another(others),
        until=figures.day(found.opens_at.date()) if found.opens_at else "",
        finding=found.finding,
    )
