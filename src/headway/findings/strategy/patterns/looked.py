"""A pattern as one detector tells it, before it is weighed against all others."""

from dataclasses import dataclass

from headway.analysis.strategy.judged import Judged
from headway.terms.pattern import Pattern, PatternCode, PatternUnit, PatternVerdict


@dataclass(frozen=True, kw_only=True)
class Looked:
    """One pattern, and the probability that it is wrong to call it present (1 where it is not).

    That is wrong where people do what was declared, not where they fall short of it by little.
    """

    pattern: Pattern
    error: float = 1.0


def told(one: Judged, *, code: PatternCode, unit: PatternUnit) -> Looked:
    """A judgement of conduct as a pattern; `unit` is that of its shortfall."""
    size = one.shortfall
    return Looked(
        pattern=Pattern(
            code=code,
            priority=one.priority,
            place=one.place,
            verdict=one.verdict,
            subtype=one.subtype,
            size=size.value if size else None,
            low=size.low if size else None,
            high=size.high if size else None,
            unit=unit,
            evidence=one.evidence,
        ),
        error=one.p_as_declared if one.verdict is PatternVerdict.PRESENT else 1.0,
    )
