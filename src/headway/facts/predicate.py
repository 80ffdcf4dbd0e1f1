"""Predicates on facts: checked against the declared tables, and compiled to an expression."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import reduce
from typing import TYPE_CHECKING

from headway.facts import days
from headway.facts.catalogue import TABLES
from headway.facts.engine import quoted
from headway.facts.known import Facts
from headway.facts.paths import KEYS, TIMES, Step, path, stored
from headway.facts.tables import Column, Kind
from headway.terms.predicate import (
    AMONG,
    OF_NULL,
    OF_STAGE,
    Condition,
    Op,
    Predicate,
    PredicateError,
    Single,
)

if TYPE_CHECKING:
    import ibis.expr.types as ir

_NUMBERS = frozenset({Kind.INT, Kind.COUNT, Kind.SHARE, Kind.NUMBER, Kind.MONEY})
_TEXTS = frozenset({Kind.ID, Kind.TEXT, Kind.ENUM})
_MARGIN_YEARS = 3


def check(predicate: Predicate) -> None:
    """Nothing, if every column exists and every value fits its column.

    Raises:
        PredicateError: it names the condition by its position.
    """
    for position, condition in enumerate(predicate.conditions, start=1):
        column = _column(condition, position=position)
        if path(predicate.grain, condition.table) is None:
            expected = f"a table that references lead to from {predicate.grain}"
            raise PredicateError(found=condition.table, expected=expected, position=position)
        _check_op(predicate.grain, condition, column=column, position=position)


def tables_of(predicate: Predicate) -> frozenset[str]:
    """The tables, with their folder, without which the predicate cannot be judged."""
    found = {stored(predicate.grain)}
    for condition in predicate.conditions:
        found.update(stored(step.table) for step in path(predicate.grain, condition.table) or ())
        if condition.op in OF_STAGE:
            found.add(stored("opportunity_change"))
    return frozenset(found)


def holds(facts: Facts, predicate: Predicate) -> "ir.BooleanValue":
    """Whether each row of `facts.table` of the grain satisfies the predicate: never null.

    Deleted opportunities, work of service users and whatever happened after the last day inside
    satisfy nothing and count for nothing.

    Raises:
        PredicateError: a condition does not fit the tables.
    """
    check(predicate)
    branches: dict[tuple[Step, ...], list[Condition]] = {}
    for condition in predicate.conditions:
        steps = path(predicate.grain, condition.table) or ()
        branches.setdefault(_branch(steps), []).append(condition)
    key = key_of(facts.table(stored(predicate.grain)), predicate.grain)
    found = [
        key.isin(_kept(facts, predicate.grain, conditions=conditions).select("row_key").row_key)
        for conditions in branches.values()
    ]
    return reduce(lambda one, other: one & other, found)


def values(facts: Facts, table: str, *, column: str, most: int) -> tuple[str, ...] | None:
    """The values of a column of text in order; None where there are more than `most`.

    Args:
        facts: of one organisation.
        table: named without folder.
        column: a declared column of text.
        most: how many values are few enough to choose from.
    """
    # Plain SQL: a screen's list is no reason to load Ibis.
    name = quoted(column)
    found = facts.engine.query(
        f"SELECT DISTINCT {name} AS value FROM {facts.engine.relation(stored(table))} "
        f"WHERE {name} IS NOT NULL LIMIT {int(most) + 1}"
    )
    listed = [str(value) for value in found["value"].to_pylist()]
    return None if len(listed) > most else tuple(sorted(listed))


def rows(facts: Facts, table: str) -> "ir.Table":
    """The rows that count of a table (named without folder), as `holds` says."""
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    found = facts.table(stored(table))
    if table in TIMES:
        after = ibis.literal(days.end(facts.as_of, time_zone=facts.organisation.time_zone))
        found = found.filter(found[TIMES[table]].isnull() | (found[TIMES[table]] < after))
    if table == "opportunity":
        found = found.filter(~found.is_deleted.fill_null(False))  # noqa: FBT003  Ibis' own order
    if table == "activity":
        people = facts.table("seen/person")
        found = found.filter(found.person_id.notin(people.filter(people.is_service_user).person_id))
    return found


def key_of(table: "ir.Table", name: str) -> "ir.StringValue":
    """One text that tells the rows of a table (named without folder) apart."""
    parts = [table[column].cast("string").fill_null("") for column in KEYS[name]]
    return reduce(lambda one, other: one + "\x1f" + other, parts)


def day_of(facts: Facts, instant: "ir.TimestampValue") -> "ir.DateValue":
    """The organisation's day of an instant."""
    years = (facts.data_from.year - _MARGIN_YEARS, facts.as_of.year + 1)
    return days.inside(instant, time_zone=facts.organisation.time_zone, years=years)


def _branch(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    many = [place for place, step in enumerate(steps, start=1) if step.is_many]
    return steps[: many[0]] if many else ()


@dataclass
class _Joined:
    """Rows of the grain joined with what conditions ask for; columns are `place__column`."""

    table: "ir.Table"
    places: dict[tuple[Step, ...], str] = field(default_factory=dict)


def _kept(facts: Facts, grain: str, *, conditions: Iterable[Condition]) -> "ir.Table":
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    start = rows(facts, grain)
    time = start[TIMES[grain]] if grain in TIMES else ibis.null("timestamp")
    own = {f"g__{column}": start[column] for column in start.columns}
    joined = _Joined(
        table=start.select(row_key=key_of(start, grain), row_time=time, **own), places={(): "g"}
    )
    names: dict[int, str] = {}
    listed = list(conditions)
    for number, condition in enumerate(listed):
        steps = path(grain, condition.table) or ()
        place = _reach(facts, joined, steps=steps)
        names[number] = f"{place}__{condition.column}"
        if condition.op in OF_STAGE:
            _join_entry(facts, joined, condition=condition, place=place, number=number)
    table = joined.table
    return table.filter(
        *(
            _compared(facts, table, condition=condition, name=names[number], number=number)
            for number, condition in enumerate(listed)
        )
    )


def _reach(facts: Facts, joined: _Joined, *, steps: tuple[Step, ...]) -> str:
    for length in range(1, len(steps) + 1):
        prefix, step = steps[:length], steps[length - 1]
        if prefix in joined.places:
            continue
        place = f"j{len(joined.places)}"
        left = joined.table
        found = rows(facts, step.table)
        other = found.select(**{f"{place}__{column}": found[column] for column in found.columns})
        on = [left[f"{joined.places[prefix[:-1]]}__{step.column}"] == other[f"{place}__{step.to}"]]
        if step.is_on_day:
            day = day_of(facts, left.row_time).coalesce(facts.as_of)
            until = other[f"{place}__valid_to"]
            on += [other[f"{place}__valid_from"] <= day, until.isnull() | (day < until)]
        joined.table = left.join(other, on, how="inner" if step.is_many else "left")
        joined.places[prefix] = place
    return joined.places[steps]


def _join_entry(
    facts: Facts, joined: _Joined, *, condition: Condition, place: str, number: int
) -> None:
    changes = rows(facts, "opportunity_change")
    entered = changes.filter(changes.field == "stage", changes.new_value == condition.value)
    first = entered.group_by(**{f"e{number}__id": entered.opportunity_id}).agg(
        **{f"e{number}__at": entered.changed_at.min()}
    )
    own = f"{place}__opportunity_id"
    left = joined.table
    name = own if own in left.columns else "g__opportunity_id"
    joined.table = left.join(first, left[name] == first[f"e{number}__id"], how="left")


def _compared(
    facts: Facts, table: "ir.Table", *, condition: Condition, name: str, number: int
) -> "ir.BooleanValue":
    column, op = table[name], condition.op
    declared = _column(condition, position=number)
    if op in OF_NULL:
        return column.isnull() if op is Op.IS_NULL else column.notnull()
    if op in OF_STAGE:
        entry = table[f"e{number}__at"]
        return column < entry if op is Op.BEFORE_STAGE else column > entry
    if op is Op.WITHIN_DAYS:
        return _within(facts, table, column=column, kind=declared.kind, count=condition.value)
    if op in AMONG:
        listed = condition.value if isinstance(condition.value, tuple) else ()
        values = [_read(value, kind=declared.kind) for value in listed]
        return column.isin(values) if op is Op.IN else column.notin(values)
    value = _read(condition.value, kind=declared.kind)
    found: ir.BooleanValue = getattr(column, f"__{op.value}__")(value)
    return found


def _within(
    facts: Facts, table: "ir.Table", *, column: "ir.Value", kind: Kind, count: object
) -> "ir.BooleanValue":
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    number = float(str(count))
    if kind is Kind.TIME:
        last = table.row_time + ibis.interval(seconds=round(number * 86_400))
        return (column >= table.row_time) & (column <= last)
    day = day_of(facts, table.row_time)
    return (column >= day) & (column <= day + ibis.interval(days=int(number)))


def _column(condition: Condition, *, position: int) -> Column:
    table = TABLES[stored(condition.table)]
    for column in table.columns:
        if column.name == condition.column:
            return column
    expected = f"a column of {condition.table} ({', '.join(table.column_names)})"
    raise PredicateError(found=condition.column, expected=expected, position=position)


def _check_op(grain: str, condition: Condition, *, column: Column, position: int) -> None:
    op, kind = condition.op, column.kind
    is_ordered = kind in _NUMBERS | {Kind.DATE, Kind.TIME}
    has_opportunity = "opportunity_id" in {
        *TABLES[stored(condition.table)].column_names,
        *TABLES[stored(grain)].column_names,
    }
    has_time = kind in {Kind.DATE, Kind.TIME} and grain in TIMES
    ordered = (is_ordered, "a number, day or instant")
    staged = (kind is Kind.TIME and has_opportunity, "an instant on a row of an opportunity")
    demands: Mapping[Op, tuple[bool, str]] = {
        **dict.fromkeys((Op.LT, Op.LE, Op.GT, Op.GE), ordered),
        **dict.fromkeys(OF_STAGE, staged),
        Op.WITHIN_DAYS: (
            has_time,
            f"a day or instant, and a grain with a time ({', '.join(sorted(TIMES))})",
        ),
    }
    fits, expected = demands.get(op, (True, ""))
    if not fits:
        found = f"{op} on {condition.table}.{column.name} ({kind})"
        raise PredicateError(found=found, expected=expected, position=position)
    if op in OF_NULL | OF_STAGE | {Op.WITHIN_DAYS}:
        return
    values = condition.value if isinstance(condition.value, tuple) else (condition.value,)
    for value in values:
        _check_value(value, column=column, position=position)


def _check_value(value: object, *, column: Column, position: int) -> None:
    try:
        _read(value, kind=column.kind)
    except (TypeError, ValueError, OverflowError) as cause:
        expected = f"a value of {column.name} ({column.kind})"
        raise PredicateError(found=repr(value), expected=expected, position=position) from cause


def _read(value: object, *, kind: Kind) -> Single | date | datetime:
    if kind in _TEXTS and isinstance(value, str):
        return value
    if kind is Kind.BOOL and isinstance(value, bool):
        return value
    if kind in _NUMBERS and isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if kind is Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is Kind.TIME and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    raise TypeError
