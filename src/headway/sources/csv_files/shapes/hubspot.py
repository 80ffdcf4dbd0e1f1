"""Exports of HubSpot: deals and companies."""

from headway.sources.csv_files.mapping import Conversion, Feed, Field, chosen, converted, to
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape, latest

_DEAL: tuple[Field, ...] = (
    to("opportunity_id", "Record ID", "Deal ID", "hs_object_id", "Record ID - Deal"),
    to("owner_id", "Deal owner", "Deal owner ID", "hubspot_owner_id", "HubSpot Owner"),
    converted(
        "account_id",
        Conversion.FIRST,
        "Associated Company IDs",
        "Associated Company ID",
        "Primary Associated Company ID",
        "Associated Company",
    ),
    to("name", "Deal Name", "dealname"),
    to("pipeline", "Pipeline"),
    to("stage", "Deal Stage", "dealstage"),
    to("_is_won", "Is Closed Won", "hs_is_closed_won"),
    to("_is_lost", "Is closed lost", "hs_is_closed_lost"),
    to("_is_closed", "Is Deal Closed?", "Is Closed", "hs_is_closed"),
    to("amount", "Amount"),
    to("currency", "Currency", "deal_currency_code"),
    to("report_amount", "Amount in company currency", "amount_in_home_currency"),
    to("probability_share", "Deal probability", "hs_deal_stage_probability"),
    to("created_at", "Create Date", "createdate"),
    to("close_on", "Close Date", "closedate"),
    to(
        "lead_source",
        "Original Traffic Source",
        "Original Source Type",
        "Deal source",
        "Lead Source",
    ),
    chosen(
        "type",
        "Deal Type",
        "dealtype",
        values={
            "newbusiness": "new",
            "new business": "new",
            "existingbusiness": "expansion",
            "existing business": "expansion",
            "renewal": "renewal",
        },
    ),
    to("lost_reason", "Closed Lost Reason", "closed_lost_reason"),
    to("next_step", "Next step", "hs_next_step"),
    to(
        "forecast_category",
        "Forecast category",
        "hs_forecast_category",
        "hs_manual_forecast_category",
    ),
)
_COMPANY: tuple[Field, ...] = (
    to("account_id", "Record ID", "Company ID", "hs_object_id", "Record ID - Company"),
    to("name", "Company name", "Name"),
    to("parent_id", "Parent Company ID", "hs_parent_company_id"),
    to("segment", "Type", "Lifecycle Stage"),
    to("industry", "Industry"),
    to("country", "Country/Region", "Country"),
    to("region", "State/Region", "State"),
    to("employee_count", "Number of Employees", "numberofemployees"),
    to("annual_revenue_amount", "Annual Revenue", "annualrevenue"),
    to("created_at", "Create Date", "createdate"),
)
_STAMPS = ("Last Modified Date", "hs_lastmodifieddate", "Last Activity Date")


def plan(seen: Seen) -> Plan:
    """Deals, and the companies where they are there."""
    deals = seen.files["deals"]
    feeds = [
        Feed(
            table="seen/opportunity",
            relation=deals.table,
            fields=_DEAL,
            counts_for=deals.name,
            key_from=()
            if seen.column("deals", *_DEAL[0].sources)
            else ("Deal Name", "Create Date", "Associated Company"),
        )
    ]
    if seen.has("companies"):
        companies = seen.files["companies"]
        feeds.append(
            Feed(
                table="seen/account",
                relation=companies.table,
                fields=_COMPANY,
                counts_for=companies.name,
            )
        )
    return Plan(
        feeds=tuple(feeds),
        lacks=(
            "No history of stages: only the stage on the day of the export.",
            "Nobody's manager: HubSpot has no such field; bring reporting lines in a file.",
            "No calls, meetings or e-mails.",
        ),
        modified=latest(seen, role="deals", names=_STAMPS),
    )


SHAPE = Shape(
    name="hubspot",
    title="HubSpot export",
    roles=(
        Role(
            name="deals",
            needs=("Deal Name|dealname", "Deal Stage|dealstage", "Close Date|closedate"),
            is_required=True,
        ),
        Role(
            name="companies",
            needs=(
                "Record ID|Company ID|hs_object_id|Record ID - Company",
                "Company name|Name",
                "Industry|Country/Region|Number of Employees|Annual Revenue|Company owner",
            ),
            never=("Deal Name", "dealname"),
        ),
    ),
    plan=plan,
)
