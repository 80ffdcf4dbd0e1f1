"""The ladder: the ground cleared, the three excuses tested, the rungs that stand open."""

from collections.abc import Iterable

from headway.facts import Facts
from headway.findings.results import alike, circumstances, ground, rungs
from headway.findings.results.evidence import Evidence, untested
from headway.terms.answer import LadderLine, Standing

_ORDER = (Standing.NAMED, Standing.CANDIDATE, Standing.RULED_OUT, Standing.UNTESTED)
EXCUSES = ("know", "buyer", "process")
"""What is said instead of a cause: rivals of the rungs, and no ground to be cleared."""


def of(evidence: Evidence, *, excuses: tuple[LadderLine, ...]) -> tuple[LadderLine, ...]:
    """Every line that was looked at, in the four lists' order; nothing is named from a CRM alone.

    `excuses` are the lines of `hypotheses`.

    References:
        Domain model, 4.1 to 4.3.
    """
    lines = (
        *ground.lines(evidence),
        *circumstances.lines(evidence),
        *alike.lines(evidence),
        *excuses,
        *rungs.lines(evidence.facts),
    )
    return in_order(lines)


def in_order(lines: Iterable[LadderLine]) -> tuple[LadderLine, ...]:
    """Lines in the order of the four lists; within one as they come."""
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.standing)))


def without_comparison(facts: Facts) -> tuple[LadderLine, ...]:
    """The ladder where no two periods can be compared: every line stands open."""
    codes = ("data_quality", "mix", "single_deal", "season", "capacity", "demand", "price")
    return (
        *(untested(code, reason="ladder.no_comparison") for code in (*codes, *EXCUSES)),
        *rungs.lines(facts),
    )
