"""Published coaching and measures as one viewer may read them.

How a manager spends time with their people is that manager's to see first, and nobody's at their
side or below; so are the measures of a leader's people. What a team says of its leader is for that
leader alone; others see that of all leaders together. Nothing here computes.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import F, Q

from headway.records import leader_first, nested, quarters, scopes
from headway.records.models import (
    LeaderFinding,
    Publication,
    PublishedCoaching,
    PublishedMeasure,
    PublishedSkill,
    PublishedStay,
    ReportingLine,
)
from headway.terms import codec
from headway.terms.coaching import Coaching, Measure
from headway.terms.group import head_of, named
from headway.terms.skill_currency import SkillCurrency, SkillSource
from headway.terms.staying import Stay
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Role, Viewer

# One row: whose group, about what, and the counts of people in it.
_Part = tuple[str, object, Sequence[int]]
# What those led are asked about their leader.
_ABOUT_LEADERS = frozenset({"word_deed"})


@dataclass(frozen=True, kw_only=True)
class Coached:
    """Coaching in one scope as the viewer may see it.

    For the manager it is about: `for_others` is what others will see of it, `finding` what they may
    comment on, and `opens_at` when others begin to see it; None and "" for everybody else.
    """

    coaching: Coaching
    for_others: Coaching | None = None
    finding: str = ""
    opens_at: datetime | None = None


def coaching(
    viewer: Viewer, *, at: datetime, heads: Collection[str] | None = None
) -> tuple[Coached, ...]:
    """Coaching on each priority, in the scopes that `viewer` may see; of these heads where given.

    Groups are seen by those who see their line, without how much of a coach's time goes into what.
    Of a manager everything is seen by themselves, and by those who lead them once they have said
    something to it or five working days have passed. Fewer than five people are told to nobody but
    their own leader. Who gets the sessions is told to those who lead the group, and of fewer than
    five coaches to its head alone.
    """
    found = PublishedCoaching.objects.filter(publication_id=_current())
    if not viewer.is_system:
        found = found.filter(_visible(viewer))
    if heads is not None:
        found = found.filter(head__in=heads)
    theirs: set[int] = set()
    if not viewer.is_system:
        theirs.update(found.filter(led(viewer)).values_list("pk", flat=True))
    rows = list(found.order_by("scope", "priority"))
    read = [
        (codec.from_json(Coaching, row.coaching), codec.from_json(Coaching, row.for_others))
        for row in rows
    ]
    ids = [leader_first.coach_finding(own, others) for own, others in read]
    notes = leader_first.notes(ids)
    return tuple(
        _seen(viewer, own, others, is_led=row.pk in theirs, note=notes.get(finding or ""), at=at)
        for row, (own, others), finding in zip(rows, read, ids, strict=True)
    )


def measures(
    viewer: Viewer, *, at: datetime, heads: Collection[str] | None = None
) -> tuple[Measure, ...]:
    """The measures of the groups that `viewer` leads, directly or through others; of these heads.

    Those of a leader's people that leader sees first, quarter by quarter: others once the leader
    has said something to them or five working days have passed. Of fewer than five people nothing
    is told, nor of two groups that differ by fewer. Word and deed of a leader are for that leader
    alone; whoever sees everybody sees those of the whole organisation, where five leaders or more
    are meant.
    """
    found = PublishedMeasure.objects.filter(publication_id=_current())
    if not viewer.is_system:
        found = found.filter(led(viewer), people__gte=LEAST_ANSWERS)
    about = Q(code__in=_ABOUT_LEADERS)
    rows = [*found.exclude(about)]
    rows += [row for row in found.filter(about) if _may_see(viewer, row)]
    rows.sort(key=lambda row: (row.code, row.role, row.head, row.subject))
    rows = _opened(viewer, rows, at=at)
    parts = [(row.head, (row.code, row.role, row.subject), (row.people,)) for row in rows]
    # Before the choice of heads: else two looks would show what one does not.
    beside = _beside(viewer, parts)
    return tuple(
        codec.from_json(Measure, row.measure)
        for row, is_told in zip(rows, beside, strict=True)
        if is_told and (heads is None or row.head in heads)
    )


def stays(viewer: Viewer, *, heads: Collection[str]) -> tuple[Stay, ...]:
    """Whether people coached regularly stayed more often, in the groups of these heads.

    For those who lead the group, directly or through others: it is told of many teams at once, and
    of none of them, nor of two groups that differ by fewer than five people of a side.
    """
    found = PublishedStay.objects.filter(publication_id=_current())
    if not viewer.is_system:
        found = found.filter(led(viewer))
    rows = [(row.head, codec.from_json(Stay, row.stay)) for row in found.order_by("scope")]
    parts = [
        (head, "sides", (each.coached.people, each.others.people))
        if each.coached is not None and each.others is not None
        else (head, f"lacks {head}", ())
        for head, each in rows
    ]
    return tuple(
        each
        for (head, each), is_told in zip(rows, _beside(viewer, parts), strict=True)
        if is_told and head in heads
    )


def own_measures(viewer: Viewer, *, at: datetime) -> LeaderFinding | None:
    """What the viewer may comment on: the measures of their people that nobody else sees yet."""
    quarter_on = _quarter_on()
    if viewer.person_id is None or quarter_on is None:
        return None
    finding = leader_first.measures_finding(viewer.person_id, quarter_on=quarter_on)
    note = leader_first.notes([finding]).get(finding)
    return None if note is None or leader_first.is_open(note, at=at) else note


def skills(viewer: Viewer, *, at: datetime, heads: Collection[str]) -> tuple[SkillCurrency, ...]:
    """How lately skills were practised in the groups of these heads that `viewer` leads.

    A leader sees those of their people first, as all measures. What comes from sessions is not told
    of two groups that differ by fewer than five people. What comes from what two people did
    together is told of one group alone, the viewer's own or else everybody: so nobody's part
    follows from two groups.
    """
    found = PublishedSkill.objects.filter(publication_id=_current())
    if not viewer.is_system:
        found = found.filter(led(viewer))
    alone = _whole() if scopes.sees_everybody(viewer) else viewer.person_id
    rows = found.filter(~Q(source=SkillSource.RECORDS) | Q(head=alone or "-")).order_by("pk")
    seen = _open_heads(viewer, {row.head for row in rows}, at=at)
    open_ = [codec.from_json(SkillCurrency, row.skill) for row in rows if row.head in seen]
    parts = [
        # Recorded work a leader sees person by person anyway.
        (head_of(each.group), each.priority, (each.people,))
        if each.source is SkillSource.SESSIONS
        else (head_of(each.group), f"{each.group} {each.priority} {each.skill}", ())
        for each in open_
    ]
    return tuple(
        each
        for each, is_told in zip(open_, _beside(viewer, parts), strict=True)
        if is_told and head_of(each.group) in heads
    )


def _beside(viewer: Viewer, rows: Sequence[_Part]) -> tuple[bool, ...]:
    """Of each row, whether it is told beside those of the same subject in groups around it."""
    if viewer.is_system:
        return (True,) * len(rows)
    by_subject: dict[object, dict[str, Sequence[int]]] = defaultdict(dict)
    for head, subject, counts in rows:
        by_subject[subject][head] = counts
    above = nested.above() if rows else {}
    told = {
        subject: nested.told(counts, above=above, own=viewer.person_id)
        for subject, counts in by_subject.items()
    }
    return tuple(head in told[subject] for head, subject, _counts in rows)


def _opened(
    viewer: Viewer, rows: Sequence[PublishedMeasure], *, at: datetime
) -> list[PublishedMeasure]:
    """Those of the viewer's own people, and those that the leaders of the others saw first."""
    seen = _open_heads(viewer, {row.head for row in rows}, at=at)
    return [row for row in rows if row.head in seen]


def _open_heads(viewer: Viewer, heads: Collection[str], *, at: datetime) -> Collection[str]:
    quarter_on = _quarter_on()
    if quarter_on is None:
        return ()
    ids = {head: leader_first.measures_finding(head, quarter_on=quarter_on) for head in heads}
    notes = leader_first.notes(ids.values())
    return {
        head
        for head, finding in ids.items()
        if leader_first.may_see(viewer, leader=head, note=notes.get(finding), at=at)
    }


def _whole() -> str | None:
    """Whom everybody reports to; None where it is not one."""
    now = ReportingLine.objects.filter(valid_to=None)
    managers = now.filter(manager__isnull=False).values("manager_id")
    top = now.filter(manager=None, person_id__in=managers)
    ids = list(top.values_list("person_id", flat=True).distinct())
    return ids[0] if len(ids) == 1 else None


def _visible(viewer: Viewer) -> Q:
    """Groups as far as their line is seen; managers themselves, and those who lead them."""
    seen = led(viewer)
    if viewer.person_id is None or not viewer.roles & {Role.MANAGER, Role.SELLER}:
        return seen
    part_of = Q(head__in=scopes.leaders_of(viewer.person_id).values("id"))
    near = [named(role, head=head) for role, head in nested.too_near(viewer)]
    return seen | (part_of & ~Q(scope=F("head")) & ~Q(scope__in=near))


def led(viewer: Viewer) -> Q:
    """What is about the viewer's own people, and about those of leaders below."""
    if scopes.sees_everybody(viewer):
        return Q()
    if viewer.person_id is None or Role.MANAGER not in viewer.roles:
        return Q(pk__in=[])
    below = scopes.people_of(viewer.person_id).values("id")
    return Q(head=viewer.person_id) | Q(head__in=below)


def _seen(
    viewer: Viewer,
    own: Coaching,
    others: Coaching,
    *,
    is_led: bool,
    note: LeaderFinding | None,
    at: datetime,
) -> Coached:
    if own.micromanagement is None:
        told = replace(own, inspection_share=None)
        head = head_of(own.scope)
        may_see = head == viewer.person_id or (is_led and own.coach_count >= LEAST_ANSWERS)
        return Coached(coaching=told if viewer.is_system or may_see else _without_thirds(told))
    if viewer.is_system:
        return Coached(coaching=own)
    if viewer.person_id == own.scope:
        is_open = note is None or leader_first.is_open(note, at=at)
        return Coached(
            coaching=own,
            for_others=others,
            finding=note.finding if note else "",
            opens_at=None if note is None or is_open else note.opens_at,
        )
    others = _without_thirds(others)
    told = others if (others.people or 0) >= LEAST_ANSWERS else _without_people(others)
    if not leader_first.may_see(viewer, leader=own.scope, note=note, at=at):
        told = replace(told, inspection_share=None, micromanagement=None)
    return Coached(coaching=told)


def _without_people(one: Coaching) -> Coaching:
    return replace(
        one,
        covered=None,
        people=None,
        effect=None,
        pre_trend=None,
        rebound=None,
        missing=(),
        is_start_drawn=False,
    )


def _without_thirds(one: Coaching) -> Coaching:
    """To whom the time of few coaches goes is theirs, and whoever is coached is told of none."""
    return replace(one, allocation=None, by_third=(), gains_most=None)


def _may_see(viewer: Viewer, row: PublishedMeasure) -> bool:
    """Whether what people say of their leaders may be told: see `measures`."""
    if viewer.is_system:
        return True
    is_own = row.head == viewer.person_id
    if not is_own and not scopes.sees_everybody(viewer):
        return False
    now = ReportingLine.objects.filter(valid_to=None)
    meant = set(
        now.filter(person__in=scopes.people_of(row.head), role=row.role).values_list(
            "manager_id", flat=True
        )
    )
    if is_own and meant == {row.head}:
        return True
    is_everybody = not now.filter(person_id=row.head, manager__isnull=False).exists()
    return is_everybody and len(meant) >= LEAST_ANSWERS


def _quarter_on() -> date | None:
    """The first day of the fiscal quarter that what is published speaks of."""
    current = Publication.objects.filter(is_current=True)
    as_of: date | None = current.values_list("as_of", flat=True).first()
    return None if as_of is None else quarters.first_day(as_of)


def _current() -> int:
    found: int | None = (
        Publication.objects.filter(is_current=True).values_list("id", flat=True).first()
    )
    return found or 0
