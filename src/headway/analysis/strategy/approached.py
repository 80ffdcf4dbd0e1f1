"""Whom sellers approach: prospecting, meetings and opportunities, by account."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import conduct, selling
from headway.facts import Facts, collect, encode, predicate
from headway.facts.arrays import Array
from headway.terms.predicate import OF_STAGE, Op, Predicate

if TYPE_CHECKING:
    import ibis.expr.types as ir

Floats = npt.NDArray[np.float64]

_FLAGS = ("is_target", "is_known", "is_meeting")


@dataclass(frozen=True, kw_only=True)
class Approached:
    """Approaches as arrays, one entry per approach of one person to one account.

    `person` and `account` are places among `people` and `accounts`; `on` is the day, in days since
    1970-01-01. `is_target`: the account belongs to the new market; `is_known`: it was a customer
    before the launch; `is_meeting`: buyer and seller met.
    """

    people: tuple[str, ...]
    accounts: tuple[str, ...]
    person: Array
    account: Array
    is_target: Array
    is_known: Array
    is_meeting: Array
    on: Array

    def only(self, chosen: Array) -> "Approached":
        """Those approaches alone; `chosen` is True for them."""
        names = {one.name for one in fields(self)} - {"people", "accounts"}
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})

    def of_people(self, members: Collection[str]) -> "Approached":
        """Those of some people alone."""
        return self.only(
            np.array([name in members for name in self.people], dtype=bool)[self.person]
        )

    def per_person(self, chosen: Array) -> Floats:
        """How many of the chosen each of `people` has."""
        counts = np.bincount(self.person[chosen], minlength=len(self.people))
        return counts.astype(float)

    def accounts_per_person(self, chosen: Array) -> Floats:
        """How many accounts each of `people` has among the chosen."""
        pairs = np.unique(np.stack([self.person[chosen], self.account[chosen]]), axis=1)
        return np.bincount(pairs[0], minlength=len(self.people)).astype(float)

    def pieces_per_person(self, chosen: Array) -> Floats:
        """How many accounts of equal share the chosen of each of `people` are worth."""
        pairs, counts = np.unique(
            np.stack([self.person[chosen], self.account[chosen]]), axis=1, return_counts=True
        )
        squares = np.bincount(pairs[0], weights=counts**2.0, minlength=len(self.people))
        return conduct.pieces_of(self.per_person(chosen), squares.astype(float))

    @property
    def first_met_on(self) -> Array:
        """The first meeting with each of `accounts`, infinite where there was none."""
        first = np.full(len(self.accounts), np.inf)
        np.minimum.at(first, self.account[self.is_meeting], self.on[self.is_meeting])
        return first

    def pairs(self, chosen: Array) -> frozenset[tuple[str, str]]:
        """The (person, account) of the chosen."""
        pairs = zip(self.person[chosen].tolist(), self.account[chosen].tolist(), strict=True)
        return frozenset((self.people[person], self.accounts[one]) for person, one in pairs)


def segment(chosen: Predicate) -> Predicate | None:
    """The accounts that a priority's scope is about; None where it names none by what they are."""
    if chosen.grain == "account":
        return chosen
    conditions = tuple(
        condition
        for condition in chosen.conditions
        if condition.table == "account" and condition.op not in OF_STAGE | {Op.WITHIN_DAYS}
    )
    return Predicate(grain="account", conditions=conditions) if conditions else None


def accounts_of(facts: Facts, chosen: Predicate) -> "ir.StringColumn":
    """The ids of the accounts for which a predicate of that grain holds."""
    rows = facts.table("seen/account")
    return rows.filter(predicate.holds(facts, chosen)).account_id


def opportunities_on(facts: Facts, accounts: "ir.StringColumn") -> "ir.StringColumn":
    """The ids of the opportunities of these accounts."""
    rows = facts.table("seen/opportunity")
    return rows.filter(rows.account_id.isin(accounts)).opportunity_id


def by_activities(
    facts: Facts, *, target: "ir.StringColumn", known_before: date, eligible: Predicate | None
) -> Approached:
    """Prospecting and meetings: calls and mails that went out, and meetings with the buyer.

    Args:
        facts: of one organisation.
        target: ids of the accounts of the new market.
        known_before: who bought before that day was a customer already.
        eligible: the activities among which the declared share is meant, if they were declared;
            then these count, whatever their kind and direction.
    """
    rows = predicate.rows(facts, "activity")
    if eligible is None:
        sent = rows.kind.isin(("call", "email")) & (
            rows.direction.isnull() | rows.direction.isin(("out", "joint"))
        )
        met = (rows.kind == "meeting") & (rows.direction.isnull() | (rows.direction != "internal"))
        rows = rows.filter(sent | met)
    else:
        wanted = facts.table("seen/activity")
        wanted = wanted.filter(predicate.holds(facts, eligible))
        rows = rows.filter(rows.activity_id.isin(wanted.activity_id))
    owners = facts.table("seen/opportunity").select("opportunity_id", its_account="account_id")
    joined = rows.left_join(owners, "opportunity_id")
    account = joined.account_id.coalesce(joined.its_account)
    took_place = joined.outcome.isnull() | (joined.outcome != "no_show")
    return _of(
        facts,
        joined.select(
            account_id=account,
            person_id=joined.person_id,
            on=predicate.day_of(facts, joined.occurred_at),
            is_meeting=(joined.kind == "meeting") & took_place,
        ),
        target=target,
        known_before=known_before,
    )


def by_opportunities(facts: Facts, *, target: "ir.StringColumn", known_before: date) -> Approached:
    """Opportunities created, each by its seller; for organisations without activities."""
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    rows = selling.created(facts)
    return _of(
        facts,
        rows.select(
            account_id="account_id",
            person_id="seller",
            on="created_on",
            is_meeting=ibis.literal(False),  # noqa: FBT003  Ibis' own order
        ),
        target=target,
        known_before=known_before,
    )


def held(facts: Facts, *, target: "ir.StringColumn") -> Mapping[str, frozenset[str]]:
    """The accounts of the new market that each person holds on the last day, as owner or team."""
    rows = facts.table("seen/account_owner")
    rows = rows.filter(rows.account_id.isin(target)).select(
        "account_id", "person_id", "valid_from", "valid_to"
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in collect(rows).records():
        if row["valid_from"] <= facts.as_of and (
            row["valid_to"] is None or row["valid_to"] > facts.as_of
        ):
            found[row["person_id"]].add(row["account_id"])
    return {person: frozenset(accounts) for person, accounts in found.items()}


def _of(
    facts: Facts, rows: "ir.Table", *, target: "ir.StringColumn", known_before: date
) -> Approached:
    rows = rows.filter(rows.account_id.notnull())
    account = rows.account_id
    bought, paid = _customers(facts, before=known_before)
    found = encode(
        rows.mutate(
            is_target=account.isin(target), is_known=account.isin(bought) | account.isin(paid)
        ),
        dimensions=("person_id", "account_id"),
        measures=(*_FLAGS, "on"),
    )
    return Approached(
        people=tuple(name or "" for name in found.values["person_id"]),
        accounts=tuple(name or "" for name in found.values["account_id"]),
        person=found.codes["person_id"],
        account=found.codes["account_id"],
        on=found.measures["on"],
        **{name: found.measures[name] == 1 for name in _FLAGS},
    )


def _customers(facts: Facts, *, before: date) -> "tuple[ir.StringColumn, ir.StringColumn]":
    """Who bought before a day, by won opportunities and by money."""
    won = selling.created(facts)
    won = won.filter(won.is_won, won.closed_on < before, won.account_id.notnull())
    paid = facts.table("seen/revenue")
    paid = paid.filter(paid.month_on < before, paid.revenue_amount > 0)
    return won.account_id, paid.account_id
