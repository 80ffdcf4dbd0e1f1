"""Doubts about days: what lies after the last day inside."""

from collections.abc import Iterator

from headway.facts import days
from headway.facts.catalogue import AHEAD, TABLES
from headway.facts.checks import affects
from headway.facts.engine import quoted
from headway.facts.tables import Kind, Table
from headway.facts.view import View
from headway.terms.answer import Mark


def doubts(facts: View) -> Iterator[Mark]:
    """Rows with a day or instant after `as_of` that is neither due, planned nor expected."""
    for table in TABLES.values():
        late = _late(facts, table) if facts.has(table.name) else ""
        if not late:
            continue
        rows = facts.engine.query(
            f"SELECT count(*) AS n, count(*) FILTER ({late}) AS late "
            f"FROM {facts.engine.relation(table.name)}",
        )
        counts = rows.to_pylist()[0]
        if counts["late"]:
            yield Mark(
                code="after_as_of",
                table=table.name,
                row_count=counts["late"],
                share=counts["late"] / counts["n"],
                affects=affects.BY_TABLE.get(table.name, ()),
            )


def _late(facts: View, table: Table) -> str:
    end = days.end(facts.as_of, time_zone=facts.organisation.time_zone)
    tests = {Kind.DATE: f"> DATE '{facts.as_of}'", Kind.TIME: f">= TIMESTAMP '{end}'"}
    return " OR ".join(
        f"{quoted(column.name)} {tests[column.kind]}"
        for column in table.columns
        if column.kind in tests
        and column.name not in AHEAD
        and facts.has_column(table.name, column.name)
    )
