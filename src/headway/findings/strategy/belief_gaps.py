"""What leaders sealed before they saw a measure, beside the measure."""

from collections.abc import Mapping, Sequence
from typing import Any

from headway.analysis.strategy import belief
from headway.analysis.strategy.belief import Gap
from headway.facts import Facts, collect
from headway.findings.strategy.chains import Followed
from headway.terms.belief import BeliefGap, BeliefVerdict
from headway.terms.line import Link, LinkReason, LinkState
from headway.terms.policy import Policy

# With these the figures of a link are its prior's, or could be turned by those who were silent.
_UNMEASURED = (
    LinkReason.NOT_MEASURED,
    LinkReason.ANONYMITY,
    LinkReason.LOW_RESPONSE,
    LinkReason.TOO_EARLY,
)


def found(facts: Facts, *, followed: Sequence[Followed], policy: Policy) -> tuple[BeliefGap, ...]:
    """One gap for each prediction about a chain that was followed.

    A link that was not measured, or that too few of those asked have answered, cannot tell.
    """
    of_chain = {(each.chain.priority, each.chain.group): each for each in followed}
    return tuple(
        _gap(row, line=of_chain[row["priority_id"], row["group"]], policy=policy)
        for row in collect(facts.columns("said/belief")).records()
        if (row["priority_id"], row["group"]) in of_chain
    )


# Any: a row holds what its columns hold.
def _gap(row: Mapping[str, Any], *, line: Followed, policy: Policy) -> BeliefGap:
    state = line.chain.at(Link(row["link"]))
    made = _held_against(row["point_share"], state=state, line=line, policy=policy)
    return BeliefGap(
        person=row["person_id"],
        priority=row["priority_id"],
        group=row["group"],
        link=state.link,
        predicted=row["point_share"],
        measured=None if made is None else state.mean,
        gap=None if made is None else made.value,
        low=None if made is None else made.low,
        high=None if made is None else made.high,
        p_blind=None if made is None else made.p_blind,
        verdict=BeliefVerdict.CANNOT_TELL if made is None else made.verdict,
    )


def _held_against(
    predicted: float, *, state: LinkState, line: Followed, policy: Policy
) -> Gap | None:
    if state.link is Link.DECLARED and state.mean is not None:
        return belief.exact(predicted, state.mean, policy=policy)
    if state.k is None or state.reason in _UNMEASURED:
        return None
    return belief.gap(predicted, line.posteriors[state.link], policy=policy)
