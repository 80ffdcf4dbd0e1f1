"""What Salesforce kept over time: field changes, tasks and events."""

from headway.sources.csv_files.mapping import Conversion, Feed, Field, constant, converted, to
from headway.sources.csv_files.shapes.shape import Seen
from headway.sources.csv_files.statements import literal, quoted

# One row of OpportunityHistory holds all tracked values; a change is where one differs from the
# row before.
_CHANGED = """select rowid as _row, $deal as deal, $at as at, $by as by, $field as field,
lag($value) over (partition by $deal order by $at, rowid) as old, $value as new,
row_number() over (partition by $deal order by $at, rowid) as n from $history
qualify (n = 1 or new is distinct from old) and (new is not null or old is not null)"""
_TRACKED = (
    ("stage", ("StageName", "Stage")),
    ("amount", ("Amount",)),
    ("close_on", ("CloseDate", "Close Date")),
    ("probability_share", ("Probability",)),
    ("forecast_category", ("ForecastCategory",)),
)
_NAMES = {
    "StageName": "stage",
    "Stage": "stage",
    "Amount": "amount",
    "CloseDate": "close_on",
    "Owner": "owner_id",
    "OwnerId": "owner_id",
    "Probability": "probability_share",
    "ForecastCategoryName": "forecast_category",
}
_CHANGE: tuple[Field, ...] = (
    to("opportunity_id", "deal"),
    to("changed_at", "at"),
    to("field", "field"),
    to("old_value", "old"),
    to("new_value", "new"),
    to("changed_by_id", "by"),
    to("recorded_at", "at"),
)
_FIELDS = """create view sf_fields as select rowid as _row, $deal as deal, $at as at, $by as by,
case $field $names end as field, $old as old, $new as new from $history where $field is not null"""

_ACTIVITY: tuple[Field, ...] = (
    to("activity_id", "Id"),
    to("purpose", "Type", "Subject"),
    to("person_id", "OwnerId"),
    to("account_id", "AccountId"),
    to("opportunity_id", "about"),
    to("occurred_at", "at"),
)
_TASK_VIEW = """create view sf_tasks as select rowid as _row, t.*,
coalesce($when) as at,
case when $kind ilike '%call%' then 'call' when $kind ilike '%mail%' then 'email'
when $kind ilike '%meeting%' then 'meeting' else 'task' end as kind_of,
case when $direction ilike 'inbound' then 'in' when $direction ilike 'internal' then 'internal'
when $kind ilike '%call%' or $kind ilike '%mail%' then 'out' when $kind ilike '%meeting%' then
'joint'
else 'internal' end as direction_of,
$seconds as seconds, case when $what in (select $key from $deals) then $what end as about,
case when regexp_matches(coalesce($result, ''), '(?i)no answer|voicemail|^busy$$')
then 'no_answer' else $result end as result_of
from $tasks t"""
_EVENT_VIEW = """create view sf_events as select rowid as _row, t.*, $start as at,
$minutes as minutes, case when $what in (select $key from $deals) then $what end as about
from $events t where not lower(coalesce($child, 'false')) in ('true', '1')"""


def feeds(seen: Seen) -> list[Feed]:
    """Changes, tasks and events, as far as their files are there."""
    return [*_changes(seen), *_tasks(seen), *_events(seen)]


def _changes(seen: Seen) -> list[Feed]:
    found = []
    if seen.has("history"):
        seen.at.run("create view sf_history as $selects", {"selects": _history(seen)})
        found.append(Feed(table="seen/opportunity_change", relation="sf_history", fields=_CHANGE))
    if seen.has("field_history"):
        # Where the full history is there, only the owner is taken from the field history.
        wanted = {"Owner": "owner_id", "OwnerId": "owner_id"} if seen.has("history") else _NAMES
        names = " ".join(f"when {literal(k)} then {literal(v)}" for k, v in wanted.items())
        seen.at.run(_FIELDS, {**_fields(seen), "names": names})
        found.append(Feed(table="seen/opportunity_change", relation="sf_fields", fields=_CHANGE))
    return found


def _fields(seen: Seen) -> dict[str, str]:
    named = {
        "deal": "OpportunityId",
        "at": "CreatedDate",
        "by": "CreatedById",
        "field": "Field",
        "old": "OldValue",
        "new": "NewValue",
    }
    columns = {
        ours: _or_null(seen, role="field_history", name=name) for ours, name in named.items()
    }
    return {**columns, "history": seen.files["field_history"].table}


def _history(seen: Seen) -> str:
    selects = []
    for field, names in _TRACKED:
        value = seen.column("history", *names)
        if value is not None:
            parts = {
                "$deal": quoted(seen.column("history", "OpportunityId") or ""),
                "$at": quoted(seen.column("history", "CreatedDate") or ""),
                "$by": _or_null(seen, role="history", name="CreatedById"),
                "$field": literal(field),
                "$value": quoted(value),
                "$history": seen.files["history"].table,
            }
            text = _CHANGED
            for name, part in parts.items():
                text = text.replace(name, part)
            selects.append(f"({text})")
    return " union all ".join(selects)


def _or_null(seen: Seen, *, role: str, name: str) -> str:
    column = seen.column(role, name)
    return "null" if column is None else quoted(column)


def _deal_key(seen: Seen) -> dict[str, str]:
    key = seen.column("opportunity", "Id", "Opportunity ID")
    deals = seen.files["opportunity"].table
    return {"deals": deals, "key": quoted(key) if key else "null"}


def _tasks(seen: Seen) -> list[Feed]:
    if not seen.has("task"):
        return []
    raw = seen.files["task"]
    moments = ("CompletedDateTime", "ActivityDate", "CreatedDate")
    parts = {
        "tasks": raw.table,
        "when": ", ".join(_or_null(seen, role="task", name=name) for name in moments),
        "kind": f"coalesce({_or_null(seen, role='task', name='TaskSubtype')}, "
        f"{_or_null(seen, role='task', name='Type')}, '')",
        "direction": f"coalesce({_or_null(seen, role='task', name='CallType')}, '')",
        "seconds": _or_null(seen, role="task", name="CallDurationInSeconds"),
        "what": _or_null(seen, role="task", name="WhatId"),
        "result": f"cast({_or_null(seen, role='task', name='CallDisposition')} as varchar)",
        **_deal_key(seen),
    }
    seen.at.run(_TASK_VIEW, parts)
    fields = (
        *_ACTIVITY,
        to("kind", "kind_of"),
        to("direction", "direction_of"),
        to("outcome", "result_of"),
        converted("duration_minutes", Conversion.SECONDS, "seconds"),
    )
    return [Feed(table="seen/activity", relation="sf_tasks", fields=fields, counts_for=raw.name)]


def _events(seen: Seen) -> list[Feed]:
    if not seen.has("event"):
        return []
    raw = seen.files["event"]
    parts = {
        "events": raw.table,
        "start": _or_null(seen, role="event", name="StartDateTime"),
        "minutes": _or_null(seen, role="event", name="DurationInMinutes"),
        "what": _or_null(seen, role="event", name="WhatId"),
        "child": _or_null(seen, role="event", name="IsChild"),
        **_deal_key(seen),
    }
    seen.at.run(_EVENT_VIEW, parts)
    fields = (
        *_ACTIVITY,
        constant("kind", "meeting"),
        constant("direction", "joint"),
        to("duration_minutes", "minutes"),
    )
    return [Feed(table="seen/activity", relation="sf_events", fields=fields, counts_for=raw.name)]
