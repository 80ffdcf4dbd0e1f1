"""Checks that doubt the data."""

from headway.facts.view import View
from headway.terms.answer import Mark


def doubts(facts: View) -> tuple[Mark, ...]:
    """Every doubt about the facts, sorted by code and table."""
    return facts.reading
