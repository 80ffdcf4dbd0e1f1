"""Doubts about logging: whether silence means nothing was done, or nothing was written down."""

from collections.abc import Iterator

from headway.facts.checks import affects
from headway.facts.view import View
from headway.terms.answer import Mark

_TABLE = "seen/activity"

LEAST_PEERS = 5
FLOOR = 1 / 3
"""Of the median of peers: who logs less a week is taken for one who does not log."""


def doubts(facts: View) -> Iterator[Mark]:
    """Sellers who log less than a third of what their peers log in a week.

    A seller is whoever owns an opportunity; weeks run from the first to the last row that bears the
    seller's name, activity or opportunity, four at least. `figures`: `median` (activities a week).
    """
    if not facts.has(_TABLE):
        return
    weeks = "greatest(date_diff('day', min(first), max(last)) / 7.0, 4)"
    rows = facts.engine.query(
        f"""WITH named AS (
            SELECT owner_id AS person_id, min(created_at) AS first, max(created_at) AS last,
                0 AS n, true AS is_owner
            FROM {facts.engine.relation("seen/opportunity")} WHERE owner_id IS NOT NULL GROUP BY 1
            UNION ALL
            SELECT person_id, min(occurred_at), max(occurred_at), count(*), false
            FROM {facts.engine.relation(_TABLE)} GROUP BY 1
        ), sellers AS (
            SELECT person_id, sum(n) / {weeks} AS per_week FROM named
            GROUP BY 1 HAVING bool_or(is_owner) AND min(first) IS NOT NULL)
        SELECT count(*) AS n, median(per_week) AS median, count(*) FILTER (
            per_week < {FLOOR} * (SELECT median(per_week) FROM sellers)) AS low
        FROM sellers"""
    )
    found = rows.to_pylist()[0]
    if found["n"] >= LEAST_PEERS and found["low"]:
        yield Mark(
            code="low_logging",
            table=_TABLE,
            row_count=found["low"],
            share=found["low"] / found["n"],
            affects=affects.CONVERSATIONS,
            figures={"median": found["median"]},
        )
