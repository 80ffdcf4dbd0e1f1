"""Why results are not improving: from facts to an answer that says how sure it is."""

from headway.findings.results.asked import why_not
from headway.findings.results.assembly import answer, answers
from headway.findings.results.elsewhere import located
from headway.findings.results.scoped import UnknownScopeError

__all__ = ["UnknownScopeError", "answer", "answers", "located", "why_not"]
