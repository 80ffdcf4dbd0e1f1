"""Days of the organisation, cut from instants in UTC."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np

from headway.facts.arrays import Array

if TYPE_CHECKING:
    import ibis.expr.types as ir

_HOUR = timedelta(hours=1)
# 1900 to 2150, counted from 1970. Instants beyond are typing errors or stand for "never": they keep
# the offset of the nearest year.
_KNOWN_YEARS = (-70, 180)


def of(instants: Array, *, time_zone: str) -> Array:
    """The local day of each instant.

    Args:
        instants: datetime64[us] in UTC, as `Rows.column` gives them; NaT stays NaT.
        time_zone: an IANA name.

    Returns:
        datetime64[D] of the same length.

    Examples:
        >>> of(np.array(["2026-01-31T23:30", "NaT"], "datetime64[us]"), time_zone="Europe/Berlin")
        array(['2026-02-01',        'NaT'], dtype='datetime64[D]')
    """
    known = instants[~np.isnat(instants)]
    if not len(known):
        return instants.astype("datetime64[D]")
    years = np.array([known.min(), known.max()]).astype("datetime64[Y]").astype(int)
    first, last = np.clip(years, *_KNOWN_YEARS)
    starts, offsets = _offsets(time_zone, int(first), int(last))
    place = np.maximum(np.searchsorted(starts, instants, side="right") - 1, 0)
    # NaT is sorted behind everything: it gets the last offset and stays NaT.
    return (instants + offsets[place]).astype("datetime64[D]")


def inside(
    instant: "ir.TimestampValue", *, time_zone: str, years: tuple[int, int]
) -> "ir.DateValue":
    """The local day of an instant, as an expression that every engine understands.

    Args:
        instant: UTC without a zone; null stays null.
        time_zone: an IANA name.
        years: the first and the last year whose clock changes matter; outside of them the offset
            of the nearest one holds.
    """
    import ibis  # noqa: PLC0415  heavy: only what composes expressions loads it

    starts, offsets = _offsets(time_zone, years[0] - 1970, years[1] - 1970)
    seconds = offsets.astype("timedelta64[s]").astype(int).tolist()
    moved = [instant + ibis.interval(seconds=one) for one in seconds]
    if len(moved) == 1:
        return moved[0].date()
    before = [instant < moment for moment in starts[1:].tolist()]
    return ibis.cases(*zip(before, moved[:-1], strict=True), else_=moved[-1]).date()


def end(day: date, *, time_zone: str) -> datetime:
    """The first instant after `day`, in UTC and without a zone, as instants are stored.

    >>> end(date(2026, 6, 30), time_zone="Europe/Berlin")
    datetime.datetime(2026, 6, 30, 22, 0)
    """
    midnight = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(time_zone))
    return midnight.astimezone(UTC).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _offsets(time_zone: str, first_year: int, last_year: int) -> tuple[Array, Array]:
    """From which instant which offset to UTC holds, years counted from 1970, a year of margin."""
    zone = ZoneInfo(time_zone)
    moment = datetime(1970 + first_year, 1, 1, tzinfo=UTC) - timedelta(days=1)
    stop = datetime(1970 + last_year + 1, 1, 2, tzinfo=UTC)
    starts, offsets = [moment], [_offset(zone, moment)]
    while moment < stop:
        after = moment + timedelta(days=1)
        if _offset(zone, after) != offsets[-1]:
            # The hour of the change; zones change on whole UTC quarter hours.
            while _offset(zone, moment) == offsets[-1]:
                moment += _HOUR / 4
            starts.append(moment)
            offsets.append(_offset(zone, moment))
        moment = after
    return (
        np.array([start.replace(tzinfo=None) for start in starts], dtype="datetime64[us]"),
        np.array(offsets, dtype="timedelta64[us]"),
    )


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
