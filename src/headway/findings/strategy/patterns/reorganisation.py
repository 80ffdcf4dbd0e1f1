"""D5: a reorganisation was declared, and people do what they did before."""

from collections.abc import Iterator, Sequence

from headway.analysis.strategy import reorganisation
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import PatternCode, PatternUnit
from headway.terms.policy import Policy


def detect(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Looked]:
    """Each reorganisation in each place; see `headway.analysis.strategy.reorganisation`."""
    for one in reorganisation.looked_at(facts, where=where, policy=policy):
        yield looked.told(one, code=PatternCode.REORGANISED_NOT_ACTED, unit=PatternUnit.SHIFT)
