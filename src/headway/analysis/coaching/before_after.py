"""One group before and after a month: the two spells, and the difference with its range.

A difference between two spells has many reasons. It is no effect of what began in between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from headway.analysis.coaching.effect import Estimate
from headway.terms.coach_benefit import LEAST_MONTHS, Change
from headway.terms.period import Period, shifted

Floats = npt.NDArray[np.float64]
_MOST_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Spells:
    """As many whole months before as after, up to twelve."""

    before: Period
    after: Period
    months: int


def spells(began_on: date, *, data_from: date, last: date) -> Spells | None:
    """The months before the one in which it began, and the last ones since; None of too few.

    Args:
        began_on: a day; its month is in neither.
        data_from: before it nothing is known.
        last: the last day that is known.

    Examples:
        >>> spells(date(2026, 1, 20), data_from=date(2025, 1, 1), last=date(2026, 6, 30))
        Spells(before=Period(first=datetime.date(2025, 8, 1), end=datetime.date(2026, 1, 1)), \
after=Period(first=datetime.date(2026, 2, 1), end=datetime.date(2026, 7, 1)), months=5)
    """
    month = began_on.replace(day=1)
    end = (last + timedelta(days=1)).replace(day=1)
    known = shifted(data_from - timedelta(days=1), months=1)
    months = min(_between(known, month), _between(month, end) - 1, _MOST_MONTHS)
    if months < LEAST_MONTHS:
        return None
    return Spells(
        before=Period(first=shifted(month, months=-months), end=month),
        after=Period(first=shifted(end, months=-months), end=end),
        months=months,
    )


def of_people(
    before: tuple[Floats, Floats], after: tuple[Floats, Floats], *, level: float
) -> Change:
    """A ratio of two sums over people, before and after: k of n each, people in the same order.

    The cases of one person are alike, so each person in turn is left out (jackknife), in both
    spells at once, as they are the same people. Student's t with the people less one. No range
    where all people changed alike.

    References:
        Efron & Stein (1981), The Annals of Statistics 9:586-596.

    Examples:
        >>> n = np.full(4, 10.0)
        >>> first, last = np.array([1, 2, 3, 4.0]), np.array([3, 4, 4, 6.0])
        >>> found = of_people((first, n), (last, n), level=0.9)
        >>> found.before, found.after, round(found.low, 2), round(found.high, 2)
        (0.25, 0.425, 0.12, 0.23)
    """
    both = (*before, *after)
    values = _change([part.sum() for part in both])
    people = len(before[0])
    without = _change([part.sum() - part for part in both])
    first, last = (float(part[0].sum() / part[1].sum()) for part in (before, after))
    spread = 0.0
    if people > 1 and np.isfinite(without).all():
        squares = ((without - values) ** 2).sum()
        spread = float(np.sqrt((people - 1) / people * squares))
    return _ranged(first, last, spread=spread, freedom=people - 1, level=level)


def of_months(before: Sequence[float], after: Sequence[float], *, level: float) -> Change | None:
    """Means of months before and after; None where fewer than three of either are known.

    The range takes the months of a spell as drawn by chance (Welch), with the degrees of freedom
    of the shorter one, which is rather too few.
    """
    if min(len(before), len(after)) < LEAST_MONTHS:
        return None
    first, last = float(np.mean(before)), float(np.mean(after))
    spread = float(np.sqrt(sum(np.var(part, ddof=1) / len(part) for part in (before, after))))
    freedom = min(len(before), len(after)) - 1
    return _ranged(first, last, spread=spread, freedom=freedom, level=level)


def _ranged(first: float, last: float, *, spread: float, freedom: int, level: float) -> Change:
    if not spread > 0:
        return Change(before=first, after=last, low=None, high=None)
    estimate = Estimate(value=last - first, spread=spread, freedom=freedom)
    low, high = estimate.ends(level)
    return Change(before=first, after=last, low=low, high=high)


def _change(parts: Sequence[Floats]) -> Floats:
    k, n, k_after, n_after = parts
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = k_after / n_after - k / n
    return found


def _between(first: date, last: date) -> int:
    """Months from the first of one month to the first of another."""
    return 12 * (last.year - first.year) + last.month - first.month
