"""Opportunities with what their account and products say about them, in one query."""

from typing import TYPE_CHECKING

from headway.facts import Encoded, Facts, encode

if TYPE_CHECKING:
    import ibis.expr.types as ir

KEY = "opportunity_id"
TEXTS = (
    "owner_id",
    "stage",
    "pipeline",
    "stage_group",
    "lost_reason",
    "lead_source",
    "type",
    "segment",
    "industry",
    "country",
    "account_region",
    "product",
    "product_family",
)
NUMBERS = ("created_at", "closed_at", "close_on", "amount_reported", "is_foreign")


def of(facts: Facts) -> Encoded:
    """Every opportunity that is not deleted, as integer codes and numbers.

    Returns:
        One entry per opportunity, sorted by `KEY`, with `TEXTS` and `NUMBERS`:
        `amount_reported` is in the organisation's currency, `is_foreign` 1 where the amount is in
        another one and nobody reported it in ours.
    """
    return encode(table(facts), dimensions=TEXTS, measures=NUMBERS, key=KEY)


def table(facts: Facts) -> "ir.Table":
    """One row per opportunity that is not deleted, with its account's and its product's columns."""
    rows = facts.table("seen/opportunity")
    rows = rows.filter(~rows.is_deleted.coalesce(False))
    accounts = _accounts(facts)
    rows = rows.left_join(accounts, rows.account_id == accounts.of_account)
    products = _products(facts)
    rows = rows.left_join(products, rows.opportunity_id == products.of_opportunity)
    is_foreign = (
        rows.report_amount.isnull()
        & rows.amount.notnull()
        & (rows.currency.fill_null(facts.organisation.currency) != facts.organisation.currency)
    )
    rows = rows.mutate(
        amount_reported=rows.report_amount.coalesce(is_foreign.ifelse(None, rows.amount)),
        is_foreign=is_foreign,
    )
    return rows.select(KEY, *TEXTS, *NUMBERS)


def _accounts(facts: Facts) -> "ir.Table":
    accounts = facts.table("seen/account")
    return accounts.select(
        of_account=accounts.account_id,
        segment=accounts.segment,
        industry=accounts.industry,
        country=accounts.country,
        account_region=accounts.region,
    )


def _products(facts: Facts) -> "ir.Table":
    import ibis  # noqa: PLC0415  heavy: only where a query is built

    lines = facts.table("seen/opportunity_line")
    amount = lines.line_amount.coalesce(lines.quantity * lines.price_amount, 0)
    largest_first = ibis.window(
        group_by=lines.opportunity_id, order_by=[amount.desc(), lines.line_no]
    )
    lines = lines.mutate(place=ibis.row_number().over(largest_first))
    lines = lines.filter(lines.place == 0)
    named = _named_products(facts)
    lines = lines.left_join(named, lines.product_id == named.of_product)
    return lines.select(
        of_opportunity=lines.opportunity_id,
        product=lines.product_name.coalesce(lines.product_id),
        product_family=lines.product_family,
    )


def _named_products(facts: Facts) -> "ir.Table":
    products = facts.table("seen/product")
    # Two products of one name stay two: the id tells them apart.
    is_shared = products.count().over(group_by=products.name) > 1
    return products.select(
        of_product=products.product_id,
        product_name=is_shared.ifelse(
            products.name + " (" + products.product_id + ")", products.name
        ),
        product_family=products.family,
    )
