"""The sales organisation of AdventureWorks: orders, quotas, territories, people, resellers.

An order is a won opportunity; there is nothing else, so whatever needs lost or open ones is not
measured. Prices of a product are the same number in every currency key, so amounts are read as one
currency; the share of products for which this holds is checked at every reading.
"""

from collections.abc import Mapping

from headway.sources.csv_files.mapping import Feed, constant, to
from headway.sources.csv_files.shapes.shape import Plan, Role, Seen, Shape
from headway.sources.csv_files.tables import Bench

_ORDERS = """create view aw_orders as select SalesOrderNumber as order_id, any_value(SalesPersonID)
as seller,
any_value(ResellerKey) as reseller, round(sum(cast(SalesAmount as double)), 2)::varchar as amount,
min(OrderDate) as ordered, 'Ordered' as stage, any_value(SalesTerritoryKey) as territory
from $lines group by SalesOrderNumber"""
_LINES = """create view aw_lines as select l.rowid as _row, l.*,
round(cast(l.SalesAmount as double), 2)::varchar as line_amount, coalesce(p.ProductAlternateKey,
l.ProductKey) as product,
round(cast(l.SalesAmount as double) / nullif(cast(l.OrderQuantity as double), 0), 2)::varchar as
price
from $lines l left join $products p using (ProductKey)"""
_PRODUCTS = """create view aw_products as select ProductAlternateKey as id,
arg_max(EnglishProductName, StartDate) as name,
arg_max(coalesce(EnglishProductSubcategoryName, EnglishProductCategoryName), StartDate) as family,
arg_max(ListPrice, StartDate) as list_price, min(StartDate) as launched,
case when bool_or(coalesce(Status, '') = 'Current') then null else max(EndDate) end as retired
from $products group by 1"""
_RESELLERS = """create view aw_resellers as select r.rowid as _row, r.*, t.Name as region,
t.CountryRegionCode as country
from $resellers r left join (select reseller, mode(territory) as territory from aw_orders group by
1) o
on o.reseller = r.ResellerKey left join $territories t on t.TerritoryID = o.territory"""
# Who sold to an account last is taken for its owner, until somebody else sells to it on a later
# day: of several sellers on one day it is the one of the last order.
_OWNERS = """create view aw_owners as
with days as (select reseller, cast(ordered as date)::varchar as day,
arg_max(seller, (ordered, order_id)) as seller from aw_orders group by 1, 2),
turns as (select *, seller is distinct from lag(seller) over (partition by reseller order by day)
as is_new from days)
select reseller, seller, day as since,
lead(day) over (partition by reseller order by day) as until from turns where is_new"""
_PEOPLE = """create view aw_people as with recursive up(id) as (
select SalesPersonID from $sellers union select e.ManagerID from $employees e join up on
e.EmployeeID = up.id
join $employees b on b.EmployeeID = e.ManagerID where b.JobTitle like '%Sales%')
select e.EmployeeID as id, e.ManagerID as manager, e.JobTitle as title,
cast(e.HireDate as date) - coalesce((select days from aw_moved), 0)::int as hired,
m.JobTitle as manager_title, e.EmployeeID in (select ManagerID from $employees) as leads,
e.EmployeeID in (select b.ManagerID from $employees a join $employees b on a.ManagerID =
b.EmployeeID where a.JobTitle like 'Sales Rep%') as leads_leaders
from $employees e left join $employees m on m.EmployeeID = e.ManagerID where e.EmployeeID in
(select id from up)"""
_NAMED = """create view aw_named as select p.*, concat_ws(' ', n.FirstName, n.LastName) as name
from aw_people p left join $names n on n.BusinessEntityID = p.id"""
# The hire dates of this set run a constant number of days later than its orders. That constant is
# found in
# the data (the same for at least four fifths of the people with a territory) or nothing is moved.
_MOVED = """create table aw_moved as select any_value(days) as days from (
select days, count(*) as n, sum(count(*)) over () as people from (
select date_diff('day', min(cast(h.StartDate as date)), any_value(cast(e.HireDate as date))) as days
from $history h join $employees e on e.EmployeeID = h.SalesPersonID group by h.SalesPersonID)
group by days) where n >= 0.8 * people and days > 0"""
_PLACES = """create view aw_places as
with spans as (select SalesPersonID as id, cast(StartDate as date) as since,
cast(EndDate as date) + 1 as until, TerritoryID as territory from $history),
gaps as (select id, max(until) as since, null::date as until, null as territory from spans
group by id having count(*) = count(until)),
still as (select p.id, null::date as since, null::date as until, null as territory
from aw_people p where p.id not in (select id from spans)),
every as (select * from spans union all select * from gaps union all select * from still)
select p.id, coalesce(e.since, greatest(p.hired, (select min(cast(ordered as date)) from
aw_orders)))::varchar as since,
e.until::varchar as until, case when p.manager in (select id from aw_people) then p.manager end as
manager, t.Name as region,
case when not p.leads_leaders then replace(case when p.leads then p.title else p.manager_title end,
' Sales Manager', '') end as team,
case when p.leads_leaders then 'leader' when p.leads then 'manager' else 'seller' end as role
from aw_people p join every e on e.id = p.id left join $territories t on t.TerritoryID =
e.territory"""
_QUOTAS = """create view aw_quotas as select rowid as _row, *, coalesce(lead(cast(QuotaDate as
date)) over
(partition by SalesPersonID order by cast(QuotaDate as date)), cast(cast(QuotaDate as date) +
interval 3 month as date))::varchar as until
from $quotas"""
_SAME_PRICE = """select avg((abs(a.price / b.price - 1) < 0.005)::int), count(*) from
(select ProductKey, CurrencyKey, median(cast(UnitPrice as double)) as price from $lines
where cast(UnitPriceDiscountPct as double) = 0 group by 1, 2) a
join (select ProductKey, CurrencyKey, median(cast(UnitPrice as double)) as price from $lines
where cast(UnitPriceDiscountPct as double) = 0 group by 1, 2) b
on a.ProductKey = b.ProductKey and a.CurrencyKey < b.CurrencyKey"""

_OPPORTUNITY = (
    to("opportunity_id", "order_id"),
    to("account_id", "reseller"),
    to("owner_id", "seller"),
    to("stage", "stage"),
    to("amount", "amount"),
    to("created_at", "ordered"),
    to("close_on", "ordered"),
)
_LINE = (
    to("opportunity_id", "SalesOrderNumber"),
    to("line_no", "SalesOrderLineNumber"),
    to("product_id", "product"),
    to("quantity", "OrderQuantity"),
    to("price_amount", "price"),
    to("line_amount", "line_amount"),
)
_PRODUCT = (
    to("product_id", "id"),
    to("name", "name"),
    to("family", "family"),
    to("list_price_amount", "list_price"),
    to("launched_on", "launched"),
    to("retired_on", "retired"),
)
_ACCOUNT = (
    to("account_id", "ResellerKey"),
    to("name", "ResellerName"),
    to("segment", "BusinessType"),
    to("region", "region"),
    to("country", "country"),
    to("employee_count", "NumberEmployees"),
    to("annual_revenue_amount", "AnnualRevenue"),
)
_OWNER = (
    to("account_id", "reseller"),
    to("person_id", "seller"),
    to("valid_from", "since"),
    to("valid_to", "until"),
    constant("role", "owner"),
    constant("basis", "inferred_from_orders"),
)
_PERSON = (to("person_id", "id"), to("title", "title"), to("hired_on", "hired"))
_PLACE = (
    to("person_id", "id"),
    to("valid_from", "since"),
    to("valid_to", "until"),
    to("manager_id", "manager"),
    to("role", "role"),
    to("team", "team"),
    to("region", "region"),
    constant("basis", "declared"),
)
_TARGET = (
    constant("subject_kind", "person"),
    to("subject", "SalesPersonID"),
    constant("measure", "bookings"),
    to("period_from", "QuotaDate"),
    to("period_to", "until"),
    to("value", "SalesQuota"),
    constant("unit", "money"),
    to("set_at", "QuotaDate"),
)


def plan(seen: Seen) -> Plan:
    """All feeds; quotas where they are there."""
    files = {role: raw.table for role, raw in seen.files.items()}
    for view in (_ORDERS, _LINES, _PRODUCTS, _RESELLERS, _OWNERS, _MOVED, _PEOPLE, _PLACES):
        seen.at.run(view, files)
    names = {role: raw.name for role, raw in seen.files.items()}
    feeds = [
        Feed(table="seen/opportunity", relation="aw_orders", fields=_OPPORTUNITY),
        Feed(
            table="seen/opportunity_line",
            relation="aw_lines",
            fields=_LINE,
            counts_for=names["lines"],
        ),
        Feed(table="seen/product", relation="aw_products", fields=_PRODUCT),
        Feed(
            table="seen/account",
            relation="aw_resellers",
            fields=_ACCOUNT,
            counts_for=names["resellers"],
        ),
        Feed(table="seen/account_owner", relation="aw_owners", fields=_OWNER),
        _people(seen, files=files),
        Feed(table="seen/reporting_line", relation="aw_places", fields=_PLACE),
    ]
    if seen.has("quotas"):
        seen.at.run(_QUOTAS, files)
        feeds.append(
            Feed(
                table="seen/target",
                relation="aw_quotas",
                fields=_TARGET,
                counts_for=names["quotas"],
            )
        )
    return Plan(
        feeds=tuple(feeds),
        stages={"stage:Ordered": "won"},
        currency="USD",
        notes=_notes(seen.at, lines=files["lines"]),
        lacks=(
            "Won orders only: win rate, cohorts, slip and coverage are not measured.",
            "An order's date stands for its creation as well: cycle time is not measured.",
            "No activities.",
        ),
    )


def _people(seen: Seen, *, files: Mapping[str, str]) -> Feed:
    if not seen.has("names"):
        return Feed(table="seen/person", relation="aw_people", fields=_PERSON)
    seen.at.run(_NAMED, files)
    return Feed(table="seen/person", relation="aw_named", fields=(*_PERSON, to("name", "name")))


def _notes(at: Bench, *, lines: str) -> tuple[str, ...]:
    share, pairs = at.rows(_SAME_PRICE, {"lines": lines})[0]
    notes = ["The owner of an account is inferred from who sold to it last."]
    if pairs:
        notes.append(
            f"Amounts are read as one currency: undiscounted prices are the same number in both "
            f"currency keys "
            f"for {float(str(share)):.0%} of {int(str(pairs)):,} pairs of a product."
        )
    days = at.rows("select days from aw_moved")[0][0]
    if days is not None:
        notes.append(
            f"Hire dates were moved back by {days} days, by which they run behind the "
            f"territories of the "
            "same people."
        )
    return tuple(notes)


SHAPE = Shape(
    name="adventureworks",
    title="AdventureWorks sales organisation",
    roles=(
        Role(
            name="lines",
            needs=(
                "SalesOrderNumber",
                "SalesOrderLineNumber",
                "ProductKey",
                "ResellerKey",
                "SalesPersonID",
                "OrderDate",
                "SalesAmount",
                "CurrencyKey",
                "UnitPriceDiscountPct",
            ),
            is_required=True,
        ),
        Role(
            name="products",
            needs=("ProductKey", "ProductAlternateKey", "EnglishProductName"),
            is_required=True,
        ),
        Role(name="resellers", needs=("ResellerKey", "ResellerName"), is_required=True),
        Role(
            name="employees",
            needs=("EmployeeID", "ManagerID", "JobTitle", "HireDate"),
            is_required=True,
        ),
        Role(
            name="history",
            needs=("SalesPersonID", "TerritoryID", "StartDate", "EndDate"),
            is_required=True,
        ),
        Role(
            name="territories",
            needs=("TerritoryID", "CountryRegionCode", "Name"),
            is_required=True,
        ),
        Role(
            name="sellers",
            needs=("SalesPersonID", "TerritoryID", "CommissionPct"),
            is_required=True,
        ),
        Role(name="names", needs=("BusinessEntityID", "FirstName", "LastName")),
        Role(name="quotas", needs=("SalesPersonID", "QuotaDate", "SalesQuota")),
    ),
    plan=plan,
    is_literal=True,
)
