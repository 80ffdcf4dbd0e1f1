"""Opens what was handed over: a file, a folder of files, a packed file; refuses what would burst.

The limits of uploads and packed files (trust.md, item 22): 100 MB as handed over, 1 GB and 1,000
entries
unpacked, 100 times the packed size. They are counted while reading; what a header claims is not
believed. CSV and Parquet read from disk have no limit of size: they stream.
"""

import gzip
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from headway.terms.errors import HeadwayError

MAX_PACKED_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 5_000_000
CHUNK_BYTES = 1 << 20

TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
READ_ENDINGS = (*TEXT_ENDINGS, ".parquet", ".xlsx", ".gz")


class NothingToReadError(HeadwayError):
    """There is no file here that could be read."""

    code = "sources.nothing_to_read"

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"Nothing to read at {path}. Expected a CSV, Parquet or XLSX file (also packed as "
            f".gz or "
            ".zip), or a folder of such files. Give the path of your export."
        )


class BurstsError(HeadwayError):
    """A packed file that is larger than anybody's data, or pretends to be what it is not."""

    code = "sources.bursts"

    def __init__(self, *, name: str, found: str) -> None:
        self.name, self.found = name, found
        super().__init__(
            f"{name} was refused: {found}. Hand over the plain CSV or Parquet files from disk; "
            f"those have "
            "no limit of size."
        )


class Stream(Protocol):
    """What bytes come out of, a piece at a time."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


@dataclass(frozen=True, kw_only=True)
class Given:
    """One file handed over: the `name` people know it by, and where its unpacked content lies."""

    name: str
    path: Path


@dataclass(kw_only=True)
class Allowance:
    """How much may still be unpacked, over all packed files of one hand-over."""

    bytes_left: int = MAX_UNPACKED_BYTES
    entries_left: int = MAX_ENTRIES

    def enter(self, name: str) -> None:
        """Take one entry off."""
        self.entries_left -= 1
        if self.entries_left < 0:
            raise BurstsError(name=name, found=f"it holds more than {MAX_ENTRIES:,} entries")


def opened(path: Path, *, into: Path) -> tuple[Given, ...]:
    """Every file of a hand-over that can be read, unpacked into `into` where it was packed.

    A folder is read without its sub-folders; symbolic links in it are left alone. A zip inside a
    zip is refused.

    Raises:
        NothingToReadError: there is nothing that could be read.
        BurstsError: a packed file breaks the limits above.
    """
    allowance = Allowance()
    into.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        paths = [p for p in sorted(path.iterdir()) if p.is_file() and not p.is_symlink()]
        given = [each for p in paths for each in _one(p, into=into, allowance=allowance)]
    elif path.is_file():
        given = list(_one(path, into=into, allowance=allowance))
    else:
        given = []
    if not given:
        raise NothingToReadError(path)
    return tuple(given)


def _one(path: Path, *, into: Path, allowance: Allowance) -> Iterator[Given]:
    ending = path.suffix.lower()
    if ending in {".gz", ".zip", ".xlsx"}:
        _check_size(path)
    if ending == ".zip":
        yield from _zipped(path, into=into, allowance=allowance)
    elif ending == ".gz":
        yield _gunzipped(path, into=into, allowance=allowance)
    elif ending in READ_ENDINGS:
        yield Given(name=path.name, path=path)


def _check_size(path: Path) -> None:
    size = path.stat().st_size
    if size > MAX_PACKED_BYTES:
        raise BurstsError(
            name=path.name,
            found=f"a packed file may have {MAX_PACKED_BYTES:,} bytes, it has {size:,}",
        )


def _gunzipped(path: Path, *, into: Path, allowance: Allowance) -> Given:
    target = into / path.stem
    allowance.enter(path.name)
    try:
        with gzip.open(path) as packed:
            poured(
                packed,
                into=target,
                name=path.name,
                packed_bytes=path.stat().st_size,
                allowance=allowance,
            )
    except (OSError, EOFError, zlib.error) as error:
        raise BurstsError(name=path.name, found=f"it is not a whole gzip file ({error})") from error
    return Given(name=path.name, path=target)


def _zipped(path: Path, *, into: Path, allowance: Allowance) -> Iterator[Given]:
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                allowance.enter(path.name)
                if not entry.is_dir() and _is_wanted(entry.filename, inside=path.name):
                    yield _unzipped(archive, entry=entry, into=into, allowance=allowance)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError) as error:
        raise BurstsError(name=path.name, found=f"it is not a whole zip file ({error})") from error


def _is_wanted(name: str, *, inside: str) -> bool:
    place = PurePosixPath(name)
    if place.suffix.lower() in {".zip", ".7z", ".rar", ".tar"}:
        raise BurstsError(name=inside, found=f"it holds another packed file ({place.name})")
    hidden = any(part.startswith((".", "__MACOSX")) for part in place.parts)
    return not hidden and place.suffix.lower() in READ_ENDINGS and place.suffix.lower() != ".gz"


def _unzipped(
    archive: zipfile.ZipFile, *, entry: zipfile.ZipInfo, into: Path, allowance: Allowance
) -> Given:
    # Only the last part of an entry's name is used: no entry can climb out of the folder.
    name = PurePosixPath(entry.filename.replace("\\", "/")).name
    target = into / f"{allowance.entries_left}-{name}"
    with archive.open(entry) as packed:
        poured(
            packed,
            into=target,
            name=f"{Path(archive.filename or '').name}/{name}",
            packed_bytes=entry.compress_size,
            allowance=allowance,
        )
    return Given(name=name, path=target)


def poured(
    packed: Stream, *, into: Path, name: str, packed_bytes: int, allowance: Allowance
) -> None:
    """Unpack one stream, counting what really comes out.

    Raises:
        BurstsError: more comes out than the allowance, or than 100 times what went in.
    """
    written = 0
    with into.open("wb") as target:
        while chunk := packed.read(CHUNK_BYTES):
            written += len(chunk)
            allowance.bytes_left -= len(chunk)
            if allowance.bytes_left < 0:
                raise BurstsError(
                    name=name, found=f"it unpacks to more than {MAX_UNPACKED_BYTES:,} bytes"
                )
            if written > max(RATIO_COUNTS_FROM_BYTES, MAX_RATIO * packed_bytes):
                raise BurstsError(
                    name=name, found=f"it unpacks to more than {MAX_RATIO} times its size"
                )
            target.write(chunk)


def swept(folder: Path) -> None:
    """Remove a staging folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
