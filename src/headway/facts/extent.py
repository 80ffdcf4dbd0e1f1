"""How far the records really reach: from which day to which creations and closings were recorded.

The first and last row say it only nearly. A system switched on in March shows its first closing in
March though its opportunities were typed in with older dates; an export cut off in June may have
stopped taking in new opportunities in March. Found from the data alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

import numpy as np

from headway.facts import arrays, days
from headway.facts.arrays import Array
from headway.facts.engine import Engine
from headway.terms.organisation import Organisation
from headway.terms.period import Period

_LEAST_SILENCE_DAYS = 14
_STRAY_SHARE = 0.005


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Days on which creations and closings were recorded; None where none ever was."""

    creations: Period | None
    closings: Period | None


class Recorded(Protocol):
    """One organisation's facts, as far as this module reads them."""

    @property
    def organisation(self) -> Organisation:
        """Whose facts they are."""

    @property
    def as_of(self) -> date:
        """The last day inside."""

    @property
    def data_from(self) -> date:
        """The first day from which systems recorded."""

    @property
    def engine(self) -> Engine:
        """Where the tables lie."""


def of(facts: Recorded) -> Extent:
    """How far the records of opportunities reach.

    Recording begins with the first row on or after `data_from` and ends after the last one; if the
    silence before the first, or after the last up to `as_of`, is no longer than the silences inside
    (or 14 days), recording is taken to cover it. Rows far outside the rest, fewer than one in two
    hundred, are taken for wrong dates. Deleted opportunities do not count.

    Returns:
        Creations by `created_at`; closings of won and lost opportunities by `closed_at`, else
        `close_on`; both as days of the organisation.

    References:
        Own: a day is covered when the gap it lies in is not longer than twice the longest of the
        usual gaps (their 99 % quantile).
    """
    rows = facts.engine.query(
        "SELECT created_at, closed_at, close_on, stage_group <> 'open' AS is_closed "
        f"FROM {facts.engine.relation('seen/opportunity')} WHERE NOT coalesce(is_deleted, false)"
    )
    zone = facts.organisation.time_zone
    created = days.of(arrays.instants(rows["created_at"]), time_zone=zone)
    closed = days.of(arrays.instants(rows["closed_at"]), time_zone=zone)
    close_on = arrays.days(rows["close_on"])
    is_closed = arrays.of(rows["is_closed"])
    decided = np.where(np.isnat(closed), close_on, closed)[is_closed]
    return Extent(
        creations=covered(created, data_from=facts.data_from, as_of=facts.as_of),
        closings=covered(decided, data_from=facts.data_from, as_of=facts.as_of),
    )


def covered(recorded: Array, *, data_from: date, as_of: date) -> Period | None:
    """The days that records cover.

    Args:
        recorded: the day of each record, datetime64[D]; NaT and days outside count for nothing.
        data_from: the first day from which systems recorded.
        as_of: the last day inside.

    Examples:
        >>> some = np.arange("2026-03-01", "2026-04-01", dtype="datetime64[D]")
        >>> covered(some, data_from=date(2026, 1, 1), as_of=date(2026, 4, 5))
        Period(first=datetime.date(2026, 3, 1), end=datetime.date(2026, 4, 6))
    """
    inside = recorded[(recorded >= np.datetime64(data_from)) & (recorded <= np.datetime64(as_of))]
    found, counts = np.unique(inside, return_counts=True)
    if not len(found):
        return None
    silence = _usual_silence(found)
    begins, ends = _without_strays(found, counts, silence=silence)
    if (begins - data_from).days <= silence:
        begins = data_from
    if (as_of - ends).days <= silence:
        ends = as_of
    return Period(first=begins, end=ends + timedelta(days=1))


def _usual_silence(found: Array) -> int:
    """How many days without a record are nothing unusual."""
    gaps = np.diff(found).astype(np.int64)
    if not len(gaps):
        return _LEAST_SILENCE_DAYS
    return max(_LEAST_SILENCE_DAYS, int(2 * np.quantile(gaps, 0.99)))


def _without_strays(found: Array, counts: Array, *, silence: int) -> tuple[date, date]:
    """First and last day, after few rows that a long silence divides from the rest."""
    breaks = np.flatnonzero(np.diff(found).astype(np.int64) > silence)
    until = np.cumsum(counts)
    total = until[-1]
    few = _STRAY_SHARE * total
    before = [place for place in breaks if until[place] <= few]
    behind = [place for place in breaks if total - until[place] <= few]
    first = found[before[-1] + 1] if before else found[0]
    last = found[behind[0]] if behind else found[-1]
    return first.astype(object), last.astype(object)
