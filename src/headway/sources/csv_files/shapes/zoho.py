"""Exports of Zoho CRM: deals, contacts, calls, by the standard names and their variants."""

from collections.abc import Sequence

from headway.sources.csv_files.mapping import (
    Conversion,
    Feed,
    Field,
    chosen,
    constant,
    converted,
    to,
)
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape, latest
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench
from headway.terms.policy import DEFAULT

_DEAL: tuple[Field, ...] = (
    to("opportunity_id", "Record Id", "Id", "Deal Id"),
    to("owner_id", "Deal Owner.id", "Deal Owner Id", "Deal Owner Name", "Deal Owner"),
    to(
        "account_id",
        "Account Name.id",
        "Account Id",
        "Account Name",
        "Contact Name.id",
        "Contact Name",
    ),
    to("name", "Deal Name"),
    to("pipeline", "Pipeline"),
    to("stage", "Stage"),
    to("amount", "Amount", "Offer Total Amount"),
    to("currency", "Currency"),
    converted("probability_share", Conversion.PERCENT, "Probability (%)", "Probability"),
    to("created_at", "Created Time"),
    to("close_on", "Closing Date"),
    to("lead_source", "Lead Source", "Source"),
    chosen(
        "type",
        "Type",
        values={"new business": "new", "existing business": "expansion", "renewal": "renewal"},
    ),
    to("lost_reason", "Reason For Loss", "Reason For Loss__s", "Lost Reason"),
    to("next_step", "Next Step"),
    to("forecast_category", "Forecast Category"),
)
_CALLS = """create view zoho_calls as select rowid as _row, *, $seconds as seconds, $outcome as
outcome_of
from $calls"""
_DEALS = (
    "create view zoho_deals as select rowid as _row, *, '1' as line_number from $deals "
    "where $product is not null"
)
_CALL: tuple[Field, ...] = (
    to("activity_id", "Record Id", "Id", "Call Id"),
    constant("kind", "call"),
    chosen(
        "direction",
        "Call Type",
        values={"outbound": "out", "inbound": "in", "missed": "in"},
        otherwise="out",
    ),
    to("person_id", "Call Owner.id", "Call Owner Name", "Call Owner"),
    to("purpose", "Call Purpose"),
    to("occurred_at", "Call Start Time"),
    converted("duration_minutes", Conversion.SECONDS, "seconds"),
    to("outcome", "outcome_of"),
)
_CONTACT: tuple[Field, ...] = (
    to("account_id", "Record Id", "Id", "Contact Id"),
    to("created_at", "Created Time"),
)
_OWNER: tuple[Field, ...] = (
    to("account_id", "Record Id", "Id", "Contact Id"),
    to("person_id", "Contact Owner.id", "Contact Owner Name", "Contact Owner"),
    to("valid_from", "Created Time"),
    constant("role", "owner"),
    constant("basis", "snapshot"),
)
_STAMPS = ("Modified Time", "Modified_Time", "Last Activity Time")


def plan(seen: Seen) -> Plan:
    """Deals always; contacts as accounts where deals name no account; calls if there are any."""
    deals = seen.files["deals"]
    feeds = [
        Feed(table="seen/opportunity", relation=deals.table, fields=_DEAL, counts_for=deals.name)
    ]
    is_person_account = seen.column("deals", "Account Name", "Account Name.id") is None
    feeds.extend(_lines(seen))
    if seen.column("deals", "Deal Owner.id", "Deal Owner Id"):
        owner = (to("person_id", "Deal Owner.id", "Deal Owner Id"), to("name", "Deal Owner"))
        feeds.append(Feed(table="seen/person", relation=deals.table, fields=owner))
    if seen.has("contacts") and is_person_account:
        contacts = seen.files["contacts"]
        feeds.append(
            Feed(
                table="seen/account",
                relation=contacts.table,
                fields=_CONTACT,
                counts_for=contacts.name,
            )
        )
        feeds.append(Feed(table="seen/account_owner", relation=contacts.table, fields=_OWNER))
    if seen.has("calls"):
        feeds.append(_calls(seen, is_person_account=is_person_account))
    stamps = [latest(seen, role=role, names=_STAMPS) for role in ("deals", "contacts")]
    return Plan(
        feeds=tuple(feeds),
        stages={"stage:Payment Done": "won", "stage:Free Education": "open"},
        notes=("Each contact is read as an account of its own, as the deals name no account.",)
        if is_person_account
        else (),
        lacks=(
            "No history of stages: only the stage on the day of the export.",
            "Nobody's manager: groups below the whole organisation are not measured.",
        ),
        remarks=_conversations if seen.has("calls") else None,
        modified=max((stamp for stamp in stamps if stamp is not None), default=None),
    )


def _lines(seen: Seen) -> list[Feed]:
    product = seen.column("deals", "Product")
    if product is None:
        return []
    seen.at.run(_DEALS, {"deals": seen.files["deals"].table, "product": quoted(product)})
    fields = (
        to("opportunity_id", "Record Id", "Id", "Deal Id"),
        to("line_no", "line_number"),
        to("product_id", "Product"),
        to("line_amount", "Amount", "Offer Total Amount"),
    )
    return [Feed(table="seen/opportunity_line", relation="zoho_deals", fields=fields)]


def _calls(seen: Seen, *, is_person_account: bool) -> Feed:
    calls = seen.files["calls"]
    duration = quoted(seen.column("calls", "Call Duration (in seconds)", "Call Duration") or "")
    status = seen.column("calls", "Call Status", "Call Result")
    kind = seen.column("calls", "Call Type")
    missed = [
        f"coalesce({quoted(name)}, '') ilike '{word}%'"
        for name in (status, kind)
        if name is not None
        for word in ("missed", "unattended", "scheduled unattended", "no answer")
    ]
    seconds = (
        f"case when {duration} like '%:%' then cast(coalesce("
        f"try_cast(split_part({duration}, ':', -2) as int) * 60 + "
        f"try_cast(split_part({duration}, ':', -1) as int)"
        f" + coalesce(try_cast(split_part({duration}, ':', -3) as int), 0) * 3600, null) as "
        f"varchar) else {duration} end"
    )
    outcome = (
        f"case when {' or '.join(missed) or 'false'} then 'no_answer' else "
        f"{quoted(status) if status else 'null'} end"
    )
    seen.at.run(_CALLS, {"calls": calls.table, "seconds": seconds, "outcome": outcome})
    link: Sequence[Field] = (
        (to("account_id", "CONTACTID", "Contact Name.id", "Contact Id"),)
        if is_person_account
        else (to("opportunity_id", "Related To.id", "Deal Id"),)
    )
    return Feed(
        table="seen/activity",
        relation="zoho_calls",
        fields=(*_CALL, *link),
        counts_for=calls.name,
    )


def _conversations(at: Bench) -> tuple[str, ...]:
    """How many calls last long enough to be conversations, with the length that decides."""
    floor = DEFAULT.conversation_floor_seconds
    row = at.rows(
        "select count(*), count(*) filter (where try_cast(seconds as double) >= $floor) from "
        "zoho_calls",
        {"floor": str(floor)},
    )[0]
    calls, long_enough = (int(str(value)) for value in row)
    return (
        (
            f"{long_enough:,} of {calls:,} calls last {floor} seconds or more and count as "
            f"conversations; "
            "the shorter ones are dialling."
        ),
    )


SHAPE = Shape(
    name="zoho",
    title="Zoho CRM export",
    roles=(
        Role(
            name="deals",
            needs=("Deal Owner|Deal Owner Name|Deal Owner.id", "Stage", "Closing Date"),
            is_required=True,
        ),
        Role(
            name="calls",
            needs=(
                "Call Start Time",
                "Call Duration|Call Duration (in seconds)",
                "Call Owner|Call Owner Name|Call Owner.id",
            ),
        ),
        Role(
            name="contacts",
            needs=("Contact Owner|Contact Owner Name|Contact Owner.id", "Created Time"),
            never=("Stage",),
        ),
    ),
    plan=plan,
)
