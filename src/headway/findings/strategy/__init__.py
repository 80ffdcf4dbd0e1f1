"""The line of sight: how far each priority reaches, and where it breaks first."""

from headway.findings.strategy import rungs
from headway.findings.strategy.found import found
from headway.findings.strategy.roots import Roots

__all__ = ["Roots", "found", "rungs"]
