"""H-process: can our process create value? Opportunities that followed it against those that did not."""

from headway.analysis.results.history import History
from headway.findings.results.evidence import Evidence, untested
from headway.terms.answer import LadderLine


def line(evidence: Evidence, *, history: History | None) -> LadderLine:
    """Whether opportunities that took every stage do better than those that left one out."""
    if history is None:
        wanted = ("seen/opportunity_change", "seen/stage_def")
        missing = tuple(name for name in wanted if not evidence.facts.has(name))
        return untested("process", reason="process.no_history", missing=missing)
    return untested("process", reason="process.few_cases")
