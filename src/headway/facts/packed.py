"""Reads packed files within limits: what comes out is counted, what a header claims not believed.

The limits hold for whatever is packed, a bundle, an export or a workbook, whose parts are a zip.
"""

import gzip
import mmap
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from headway.terms.errors import HeadwayError

MAX_PACKED_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100
RATIO_COUNTS_FROM_BYTES = 5_000_000
_PIECE_BYTES = 1 << 20
_ENTRY = re.compile(rb"PK\x01\x02")
# Entries are counted before the list of them is read into memory, those of workbooks in a zip too.
_MOST_MARKS = 100 * MAX_ENTRIES
_LINK = 0o120000
_KIND = 0o170000


_UNPACK = (
    "Unpack it yourself, or save it as CSV, and give the folder: files that are not packed have no "
    "limit of size."
)
_AGAIN = "It was cut off on its way, or has the wrong ending: export or copy it again."


class BurstsError(HeadwayError):
    """A packed file that is larger than anybody's data, or pretends to be what it is not."""

    code: ClassVar[str] = "facts.bursts"

    def __init__(self, *, name: str, found: str, advice: str = _UNPACK) -> None:
        self.name, self.found = name, found
        super().__init__(f"{name} was refused: {found}. {advice}")


class Stream(Protocol):
    """What bytes come out of, a piece at a time."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


@dataclass(kw_only=True)
class Allowance:
    """How much may still be unpacked, over all packed files of one hand-over."""

    bytes_left: int = MAX_UNPACKED_BYTES
    entries_left: int = MAX_ENTRIES


@dataclass(kw_only=True)
class _Counted:
    """One packed file: how much may still come out of it, which is 100 times its own size."""

    name: str
    left: int
    allowance: Allowance

    def enter(self) -> None:
        """Take one entry off."""
        self.allowance.entries_left -= 1
        if self.allowance.entries_left < 0:
            raise BurstsError(name=self.name, found=f"it holds more than {MAX_ENTRIES:,} entries")

    def pieces(self, stream: Stream) -> Iterator[bytes]:
        """What comes out of a stream, counted."""
        while piece := stream.read(_PIECE_BYTES):
            self.left -= len(piece)
            self.allowance.bytes_left -= len(piece)
            if self.allowance.bytes_left < 0:
                found = f"it unpacks to more than {MAX_UNPACKED_BYTES:,} bytes"
                raise BurstsError(name=self.name, found=found)
            if self.left < 0:
                found = f"it unpacks to more than {MAX_RATIO} times its size"
                raise BurstsError(name=self.name, found=found)
            yield piece


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file in a zip: its name as it stands there, and its content."""

    name: str
    pieces: Iterator[bytes]


def of_zip(path: Path, *, name: str = "", allowance: Allowance | None = None) -> Iterator[Entry]:
    """The files in a zip, one after the other; each is read before the next is asked for.

    Args:
        path: where the zip lies.
        name: what people know it by; "" = the name of the file.
        allowance: what may still be unpacked; None = the whole for this zip alone.

    Raises:
        BurstsError: it is no zip, is damaged, holds links or encrypted files, or breaks a limit.
    """
    counted = _counted(path, name=name, allowance=allowance)
    with _whole(counted.name, kind="zip"):
        _check_list(path, name=counted.name)
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                counted.enter()
                _check(info, name=counted.name)
                if not info.is_dir():
                    yield Entry(name=info.filename, pieces=_pieces(archive, info, counted=counted))


def of_gzip(path: Path, *, allowance: Allowance) -> Iterator[bytes]:
    """What a gzip file holds, a piece at a time.

    Raises:
        BurstsError: it is no gzip file, is damaged, or breaks a limit.
    """
    counted = _counted(path, name="", allowance=allowance)
    counted.enter()
    with _whole(counted.name, kind="gzip"), gzip.open(path) as stream:
        yield from counted.pieces(stream)


def names_in(path: Path) -> tuple[str, ...]:
    """The names of the files in a zip; none where it is no zip that could be read."""
    try:
        return tuple(entry.name for entry in of_zip(path))
    except BurstsError:
        return ()


def poured(pieces: Iterator[bytes], *, into: Path) -> None:
    """Write what comes out to a file."""
    into.parent.mkdir(parents=True, exist_ok=True)
    with into.open("wb") as target:
        target.writelines(pieces)


def _counted(path: Path, *, name: str, allowance: Allowance | None) -> _Counted:
    size = path.stat().st_size
    counted = _Counted(
        name=name or path.name,
        left=max(RATIO_COUNTS_FROM_BYTES, MAX_RATIO * size),
        allowance=allowance or Allowance(),
    )
    if size > MAX_PACKED_BYTES:
        found = f"a packed file may have {MAX_PACKED_BYTES:,} bytes, it has {size:,}"
        raise BurstsError(name=counted.name, found=found)
    return counted


def _pieces(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, counted: _Counted
) -> Iterator[bytes]:
    with _whole(counted.name, kind="zip"), archive.open(info) as stream:
        yield from counted.pieces(stream)


@contextmanager
def _whole(name: str, *, kind: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, ValueError, zlib.error, zipfile.BadZipFile) as cause:
        # People know a workbook by its ending, and not as the zip it is.
        kind = "XLSX" if name.lower().endswith(".xlsx") else kind
        found = f"it is not a whole {kind} file"
        raise BurstsError(name=name, found=found, advice=_AGAIN) from cause


def _check_list(path: Path, *, name: str) -> None:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for count, _ in enumerate(_ENTRY.finditer(content)):
            if count > _MOST_MARKS:
                raise BurstsError(name=name, found=f"it holds more than {MAX_ENTRIES:,} entries")


def _check(info: zipfile.ZipInfo, *, name: str) -> None:
    if info.external_attr >> 16 & _KIND == _LINK:
        raise BurstsError(name=name, found=f"'{info.filename}' is a link")
    if info.flag_bits & 1:
        raise BurstsError(name=name, found=f"'{info.filename}' is encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BurstsError(name=name, found=f"'{info.filename}' is packed in an unusual way")
