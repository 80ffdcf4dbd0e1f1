"""Whose an opportunity was, and where that put it: at its creation, at its closing, on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from headway.analysis.results import days, places
from headway.analysis.results.days import Days
from headway.analysis.results.dimension import Dimension
from headway.analysis.results.ownership import Ownership
from headway.facts import Encoded, Rows


@dataclass(frozen=True, kw_only=True, eq=False)
class Standing:
    """The owner of each opportunity and its dimensions, as `places.of` gives them with caveats."""

    owners: Dimension
    dimensions: Mapping[str, Dimension]
    caveats: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, eq=False)
class Standings:
    """What tells whose the opportunities of a whole book were when.

    `read` is what `entries.of` brought, `lines` what `places.lines_of` did; `hired_on` is by owner
    code; `created_on` and `decided_on` are the book's.
    """

    read: Encoded
    lines: Rows
    time_zone: str
    ownership: Ownership
    hired_on: Days
    created_on: Days
    decided_on: Days
    _on: dict[date, Standing] = field(default_factory=dict)

    @cached_property
    def at_creation(self) -> Standing:
        """Of those who owned them when they were created, in their places of that day."""
        return self._of(self.ownership.first, stood_on=self.created_on)

    def at_closing(self) -> Standing:
        """Of those who owned them when they closed; while open, of those who own them now.

        Places are those of the day of closing, while open of the day of creation.
        """
        is_open = np.isnat(self.decided_on)
        last = days.last_seconds(self.decided_on, time_zone=self.time_zone)
        closed_at = self.read.measures["closed_at"]
        moment = np.where(is_open | np.isnan(closed_at), last, closed_at)
        stood_on = np.where(is_open, self.created_on, self.decided_on)
        return self._of(self.ownership.at(moment), stood_on=stood_on)

    def on(self, day: date) -> Standing:
        """Of those who owned them at the beginning of a day, in their places of that day.

        An opportunity created later is with its first owner.
        """
        if day not in self._on:
            began = np.full(len(self.created_on), days.of(day - timedelta(days=1)))
            moment = days.last_seconds(began, time_zone=self.time_zone)
            self._on[day] = self._of(self.ownership.at(moment), stood_on=began + 1)
        return self._on[day]

    def _of(self, owners: Dimension, *, stood_on: Days) -> Standing:
        dimensions, caveats = places.of(
            self.read, lines=self.lines, owner=owners, stood_on=stood_on, hired_on=self.hired_on
        )
        return Standing(owners=owners, dimensions=dimensions, caveats=caveats)
