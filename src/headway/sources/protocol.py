"""What every source delivers, whatever system it comes from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from headway.terms.organisation import Organisation

Progress = Callable[[float, str], None]
"""Called with the share done (0..1, never falling) and what is being done, in plain words."""


def in_silence(share: float, what: str) -> None:
    """Progress for those who do not want any."""
    del share, what


@dataclass(frozen=True, kw_only=True)
class FileCount:
    """What became of the rows of one file: `rows_in` = `kept` + `rejected`, always.

    `unread_fields` counts single values in kept rows that could not be read and are left unknown;
    each stands in the rejections file too.
    """

    file: str
    rows_in: int
    kept: int
    rejected: int
    unread_fields: int = 0

    def __post_init__(self) -> None:
        if self.rows_in != self.kept + self.rejected:
            raise ValueError(f"{self.file}: {self.rows_in} in, {self.kept} + {self.rejected} out")


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What one reading of a source brings.

    `tables` maps the name of a table of facts to a Parquet file in the staging folder, with the
    columns declared in `facts.TABLES` (optional ones may be left out). `as_of` is the last day
    inside the data, `data_from` the first day from which the system recorded. `rejections` is a
    CSV file with file, line, field, value and reason. `lacks` names what this source cannot tell,
    `notes` what was read otherwise than it stands in the file: both in sentences for people.
    `content_hash` is equal for equal content, whatever the names of the files.
    """

    tables: Mapping[str, Path]
    organisation: Organisation
    as_of: date
    data_from: date
    counts: tuple[FileCount, ...]
    rejections: Path
    lacks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    content_hash: str = ""
