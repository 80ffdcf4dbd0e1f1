"""D4: people were trained, and what they learned does not stay."""

from collections.abc import Iterator, Sequence

from headway.analysis.strategy import training
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import PatternCode
from headway.terms.policy import Policy


def detect(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Looked]:
    """Each trained priority in each place; see `headway.analysis.strategy.training`."""
    for one in training.looked_at(facts, where=where, policy=policy):
        yield looked.told(one, code=PatternCode.TRAINING_NOT_STICKING)
