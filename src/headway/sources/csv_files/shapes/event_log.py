"""Event logs of applications and offers (BPI Challenge 2012): a case is an opportunity.

`A_` activities are states of the application and become its stage and stage history; work items
(`W_`)
with start and complete become activities with a duration.
"""

from headway.sources.csv_files.mapping import Feed, chosen, constant, to
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape
from headway.sources.csv_files.tables import Bench

MAX_SESSION_HOURS = 8
"""A work session longer than this was left open overnight; its length is then not known."""

# Approved, registered and activated come in one moment: the first name stands for the three.
_STATES = """create view log_states as
select rowid as _row, case_id, cast(seq as bigint) as seq, ts, resource,
case when activity in ('A_REGISTERED', 'A_ACTIVATED') then 'A_APPROVED' else activity end as stage
from $events where activity like 'A\\_%' escape '\\' and lifecycle = 'COMPLETE'"""
# Whoever sends in nearly every first state is the system, not a person selling.
_SYSTEM = """create view log_system as select resource from log_states where seq = 0 and resource
is not null
group by resource having count(*) > 0.9 * (select count(*) from log_states where seq = 0)"""
_CASES = """create view log_cases as select c.rowid as _row, c.case_id, c.reg_date, c.amount_req,
s.stage, s.ended, w.owner
from $cases c left join (select case_id, arg_max(stage, seq) as stage,
arg_max(case when stage in ('A_APPROVED', 'A_DECLINED', 'A_CANCELLED') then ts end, seq) as ended
from log_states group by 1) s using (case_id)
left join (select case_id, arg_max(resource, cast(seq as bigint)) as owner from $events
where resource is not null and resource not in (select resource from log_system)
and (activity like 'A\\_%' escape '\\' or activity like 'O\\_%' escape '\\') group by 1) w using
(case_id)"""
_CHANGES = """create view log_changes as select _row, case_id, ts, resource, stage,
lag(stage) over (partition by case_id order by seq) as old from log_states
qualify old is distinct from stage"""
_WORK = """create view log_work as select rowid as _row, case_id || '-' || seq as id, case_id,
activity, resource, began,
case when minutes between 0 and $most then minutes::varchar end as minutes,
case when activity like 'W_Nabellen%' then 'call' else 'task' end as kind from (
select rowid, *, max(case when lifecycle = 'START' then ts end) over w as began,
date_diff('second', max(case when lifecycle = 'START' then ts end) over w ::timestamptz,
ts::timestamptz) / 60 as minutes
from $events where activity like 'W\\_%' escape '\\'
window w as (partition by case_id, activity order by cast(seq as bigint) rows between unbounded
preceding and current row))
where lifecycle = 'COMPLETE'"""

_OPPORTUNITY = (
    to("opportunity_id", "case_id"),
    to("owner_id", "owner"),
    to("stage", "stage"),
    to("amount", "amount_req"),
    to("created_at", "reg_date"),
    to("close_on", "ended"),
    to("closed_at", "ended"),
)
_CHANGE = (
    to("opportunity_id", "case_id"),
    to("changed_at", "ts"),
    constant("field", "stage"),
    to("old_value", "old"),
    to("new_value", "stage"),
    to("changed_by_id", "resource"),
    to("recorded_at", "ts"),
)
_ACTIVITY = (
    to("activity_id", "id"),
    to("kind", "kind"),
    chosen("direction", "kind", values={"call": "out"}, otherwise="internal"),
    to("purpose", "activity"),
    to("person_id", "resource"),
    to("opportunity_id", "case_id"),
    to("occurred_at", "began"),
    to("duration_minutes", "minutes"),
)


def plan(seen: Seen) -> Plan:
    """Cases as opportunities, states as their history, work sessions as activities."""
    parts = {role: raw.table for role, raw in seen.files.items()}
    parts["most"] = str(MAX_SESSION_HOURS * 60)
    for view in (_STATES, _SYSTEM, _CASES, _CHANGES, _WORK):
        seen.at.run(view, parts)
    cases, events = seen.files["cases"].name, seen.files["events"].name
    person = (to("person_id", "resource"), constant("is_service_user", "true"))
    return Plan(
        feeds=(
            Feed(
                table="seen/opportunity",
                relation="log_cases",
                fields=_OPPORTUNITY,
                counts_for=cases,
            ),
            Feed(table="seen/opportunity_change", relation="log_changes", fields=_CHANGE),
            Feed(table="seen/activity", relation="log_work", fields=_ACTIVITY, counts_for=events),
            Feed(table="seen/person", relation="log_system", fields=person),
        ),
        stages={
            "stage:A_APPROVED": "won",
            "stage:A_DECLINED": "lost",
            "stage:A_CANCELLED": "lost",
        },
        currency="EUR",
        notes=(
            (
                "The owner of an application is the last person, not the system, who moved it or "
                "its "
                "offer."
            ),
            (
                f"Work sessions over {MAX_SESSION_HOURS} hours were left open; their length is not "
                f"known."
            ),
        ),
        lacks=("Nobody's manager: groups below the whole organisation are not measured.",),
        remarks=_system,
    )


def _system(at: Bench) -> tuple[str, ...]:
    return tuple(
        f'"{row[0]}" sends in nearly every application and is read as the system, not as a person.'
        for row in at.rows("select resource from log_system order by 1")
    )


SHAPE = Shape(
    name="event_log",
    title="Event log of applications and offers",
    roles=(
        Role(
            name="events",
            needs=("case_id", "seq", "activity", "lifecycle", "resource", "ts"),
            is_required=True,
        ),
        Role(name="cases", needs=("case_id", "reg_date", "amount_req"), is_required=True),
    ),
    plan=plan,
    is_literal=True,
)
