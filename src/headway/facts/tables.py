"""What a table of facts is: its columns, their types and units, its key and its references."""

from collections.abc import Sequence
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


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `refers_to` is the table its ids must be found in, `choices` the values of an enum."""

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
