"""When the owners of opportunities were there."""

from dataclasses import dataclass

import numpy as np

from headway.analysis.results import days
from headway.analysis.results.days import Days, Numbers
from headway.analysis.results.dimension import Codes, Dimension
from headway.facts import Facts, collect
from headway.terms.period import Period


@dataclass(frozen=True, kw_only=True, eq=False)
class People:
    """The owners, one entry per code of `Book.owners`; and one absence per entry of `absent_*`.

    `hired_on` and `left_on` (first day no longer here) are NaT where not recorded; `absent_to` is
    exclusive, NaT = still away.
    """

    hired_on: Days
    left_on: Days
    absent_owner: Codes
    absent_from: Days
    absent_to: Days

    @property
    def is_presence_known(self) -> bool:
        """Whether anything is recorded that tells who was there when."""
        has_ends = (~np.isnat(self.hired_on)).any() or (~np.isnat(self.left_on)).any()
        return bool(has_ends) or len(self.absent_owner) > 0

    def present_share(self, period: Period) -> Numbers:
        """The share of the period's days on which each owner was there, 0..1.

        Days before hiring, from leaving on and of absence are not there; an owner of whom nothing
        is recorded was there all the time.
        """
        first, end = days.of(period.first), days.of(period.end)
        came = np.where(np.isnat(self.hired_on), first, np.maximum(self.hired_on, first))
        went = np.where(np.isnat(self.left_on), end, np.minimum(self.left_on, end))
        present = np.maximum((went - came).astype(np.int64), 0)
        away_from = np.maximum(self.absent_from, came[self.absent_owner])
        until = np.where(np.isnat(self.absent_to), end, self.absent_to)
        until = np.minimum(until, went[self.absent_owner])
        lost = np.maximum((until - away_from).astype(np.int64), 0)
        away = np.bincount(self.absent_owner, weights=lost, minlength=len(present))
        share: Numbers = np.maximum(present - away, 0) / period.days
        return share


def of(facts: Facts, *, owner: Dimension) -> People:
    """Hiring, leaving and absence of the owners, from `seen/person` and `seen/absence`."""
    code = {person: place for place, person in enumerate(owner.values) if person is not None}
    rows = collect(facts.columns("seen/person", "person_id", "hired_on", "left_on"))
    hired_on, left_on = (np.full(len(owner.values), days.NOT_KNOWN) for _ in range(2))
    places = np.array([code.get(person, -1) for person in rows.column("person_id")], dtype=np.int32)
    hired_on[places[places >= 0]] = rows.column("hired_on")[places >= 0]
    left_on[places[places >= 0]] = rows.column("left_on")[places >= 0]
    away = collect(facts.columns("seen/absence", "person_id", "valid_from", "valid_to"))
    who = np.array([code.get(person, -1) for person in away.column("person_id")], dtype=np.int32)
    return People(
        hired_on=hired_on,
        left_on=left_on,
        absent_owner=who[who >= 0],
        absent_from=away.column("valid_from")[who >= 0],
        absent_to=away.column("valid_to")[who >= 0],
    )


def unknown(owner: Dimension) -> People:
    """Owners of whom nothing is recorded."""
    nothing = np.full(len(owner.values), days.NOT_KNOWN)
    return People(
        hired_on=nothing,
        left_on=nothing,
        absent_owner=np.array([], dtype=np.int32),
        absent_from=nothing[:0],
        absent_to=nothing[:0],
    )
