"""The noise model of single cases: counts, successes and amounts scatter, sparse cells more.

Each kind of move has one test. All compare a place with the REST, never with zero, so that a move
that everything makes has no place. All are two-sided and come as a z that is standard normal when
nothing moved.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.localisation.cube import (
    Codes,
    Cube,
    Floats,
    Model,
    Numbers,
    Side,
    cases,
)
from headway.analysis.methods.localisation.cuboids import Figures, RowFigures
from headway.analysis.methods.localisation.expected import (
    SMALLEST_SPREAD,
    main_effects,
    success_rates,
)
from headway.analysis.methods.localisation.fields import Measures, added, measures
from headway.terms.answer import CauseKind

# Sums of a rate or size test, in this order; a volume test has the first two.
N_ACTUAL, N_BASE, SCORE_ACTUAL, SCORE_BASE, INFORMATION_ACTUAL, INFORMATION_BASE = range(6)
CLIP = 4.0
MIN_INFORMATION = 3.0
TOGETHER = 1 << 13
"""Cells from which sums are judged at once: what holds in memory close to the processor."""


@dataclass(frozen=True, kw_only=True)
class Judged:
    """z and effect of each cell against the rest; all are 0 where support is too thin.

    `effect` is on the log scale (odds, amount, count) and `error` its standard error; `own` is the
    cell's own move, before that of the rest is taken off.
    """

    z: Floats
    effect: Floats
    own: Floats
    error: Floats
    is_tested: npt.NDArray[np.bool_]

    def __getitem__(self, cells: slice) -> "Judged":
        return Judged(
            z=self.z[cells],
            effect=self.effect[cells],
            own=self.own[cells],
            error=self.error[cells],
            is_tested=self.is_tested[cells],
        )


@dataclass(frozen=True, kw_only=True)
class Channel:
    """One kind of move: additive figures of cases, and the test on their sums.

    `judge(sums, totals)` takes the sums of the figures over the cells (figures x cells) and over
    all cases, and tests each cell against what is left.
    """

    kind: CauseKind
    figures: Figures
    judge: Callable[[Floats, Floats], Judged]

    def judge_each(self, parts: Iterable[Floats], totals: Floats) -> Iterator[Judged]:
        """What `judge` tells of each of several sums; small ones are judged many at a time."""
        waiting: list[Floats] = []
        cells = 0
        for sums in parts:
            waiting.append(sums)
            cells += sums.shape[1]
            if cells >= TOGETHER:
                yield from self._judged(waiting, totals)
                waiting, cells = [], 0
        if waiting:
            yield from self._judged(waiting, totals)

    def _judged(self, parts: list[Floats], totals: Floats) -> Iterator[Judged]:
        found = self.judge(parts[0] if len(parts) == 1 else np.hstack(parts), totals)
        end = 0
        for sums in parts:
            first, end = end, end + sums.shape[1]
            yield found[first:end]


def channels(cube: Cube, *, min_n: float, min_n_period: float) -> tuple[Channel, ...]:
    """The tests a result allows, in the order in which they are looked at.

    COUNT: volume. SUM: volume and size. BINOMIAL: rate, then volume as mix. MEAN: size, then mix.
    """
    measured, found = measures(cube), []
    counts = RowFigures(cube=cube, fields=measured.counts())
    if cube.model is Model.BINOMIAL:
        rate = _rate(cube, measured)
        found.append(mean_channel(rate, kind=CauseKind.RATE, min_n_period=min_n_period))
        counts = replace(counts, wider=rate)
    if cube.model in (Model.MEAN, Model.SUM):
        size = _size(cube, measured)
        found.append(mean_channel(size, kind=CauseKind.SIZE, min_n_period=min_n_period))
    found.append(volume_channel(counts, model=cube.model, min_n=min_n))
    return tuple(found)


def volume_channel(figures: Figures, *, model: Model, min_n: float) -> Channel:
    """The test of how many cases there are, on their counts."""

    def judge(sums: Floats, totals: Floats) -> Judged:
        return _share_moved(sums, totals, min_n=min_n)

    kind = CauseKind.VOLUME if model in (Model.COUNT, Model.SUM) else CauseKind.MIX
    return Channel(kind=kind, figures=figures, judge=judge)


def mean_channel(figures: Figures, *, kind: CauseKind, min_n_period: float) -> Channel:
    """The test of a rate or a size, on cases, scores and information."""

    def judge(sums: Floats, totals: Floats) -> Judged:
        return _mean_moved(sums, totals, min_n_period=min_n_period)

    return Channel(kind=kind, figures=figures, judge=judge)


def _rate(cube: Cube, measured: Measures) -> RowFigures:
    """Cases, successes beyond those expected, and what they tell of the log odds."""
    rates = success_rates(
        weight=measured.weight, total=measured.total, codes=_codes(cube), sizes=_sizes(cube)
    )

    def figures(side: int, rows: slice) -> list[Numbers]:
        n, total, rate = cases(measured.sides[side])[rows], measured.sides[side].total, rates[rows]
        expected = n * rate
        return [n, total[rows] - expected, expected * (1 - rate)]

    return RowFigures(cube=cube, fields=measured.fields(figures))


def _size(cube: Cube, measured: Measures) -> RowFigures:
    """Cases with an amount, the logs of these beyond those expected, and their precision."""
    amounts = [_log_amount(side) for side in measured.sides]
    middle = main_effects(
        weight=added([n for n, _ in amounts]),
        total=added([n * log for n, log in amounts]),
        codes=_codes(cube),
        sizes=_sizes(cube),
    )
    left = [log - middle for _, log in amounts]
    spread = _robust_spread(
        np.concatenate([rest[n > 0] for rest, (n, _) in zip(left, amounts, strict=True)])
    )

    def figures(side: int, rows: slice) -> list[Numbers]:
        n = amounts[side][0][rows]
        clipped = np.clip(left[side][rows] / spread, -CLIP, CLIP)
        return [n, n * clipped / spread, n * (1 / spread**2)]

    return RowFigures(cube=cube, fields=measured.fields(figures))


def _codes(cube: Cube) -> dict[str, Codes]:
    """In an order that does not depend on how the dimensions were given."""
    return {name: cube.codes[name] for name in cube.dimensions}


def _sizes(cube: Cube) -> dict[str, int]:
    return {name: max(len(cube.values[name]), 1) for name in cube.dimensions}


def _log_amount(side: Side) -> tuple[Numbers, Floats]:
    """Cases with a positive amount, and the log of the row's mean amount (0 if there is none)."""
    n = cases(side) * (side.total > 0)
    known = n > 0
    log = np.zeros(len(n))
    log[known] = np.log(side.total[known] / n[known])
    return n, log


def _robust_spread(values: Floats) -> float:
    """1.4826 times the median absolute deviation, or half of the standard deviation; 1 for none."""
    if len(values) == 0:
        return 1.0
    spread = 1.4826 * float(np.median(np.abs(values - np.median(values))))
    spread = max(spread, 0.5 * float(np.std(values)))
    return spread if spread > SMALLEST_SPREAD else 1.0


def _mean_moved(sums: Floats, totals: Floats, *, min_n_period: float) -> Judged:
    """Difference of differences of the scores over its standard error.

    References:
        Rao (1948), Proc. Cambridge Phil. Soc. 44:50-57, for the score test; the contrast with the
        rest is that of a difference-in-differences.
    """
    rest = totals[:, None] - sums
    is_tested = np.ones(sums.shape[1], dtype=bool)
    for part in (sums, rest):
        is_tested &= (part[N_ACTUAL] >= min_n_period) & (part[N_BASE] >= min_n_period)
        is_tested &= part[INFORMATION_ACTUAL] >= MIN_INFORMATION
        is_tested &= part[INFORMATION_BASE] >= MIN_INFORMATION
    inside, outside = sums[:, is_tested], rest[:, is_tested]
    own = _mean_change(inside)
    effect = own - _mean_change(outside)
    error = np.sqrt(
        sum(
            1 / part[information]
            for part in (inside, outside)
            for information in (INFORMATION_ACTUAL, INFORMATION_BASE)
        )
    )
    return _judged(is_tested, z=effect / error, effect=effect, own=own, error=error)


def _mean_change(part: Floats) -> Floats:
    found: Floats = (
        part[SCORE_ACTUAL] / part[INFORMATION_ACTUAL] - part[SCORE_BASE] / part[INFORMATION_BASE]
    )
    return found


def _judged(
    is_tested: npt.NDArray[np.bool_], *, z: Floats, effect: Floats, own: Floats, error: Floats
) -> Judged:
    """What was found in the cells that are tested; most cells of a combination are too thin."""

    def laid_out(found: Floats) -> Floats:
        whole = np.zeros(len(is_tested))
        whole[is_tested] = found
        return whole

    return Judged(
        z=laid_out(z),
        effect=laid_out(effect),
        own=laid_out(own),
        error=laid_out(error),
        is_tested=is_tested,
    )


def _share_moved(sums: Floats, totals: Floats, *, min_n: float) -> Judged:
    """Signed root of the likelihood ratio of the 2 x 2 table place/rest by actual/base.

    References:
        Wilks (1938), Annals of Mathematical Statistics 9:60-62; zeros need no correction: 0 ln 0 =
        0.
    """
    a, b = _drawn_in(sums[N_ACTUAL], sums[N_BASE], totals)
    c, d = totals[N_ACTUAL] - a, totals[N_BASE] - b
    is_tested = (a + b >= min_n) & (c + d >= min_n) & (totals[N_ACTUAL] > 0) & (totals[N_BASE] > 0)
    a, b, c, d = a[is_tested], b[is_tested], c[is_tested], d[is_tested]
    n = a + b + c + d
    likelihood = (
        _n_log_n(a)
        + _n_log_n(b)
        + _n_log_n(c)
        + _n_log_n(d)
        + _n_log_n(n)
        - _n_log_n(a + b)
        - _n_log_n(c + d)
        - _n_log_n(a + c)
        - _n_log_n(b + d)
    )
    effect = np.log((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))
    z = np.sign(a * d - b * c) * np.sqrt(np.maximum(2 * likelihood, 0.0))
    error = np.sqrt(1 / (a + 0.5) + 1 / (b + 0.5) + 1 / (c + 0.5) + 1 / (d + 0.5))
    own = np.log((a + 0.5) / (b + 0.5))
    return _judged(is_tested, z=z, effect=effect, own=own, error=error)


def _drawn_in(actual: Floats, base: Floats, totals: Floats) -> tuple[Floats, Floats]:
    """The counts moved half a case towards what the totals let expect (Yates' correction)."""
    whole = max(float(totals[N_ACTUAL] + totals[N_BASE]), 1.0)
    surplus = actual - (actual + base) * float(totals[N_ACTUAL]) / whole
    step = np.sign(surplus) * np.minimum(np.abs(surplus), 0.5)
    return actual - step, base + step


def _n_log_n(n: Floats) -> Floats:
    return n * np.log(np.where(n > 0, n, 1.0))
