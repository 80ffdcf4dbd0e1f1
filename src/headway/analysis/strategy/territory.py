"""What is sold outside of the territory that was assigned, by amount won."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from headway.analysis.strategy import selling
from headway.facts import Facts, collect, encode
from headway.facts.arrays import Array

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, kw_only=True, eq=False)
class Sold:
    """Won opportunities as arrays, one entry each; `seller` is a place among `people`.

    `on` is the day it was won, in days since 1970-01-01, `amount` in the organisation's currency.
    `is_outside`: the account's region is not the one its seller stood in on that day, or the
    seller stood in none. `is_after`: the seller had a territory before that day, and has had none
    since.
    """

    people: tuple[str, ...]
    seller: Array
    on: Array
    amount: Array
    is_outside: Array
    is_after: Array

    def outside(self, people: Collection[str], *, first: date, end: date) -> tuple[float, float]:
        """Of what these people won in these days, the amount outside of territories; and all."""
        chosen = self._of(people) & (self.on >= _day(first)) & (self.on < _day(end))
        return float(self.amount[chosen & self.is_outside].sum()), float(self.amount[chosen].sum())

    def after_territory(self, people: Collection[str]) -> tuple[float, float]:
        """Of all that those won whose territory ended, the amount won after that; and all."""
        ended = np.unique(self.seller[self._of(people) & self.is_after])
        theirs = np.isin(self.seller, ended)
        return float(self.amount[theirs & self.is_after].sum()), float(self.amount[theirs].sum())

    def _of(self, people: Collection[str]) -> Array:
        found: Array = np.array([name in people for name in self.people], dtype=bool)[self.seller]
        return found


def sold(facts: Facts) -> Sold | None:
    """What was won on accounts whose region is known, with whether it lies outside.

    Returns:
        None where no person's region over time is a region of accounts: nobody has a territory.
    """
    # In the order of their ids, so that amounts add up alike in every run.
    found = encode(
        _won(facts),
        dimensions=("seller", "account_region"),
        measures=("closed_on", "amount"),
        key="opportunity_id",
    )
    regions = found.values["account_region"]
    stood = collect(
        facts.columns("seen/reporting_line", "person_id", "region", "valid_from", "valid_to")
    ).records()
    # Whose territory is called otherwise than the regions of accounts cannot be placed.
    elsewhere = {row["person_id"] for row in stood if row["region"] not in {None, *regions}}
    stood = [row for row in stood if row["region"] and row["person_id"] not in elsewhere]
    if not stood:
        return None
    people = tuple(name or "" for name in found.values["seller"])
    place = {name: number for number, name in enumerate(people)}
    seller, on = found.codes["seller"], found.measures["closed_on"]
    is_inside, is_after = np.zeros(len(on), dtype=bool), np.zeros(len(on), dtype=bool)
    last_end: dict[str, float] = {}
    for row in stood:
        person = row["person_id"]
        if person not in place:
            continue
        until = np.inf if row["valid_to"] is None else _day(row["valid_to"])
        last_end[person] = max(last_end.get(person, -np.inf), until)
        here = (seller == place[person]) & (on >= _day(row["valid_from"])) & (on < until)
        is_inside |= here & (found.codes["account_region"] == regions.index(row["region"]))
    for person, until in last_end.items():
        is_after |= (seller == place[person]) & (on >= until)
    kept = ~np.isin(seller, [place[name] for name in elsewhere if name in place])
    return Sold(
        people=people,
        seller=seller[kept],
        on=on[kept],
        amount=found.measures["amount"][kept],
        is_outside=~is_inside[kept],
        is_after=is_after[kept],
    )


def _won(facts: Facts) -> "ir.Table":
    rows = selling.created(facts)
    rows = rows.filter(
        rows.is_won, rows.amount.notnull(), rows.closed_on.notnull(), rows.account_id.notnull()
    )
    accounts = facts.table("seen/account").select("account_id", account_region="region")
    joined = rows.join(accounts, "account_id")
    return joined.filter(joined.account_region.notnull()).select(
        "opportunity_id", "seller", "account_region", "closed_on", "amount"
    )


def _day(day: date) -> int:
    return int(np.datetime64(day).astype(int))
