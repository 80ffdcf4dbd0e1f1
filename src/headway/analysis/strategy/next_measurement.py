"""Which measurement would tell most about where the line breaks, and what it costs."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from headway.analysis.methods.posterior import Beta
from headway.analysis.strategy import first_break
from headway.terms.line import Link, LinkState, LinkVerdict, NextMeasurement
from headway.terms.policy import Policy

# Minutes of each person: to acknowledge what they heard, to answer one question in their own
# words, to agree a sheet. What systems record comes by itself.
MINUTES: Mapping[Link, float] = {
    Link.TOLD: 1,
    Link.RECALLED: 2,
    Link.UNDERSTOOD: 2,
    Link.CONNECTED: 15,
}
_LEAST_BITS = 0.005
Numbers = npt.NDArray[np.float64]


def best(
    states: Sequence[LinkState],
    *,
    posteriors: Mapping[Link, Beta],
    people: int,
    policy: Policy,
) -> NextMeasurement | None:
    """The link whose measurement is expected to take most uncertainty out of the first break.

    Expected over what the answers may be, given what is known of the link now. None where no
    answer is expected to tell anything.

    Args:
        states: the links in order.
        posteriors: what is known of each link's share.
        people: how many would be asked.
        policy: the margin below the target from which a link is broken.
    """
    now = first_break.distribution(states).entropy_bits
    found: list[NextMeasurement] = []
    for one in states:
        if one.link not in MINUTES or one.verdict is not LinkVerdict.UNKNOWN:
            continue
        after = _expected_bits(
            states, one, posterior=posteriors[one.link], people=people, policy=policy
        )
        found.append(
            NextMeasurement(
                link=one.link,
                answer_count=people,
                minutes=people * MINUTES[one.link],
                entropy_bits=now - after,
            )
        )
    most = max(found, key=lambda each: each.entropy_bits, default=None)
    return most if most is not None and most.entropy_bits >= _LEAST_BITS else None


def _expected_bits(
    states: Sequence[LinkState],
    one: LinkState,
    *,
    posterior: Beta,
    people: int,
    policy: Policy,
) -> float:
    from scipy.special import betainc, betaln, gammaln  # noqa: PLC0415  heavy

    yes = np.arange(people + 1)
    a, b = posterior.a + yes, posterior.b + people - yes
    ways = gammaln(people + 1) - gammaln(yes + 1) - gammaln(people - yes + 1)
    chance = np.exp(ways + betaln(a, b) - betaln(posterior.a, posterior.b))
    broken = np.asarray(betainc(a, b, max(one.target - policy.broken_margin, 0.0)), dtype=float)
    return float(np.dot(chance, _bits(states, one.link, broken)))


def _bits(states: Sequence[LinkState], link: Link, broken: Numbers) -> Numbers:
    """The entropy of the first break for each probability that this link is broken.

    What comes before the link stays; what comes behind it shrinks as it is likelier to be broken.
    """
    whole = first_break.distribution(
        [replace(state, p_broken=0.0) if state.link is link else state for state in states]
    )
    order = list(Link)
    at = order.index(link)
    before = np.array([whole.q[each] for each in order[:at]])
    behind = np.array([*(whole.q[each] for each in order[at + 1 :]), whole.q_none])
    left = 1 - before.sum()
    bits: Numbers = (
        _surprise(before).sum()
        + _surprise(left * broken)
        + _surprise(np.outer(1 - broken, behind)).sum(axis=1)
    )
    return bits


def _surprise(shares: Numbers) -> Numbers:
    bits: Numbers = -shares * np.log2(np.where(shares > 0, shares, 1.0))
    return bits
