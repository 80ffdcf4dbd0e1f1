"""A book made of plain lists: for small things and tests, where no facts are needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from headway.analysis.results import people
from headway.analysis.results.book import Book
from headway.analysis.results.days import Days
from headway.analysis.results.dimension import Dimension, of_texts
from headway.analysis.results.people import People
from headway.terms.organisation import Organisation

ORGANISATION = Organisation(name="Made", currency="EUR")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One opportunity: `outcome` is won, lost, open or no_decision; None = not known."""

    outcome: str
    created_on: date | None = None
    decided_on: date | None = None
    close_on: date | None = None
    amount: float | None = None
    owner: str | None = None
    stage: str = "Made"
    dimensions: tuple[tuple[str, str | None], ...] = ()


def book(
    opportunities: Sequence[Entry],
    *,
    as_of: date,
    data_from: date,
    presence: Mapping[str, tuple[date | None, date | None]] | None = None,
) -> Book:
    """The book of those opportunities; `presence` gives (hired_on, left_on) by owner."""
    outcome = np.array([entry.outcome for entry in opportunities], dtype=object)
    is_won = outcome == "won"
    is_lost = (outcome == "lost") | (outcome == "no_decision")
    owners = of_texts([entry.owner for entry in opportunities])
    names = dict.fromkeys(name for entry in opportunities for name, _ in entry.dimensions)
    cut = {name: _dimension(opportunities, name=name) for name in names}
    return Book(
        organisation=ORGANISATION,
        as_of=as_of,
        data_from=data_from,
        ids=np.array([f"o{place}" for place in range(len(opportunities))], dtype=object),
        rows=np.arange(len(opportunities)),
        created_on=_days([entry.created_on for entry in opportunities]),
        decided_on=_days([entry.decided_on for entry in opportunities]),
        close_on=_days([entry.close_on for entry in opportunities]),
        is_won=is_won,
        is_lost=is_lost,
        is_open=~(is_won | is_lost),
        is_no_decision=outcome == "no_decision",
        is_foreign=np.zeros(len(opportunities), dtype=bool),
        amount=np.array([entry.amount for entry in opportunities], dtype=np.float64),
        owners=owners,
        people=_people(owners, presence=presence or {}),
        stages=of_texts([entry.stage for entry in opportunities]),
        pipelines=of_texts([None for _ in opportunities]),
        dimensions=MappingProxyType({**cut, "seller": owners}),
        has_lost=bool(is_lost.any()),
        has_open=not bool((is_won | is_lost).all()),
        has_created=any(entry.created_on is not None for entry in opportunities),
        has_amount=any(entry.amount is not None for entry in opportunities),
        has_no_decision=bool((outcome == "no_decision").any()),
    )


def _dimension(opportunities: Sequence[Entry], *, name: str) -> Dimension:
    return of_texts([dict(entry.dimensions).get(name) for entry in opportunities])


def _days(moments: Sequence[date | None]) -> Days:
    return np.array(moments, dtype="datetime64[D]")


def _people(
    owners: Dimension, *, presence: Mapping[str, tuple[date | None, date | None]]
) -> People:
    ends = [presence.get(owner or "", (None, None)) for owner in owners.values]
    nobody = people.unknown(owners)
    return People(
        hired_on=_days([first for first, _ in ends]),
        left_on=_days([end for _, end in ends]),
        absent_owner=nobody.absent_owner,
        absent_from=nobody.absent_from,
        absent_to=nobody.absent_to,
    )
