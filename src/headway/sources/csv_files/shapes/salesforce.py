"""Exports of Salesforce: opportunity reports, and objects under their API names."""

from headway.sources.csv_files import lines
from headway.sources.csv_files.canonical import DATA_FROM
from headway.sources.csv_files.mapping import (
    Conversion,
    Feed,
    Field,
    chosen,
    constant,
    converted,
    to,
)
from headway.sources.csv_files.shapes import salesforce_history
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape, latest
from headway.sources.csv_files.statements import quoted

_OPPORTUNITY: tuple[Field, ...] = (
    to("opportunity_id", "Id", "Opportunity ID", "Opportunity 18 ID", "Case Safe ID"),
    to(
        "owner_id",
        "OwnerId",
        "Opportunity Owner ID",
        "Owner ID",
        "Opportunity Owner",
        "Owner",
        "Owner Name",
    ),
    to("account_id", "AccountId", "Account ID", "Account Name"),
    to("created_by_id", "CreatedById", "Created By"),
    to("name", "Name", "Opportunity Name"),
    to("pipeline", "Opportunity Record Type", "RecordTypeId"),
    to("stage", "StageName", "Stage"),
    to("_is_won", "IsWon", "Won"),
    to("_is_closed", "IsClosed", "Closed"),
    to("amount", "Amount"),
    to("currency", "CurrencyIsoCode", "Amount Currency", "Opportunity Currency", "Currency"),
    to("report_amount", "Amount (converted)"),
    converted("probability_share", Conversion.PERCENT, "Probability", "Probability (%)"),
    to("created_at", "CreatedDate", "Created Date"),
    to("close_on", "CloseDate", "Close Date"),
    to("lead_source", "LeadSource", "Lead Source"),
    chosen(
        "type",
        "Type",
        "Opportunity Type",
        values={
            "new business": "new",
            "new customer": "new",
            "new": "new",
            "existing business": "expansion",
            "existing customer - upgrade": "expansion",
            "existing customer - replacement": "expansion",
            "expansion": "expansion",
            "upsell": "expansion",
            "renewal": "renewal",
        },
    ),
    to(
        "lost_reason",
        "Loss Reason",
        "Lost Reason",
        "Closed Lost Reason",
        "Loss_Reason__c",
        "Lost_Reason__c",
    ),
    to("next_step", "NextStep", "Next Step"),
    to("forecast_category", "ForecastCategoryName", "ForecastCategory", "Forecast Category"),
    to("is_deleted", "IsDeleted"),
)
_USERS = """create view sf_users as select rowid as _row, *, case when $id in
(select $manager from $users where $manager is not null) then 'manager' else 'seller' end as
role_of from $users"""
_PERSON: tuple[Field, ...] = (
    to("person_id", "Id", "User ID"),
    to("name", "Name", "Full Name"),
    to("email", "Email"),
    to("title", "Title"),
)
_PLACE: tuple[Field, ...] = (
    to("person_id", "Id", "User ID"),
    constant("valid_from", DATA_FROM),
    to("manager_id", "ManagerId", "Manager", "Manager ID"),
    to("role", "role_of"),
    to("team", "Department", "Division"),
    constant("basis", "crm_manager"),
)
_ACCOUNT: tuple[Field, ...] = (
    to("account_id", "Id", "Account ID", "Account Name"),
    to("name", "Name", "Account Name"),
    to("parent_id", "ParentId", "Parent Account ID"),
    to("segment", "Type"),
    to("industry", "Industry"),
    to("country", "BillingCountry", "Billing Country"),
    to("region", "BillingState", "Billing State/Province"),
    to("employee_count", "NumberOfEmployees", "Employees"),
    to("annual_revenue_amount", "AnnualRevenue", "Annual Revenue"),
    to("created_at", "CreatedDate", "Created Date"),
)
_PRODUCT: tuple[Field, ...] = (
    to("product_id", "Id"),
    to("name", "Name", "Product Name"),
    to("family", "Family", "Product Family"),
)
_LINES = """create view sf_lines as select rowid as _row, *,
row_number() over (partition by $deal order by rowid) as line_of from $lines"""
_LINE: tuple[Field, ...] = (
    to("opportunity_id", "OpportunityId", "Opportunity ID"),
    to("line_no", "line_of"),
    to("product_id", "Product2Id", "Product Name", "ProductCode"),
    to("quantity", "Quantity"),
    to("price_amount", "UnitPrice", "Sales Price"),
    to("line_amount", "TotalPrice", "Total Price"),
)
_PRODUCTS_NAMED = ("Product2Id", "Product Name", "Product: Product Name", "Product Code")
_NO_ID = (
    "The report has no Opportunity ID: name, account and creation date stand for it, so a renamed "
    "opportunity will look like another one. Add the ID to the report."
)
_STAMPS = ("SystemModstamp", "LastModifiedDate", "Last Modified Date")


def plan(seen: Seen) -> Plan:
    """Opportunities always; users, accounts, products, history, activities if they are there."""
    whole = lines.whole(
        seen.at, raw=seen.files["opportunity"], theirs=_named(seen, role="opportunity")
    )
    deals = whole.raw
    has_key = seen.column("opportunity", *_OPPORTUNITY[0].sources) is not None
    feeds = [
        Feed(
            table="seen/opportunity",
            relation=deals.table,
            fields=_OPPORTUNITY,
            counts_for=deals.name,
            key_from=() if has_key else ("Opportunity Name", "Account Name", "Created Date"),
        ),
        *_people(seen),
        *_simple(seen, role="account", table="seen/account", fields=_ACCOUNT),
        *_simple(seen, role="product", table="seen/product", fields=_PRODUCT),
        *(whole.feeds() or _lines(seen)),
        *salesforce_history.feeds(seen),
    ]
    notes = whole.notes if has_key else (_NO_ID,)
    return Plan(
        feeds=tuple(feeds),
        currency=_converted_to(seen),
        notes=notes,
        lacks=_lacks(seen),
        modified=latest(seen, role="opportunity", names=_STAMPS),
    )


def _converted_to(seen: Seen) -> str | None:
    """The one currency that the report converted every amount to; None where it says none."""
    column = seen.column("opportunity", "Amount (converted) Currency")
    if column is None:
        return None
    parts = {"column": quoted(column), "table": seen.files["opportunity"].table}
    found = seen.at.rows("select distinct $column from $table where $column is not null", parts)
    return str(found[0][0]) if len(found) == 1 else None


def _named(seen: Seen, *, role: str) -> dict[str, str]:
    """Our columns of an opportunity to those of the file, with the product of a row."""
    wanted = {field.column: field.sources for field in _OPPORTUNITY if field.sources}
    found = {
        ours: seen.column(role, *sources)
        for ours, sources in {**wanted, "product": _PRODUCTS_NAMED}.items()
    }
    return {ours: column for ours, column in found.items() if column is not None}


def _lacks(seen: Seen) -> tuple[str, ...]:
    said = {
        "history": "No history of stages: only the stage on the day of the export.",
        "user": "Nobody's manager: groups below the whole organisation are not measured.",
        "task": "No calls or e-mails.",
    }
    return tuple(sentence for role, sentence in said.items() if not seen.has(role))


def _simple(seen: Seen, *, role: str, table: str, fields: tuple[Field, ...]) -> list[Feed]:
    if not seen.has(role):
        return []
    raw = seen.files[role]
    return [Feed(table=table, relation=raw.table, fields=fields, counts_for=raw.name)]


def _people(seen: Seen) -> list[Feed]:
    if not seen.has("user"):
        return []
    raw = seen.files["user"]
    feeds = [
        Feed(table="seen/person", relation=raw.table, fields=_PERSON, counts_for=raw.name),
    ]
    key = seen.column("user", "Id", "User ID")
    manager = seen.column("user", "ManagerId", "Manager", "Manager ID")
    if key is not None and manager is not None:
        parts = {"users": raw.table, "id": quoted(key), "manager": quoted(manager)}
        seen.at.run(_USERS, parts)
        feeds.append(Feed(table="seen/reporting_line", relation="sf_users", fields=_PLACE))
    return feeds


def _lines(seen: Seen) -> list[Feed]:
    deal = seen.column("line", "OpportunityId", "Opportunity ID")
    if deal is None:
        return []
    raw = seen.files["line"]
    seen.at.run(_LINES, {"lines": raw.table, "deal": quoted(deal)})
    return [
        Feed(table="seen/opportunity_line", relation="sf_lines", fields=_LINE, counts_for=raw.name)
    ]


SHAPE = Shape(
    name="salesforce",
    title="Salesforce export",
    roles=(
        Role(
            name="history",
            needs=("OpportunityId", "StageName", "CreatedDate"),
            never=("OwnerId", "AccountId", "Name", "Opportunity Name"),
        ),
        Role(
            name="field_history",
            needs=("OpportunityId", "Field", "OldValue", "NewValue", "CreatedDate"),
        ),
        Role(
            name="opportunity",
            needs=(
                "StageName|Stage",
                "CloseDate|Close Date",
                "Opportunity Name|OwnerId|AccountId|Opportunity ID|IsWon",
            ),
            never=("Deal Owner", "Deal Name"),
            is_required=True,
        ),
        Role(name="event", needs=("StartDateTime", "OwnerId", "DurationInMinutes|EndDateTime")),
        Role(
            name="task",
            needs=("Id", "OwnerId", "ActivityDate", "WhatId|WhoId", "TaskSubtype|Type|Subject"),
            never=("StartDateTime",),
        ),
        Role(
            name="line",
            needs=(
                "OpportunityId",
                "Product2Id|Product Name|ProductCode",
                "TotalPrice|Total Price|UnitPrice",
            ),
        ),
        Role(
            name="user",
            needs=(
                "Id|User ID",
                "Name|Full Name",
                "ManagerId|Manager|Manager ID|UserRoleId|ProfileId",
            ),
            never=("StageName", "AccountId", "Opportunity ID"),
        ),
        Role(
            name="product",
            needs=("Id", "Name|Product Name", "Family|Product Family|ProductCode"),
            never=("Industry",),
        ),
        Role(
            name="account",
            needs=(
                "Name|Account Name",
                "Industry|BillingCountry|Billing Country|NumberOfEmployees|Employees|AnnualRevenue",
            ),
            never=("StageName", "Stage", "Opportunity Name", "ManagerId"),
        ),
    ),
    plan=plan,
)
