"""`bundle.json`: whose bundle it is, and which files it holds with which counts and hashes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from headway.facts.catalogue import TABLES
from headway.terms.errors import HeadwayError
from headway.terms.organisation import Organisation

FILE = "bundle.json"
FORMAT = "headway-bundle"
FORMAT_VERSION = 1
ENDINGS = (".csv", ".parquet")


class BundleError(HeadwayError):
    """A bundle of which nothing is imported."""

    code: ClassVar[str] = "facts.bundle"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One listed file: the table it holds, where it lies in the bundle, its rows and its hash."""

    name: str
    path: str
    row_count: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What `bundle.json` says; `sha256` is its own hash."""

    organisation: Organisation
    as_of: date
    data_from: date
    min_answer_count: int
    min_text_count: int
    entries: tuple[Entry, ...]
    sha256: str


def read(folder: Path) -> Manifest:
    """The manifest of the bundle in `folder`.

    Raises:
        BundleError: it is missing, or is not as the format says.
    """
    path = folder / FILE
    if not path.is_file():
        raise BundleError(
            f"There is no {FILE} in {folder}. A bundle is a folder, or a zip of one, with {FILE} "
            "and one file per table under seen/, said/ and meant/."
        )
    content = path.read_bytes()
    try:
        return _manifest(json.loads(content), sha256=hashlib.sha256(content).hexdigest())
    except (KeyError, TypeError, ValueError, ZoneInfoNotFoundError) as cause:
        raise BundleError(
            f"{path} could not be read ({type(cause).__name__}: {cause}). Section 1 of the bundle "
            "format shows the fields it needs and how dates and names are written."
        ) from cause


def faults(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """What is wrong with the list of files: the table or path concerned, and the sentence."""
    listed = [entry.path for entry in manifest.entries]
    for entry in manifest.entries:
        yield from ((entry.name, fault) for fault in _entry_faults(folder, entry, manifest))
    here = sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    )
    for path in here:
        if path != FILE and path not in listed:
            yield path, f"the file is not listed in {FILE}; list it or remove it"


def sha256_of(path: Path) -> str:
    """The hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry_faults(folder: Path, entry: Entry, manifest: Manifest) -> Iterator[str]:
    path = folder / entry.path
    if entry.name not in TABLES:
        yield "no table of the format has this name"
    if sum(other.name == entry.name for other in manifest.entries) > 1:
        yield "the table is listed more than once"
    if path.suffix not in ENDINGS:
        yield f"'{entry.path}' ends neither in .csv nor in .parquet"
    elif not path.resolve().is_relative_to(folder.resolve()):
        yield f"'{entry.path}' lies outside the bundle"
    elif not path.is_file():
        yield f"'{entry.path}' is listed in {FILE} but missing"
    elif sha256_of(path) != entry.sha256:
        yield f"the sha256 of '{entry.path}' is not the listed {entry.sha256}"


def _manifest(found: Mapping[str, object], *, sha256: str) -> Manifest:
    if found["format"] != FORMAT or found["format_version"] != FORMAT_VERSION:
        raise ValueError(
            f"format {found['format']!r} version {found['format_version']!r}, where "
            f"{FORMAT!r} version {FORMAT_VERSION} was expected"
        )
    organisation, tables = found["organisation"], found["tables"]
    if not isinstance(organisation, dict) or not isinstance(tables, list):
        raise TypeError("`organisation` must be an object and `tables` a list")
    month = _whole(organisation["fiscal_year_start_month"])
    if month not in range(1, 13):
        raise ValueError(f"fiscal_year_start_month is {month}, where 1 to 12 was expected")
    ZoneInfo(organisation["time_zone"])
    return Manifest(
        organisation=Organisation(
            name=str(organisation["name"]),
            currency=str(organisation["currency"]),
            time_zone=str(organisation["time_zone"]),
            fiscal_year_start_month=month,
        ),
        as_of=date.fromisoformat(str(found["as_of"])),
        data_from=date.fromisoformat(str(found["data_from"])),
        min_answer_count=_whole(found["min_answer_count"]),
        min_text_count=_whole(found["min_text_count"]),
        entries=tuple(
            Entry(
                name=str(entry["name"]),
                path=str(entry["path"]),
                row_count=_whole(entry["row_count"]),
                sha256=str(entry["sha256"]),
            )
            for entry in tables
        ),
        sha256=sha256,
    )


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no whole number")
    return value
