"""What a leader believes of a link, beside what is measured."""

from dataclasses import dataclass

from headway.analysis.methods.posterior import Beta
from headway.terms.belief import BeliefVerdict
from headway.terms.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Gap:
    """A prediction less the share measured, -1..1, with its range.

    `p_blind` and `p_too_dark` are the probabilities that the prediction is too bright, or too
    dark, by more than the margin.
    """

    value: float
    low: float
    high: float
    p_blind: float
    p_too_dark: float
    verdict: BeliefVerdict


def gap(predicted: float, measured: Beta, *, policy: Policy) -> Gap:
    """By how much a leader's prediction lies above what is measured.

    Args:
        predicted: the share that the leader predicted, 0..1.
        measured: what is known of the share after its cases.
        policy: the margin, and how sure each verdict has to be.

    Returns:
        Blind where the gap is above the margin with `policy.verdict_confidence`, too dark where
        it is below less the margin with as much, about right where it is within with
        `policy.about_right_confidence`; else nobody can tell.

    References:
        Own: the gap is the prediction less the share, and its distribution that of the share.

    Examples:
        >>> from headway.terms.policy import DEFAULT
        >>> found = gap(0.70, Beta(a=3.7, b=10.3), policy=DEFAULT)
        >>> round(found.value, 2), round(found.p_blind, 3), found.verdict.value
        (0.44, 0.987, 'blind')
    """
    low, high = measured.interval(level=policy.interval_level)
    p_blind = measured.at_most(predicted - policy.belief_margin)
    p_too_dark = 1 - measured.at_most(predicted + policy.belief_margin)
    return Gap(
        value=predicted - measured.mean,
        low=predicted - high,
        high=predicted - low,
        p_blind=p_blind,
        p_too_dark=p_too_dark,
        verdict=_verdict(p_blind, p_too_dark, policy=policy),
    )


def exact(predicted: float, share: float, *, policy: Policy) -> Gap:
    """The gap to a share that was counted whole, so that nothing is uncertain about it."""
    value = predicted - share
    p_blind = float(value > policy.belief_margin)
    p_too_dark = float(value < -policy.belief_margin)
    return Gap(
        value=value,
        low=value,
        high=value,
        p_blind=p_blind,
        p_too_dark=p_too_dark,
        verdict=_verdict(p_blind, p_too_dark, policy=policy),
    )


def _verdict(p_blind: float, p_too_dark: float, *, policy: Policy) -> BeliefVerdict:
    if p_blind >= policy.verdict_confidence:
        return BeliefVerdict.BLIND
    if p_too_dark >= policy.verdict_confidence:
        return BeliefVerdict.TOO_DARK
    if 1 - p_blind - p_too_dark >= policy.about_right_confidence:
        return BeliefVerdict.ABOUT_RIGHT
    return BeliefVerdict.CANNOT_TELL
