"""D3: a new process was declared, and the old habits go on."""

from collections.abc import Iterator, Sequence

from headway.analysis.strategy import new_process
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import PatternCode
from headway.terms.policy import Policy


def detect(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Looked]:
    """Each new process in each place; see `headway.analysis.strategy.new_process`."""
    for one in new_process.looked_at(facts, where=where, policy=policy):
        yield looked.told(one, code=PatternCode.NEW_PROCESS_OLD_HABITS)
