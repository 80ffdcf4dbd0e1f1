"""All that is found about a declared strategy, from one set of facts."""

from headway.facts import Facts
from headway.findings.strategy import (
    belief_calibrations,
    belief_gaps,
    chains,
    coaching,
    measures,
    patterns,
    peers,
    staying,
)
from headway.terms.policy import Policy
from headway.terms.strategy import StrategyFindings


def found(facts: Facts, *, policy: Policy) -> StrategyFindings:
    """How far each priority reaches, what leaders believe of it, and what people do instead.

    Args:
        facts: of one organisation, cut to the day that is asked about.
        policy: the window, the margins and how sure a name has to be.
    """
    followed = chains.followed(facts, policy=policy)
    gaps = belief_gaps.found(facts, followed=followed, policy=policy)
    coached = coaching.found(facts, policy=policy)
    return StrategyFindings(
        chains=tuple(each.chain for each in followed),
        chains_for_others=tuple(each.for_others for each in followed),
        belief_gaps=gaps,
        calibrations=belief_calibrations.of_leaders(facts, gaps=gaps, policy=policy),
        level_profiles=belief_calibrations.of_levels(facts, gaps=gaps, policy=policy),
        patterns=patterns.found(facts, policy=policy),
        coaching=coached.whole,
        coaching_for_others=coached.for_others,
        stays=staying.found(facts, policy=policy),
        measures=measures.found(facts, policy=policy),
        peers=peers.found(facts, policy=policy),
    )
