"""How a cell of a bundle's file becomes a value: rule 2, as SQL."""

from collections.abc import Callable, Mapping

from headway.facts.engine import in_utc, quoted, text
from headway.facts.tables import STORED_AS, Column, Kind

_DAY = r"\d{4}-\d{2}-\d{2}"
_INSTANT = _DAY + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z"
_NUMBER = r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?"
_MONEY = r"-?\d{1,16}(\.\d{1,2})?"
_LONGEST_ID = 80
_WHOLE = frozenset(
    {"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"}
)
_NUMBERS = _WHOLE | {"DOUBLE", "FLOAT", "DECIMAL"}
_TEXTS = frozenset({"VARCHAR", "ENUM"})
_FITTING: Mapping[Kind, frozenset[str]] = {
    Kind.DATE: frozenset({"DATE"}),
    Kind.TIME: frozenset({"TIMESTAMP"}),
    Kind.BOOL: frozenset({"BOOLEAN"}),
    Kind.INT: _WHOLE,
    Kind.COUNT: _WHOLE,
    Kind.NUMBER: _NUMBERS,
    Kind.SHARE: _NUMBERS,
    Kind.MONEY: _NUMBERS,
}

_HOLDS: Mapping[Kind, str] = {
    Kind.COUNT: "{source} >= 0",
    Kind.SHARE: "{source} BETWEEN 0 AND 1",
    Kind.NUMBER: "isfinite({source}::DOUBLE)",
    # A double holds cents only nearly: what is nearer than a millionth is that cent.
    Kind.MONEY: "abs({source}::DOUBLE - round({source}::DOUBLE, 2)) < 1e-6",
}

EXPECTED: Mapping[Kind, str] = {
    Kind.ID: "text of 1 to 80 characters",
    Kind.TEXT: "text",
    Kind.ENUM: "one of its values",
    Kind.DATE: "a day such as 2026-06-30",
    Kind.TIME: "a UTC instant such as 2026-06-30T14:05:00Z",
    Kind.INT: "a whole number",
    Kind.COUNT: "a whole number, 0 or more",
    Kind.SHARE: "a number from 0 to 1",
    Kind.NUMBER: "a number",
    Kind.MONEY: "an amount with at most 2 decimal places",
    Kind.BOOL: "true or false",
    Kind.PREDICATE: "a JSON object",
}
"""What a person is told to write."""


def given(column: str, source_type: str) -> str:
    """SQL for what stands in the cell, null where it is empty."""
    return f"nullif({column}, '')" if source_type == "VARCHAR" else column


def fits(column: Column, source_type: str) -> bool:
    """Whether a Parquet column of `source_type` can hold what `column` declares at all."""
    plain = source_type.partition("(")[0].partition("_")[0].partition(" ")[0]
    return plain in _FITTING.get(column.kind, _TEXTS)


def from_text(column: Column, source: str) -> str:
    """SQL for the typed value of a CSV cell; null where the cell is empty or breaks the rule."""
    value = given(source, "VARCHAR")
    return _FROM_TEXT[column.kind](value, column)


def from_parquet(column: Column, source: str, *, source_type: str) -> str:
    """SQL for the typed value of a Parquet cell; null where it is null or breaks the rule."""
    kind = column.kind
    if kind in (Kind.ID, Kind.ENUM, Kind.TEXT, Kind.PREDICATE):
        return from_text(column, f"{source}::VARCHAR")
    if kind is Kind.TIME and source_type.endswith("TIME ZONE"):
        return in_utc(source)
    holds = _HOLDS.get(kind, "true").format(source=source)
    return f"CASE WHEN {holds} THEN try_cast({source} AS {STORED_AS[kind]}) END"


def _matching(pattern: str, kind: Kind, also: str = "true") -> Callable[[str, Column], str]:
    def sql(value: str, _: Column) -> str:
        typed = f"try_cast({value} AS {STORED_AS[kind]})"
        tested = also.format(typed=typed)
        return (
            f"CASE WHEN regexp_full_match({value}, {text(pattern)}) AND {tested} THEN {typed} END"
        )

    return sql


def _instant(value: str, _: Column) -> str:
    typed = f"try_cast(left({value}, -1) AS TIMESTAMP)"
    return (
        f"CASE WHEN regexp_full_match({value}, {text(_INSTANT)}) "
        f"AND {typed} >= TIMESTAMP '0001-01-01' THEN {typed} END"
    )


def _id(value: str, _: Column) -> str:
    return f"CASE WHEN length({value}) <= {_LONGEST_ID} THEN {value} END"


def _enum(value: str, column: Column) -> str:
    choices = ", ".join(text(choice) for choice in column.choices)
    return f"CASE WHEN {value} IN ({choices}) THEN {value} END"


def _bool(value: str, _: Column) -> str:
    return f"CASE {value} WHEN 'true' THEN true WHEN 'false' THEN false END"


def _predicate(value: str, _: Column) -> str:
    # Nested, since json_type refuses what is not JSON.
    is_object = f"CASE WHEN json_valid({value}) THEN json_type({value}) = 'OBJECT' END"
    return f"CASE WHEN {is_object} THEN {value} END"


_FROM_TEXT: Mapping[Kind, Callable[[str, Column], str]] = {
    Kind.ID: _id,
    Kind.TEXT: lambda value, _: value,
    Kind.ENUM: _enum,
    Kind.DATE: _matching(_DAY, Kind.DATE, "{typed} >= DATE '0001-01-01'"),
    Kind.TIME: _instant,
    Kind.INT: _matching(r"-?\d{1,18}", Kind.INT),
    Kind.COUNT: _matching(r"\d{1,18}", Kind.COUNT),
    Kind.SHARE: _matching(_NUMBER, Kind.SHARE, "{typed} BETWEEN 0 AND 1"),
    Kind.NUMBER: _matching(_NUMBER, Kind.NUMBER, "isfinite({typed})"),
    Kind.MONEY: _matching(_MONEY, Kind.MONEY),
    Kind.BOOL: _bool,
    Kind.PREDICATE: _predicate,
}


def select(columns: Mapping[str, str]) -> str:
    """A select list that names each expression."""
    return ", ".join(f"{sql} AS {quoted(name)}" for name, sql in columns.items())
