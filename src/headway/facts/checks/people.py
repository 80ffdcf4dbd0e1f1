"""Doubts about people: who belongs nowhere."""

from collections.abc import Iterator

from headway.facts.checks import affects
from headway.facts.view import View
from headway.terms.answer import Mark

_TABLE = "seen/reporting_line"


def doubts(facts: View) -> Iterator[Mark]:
    """Owners of opportunities who are still here but report to nobody on the last day.

    Whoever others report to is the top and needs no manager.
    """
    if not facts.has(_TABLE):
        return
    rows = facts.engine.query(
        f"""WITH lines AS (
            SELECT person_id, manager_id FROM {facts.engine.relation(_TABLE)}
            WHERE valid_from <= DATE '{facts.as_of}'
            AND (valid_to IS NULL OR valid_to > DATE '{facts.as_of}')
        ), owners AS (
            SELECT DISTINCT owner_id AS person_id
            FROM {facts.engine.relation("seen/opportunity")} AS o
            JOIN {facts.engine.relation("seen/person")} AS p ON p.person_id = o.owner_id
            WHERE p.left_on IS NULL OR p.left_on > DATE '{facts.as_of}')
        SELECT count(*) AS n, count(*) FILTER (
            person_id NOT IN (FROM lines SELECT person_id WHERE manager_id IS NOT NULL)
            AND person_id NOT IN (FROM lines SELECT manager_id WHERE manager_id IS NOT NULL)
        ) AS alone FROM owners"""
    )
    counts = rows.to_pylist()[0]
    if counts["alone"]:
        yield Mark(
            code="missing_manager",
            table=_TABLE,
            row_count=counts["alone"],
            share=counts["alone"] / counts["n"],
            affects=affects.SELLERS,
        )
