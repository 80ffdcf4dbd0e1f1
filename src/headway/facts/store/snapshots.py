"""What a snapshot says of itself: `snapshot.json` beside its files."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from headway.terms.answer import Mark
from headway.terms.organisation import Organisation

FILE = "snapshot.json"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """One table of a snapshot: its rows, and the hash of what they say."""

    row_count: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """All tables of one moment, which never change again.

    `id` begins with a running number. `content_hash` covers the tables and all that is said about
    them, but not when they were learned or published. `facts_id` is the sha256 of `snapshot.json`.
    """

    id: str
    folder: Path
    previous: str | None
    published_at: datetime
    organisation: Organisation
    as_of: date
    data_from: date
    min_answer_count: int
    min_text_count: int
    reading: tuple[Mark, ...]
    tables: Mapping[str, Kept]
    content_hash: str
    facts_id: str

    @property
    def files(self) -> dict[str, Path]:
        """The Parquet file of each table."""
        return {name: self.folder / file_name(name) for name in self.tables}


def file_name(table: str) -> str:
    """The name of a table's file: "seen.opportunity.parquet"."""
    return f"{table.replace('/', '.')}.parquet"


def to_json(said: Mapping[str, object]) -> str:
    """The text of `snapshot.json`: fields of a snapshot by name."""
    return json.dumps(said, indent=1, ensure_ascii=False, default=_plain)


def of_folder(folder: Path) -> Snapshot:
    """The snapshot in a folder."""
    text = (folder / FILE).read_text(encoding="utf-8")
    said = json.loads(text)
    return Snapshot(
        id=folder.name,
        folder=folder,
        previous=said["previous"],
        published_at=datetime.fromisoformat(said["published_at"]),
        organisation=Organisation(**said["organisation"]),
        as_of=date.fromisoformat(said["as_of"]),
        data_from=date.fromisoformat(said["data_from"]),
        min_answer_count=said["min_answer_count"],
        min_text_count=said["min_text_count"],
        reading=tuple(
            Mark(**{**mark, "affects": tuple(mark["affects"])}) for mark in said["reading"]
        ),
        tables={name: Kept(**kept) for name, kept in said["tables"].items()},
        content_hash=said["content_hash"],
        facts_id=hashlib.sha256(text.encode()).hexdigest(),
    )


def hash_of(said: Mapping[str, object]) -> str:
    """The hash over what a snapshot says, in one order."""
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, date):  # and instants, which are dates too
        return value.isoformat()
    if isinstance(value, Organisation | Mark | Kept):
        return asdict(value)
    raise TypeError(f"{value!r} is not kept in a snapshot")
