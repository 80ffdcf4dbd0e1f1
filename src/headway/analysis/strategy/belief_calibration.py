"""How well leaders know their people: their bias, their ranges, and how both differ by level."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from headway.analysis.methods import proportion
from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.methods.posterior import JEFFREYS
from headway.facts import disclosure
from headway.terms.belief import RangeVerdict, Share
from headway.terms.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Held:
    """One sealed prediction and the share measured, all 0..1; `low` and `high` were sealed too.

    `uncertain` is how far the share may lie from what is measured: half the width of its range.
    """

    predicted: float
    low: float
    high: float
    measured: float
    uncertain: float = 0.0

    @property
    def gap(self) -> float:
        """Predicted less measured, -1..1."""
        return self.predicted - self.measured

    @property
    def is_within(self) -> bool:
        """Whether the sealed range holds the measure."""
        return self.low <= self.measured <= self.high


@dataclass(frozen=True, kw_only=True)
class Calibrated:
    """The bias of one leader with its range, and their sealed ranges beside what they hold.

    `expected` is the share of the ranges, 0..1, that would hold the measure if each held the truth
    as often as it was sealed to.
    """

    bias: Range
    coverage: Share
    expected: float
    width: float
    verdict: RangeVerdict


@dataclass(frozen=True, kw_only=True)
class Profile:
    """Means over leaders: what they predicted, what is measured, and the gap with its range."""

    predicted: float
    measured: float
    gap: Range


def of_leader(held: Sequence[Held], *, policy: Policy) -> Calibrated | TooFew:
    """Bias, coverage and width of one leader's predictions.

    Args:
        held: the leader's predictions of links that were measured.
        policy: how many predictions are needed, what share of the sealed ranges should hold the
            measure, and how sure a verdict has to be.

    Returns:
        The mean gap with its range; the share of ranges that hold the measure with its Jeffreys
        interval; the share expected; their mean width. The ranges are too narrow, or too wide,
        where with `policy.verdict_confidence` fewer, or more, of them hold the measure than
        expected; as declared where the share is within the margin of it with
        `policy.about_right_confidence`.

    References:
        domain.md 3.5. The range of the bias is Student's t. Own: a measure of few people misses
        the truth itself, so that fewer than the declared share of good ranges hold it; belief and
        measure are taken as normal for how many fewer. Predictions of one leader are taken as
        independent, although one round of answers measures several of them, so that the range of
        the bias is rather too narrow.

    Examples:
        >>> from headway.terms.policy import DEFAULT
        >>> bright = Held(predicted=0.8, low=0.7, high=0.9, measured=0.5)
        >>> right = Held(predicted=0.5, low=0.4, high=0.6, measured=0.5)
        >>> found = of_leader([bright] * 6 + [right] * 4, policy=DEFAULT)
        >>> round(found.bias.value, 2), found.coverage.mean, found.verdict.value
        (0.18, 0.4, 'too_narrow')
    """
    n = len(held)
    if n < policy.min_predictions:
        return TooFew(seen=n, needed=policy.min_predictions)
    k = sum(each.is_within for each in held)
    expected = fmean(_expected(each, policy=policy) for each in held)
    low, high = proportion.jeffreys(k, n, level=policy.interval_level)
    return Calibrated(
        bias=_mean([each.gap for each in held], level=policy.interval_level),
        coverage=Share(k=k, n=n, mean=k / n, low=low, high=high),
        expected=expected,
        width=fmean(each.high - each.low for each in held),
        verdict=_ranges(k, n, wanted=expected, policy=policy),
    )


def of_level(held: Mapping[str, Sequence[Held]], *, policy: Policy, least: int) -> Profile | TooFew:
    """What the leaders of one level believe, beside what is measured of their people.

    Args:
        held: by leader, their predictions of links that were measured, one or more.
        policy: how many leaders are needed, and the level of the range.
        least: people below which nothing is told of a group, 5 or more.

    Returns:
        Each leader counts once, with the mean of their own; the range of the gap is Student's t
        over leaders.

    Raises:
        TooSmallGroupsError: `least` is below five.

    References:
        domain.md 3.5: the mean gap by level, from five leaders on.
    """
    needed = max(least, policy.min_leaders_of_level)
    if not disclosure.is_enough(held, least=needed):
        return TooFew(seen=len(held), needed=needed)
    predicted = [fmean(one.predicted for one in own) for own in held.values()]
    measured = [fmean(one.measured for one in own) for own in held.values()]
    gaps = [fmean(one.gap for one in own) for own in held.values()]
    return Profile(
        predicted=fmean(predicted),
        measured=fmean(measured),
        gap=_mean(gaps, level=policy.interval_level),
    )


def _mean(values: Sequence[float], *, level: float) -> Range:
    from scipy.special import stdtrit  # noqa: PLC0415  heavy

    n, middle = len(values), fmean(values)
    half = float(stdtrit(n - 1, (1 + level) / 2)) * stdev(values) / math.sqrt(n)
    return Range(value=middle, low=middle - half, high=middle + half, n=n)


def _expected(held: Held, *, policy: Policy) -> float:
    """How likely the sealed range of somebody who knows holds the measure."""
    sealed = proportion.normal_quantile((1 + policy.sealed_range_share) / 2)
    spread = (held.high - held.low) / 2 / sealed
    missed = held.uncertain / proportion.normal_quantile((1 + policy.interval_level) / 2)
    if not spread:
        return 0.0
    return 2 * NormalDist().cdf(sealed * spread / math.hypot(spread, missed)) - 1


def _ranges(k: int, n: int, *, wanted: float, policy: Policy) -> RangeVerdict:
    share, margin = JEFFREYS.given(k, n), policy.belief_margin
    p_narrow = share.at_most(wanted)
    if p_narrow >= policy.verdict_confidence:
        return RangeVerdict.TOO_NARROW
    if 1 - p_narrow >= policy.verdict_confidence:
        return RangeVerdict.TOO_WIDE
    p_within = share.at_most(wanted + margin) - share.at_most(wanted - margin)
    if p_within >= policy.about_right_confidence:
        return RangeVerdict.AS_DECLARED
    return RangeVerdict.CANNOT_TELL
