"""What else happened in a window that could explain why people did not do what was declared."""

from collections.abc import Collection
from datetime import date

from headway.analysis.strategy import selling
from headway.facts import Facts, collect, predicate
from headway.terms.period import Period
from headway.terms.predicate import PredicateError, parse


def during(facts: Facts, *, kind: str, window: Period, products: Collection[str] = ()) -> int:
    """How many events of one kind fall into a window and may concern these products.

    An event without scope concerns everything, one whose scope cannot be read may. One whose scope
    names products concerns those alone; any other may concern everything.
    """
    events = collect(facts.columns("seen/business_event")).records()
    return sum(
        row["kind"] == kind
        and row["starts_on"] < window.end
        and (row["ends_on"] or date.max) >= window.first
        and _may_concern(facts, row["scope"], products=products)
        for row in events
    )


def _may_concern(facts: Facts, scope: str | None, *, products: Collection[str]) -> bool:
    if scope is None:
        return True
    try:
        read = parse(scope)
        predicate.check(read)
    except PredicateError:
        return True
    if not selling.names_products(read):
        return True
    return not set(products).isdisjoint(selling.products_of(facts, read))
