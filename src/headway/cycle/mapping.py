"""What the columns of files mean: proposed, asked about, and kept for the next time."""

from collections.abc import Mapping
from pathlib import Path

from headway.sources import csv_files
from headway.sources.csv_files.proposal import FileSeen, Proposal, Question

__all__ = ["FileSeen", "Proposal", "Question", "kept", "proposed"]


def proposed(path: Path, *, mapping: Path | None) -> Proposal:
    """How files would be read, with what is doubtful as questions.

    Args:
        path: a file or a folder of files.
        mapping: a mapping file, or the folder where mappings are kept.

    Raises:
        HeadwayError: there is nothing that could be read.
    """
    return csv_files.recognise(path, mapping=mapping)


def kept(proposal: Proposal, *, answers: Mapping[str, str], folder: Path) -> Path:
    """Keep the answers for these columns; gives the file they are kept in."""
    return csv_files.saved(proposal.answered(answers), into=folder)
