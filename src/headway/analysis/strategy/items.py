"""Items of sellers: each piece of work with whose it is, when it lay, and what it shows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from headway.analysis.strategy import selling
from headway.facts import Facts, collect, days, texts
from headway.facts.paths import stored
from headway.facts.predicate import holds, tables_of
from headway.terms.predicate import Predicate

if TYPE_CHECKING:
    import ibis.expr.types as ir

GRAINS = frozenset({"opportunity", "activity"})
"""The tables whose rows belong to a seller and lie on a day."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Items:
    """One entry per eligible item of a person: whose, its day, and whether it shows the behaviour.

    `key` is the id of the row, `person` a place in `people`, who are sorted. `is_won` and `amount`
    are those of an opportunity, the amount in the organisation's currency, NaN where it is not
    known in it; `closed_on` is the day of closing, NaT while open and for work that does not close.
    """

    people: tuple[str, ...]
    key: npt.NDArray[np.str_]
    person: npt.NDArray[np.intp]
    day: npt.NDArray[np.datetime64]
    is_shown: npt.NDArray[np.bool_]
    closed_on: npt.NDArray[np.datetime64]
    is_won: npt.NDArray[np.bool_]
    amount: npt.NDArray[np.float64]

    def of_people(self, members: Collection[str]) -> "Items":
        """Those of some people alone; `people` stays as it is."""
        kept = np.array([name in members for name in self.people], dtype=bool)[self.person]
        arrays = {
            one.name: getattr(self, one.name)[kept] for one in fields(self) if one.name != "people"
        }
        return replace(self, **arrays)

    def counts(self, *, first: date, end: date) -> Mapping[str, tuple[int, int]]:
        """Per person how many items (second) lie in the days, and how many of them show it."""
        inside = (self.day >= np.datetime64(first)) & (self.day < np.datetime64(end))
        who = self.person[inside]
        n = np.bincount(who, minlength=len(self.people)).tolist()
        k = np.bincount(who[self.is_shown[inside]], minlength=len(self.people)).tolist()
        triples = zip(self.people, k, n, strict=True)
        return {person: (shown, every) for person, shown, every in triples if every}

    def last_shown(self, *, end: date) -> Mapping[str, date]:
        """Per person the last day before `end` with an item that shows it; none who has none."""
        seen = self.is_shown & (self.day < np.datetime64(end))
        last = np.full(len(self.people), np.datetime64(date.min))
        np.maximum.at(last, self.person[seen], self.day[seen])
        found: list[date] = last.astype(object).tolist()
        pairs = zip(self.people, found, strict=True)
        return {person: day for person, day in pairs if day > date.min}


# By the facts, and with them it goes: chains, patterns and coaching all ask of the same work.
_Asked = tuple[Predicate, Predicate | None]
_read: "WeakKeyDictionary[Facts, dict[_Asked, Items | None]]" = WeakKeyDictionary()


def of(facts: Facts, *, eligibility: Predicate, behaviour: Predicate | None) -> Items | None:
    """The eligible items; without `behaviour` none of them is said to show it. Read once.

    Returns:
        None where the items belong to nobody (another grain, two grains) or a table that the
        predicates speak of is absent. An opportunity belongs to its owner at creation and lies on
        the day it was created, an activity to whoever did it on the day it happened.
    """
    known = _read.setdefault(facts, {})
    asked = eligibility, behaviour
    if asked not in known:
        known[asked] = _of(facts, eligibility=eligibility, behaviour=behaviour)
    return known[asked]


def _of(facts: Facts, *, eligibility: Predicate, behaviour: Predicate | None) -> Items | None:
    asked = [eligibility, *([behaviour] if behaviour else [])]
    grain = eligibility.grain
    if grain not in GRAINS or any(one.grain != grain for one in asked):
        return None
    if not all(facts.has(name) for one in asked for name in tables_of(one)):
        return None
    # In the order of their ids, so that amounts add up alike in every run.
    rows = _selected(facts, eligibility=eligibility, behaviour=behaviour).order_by("key")
    read = collect(rows)
    zone = facts.organisation.time_zone
    names, codes = np.unique(read.column("person").astype(str), return_inverse=True)
    return Items(
        people=tuple(names.tolist()),
        key=read.column("key").astype(str),
        person=codes,
        day=days.of(read.column("lies_at"), time_zone=zone),
        is_shown=read.column("is_shown").astype(bool),
        closed_on=days.of(read.column("ended_at"), time_zone=zone),
        is_won=read.column("is_won").astype(bool),
        amount=read.column("amount").astype(float),
    )


def _selected(facts: Facts, *, eligibility: Predicate, behaviour: Predicate | None) -> "ir.Table":
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    grain = eligibility.grain
    table = facts.table(stored(grain))
    shown = ibis.literal(False) if behaviour is None else holds(facts, behaviour)  # noqa: FBT003  Ibis' own order
    found = table.mutate(is_shown=shown).filter(holds(facts, eligibility))
    if grain == "activity":
        return found.select(
            key=found.activity_id,
            person=found.person_id,
            lies_at=found.occurred_at,
            is_shown=found.is_shown,
            ended_at=ibis.null("timestamp"),
            is_won=ibis.literal(False),  # noqa: FBT003  Ibis' own order
            amount=texts.number(0),
        ).filter(found.person_id.notnull())
    found = found.left_join(selling.first_owners(facts), "opportunity_id")
    is_closed = found.stage_group != "open"
    ended_at = found.closed_at.coalesce(found.close_on.cast("timestamp"))
    currency = facts.organisation.currency
    ours = (found.currency.fill_null(currency) == currency).ifelse(found.amount, None)
    owned = found.select(
        key=found.opportunity_id,
        person=found.first_owner.coalesce(found.owner_id),
        lies_at=found.created_at,
        is_shown=found.is_shown,
        ended_at=is_closed.ifelse(ended_at, ibis.null("timestamp")),
        is_won=found.stage_group == "won",
        amount=found.report_amount.coalesce(ours).cast("float64"),
    )
    return owned.filter(owned.person.notnull(), owned.lies_at.notnull())
