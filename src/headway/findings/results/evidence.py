"""What every line of the ladder is judged on, gathered once: all lines speak of the same."""

from collections.abc import Mapping
from dataclasses import dataclass

from headway.analysis.results.book import Book
from headway.facts import Facts
from headway.findings.results.outcome import Outcome
from headway.findings.results.periods import Extent
from headway.terms.answer import (
    Comparison,
    Factor,
    Kpi,
    LadderLine,
    Mark,
    RateMix,
    SingleDeal,
    Standing,
)
from headway.terms.policy import Policy

# A line is a candidate when what it speaks of moved with at least this chance of being no accident.
MOVED = 0.95


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One question's ground: the opportunities, the periods, and what was measured so far."""

    facts: Facts
    book: Book
    comparison: Comparison
    extent: Extent
    kpi: Kpi
    outcomes: Mapping[Kpi, Outcome]
    tree: tuple[Factor, ...]
    rate_mix: tuple[RateMix, ...]
    single_deals: tuple[SingleDeal, ...]
    marks: tuple[Mark, ...]
    policy: Policy
    seed: int

    @property
    def outcome(self) -> Outcome:
        """The result asked about."""
        return self.outcomes[self.kpi]

    @property
    def direction(self) -> int:
        """1 where the result rose, -1 where it fell, 0 where neither can be said."""
        value = self.outcome.change.value or 0.0
        return (value > 0) - (value < 0)


def moved_with(outcome: Outcome, *, direction: int) -> bool:
    """Whether an outcome moved in that direction, more than chance."""
    if outcome.p_up is None or direction == 0:
        return False
    return (outcome.p_up if direction > 0 else 1 - outcome.p_up) >= MOVED


def untested(
    code: str, *, reason: str, missing: tuple[str, ...] = (), is_exported: bool = True
) -> LadderLine:
    """A line that what is recorded cannot test."""
    return LadderLine(
        code=code,
        standing=Standing.UNTESTED,
        reason=reason,
        missing=missing,
        is_exported=is_exported,
    )


def told(**figures: float | str | None) -> dict[str, float | str]:
    """The figures of a sentence, those not known left out."""
    return {name: figure for name, figure in figures.items() if figure is not None}


def share(part: float | None, *, of: float | None) -> float | None:
    """Part over whole; None where there is no whole."""
    return None if part is None or not of else part / of
