"""Whose predictions a viewer may see beside the measure: their own, and what was shared with them.

What one sealed is one's own. Others see it where it was shared when it was sealed: with those to
whom the reporting line leads, or with the people below. No role opens it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import BooleanField, ExpressionWrapper, Q

from headway.records import sample, scopes
from headway.records.models import Prediction, PublishedGap
from headway.terms import codec
from headway.terms.belief import BeliefGap, Sharing
from headway.terms.line import Chain, Link
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Believed:
    """What one person predicted of the links of one chain, as shares 0..1."""

    person: str
    shares: Mapping[Link, float]


_Key = tuple[str, str]  # priority and group
_Found = dict[_Key, dict[Link, float]]


def of_chains(viewer: Viewer, *, chains: Iterable[Chain]) -> Mapping[_Key, Believed]:
    """For each chain what `viewer` predicted; else what its leader did and shared with them.

    The people of the sample are invented: whoever looks around there, and is none of them, sees
    what its leaders predicted.
    """
    head_of = {(chain.priority, chain.group): chain.head for chain in chains}
    heads, groups = set(head_of.values()), {group for _, group in head_of}
    if viewer.person_id is None:
        if not sample.is_loaded():
            return {}
        return _of_heads(_loaded(heads, groups=groups), head_of=head_of)
    me = viewer.person_id
    sealed = _sealed(me, heads=heads, groups=groups)
    own = _loaded({me}, groups=groups).get(me, {})
    for key, links in sealed.pop(me, {}).items():
        own[key] = {**own.get(key, {}), **links}
    shared = _of_heads(sealed, head_of=head_of)
    return {**shared, **{key: Believed(person=me, shares=links) for key, links in own.items()}}


def _of_heads(found: Mapping[str, _Found], *, head_of: Mapping[_Key, str]) -> dict[_Key, Believed]:
    return {
        key: Believed(person=head, shares=found[head][key])
        for key, head in head_of.items()
        if key in found.get(head, {})
    }


def _loaded(people: Iterable[str], *, groups: Iterable[str]) -> dict[str, _Found]:
    """By person, what came with a load."""
    kept = PublishedGap.objects.filter(
        publication__is_current=True, person__in=list(people), group__in=list(groups)
    )
    found: dict[str, _Found] = {}
    for each in kept:
        gap = codec.from_json(BeliefGap, each.gap)
        links = found.setdefault(gap.person, {}).setdefault((gap.priority, gap.group), {})
        links[gap.link] = gap.predicted
    return found


def _sealed(me: str, *, heads: Iterable[str], groups: Iterable[str]) -> dict[str, _Found]:
    """By person, what they sealed last of each link: one's own, and what others shared with one."""
    below = Q(person_id__in=scopes.people_of(me).values("id"), shared_with=Sharing.LEADERS.value)
    above = Q(person_id__in=scopes.leaders_of(me).values("id"), shared_with=Sharing.TEAM.value)
    may = ExpressionWrapper(Q(person_id=me) | below | above, output_field=BooleanField())
    kept = Prediction.objects.filter(person_id__in=[me, *heads], group__in=list(groups))
    last = {
        (each.person_id, each.priority, each.group, each.link): each
        for each in kept.exclude(share=None).annotate(may=may).order_by("sealed_at", "id")
    }
    found: dict[str, _Found] = {}
    for (person, priority, group, link), each in last.items():
        # What was sealed later and not shared hides what was shared before.
        if each.may:
            links = found.setdefault(person, {}).setdefault((priority, group), {})
            links[Link(link)] = float(each.share or 0)
    return found
