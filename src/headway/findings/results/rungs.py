"""The rungs of the ladder below conduct: what would test each, and that a CRM alone tests none."""

from collections.abc import Mapping

from headway.facts import Facts
from headway.findings.results.evidence import untested
from headway.terms.answer import LadderLine

# Which tables hold the supports and refuters of domain.md 4.2 that are not in a CRM.
TABLES: Mapping[str, tuple[str, ...]] = {
    "leadership": (
        "meant/priority",
        "meant/message_receipt",
        "meant/sheet_item",
        "said/survey_count",
    ),
    "execution": ("meant/commitment", "said/survey_count", "seen/opportunity_change"),
    "accountability": ("meant/commitment", "meant/commitment_event"),
    "training": ("meant/training", "seen/training_attendance", "said/survey_count"),
    "development": ("meant/requirement_evidence", "said/leaving_reason"),
    "coaching": ("said/coaching_session", "meant/priority"),
    "growth": ("said/survey_count", "said/leaving_reason"),
}


def lines(facts: Facts) -> tuple[LadderLine, ...]:
    """One line per rung: untested, with the tables that would test it and are not there.

    No rung is a candidate or named from what systems recorded alone (domain.md 4.3 asks for two
    kinds of source); what people said and leaders meant is judged by later parts.
    """
    return tuple(
        untested(
            code,
            reason="rung.needs_more_than_a_crm",
            missing=tuple(name for name in tables if not facts.has(name)),
        )
        for code, tables in TABLES.items()
    )
