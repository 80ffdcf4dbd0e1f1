"""Files as people export them: CSV, Parquet, XLSX, folders of such, and packed ones."""

from headway.sources.csv_files.proposal import (
    Option,
    Proposal,
    Question,
    answers_in,
    from_json,
    saved,
)
from headway.sources.csv_files.source import read, recognise

__all__ = [
    "Option",
    "Proposal",
    "Question",
    "answers_in",
    "from_json",
    "read",
    "recognise",
    "saved",
]
