"""D2: a new market was declared, and the old accounts are worked."""

from collections.abc import Iterator, Sequence

from headway.analysis.strategy import new_market
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import PatternCode
from headway.terms.policy import Policy


def detect(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Looked]:
    """Each new market in each place; see `headway.analysis.strategy.new_market`."""
    for one in new_market.looked_at(facts, where=where, policy=policy):
        yield looked.told(one, code=PatternCode.NEW_MARKET_OLD_ACCOUNTS)
