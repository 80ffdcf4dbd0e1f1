"""Declared priorities as one viewer may read them: which there are, and one with its parts."""

from dataclasses import dataclass
from datetime import date

from headway.queries.access import NotSeenError
from headway.queries.results import figures
from headway.queries.words import declared as words
from headway.queries.words.language import gettext as _
from headway.records import declared
from headway.records.models import (
    Person,
    PredicateColumn,
    PredicateCount,
    Priority,
    PriorityVersion,
    Publication,
)
from headway.terms import predicate
from headway.terms.access import Permission, allows
from headway.terms.declared import Priority as PriorityContent
from headway.terms.policy import DEFAULT
from headway.terms.viewer import Viewer

MOST_AT_ONCE = DEFAULT.most_priorities_at_once
"""How many priorities people can be expected to name; more are said to be many."""


@dataclass(frozen=True, kw_only=True)
class PriorityLine:
    """One priority in a list; `lacks` are its missing parts in words, "" where none is.

    `is_brought`: it came with a load, and loads change it as long as nobody does here.
    """

    priority_id: str
    name: str
    owner: str
    owner_id: str | None
    lacks: str
    since: str
    launched_on: date | None
    may_change: bool
    is_brought: bool


@dataclass(frozen=True, kw_only=True)
class Begun:
    """The names of the priorities in force, and whether the viewer may declare one."""

    declared: tuple[str, ...]
    may_declare: bool


@dataclass(frozen=True, kw_only=True)
class MissingPart:
    """A part that is not there, and why it matters."""

    code: str
    name: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """The conditions of one part: `code` of the part, what they select, how many rows that is.

    `is_doubtful`: none or all rows match, or they cannot be counted; `is_counted` False = a count
    is under way.
    """

    code: str
    name: str
    lines: tuple[str, ...]
    count: str
    is_counted: bool
    is_doubtful: bool


@dataclass(frozen=True, kw_only=True)
class VersionSeen:
    """One version: who wrote it when."""

    number: int
    by: str
    at: str


@dataclass(frozen=True, kw_only=True)
class PrioritySeen:
    """One priority with everything it says."""

    priority_id: str
    version: int
    content: PriorityContent
    declared_on: date
    ended: str
    owner: str
    kind: str
    result: str
    missing: tuple[MissingPart, ...]
    conditions: tuple[Conditions, ...]
    versions: tuple[VersionSeen, ...]
    may_change: bool


@dataclass(frozen=True, kw_only=True)
class ColumnSeen:
    """A column that conditions can be made of."""

    table: str
    column: str
    kind: str
    choices: tuple[str, ...]


_PREDICATES = {"scope": "scope", "eligibility": "behaviour", "behaviour": "behaviour"}


def names(viewer: Viewer, *, today: date) -> dict[str, str]:
    """What each priority in force is called, by its id; see `priorities`."""
    return {each.priority_id: each.name for each in priorities(viewer, today=today)}


def priorities(viewer: Viewer, *, today: date) -> tuple[PriorityLine, ...]:
    """The priorities in force, by name, declared here or brought with a load.

    Everybody who sees results sees them; operations see none.
    """
    if not allows(viewer, Permission.RESULTS):
        return ()
    contents = declared.contents()
    ours = [each for each in Priority.objects.all() if _is_in_force(each, today=today)]
    owners = {each.owner_id for each in contents.values()}
    names = dict(Person.objects.filter(id__in=owners - {None}).values_list("id", "name"))
    lines = [_line(each, contents[each.id], viewer=viewer, names=names) for each in ours]
    return tuple(sorted(lines, key=lambda line: (line.name.lower(), line.priority_id)))


def one(viewer: Viewer, *, priority_id: str) -> PrioritySeen:
    """One priority.

    Raises:
        NotSeenError: there is none, or the viewer sees no results.
    """
    found = Priority.objects.filter(id=priority_id).first()
    if found is None or not allows(viewer, Permission.RESULTS):
        raise NotSeenError
    content = declared.content(found)
    owner = Person.objects.filter(id=content.owner_id or "").first()
    versions = PriorityVersion.objects.filter(priority=found).select_related("written_by")
    return PrioritySeen(
        priority_id=found.id,
        version=found.version,
        content=content,
        declared_on=found.declared_on,
        ended=figures.day(found.ended_on) if found.ended_on else "",
        owner=owner.name if owner else "",
        kind=words.of(words.KINDS, content.kind),
        result=_result(content),
        missing=tuple(
            MissingPart(
                code=part,
                name=words.of(words.PARTS, part),
                why=words.of(words.WHY_PARTS, part),
            )
            for part in content.missing
        ),
        conditions=_conditions(content, is_brought=found.is_brought),
        versions=tuple(
            VersionSeen(
                number=each.number,
                by=each.written_by.name if each.written_by else _("came with a load"),
                at=figures.day(each.written_at.date()),
            )
            for each in versions.order_by("-number")
        ),
        may_change=found.ended_on is None
        and declared.may_change(viewer, found, owner=content.owner_id),
    )


def begun(viewer: Viewer, *, today: date) -> Begun:
    """What there is of a strategy where no line can be drawn."""
    return Begun(
        declared=tuple(each.name for each in priorities(viewer, today=today)),
        may_declare=allows(viewer, Permission.DECLARE),
    )


def too_many(lines: tuple[PriorityLine, ...]) -> str:
    """A sentence where more priorities are in force at once than people can name; else ""."""
    if len(lines) <= MOST_AT_ONCE:
        return ""
    return _(
        "{n} priorities are in force at once. People seldom can name more than {most}: end or "
        "join some, or say which come first."
    ).format(n=len(lines), most=MOST_AT_ONCE)


def columns(viewer: Viewer) -> tuple[ColumnSeen, ...]:
    """What conditions can be made of, in the order of the tables; none for who declares nothing."""
    if not allows(viewer, Permission.DECLARE):
        return ()
    found = PredicateColumn.objects.order_by("pk")
    return tuple(
        ColumnSeen(
            table=each.table, column=each.column, kind=each.kind, choices=tuple(each.choices)
        )
        for each in found
    )


def data_until(viewer: Viewer) -> date | None:
    """The last day inside what is published; what is declared later counts from the next load."""
    del viewer
    return Publication.objects.filter(is_current=True).values_list("as_of", flat=True).first()


def uncounted(viewer: Viewer, *, priority_id: str) -> tuple[tuple[str, str], ...]:
    """The conditions of a priority that nobody has counted yet, each with those it lies within."""
    content = one(viewer, priority_id=priority_id).content
    wanted = {
        declared.count_identity(text, within=within): (text, within)
        for text, within in declared.counted(content)
    }
    known = PredicateCount.objects.filter(identity__in=wanted).values_list("identity", flat=True)
    return tuple(pair for identity, pair in wanted.items() if identity not in set(known))


def _result(content: PriorityContent) -> str:
    """What it should lead to, as far as it was said."""
    if content.result_measure is None:
        return ""
    better = _("higher is better") if content.result_is_higher_better else _("lower is better")
    parts = [f"{words.of(words.MEASURES, content.result_measure)} ({better})"]
    if content.result_baseline is not None:
        parts.append(_("from {figure}").format(figure=f"{content.result_baseline:,g}"))
    if content.result_target is not None:
        parts.append(_("to {figure}").format(figure=f"{content.result_target:,g}"))
    if content.result_due_on is not None:
        parts.append(_("by {day}").format(day=figures.day(content.result_due_on)))
    return " ".join(parts)


def _is_in_force(priority: Priority, *, today: date) -> bool:
    return priority.ended_on is None or priority.ended_on > today


def _line(
    priority: Priority, content: PriorityContent, *, viewer: Viewer, names: dict[str, str]
) -> PriorityLine:
    lacking = tuple(words.of(words.PARTS, part).lower() for part in content.missing)
    return PriorityLine(
        priority_id=priority.id,
        name=content.name or priority.id,
        owner=names.get(content.owner_id or "", ""),
        owner_id=content.owner_id,
        lacks=figures.listed(lacking) if lacking else "",
        since=figures.day(content.launched_on or priority.declared_on),
        launched_on=content.launched_on or priority.declared_on,
        may_change=declared.may_change(viewer, priority, owner=content.owner_id),
        is_brought=priority.is_brought,
    )


def _conditions(content: PriorityContent, *, is_brought: bool) -> tuple[Conditions, ...]:
    """What is brought is counted by the line of sight: the counts are for whoever changes it."""
    made = []
    within = {"behaviour": content.eligibility}
    for code in _PREDICATES:
        text = getattr(content, code)
        if text:
            identity = declared.count_identity(text, within=within.get(code, ""))
            found = PredicateCount.objects.filter(identity=identity).first()
            made.append(
                _condition(code, predicate.parse(text), found, is_waited_for=not is_brought)
            )
    return tuple(made)


def _condition(
    code: str,
    found: predicate.Predicate,
    count: PredicateCount | None,
    *,
    is_waited_for: bool,
) -> Conditions:
    is_due = is_waited_for or count is not None
    return Conditions(
        code=code,
        name={
            "scope": _("What it is about"),
            "eligibility": _("Where it could be done"),
            "behaviour": _("What people will do there"),
        }[code],
        lines=tuple(_in_words(each) for each in found.conditions),
        count=_count(count, grain=words.of(words.TABLES, found.grain)) if is_due else "",
        is_counted=count is not None or not is_due,
        is_doubtful=count is not None
        and (bool(count.problem) or count.matched in (0, count.total)),
    )


def _count(count: PredicateCount | None, *, grain: str) -> str:
    if count is None:
        return _("Being counted. Load the page again in a moment.")
    if count.problem:
        return str(count.problem)
    told = _("{matched} of {total} {rows} match.").format(
        matched=f"{count.matched:,}", total=f"{count.total:,}", rows=grain
    )
    if not count.matched:
        return told + " " + _("Nothing matches: check each condition.")
    if count.matched == count.total:
        return told + " " + _("All match: the conditions leave nothing out.")
    return told


def _in_words(condition: predicate.Condition) -> str:
    value = condition.value
    said = ", ".join(map(str, value)) if isinstance(value, tuple) else value
    operator = words.of(words.OPERATORS, condition.op).partition(" (")[0]
    return " ".join(
        [
            f"{words.of(words.TABLES, condition.table)}: {words.column(condition.column)}",
            operator,
            "" if said is None else str(said),
        ]
    ).strip()
