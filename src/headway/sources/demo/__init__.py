"""Invented organisations with known truths, and the sample that ships so far (AdventureWorks)."""

from pathlib import Path

from headway.sources.demo.generate import Invented, generate
from headway.sources.demo.options import DemoOptions, DemoOptionsError, Scenario
from headway.sources.demo.truth import Truth

FOLDER = Path(__file__).parent / "adventureworks_sales"
"""Files in a known shape, to be read like anybody's own; the README there names the source."""

__all__ = [
    "FOLDER",
    "DemoOptions",
    "DemoOptionsError",
    "Invented",
    "Scenario",
    "Truth",
    "generate",
]
