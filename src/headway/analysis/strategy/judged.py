"""What a detector says of one priority in one place, and the figures it rests on."""

from dataclasses import dataclass

from headway.analysis.methods.evidence import Range
from headway.analysis.strategy import conduct
from headway.analysis.strategy.conduct import Conduct
from headway.terms.pattern import PatternEvidence, PatternVerdict


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One priority in one place.

    `shortfall` is None where it could not be computed; `p_short` is the probability that the
    conduct is short by the margin or more, 0 where it was not asked.
    """

    priority: str
    place: str
    verdict: PatternVerdict
    subtype: str | None
    shortfall: Range | None
    p_short: float
    evidence: tuple[PatternEvidence, ...]


def cannot_tell(priority: str, place: str, *, evidence: tuple[PatternEvidence, ...]) -> Judged:
    """That nothing can be said; the evidence tells why."""
    return Judged(
        priority=priority,
        place=place,
        verdict=PatternVerdict.CANNOT_TELL,
        subtype=None,
        shortfall=None,
        p_short=0.0,
        evidence=evidence,
    )


def counted(code: str, *, k: float, n: float) -> PatternEvidence:
    """So many of so many."""
    return PatternEvidence(code=code, k=float(k), n=float(n))


def valued(code: str, value: float) -> PatternEvidence:
    """One figure."""
    return PatternEvidence(code=code, value=value)


def without_target(target: float | None) -> tuple[PatternEvidence, ...]:
    """Why a declared share cannot be missed: there is none, or less than the margin would be."""
    if target is None:
        return (valued("no_target", 1),)
    if target <= conduct.margin_of(target):
        return (valued("target_too_small", target),)
    return ()


def weighed(found: Conduct, *, target: float, margin: float) -> tuple[PatternEvidence, ...]:
    """What every verdict on conduct rests on."""
    return (
        valued("target", target),
        valued("margin", margin),
        valued("people", found.people),
        valued("cases", found.cases),
        valued("p_short", found.p_short(target, margin=margin)),
    )
