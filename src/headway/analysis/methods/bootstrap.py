"""How far sums, means and rates would move by chance of which deals came: the bootstrap.

Each deal is drawn a Poisson(1) number of times, so that the number of deals is uncertain too. To
be fast on many deals, those beyond the largest are drawn in cells of similar amounts: the number
of deals of a cell is Poisson, their sum normal with the cell's mean and spread. Count, mean and
variance of the sum are those of drawing deal by deal exactly; the test compares the two.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.evidence import Range

Floats = npt.NDArray[np.float64]

SINGLE = 64
"""How many of the largest amounts are drawn one by one."""

CELLS = 32
"""How many cells of similar amounts the others are drawn in."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Draws:
    """One entry per draw: how many deals were drawn, and their sum."""

    counts: Floats
    sums: Floats

    @property
    def means(self) -> Floats:
        """The mean amount of each draw, NaN where no deal was drawn."""
        means: Floats = np.where(
            self.counts > 0, self.sums / np.where(self.counts > 0, self.counts, 1), np.nan
        )
        return means


def draw(amounts: Floats, *, draws: int, random: np.random.Generator) -> Draws:
    """Draws deals again and again.

    Args:
        amounts: one per deal, none NaN.
        draws: how often.
        random: where chance comes from.

    References:
        Hanley & MacGibbon (2006), Computer Methods and Programs in Biomedicine 83:57-62, for the
        Poisson bootstrap; the cells are own, see the module.
    """
    if len(amounts) == 0:
        return Draws(counts=np.zeros(draws), sums=np.zeros(draws))
    ordered = np.sort(amounts)
    cut = max(len(ordered) - SINGLE, 0)
    chosen = random.poisson(1.0, size=(draws, len(ordered) - cut)).astype(float)
    counts, sums = chosen.sum(axis=1), chosen @ ordered[cut:]
    if cut:
        size, mean, spread = _cells(ordered[:cut])
        number = random.poisson(size, size=(draws, len(size))).astype(float)
        noise = random.standard_normal(draws) * np.sqrt(number @ spread**2)
        counts, sums = counts + number.sum(axis=1), sums + number @ mean + noise
    return Draws(counts=counts, sums=sums)


def draw_count(count: int, *, draws: int, random: np.random.Generator) -> Floats:
    """How many of `count` alike cases are drawn each time."""
    return random.poisson(count, size=draws).astype(float)


def sum_change(base: Floats, actual: Floats, *, draws: int, seed: int, level: float) -> Range:
    """The sum of the actual deals less that of the base deals.

    Args:
        base: amounts, none NaN.
        actual: likewise.
        draws: how often deals are drawn.
        seed: of chance.
        level: of the interval.
    """
    random = np.random.default_rng(seed)
    before = draw(base, draws=draws, random=random).sums
    now = draw(actual, draws=draws, random=random).sums
    value = float(actual.sum() - base.sum())
    return _range(value, drawn=now - before, n=len(base) + len(actual), level=level)


def mean_change(
    base: Floats, actual: Floats, *, draws: int, seed: int, level: float
) -> Range | None:
    """The mean of the actual deals less that of the base deals; None where a side is empty."""
    if not len(base) or not len(actual):
        return None
    random = np.random.default_rng(seed)
    before = draw(base, draws=draws, random=random).means
    now = draw(actual, draws=draws, random=random).means
    value = float(actual.mean() - base.mean())
    return _range(value, drawn=now - before, n=len(base) + len(actual), level=level)


def rate_change(
    base: tuple[int, int], actual: tuple[int, int], *, draws: int, seed: int, level: float
) -> Range | None:
    """The share k/n of the actual cases less that of the base cases; None where a side is empty."""
    if not base[1] or not actual[1]:
        return None
    random = np.random.default_rng(seed)
    before, now = (
        _shares(draw_count(k, draws=draws, random=random), _rest(k, n, draws=draws, random=random))
        for k, n in (base, actual)
    )
    value = actual[0] / actual[1] - base[0] / base[1]
    return _range(value, drawn=now - before, n=base[1] + actual[1], level=level)


def without_largest(base: Floats, actual: Floats, *, draws: int, seed: int, level: float) -> Range:
    """`sum_change` without the single largest deal of both periods together."""
    if not len(base) and not len(actual):
        return Range(value=0.0, low=0.0, high=0.0, n=0)
    if len(actual) and (not len(base) or actual.max() >= base.max()):
        actual = np.delete(actual, actual.argmax())
    else:
        base = np.delete(base, base.argmax())
    return sum_change(base, actual, draws=draws, seed=seed, level=level)


def sum_range(amounts: Floats, *, draws: int, seed: int, level: float) -> Range:
    """The sum of the deals."""
    drawn = draw(amounts, draws=draws, random=np.random.default_rng(seed)).sums
    return _range(float(amounts.sum()), drawn=drawn, n=len(amounts), level=level)


def mean_range(amounts: Floats, *, draws: int, seed: int, level: float) -> Range | None:
    """The mean of the deals; None without any."""
    if not len(amounts):
        return None
    drawn = draw(amounts, draws=draws, random=np.random.default_rng(seed)).means
    return _range(float(amounts.mean()), drawn=drawn, n=len(amounts), level=level)


def ends(drawn: Floats, *, level: float) -> tuple[float, float]:
    """The middle `level` of what was drawn; draws that gave no number are left out."""
    known = drawn[np.isfinite(drawn)]
    if not len(known):
        return float("nan"), float("nan")
    low, high = np.quantile(known, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


def _range(value: float, *, drawn: Floats, n: int, level: float) -> Range:
    low, high = ends(drawn, level=level)
    return Range(value=value, low=low, high=high, n=n)


def _rest(k: int, n: int, *, draws: int, random: np.random.Generator) -> Floats:
    return draw_count(n - k, draws=draws, random=random)


def _shares(wanted: Floats, rest: Floats) -> Floats:
    total = wanted + rest
    shares: Floats = np.where(total > 0, wanted / np.where(total > 0, total, 1.0), np.nan)
    return shares


def _cells(ordered: Floats) -> tuple[Floats, Floats, Floats]:
    starts = np.unique(np.linspace(0, len(ordered), CELLS, endpoint=False).astype(np.int64))
    size = np.diff([*starts, len(ordered)]).astype(float)
    mean = np.add.reduceat(ordered, starts) / size
    spread = np.add.reduceat((ordered - np.repeat(mean, size.astype(np.int64))) ** 2, starts) / size
    return size, mean, np.sqrt(spread)
