"""Days and numbers as arrays."""

from datetime import UTC, date

import numpy as np
import numpy.typing as npt

from headway.facts import days

Days = npt.NDArray[np.datetime64]
Numbers = npt.NDArray[np.float64]

NOT_KNOWN = np.datetime64("NaT", "D")


def of_seconds(seconds: Numbers, *, time_zone: str) -> Days:
    """The organisation's day of each instant.

    Args:
        seconds: since 1970-01-01 UTC, as `facts.encode` gives instants; NaN = not known.
        time_zone: IANA name.

    Examples:
        >>> of_seconds(np.array([1_577_836_799.0, np.nan]), time_zone="Europe/Berlin").tolist()
        [datetime.date(2020, 1, 1), None]
    """
    known = np.isfinite(seconds)
    instants = np.full(len(seconds), np.datetime64("NaT", "us"))
    instants[known] = (seconds[known] * 1e6).astype(np.int64).astype("datetime64[us]")
    return days.of(instants, time_zone=time_zone)


def of_numbers(numbers: Numbers) -> Days:
    """Days since 1970-01-01, as `facts.encode` gives them, as days; NaN = not known.

    Examples:
        >>> of_numbers(np.array([0.0, np.nan])).tolist()
        [datetime.date(1970, 1, 1), None]
    """
    known = np.isfinite(numbers)
    result = np.full(len(numbers), NOT_KNOWN)
    result[known] = numbers[known].astype(np.int64).astype("datetime64[D]")
    return result


def of(day: date) -> np.datetime64:
    """One day as NumPy counts it."""
    return np.datetime64(day, "D")


def last_seconds(moments: Days, *, time_zone: str) -> Numbers:
    """The last second of each day, since 1970-01-01 UTC; NaN = not known.

    Examples:
        >>> last_seconds(np.array(["1970-01-01", "NaT"], "datetime64[D]"), time_zone="UTC").tolist()
        [86399.0, nan]
    """
    result = np.full(len(moments), np.nan)
    known = ~np.isnat(moments)
    named, place = np.unique(moments[known], return_inverse=True)
    ends = [days.end(day, time_zone=time_zone).replace(tzinfo=UTC) for day in named.tolist()]
    result[known] = np.array([end.timestamp() - 1 for end in ends])[place]
    return result
