"""What sellers work on: opportunities with their seller, their first steps and what they are of."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.facts import Facts, collect, encode, predicate
from headway.facts.arrays import Array
from headway.facts.paths import stored
from headway.terms.period import Period
from headway.terms.predicate import OF_STAGE, Op, Predicate

if TYPE_CHECKING:
    import ibis.expr.types as ir

Floats = npt.NDArray[np.float64]

PRODUCT_TABLES = frozenset({"product", "opportunity_line"})
"""The tables whose conditions are about what is sold."""
# How systems call the stage in which the buyer is sent what it would cost.
_PROPOSALS = ("proposal", "quote", "offer")
_FLAGS = ("is_wanted", "is_eligible", "has_lines", "is_won", "is_decided")
_FIGURES = ("created_on", "met_on", "proposed_on", "closed_on", "amount")


@dataclass(frozen=True, kw_only=True)
class Worked:
    """Opportunities as arrays, one entry per opportunity; see `worked`.

    `people` are the sellers, and `seller` is the place of each opportunity's among them. Days are
    days since 1970-01-01, NaN where it did not happen.
    """

    people: tuple[str, ...]
    seller: Array
    is_wanted: Array
    is_eligible: Array
    has_lines: Array
    is_won: Array
    is_decided: Array
    created_on: Array
    met_on: Array
    proposed_on: Array
    closed_on: Array
    amount: Array

    def only(self, chosen: Array) -> "Worked":
        """Those opportunities alone; `chosen` is True for them."""
        arrays = {
            one.name: getattr(self, one.name)[chosen]
            for one in fields(self)
            if one.name != "people"
        }
        return replace(self, **arrays)

    def of_people(self, members: Collection[str]) -> "Worked":
        """Those of some sellers alone."""
        return self.only(
            np.array([name in members for name in self.people], dtype=bool)[self.seller]
        )

    def per_person(self, chosen: Array, *, worth: Array | None = None) -> Floats:
        """How many of the chosen each of `people` has, or what they are worth together."""
        weights = chosen.astype(float) if worth is None else chosen * worth
        counts = np.bincount(self.seller, weights=weights, minlength=len(self.people))
        return counts.astype(float)


def inside(on: Array, period: Period) -> Array:
    """Which days, given in days since 1970-01-01, lie inside a period."""
    first, end = (np.datetime64(day).astype(int) for day in (period.first, period.end))
    within: Array = (on >= first) & (on < end)
    return within


def worked(
    facts: Facts, *, wanted: "ir.StringColumn", eligible: "ir.StringColumn | None"
) -> Worked:
    """The opportunities that were created, each with its seller.

    Args:
        facts: of one organisation.
        wanted: ids of the opportunities that a priority is about.
        eligible: ids of those in which it could be followed; None = in all.

    Returns:
        Those whose creation is dated and whose seller, the owner at creation, is known. `met_on` is
        the first meeting with the buyer that took place; `proposed_on` the first entry into a stage
        of proposal, or activity of that purpose; `closed_on` the day it was won or lost; `amount`
        is in the organisation's currency. Days are the organisation's.
    """
    lines = facts.table("seen/opportunity_line")
    table = created(facts)
    key = table.opportunity_id
    table = table.mutate(
        is_wanted=key.isin(wanted),
        is_eligible=key.notnull() if eligible is None else key.isin(eligible),
        has_lines=key.isin(lines.opportunity_id),
    )
    for column, first in (
        ("met_at", _first_meetings(facts)),
        ("proposed_at", _first_proposals(facts)),
    ):
        table = _joined(table, first, column=column)
    table = table.mutate(
        met_on=predicate.day_of(facts, table.met_at),
        proposed_on=predicate.day_of(facts, table.proposed_at),
    )
    found = encode(
        table,
        dimensions=("seller",),
        measures=(*_FLAGS, *_FIGURES),
        key="opportunity_id",
    )
    return Worked(
        people=tuple(name or "" for name in found.values["seller"]),
        seller=found.codes["seller"],
        **{name: found.measures[name] == 1 for name in _FLAGS},
        **{name: found.measures[name] for name in _FIGURES},
    )


def created(facts: Facts) -> "ir.Table":
    """The opportunities whose creation is dated and whose seller, the owner at creation, is known.

    Returns:
        One row per opportunity: `opportunity_id`, `account_id`, `seller`, `created_on`, `is_won`,
        `is_decided`, `closed_on` and `amount` in the organisation's currency.
    """
    found = predicate.rows(facts, "opportunity")
    closed_on = predicate.day_of(facts, found.closed_at).coalesce(found.close_on)
    table = found.filter(found.created_at.notnull()).select(
        "opportunity_id",
        "account_id",
        "owner_id",
        created_on=predicate.day_of(facts, found.created_at),
        is_won=found.stage_group == "won",
        is_decided=found.stage_group != "open",
        closed_on=(found.stage_group != "open").ifelse(closed_on, None),
        amount=found.report_amount.coalesce(found.amount),
    )
    table = _joined(table, first_owners(facts), column="first_owner")
    table = table.mutate(seller=table.first_owner.coalesce(table.owner_id))
    return table.filter(table.seller.notnull()).drop("owner_id", "first_owner")


def first_owners(facts: Facts) -> "ir.Table":
    """The owner of each opportunity at creation, `first_owner`, where its history tells.

    That is the old value of the first change; the entry of a creation has none, but a new one.
    """
    changes = predicate.rows(facts, "opportunity_change")
    owners = changes.filter(changes.field == "owner_id")
    owners = owners.mutate(owner=owners.old_value.coalesce(owners.new_value))
    owners = owners.filter(owners.owner.notnull())
    return owners.group_by("opportunity_id").agg(first_owner=owners.owner.argmin(owners.changed_at))


def opportunities_of(facts: Facts, chosen: Predicate) -> "ir.StringColumn | None":
    """The ids of the opportunities that the rows of a predicate belong to.

    Rows of products stand for the opportunities with a line of them, rows of accounts for those of
    the account. None where the rows belong to no opportunity (people).
    """
    rows = facts.table(stored(chosen.grain))
    rows = rows.filter(predicate.holds(facts, chosen))
    if "opportunity_id" in rows.columns:
        return rows.opportunity_id
    if chosen.grain == "product":
        return of_products(facts, rows.product_id)
    if "account_id" in rows.columns:
        found = facts.table("seen/opportunity")
        return found.filter(found.account_id.isin(rows.account_id)).opportunity_id
    return None


def of_products(facts: Facts, products: "ir.StringColumn | tuple[str, ...]") -> "ir.StringColumn":
    """The ids of the opportunities with a line of one of these products."""
    lines = facts.table("seen/opportunity_line")
    return lines.filter(lines.product_id.isin(products)).opportunity_id


def names_products(chosen: Predicate) -> bool:
    """Whether products decide which rows satisfy the predicate."""
    return any(condition.table in PRODUCT_TABLES for condition in chosen.conditions)


def products_of(facts: Facts, chosen: Predicate) -> dict[str, date | None]:
    """The products that a predicate names, by id, each with its day of launch."""
    conditions = tuple(
        replace(condition, table="product")
        for condition in chosen.conditions
        if condition.op not in OF_STAGE | {Op.WITHIN_DAYS}
        and (
            condition.table == "product"
            or (condition.table == "opportunity_line" and condition.column == "product_id")
        )
    )
    if not conditions:
        return {}
    rows = facts.table("seen/product")
    rows = rows.filter(
        predicate.holds(facts, Predicate(grain="product", conditions=conditions))
    ).select("product_id", "launched_on")
    return {row["product_id"]: row["launched_on"] for row in collect(rows).records()}


def _joined(table: "ir.Table", other: "ir.Table", *, column: str) -> "ir.Table":
    """The table with one column of another that has at most one row per opportunity."""
    joined = table.left_join(other, "opportunity_id")
    return joined.select(*(table[name] for name in table.columns), other[column])


def _first_meetings(facts: Facts) -> "ir.Table":
    rows = predicate.rows(facts, "activity")
    took_place = rows.filter(
        rows.kind == "meeting",
        rows.opportunity_id.notnull(),
        rows.direction.isnull() | (rows.direction != "internal"),
        rows.outcome.isnull() | (rows.outcome != "no_show"),
    )
    return took_place.group_by("opportunity_id").agg(met_at=took_place.occurred_at.min())


def _first_proposals(facts: Facts) -> "ir.Table":
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    rows = predicate.rows(facts, "activity")
    sent = rows.filter(rows.purpose.lower() == "proposal", rows.opportunity_id.notnull())
    changes = predicate.rows(facts, "opportunity_change")
    stage = changes.new_value.lower()
    entered = changes.filter(
        changes.field == "stage", ibis.or_(*(stage.contains(name) for name in _PROPOSALS))
    )
    both = ibis.union(
        sent.select("opportunity_id", at=sent.occurred_at),
        entered.select("opportunity_id", at=entered.changed_at),
    )
    return both.group_by("opportunity_id").agg(proposed_at=both["at"].min())
