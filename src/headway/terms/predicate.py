"""Predicates: which rows of one table a priority is about, as a small closed form without code.

The form is that of the bundle format: `{"grain": TABLE, "all": [condition, ...]}`. What is read
here is the form alone; whether columns exist and values fit them is known to the facts.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from headway.terms.errors import HeadwayError

TABLES = (
    *("opportunity", "opportunity_line", "opportunity_change", "opportunity_contact", "activity"),
    *("account", "account_owner", "contact", "product", "lead", "person", "reporting_line"),
    "mutual_plan",
)
"""The tables that a predicate may name, without their folder."""

HIDDEN = frozenset({"name", "email", "text"})
"""Columns that no condition may read, whatever their table."""

MOST_CONDITIONS = 12
MOST_VALUES = 200
MOST_DAYS = 36_525
_LARGEST = 2.0**63


class Op(StrEnum):
    """What a condition asks of a column."""

    EQ = "eq"
    NE = "ne"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    IN = "in"
    NOT_IN = "not_in"
    IS_NULL = "is_null"
    NOT_NULL = "not_null"
    BEFORE_STAGE = "before_stage"
    AFTER_STAGE = "after_stage"
    WITHIN_DAYS = "within_days"


AMONG = frozenset({Op.IN, Op.NOT_IN})
OF_NULL = frozenset({Op.IS_NULL, Op.NOT_NULL})
OF_STAGE = frozenset({Op.BEFORE_STAGE, Op.AFTER_STAGE})

Single = str | int | float | bool
Value = Single | tuple[str | int | float, ...] | None


class PredicateError(HeadwayError):
    """A predicate that does not have the closed form, or does not fit the tables.

    `position` is the place of the condition at fault, 1 = the first; None = the predicate itself.
    """

    code: ClassVar[str] = "terms.predicate"

    def __init__(self, *, found: object, expected: str, position: int | None = None) -> None:
        where = f"condition {position} of the predicate" if position else "the predicate"
        shown = str(found)
        shown = shown if len(shown) <= 80 else f"{shown[:77]}..."  # noqa: PLR2004  one line
        super().__init__(
            f"Found {shown} in {where}; expected {expected}. "
            "Change it there; docs/reference/tables.md lists tables and columns."
        )
        self.position = position


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition: `column` of `table` is compared with `value` as `op` says.

    `value` is None for `is_null` and `not_null`, a tuple for `in` and `not_in`, a stage's name for
    `before_stage` and `after_stage`, days for `within_days`, else one value.
    """

    table: str
    column: str
    op: Op
    value: Value = None


@dataclass(frozen=True, kw_only=True)
class Predicate:
    """Rows of the table `grain` for which all conditions (1 to 12) hold."""

    grain: str
    conditions: tuple[Condition, ...]


def parse(text: str) -> Predicate:
    """The predicate that a JSON text writes down.

    Raises:
        PredicateError: it is no JSON object of the closed form; the message names the condition
            by its position.

    Examples:
        >>> parse(
        ...     '{"grain": "activity", "all": [{"table": "activity", "column": "kind",'
        ...     ' "op": "eq", "value": "call"}]}'
        ... ).conditions[0].value
        'call'
    """
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise PredicateError(found=repr(text), expected="one JSON object") from cause
    if not isinstance(read, dict) or set(read) != {"grain", "all"}:
        raise PredicateError(found=repr(read), expected='an object with "grain" and "all"')
    grain, listed = read["grain"], read["all"]
    if grain not in TABLES:
        raise PredicateError(found=repr(grain), expected=f"a grain among {', '.join(TABLES)}")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CONDITIONS:
        found = f"{len(listed)} conditions" if isinstance(listed, list) else repr(listed)
        raise PredicateError(found=found, expected=f"1 to {MOST_CONDITIONS} conditions in a list")
    return Predicate(
        grain=grain,
        conditions=tuple(_condition(one, position=at) for at, one in enumerate(listed, start=1)),
    )


def _condition(read: object, *, position: int) -> Condition:
    wanted = {"table", "column", "op", "value"}
    if not isinstance(read, dict) or not wanted - {"value"} <= set(read) <= wanted:
        raise PredicateError(
            found=repr(read),
            expected='an object with "table", "column", "op" and "value"',
            position=position,
        )
    table, column = read["table"], read["column"]
    if table not in TABLES:
        expected = f"a table among {', '.join(TABLES)}"
        raise PredicateError(found=repr(table), expected=expected, position=position)
    if not isinstance(column, str) or column in HIDDEN:
        expected = "a column other than name, email and text"
        raise PredicateError(found=repr(column), expected=expected, position=position)
    if read["op"] not in list(Op):
        expected = f"an operator among {', '.join(Op)}"
        raise PredicateError(found=repr(read["op"]), expected=expected, position=position)
    op = Op(read["op"])
    value = _value(read.get("value"), op=op, position=position)
    return Condition(table=table, column=column, op=op, value=value)


def _value(read: object, *, op: Op, position: int) -> Value:
    if op in AMONG:
        return _values(read, position=position)
    if op in OF_NULL:
        expected, fits = "null beside is_null and not_null", read is None
    elif op in OF_STAGE:
        expected, fits = "the name of a stage", _is_text(read) and bool(read)
    elif op is Op.WITHIN_DAYS:
        expected = f"a number of days, 0 to {MOST_DAYS}"
        fits = _is_number(read) and 0 <= float(str(read)) <= MOST_DAYS
    else:
        expected, fits = "one text, number, bool, day or instant", _is_single(read)
    if not fits:
        raise PredicateError(found=repr(read), expected=expected, position=position)
    return read  # type: ignore[return-value]  # checked just above


def _values(read: object, *, position: int) -> tuple[str | int | float, ...]:
    fits = isinstance(read, list) and 1 <= len(read) <= MOST_VALUES
    if isinstance(read, list) and fits and all(_is_text(v) or _is_number(v) for v in read):
        return tuple(read)
    expected = f"a list of 1 to {MOST_VALUES} texts or numbers"
    raise PredicateError(found=repr(read), expected=expected, position=position)


def _is_single(read: object) -> bool:
    return _is_text(read) or isinstance(read, bool) or _is_number(read)


def _is_text(read: object) -> bool:
    # Half a character and the null character are no text to an engine.
    return isinstance(read, str) and not any(c == "\0" or "\ud800" <= c <= "\udfff" for c in read)


def _is_number(read: object) -> bool:
    # JSON as Python reads it knows NaN, Infinity and whole numbers larger than any column holds.
    is_number = isinstance(read, int | float) and not isinstance(read, bool)
    return is_number and abs(float(str(read))) < _LARGEST
