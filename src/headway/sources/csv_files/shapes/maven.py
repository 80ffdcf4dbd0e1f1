"""The CRM teaching set of Maven Analytics: pipeline, accounts, products, teams."""

from headway.sources.csv_files.canonical import DATA_FROM
from headway.sources.csv_files.mapping import Conversion, Feed, Field, constant, converted, to
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape

# Open and lost opportunities have no value of their own (blank, 0): the list price stands for it.
_PIPELINE = """create view maven_pipeline as select p.rowid as _row, p.*, 1 as line,
case when p.deal_stage = 'Won' then p.close_value else coalesce(r.sales_price,
nullif(p.close_value, '0')) end as amount
from $pipeline p left join (select regexp_replace(lower(product), '[^\\p{L}\\p{N}]', '', 'g') as k,
any_value(sales_price) as sales_price from $products group by 1) r
on r.k = regexp_replace(lower(p.product), '[^\\p{L}\\p{N}]', '', 'g')"""
_NO_PRICES = """create view maven_pipeline as select rowid as _row, *, 1 as line,
close_value as amount from $pipeline"""
_TEAMS = """create view maven_teams as
select sales_agent as person, manager, manager as team, regional_office, 'seller' as role from
$teams
union all select manager, null, manager,
case when count(distinct regional_office) = 1 then any_value(regional_office) end, 'manager'
from $teams where manager not in (select sales_agent from $teams where sales_agent is not null)
group by manager"""

_LIST_PRICE = (
    "The amount of open and lost opportunities is the product's list price: "
    "the file has none of its own."
)
_OPPORTUNITY = (
    to("opportunity_id", "opportunity_id"),
    to("owner_id", "sales_agent"),
    to("account_id", "account"),
    to("stage", "deal_stage"),
    to("amount", "amount"),
    to("created_at", "engage_date"),
    to("close_on", "close_date"),
)
_LINE = (
    to("opportunity_id", "opportunity_id"),
    to("line_no", "line"),
    to("product_id", "product"),
    to("line_amount", "amount"),
)
_ACCOUNT = (
    to("account_id", "account"),
    to("name", "account"),
    to("parent_id", "subsidiary_of"),
    to("industry", "sector"),
    to("country", "office_location"),
    to("employee_count", "employees"),
    converted("annual_revenue_amount", Conversion.MILLIONS, "revenue"),
)
_PRODUCT = (
    to("product_id", "product"),
    to("name", "product"),
    to("family", "series"),
    to("list_price_amount", "sales_price"),
)
_LINE_OF_REPORT = (
    to("person_id", "person"),
    constant("valid_from", DATA_FROM),
    to("manager_id", "manager"),
    to("role", "role"),
    to("team", "team"),
    to("region", "regional_office"),
    constant("basis", "snapshot"),
)


def plan(seen: Seen) -> Plan:
    """Feeds of the files that are there; only the pipeline is needed."""
    files = {role: raw.table for role, raw in seen.files.items()}
    seen.at.run(_PIPELINE if "products" in files else _NO_PRICES, files)
    return Plan(
        feeds=(
            Feed(
                table="seen/opportunity",
                relation="maven_pipeline",
                fields=_OPPORTUNITY,
                counts_for=seen.files["pipeline"].name,
            ),
            Feed(table="seen/opportunity_line", relation="maven_pipeline", fields=_LINE),
            *_listed(seen, role="accounts", table="seen/account", fields=_ACCOUNT),
            *_listed(seen, role="products", table="seen/product", fields=_PRODUCT),
            *_people(seen),
        ),
        currency="USD",
        notes=(_LIST_PRICE,),
        lacks=("Who reports to whom is known as of the export only, not over time.",)
        if seen.has("teams")
        else (),
    )


def _listed(seen: Seen, *, role: str, table: str, fields: tuple[Field, ...]) -> list[Feed]:
    if not seen.has(role):
        return []
    raw = seen.files[role]
    return [Feed(table=table, relation=raw.table, fields=fields, counts_for=raw.name)]


def _people(seen: Seen) -> list[Feed]:
    if not seen.has("teams"):
        return []
    seen.at.run(_TEAMS, {"teams": seen.files["teams"].table})
    person = (to("person_id", "person"), to("name", "person"))
    return [
        Feed(table="seen/person", relation="maven_teams", fields=person),
        Feed(table="seen/reporting_line", relation="maven_teams", fields=_LINE_OF_REPORT),
    ]


SHAPE = Shape(
    name="maven",
    title="CRM sales opportunities (Maven Analytics)",
    roles=(
        Role(
            name="pipeline",
            needs=(
                "opportunity_id",
                "sales_agent",
                "product",
                "account",
                "deal_stage",
                "engage_date",
                "close_date",
                "close_value",
            ),
            is_required=True,
        ),
        Role(
            name="accounts", needs=("account", "sector", "revenue", "employees", "office_location")
        ),
        Role(name="products", needs=("product", "series", "sales_price")),
        Role(name="teams", needs=("sales_agent", "manager", "regional_office")),
    ),
    plan=plan,
    is_literal=True,
)
