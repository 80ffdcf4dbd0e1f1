"""The line of sight: how far each priority reaches, and where it breaks first."""

from headway.findings.strategy.chains import chains

__all__ = ["chains"]
