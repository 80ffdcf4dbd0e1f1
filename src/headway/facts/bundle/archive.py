"""A bundle in a zip: unpacked beside the data, within limits that are counted and not believed."""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from headway.facts.bundle.manifest import FILE, BundleError

MAX_PACKED_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100
_PIECE = 1 << 20
_LINK = 0o120000
_KIND = 0o170000


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The folder of a bundle that is a folder or a zip of one, for as long as it is read.

    Raises:
        BundleError: the path is neither, or the zip is over a limit or not to be trusted.
    """
    if path.is_dir():
        yield path
        return
    if not zipfile.is_zipfile(path):
        raise BundleError(f"{path} is neither a folder nor a zip. A bundle is one of the two.")
    with tempfile.TemporaryDirectory(prefix="headway-") as place:
        unpack(path, into=Path(place))
        # Packed with or without the folder around it.
        inside = [found.parent for found in Path(place).glob(f"*/{FILE}")]
        yield inside[0] if len(inside) == 1 and not (Path(place) / FILE).exists() else Path(place)


def unpack(path: Path, *, into: Path) -> None:
    """Unpack a zip, or refuse it with nothing left behind but what the caller's folder holds.

    Raises:
        BundleError: it has more than 1,000 entries, unpacks to more than 1 GB or to more than 100
            times its size, holds links, encrypted files or paths that lead out.
    """
    size = path.stat().st_size
    if size > MAX_PACKED_BYTES:
        raise _refused(path, f"it is larger than {MAX_PACKED_BYTES:,} bytes")
    limit = min(MAX_UNPACKED_BYTES, max(size * MAX_RATIO, _PIECE))
    try:
        with zipfile.ZipFile(path) as packed:
            entries = packed.infolist()
            if len(entries) > MAX_ENTRIES:
                raise _refused(
                    path, f"it holds {len(entries):,} entries, more than {MAX_ENTRIES:,}"
                )
            left = limit
            for entry in entries:
                _check(path, entry)
                if not entry.is_dir():
                    left = _unpacked(packed, entry, into=into, left=left, path=path)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error) as problem:
        raise _refused(path, f"it is damaged ({problem})") from problem


def _check(path: Path, entry: zipfile.ZipInfo) -> None:
    name = PurePosixPath(entry.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in entry.filename:
        raise _refused(path, f"'{entry.filename}' leads out of it")
    if entry.external_attr >> 16 & _KIND == _LINK:
        raise _refused(path, f"'{entry.filename}' is a link")
    if entry.flag_bits & 1:
        raise _refused(path, f"'{entry.filename}' is encrypted")


def _unpacked(
    packed: zipfile.ZipFile, entry: zipfile.ZipInfo, *, into: Path, left: int, path: Path
) -> int:
    """Unpack one entry; gives how many bytes the others may still take."""
    target = into / entry.filename
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as source, target.open("xb") as file:
        while piece := source.read(_PIECE):
            left -= len(piece)
            if left < 0:
                raise _refused(path, "it unpacks to more than its size allows")
            file.write(piece)
    return left


def _refused(path: Path, why: str) -> BundleError:
    return BundleError(
        f"{path.name} was not unpacked: {why}. Unpack it yourself and give the folder instead."
    )
