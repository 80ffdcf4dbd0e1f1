"""What a known shape is: the files it consists of, and how they feed our tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from headway.sources.csv_files import dates
from headway.sources.csv_files.mapping import Feed, plain_name
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw


@dataclass(frozen=True, kw_only=True)
class Role:
    """One file of a shape: `needs` are headers it must have, `never` headers it must not have."""

    name: str
    needs: tuple[str, ...]
    never: tuple[str, ...] = ()
    is_required: bool = False


@dataclass(frozen=True, kw_only=True)
class Seen:
    """The files of one hand-over, each under its role."""

    at: Bench
    files: Mapping[str, Raw]

    def has(self, role: str) -> bool:
        """Whether the hand-over holds this file."""
        return role in self.files

    def column(self, role: str, *names: str) -> str | None:
        """How the first of these columns is written there; None if none is."""
        if role not in self.files:
            return None
        there = {plain_name(name): name for name in reversed(self.files[role].header)}
        return next((there[plain_name(name)] for name in names if plain_name(name) in there), None)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How the files feed our tables. `stages` holds groups of stages that the shape knows.

    `currency` is the shape's own (ISO 4217), None = from the data. `notes` and `lacks` are
    sentences,
    `remarks` makes more of them when all is read. `modified` is the latest stamp of the export.
    """

    feeds: tuple[Feed, ...]
    stages: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    currency: str | None = None
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    remarks: Callable[[Bench], tuple[str, ...]] | None = None
    modified: date | None = None


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A known shape: `plan` says how its files feed our tables, and makes views where it must.

    `is_literal`: its views name columns as `needs` spells them, so no other spelling is this shape.
    """

    name: str
    title: str
    roles: tuple[Role, ...]
    plan: Callable[[Seen], Plan]
    is_literal: bool = False


def cast(shape: Shape, *, raws: Sequence[Raw]) -> Mapping[str, Raw] | None:
    """Which file plays which role; None unless every required role is played."""
    # The engine takes no notice of case either.
    named = str.casefold if shape.is_literal else plain_name
    played: dict[str, Raw] = {}
    for role in shape.roles:
        for raw in raws:
            if raw not in played.values() and _plays(raw, role=role, named=named):
                played[role.name] = raw
                break
    missing = [role for role in shape.roles if role.is_required and role.name not in played]
    return None if missing else played


def _plays(raw: Raw, *, role: Role, named: Callable[[str], str]) -> bool:
    there = {named(name) for name in raw.header}
    return all(any(named(n) in there for n in need.split("|")) for need in role.needs) and not any(
        named(name) in there for name in role.never
    )


def latest(seen: Seen, *, role: str, names: Sequence[str]) -> date | None:
    """The last day in a column of stamps that the system itself wrote; None without one."""
    column = seen.column(role, *names)
    if column is None:
        return None
    parts = {"column": quoted(column), "table": seen.files[role].table}
    values = seen.at.rows(
        "select distinct left($column, 40) from $table where $column is not null limit 5000",
        parts,
    )
    style = dates.style([str(row[0]) for row in values])
    instant = style.instant(quoted(column))
    row = seen.at.rows(
        "select cast(max($instant) as date) from $table", {**parts, "instant": instant}
    )
    return row[0][0] if row and isinstance(row[0][0], date) else None
