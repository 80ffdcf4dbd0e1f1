"""The book: every opportunity as arrays, read once, from which all figures of results are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt

from headway.analysis.results import days, entries, ownership, people, places
from headway.analysis.results.days import Days, Numbers
from headway.analysis.results.dimension import Bools, Dimension, of_encoded
from headway.analysis.results.people import People
from headway.analysis.results.standing import Standing, Standings
from headway.facts import Facts, once
from headway.terms.organisation import Organisation
from headway.terms.period import Period

DIMENSIONS = (
    "region",
    "team",
    "segment",
    "product",
    "product_family",
    "industry",
    "country",
    "lead_source",
    "type",
    "tenure_band",
    "seller",
)
"""Every dimension a slice may have, in the order of bundle.md section 7."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Book:
    """One entry per opportunity in every array, sorted by id; deleted ones are out.

    `created_on` is the organisation's day of creation; `decided_on` its day of closing (of
    `closed_at`, else `close_on`), NaT while open; `close_on` the expected day while open. NaT and
    NaN = not known. `amount` is in the organisation's currency; one in another currency without a
    report amount is NaN and `is_foreign`. `has_lost`, `has_open`, `has_created`, `has_amount` and
    `has_no_decision` tell whether the source records such a thing at all: they stay when the book
    is narrowed. `rows` is where each stands in the whole book. `is_sliced` = some opportunities of
    its people were left out; `people_asked` = whose book it is, None = everyone's; `scope` = the
    values its dimensions were narrowed to.

    Owners and dimensions are those at closing, of open ones those of now: `as_created` and
    `as_open_on` are the books of the same people and scope by who owned an opportunity then.
    `standings` tells that, None where nothing does; `whole` is the book before it was narrowed.
    """

    organisation: Organisation
    as_of: date
    data_from: date
    ids: npt.NDArray[np.object_]
    rows: npt.NDArray[np.int64]
    created_on: Days
    decided_on: Days
    close_on: Days
    is_won: Bools
    is_lost: Bools
    is_open: Bools
    is_no_decision: Bools
    is_foreign: Bools
    amount: Numbers
    owners: Dimension
    people: People
    stages: Dimension
    pipelines: Dimension
    dimensions: Mapping[str, Dimension]
    has_lost: bool
    has_open: bool
    has_created: bool
    has_amount: bool
    has_no_decision: bool
    is_sliced: bool = False
    people_asked: frozenset[str] | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    standings: Standings | None = None
    whole: "Book | None" = None
    caveats: tuple[str, ...] = ()
    facts_id: str = ""

    def __len__(self) -> int:
        return len(self.amount)

    def places(self, ids: Iterable[str | None]) -> npt.NDArray[np.int64]:
        """Where in the book each of these opportunities stands; -1 = nowhere."""
        return np.array([self._place.get(each, -1) for each in ids], dtype=np.int64)

    @cached_property
    def _place(self) -> dict[str | None, int]:
        return {each: row for row, each in enumerate(self.ids)}

    def decided_in(self, period: Period) -> Bools:
        """Which were won or lost with their day of closing in the period."""
        return (self.is_won | self.is_lost) & within(self.decided_on, period=period)

    def created_in(self, period: Period) -> Bools:
        """Which were created in the period."""
        return within(self.created_on, period=period)

    def only(self, wanted: Bools) -> "Book":
        """The same book with those opportunities alone, whoever owned them before."""
        return replace(self._cut(wanted), is_sliced=True, standings=None, whole=None)

    def _cut(self, wanted: Bools) -> "Book":
        # A few of many are found once, and not anew in every column.
        rows = np.flatnonzero(wanted)
        cut: dict[str, Any] = {  # Any: fields of several types, each cut to its own
            entry.name: kept[rows]
            for entry in fields(self)
            if isinstance(kept := getattr(self, entry.name), np.ndarray | Dimension)
        }
        dimensions = {name: dimension[rows] for name, dimension in self.dimensions.items()}
        whole = self.whole or self
        return replace(self, **cut, dimensions=MappingProxyType(dimensions), whole=whole)

    def of_people(self, people: frozenset[str] | None) -> "Book":
        """The opportunities that these people (ids; None = everyone) own."""
        if people is None:
            return self
        theirs = self._cut(self.owners.is_among(people))
        return replace(theirs, is_sliced=False, people_asked=people)

    def within(self, scope: Mapping[str, str]) -> "Book":
        """The opportunities whose dimensions have these values.

        Raises:
            KeyError: the book has no such dimension.
        """
        if not scope:
            return self
        wanted = np.ones(len(self), dtype=bool)
        for name, value in scope.items():
            wanted &= self.dimensions[name].equals(value)
        return replace(self._cut(wanted), is_sliced=True, scope={**self.scope, **scope})

    @cached_property
    def as_created(self) -> "Book":
        """What these people, in this scope, owned at creation: for all that counts creations."""
        if self.standings is None:
            return self
        return self._standing(self.standings.at_creation)

    def as_open_on(self, day: date) -> "Book":
        """What these people, in this scope, owned at the beginning of a day: for what was open."""
        if self.standings is None or self.whole is None:
            return self
        return self._standing(self.standings.on(day))

    def _standing(self, standing: Standing) -> "Book":
        whole = self.whole or self
        placed = replace(
            whole,
            owners=standing.owners,
            dimensions=_named(standing.dimensions, like=whole),
            standings=None,
        )
        return placed.of_people(self.people_asked).within(self.scope)

    @property
    def omitted(self) -> dict[str, int]:
        """How many opportunities lack a value that some figure needs, by what they lack."""
        decided = self.is_won | self.is_lost
        counts = {
            "no_owner": self.owners.is_null,
            "no_created_at": np.isnat(self.created_on),
            "no_close_date": decided & np.isnat(self.decided_on),
            "no_amount": self.is_won & np.isnan(self.amount) & ~self.is_foreign,
            "other_currency": self.is_won & self.is_foreign,
        }
        return {name: int(mask.sum()) for name, mask in counts.items() if mask.any()}


def within(moments: Days, *, period: Period) -> Bools:
    """Which days lie in the period; a day that is not known does not."""
    inside: Bools = (moments >= days.of(period.first)) & (moments < days.of(period.end))
    return inside


@once
def of(facts: Facts) -> Book:
    """The book of an organisation, opportunities without an owner included.

    Returns:
        One entry per opportunity that is not deleted, with who owned it when it closed, while open
        who owns it now. Region and team are those of the owner's reporting line on the day of
        closing (of creation while open), else the line nearest to that day; the region of the
        account stands in where no line has a region. The product of an opportunity with several
        lines is that of the largest line amount.
    """
    read = entries.of(facts)
    zone, numbers = facts.organisation.time_zone, read.measures
    created_on = days.of_seconds(numbers["created_at"], time_zone=zone)
    closed_on = days.of_seconds(numbers["closed_at"], time_zone=zone)
    close_on = days.of_numbers(numbers["close_on"])
    is_won, is_lost = (of_encoded(read, "stage_group").equals(end) for end in ("won", "lost"))
    decided = is_won | is_lost
    closing = np.where(np.isnat(closed_on), close_on, closed_on)
    decided_on = np.where(decided, closing, days.NOT_KNOWN)
    owned = ownership.of(facts, read=read)
    there = people.of(facts, owner=owned.recorded)
    standings = Standings(
        read=read,
        lines=places.lines_of(facts),
        time_zone=zone,
        ownership=owned,
        hired_on=there.hired_on,
        created_on=created_on,
        decided_on=decided_on,
    )
    now = standings.at_closing()
    return Book(
        organisation=facts.organisation,
        as_of=facts.as_of,
        data_from=facts.data_from,
        ids=np.asarray(read.keys, dtype=object),
        rows=np.arange(read.n),
        created_on=created_on,
        decided_on=decided_on,
        close_on=close_on,
        is_won=is_won,
        is_lost=is_lost,
        is_open=~decided,
        is_no_decision=is_lost & of_encoded(read, "lost_reason").equals("no_decision"),
        is_foreign=numbers["is_foreign"] > 0,
        amount=numbers["amount_reported"],
        owners=now.owners,
        people=there,
        stages=of_encoded(read, "stage"),
        pipelines=of_encoded(read, "pipeline"),
        dimensions=_in_order(now.dimensions),
        has_lost=bool(is_lost.any()),
        has_open=bool((~decided).any()),
        has_created=_has_created(created_on, decided_on=decided_on),
        has_amount=not bool(np.isnan(numbers["amount_reported"]).all()),
        has_no_decision=bool(of_encoded(read, "lost_reason")[is_lost].equals("no_decision").any()),
        standings=standings,
        caveats=now.caveats,
        facts_id=facts.facts_id,
    )


def _in_order(found: Mapping[str, Dimension]) -> Mapping[str, Dimension]:
    return MappingProxyType({name: found[name] for name in DIMENSIONS if name in found})


def _named(found: Mapping[str, Dimension], *, like: Book) -> Mapping[str, Dimension]:
    """The dimensions that a book has: one without any value then is there all the same."""
    unknown = Dimension(codes=np.zeros(len(like), dtype=np.int32), values=(None,))
    return MappingProxyType({name: found.get(name, unknown) for name in like.dimensions})


def _has_created(created_on: Days, *, decided_on: Days) -> bool:
    # Where everything is closed on the day it was created, orders were recorded and not their
    # making.
    return bool((~np.isnat(created_on) & (created_on != decided_on)).any())
