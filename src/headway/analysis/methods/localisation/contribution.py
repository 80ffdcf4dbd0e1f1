"""How much of the change a place carries, by exact formulas, with a 90 % range."""

import math
from dataclasses import dataclass

from headway.analysis.methods.localisation.cube import Model
from headway.terms.answer import CauseKind, Figure, Missing, Unit

Z90 = 1.6448536269514722
MOVED = (CauseKind.VOLUME, CauseKind.MIX, CauseKind.ENTRY, CauseKind.EXIT)


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """The sums of one period over some rows.

    `squares` are of the distances from `centre`, which for an average is that of all rows: squares
    of large figures that hardly differ would leave nothing of how they scatter.
    """

    n: float
    total: float
    squares: float
    centre: float = 0.0

    @property
    def mean(self) -> float | None:
        """Total over cases; None without a case."""
        return self.total / self.n if self.n > 0 else None

    def variance_of_mean(self, model: Model) -> float:
        """Sampling variance of the mean; 0 without a case."""
        if self.n <= 0:
            return 0.0
        mean = self.total / self.n
        if model is Model.BINOMIAL:
            rate = (self.total + 0.5) / (self.n + 1)
            return rate * (1 - rate) / self.n
        return max(self.squares / self.n - (mean - self.centre) ** 2, 0.0) / self.n


# The sums of the base and of the actual period.
Both = tuple[Amounts, Amounts]


@dataclass(frozen=True, kw_only=True)
class Carried:
    """A contribution with its 90 % range, in the unit of the result."""

    value: float
    variance: float

    @property
    def low(self) -> float:
        """Lower end of the range."""
        return self.value - Z90 * math.sqrt(self.variance)

    @property
    def high(self) -> float:
        """Upper end of the range."""
        return self.value + Z90 * math.sqrt(self.variance)

    @property
    def could_be_chance(self) -> bool:
        """Whether the range spans zero."""
        return self.low <= 0 <= self.high


def result(model: Model, mine: Amounts) -> float | None:
    """The result of these sums: a count, a sum, a rate or an average; None if not defined."""
    if model is Model.COUNT:
        return mine.n
    return mine.total if model is Model.SUM else mine.mean


def change(model: Model, here: Both) -> Carried | None:
    """How the result of these sums changed; None where one period has no cases."""
    base, actual = here
    before, now = result(model, base), result(model, actual)
    if before is None or now is None:
        return None
    return Carried(value=now - before, variance=_variance(model, base) + _variance(model, actual))


def _variance(model: Model, mine: Amounts) -> float:
    if model is Model.COUNT:
        return mine.n
    return mine.squares if model is Model.SUM else mine.variance_of_mean(model)


def carried(model: Model, *, here: Both, whole: Both, kind: CauseKind) -> Carried:
    """What a place (`here`) contributes to the change of the whole result.

    A sum or count: its own difference. A ratio R = sum of w r over places: rate effect (mean of w)
    times the change of r; mix effect (mean of r less mean of R) times the change of w. Over any
    partition these sum to the change exactly. A place without cases in one period carries the other
    period's r, so that the whole of it is mix.

    References:
        Marshall-Edgeworth form of the shift-share split, own derivation: with bars for the mean of
        both periods, d(sum w r) = sum(w_bar dr) + sum(r_bar dw), and sum(R_bar dw) = 0.
    """
    if model in (Model.COUNT, Model.SUM):
        mine = change(model, here)
        return mine or Carried(value=0.0, variance=0.0)
    rates = _both([each.mean for each in here])
    shares = [mine.n / max(all_.n, 1e-300) for mine, all_ in zip(here, whole, strict=True)]
    noise = [mine.variance_of_mean(model) for mine in here]
    if kind in MOVED:
        distance = sum(rates) / 2 - sum(_both([each.mean for each in whole])) / 2
        moved = shares[1] - shares[0]
        scatter = [s * (1 - s) / max(all_.n, 1.0) for s, all_ in zip(shares, whole, strict=True)]
        variance = distance**2 * sum(scatter) + moved**2 * sum(noise) / 4
        return Carried(value=distance * moved, variance=variance)
    weight = sum(shares) / 2
    return Carried(value=weight * (rates[1] - rates[0]), variance=weight**2 * sum(noise))


def _both(means: list[float | None]) -> tuple[float, float]:
    """The two means; where one is missing the other stands for it."""
    base, actual = means
    known = base if base is not None else actual
    if known is None:
        return 0.0, 0.0
    return (known if base is None else base), (known if actual is None else actual)


def own_measure(
    model: Model, *, here: Both, whole: Both, kind: CauseKind
) -> tuple[Figure, Figure, Unit]:
    """The place's own figure before and now, each with a 90 % range, and what it counts."""
    if model in (Model.COUNT, Model.SUM):
        unit = Unit.COUNT if model is Model.COUNT else Unit.MONEY
    elif kind in MOVED or model is Model.BINOMIAL:
        unit = Unit.SHARE
    else:
        unit = Unit.MONEY
    if model in (Model.BINOMIAL, Model.MEAN) and kind in MOVED:
        before, now = (_share(mine, all_) for mine, all_ in zip(here, whole, strict=True))
    else:
        before, now = (_figure(model, mine) for mine in here)
    return before, now, unit


def _figure(model: Model, mine: Amounts) -> Figure:
    value = result(model, mine)
    if value is None:
        return Figure(value=None, missing=Missing.NO_CASES)
    if model is Model.BINOMIAL:
        return _rate(mine.total, mine.n)
    reach = Z90 * _variance(model, mine) ** 0.5
    return Figure(value=value, low=value - reach, high=value + reach, n=round(mine.n))


def _share(mine: Amounts, whole: Amounts) -> Figure:
    return _rate(mine.n, whole.n) if whole.n else Figure(value=None, missing=Missing.NO_CASES)


def _rate(k: float, n: float) -> Figure:
    """A rate with its Jeffreys interval (Brown, Cai & DasGupta 2001, Stat. Science 16:101-133)."""
    from scipy.special import betaincinv  # noqa: PLC0415  scipy is heavy

    low, high = betaincinv(k + 0.5, n - k + 0.5, [0.05, 0.95])
    return Figure(value=k / n, low=float(low), high=float(high), n=round(n))
