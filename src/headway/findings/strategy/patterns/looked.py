"""A pattern as one detector tells it, before it is weighed against all others."""

from dataclasses import dataclass

from headway.terms.pattern import Pattern


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One pattern, and the probability that it is wrong to call it present (1 where it is not)."""

    pattern: Pattern
    error: float = 1.0
