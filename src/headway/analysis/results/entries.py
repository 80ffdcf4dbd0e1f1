"""Opportunities with what their account and products say about them."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from headway.analysis.results.days import Numbers
from headway.analysis.results.dimension import Bools, Codes, Dimension, of_encoded, of_texts
from headway.facts import Encoded, Facts, collect, encode

KEY = "opportunity_id"
OWN = (
    "owner_id",
    "stage",
    "pipeline",
    "stage_group",
    "lost_reason",
    "lead_source",
    "type",
)
ACCOUNTS = ("segment", "industry", "country", "region")


def of(facts: Facts) -> Encoded:
    """Every opportunity that is not deleted, as integer codes and numbers.

    Returns:
        One entry per opportunity, sorted by `KEY`. Texts are its own (`OWN`), those of its account
        (`segment`, `industry`, `country`, `account_region`), and `product` and `product_family` of
        its largest line. Numbers: `created_at`, `closed_at`, `close_on`, `amount_reported` in the
        organisation's currency, and `is_foreign`, 1 where the amount is in another one and nobody
        reported it in ours.
    """
    accounts = encode(
        facts.columns("seen/account"), dimensions=ACCOUNTS, measures=(), key="account_id"
    )
    read = encode(
        facts.columns("seen/opportunity"),
        dimensions=(*OWN, "currency"),
        measures=("created_at", "closed_at", "close_on", "amount", "report_amount", "is_deleted"),
        key=KEY,
        links={"account_id": accounts},
    )
    numbers = read.measures
    found = {
        **{name: of_encoded(read, name) for name in OWN},
        **_of_accounts(accounts, row=read.links["account_id"]),
        **_of_products(facts, opportunities=read),
    }
    is_foreign = (
        np.isnan(numbers["report_amount"])
        & ~np.isnan(numbers["amount"])
        & ~of_encoded(read, "currency").is_among({None, facts.organisation.currency})
    )
    whole = Encoded(
        codes={name: text.codes for name, text in found.items()},
        values={name: text.values for name, text in found.items()},
        measures={
            **{name: numbers[name] for name in ("created_at", "closed_at", "close_on")},
            "amount_reported": _reported(numbers, is_foreign=is_foreign),
            "is_foreign": is_foreign.astype(np.float64),
        },
        n=read.n,
        keys=read.keys,
    )
    is_deleted = numbers["is_deleted"] > 0
    return _only(whole, ~is_deleted) if is_deleted.any() else whole


def _only(read: Encoded, wanted: Bools) -> Encoded:
    texts = {name: used(of_encoded(read, name)[wanted]) for name in read.codes}
    return Encoded(
        codes={name: text.codes for name, text in texts.items()},
        values={name: text.values for name, text in texts.items()},
        measures={name: figures[wanted] for name, figures in read.measures.items()},
        n=int(wanted.sum()),
        keys=np.asarray(read.keys, dtype=object)[wanted],
    )


def used(dimension: Dimension) -> Dimension:
    """The same without values that nothing has."""
    is_used = np.bincount(dimension.codes, minlength=len(dimension.values)) > 0
    if is_used.all():
        return dimension
    place = (np.cumsum(is_used) - 1).astype(np.int32)
    values = zip(dimension.values, is_used, strict=True)
    return Dimension(
        codes=place[dimension.codes], values=tuple(value for value, kept in values if kept)
    )


def _reported(numbers: Mapping[str, Numbers], *, is_foreign: Bools) -> Numbers:
    own = np.where(is_foreign, np.nan, numbers["amount"])
    reported: Numbers = np.where(np.isnan(numbers["report_amount"]), own, numbers["report_amount"])
    return reported


def _of_accounts(read: Encoded, *, row: Codes) -> dict[str, Dimension]:
    found = {name: _taken(of_encoded(read, name), row=row) for name in ACCOUNTS}
    return {"account_region" if name == "region" else name: each for name, each in found.items()}


def _taken(dimension: Dimension, *, row: Codes) -> Dimension:
    """The dimension of other rows: those named, and for -1 none."""
    known = tuple(value for value in dimension.values if value is not None)
    codes = np.append(dimension.codes, np.int32(len(known)))[row]
    return used(Dimension(codes=codes, values=(*known, None)))


def _of_products(facts: Facts, *, opportunities: Encoded) -> dict[str, Dimension]:
    lines = encode(
        facts.columns("seen/opportunity_line"),
        dimensions=("product_id",),
        measures=("line_no", "line_amount", "quantity", "price_amount"),
        links={KEY: opportunities},
    )
    row = _largest(lines.measures, owner=lines.links[KEY], n=opportunities.n)
    named = _named_products(facts)
    ids = [product or "" for product in lines.values["product_id"]]
    labels = {
        "product": of_texts([named.get(product, (None, None))[0] or product for product in ids]),
        "product_family": of_texts([named.get(product, (None, None))[1] for product in ids]),
    }
    code = lines.codes["product_id"]
    return {
        name: _taken(Dimension(codes=label.codes[code], values=label.values), row=row)
        for name, label in labels.items()
    }


def _largest(line: Mapping[str, Numbers], *, owner: Codes, n: int) -> Codes:
    """Of each opportunity the line of the largest amount, of alike ones the first; -1 = no line."""
    amount = np.where(
        np.isnan(line["line_amount"]), line["quantity"] * line["price_amount"], line["line_amount"]
    )
    amount = np.nan_to_num(amount)
    lies = np.flatnonzero(owner >= 0)
    is_one_of_several = np.bincount(owner[lies], minlength=n)[owner[lies]] > 1
    several = lies[is_one_of_several]
    # The smallest and the last first, so that what is written last is the one wanted.
    order = several[np.lexsort((-line["line_no"][several], amount[several]))]
    found: Codes = np.full(n, -1, dtype=np.int32)
    for rows in (lies[~is_one_of_several], order):
        found[owner[rows]] = rows
    return found


def _named_products(facts: Facts) -> dict[str, tuple[str | None, str | None]]:
    """Name and family of each product. Two of one name stay two: the id tells them apart."""
    products = collect(facts.columns("seen/product", "product_id", "name", "family")).records()
    often = Counter(product["name"] for product in products)
    return {
        product["product_id"]: (
            f"{product['name']} ({product['product_id']})"
            if product["name"] and often[product["name"]] > 1
            else product["name"],
            product["family"],
        )
        for product in products
    }
