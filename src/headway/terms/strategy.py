"""Everything that is found about a declared strategy. Nothing here computes."""

from dataclasses import dataclass

from headway.terms.belief import BeliefGap, Calibration, LevelProfile
from headway.terms.coaching import Coaching, Measure
from headway.terms.line import Chain
from headway.terms.pattern import Pattern
from headway.terms.peers import Peers
from headway.terms.skill_currency import NO_SKILLS, Skills
from headway.terms.staying import Stay


@dataclass(frozen=True, kw_only=True)
class StrategyFindings:
    """How far each priority reaches, what leaders believe of it, and what people do instead.

    Chains stand with the widest group of each priority first. `chains_for_others` are the same,
    in the same order, without what was found about the leader of each group, who sees it first;
    `coaching_for_others` is coaching without what leaders logged of their own time. `stays` are of
    groups, the widest first. `skills` holds what each person reads of themselves alone, and is no
    part of `findings.json`.
    """

    chains: tuple[Chain, ...] = ()
    chains_for_others: tuple[Chain, ...] = ()
    belief_gaps: tuple[BeliefGap, ...] = ()
    calibrations: tuple[Calibration, ...] = ()
    level_profiles: tuple[LevelProfile, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    coaching: tuple[Coaching, ...] = ()
    coaching_for_others: tuple[Coaching, ...] = ()
    stays: tuple[Stay, ...] = ()
    measures: tuple[Measure, ...] = ()
    peers: tuple[Peers, ...] = ()
    skills: Skills = NO_SKILLS


NOTHING = StrategyFindings()
