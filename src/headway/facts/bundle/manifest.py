"""`bundle.json`: whose bundle it is, and which files it holds with which counts and hashes."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar, Self
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


def read(folder: Path, *, given: Path) -> Manifest:
    """The manifest of the bundle in `folder`, which was `given` as that folder or as a zip of it.

    Raises:
        BundleError: it is missing, or is not as the format says.
    """
    path = folder / FILE
    if not path.is_file():
        raise BundleError(
            f"There is no {FILE} in {given}. A bundle is a folder, or a zip of one, with {FILE} "
            "and one file per table under seen/, said/ and meant/."
        )
    content = path.read_bytes()
    try:
        return _manifest(_whole(content), sha256=hashlib.sha256(content).hexdigest())
    except ValueError as cause:
        raise BundleError(
            f"{path} could not be read: {cause}. The reference of the bundle format shows the "
            "fields it needs, and how dates and names are written."
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


def readable(folder: Path, manifest: Manifest) -> dict[str, Entry]:
    """The listed files that can be looked into, by table: CSV or Parquet, and in the bundle."""
    return {
        entry.name: entry
        for entry in reversed(manifest.entries)
        if not list(_unreadable(folder, entry))
    }


def _entry_faults(folder: Path, entry: Entry, manifest: Manifest) -> Iterator[str]:
    if entry.name not in TABLES:
        yield "no table of the format has this name"
    named = [other for other in manifest.entries if other.name == entry.name]
    if len(named) > 1 and named[0] is entry:
        yield "the table is listed more than once"
    faults = list(_unreadable(folder, entry))
    yield from faults
    if not faults and sha256_of(folder / entry.path) != entry.sha256:
        yield f"the sha256 of '{entry.path}' is not the listed {entry.sha256}"


def _unreadable(folder: Path, entry: Entry) -> Iterator[str]:
    path = folder / entry.path
    if path.suffix not in ENDINGS:
        yield f"'{entry.path}' ends neither in .csv nor in .parquet"
    elif not path.resolve().is_relative_to(folder.resolve()):
        yield f"'{entry.path}' lies outside the bundle"
    elif not path.is_file():
        yield f"'{entry.path}' is listed in {FILE} but missing"


def _manifest(found: "_Fields", *, sha256: str) -> Manifest:
    form, version = found.text("format"), found.whole("format_version")
    if (form, version) != (FORMAT, FORMAT_VERSION):
        raise ValueError(
            f"its format is '{form}' version {version}, where '{FORMAT}' version {FORMAT_VERSION} "
            "was expected"
        )
    organisation = found.fields("organisation")
    month = organisation.whole("fiscal_year_start_month")
    if month not in range(1, 13):
        raise ValueError(f"'fiscal_year_start_month' is {month}, where 1 to 12 was expected")
    return Manifest(
        organisation=Organisation(
            name=organisation.text("name"),
            currency=organisation.text("currency"),
            time_zone=organisation.time_zone("time_zone"),
            fiscal_year_start_month=month,
        ),
        as_of=found.day("as_of"),
        data_from=found.day("data_from"),
        min_answer_count=found.whole("min_answer_count"),
        min_text_count=found.whole("min_text_count"),
        entries=tuple(
            Entry(
                name=entry.text("name"),
                path=entry.text("path"),
                row_count=entry.whole("row_count"),
                sha256=entry.text("sha256"),
            )
            for entry in found.list_of_fields("tables")
        ),
        sha256=sha256,
    )


def _whole(content: bytes) -> "_Fields":
    try:
        return _Fields.of(json.loads(content), name=FILE)
    except json.JSONDecodeError as cause:
        raise ValueError(f"it is no JSON (line {cause.lineno}: {cause.msg})") from cause
    except UnicodeDecodeError as cause:
        raise ValueError("it is not UTF-8") from cause


@dataclass(frozen=True, kw_only=True)
class _Fields:
    """An object of `bundle.json`; what is not there, or is of another kind, is a ValueError."""

    found: Mapping[str, object]

    @classmethod
    def of(cls, found: object, *, name: str) -> Self:
        if not isinstance(found, dict):
            raise ValueError(f"'{name}' should be an object with fields")  # noqa: TRY004  one kind of error, told once
        return cls(found=found)

    def text(self, name: str) -> str:
        found = self._there(name)
        if not isinstance(found, str) or "\0" in found:
            raise self._other(name, expected="text")
        return found

    def whole(self, name: str) -> int:
        found = self._there(name)
        if not isinstance(found, int) or isinstance(found, bool):
            raise self._other(name, expected="a whole number")
        return found

    def day(self, name: str) -> date:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError as cause:
            raise self._other(name, expected="a day such as 2026-06-30") from cause

    def time_zone(self, name: str) -> str:
        try:
            return ZoneInfo(self.text(name)).key
        except (ValueError, ZoneInfoNotFoundError, OSError) as cause:
            raise self._other(name, expected="a time zone such as Europe/Berlin") from cause

    def fields(self, name: str) -> "_Fields":
        return _Fields.of(self._there(name), name=name)

    def list_of_fields(self, name: str) -> "list[_Fields]":
        found = self._there(name)
        if not isinstance(found, list):
            raise self._other(name, expected="a list")
        return [_Fields.of(each, name=name) for each in found]

    def _there(self, name: str) -> object:
        if name not in self.found:
            raise ValueError(f"the field '{name}' is missing")
        return self.found[name]

    def _other(self, name: str, *, expected: str) -> ValueError:
        written = json.dumps(self._there(name), ensure_ascii=False)[:80]
        return ValueError(f"'{name}' is {written}, where {expected} was expected")
