"""The five ways in which a decided change stays on paper, each looked for on the facts."""

from headway.findings.strategy.patterns.found import found

__all__ = ["found"]
