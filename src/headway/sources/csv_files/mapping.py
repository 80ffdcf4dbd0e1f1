"""The vocabulary of mappings: their field, our column, the conversion between them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType


class Conversion(StrEnum):
    """What is done to a value beyond reading it as our column's type."""

    PLAIN = "plain"
    PERCENT = "percent"  # 0..100 to 0..1
    SECONDS = "seconds"  # to minutes
    MILLISECONDS = "milliseconds"  # to minutes
    MILLIONS = "millions"  # to units
    FIRST = "first"  # of a list with semicolons
    CHOICE = "choice"  # through `values`


@dataclass(frozen=True, kw_only=True)
class Field:
    """`column` is ours; `sources` are names of theirs, the first that is there is taken.

    `values` maps their text (lower case) to ours, anything else becomes `otherwise`. A column that
    begins with an underscore serves the reading only. `constant` stands in every row.
    """

    column: str
    sources: tuple[str, ...] = ()
    conversion: Conversion = Conversion.PLAIN
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    otherwise: str | None = None
    constant: str | None = None


@dataclass(frozen=True, kw_only=True)
class Feed:
    """One of our tables, fed from one `relation` (a file, or a view that a shape made of files).

    `counts_for` names the file whose rows are rejected when one of them cannot become a row;
    without
    it, what does not fit is no row at all (a team sheet that also names regions). `key_from` makes
    the key out of other columns where the source has none.
    """

    table: str
    relation: str
    fields: tuple[Field, ...]
    counts_for: str | None = None
    key_from: tuple[str, ...] = ()


def to(column: str, *sources: str) -> Field:
    """A field that is only read."""
    return Field(column=column, sources=sources)


def constant(column: str, value: str) -> Field:
    """A value that stands in every row."""
    return Field(column=column, constant=value)


def converted(column: str, conversion: Conversion, *sources: str) -> Field:
    """A field in another unit."""
    return Field(column=column, sources=sources, conversion=conversion)


def chosen(
    column: str, *sources: str, values: Mapping[str, str], otherwise: str | None = None
) -> Field:
    """A field of few values, each with ours."""
    return Field(
        column=column,
        sources=sources,
        conversion=Conversion.CHOICE,
        values=MappingProxyType(dict(values)),
        otherwise=otherwise,
    )


_NOT_WORD = re.compile(r"[^0-9a-z\u0400-\u04ff]+")


@lru_cache(maxsize=4096)
def plain_name(header: str) -> str:
    """A header without case, accents, blanks and signs, so that spellings of one name agree.

    >>> plain_name("Opportunity ID"), plain_name("opportunity_id"), plain_name("Abschlußdatum")
    ('opportunityid', 'opportunityid', 'abschlussdatum')
    """
    letters = unicodedata.normalize("NFKD", header.casefold())
    return _NOT_WORD.sub("", "".join(c for c in letters if not unicodedata.combining(c)))
