"""SQL texts put together from names and values that came out of somebody's file."""

from collections.abc import Mapping
from string import Template


def quoted(name: str) -> str:
    """A name as SQL wants it, whatever stands in it.

    >>> quoted("Deal Owner")
    '"Deal Owner"'
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL wants it, whatever stands in it.

    >>> literal("Doesn't Answer")
    "'Doesn''t Answer'"
    """
    return "'" + text.replace("'", "''") + "'"


def filled(template: str, parts: Mapping[str, str]) -> str:
    """`template` with each `$name` replaced by its part: `quoted`, `literal` or built of such.

    What stands in a part is never replaced again, so a `$` in a customer's column name is harmless.
    """
    return Template(template).substitute(parts)
