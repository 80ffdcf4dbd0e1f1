"""A bundle in a zip: unpacked beside the data, within the limits of packed files."""

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from headway.facts import packed
from headway.facts.bundle.manifest import FILE, BundleError
from headway.facts.packed import BurstsError


def is_bundle(path: Path) -> bool:
    """Whether the path is an organisation bundle: a folder with bundle.json, or a zip of one."""
    if path.is_dir():
        return (path / FILE).is_file()
    is_zip = path.suffix.lower() == ".zip" and zipfile.is_zipfile(path)
    return is_zip and any(PurePosixPath(name).name == FILE for name in packed.names_in(path))


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The folder of a bundle that is a folder or a zip of one, for as long as it is read.

    Raises:
        BundleError: the path is neither.
        BurstsError: the zip is over a limit, damaged or not to be trusted.
    """
    if path.is_dir():
        yield path
        return
    if not zipfile.is_zipfile(path):
        raise BundleError(f"{path} is neither a folder nor a zip. A bundle is one of the two.")
    with tempfile.TemporaryDirectory(prefix="headway-") as place:
        _unpack(path, into=Path(place))
        # Packed with or without the folder around it.
        inside = [found.parent for found in Path(place).glob(f"*/{FILE}")]
        yield inside[0] if len(inside) == 1 and not (Path(place) / FILE).exists() else Path(place)


def _unpack(path: Path, *, into: Path) -> None:
    for entry in packed.of_zip(path):
        name = PurePosixPath(entry.name)
        if name.is_absolute() or ".." in name.parts or "\\" in entry.name:
            raise BurstsError(name=path.name, found=f"'{entry.name}' leads out of it")
        try:
            packed.poured(entry.pieces, into=into / entry.name)
        except (FileExistsError, IsADirectoryError, NotADirectoryError) as cause:
            found = f"'{entry.name}' is a file and a folder in it"
            raise BurstsError(name=path.name, found=found) from cause
