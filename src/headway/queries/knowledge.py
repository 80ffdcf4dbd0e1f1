"""What works, as one viewer may read it.

Everybody who sees results reads every item and how often it was used. Who said so is told to its
author, of those who wrote a sentence. Nobody's reading is noted, and authors are never ordered.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.strategy import declared as priorities
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import declared, knowledge, pairs
from headway.records.models import GroupMonth, KnowledgeItem, KnowledgeUse, PeerNote, Skill
from headway.terms.access import Permission, allows
from headway.terms.names import holds
from headway.terms.viewer import Viewer

MOST_SHOWN = 100
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which items are looked for: words they hold, a priority, a skill; "" and None = any."""

    text: str = ""
    priority: str = ""
    skill_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item in a list; `about` names its priority and skill, `by` is "" where it has no name."""

    item_id: int
    name: str
    helps_when: str
    about: str
    by: str
    use_count: int
    is_checked: bool


@dataclass(frozen=True, kw_only=True)
class Thanks:
    """What somebody said came of an item; for its author alone."""

    by: str
    on: str
    words: str


@dataclass(frozen=True, kw_only=True)
class OwnItem:
    """One item of the viewer, with the thanks for it."""

    item_id: int
    name: str
    use_count: int
    is_retired: bool
    thanks: tuple[Thanks, ...]


@dataclass(frozen=True, kw_only=True)
class OwnUse:
    """That the viewer used an item on a day."""

    use_id: int
    on: str
    words: str


@dataclass(frozen=True, kw_only=True)
class ReuseMonth:
    """What was reused in the organisation by the end of a month: counts, of five people or more."""

    month: str
    people: int
    items: int
    reused: int
    uses: int


@dataclass(frozen=True, kw_only=True)
class KnowledgePage:
    """The page of what works; `count` are found, of whom the first by name are in `items`.

    `months` are for leaders.
    """

    finding: str
    items: tuple[ItemLine, ...]
    count: int
    mine: tuple[OwnItem, ...]
    months: tuple[ReuseMonth, ...]
    may_write: bool


@dataclass(frozen=True, kw_only=True)
class ItemSeen:
    """One item with what the viewer may do with it; `checked` by whom and when, "" = not yet."""

    line: ItemLine
    version: int
    steps: tuple[str, ...]
    priority: str
    skill_id: int | None
    captured_on: str
    checked: str
    is_name_kept: bool
    uses: tuple[OwnUse, ...]
    may_change: bool
    may_retire: bool
    may_check: bool
    may_use: bool


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an item could say, from advice the viewer gave in a pair."""

    name: str
    steps: str


def page(viewer: Viewer, *, asked: Asked) -> KnowledgePage:
    """What is written down, what of it is the viewer's own, and how much is reused."""
    names = _priority_names()
    found = tuple(
        line
        for line, text in _lines(_matching(asked), names=names)
        if holds(text, asked.text.replace("\0", ""))
    )
    mine = _mine(viewer)
    return KnowledgePage(
        finding=_finding(mine),
        items=found[:MOST_SHOWN],
        count=len(found),
        mine=mine,
        months=_months() if allows(viewer, Permission.DECLARE) else (),
        may_write=viewer.person_id is not None,
    )


def one(viewer: Viewer, *, item_id: int) -> ItemSeen:
    """One item.

    Raises:
        NotSeenError: there is none, or it is retired.
    """
    rows = knowledge.current().filter(pk=item_id)
    item = rows.select_related("author", "checked_by").first()
    if item is None:
        raise NotSeenError
    [(line, _text)] = _lines(rows, names=_priority_names())
    is_own = viewer.person_id is not None and item.author_id == viewer.person_id
    may_act = viewer.person_id is not None and not is_own
    has_left = not item.author.is_active
    own_uses = item.uses.filter(person_id=viewer.person_id or "").order_by("-used_on")
    return ItemSeen(
        line=line,
        version=item.version,
        steps=tuple(item.steps),
        priority=item.priority,
        skill_id=item.skill_id,
        captured_on=figures.day(item.captured_on),
        checked=_checked(item),
        is_name_kept=item.is_name_kept,
        uses=tuple(
            OwnUse(use_id=each.pk, on=figures.day(each.used_on), words=each.words)
            for each in own_uses
        ),
        may_change=is_own,
        may_retire=is_own or (has_left and allows(viewer, Permission.DECLARE)),
        may_check=may_act and item.checked_on is None,
        may_use=may_act,
    )


def skills(viewer: Viewer, *, kept: int | None = None) -> tuple[tuple[int, str], ...]:
    """The organisation's list by name, and `kept` although it was taken off."""
    del viewer
    listed = Skill.objects.filter(Q(is_retired=False) | Q(pk=kept or 0))
    return tuple(listed.order_by("name").values_list("id", "name"))


def priorities_to_choose(
    viewer: Viewer, *, today: date, kept: str = ""
) -> tuple[tuple[str, str], ...]:
    """The priorities in force, and `kept` although it has ended."""
    found = dict(priorities.names(viewer, today=today))
    if kept and kept not in found:
        found[kept] = _priority_names().get(kept, kept)
    return tuple(found.items())


def drafted(viewer: Viewer, *, meeting_id: int) -> Draft:
    """An item from the advice that the viewer gave in a meeting of a pair.

    Raises:
        NotSeenError: the viewer gave none there.
    """
    own = PeerNote.objects.filter(
        meeting__in=pairs.own_meetings(viewer), author_id=viewer.person_id or ""
    )
    note = own.exclude(advice="").select_related("meeting__pair").filter(meeting=meeting_id).first()
    if note is None or note.meeting.pair is None:
        raise NotSeenError
    return Draft(name=note.meeting.pair.about, steps=note.advice)


def _matching(asked: Asked) -> QuerySet[KnowledgeItem]:
    found = knowledge.current()
    if asked.priority:
        found = found.filter(priority=asked.priority)
    if asked.skill_id is not None:
        found = found.filter(skill_id=asked.skill_id)
    return found


def _lines(
    rows: QuerySet[KnowledgeItem], *, names: Mapping[str, str]
) -> Iterable[tuple[ItemLine, str]]:
    """Each item by name, with all its words to look through."""
    counted = rows.select_related("author", "skill").annotate(use_count=Count("uses"))
    for each in counted.order_by("folded_name", "pk"):
        priority = names.get(each.priority, each.priority)
        about = tuple(one for one in (priority, each.skill.name if each.skill else "") if one)
        line = ItemLine(
            item_id=each.pk,
            name=each.name,
            helps_when=each.helps_when,
            about=figures.listed(about),
            by=knowledge.shown_author(each),
            use_count=each.use_count,
            is_checked=each.checked_on is not None,
        )
        yield line, " ".join((each.name, each.helps_when, *each.steps, *about))


def _priority_names() -> dict[str, str]:
    return {number: each.name or number for number, each in declared.contents().items()}


def _mine(viewer: Viewer) -> tuple[OwnItem, ...]:
    own = KnowledgeItem.objects.filter(author_id=viewer.person_id or "")
    said: dict[int, list[KnowledgeUse]] = defaultdict(list)
    uses = KnowledgeUse.objects.filter(item__in=own).select_related("person")
    for each in uses.order_by("-used_on", "-pk"):
        said[each.item_id].append(each)
    return tuple(
        OwnItem(
            item_id=each.pk,
            name=each.name,
            use_count=len(said[each.pk]),
            is_retired=each.retired_on is not None,
            thanks=tuple(
                Thanks(by=use.person.name, on=figures.day(use.used_on), words=use.words)
                for use in said[each.pk]
                if use.words
            ),
        )
        for each in own.order_by("folded_name", "pk")
    )


def _finding(mine: Iterable[OwnItem]) -> str:
    own = list(mine)
    count = sum(each.use_count for each in own)
    if count:
        return ngettext(
            "What you wrote down was used {n} time.",
            "What you wrote down was used {n} times.",
            count=count,
        ).format(n=count)
    if own:
        return _("What you wrote down is there for everybody.")
    return _("What works here, from those who do it?")


def _checked(item: KnowledgeItem) -> str:
    if item.checked_on is None:
        return ""
    day = figures.day(item.checked_on)
    if item.checked_by is None or not item.checked_by.is_active:
        return _("a second person, {day}").format(day=day)
    return f"{item.checked_by.name}, {day}"


def _months() -> tuple[ReuseMonth, ...]:
    found = GroupMonth.objects.filter(head="", kind="reuse").order_by("-month_on")
    return tuple(
        ReuseMonth(
            month=figures.month(each.month_on), people=each.people_count, **dict(each.figures)
        )
        for each in found[:_MONTHS]
    )
