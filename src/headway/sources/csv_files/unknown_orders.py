"""Files of orders nobody described: what was sold is won, and nothing else is recorded."""

from collections.abc import Mapping

from headway.sources.csv_files import money
from headway.sources.csv_files.mapping import Feed, to
from headway.sources.csv_files.statements import quoted
from headway.sources.csv_files.tables import Bench, Raw

NOTES = ("Each order is read as a won opportunity, created and closed on the day of the order.",)
LACKS = (
    "Only orders: nothing lost or open is recorded, so win rate and pipeline are not measured.",
)
STAGES = {"stage:Ordered": "won"}
_OF_ACCOUNT = ("region", "country", "segment", "industry")
_CANCELLED = "regexp_matches(lower($status), 'cancel|storn|annul|return|void|refund|retour')"
_LINES = """create view order_lines as select rowid as _row, $order as order_of,
row_number() over (partition by $order order by rowid) as line_of, $product as product_of,
$quantity as quantity_of, $price as price_of, cast($amount as varchar) as amount_of from $table
where $order is not null"""
_ORDERS = """create view orders_of as select min(rowid) as _row, $order as order_of,
'Ordered' as stage_of,
any_value($day) as day_of, cast(sum($amount) as varchar) as amount_of,
any_value($owner) as owner_of,
any_value($account) as account_of, any_value($currency) as currency_of,
cast(bool_or($cancelled) as varchar) as cancelled_of from $table
where $order is not null group by $order"""
_ACCOUNTS = """create view order_accounts as select $account as account_of $traits from $table
where $account is not null group by 1"""
_PRODUCTS = """create view order_products as select $product as product_of,
mode($family) as family_of from $table where $product is not null group by 1"""
_ODD = """select distinct $text from $table where $text is not null
and try_cast($text as decimal(18, 2)) is null limit 20000"""


def feeds(at: Bench, *, raw: Raw, theirs: Mapping[str, str]) -> tuple[Feed, ...]:
    """Orders as won opportunities, their lines, and the accounts and products they name."""
    parts = _parts(at, raw=raw, theirs=theirs)
    at.run(_ORDERS, parts)
    fields = [
        to("opportunity_id", "order_of"),
        to("stage", "stage_of"),
        to("created_at", "day_of"),
        to("close_on", "day_of"),
        to("amount", "amount_of"),
        to("is_deleted", "cancelled_of"),
    ]
    optional = {"owner_id": "owner_of", "account_id": "account_of", "currency": "currency_of"}
    fields.extend(to(ours, name) for ours, name in optional.items() if ours in theirs)
    found = [
        Feed(
            table="seen/opportunity",
            relation="orders_of",
            fields=tuple(fields),
            counts_for=raw.name,
        )
    ]
    if "product" in theirs:
        found.extend(_products(at, parts=parts, theirs=theirs))
    if "account_id" in theirs:
        traits = [ours for ours in _OF_ACCOUNT if ours in theirs]
        listed = "".join(f", mode({quoted(theirs[ours])}) as {ours}_of" for ours in traits)
        at.run(_ACCOUNTS, {**parts, "traits": listed})
        named = (to("account_id", "account_of"), to("name", "account_of"))
        described = tuple(to(ours, f"{ours}_of") for ours in traits)
        found.append(
            Feed(table="seen/account", relation="order_accounts", fields=(*named, *described))
        )
    return tuple(found)


def _parts(at: Bench, *, raw: Raw, theirs: Mapping[str, str]) -> dict[str, str]:
    def column(ours: str) -> str:
        return quoted(theirs[ours]) if ours in theirs else "cast(null as varchar)"

    parts = {ours: column(ours) for ours in ("product", "quantity", "currency")}
    status = column("order_status")
    if "line_amount" in theirs:
        amount = _number(at, raw=raw, text=column("line_amount"))
    else:
        quantity = _number(at, raw=raw, text=column("quantity"))
        amount = f"{quantity} * {_number(at, raw=raw, text=column('unit_price'))}"
    return {
        **parts,
        "order": column("order_id") if "order_id" in theirs else "cast(rowid as varchar)",
        "day": column("ordered_on"),
        "owner": column("owner_id"),
        "account": column("account_id"),
        "family": column("product_family"),
        "price": column("unit_price"),
        "amount": f"try_cast({amount} as decimal(18, 2))",
        "cancelled": f"coalesce({_CANCELLED.replace('$status', status)}, false)",
        "table": raw.table,
    }


def _number(at: Bench, *, raw: Raw, text: str) -> str:
    odd = [str(row[0]) for row in at.rows(_ODD, {"text": text, "table": raw.table})]
    style = money.style(odd) if odd else money.PLAIN
    return style.number(text, type_name="decimal(18, 4)")


def _products(at: Bench, *, parts: Mapping[str, str], theirs: Mapping[str, str]) -> list[Feed]:
    at.run(_LINES, parts)
    at.run(_PRODUCTS, parts)
    line = [
        to("opportunity_id", "order_of"),
        to("line_no", "line_of"),
        to("product_id", "product_of"),
        to("line_amount", "amount_of"),
    ]
    optional = {"quantity": "quantity_of", "unit_price": "price_of"}
    names = {"quantity": "quantity", "unit_price": "price_amount"}
    line.extend(to(names[ours], name) for ours, name in optional.items() if ours in theirs)
    product = (to("product_id", "product_of"), to("name", "product_of"), to("family", "family_of"))
    return [
        Feed(table="seen/opportunity_line", relation="order_lines", fields=tuple(line)),
        Feed(table="seen/product", relation="order_products", fields=product),
    ]
