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

# Recording may pause this long (a week, or the usual pause of the source) without having ended.
SHORTEST_PAUSE_DAYS = 7
LONGEST_PAUSE_DAYS = 35
# A month at the edge with less than this share of a usual month is a stray, not recording.
_STRAY_SHARE = 0.05
# With fewer months than this no month is called usual.
_MONTHS_TO_JUDGE = 3


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The days on which something was recorded in earnest, `pause` days being no silence yet."""

    first: date
    last: date
    pause: int

    def holds(self, period: Period) -> bool:
        """Whether the whole period lies inside."""
        slack = timedelta(days=self.pause)
        return period.first >= self.first - slack and period.last <= self.last + slack


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Days on which creations and closings were recorded; None where none ever was."""

    creations: Period | None
    closings: Period | None


class Known(Protocol):
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


def of(facts: Known) -> Extent:
    """How far the records of opportunities reach.

    Recording begins with the first row on or after `data_from` and ends after the last one, strays
    left out; a silence before the first, or after the last up to `as_of`, counts as recorded where
    it is no longer than twice the usual pause. Deleted opportunities do not count.

    Returns:
        Creations by `created_at`; closings of won and lost opportunities by `closed_at`, else
        `close_on`; both as days of the organisation.
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
    return Extent(creations=_covered(created, facts), closings=_covered(decided, facts))


def recorded(days: Array, *, until: date) -> Recorded | None:
    """From when to when something was recorded: strays at both edges are left out.

    A month at an edge is a stray when it holds less than a twentieth of the median month, or when a
    silence of half a year divides it from the rest. None where nothing was recorded.

    Args:
        days: the day of each record, datetime64[D]; NaT and days after `until` count for nothing.
        until: the last day inside.

    References:
        Own: a pause is usual when it is no longer than 95 % of those inside, 7 to 35 days.

    Examples:
        >>> days = np.arange("2026-01-05", "2026-03-31", dtype="datetime64[D]")
        >>> stray = np.array(["2019-05-01", "2027-01-01"], dtype="datetime64[D]")
        >>> recorded(np.concatenate([days, stray]), until=date(2027, 12, 31))
        Recorded(first=datetime.date(2026, 1, 5), last=datetime.date(2026, 3, 30), pause=7)
    """
    known = np.sort(days[~np.isnat(days)])
    known = known[known <= np.datetime64(until, "D")]
    if len(known) == 0:
        return None
    kept = _without_strays(known)
    pauses = np.diff(np.unique(kept)).astype(np.int64)
    usual = int(np.quantile(pauses, 0.95)) if len(pauses) else SHORTEST_PAUSE_DAYS
    return Recorded(
        first=kept[0].item(),
        last=kept[-1].item(),
        pause=min(max(usual, SHORTEST_PAUSE_DAYS), LONGEST_PAUSE_DAYS),
    )


def _covered(found: Array, facts: Known) -> Period | None:
    """The days that records cover: a silence up to twice as long as is usual is not doubted."""
    inside = recorded(found[found >= np.datetime64(facts.data_from, "D")], until=facts.as_of)
    if inside is None:
        return None
    slack = timedelta(days=2 * inside.pause)
    first = facts.data_from if inside.first - slack <= facts.data_from else inside.first
    last = facts.as_of if inside.last + slack >= facts.as_of else inside.last
    return Period(first=first, end=last + timedelta(days=1))


def _without_strays(days: Array) -> Array:
    months, counts = np.unique(days.astype("datetime64[M]"), return_counts=True)
    if len(months) < _MONTHS_TO_JUDGE:
        return days
    heavy = _main_run(months[counts >= _STRAY_SHARE * float(np.median(counts))])
    first, end = heavy[0].astype("datetime64[D]"), (heavy[-1] + 1).astype("datetime64[D]")
    kept: Array = days[(days >= first) & (days < end)]
    return kept


def _main_run(months: Array) -> Array:
    # A lone heavy month across a silence of half a year or more is a stray too.
    breaks = np.flatnonzero(np.diff(months).astype(np.int64) > 6) + 1  # noqa: PLR2004  half a year
    runs = np.split(months, breaks)
    return max(runs, key=len)
