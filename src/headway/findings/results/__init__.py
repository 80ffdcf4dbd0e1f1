"""Why results are not improving: from facts to an answer that says how sure it is."""

from headway.findings.results.assembly import UnknownScopeError, answer, answers

__all__ = ["UnknownScopeError", "answer", "answers"]
