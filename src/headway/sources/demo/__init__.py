"""Invented organisations with known truths, and the sample that ships so far (AdventureWorks)."""

from pathlib import Path
from typing import TYPE_CHECKING

from headway.sources.demo.options import DemoOptions, DemoOptionsError, Scenario
from headway.sources.demo.truth import Truth

if TYPE_CHECKING:
    from headway.sources.demo.whole import Invented

__all__ = ["DECLARED", "FOLDER", "DemoOptions", "DemoOptionsError", "Scenario", "Truth", "generate"]

FOLDER = Path(__file__).parent / "adventureworks_sales"
"""Files in a known shape, to be read like anybody's own; the README there names the source."""

DECLARED = Path(__file__).parent / "adventureworks_declared"
"""What its leaders may have declared, as tables of the bundle format to stand beside the files."""


def generate(options: DemoOptions) -> "Invented":
    """Invent an organisation; the same options give the same facts.

    Args:
        options: seed, size, last day and scenario.
    """
    from headway.sources.demo import whole  # noqa: PLC0415  heavy: web workers want the folder alone

    return whole.of(options)
