"""Cutting facts to a day: the rows known by then, and the state things were in."""

import hashlib
from dataclasses import replace
from datetime import date
from typing import ClassVar

from headway.facts import days
from headway.facts.asof import opportunities
from headway.facts.asof.known_from import KNOWN_FROM, SPANS, UNDONE
from headway.facts.bundle import rules
from headway.facts.bundle.raw import ROW
from headway.facts.bundle.rules import stage
from headway.facts.catalogue import AHEAD, OWN
from headway.facts.engine import Engine, quoted
from headway.facts.known import Facts
from headway.facts.tables import Column, Kind, Table
from headway.terms.errors import HeadwayError


class AsOfError(HeadwayError):
    """A day on which nothing can have been known."""

    code: ClassVar[str] = "facts.as_of"


def cut(facts: Facts, day: date) -> Facts:
    """The facts as they were known at the end of a day, in the organisation's time zone.

    Which rows were known is told, table by table, in `headway.facts.asof.known_from`; how the state
    of an opportunity is rebuilt, in `headway.facts.asof.opportunities`.

    Args:
        facts: what is known today.
        day: not before `data_from`. The last day inside, or a later one, cuts nothing off.

    Raises:
        AsOfError: the day lies before the data.
    """
    if day < facts.data_from:
        raise AsOfError(
            f"Nothing was recorded by {day}: the data begins on {facts.data_from}. "
            "Choose a later day."
        )
    if day >= facts.as_of:
        return facts
    end = f"TIMESTAMP '{days.end(day, time_zone=facts.organisation.time_zone)}'"
    engine = Engine()
    present = [table for table in (*rules.in_order(), *OWN.values()) if facts.has(table.name)]
    for table in present:
        known = facts.engine.query(_known(facts, table, day=day, end=end))
        engine.connection.register("arriving", known)
        engine.connection.execute(
            f"CREATE TABLE {stage(table.name)} AS "
            f"SELECT row_number() OVER () - 1 AS {ROW}, * FROM arriving"
        )
        engine.connection.unregister("arriving")
    _resolve(engine, present)
    for table in present:
        columns = ", ".join(quoted(name) for name in table.column_names)
        lacking = [name for name in table.column_names if not facts.has_column(table.name, name)]
        engine.hold_view(table.name, f"SELECT {columns} FROM {stage(table.name)}", lacking=lacking)
    facts_id = hashlib.sha256(f"{facts.facts_id} {day}".encode()).hexdigest()
    return replace(facts, engine=engine, as_of=day, facts_id=facts_id)


def _resolve(engine: Engine, present: list[Table]) -> None:
    """Rows that need what was not known yet go; what they may do without is left unknown."""
    staged = [table.name for table in present]
    for table in present:
        breaks = rules.needed_references(engine, table, staged=staged)
        rules.reject(engine, breaks, table=table)
    for table in present:
        for _ in rules.optional_references(engine, table, staged=staged):
            pass


def _known(facts: Facts, table: Table, *, day: date, end: str) -> str:
    """SQL for the rows of a table known by the end of the day, as they stood."""
    relation = facts.engine.relation(table.name)
    source, select = (
        relation,
        ", ".join(
            f"{_as_it_was(table, column, day=day, end=end)} AS {quoted(column.name)}"
            for column in table.columns
        ),
    )
    if table.name == "seen/opportunity":
        source = f"({opportunities.as_they_stood(facts, day=day, end=end)})"
        select = ", ".join(quoted(name) for name in table.column_names)
    return f"SELECT {select} FROM {source} WHERE {_was_known(table, day=day, end=end)}"


def _was_known(table: Table, *, day: date, end: str) -> str:
    if table.name in SPANS:
        column, length = SPANS[table.name]
        return f"{column} + INTERVAL {length} <= DATE '{day}' + INTERVAL 1 DAY"
    happened = KNOWN_FROM.get(table.name)
    if happened is None:
        return "true"
    by_then = f"NOT coalesce({_is_later(table, happened, day=day, end=end)}, false)"
    if "recorded_at" in table.column_names:
        return f"coalesce(recorded_at < {end}, {by_then})"
    return by_then


def _as_it_was(table: Table, column: Column, *, day: date, end: str) -> str:
    name = quoted(column.name)
    if column.name in UNDONE.get(table.name, {}):
        happened, before = UNDONE[table.name][column.name]
        later = _is_later(table, happened, day=day, end=end)
        return f"CASE WHEN {later} THEN {before} ELSE {name} END"
    is_open_end = column.name == "valid_to"
    may_lie_ahead = column.name in AHEAD and not is_open_end
    if not column.is_optional or may_lie_ahead or column.kind not in (Kind.DATE, Kind.TIME):
        return name
    later = _is_later(table, column.name, day=day, end=end)
    return f"CASE WHEN {later} THEN NULL ELSE {name} END"


def _is_later(table: Table, name: str, *, day: date, end: str) -> str:
    """SQL for "lies after the day"; null where it is not known when."""
    kind = next(column.kind for column in table.columns if column.name == name)
    return f"{quoted(name)} > DATE '{day}'" if kind is Kind.DATE else f"{quoted(name)} >= {end}"
