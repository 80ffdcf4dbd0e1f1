"""From what unknown columns were taken for, to feeds of our tables."""

from collections.abc import Mapping, Sequence

from headway.sources.csv_files import lines, unknown_changes
from headway.sources.csv_files.canonical import DATA_FROM
from headway.sources.csv_files.guessing import Guess
from headway.sources.csv_files.mapping import (
    Conversion,
    Feed,
    Field,
    chosen,
    constant,
    converted,
    to,
)
from headway.sources.csv_files.shapes.shape import Plan, Seen, latest
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw
from headway.sources.csv_files.unknown_views import STAGE, Together, together

_TYPES = {
    "new": "new",
    "new business": "new",
    "neu": "new",
    "renewal": "renewal",
    "expansion": "expansion",
}
_OF_ACCOUNT = ("region", "country", "segment", "industry")
_OF_SELLER = ("team", "manager")
_OPPORTUNITY = (
    "opportunity_id",
    "name",
    "stage",
    "amount",
    "created_at",
    "close_on",
    "owner_id",
    "lead_source",
    "currency",
    "probability_share",
    "lost_reason",
    "pipeline",
    "next_step",
    "forecast_category",
)
_VIEW = "create view $view as select $row * $replaced, $account as account_of $made from $table"
_LINES = """create view unknown_lines as select *, '1' as line_of, $amount as line_amount_of
from unknown_opportunities where $product is not null"""
_PRODUCTS = (
    "create view unknown_products as select distinct $product as product, $family as "
    "family from $table"
)
_ACCOUNTS = """create view unknown_accounts as select account_of, $columns from
unknown_opportunities
where account_of is not null group by account_of"""
_SELLERS = """create view unknown_sellers as select $owner as person, mode($team) as team,
mode($manager) as manager,
'seller' as role_of from $table where $owner is not null group by $owner
union all select manager, null, null, 'manager' from (select distinct mode($manager) as manager
from $table
where $owner is not null group by $owner) where manager is not null
and manager not in (select $owner from $table where $owner is not null)"""


def feeds(
    at: Bench,
    *,
    opportunities: tuple[Raw, Guess],
    others: Sequence[tuple[Raw, Guess]],
    answers: Mapping[str, str],
) -> Plan:
    """How all files feed our tables, and what people should know about them."""
    file, guess = opportunities
    single = lines.whole(
        at, raw=file, theirs={ours: column for column, ours in guess.taken.items()}
    )
    raw = single.raw
    parts = [column for column in raw.header if guess.taken.get(column) == "amount_part"]
    read = together(
        at,
        raw=raw,
        theirs={ours: column for column, ours in guess.taken.items() if ours != "amount_part"},
        parts=parts,
        answers=answers,
    )
    theirs = read.theirs
    notes = [*_about_parts(parts), *single.notes, *_about_key(raw, theirs=theirs)]
    has_accounts = any(each.table == "seen/account" for _, each in others)
    _view(at, raw=raw, file=file, read=read, is_alone=not has_accounts, notes=notes)
    found = [_opportunity(raw, theirs=theirs)]
    found.extend(_lines(at, raw=file, theirs=theirs, others=others, single=single))
    if not has_accounts:
        found.extend(_accounts(at, theirs=theirs))
    if not any(each.table == "seen/person" for _, each in others):
        found.extend(_sellers(at, raw=raw, theirs=theirs))
    for other, other_guess in others:
        theirs_too = {ours: column for column, ours in other_guess.taken.items()}
        if other_guess.table == "seen/opportunity_change":
            history, said = unknown_changes.feeds(at, raw=other, theirs=theirs_too)
            found.extend(history)
            notes.extend(said)
        else:
            found.extend(_other(other, table=other_guess.table, theirs=theirs_too, at=at))
    modified = [theirs["modified_at"]] if "modified_at" in theirs else []
    return Plan(
        feeds=tuple(found),
        notes=tuple(notes),
        stages=read.stages,
        modified=latest(Seen(at=at, files={"all": raw}), role="all", names=modified),
    )


def _about_parts(parts: Sequence[str]) -> list[str]:
    named = ", ".join(f'"{column}"' for column in parts)
    return [f"The amount of an opportunity is the sum of {named}."] if parts else []


def _about_key(raw: Raw, *, theirs: Mapping[str, str]) -> list[str]:
    if "opportunity_id" in theirs:
        return []
    said = (
        f"No column of {raw.name} is an id of the opportunity: each row is read as one, and a row "
        f"that changes will look like another one."
    )
    return [said]


def _column(theirs: Mapping[str, str], ours: str) -> str:
    return quoted(theirs[ours]) if ours in theirs else "cast(null as varchar)"


def _view(
    at: Bench, *, raw: Raw, file: Raw, read: Together, is_alone: bool, notes: list[str]
) -> None:
    """Opportunities with the account of their row, and columns that speak together as one."""
    theirs = read.theirs
    account = _column(theirs, "account_id")
    traits = [ours for ours in _OF_ACCOUNT if ours in theirs] if is_alone else []
    if traits and not _is_constant(at, raw=raw, theirs=theirs, traits=traits):
        parts = [_column(theirs, ours) for ours in (*traits, "account_id") if ours in theirs]
        account = f"nullif(concat_ws(' / ', {', '.join(parts)}), '')"
        named = ", ".join(f'"{theirs[ours]}"' for ours in traits)
        notes.append(
            f"Each combination of {named} is read as an account, as these columns are not one "
            f"per account."
        )
    replaced = [
        f"{sql} as {quoted(name)}" for name, sql in read.replaced.items() if name in raw.header
    ]
    made = [f", {sql} as {name}" for name, sql in read.replaced.items() if name not in raw.header]
    said = {
        "account": account,
        "replaced": f"replace ({', '.join(replaced)})" if replaced else "",
        "made": "".join(made),
    }
    row = "" if raw.table != file.table else "rowid as _row,"
    at.run(_VIEW, {**said, "view": "unknown_opportunities", "row": row, "table": raw.table})
    if raw.last_taken is not None:
        looks = {"view": "unknown_opportunities_history", "table": f"{raw.table}_history"}
        at.run(_VIEW, {**said, **looks, "row": ""})


def _is_constant(at: Bench, *, raw: Raw, theirs: Mapping[str, str], traits: Sequence[str]) -> bool:
    if "account_id" not in theirs:
        return False
    columns = ", ".join(_column(theirs, ours) for ours in traits)
    split = at.number(
        "select count(*) from (select $account from $table where $account is not null group by 1"
        " having count(distinct ($columns)) > 1)",
        {"account": _column(theirs, "account_id"), "table": raw.table, "columns": columns},
    )
    return split == 0


def _opportunity(raw: Raw, *, theirs: Mapping[str, str]) -> Feed:
    fields: list[Field] = [to(ours, theirs[ours]) for ours in _OPPORTUNITY if ours in theirs]
    fields.append(to("account_id", "account_of"))
    if "is_won" in theirs and theirs["stage"] != STAGE:
        fields.append(to("_is_won", theirs["is_won"]))
        if "is_closed" in theirs:
            fields.append(to("_is_closed", theirs["is_closed"]))
    if "type" in theirs:
        fields.append(chosen("type", theirs["type"], values=_TYPES))
    return Feed(
        table="seen/opportunity",
        relation="unknown_opportunities",
        fields=tuple(fields),
        counts_for=raw.name,
        key_from=() if "opportunity_id" in theirs else raw.header,
    )


def _lines(
    at: Bench,
    *,
    raw: Raw,
    theirs: Mapping[str, str],
    others: Sequence[tuple[Raw, Guess]],
    single: lines.Whole,
) -> list[Feed]:
    if "product" not in theirs or "opportunity_id" not in theirs:
        return []
    parts = {
        "product": _column(theirs, "product"),
        "amount": _column(theirs, "amount"),
        "family": _column(theirs, "product_family"),
        "table": raw.table,
    }
    found = single.feeds() or [_only_line(at, theirs=theirs, parts=parts)]
    if not any(guess.table == "seen/product" for _, guess in others):
        at.run(_PRODUCTS, parts)
        product = (to("product_id", "product"), to("name", "product"), to("family", "family"))
        found.append(Feed(table="seen/product", relation="unknown_products", fields=product))
    return found


def _only_line(at: Bench, *, theirs: Mapping[str, str], parts: Mapping[str, str]) -> Feed:
    at.run(_LINES, parts)
    fields = (
        to("opportunity_id", theirs["opportunity_id"]),
        to("line_no", "line_of"),
        to("product_id", theirs["product"]),
        to("line_amount", *([theirs["amount"]] if "amount" in theirs else [])),
    )
    return Feed(table="seen/opportunity_line", relation="unknown_lines", fields=fields)


def _accounts(at: Bench, *, theirs: Mapping[str, str]) -> list[Feed]:
    traits = [ours for ours in _OF_ACCOUNT if ours in theirs]
    if not traits:
        return []
    columns = [f"mode({_column(theirs, ours)}) as {ours}_of" for ours in traits]
    columns.append(f"mode({_column(theirs, 'account_id')}) as name_of")
    at.run(_ACCOUNTS, {"columns": ", ".join(columns)})
    fields = [to("account_id", "account_of"), to("name", "name_of")]
    fields.extend(to(ours, f"{ours}_of") for ours in traits)
    return [Feed(table="seen/account", relation="unknown_accounts", fields=tuple(fields))]


def _sellers(at: Bench, *, raw: Raw, theirs: Mapping[str, str]) -> list[Feed]:
    if "owner_id" not in theirs or not any(ours in theirs for ours in _OF_SELLER):
        return []
    parts = {ours: _column(theirs, ours) for ours in _OF_SELLER}
    at.run(_SELLERS, {**parts, "owner": _column(theirs, "owner_id"), "table": raw.table})
    return [
        Feed(
            table="seen/person",
            relation="unknown_sellers",
            fields=(to("person_id", "person"), to("name", "person")),
        ),
        _line_of_report("unknown_sellers", team="team", region=None),
    ]


def _line_of_report(relation: str, *, team: str | None, region: str | None) -> Feed:
    fields = [
        to("person_id", "person"),
        constant("valid_from", DATA_FROM),
        to("manager_id", "manager"),
        to("role", "role_of"),
        constant("basis", "snapshot"),
    ]
    fields.extend(to(ours, name) for ours, name in (("team", team), ("region", region)) if name)
    return Feed(table="seen/reporting_line", relation=relation, fields=tuple(fields))


def _other(raw: Raw, *, table: str, theirs: dict[str, str], at: Bench) -> list[Feed]:
    if table == "seen/person":
        return _people(raw, theirs=theirs, at=at)
    if table == "seen/activity":
        return [_activity(raw, theirs=theirs)]
    if table == "seen/account":
        theirs.setdefault("name", theirs["account_id"])
    if table == "seen/product":
        theirs.setdefault("name", theirs["product_id"])
    fields = tuple(to(ours, column) for ours, column in theirs.items())
    return [Feed(table=table, relation=raw.table, fields=fields, counts_for=raw.name)]


def _people(raw: Raw, *, theirs: Mapping[str, str], at: Bench) -> list[Feed]:
    relation = f"people_{raw.table}"
    parts = {
        "relation": relation,
        "person": _column(theirs, "person_id"),
        "name": _column(theirs, "name"),
        "manager": _column(theirs, "manager"),
        "team": _column(theirs, "team"),
        "region": _column(theirs, "region"),
        "table": raw.table,
    }
    at.run(
        "create view $relation as select rowid as _row, *, $person as person, coalesce($name, "
        "$person) as name_of,"
        " $manager as manager, $team as team_of, $region as region_of,"
        " case when $person in (select $manager from $table where $manager is not null)"
        " then 'manager' else 'seller' end as role_of from $table",
        parts,
    )
    simple = [
        to(ours, theirs[ours])
        for ours in ("email", "title", "hired_on", "left_on")
        if ours in theirs
    ]
    person = (to("person_id", "person"), to("name", "name_of"), *simple)
    found = [Feed(table="seen/person", relation=relation, fields=person, counts_for=raw.name)]
    if any(ours in theirs for ours in ("manager", "team", "region")):
        found.append(_line_of_report(relation, team="team_of", region="region_of"))
    return found


def _activity(raw: Raw, *, theirs: Mapping[str, str]) -> Feed:
    simple = ("activity_id", "person_id", "account_id", "opportunity_id", "occurred_at", "outcome")
    fields = [to(ours, theirs[ours]) for ours in simple if ours in theirs]
    if "duration_minutes" in theirs:
        fields.append(to("duration_minutes", theirs["duration_minutes"]))
    elif "duration_seconds" in theirs:
        seconds = theirs["duration_seconds"]
        fields.append(converted("duration_minutes", Conversion.SECONDS, seconds))
    kinds = {k: k for k in ("call", "meeting", "email", "task", "note")} | {
        "anruf": "call",
        "telefonat": "call",
        "termin": "meeting",
        "besuch": "meeting",
        "mail": "email",
    }
    kind = theirs.get("kind")
    ways = {"inbound": "in", "in": "in", "missed": "in", "eingehend": "in", "internal": "internal"}
    fields.append(
        chosen("kind", kind, values=kinds, otherwise="call") if kind else constant("kind", "call")
    )
    way = theirs.get("direction")
    fields.append(
        chosen("direction", way, values=ways, otherwise="out")
        if way
        else constant("direction", "out")
    )
    return Feed(
        table="seen/activity",
        relation=raw.table,
        fields=tuple(fields),
        counts_for=raw.name,
        key_from=() if "activity_id" in theirs else raw.header,
    )
