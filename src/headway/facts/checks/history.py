"""Doubts about the history of changes: whether it is there, whose it is, when it was typed."""

from collections.abc import Iterator

from headway.facts.checks import affects
from headway.facts.view import View
from headway.terms.answer import Mark

_TABLE = "seen/opportunity_change"

LEAST_COVERAGE = 0.8
"""Below this share of opportunities whose last recorded stage is their stage, history has a gap."""
BULK_IN_A_MINUTE = 20
BULK_IN_A_DAY = 200
"""So many changes of one field by one person are an edit in bulk, not conduct."""
LATE_DAYS = 7
LATE_SHARE = 0.05
"""Rows typed in later than this are late; from this share on they are a doubt."""
ONE_SOURCE_SHARE = 0.95


def doubts(facts: View) -> Iterator[Mark]:
    """The doubts of this module."""
    if facts.has(_TABLE):
        yield from history_gap(facts)
        yield from bulk_edit(facts)
        yield from single_source_change(facts)
    yield from late_recording(facts)


def history_gap(facts: View) -> Iterator[Mark]:
    """Opportunities whose last recorded stage is not their stage, or who have no recorded stage.

    A doubt where they contradict each other anywhere, or where fewer than 80 % agree. `figures`:
    `coverage` (share that agrees), `contradicting` (their count).
    """
    rows = facts.engine.query(
        f"""WITH last AS (
            SELECT opportunity_id, arg_max(new_value, changed_at) AS stage
            FROM {facts.engine.relation(_TABLE)} WHERE field = 'stage' GROUP BY 1)
        SELECT count(*) AS n, count(*) FILTER (last.stage = here.stage) AS agree,
            count(*) FILTER (last.stage <> here.stage) AS contradicting
        FROM {facts.engine.relation("seen/opportunity")} AS here LEFT JOIN last
        USING (opportunity_id) WHERE NOT coalesce(is_deleted, false)"""
    )
    counts = rows.to_pylist()[0]
    n, agree, contradicting = counts["n"], counts["agree"], counts["contradicting"]
    if n and (contradicting or agree < LEAST_COVERAGE * n):
        yield Mark(
            code="history_gap",
            table=_TABLE,
            row_count=n - agree,
            share=(n - agree) / n,
            affects=affects.STAGES,
            figures={"coverage": agree / n, "contradicting": contradicting},
        )


def bulk_edit(facts: View) -> Iterator[Mark]:
    """Many changes of one field by one person in one minute or on one day.

    First values are left out: they come with the opportunity. `figures`: `largest` (rows of the
    largest), `field` and `on` of it.
    """
    rows = facts.engine.query(
        f"""WITH changes AS (
            SELECT field, changed_by_id, changed_at::DATE AS day,
                epoch_us(changed_at) // 60000000 AS minute
            FROM {facts.engine.relation(_TABLE)} WHERE old_value IS NOT NULL
        ), minutes AS (
            SELECT field, changed_by_id, day, minute, count(*) AS n FROM changes
            WHERE minute IN (
                SELECT minute FROM changes GROUP BY 1 HAVING count(*) >= {BULK_IN_A_MINUTE})
            GROUP BY ALL HAVING count(*) >= {BULK_IN_A_MINUTE}
        ), days AS (
            SELECT field, changed_by_id, day, count(*) AS n FROM changes
            WHERE day IN (SELECT day FROM changes GROUP BY 1 HAVING count(*) >= {BULK_IN_A_DAY})
            GROUP BY ALL HAVING count(*) >= {BULK_IN_A_DAY}
        ), found AS (
            SELECT field, changed_by_id, day, sum(n)::BIGINT AS n FROM minutes GROUP BY ALL
            UNION ALL FROM days)
        SELECT field, day, max(n) AS bulk, (SELECT count(*) FROM changes) AS changes
        FROM found GROUP BY field, changed_by_id, day ORDER BY bulk DESC, field, day"""
    )
    found = rows.to_pylist()
    if found:
        row_count = sum(each["bulk"] for each in found)
        largest = found[0]
        yield Mark(
            code="bulk_edit",
            table=_TABLE,
            row_count=row_count,
            share=row_count / largest["changes"],
            affects=affects.STAGES,
            figures={
                "largest": largest["bulk"],
                "field": largest["field"],
                "on": largest["day"].isoformat(),
            },
        )


def single_source_change(facts: View) -> Iterator[Mark]:
    """Nearly all changes come from one person, perhaps an integration: whose is not known."""
    rows = facts.engine.query(
        f"""SELECT changed_by_id, count(*) AS n, sum(count(*)) OVER ()::BIGINT AS changes,
            count(*) OVER () AS people, (
                SELECT count(DISTINCT owner_id) FROM {facts.engine.relation("seen/opportunity")}
            ) AS owners
        FROM {facts.engine.relation(_TABLE)}
        WHERE changed_by_id IS NOT NULL AND old_value IS NOT NULL
        GROUP BY 1 ORDER BY n DESC, changed_by_id LIMIT 1"""
    )
    for most in rows.to_pylist():
        if most["owners"] > 1 and most["n"] >= ONE_SOURCE_SHARE * most["changes"]:
            yield Mark(
                code="single_source_change",
                table=_TABLE,
                row_count=most["n"],
                share=most["n"] / most["changes"],
                affects=("push_count",),
            )


def late_recording(facts: View) -> Iterator[Mark]:
    """Rows typed in more than a week after they happened, where they are 5 % or more."""
    for table, happened in (
        ("seen/opportunity", "created_at"),
        (_TABLE, "changed_at"),
        ("seen/activity", "occurred_at"),
    ):
        if not facts.has_column(table, "recorded_at"):
            continue
        rows = facts.engine.query(
            f"""SELECT count(recorded_at) AS n,
                count(*) FILTER (recorded_at > {happened} + INTERVAL {LATE_DAYS} DAY) AS late
            FROM {facts.engine.relation(table)}"""
        )
        counts = rows.to_pylist()[0]
        if counts["late"] and counts["late"] >= LATE_SHARE * counts["n"]:
            yield Mark(
                code="late_recording",
                table=table,
                row_count=counts["late"],
                share=counts["late"] / counts["n"],
                affects=affects.STAGES if table == _TABLE else (),
            )
