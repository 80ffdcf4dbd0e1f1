"""The published line of sight as one viewer may read it.

Everything comes from records; nothing here computes. The page costs the same number of statements
however many people, groups and priorities there are.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Min, QuerySet, TextField
from django.db.models.functions import Cast

from headway.queries.access import NotSeenError
from headway.queries.strategy import believing, opened, overview, sentences
from headway.queries.strategy.believing import Believed
from headway.queries.strategy.opened import About
from headway.queries.strategy.page import Choice, LineRow, PriorityRow, SightPage
from headway.queries.strategy.rows import Named, row
from headway.queries.words.language import gettext as _
from headway.records import leader_first, nested, scopes
from headway.records.models import (
    LeaderFinding,
    Person,
    Publication,
    PublishedChain,
    PublishedPattern,
    ReportingLine,
)
from headway.terms import codec
from headway.terms.group import head_of, role_of
from headway.terms.line import Chain, Link
from headway.terms.pattern import Pattern
from headway.terms.strategy import StrategyFindings
from headway.terms.viewer import Viewer

_ROLE_NAMES = {"seller": "Sellers", "manager": "Managers"}
DEFAULT_ROLE = "seller"
# Chains that a process keeps as read: some twenty kilobytes each.
_KEPT = 256


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants to look at; None = what they would look at first.

    `head` is whose people, `role` which of them; `priority` is the one opened by team, and `team`
    with `link` what the drawer shows.
    """

    head: str | None = None
    role: str = DEFAULT_ROLE
    priority: str | None = None
    team: str | None = None
    link: Link | None = None


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """There is no line to show; `has_data` is False where nothing is published at all."""

    has_data: bool


class _Seen(NamedTuple):
    chain: Chain
    leader: LeaderFinding | None


def has_line(viewer: Viewer) -> bool:
    """Whether there is a line that `viewer` may look at."""
    return _visible(viewer).exists()


def findings(viewer: Viewer, *, at: datetime) -> StrategyFindings:
    """Every chain that `viewer` may see, the widest group first, and the patterns of its people."""
    seen = _seen(viewer, _visible(viewer), at=at)
    return StrategyFindings(
        chains=tuple(one.chain for one in seen), patterns=tuple(_patterns(seen))
    )


def chain_count(viewer: Viewer) -> int:
    """How many chains `viewer` may see."""
    return _visible(viewer).count()


def chains(viewer: Viewer, *, at: datetime, first: int, most: int) -> tuple[Chain, ...]:
    """So many of the chains that `viewer` may see, from the one at `first`, in the run's order."""
    part = _visible(viewer).order_by("position").values_list("pk", flat=True)[first : first + most]
    found = PublishedChain.objects.filter(pk__in=list(part))
    return tuple(one.chain for one in _seen(viewer, found, at=at))


def chain(viewer: Viewer, *, priority: str, group: str, at: datetime) -> Chain:
    """How far one priority reaches in one group.

    Raises:
        NotSeenError: there is no such chain, or not for this viewer.
    """
    role, head = role_of(group), head_of(group)
    found = _visible(viewer).filter(priority=priority, role=role, head=head)
    return _chosen(_seen(viewer, found, at=at), priority=priority, team=head).chain


def by_level(viewer: Viewer, *, at: datetime) -> tuple[tuple[str, Chain], ...]:
    """The chains of the people one looks at first, each with its level in words, managers first."""
    visible = _visible(viewer)
    seen = _seen(viewer, visible.filter(head=_first(viewer, visible)), at=at)
    levels = dict(reversed(_roles(one.chain.role for one in seen).items()))
    return tuple(
        (level, one.chain)
        for role, level in levels.items()
        for one in seen
        if one.chain.role == role
    )


def patterns(viewer: Viewer) -> tuple[Pattern, ...]:
    """The patterns of the groups whose line `viewer` may see, priority by priority."""
    kept = PublishedPattern.objects.filter(
        publication__is_current=True, head__in=_visible(viewer).values("head")
    )
    found = kept.order_by("priority", "head", "id").values_list("pattern", flat=True)
    return tuple(codec.from_json(Pattern, each) for each in found)


def names(viewer: Viewer, *, chains: Sequence[Chain]) -> dict[str, str]:
    """The names of the leaders whose people these chains speak of; whoever sees one may know."""
    del viewer
    return _names(chain.head for chain in chains)


def found_about(viewer: Viewer, *, at: datetime) -> dict[str, str]:
    """What was found about how the viewer leads, by the identity of the finding, in a sentence."""
    own = _visible(viewer).filter(head=viewer.person_id or "")
    return {
        one.leader.finding: _("“{priority}”: {found}").format(
            priority=one.chain.name or one.chain.priority,
            found=sentences.says(one.chain.at(Link.LED)),
        )
        for one in _seen(viewer, own, at=at)
        if one.leader
    }


def line_of_sight(viewer: Viewer, *, asked: Asked, at: datetime) -> SightPage | Nothing:
    """How far each priority reaches among one leader's people.

    Raises:
        NotSeenError: there is no such line, or not for this viewer.
    """
    every = _visible(viewer)
    visible = every.filter(role=asked.role)
    head = asked.head or _first(viewer, visible)
    if head is None and asked.role == DEFAULT_ROLE:
        return Nothing(has_data=_is_published())
    below = list(_under(head or ""))
    near = _near(every, head=head or "", below=below)
    heads = [each for each, role in near if role == asked.role]
    if head is None or head not in heads:
        raise NotSeenError
    whole = _seen(viewer, visible.filter(head=head), at=at)
    shown = _opened(whole, asked.priority)
    teams = _seen(viewer, visible.filter(priority=shown.priority, head__in=below), at=at)
    drawing = _Drawing(
        viewer=viewer,
        beliefs=believing.of_chains(viewer, chains=[one.chain for one in (*whole, *teams)]),
        patterns={(each.priority, each.place): each for each in _patterns([*whole, *teams])},
        names=_names([*heads, *(one.chain.owner for one in whole)]),
    )
    opened_one = _chosen([*whole, *teams], priority=shown.priority, team=asked.team or head)
    priorities = tuple(drawing.priority(one.chain, opened=shown, teams=teams) for one in whole)
    return SightPage(
        head=head,
        role=asked.role,
        **overview.told([one.chain for one in whole]),
        priorities=priorities,
        drawer=opened.drawer(drawing.about(opened_one), link=asked.link, at=at),
        belief=_whose(priorities),
        heads=_choices({each: drawing.names.get(each) or each for each in heads}, chosen=head),
        roles=_choices(_roles(role for each, role in near if each == head), chosen=asked.role),
    )


def _roles(found: Iterable[str]) -> dict[str, str]:
    known = set(found)
    return {role: _(name) for role, name in _ROLE_NAMES.items() if role in known}


def _choices(labels: Mapping[str, str], *, chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(code=code, label=label, is_chosen=code == chosen) for code, label in labels.items()
    )


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    """What every row needs beside its chain."""

    viewer: Viewer
    beliefs: Mapping[tuple[str, str], Believed]
    patterns: Mapping[tuple[str, str], Pattern]
    names: Mapping[str, str]

    def row(self, chain: Chain, named: Named) -> LineRow:
        """One chain as it is drawn."""
        believed = self.beliefs.get((chain.priority, chain.group))
        return row(
            chain,
            named=named,
            names=self.names,
            believed=believed.shares if believed else {},
            believer=self.names.get(believed.person, believed.person)
            if believed and believed.person != self.viewer.person_id
            else "",
            patterns=self.patterns,
        )

    def priority(self, chain: Chain, *, opened: Chain, teams: Sequence[_Seen]) -> PriorityRow:
        """One priority, with the groups within it where it is the open one."""
        is_open = chain is opened
        return PriorityRow(
            row=self.row(chain, Named.BY_PRIORITY),
            is_open=is_open,
            teams=tuple(self.row(team.chain, Named.BY_HEAD) for team in teams if is_open),
        )

    def about(self, one: _Seen) -> About:
        """What the drawer opens."""
        return About(
            chain=one.chain,
            row=self.row(one.chain, Named.BY_HEAD),
            pattern=self.patterns.get((one.chain.priority, one.chain.group)),
            leader=one.leader,
            is_leader=self.viewer.person_id == one.chain.head,
        )


def _first(viewer: Viewer, visible: QuerySet[PublishedChain]) -> str | None:
    """One's own people; else for those who see everybody the widest group, else one's own team."""
    if viewer.person_id and visible.filter(head=viewer.person_id).exists():
        return viewer.person_id
    # Priority by priority the widest group stands first.
    order = "position" if scopes.sees_everybody(viewer) else "-position"
    return visible.order_by(order).values_list("head", flat=True).first()


def _near(
    every: QuerySet[PublishedChain], *, head: str, below: Iterable[str]
) -> list[tuple[str, str]]:
    """The head, whom they report to and the leaders directly below, with each role they lead."""
    # People asked first, so that the lines come by their index and not one by one.
    around = [head, *scopes.leaders_of(head).values_list("id", flat=True), *below]
    found = every.filter(head__in=around).values_list("head", "role")
    ordered = found.annotate(first=Min("position")).order_by("first")
    return [(each, role) for each, role, _position in ordered]


def _under(head: str) -> QuerySet[Any]:  # Any: ids
    """Who reports to the head directly."""
    found = ReportingLine.objects.filter(manager=head, valid_to=None)
    return found.values_list("person_id", flat=True)


def _seen(viewer: Viewer, found: QuerySet[PublishedChain], *, at: datetime) -> list[_Seen]:
    """The chains as this viewer may see them: what is about a leader, that leader sees first."""
    # As text, which is read once and kept: see `_chain`.
    columns = (Cast(column, TextField()) for column in ("chain", "for_others"))
    kept = [
        (_chain(text), narrowed)
        for text, narrowed in found.order_by("position").values_list(*columns)
    ]
    ids = [leader_first.leader_finding(chain) for chain, _narrowed in kept]
    notes = leader_first.notes(ids)
    return [
        _Seen(chain, notes.get(finding or ""))
        if finding is None
        or leader_first.may_see(viewer, leader=chain.head, note=notes.get(finding), at=at)
        else _Seen(_chain(narrowed), None)
        for (chain, narrowed), finding in zip(kept, ids, strict=True)
    ]


@lru_cache(maxsize=_KEPT)
def _chain(text: str) -> Chain:
    """A chain as it is published; who may see which has been decided before."""
    return codec.from_json(Chain, json.loads(text))


def _opened(whole: Sequence[_Seen], priority: str | None) -> Chain:
    if priority is None:
        return overview.first_to_look_at([one.chain for one in whole])
    return _chosen(whole, priority=priority, team=None).chain


def _chosen(seen: Iterable[_Seen], *, priority: str, team: str | None) -> _Seen:
    for one in seen:
        if one.chain.priority == priority and team in (None, one.chain.head):
            return one
    raise NotSeenError


def _whose(priorities: Iterable[PriorityRow]) -> str:
    """Whose the outlines and rings are, as the key of the picture has it; "" without any."""
    rows = [row for each in priorities for row in (each.row, *each.teams)]
    believers = {row.believer for row in rows if row.has_belief}
    if not believers:
        return ""
    if believers == {""}:
        return _("what you believe")
    if len(believers) == 1:
        return _("what {name} believes").format(name=believers.pop())
    return _("what its leader believes")


def _patterns(seen: Sequence[_Seen]) -> list[Pattern]:
    kept = PublishedPattern.objects.filter(
        publication__is_current=True,
        head__in={one.chain.head for one in seen},
    )
    return [codec.from_json(Pattern, each.pattern) for each in kept]


def _names(ids: Iterable[str | None]) -> dict[str, str]:
    return dict(
        Person.objects.filter(id__in={each for each in ids if each}).values_list("id", "name")
    )


def _visible(viewer: Viewer) -> QuerySet[PublishedChain]:
    # Its id and not a join: so the chains come by their index. Where no priority is declared a
    # chain without one says so, and there is nothing to draw.
    current = Publication.objects.filter(is_current=True).values_list("id", flat=True).first()
    found = scopes.visible_chains(viewer).filter(publication_id=current or 0).exclude(priority="")
    for role, head in nested.too_near(viewer):
        found = found.exclude(role=role, head=head)
    return found


def _is_published() -> bool:
    return Publication.objects.filter(is_current=True).exists()
