"""Whether people keep to those they know: the share of approaches to customers, week by week."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

FEWEST_WEEKS = 4
_DRAWS = 500
_DAYS_A_MONTH = 30.0
_DAYS_A_WEEK = 7.0


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How a share moves: `slope` in share a month, and the probability that it falls."""

    slope: float
    p_falling: float


def trend(k: Floats, n: Floats, *, seed: int) -> Trend | None:
    """The weekly share's slope over the weeks of a window.

    Args:
        k: approaches to customers, one row per person and one column per week.
        n: all approaches, likewise.
        seed: of chance.

    Returns:
        The least squares slope of the pooled share, weeks weighted by their approaches; people are
        drawn with replacement for the probability. None with fewer than four weeks that have any.

    References:
        Cameron & Miller (2015), Journal of Human Resources 50:317-372, on drawing whole clusters.

    Examples:
        >>> weeks = np.full((6, 8), 10.0)
        >>> found = trend(weeks - np.arange(8.0), weeks, seed=1)
        >>> round(found.slope, 3), found.p_falling
        (-0.429, 1.0)
    """
    if (n.sum(axis=0) > 0).sum() < FEWEST_WEEKS:
        return None
    people = len(k)
    drawn = np.random.default_rng(seed).multinomial(people, [1 / people] * people, size=_DRAWS)
    slopes = _slopes(drawn @ k, drawn @ n)
    whole = _slopes(k.sum(axis=0, keepdims=True), n.sum(axis=0, keepdims=True))
    return Trend(slope=float(whole[0]), p_falling=float((slopes < 0).mean()))


def _slopes(k: Floats, n: Floats) -> Floats:
    """One slope a row, in share a month."""
    share = np.where(n > 0, k / np.where(n > 0, n, 1.0), 0.0)
    total = np.maximum(n.sum(axis=1, keepdims=True), 1.0)
    week = np.arange(n.shape[1], dtype=float)
    away = week - (n @ week)[:, None] / total
    middle = (n * share).sum(axis=1, keepdims=True) / total
    spread = np.maximum((n * away**2).sum(axis=1), np.finfo(float).tiny)
    found: Floats = (n * away * (share - middle)).sum(axis=1) / spread
    return found * _DAYS_A_MONTH / _DAYS_A_WEEK
