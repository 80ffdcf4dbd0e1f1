"""Where the line breaks first: a distribution over the links, and a name only where it is sharp."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from headway.terms.line import (
    SUPPORTS,
    BreakKind,
    FirstBreak,
    Link,
    LinkState,
    LinkVerdict,
)
from headway.terms.policy import Policy

_ONE_SURVEY = (Link.RECALLED, Link.UNDERSTOOD)


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """The probability that each link is the first to break, and that none is; they sum to 1."""

    q: dict[Link, float]
    q_none: float

    @property
    def entropy_bits(self) -> float:
        """How far it is from certainty: 0 = certain."""
        shares = [share for share in (*self.q.values(), self.q_none) if share > 0]
        return -sum(share * math.log2(share) for share in shares)


def distribution(states: Sequence[LinkState]) -> Distribution:
    """Which link is the first to break, from the probability that each is broken.

    A support counts only where the link that it holds up does not hold by itself. The last link
    counts only once its effect is due and measured. Links are taken as independent given their
    rates.

    Args:
        states: links in the order of the line; a link that was not measured has its prior's
        probability.
    """
    q: dict[Link, float] = dict.fromkeys(Link, 0.0)
    left = 1.0
    for one in _counting(states):
        broken = one.p_broken or 0.0
        q[one.link] = left * broken
        left *= 1 - broken
    return Distribution(q=q, q_none=left)


def named(states: Sequence[LinkState], *, policy: Policy) -> FirstBreak:
    """What may be said about the first break, as far as the evidence goes.

    One link is named where it is the first with at least 80 %, with 85 % where recall and
    understanding come from one survey, and where neither it nor anything before it is unmeasured.
    Else the first that is broken as far as it was measured, that the line holds, or the smallest
    set of links that with "none" makes up 90 %.
    """
    found = distribution(states)
    measured = [one for one in _counting(states) if one.is_measured]
    if all(one.link is Link.DECLARED for one in measured) and not found.q[Link.DECLARED]:
        return FirstBreak(kind=BreakKind.UNKNOWN, links=(), probability=None)
    unmeasured = {one.link for one in _counting(states)} - {one.link for one in measured}
    likeliest = max(found.q, key=lambda link: found.q[link])
    enough = _needed(likeliest, measured=measured, policy=policy)
    is_known = likeliest not in unmeasured and not _before(likeliest, unmeasured)
    if found.q[likeliest] >= enough and is_known:
        return _one(BreakKind.NAMED, likeliest, found)
    broken = [one.link for one in measured if one.verdict is LinkVerdict.BROKEN]
    if broken and _before(broken[0], unmeasured):
        return _one(BreakKind.FIRST_MEASURED, broken[0], found)
    holds = distribution(measured).q_none
    if holds >= policy.naming_probability:
        return FirstBreak(kind=BreakKind.NONE, links=(), probability=holds)
    return smallest_set(found, policy=policy)


def smallest_set(found: Distribution, *, policy: Policy) -> FirstBreak:
    """The fewest links that, together with "none" where need be, make up 90 %."""
    total = sum(found.q.values())
    needed = policy.set_probability
    if total < needed:
        needed -= found.q_none
    links: list[Link] = []
    reached = 0.0
    for link, share in sorted(found.q.items(), key=itemgetter(1), reverse=True):
        if reached >= needed or share == 0:
            break
        links.append(link)
        reached += share
    order = list(Link)
    return FirstBreak(
        kind=BreakKind.SET,
        links=tuple(sorted(links, key=order.index)),
        probability=reached,
    )


def published(errors: Sequence[float], *, most: float) -> tuple[bool, ...]:
    """Which of several claims may be made so that few of those made are expected to be wrong.

    Args:
        errors: the probability that each claim is wrong.
        most: the expected share of wrong ones among those published, at most.

    Returns:
        One answer per claim, in the order given.

    References:
        Efron (2010), Large-Scale Inference, chapter 5: the Bayesian false-discovery rate.

    Examples:
        >>> published([0.25, 0.02, 0.05], most=0.10)
        (False, True, True)
    """
    order = sorted(range(len(errors)), key=errors.__getitem__)
    may = [False] * len(errors)
    total = 0.0
    for count, index in enumerate(order, start=1):
        total += errors[index]
        if total / count > most:
            break
        may[index] = True
    return tuple(may)


def _counting(states: Sequence[LinkState]) -> list[LinkState]:
    holding = {one.link for one in states if one.verdict is LinkVerdict.HOLDING}
    return [
        one
        for one in states
        if not (one.link in SUPPORTS and SUPPORTS[one.link] in holding)
        and not (one.link is Link.MOVED and one.effect is None)
    ]


def _before(link: Link, others: set[Link]) -> set[Link]:
    order = list(Link)
    return {other for other in others if order.index(other) < order.index(link)}


def _needed(link: Link, *, measured: Sequence[LinkState], policy: Policy) -> float:
    both = {one.link for one in measured}.issuperset(_ONE_SURVEY)
    if both and link in _ONE_SURVEY:
        return policy.naming_probability_of_one_survey
    return policy.naming_probability


def _one(kind: BreakKind, link: Link, found: Distribution) -> FirstBreak:
    return FirstBreak(kind=kind, links=(link,), probability=found.q[link])
