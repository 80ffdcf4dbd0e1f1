"""What a detector says of one priority in one place, and the figures it rests on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from headway.analysis.methods.evidence import Range
from headway.analysis.strategy import conduct, declared
from headway.analysis.strategy import window as windows
from headway.analysis.strategy.conduct import Conduct
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.groups import Group
from headway.facts import Facts
from headway.terms.pattern import PatternEvidence, PatternVerdict
from headway.terms.period import Period
from headway.terms.policy import Policy

Work = TypeVar("Work")


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One priority in one place.

    `shortfall` is None where it could not be computed; `p_short` is the probability that the
    conduct is short by the margin or more, 0 where it was not asked, `p_as_declared` the one that
    it is not short at all.
    """

    priority: str
    place: str
    verdict: PatternVerdict
    subtype: str | None
    shortfall: Range | None
    p_short: float
    p_as_declared: float
    evidence: tuple[PatternEvidence, ...]


def by_place(
    facts: Facts,
    *,
    kind: str,
    where: Sequence[Group],
    policy: Policy,
    work_of: Callable[[Facts, Priority, Period], Work | tuple[PatternEvidence, ...]],
    judge: Callable[[Work, Priority, Group, Policy], Judged],
) -> Iterator[Judged]:
    """Each priority of one kind in each place, judged by what `work_of` gives.

    That is the same in all places, or why nothing can be said in any.
    """
    window = windows.of(facts, policy=policy)
    for one in declared.priorities(facts, window=window):
        if one.kind != kind:
            continue
        work = work_of(facts, one, window)
        for place in where:
            if isinstance(work, tuple):
                yield cannot_tell(one.priority_id, place.name, evidence=work)
            else:
                yield judge(work, one, place, policy)


def cannot_tell(priority: str, place: str, *, evidence: tuple[PatternEvidence, ...]) -> Judged:
    """That nothing can be said; the evidence tells why."""
    return Judged(
        priority=priority,
        place=place,
        verdict=PatternVerdict.CANNOT_TELL,
        subtype=None,
        shortfall=None,
        p_short=0.0,
        p_as_declared=1.0,
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
