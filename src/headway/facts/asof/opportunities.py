"""The opportunity as it stood on a day: rebuilt from its changes where there are any.

For each field with changes: the value of the last change recorded by then (the latest `changed_at`
holds); where all were recorded later, the value before the first of them. The group of a rebuilt
stage is today's if the stage is today's, else that of `seen/stage_def`, else the group the stage
has in every opportunity, else open. A closed opportunity keeps `closed_at` if it lies before the
end of the day, and has the instant of its last stage change otherwise.

Without changes of the stage, an opportunity that closed later was open; its stage is given as
"open", since which one it was is not known. Of what was open, closing instant and lost reason are
unknown; of what closed later, so are expected close date, probability and forecast category where
they have no changes, for today's values tell how it ended. `report_amount` follows a rebuilt amount
at today's rate. What has no history stands as it is.
"""

from datetime import date

from headway.facts.catalogue import TABLES
from headway.facts.engine import quoted
from headway.facts.known import Facts
from headway.facts.tables import STORED_AS

REBUILT = (
    "stage",
    "amount",
    "close_on",
    "owner_id",
    "probability_share",
    "forecast_category",
    "next_step_on",
)
_ENDS = ("close_on", "probability_share", "forecast_category")
_TABLE = TABLES["seen/opportunity"]


def as_they_stood(facts: Facts, *, day: date, end: str) -> str:
    """SQL for `seen/opportunity` in the state it had at the end of the day.

    Args:
        facts: what is known today.
        day: of the organisation.
        end: the first instant after it, as an SQL literal.
    """
    kinds = {column.name: column.kind for column in _TABLE.columns}
    parts = {column.name: f"o.{quoted(column.name)}" for column in _TABLE.columns}
    for field in REBUILT:
        rebuilt = f"try_cast(o.past_{field} AS {STORED_AS[kinds[field]]})"
        today = f"CASE WHEN NOT ended_later THEN o.{field} END" if field in _ENDS else f"o.{field}"
        parts[field] = f"CASE WHEN o.has_{field} THEN {rebuilt} ELSE {today} END"
    parts["stage"] = "stage_then"
    parts["stage_group"] = "group_then"
    parts["closed_at"] = (
        "CASE WHEN group_then = 'open' THEN NULL "
        f"WHEN o.closed_at < {end} THEN o.closed_at ELSE o.past_stage_at END"
    )
    parts["lost_reason"] = "CASE WHEN group_then = 'lost' THEN o.lost_reason END"
    parts["report_amount"] = (
        f"CASE WHEN {parts['amount']} IS NOT DISTINCT FROM o.amount THEN o.report_amount "
        f"WHEN o.amount <> 0 THEN round(o.report_amount::DOUBLE * ({parts['amount']})::DOUBLE "
        "/ o.amount::DOUBLE, 2)::DECIMAL(18,2) END"
    )
    select = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in parts.items())
    steps = f"{_past(facts, end=end)}, {_stood(facts, day=day, end=end)}"
    return f"WITH {steps} SELECT {select} FROM stood AS o"


def _past(facts: Facts, *, end: str) -> str:
    """One row per opportunity with changes: of each field the value then, if it has any."""
    values = ", ".join(
        f"any_value(v) FILTER (field = '{field}') AS past_{field}, "
        f"bool_or(field = '{field}') AS has_{field}"
        for field in REBUILT
    )
    return f"""changes AS (
        SELECT *, coalesce(recorded_at, changed_at) AS learned_at
        FROM {facts.engine.relation("seen/opportunity_change")}
    ), recorded AS (
        SELECT opportunity_id, field,
            arg_max({{'v': new_value, 'moment': changed_at}}, (changed_at, learned_at)) AS s
        FROM changes WHERE learned_at < {end} GROUP BY ALL
    ), later AS (
        SELECT opportunity_id, field,
            arg_min({{'v': old_value, 'moment': NULL::TIMESTAMP}}, (changed_at, learned_at)) AS s
        FROM changes WHERE learned_at >= {end} GROUP BY ALL
    ), either AS (
        FROM recorded
        UNION ALL FROM later ANTI JOIN recorded USING (opportunity_id, field)
    ), fields AS (
        SELECT opportunity_id, field, s.v AS v, s.moment AS moment FROM either
    ), past AS (
        SELECT opportunity_id, {values}, any_value(moment) FILTER (field = 'stage') AS past_stage_at
        FROM fields GROUP BY 1)"""


def _stood(facts: Facts, *, day: date, end: str) -> str:
    """Every opportunity with the stage and group it had, and whether it ended only later."""
    opportunities = facts.engine.relation("seen/opportunity")
    defined = facts.engine.relation("seen/stage_def")
    has = ", ".join(f"coalesce(has_{field}, false) AS has_{field}" for field in REBUILT)
    return f"""usual AS (
        SELECT stage, min(stage_group) AS stage_group FROM {opportunities}
        GROUP BY 1 HAVING count(DISTINCT stage_group) = 1
    ), placed AS (
        SELECT o.*, past.* EXCLUDE (opportunity_id) REPLACE ({has}),
            CASE WHEN past_stage IS NOT NULL THEN past_stage
                WHEN o.stage_group <> 'open'
                    AND coalesce(o.closed_at >= {end}, o.close_on > DATE '{day}', false)
                THEN 'open' ELSE o.stage END AS stage_then
        FROM {opportunities} AS o LEFT JOIN past USING (opportunity_id)
    ), grouped AS (
        SELECT p.*, CASE WHEN stage_then = p.stage AND NOT (past_stage IS NULL
                AND stage_then = 'open') THEN p.stage_group
            ELSE coalesce(d.stage_group, u.stage_group, 'open') END AS group_then
        FROM placed AS p
        LEFT JOIN {defined} AS d ON d.pipeline = p.pipeline AND d.stage = stage_then
        LEFT JOIN usual AS u ON u.stage = stage_then
    ), stood AS (
        SELECT *, stage_group <> 'open' AND group_then = 'open' AS ended_later FROM grouped)"""
