"""How lately skills were practised: one's own, and of the groups one leads. Nobody is rated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from headway.queries.access import NotSeenError
from headway.queries.coaching import measured, published, reach, wording
from headway.queries.coaching.measured import SeenFirst
from headway.queries.results import figures
from headway.queries.words import skills as words
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import declared, skills
from headway.records.models import Person
from headway.terms import codec
from headway.terms.group import head_of
from headway.terms.policy import DEFAULT
from headway.terms.skill_currency import OwnSkill, OwnSkills, SkillCurrency, SkillState
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class SkillRow:
    """One skill of one group, in words; `since` says when it was last practised."""

    skill: str
    practised: str
    span: str
    since: str
    idle: str
    source: str
    state: str
    glyph: str


@dataclass(frozen=True, kw_only=True)
class GroupSkills:
    """The skills of one group, those that are stale by name; `head` leads it."""

    head: str
    name: str
    stale: tuple[str, ...]
    rows: tuple[SkillRow, ...]


@dataclass(frozen=True, kw_only=True)
class OwnSkillRow:
    """When the viewer last practised a skill themselves."""

    skill: str
    last: str
    source: str


@dataclass(frozen=True, kw_only=True)
class SkillsPage:
    """`days` are lately. `first` is there while what is measured of the viewer's people is theirs.

    `groups` are of one leader, and of those who report to them directly.
    """

    finding: str
    days: int
    own: tuple[OwnSkillRow, ...]
    groups: tuple[GroupSkills, ...]
    first: SeenFirst | None


def page(viewer: Viewer, *, at: datetime, head: str | None = None) -> SkillsPage:
    """The viewer's own skills, and those of one leader's groups as far as they may see them.

    Args:
        viewer: who looks.
        at: now.
        head: the leader; None = the viewer, else whom everybody reports to, else their manager.

    Raises:
        NotSeenError: there is no such leader, or not for this viewer.
    """
    firsts = reach.firsts_of(viewer, head=head)
    heads = reach.around_of(viewer, firsts=firsts)
    found = published.skills(viewer, at=at, heads=heads)
    if head is not None and all(head_of(each.group) != head for each in found):
        raise NotSeenError
    names = {number: each.name or number for number, each in declared.contents().items()}
    groups = _groups(found, firsts=firsts, names=names)
    own = _own(viewer, names=names)
    return SkillsPage(
        finding=_finding(groups, own=own),
        days=DEFAULT.skill_days,
        own=own,
        groups=groups,
        first=measured.first(viewer, at=at) if groups else None,
    )


def _groups(
    found: Sequence[SkillCurrency], *, firsts: set[str], names: Mapping[str, str]
) -> tuple[GroupSkills, ...]:
    by_group: dict[str, list[SkillCurrency]] = defaultdict(list)
    for each in found:
        by_group[each.group].append(each)
    ids = {head_of(group) for group in by_group}
    people = dict(Person.objects.filter(id__in=ids).values_list("id", "name"))
    made = [
        GroupSkills(
            head=head_of(group),
            name=wording.group(group, names=people),
            stale=tuple(
                sorted(_name(each, names=names) for each in rows if each.state is SkillState.STALE)
            ),
            rows=tuple(
                sorted(
                    (_row(each, names=names) for each in rows), key=lambda one: one.skill.casefold()
                )
            ),
        )
        for group, rows in by_group.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.head not in firsts, one.name)))


def _row(one: SkillCurrency, *, names: Mapping[str, str]) -> SkillRow:
    return SkillRow(
        skill=_name(one, names=names),
        practised=_("{k} of {n}").format(k=one.practised, n=one.people),
        span=_("{low} to {high}").format(
            low=figures.percent(one.low), high=figures.percent(one.high)
        ),
        since=_since(one),
        idle="" if not one.idle else _idle(one.idle),
        source=words.of(words.SOURCES, one.source),
        state=words.of(words.STATES, one.state),
        glyph=words.GLYPHS[one.state],
    )


def _since(one: SkillCurrency) -> str:
    if not one.ever:
        return _("never on record")
    told = [
        _("last on {day}").format(day=figures.day(one.last_on)) if one.last_on else "",
        _half(one.half_days) if one.half_days is not None else "",
    ]
    return "; ".join(each for each in told if each) or _("too few to tell")


def _half(days: float) -> str:
    told = ngettext(
        "half of those who ever did: {n} day ago or longer",
        "half of those who ever did: {n} days ago or longer",
        count=round(days),
    )
    return told.format(n=round(days))


def _idle(count: int) -> str:
    told = ngettext(
        "{n} person had no work in which it could show",
        "{n} people had no work in which it could show",
        count=count,
    )
    return told.format(n=count)


def _own(viewer: Viewer, *, names: Mapping[str, str]) -> tuple[OwnSkillRow, ...]:
    kept = skills.own(viewer).values_list("skills", flat=True).first()
    if kept is None:
        return ()
    return tuple(
        OwnSkillRow(
            skill=_name(each, names=names),
            last=_last(each),
            source=words.of(words.SOURCES, each.source),
        )
        for each in codec.from_json(OwnSkills, kept).skills
    )


def _last(one: OwnSkill) -> str:
    last: date | None = one.last_on
    told = _("never on record") if last is None else figures.day(last)
    if not one.is_idle:
        return told
    return _("{last}; no such work in the last {n} days").format(last=told, n=DEFAULT.skill_days)


def _name(one: SkillCurrency | OwnSkill, *, names: Mapping[str, str]) -> str:
    """The skill of the list, with its priority; or what the priority itself asks for."""
    priority = names.get(one.priority, one.priority)
    if not one.skill:
        return priority
    return f"{one.skill} ({priority})" if priority else one.skill


def _finding(groups: Sequence[GroupSkills], *, own: Sequence[OwnSkillRow]) -> str:
    if groups:
        first = groups[0]
        if not first.stale:
            return _("{group}: no skill is surely stale.").format(group=first.name)
        told = ngettext(
            "{group}: {skills} is stale.", "{group}: {skills} are stale.", count=len(first.stale)
        )
        return told.format(group=first.name, skills=figures.listed(first.stale))
    if own:
        return _("When you last practised what the priorities ask for.")
    return _("Nothing is known of skills here yet.")
