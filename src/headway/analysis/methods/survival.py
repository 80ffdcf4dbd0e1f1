"""How long until something happens, when some of it has not happened yet."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.evidence import Range, TooFew
from headway.analysis.methods.proportion import jeffreys, normal_quantile

Counts = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

OPEN, WANTED, COMPETING = 0, 1, 2
"""Outcomes: still open when last seen, what is counted, and what rules it out."""


@dataclass(frozen=True, kw_only=True)
class Median:
    """The time until half have had the event; an end is None where the curve does not reach it."""

    days: float
    low: float | None
    high: float | None
    n: int
    event_count: int


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """The share of a cohort with the wanted event by an age.

    `maturity` is the share of the cohort that is no longer open; `variance` that of the share.
    """

    share: Range
    variance: float
    age_days: int
    maturity: float


def median_days(*, days: Counts, is_event: npt.NDArray[np.bool_], level: float) -> Median | TooFew:
    """The Kaplan-Meier median of whole days until an event.

    Args:
        days: whole days from the start to the event, or to when it was last seen without; none
        negative.
        is_event: whether it happened.
        level: of the interval.

    Returns:
        The first day on which at most half are without the event; `TooFew` where the curve stays
        above half (needed: the events it would take were nothing censored).

    References:
        Kaplan & Meier (1958), JASA 53:457-481; Brookmeyer & Crowley (1982), Biometrics 38:29-41,
        on the log-log scale.

    Examples:
        >>> found = median_days(
        ...     days=np.array([1, 2, 3, 4, 9]), is_event=np.array([True] * 4 + [False]), level=0.9
        ... )
        >>> found.days, found.event_count
        (3.0, 4)
    """
    n, events = len(days), int(is_event.sum())
    half = math.ceil(n / 2)
    if events == 0:
        return TooFew(seen=0, needed=max(half, 1))
    at_risk, happened = _risk_sets(days, is_event=is_event)
    when = np.flatnonzero(happened)
    risk, count = at_risk[when].astype(float), happened[when].astype(float)
    surviving = np.cumprod(1 - count / risk)
    if surviving[-1] > 0.5 + 1e-12:
        return TooFew(seen=events, needed=max(half, events + 1))
    low, high = _log_log_band(surviving, risk=risk, count=count, level=level)
    return Median(
        days=float(when[np.argmax(surviving <= 0.5 + 1e-12)]),
        low=_first_at_most_half(low, when=when),
        high=_first_at_most_half(high, when=when),
        n=n,
        event_count=events,
    )


def incidence(*, days: Counts, outcome: Counts, age: int, level: float) -> Incidence | TooFew:
    """The Aalen-Johansen share of a cohort with the wanted event by an age, open ones censored.

    Args:
        days: whole days from the start to the outcome, or to when it was last seen open.
        outcome: `OPEN`, `WANTED` or `COMPETING`.
        age: whole days.
        level: of the interval.

    Returns:
        The share with its variance by the delta method and the Jeffreys interval of the binomial
        of the same mean and variance (exact Jeffreys where nothing is censored before the age);
        `TooFew` where nobody was followed to the age and somebody is still open.

    References:
        Aalen & Johansen (1978), Scand. J. Statistics 5:141-150; variance: Marubini & Valsecchi
        (1995), Analysing Survival Data, section 10.3. Interval: own, by the effective number of
        cases.
    """
    n = len(days)
    if n == 0:
        return TooFew(seen=0, needed=1)
    closed = outcome != OPEN
    longest = int(days.max())
    if longest < age and not closed[days == longest].all():
        return TooFew(seen=0, needed=1)
    at_risk, ended = _risk_sets(days, is_event=closed)
    _, wanted = _risk_sets(days, is_event=outcome == WANTED)
    when = np.flatnonzero(ended[: age + 1])
    share, variance = _aalen_johansen(
        risk=at_risk[when].astype(float),
        ended=ended[when].astype(float),
        wanted=wanted[when].astype(float),
    )
    low, high = _ends(share, variance=variance, n=n, level=level)
    return Incidence(
        share=Range(value=share, low=low, high=high, n=n),
        variance=variance,
        age_days=age,
        maturity=float(closed.mean()),
    )


def median_of_wanted(
    *, days: Counts, outcome: Counts, within: int, level: float
) -> Median | TooFew:
    """The day by which half of those with the wanted event within a time had it.

    Args:
        days: whole days from the start to the outcome, or to when it was last seen open.
        outcome: `OPEN`, `WANTED` or `COMPETING`.
        within: whole days; later events are left out, so that cohorts of different age compare.
        level: of the interval.

    Returns:
        The median of the wanted, each weighted by one over the Kaplan-Meier chance of being
        followed that
        long: the open ones among them are made up for, the competing ones have no such day. Without
            open
        cases it is the plain median.

    References:
        Satten & Datta (2001), American Statistician 55:207-210: such weights give the
        Aalen-Johansen curve. Interval: Woodruff (1952), JASA 47:635-646, with Kish's effective
        number of cases.

    Examples:
        >>> found = median_of_wanted(
        ...     days=np.array([2, 3, 4, 9]), outcome=np.array([1, 1, 1, 2]), within=30, level=0.9
        ... )
        >>> found.days, found.event_count
        (3.0, 3)
    """
    chosen = (outcome == WANTED) & (days <= within)
    events = int(chosen.sum())
    if events == 0:
        return TooFew(seen=0, needed=1)
    followed = _followed_chance(days, outcome=outcome)
    order = np.argsort(days[chosen], kind="stable")
    when = days[chosen][order]
    weight = 1 / followed[when]
    below = np.cumsum(weight) / weight.sum()
    cases = weight.sum() ** 2 / (weight**2).sum()
    half = normal_quantile((1 + level) / 2) * 0.5 / math.sqrt(cases)
    middle, low, high = (
        float(when[min(int(np.searchsorted(below, share - 1e-12)), events - 1)])
        for share in (0.5, max(0.5 - half, 0.0), min(0.5 + half, 1.0))
    )
    return Median(days=middle, low=low, high=high, n=len(days), event_count=events)


def _followed_chance(days: Counts, *, outcome: Counts) -> Floats:
    """The Kaplan-Meier chance of being followed up to each day; open ones leave it last."""
    at_risk, left = _risk_sets(days, is_event=outcome == OPEN)
    _, ended = _risk_sets(days, is_event=outcome != OPEN)
    staying = at_risk - ended
    leaving = np.where(staying > 0, left / np.maximum(staying, 1), 0.0)
    chance = np.cumprod(1 - leaving)
    return np.concatenate([[1.0], chance[:-1]])


def _risk_sets(days: Counts, *, is_event: npt.NDArray[np.bool_]) -> tuple[Counts, Counts]:
    length = int(days.max()) + 1
    leaving = np.bincount(days, minlength=length)
    at_risk = len(days) - np.concatenate([[0], np.cumsum(leaving)[:-1]])
    return at_risk, np.bincount(days[is_event], minlength=length)


def _aalen_johansen(*, risk: Floats, ended: Floats, wanted: Floats) -> tuple[float, float]:
    if len(risk) == 0:
        return 0.0, 0.0
    surviving = np.cumprod(1 - ended / risk)
    just_before = np.concatenate([[1.0], surviving[:-1]])
    cumulated = np.cumsum(just_before * wanted / risk)
    share = float(cumulated[-1])
    rest = share - cumulated
    # The last ones to leave the risk set have nothing after them: their term is zero, not 0 / 0.
    left = np.where(risk > ended, risk * (risk - ended), np.inf)
    variance = (
        (rest**2 * ended / left).sum()
        + (just_before**2 * (risk - wanted) / risk**3 * wanted).sum()
        - 2 * (rest * just_before * wanted / risk**2).sum()
    )
    return share, max(float(variance), 0.0)


def _ends(share: float, *, variance: float, n: int, level: float) -> tuple[float, float]:
    # All or nothing up to rounding is all or nothing.
    share = round(share, 12)
    spread = share * (1 - share)
    cases = spread / variance if variance > 0 and spread > 0 else float(n)
    return jeffreys(share * cases, cases, level=level)


def _log_log_band(
    surviving: Floats, *, risk: Floats, count: Floats, level: float
) -> tuple[Floats, Floats]:
    left = risk - count
    greenwood = np.cumsum(np.where(left > 0, count / (risk * np.where(left > 0, left, 1.0)), 0.0))
    inside = (surviving > 0) & (surviving < 1)
    log = np.log(np.where(inside, surviving, 0.5))
    half = normal_quantile((1 + level) / 2) * np.sqrt(greenwood) / log
    low = np.where(inside, np.exp(log * np.exp(-half)), surviving)
    high = np.where(inside, np.exp(log * np.exp(half)), surviving)
    return np.minimum(low, high), np.maximum(low, high)


def _first_at_most_half(curve: Floats, *, when: Counts) -> float | None:
    below = curve <= 0.5 + 1e-12
    return float(when[np.argmax(below)]) if below.any() else None
