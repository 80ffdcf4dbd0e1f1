"""When opportunities were expected to close, day by day, from the history of their close date."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.analysis.results import book as books
from headway.analysis.results import days
from headway.analysis.results.book import Book, within
from headway.analysis.results.days import Days
from headway.analysis.results.dimension import Bools, of_encoded
from headway.facts import Facts, collect, encode, once, texts
from headway.terms.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

BULK_FROM = 10
"""Opportunities one person moves within a minute from which it is a bulk edit (own: nobody thinks
about ten customers in a minute)."""

SECONDS_A_MINUTE = 60
_SPAN = np.int64(1) << 32


@dataclass(frozen=True, kw_only=True, eq=False)
class Expected:
    """One entry per change of a close date, sorted by opportunity and time.

    `place` is the opportunity's in the book; `changed_on` the day; `old_on` and `new_on` the
    expected days, NaT = none. `is_bulk`: by a service user, or one of ten or more within a minute.
    """

    place: npt.NDArray[np.int64]
    changed_on: Days
    old_on: Days
    new_on: Days
    is_bulk: Bools

    def only(self, wanted: Bools) -> "Expected":
        """The same of some opportunities, with their places among these."""
        kept = wanted[self.place]
        moved = np.cumsum(wanted) - 1
        return Expected(
            place=moved[self.place[kept]],
            changed_on=self.changed_on[kept],
            old_on=self.old_on[kept],
            new_on=self.new_on[kept],
            is_bulk=self.is_bulk[kept],
        )

    def as_known_at(self, day: np.datetime64, *, book: Book) -> Days:
        """The expected day of closing of each opportunity as it stood at the beginning of a day."""
        known = np.where(book.is_open, book.close_on, book.decided_on)
        if not len(self.place):
            return known
        key = self.place * _SPAN + self.changed_on.astype(np.int64)
        everyone = np.arange(len(book), dtype=np.int64)
        following = np.searchsorted(key, everyone * _SPAN + day.astype(np.int64), side="left")
        before, after = np.maximum(following - 1, 0), np.minimum(following, len(key) - 1)
        had = (following > 0) & (self.place[before] == everyone)
        comes = (following < len(key)) & (self.place[after] == everyone)
        result: Days = np.where(comes, self.old_on[after], known)
        return np.where(had, self.new_on[before], result)

    def pushes(self, period: Period) -> Bools:
        """Which changes of the period moved a close date to a later month, bulk edits left out."""
        old, new = self.old_on.astype("datetime64[M]"), self.new_on.astype("datetime64[M]")
        later: Bools = (new > old) & ~self.is_bulk & within(self.changed_on, period=period)
        return later


def of(facts: Facts, *, book: Book) -> Expected | None:
    """The changes of the book's close dates, or None where the source keeps none.

    The facts hold `seen/opportunity_change`.
    """
    whole = _of_whole(facts)
    if whole is None:
        return None
    wanted = np.zeros(len(books.of(facts)), dtype=bool)
    wanted[book.rows] = True
    return whole.only(wanted)


@once
def _of_whole(facts: Facts) -> Expected | None:
    read = encode(
        _changes(facts),
        dimensions=("opportunity_id", "changed_by_id"),
        measures=("changed_at", "old_on", "new_on"),
    )
    if not read.n:
        return None
    where = books.of(facts).places(read.values["opportunity_id"])
    rows, seconds = where[read.codes["opportunity_id"]], read.measures["changed_at"]
    by = of_encoded(read, "changed_by_id")
    is_bulk = _bulk(seconds, by=by.codes) | by.is_among(_service_users(facts))
    order = np.lexsort((seconds, rows))
    order = order[rows[order] >= 0]
    changed_on = days.of_seconds(seconds, time_zone=facts.organisation.time_zone)
    return Expected(
        place=rows[order],
        changed_on=changed_on[order],
        old_on=days.of_numbers(read.measures["old_on"])[order],
        new_on=days.of_numbers(read.measures["new_on"])[order],
        is_bulk=is_bulk[order],
    )


def _bulk(seconds: days.Numbers, *, by: npt.NDArray[np.int32]) -> Bools:
    minute = (seconds // SECONDS_A_MINUTE).astype(np.int64)
    _, group, size = np.unique(by * _SPAN + minute, return_inverse=True, return_counts=True)
    together: Bools = size[group] >= BULK_FROM
    return together


def _service_users(facts: Facts) -> frozenset[str]:
    people = collect(facts.columns("seen/person", "person_id", "is_service_user")).records()
    return frozenset(each["person_id"] for each in people if each["is_service_user"])


def _changes(facts: Facts) -> "ir.Table":
    changes = facts.table("seen/opportunity_change")
    changes = changes.filter(changes.field == "close_on")
    return changes.mutate(old_on=texts.day(changes.old_value), new_on=texts.day(changes.new_value))
