"""Bundles as people meet them: is this one sound, and what became of its rows."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from headway.facts import bundle
from headway.sources.csv_files import rejections
from headway.sources.protocol import FileCount


def counts(loaded: bundle.Loaded) -> tuple[FileCount, ...]:
    """What became of the rows of each table."""
    rejected = {(each.table, each.line) for each in loaded.violations if each.is_rejected}
    unread = Counter(
        each.table
        for each in loaded.violations
        if each.is_left_unknown and (each.table, each.line) not in rejected
    )
    return tuple(
        FileCount(
            file=count.table,
            rows_in=count.rows_in,
            kept=count.kept,
            rejected=count.rejected,
            unread_fields=unread[count.table],
        )
        for count in loaded.counts
    )


def refused(loaded: bundle.Loaded, *, target: Path) -> Path:
    """Write the rows that were rejected and the values left unknown, each with its reason."""
    rejections.listed(
        (
            (each.table, each.line, each.column or "", each.value or "", each.message)
            for each in loaded.violations
            if each.is_rejected or each.is_left_unknown
        ),
        target=target,
    )
    return target


def violations(path: Path) -> Iterator[bundle.Violation]:
    """Every broken rule of the format, with table, line and reason; none means sound.

    Raises:
        HeadwayError: there is no bundle at that path.
    """
    return bundle.violations(path)
