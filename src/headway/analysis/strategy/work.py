"""What people work on: activities, or opportunities where none are recorded, and in which part."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import selling
from headway.analysis.strategy.roles import Role
from headway.facts import Encoded, Facts, encode, predicate
from headway.facts.arrays import Array

if TYPE_CHECKING:
    import ibis.expr.types as ir

_TEXTS = ("segment", "region", "product_family", "kind", "purpose")
# Where a part of a role may find what it names: a kind of activity is a kind or a purpose; where no
# account has such a segment, a region is meant.
_KIND = ("kind", "purpose")


@dataclass(frozen=True, kw_only=True, eq=False)
class Work:
    """Pieces of work as arrays, one entry per piece; see `of`.

    `person` and `account` are places among `people` and `accounts`; `on` is the day, in days since
    1970-01-01. `by_orders`: they are opportunities, for want of activities.
    """

    people: tuple[str, ...]
    accounts: tuple[str | None, ...]
    person: Array
    account: Array
    on: Array
    by_orders: bool
    _found: Encoded

    def parts(self, role: Role) -> Array:
        """In which part of a role each piece lies.

        Returns:
            The place of the part among `role.parts`, the one that names most if several fit; their
            number for work outside of all of them; -1 where it is not known, because what the parts
            name is not recorded for it.
        """
        place = np.full(len(self.on), len(role.parts), dtype=np.int64)
        unknown = np.zeros(len(self.on), dtype=bool)
        for number in reversed(range(len(role.parts))):
            fits = np.ones(len(self.on), dtype=bool)
            for name, value in role.parts[number].named.items():
                columns = self._columns(name, value)
                fits &= np.logical_or.reduce([self._is(column, value) for column in columns])
                unknown |= np.logical_and.reduce([self._is(column, None) for column in columns])
            place[fits] = number
        place[unknown] = -1
        return place

    def _columns(self, name: str, value: str) -> tuple[str, ...]:
        if name == "activity_kind":
            return _KIND
        if name == "segment" and value not in self._found.values["segment"]:
            return ("region",) if value in self._found.values["region"] else ("segment",)
        return (name,)

    def _is(self, column: str, value: str | None) -> npt.NDArray[np.bool_]:
        values = self._found.values[column]
        if value not in values:
            return np.zeros(len(self.on), dtype=bool)
        found: npt.NDArray[np.bool_] = self._found.codes[column] == values.index(value)
        return found


def of(facts: Facts) -> Work:
    """All pieces of work: activities with a buyer, each of its person on the day it happened.

    Where no activity is recorded, opportunities created stand for them, each of its owner at
    creation. A piece is on the segment and region of its account, or of its opportunity's account,
    and on the product family that carries most of the amount of its opportunity's lines.
    """
    rows = _activities(facts)
    found = _encoded(rows, facts=facts)
    by_orders = not found.n
    if by_orders:
        found = _encoded(_opportunities(facts), facts=facts)
    return Work(
        people=tuple(name or "" for name in found.values["person_id"]),
        accounts=found.values["account_id"],
        person=found.codes["person_id"],
        account=found.codes["account_id"],
        on=found.measures["on"],
        by_orders=by_orders,
        _found=found,
    )


def _encoded(rows: "ir.Table", *, facts: Facts) -> Encoded:
    accounts = facts.table("seen/account").select("account_id", "segment", "region")
    wanted = ("person_id", "account_id", "kind", "purpose", "segment", "region", "on")
    rows = rows.filter(rows.person_id.notnull())
    placed = rows.left_join(accounts, "account_id").select("opportunity_id", *wanted)
    whole = placed.left_join(_families(facts), "opportunity_id").select("product_family", *wanted)
    return encode(whole, dimensions=("person_id", "account_id", *_TEXTS), measures=("on",))


def _activities(facts: Facts) -> "ir.Table":
    rows = predicate.rows(facts, "activity")
    rows = rows.filter(rows.direction.isnull() | (rows.direction != "internal"))
    owners = facts.table("seen/opportunity").select("opportunity_id", its_account="account_id")
    joined = rows.left_join(owners, "opportunity_id")
    return joined.select(
        "opportunity_id",
        "person_id",
        "kind",
        "purpose",
        account_id=joined.account_id.coalesce(joined.its_account),
        on=predicate.day_of(facts, joined.occurred_at),
    )


def _opportunities(facts: Facts) -> "ir.Table":
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    rows = selling.created(facts)
    return rows.select(
        "opportunity_id",
        "account_id",
        person_id=rows.seller,
        kind=ibis.null("string"),
        purpose=ibis.null("string"),
        on=rows.created_on,
    )


def _families(facts: Facts) -> "ir.Table":
    """The product family that carries most of each opportunity: `opportunity_id` with it."""
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    lines, products = facts.table("seen/opportunity_line"), facts.table("seen/product")
    joined = lines.join(products.select("product_id", "family"), "product_id")
    joined = joined.filter(joined.family.notnull())
    sums = joined.group_by("opportunity_id", "family").agg(
        amount=joined.line_amount.fill_null(0).sum(), count=joined.count()
    )
    # Without amounts the family of most lines; of equals the first by name.
    order = [sums.amount.desc(), sums["count"].desc(), sums.family.asc()]
    ranked = sums.mutate(place=ibis.row_number().over(group_by=sums.opportunity_id, order_by=order))
    return ranked.filter(ranked.place == 0).select("opportunity_id", product_family="family")
