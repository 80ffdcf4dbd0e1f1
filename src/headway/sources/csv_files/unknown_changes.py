"""Histories of changes nobody described: id, what changed, from what, to what, and when."""

from collections.abc import Mapping

from headway.sources.csv_files import dates, money, naming
from headway.sources.csv_files.mapping import Feed, to
from headway.sources.csv_files.statements import literal, quoted
from headway.sources.csv_files.synonyms import OPPORTUNITY
from headway.sources.csv_files.tables import Bench, Raw

_TRACKED = ("stage", "amount", "close_on", "owner_id", "probability_share", "forecast_category")
_SAME = {"outcome": "stage", "closed_on": "close_on"}
_VIEW = """create view changes_of_$table as select rowid as _row, *, $field as field_of,
$old as old_of, $new as new_of from $table where $field is not null"""
_DISTINCT = "select distinct $text from $table where $text is not null limit 20000"


def feeds(at: Bench, *, raw: Raw, theirs: Mapping[str, str]) -> tuple[list[Feed], list[str]]:
    """The feed of one history, and a sentence about the fields that are not followed."""
    field, notes = "'stage'", []
    if "field" in theirs:
        names = [str(row[0]) for row in _values(at, raw=raw, text=quoted(theirs["field"]))]
        known = {name: ours for name in names if (ours := followed(name))}
        if not known:
            return [], [f"{raw.name} was not read: it follows no field that Headway follows."]
        cases = " ".join(f"when {literal(n)} then {literal(o)}" for n, o in known.items())
        field = f"case {quoted(theirs['field'])} {cases} end"
        others = sorted(set(names) - set(known))
        if others:
            notes = [f"Changes of {', '.join(others[:8])} in {raw.name} are not followed."]
    parts = {"table": raw.table, "field": field}
    for ours, name in (("old_value", "old"), ("new_value", "new")):
        parts[name] = _said(at, raw=raw, column=theirs.get(ours), field=field)
    at.run(_VIEW, parts)
    fields = (
        to("opportunity_id", theirs["opportunity_id"]),
        to("changed_at", theirs["changed_at"]),
        to("field", "field_of"),
        to("old_value", "old_of"),
        to("new_value", "new_of"),
    )
    relation = f"changes_of_{raw.table}"
    feed = Feed(
        table="seen/opportunity_change", relation=relation, fields=fields, counts_for=raw.name
    )
    return [feed], notes


def followed(name: str) -> str:
    """Which of ours a field's name means; "" where we do not follow it.

    >>> [followed(name) for name in ("Deal Stage", "Status", "Amount", "Description")]
    ['stage', 'stage', 'amount', '']
    """
    wanted = (*_TRACKED, *_SAME)
    scores = {ours: naming.score(name, names=tuple(OPPORTUNITY[ours].split())) for ours in wanted}
    best = max(scores, key=lambda ours: scores[ours])
    return _SAME.get(best, best) if scores[best] >= naming.SURE else ""


def _said(at: Bench, *, raw: Raw, column: str | None, field: str) -> str:
    """A value as our facts write it: amounts with two decimals, days as year-month-day."""
    if column is None:
        return "cast(null as varchar)"
    text = quoted(column)
    if field == "'stage'":
        return text
    wheres = {
        ours: f"case when {field} = '{ours}' then {text} end" for ours in ("amount", "close_on")
    }
    amounts = [str(row[0]) for row in _values(at, raw=raw, text=wheres["amount"])]
    days = [str(row[0]) for row in _values(at, raw=raw, text=wheres["close_on"])]
    number = money.style(amounts).number(text, type_name="decimal(18, 2)")
    day = dates.style(days, answer=dates.Order.DAY_FIRST).instant(text)
    return (
        f"case {field} when 'amount' then cast({number} as varchar)"
        f" when 'close_on' then cast(cast({day} as date) as varchar) else {text} end"
    )


def _values(at: Bench, *, raw: Raw, text: str) -> list[tuple[object, ...]]:
    return at.rows(_DISTINCT, {"text": text, "table": raw.table})
