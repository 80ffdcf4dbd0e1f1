"""The organisation bundle: Headway's public file interface, read, checked and written."""

from headway.facts.bundle.archive import is_bundle
from headway.facts.bundle.beside import with_declared
from headway.facts.bundle.loading import Count, Loaded, Violation, load, read, violations
from headway.facts.bundle.manifest import BundleError
from headway.facts.bundle.writing import ExportError, write

__all__ = [
    "BundleError",
    "Count",
    "ExportError",
    "Loaded",
    "Violation",
    "is_bundle",
    "load",
    "read",
    "violations",
    "with_declared",
    "write",
]
