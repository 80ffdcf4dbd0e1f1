"""Priorities and the plan: declared, changed as a new version, ended."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

from headway.actions import audit
from headway.actions.action import NotAllowedError, StaleVersionError, action
from headway.records import declared
from headway.records.models import (
    Person,
    PlanVersion,
    PredicateColumn,
    PredicateCount,
    Priority,
    PriorityVersion,
)
from headway.terms import codec, predicate
from headway.terms.access import Permission
from headway.terms.declared import Plan
from headway.terms.declared import Priority as PriorityContent
from headway.terms.errors import HeadwayError
from headway.terms.viewer import Viewer

MAX_LENGTH = 2000
MOST_DAYS = 730
_PREDICATES = ("scope", "eligibility", "behaviour")


class DeclaredTextError(HeadwayError):
    """A text of a plan or a priority is too long, or its name is missing."""

    code = "strategy.text"

    def __init__(self, field: str, length: int, *, least: int) -> None:
        super().__init__(
            f"“{field}” has {length} characters. Expected {least} to {MAX_LENGTH}. Shorten it, or "
            "write one plain sentence."
        )


class DeclaredNumberError(HeadwayError):
    """Days or a share of a priority lie outside what they can be."""

    code = "strategy.number"

    def __init__(self, field: str, found: float, *, most: int) -> None:
        super().__init__(f"“{field}” is {found:g}. Expected 0 to {most}. Change the number.")


class OwnerError(HeadwayError):
    """The owner of a plan or a priority is nobody here."""

    code = "strategy.owner"

    def __init__(self, owner: str) -> None:
        super().__init__(
            f"The owner “{owner}” is nobody who works here. Choose one person from the list."
        )


class GrainError(HeadwayError):
    """Behaviour and eligible work speak of different tables."""

    code = "strategy.grain"

    def __init__(self, behaviour: str, eligibility: str) -> None:
        super().__init__(
            f"The behaviour is counted on {behaviour}, the eligible work on {eligibility}. "
            "Expected one and the same: choose the same for both."
        )


class EndError(HeadwayError):
    """A priority cannot end before it was declared."""

    code = "strategy.end"

    def __init__(self, ended_on: date, declared_on: date) -> None:
        super().__init__(
            f"The priority would end on {ended_on}; it was declared on {declared_on}. Choose that "
            "day or a later one."
        )


class EndedError(HeadwayError):
    """A priority that has ended is changed no more."""

    code = "strategy.ended"
    status = 409

    def __init__(self, ended_on: date) -> None:
        super().__init__(
            f"This priority ended on {ended_on}. Declare a new one, so that both stay readable."
        )


@dataclass(frozen=True, kw_only=True)
class PriorityChanged:
    """A priority was declared, changed or ended."""

    priority_id: str
    version: int

    @property
    def subject(self) -> str:
        """Which priority, in which version."""
        return f"priority:{self.priority_id}@{self.version}"


@dataclass(frozen=True, kw_only=True)
class PlanWritten:
    """The plan has a new version."""

    number: int

    @property
    def subject(self) -> str:
        """Which version."""
        return f"plan:{self.number}"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How many rows were kept."""

    count: int

    @property
    def subject(self) -> str:
        """How many."""
        return f"rows:{self.count}"


@dataclass(frozen=True, kw_only=True)
class ColumnFact:
    """A column that conditions can be made of; `choices` where its values are few."""

    table: str
    column: str
    kind: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CountFact:
    """How many rows conditions select, or why they cannot be counted."""

    identity: str
    matched: int = 0
    total: int = 0
    problem: str = ""


@action("strategy.declare", permission=Permission.DECLARE)
def declare(
    *, viewer: Viewer, at: datetime, priority: PriorityContent, declared_on: date
) -> PriorityChanged:
    """Declare a priority; parts may be missing, and are shown as missing.

    Raises:
        DeclaredTextError: a text is too long, or there is no name.
        DeclaredNumberError: days are below 0 or over two years, or a target is no share.
        OwnerError: the owner is nobody here.
        PredicateError: a condition does not have the closed form.
        GrainError: behaviour and eligible work speak of different tables.
    """
    _refuse_unfit(priority)
    if viewer.account_id is None:
        raise NotAllowedError("priority")
    made = Priority.objects.create(
        id=f"declared-{secrets.token_hex(6)}",
        declared_on=declared_on,
        declared_by_id=viewer.account_id,
    )
    return _written(made, viewer=viewer, at=at, content=priority)


@action("strategy.change", permission=Permission.DECLARE)
def change(
    *,
    viewer: Viewer,
    at: datetime,
    priority_id: str,
    seen_version: int,
    priority: PriorityContent,
) -> PriorityChanged:
    """Change a priority: a new version stands, the former ones stay readable.

    One that came with a load is from then on changed here, and no more by loads.

    Raises:
        NotAllowedError: there is none, or it is neither the viewer's own nor declared by them.
        StaleVersionError: somebody changed it since `seen_version`.
        EndedError: it has ended.
        DeclaredTextError, DeclaredNumberError, OwnerError, PredicateError, GrainError: as for
            `declare`.
    """
    _refuse_unfit(priority)
    found = _changeable(viewer, priority_id, seen_version=seen_version)
    found.version += 1
    found.is_brought = False
    found.save(update_fields=["version", "is_brought"])
    return _written(found, viewer=viewer, at=at, content=priority)


@action("strategy.end", permission=Permission.DECLARE)
def end(
    *, viewer: Viewer, at: datetime, priority_id: str, seen_version: int, ended_on: date
) -> PriorityChanged:
    """End a priority; what was found of it stays.

    Raises:
        NotAllowedError, StaleVersionError, EndedError: as for `change`.
        EndError: it was declared later.
    """
    del at
    found = _changeable(viewer, priority_id, seen_version=seen_version)
    if ended_on < found.declared_on:
        raise EndError(ended_on, found.declared_on)
    found.ended_on, found.is_brought = ended_on, False
    found.save(update_fields=["ended_on", "is_brought"])
    return PriorityChanged(priority_id=found.id, version=found.version)


@action("strategy.write_plan", permission=Permission.DECLARE)
def write_plan(*, viewer: Viewer, at: datetime, seen_version: int, plan: Plan) -> PlanWritten:
    """Write the plan on one page; only executives do, and former versions stay.

    Raises:
        NotAllowedError: the viewer is no executive.
        StaleVersionError: somebody wrote it since `seen_version` (0 = there was none).
        DeclaredTextError: a text is too long, or there is no name.
        OwnerError: the owner is nobody here.
    """
    audit.locked_head()
    if not declared.may_write_plan(viewer) or viewer.account_id is None:
        raise NotAllowedError("plan")
    _refuse_texts(plan)
    _refuse_owner(plan.owner_id)
    newest = PlanVersion.objects.order_by("-number").first()
    found = newest.number if newest else 0
    if found != seen_version:
        raise StaleVersionError(name=plan.name, seen=seen_version, found=found)
    PlanVersion.objects.create(
        number=found + 1,
        content=codec.to_json(plan),
        written_by_id=viewer.account_id,
        written_at=at,
    )
    return PlanWritten(number=found + 1)


@action("strategy.keep_columns", permission=Permission.DATA)
def keep_columns(*, viewer: Viewer, at: datetime, columns: tuple[ColumnFact, ...]) -> Kept:
    """Bring what conditions can be made of up to the facts."""
    del viewer, at
    PredicateColumn.objects.all().delete()
    PredicateColumn.objects.bulk_create(
        PredicateColumn(
            table=each.table, column=each.column, kind=each.kind, choices=list(each.choices)
        )
        for each in columns
    )
    return Kept(count=len(columns))


@action("strategy.keep_counts", permission=Permission.DATA)
def keep_counts(*, viewer: Viewer, at: datetime, counts: tuple[CountFact, ...]) -> Kept:
    """Keep how many rows conditions select."""
    del viewer
    PredicateCount.objects.bulk_create(
        (
            PredicateCount(
                identity=each.identity,
                matched=each.matched,
                total=each.total,
                problem=each.problem,
                counted_at=at,
            )
            for each in counts
        ),
        update_conflicts=True,
        update_fields=["matched", "total", "problem", "counted_at"],
        unique_fields=["identity"],
    )
    return Kept(count=len(counts))


def _changeable(viewer: Viewer, priority_id: str, *, seen_version: int) -> Priority:
    found = Priority.objects.select_for_update().filter(id=priority_id).first()
    if found is None or not declared.may_change(
        viewer, found, owner=declared.content(found).owner_id
    ):
        raise NotAllowedError(f"priority:{priority_id}")
    if found.ended_on is not None:
        raise EndedError(found.ended_on)
    if found.version != seen_version:
        name = declared.content(found).name
        raise StaleVersionError(name=name, seen=seen_version, found=found.version)
    return found


def _written(
    found: Priority, *, viewer: Viewer, at: datetime, content: PriorityContent
) -> PriorityChanged:
    PriorityVersion.objects.create(
        priority=found,
        number=found.version,
        content=codec.to_json(content),
        written_by_id=viewer.account_id or 0,
        written_at=at,
    )
    return PriorityChanged(priority_id=found.id, version=found.version)


def _refuse_unfit(priority: PriorityContent) -> None:
    _refuse_texts(priority, but=_PREDICATES)
    _refuse_numbers(priority)
    _refuse_owner(priority.owner_id)
    found = {
        name: predicate.parse(text) for name in _PREDICATES if (text := getattr(priority, name))
    }
    grains = [found[name].grain for name in ("behaviour", "eligibility") if name in found]
    if len(set(grains)) > 1:
        raise GrainError(*grains)


def _refuse_texts(content: PriorityContent | Plan, *, but: Iterable[str] = ()) -> None:
    for field in fields(content):
        value = getattr(content, field.name)
        least = 1 if field.name == "name" else 0
        is_text = isinstance(value, str) and field.name not in but
        if is_text and not least <= len(value.strip()) <= MAX_LENGTH:
            raise DeclaredTextError(field.name, len(value.strip()), least=least)


def _refuse_numbers(priority: PriorityContent) -> None:
    said: list[tuple[str, float, int]] = [("grace_days", priority.grace_days or 0, MOST_DAYS)]
    for each in priority.targets:
        said.append(("from_days", each.from_days, MOST_DAYS))
        said.append(("target_share", each.target_share, 1))
    for field, found, most in said:
        if not 0 <= found <= most:
            raise DeclaredNumberError(field, found, most=most)


def _refuse_owner(owner: str | None) -> None:
    if owner is not None and not Person.objects.filter(id=owner, is_active=True).exists():
        raise OwnerError(owner)
