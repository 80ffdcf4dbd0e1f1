"""Shares of small groups that lend each other strength: the beta-binomial, empirical Bayes."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

CONCENTRATION = 6.0
"""What the pooled share of few groups is worth, in cases."""
_FEWEST_GROUPS, _FEWEST_CASES = 8, 5
# How far the weight may stray from six cases, in natural logarithms: a dozen small groups say
# little about how alike they are, and what they seem to say makes names that are wrong too often.
_SPREAD = 0.5
_PARTS = 500


@dataclass(frozen=True, kw_only=True)
class Beta:
    """A distribution of a share: `a` and `b` are positive, a + b is the weight in cases."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """Its mean, 0..1."""
        return self.a / (self.a + self.b)

    def interval(self, *, level: float) -> tuple[float, float]:
        """The ends between which the share lies with this probability, as much below as above."""
        from scipy.special import betaincinv  # noqa: PLC0415  heavy

        tail = (1 - level) / 2
        ends = betaincinv(self.a, self.b, (tail, 1 - tail))
        return float(ends[0]), float(ends[1])

    def at_most(self, share: float) -> float:
        """The probability that the share is this or less; 0 below 0 and 1 above 1."""
        from scipy.special import betainc  # noqa: PLC0415  heavy

        return float(betainc(self.a, self.b, min(max(share, 0.0), 1.0)))

    def chance_below(self, other: "Beta") -> float:
        """The probability that this share lies below the other, both independent; to about .001.

        Examples:
            >>> round(Beta(a=1, b=1).chance_below(Beta(a=1, b=1)), 3)
            0.5
            >>> round(Beta(a=1, b=1).chance_below(Beta(a=2, b=1)), 3)
            0.667
        """
        from scipy.special import betainc, betaincinv  # noqa: PLC0415  heavy

        middles = (np.arange(_PARTS) + 0.5) / _PARTS
        return float(1 - betainc(other.a, other.b, betaincinv(self.a, self.b, middles)).mean())

    def at_most_worth(self, cases: float) -> "Beta":
        """The same mean with no more weight than so many cases."""
        weight = min(1.0, cases / (self.a + self.b))
        return Beta(a=self.a * weight, b=self.b * weight)

    def kept_open(self) -> "Beta":
        """With the same weight, half a case at least for either side.

        Groups that all say yes are few themselves: a share so near to 1 that nothing is left
        beside it would make 42 of 42 mean 99 % or more.
        """
        weight = self.a + self.b
        least = min(JEFFREYS.a, weight / 2)
        a = min(max(self.a, least), weight - least)
        return Beta(a=a, b=weight - a)

    def given(self, k: float, n: float) -> "Beta":
        """What it becomes after k successes among n cases; both may be fractions of cases.

        Raises:
            ValueError: k is not within 0..n.
        """
        if not 0 <= k <= n:
            raise ValueError(f"{k} successes among {n} cases: expected 0 to {n}.")
        return Beta(a=self.a + k, b=self.b + n - k)


JEFFREYS = Beta(a=0.5, b=0.5)
ALONE = Beta(a=2.0, b=2.0)
"""What a group starts from that stands alone, with no other to learn from."""


def prior_of(counts: Sequence[tuple[float, float]]) -> Beta:
    """What the groups of an organisation together say of a share before one is looked at.

    Args:
        counts: k successes of n cases, one for each group of the same link and role.

    Returns:
        Where at least eight groups have five cases, the beta-binomial of greatest likelihood,
        held to a concentration near six the more, the less the groups say about it. The pooled
        share with a concentration of six where there are fewer. Both are kept open. `ALONE` where
        at most one group was measured.

    References:
        Casella (1985), The American Statistician 39:83-87, on empirical Bayes; Skellam (1948),
        JRSS B 10:257-261, on the beta-binomial.
    """
    measured = [(k, n) for k, n in counts if n > 0]
    if len(measured) < 2:  # noqa: PLR2004  one group alone has no other to learn from
        return ALONE
    if sum(n >= _FEWEST_CASES for _, n in measured) >= _FEWEST_GROUPS:
        return _fitted(measured).kept_open()
    mean = sum(k for k, _ in measured) / sum(n for _, n in measured)
    return Beta(a=CONCENTRATION * mean, b=CONCENTRATION * (1 - mean)).kept_open()


def _fitted(measured: Sequence[tuple[float, float]]) -> Beta:
    from scipy.optimize import minimize  # noqa: PLC0415  heavy
    from scipy.special import betaln, expit  # noqa: PLC0415  heavy

    k = np.array([each[0] for each in measured], dtype=float)
    n = np.array([each[1] for each in measured], dtype=float)

    def unlikely(point: npt.NDArray[np.float64]) -> float:
        mean, concentration = float(expit(point[0])), math.exp(float(point[1]))
        a, b = mean * concentration, (1 - mean) * concentration
        strayed = (point[1] - math.log(CONCENTRATION)) / _SPREAD
        return float(strayed**2 / 2 - np.sum(betaln(k + a, n - k + b) - betaln(a, b)))

    pooled = JEFFREYS.given(float(k.sum()), float(n.sum()))
    best = minimize(
        unlikely,
        x0=np.array([math.log(pooled.a / pooled.b), math.log(CONCENTRATION)]),
        method="L-BFGS-B",
        bounds=((-8.0, 8.0), (-8.0, 8.0)),
    )
    mean, concentration = float(expit(best.x[0])), math.exp(float(best.x[1]))
    return Beta(a=mean * concentration, b=(1 - mean) * concentration)


def effective_cases(sizes: Sequence[int], *, correlation: float) -> float:
    """How many independent cases the cases of these clusters are worth.

    Args:
        sizes: cases of each cluster, such as the eligible opportunities of each seller.
        correlation: of two cases of one cluster, 0..1.

    Returns:
        The cases over the design effect 1 + (m - 1) x correlation, m the mean size of the cluster
        that a case stands in.

    References:
        Kish (1965), Survey Sampling, section 8.2.

    Examples:
        >>> round(effective_cases([50, 50], correlation=0.05), 1)
        29.0
    """
    cases = sum(sizes)
    if cases == 0:
        return 0.0
    size = sum(each * each for each in sizes) / cases
    return cases / (1 + (size - 1) * correlation)


def unusual_from(usual: Beta, sizes: Collection[int], *, chance: float) -> Mapping[int, int]:
    """From how many successes on somebody stands out whose share is one of the usual.

    Args:
        usual: how the shares of people are spread.
        sizes: how many cases somebody has, each 0 or more.
        chance: so often, or less, somebody usual may show as many.

    Returns:
        For each of the sizes the least such number of successes, one more than the size where even
        all of its cases would not be rare.

    References:
        Skellam (1948), JRSS B 10:257-261: the upper tail of the beta-binomial.

    Examples:
        >>> unusual_from(Beta(a=1.0, b=1.0), [1, 29], chance=0.05)
        {1: 2, 29: 29}
    """
    from scipy.special import betaln, gammaln  # noqa: PLC0415  heavy

    if not sizes:
        return {}
    n = np.unique(np.array(list(sizes), dtype=np.int64))
    k = np.arange(n[-1] + 1)
    rest = np.maximum(n[:, None] - k, 0)
    ways = gammaln(n + 1)[:, None] - gammaln(k + 1) - gammaln(rest + 1)
    each = np.exp(ways + betaln(k + usual.a, rest + usual.b) - betaln(usual.a, usual.b))
    each[k > n[:, None]] = 0.0
    as_many = each[:, ::-1].cumsum(axis=1)[:, ::-1]
    least = (as_many > chance).sum(axis=1)
    return dict(zip(n.tolist(), least.tolist(), strict=True))


def correlation_within(counts: Sequence[tuple[int, int]]) -> float:
    """How alike two cases of one cluster are, 0 = no more than cases of different ones.

    Args:
        counts: k successes of n cases, one for each cluster.

    Returns:
        The analysis-of-variance estimate, held to 0..1; 0 where there are not two clusters with
        more than one case.

    References:
        Ridout, Demétrio & Firth (1999), Biometrics 55:137-148, formula for the ANOVA estimator.

    Examples:
        >>> correlation_within([(5, 5), (0, 5), (5, 5), (0, 5)])
        1.0
        >>> correlation_within([(2, 5), (2, 5), (2, 5)])
        0.0
    """
    known = [(k, n) for k, n in counts if n > 0]
    cases, clusters = sum(n for _, n in known), len(known)
    if clusters < 2 or cases <= clusters:  # noqa: PLR2004  nothing to compare
        return 0.0
    mean = sum(k for k, _ in known) / cases
    between = sum(n * (k / n - mean) ** 2 for k, n in known) / (clusters - 1)
    within = sum(k * (n - k) / n for k, n in known) / (cases - clusters)
    size = (cases - sum(n * n for _, n in known) / cases) / (clusters - 1)
    spread = between + (size - 1) * within
    return min(max((between - within) / spread, 0.0), 1.0) if spread > 0 else 0.0


def response_bounds(k: float, n: float, *, asked: int) -> tuple[float, float]:
    """The least and the greatest share among all asked, whatever those say who have not answered.

    References:
        Manski (1989), Journal of Human Resources 24:343-360.

    Examples:
        >>> response_bounds(3, 5, asked=10)
        (0.3, 0.8)
    """
    return k / asked, (k + asked - n) / asked
