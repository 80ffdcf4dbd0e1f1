"""D1: a new product was declared, and the old mix is sold."""

from collections.abc import Iterator, Sequence

from headway.analysis.strategy import new_product
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.findings.strategy.patterns import looked
from headway.findings.strategy.patterns.looked import Looked
from headway.terms.pattern import PatternCode
from headway.terms.policy import Policy


def detect(facts: Facts, *, where: Sequence[Group], policy: Policy) -> Iterator[Looked]:
    """Each new product in each place; see `headway.analysis.strategy.new_product`."""
    for one in new_product.looked_at(facts, where=where, policy=policy):
        yield looked.told(one, code=PatternCode.NEW_PRODUCT_OLD_MIX)
