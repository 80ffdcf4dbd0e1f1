"""Figures and days that are sent or held as text, so that every engine takes them alike.

An engine's own way of trying a cast is not used: on PostgreSQL and Snowflake Ibis writes a plain
one, which text that is no figure stops, and what is taken for a figure or a day differs.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

# No more digits than fit: what is larger than a float stops PostgreSQL.
_FIGURE = "^[+-]?([0-9]{1,100}([.][0-9]{0,100})?|[.][0-9]{1,100})([eE][+-]?[0-9]{1,2})?$"
_YEAR = "[1-9][0-9]{3}"
_LEAP_YEAR = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
# A day of the calendar, whatever follows it but a digit; others stop PostgreSQL and Trino.
_DAY = (
    f"^({_YEAR}-(0?[13578]|1[02])-(0?[1-9]|[12][0-9]|3[01])"
    f"|{_YEAR}-(0?[469]|11)-(0?[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-0?2-(0?[1-9]|1[0-9]|2[0-8])"
    f"|{_LEAP_YEAR}-0?2-29)([^0-9]|$)"
)


def number(value: float) -> "ir.FloatingScalar":
    """A figure as every engine takes it: bare, it is a decimal to most."""
    import ibis  # noqa: PLC0415  heavy

    return ibis.literal(repr(float(value))).cast("float64")


def figure(text: "ir.StringValue") -> "ir.FloatingValue":
    """The figure that a text is; null where it is none.

    Examples:
        >>> import ibis
        >>> rows = ibis.memtable({"told": [" 90.5", "1e3", "none", "inf", None]})
        >>> rows.select(found=figure(rows["told"])).to_pyarrow()["found"].to_pylist()
        [90.5, 1000.0, None, None, None]
    """
    bare = text.strip()
    return _where(bare.re_search(_FIGURE), bare).cast("float64")


def day(text: "ir.StringValue") -> "ir.DateValue":
    """The day that a text begins with, year first; null where it is none of the calendar.

    Examples:
        >>> import ibis
        >>> rows = ibis.memtable({"told": ["2025-04-01T09:00:00Z", "2025/4/1", "2025-02-29", "x"]})
        >>> [str(x) for x in rows.select(found=day(rows["told"])).to_pyarrow()["found"].to_pylist()]
        ['2025-04-01', '2025-04-01', 'None', 'None']
    """
    bare = text.strip().replace("/", "-")
    return _where(bare.re_search(_DAY), bare.re_extract(_DAY, 1)).cast("date")


def _where(holds: "ir.BooleanValue", text: "ir.StringValue") -> "ir.StringValue":
    """The cast stands around the choice: inside it, an engine may cast what is not chosen."""
    import ibis  # noqa: PLC0415  heavy

    return ibis.cases((holds, text))
