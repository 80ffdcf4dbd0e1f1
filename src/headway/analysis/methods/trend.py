"""Whether a series grows, falls or stands, with its uncertainty."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods import bootstrap
from headway.analysis.methods.evidence import Range, TooFew

Floats = npt.NDArray[np.float64]

SEASONAL_FROM = 8
"""Quarters from which a level, a slope and a season can be told apart (domain.md 2.3.1)."""

RECENT_FROM = 6
"""Quarters from which the last two can be held against at least four before."""

MOST_BEFORE = 6
"""Quarters before the last two that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Slope:
    """The change per period of a series once the season is out, in its own unit.

    `error` is its standard error with `freedom` degrees of freedom; `level` the mean of the series.
    """

    slope: Range
    error: float
    freedom: int
    level: float

    def p_above(self, minimum: float) -> float:
        """The probability (flat prior) that the slope is above `minimum` per period."""
        from scipy.special import stdtr  # noqa: PLC0415  heavy

        if self.error == 0:
            return float(self.slope.value > minimum)
        return float(stdtr(self.freedom, (self.slope.value - minimum) / self.error))


def level_and_season(values: Floats, *, level: float, season_length: int = 4) -> Slope | TooFew:
    """Fits a level, a slope and a season by least squares.

    Args:
        values: one per period, in order, none missing.
        level: of the interval.
        season_length: periods in a year.

    Returns:
        The slope per period with its t interval; `TooFew` under eight periods.

    References:
        Ordinary least squares with seasonal dummies; domain.md 2.3.1.

    Examples:
        >>> found = level_and_season(
        ...     np.array([10.0, 14, 9, 20, 14, 18, 13, 24, 18, 22, 17, 28]), level=0.9
        ... )
        >>> round(found.slope.value, 6)
        1.0
    """
    n = len(values)
    if n < max(SEASONAL_FROM, season_length + 3):
        return TooFew(seen=n, needed=max(SEASONAL_FROM, season_length + 3))
    from scipy.special import stdtrit  # noqa: PLC0415  heavy

    when = np.arange(n, dtype=float)
    seasons = (np.arange(n)[:, None] % season_length) == np.arange(season_length)
    design = np.column_stack([when - when.mean(), seasons])
    fitted, *_ = np.linalg.lstsq(design, values, rcond=None)
    freedom = n - design.shape[1]
    residual = values - design @ fitted
    noise = float(residual @ residual) / freedom
    error = float(np.sqrt(noise * np.linalg.inv(design.T @ design)[0, 0]))
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    slope = float(fitted[0])
    return Slope(
        slope=Range(value=slope, low=slope - half, high=slope + half, n=n),
        error=error,
        freedom=freedom,
        level=float(values.mean()),
    )


def recent_against_before(
    amounts: Floats,
    *,
    place: npt.NDArray[np.int64],
    periods: int,
    draws: int,
    seed: int,
    level: float,
) -> Range | TooFew:
    """The mean sum per period of the last two periods less that of the four to six before.

    Args:
        amounts: one per deal, none NaN; ones to compare counts.
        place: the period of each deal, 0 .. periods - 1.
        periods: how many complete periods there are.
        draws: how often deals are drawn.
        seed: of chance.
        level: of the interval.

    Returns:
        The difference per period, with n the deals of both; `TooFew` under six periods.

    References:
        domain.md 2.3.1; the interval is a bootstrap on deals.
    """
    if periods < RECENT_FROM:
        return TooFew(seen=periods, needed=RECENT_FROM)
    earlier = min(periods - 2, MOST_BEFORE)
    recent = amounts[place >= periods - 2]
    before = amounts[(place < periods - 2) & (place >= periods - 2 - earlier)]
    random = np.random.default_rng(seed)
    now = bootstrap.draw(recent, draws=draws, random=random).sums / 2
    then = bootstrap.draw(before, draws=draws, random=random).sums / earlier
    low, high = bootstrap.ends(now - then, level=level)
    value = float(recent.sum()) / 2 - float(before.sum()) / earlier
    return Range(value=value, low=low, high=high, n=len(recent) + len(before))
