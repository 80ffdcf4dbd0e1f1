"""What a table of facts is: its columns, their types and units, its key and its references."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column, as in the bundle format."""

    ID = "id"
    TEXT = "text"
    ENUM = "enum"
    DATE = "date"
    TIME = "time"
    INT = "int"
    COUNT = "count"
    SHARE = "share"
    NUMBER = "number"
    MONEY = "money"
    BOOL = "bool"
    PREDICATE = "predicate"


STORED_AS: Mapping[Kind, str] = {
    Kind.ID: "VARCHAR",
    Kind.TEXT: "VARCHAR",
    Kind.ENUM: "VARCHAR",
    Kind.DATE: "DATE",
    Kind.TIME: "TIMESTAMP",
    Kind.INT: "BIGINT",
    Kind.COUNT: "BIGINT",
    Kind.SHARE: "DOUBLE",
    Kind.NUMBER: "DOUBLE",
    Kind.MONEY: "DECIMAL(18,2)",
    Kind.BOOL: "BOOLEAN",
    Kind.PREDICATE: "VARCHAR",
}
"""The column type of the engine; a TIMESTAMP is a UTC instant without a zone of its own."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `refers_to` is the table its ids must be found in, `choices` an enum's values."""

    name: str
    kind: Kind
    is_optional: bool = False
    choices: tuple[str, ...] = ()
    refers_to: str | None = None
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table: `name` with its folder ("seen/opportunity"), one row per `key`."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    meaning: str = ""
    is_required: bool = False

    @property
    def column_names(self) -> Sequence[str]:
        """The declared columns, in order."""
        return [column.name for column in self.columns]


def needed(
    name: str, kind: Kind, *, choices: str = "", refers_to: str | None = None, meaning: str = ""
) -> Column:
    """A column that no row may leave empty; `choices` is an enum's values with bars between."""
    values = tuple(choices.split("|")) if choices else ()
    return Column(name=name, kind=kind, choices=values, refers_to=refers_to, meaning=meaning)


def optional(
    name: str, kind: Kind, *, choices: str = "", refers_to: str | None = None, meaning: str = ""
) -> Column:
    """A column whose empty field means "not known", and that may be left out altogether."""
    values = tuple(choices.split("|")) if choices else ()
    return Column(
        name=name,
        kind=kind,
        is_optional=True,
        choices=values,
        refers_to=refers_to,
        meaning=meaning,
    )
