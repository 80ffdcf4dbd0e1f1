"""Opens what was handed over: a file, a folder of files, a packed file; refuses what would burst.

The limits of packed files are those of `headway.facts.packed`, over all of one hand-over. CSV and
Parquet read from disk have no limit of size: they stream.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from headway.facts import packed
from headway.facts.packed import Allowance, BurstsError
from headway.terms.errors import HeadwayError

CHUNK_BYTES = 1 << 20

TEXT_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
READ_ENDINGS = (*TEXT_ENDINGS, ".parquet", ".xlsx", ".gz")


class NothingToReadError(HeadwayError):
    """There is no file here that could be read."""

    code = "sources.nothing_to_read"

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix.lower() == ".xls":
            super().__init__(
                f"{path.name} is a workbook of Excel 97 to 2003, which is not read. Save it as "
                "XLSX or CSV, and give that."
            )
            return
        super().__init__(
            f"Nothing to read at {path}. Expected a CSV, Parquet or XLSX file (also packed as "
            ".gz or .zip), or a folder of such files. Give the path of your export."
        )


@dataclass(frozen=True, kw_only=True)
class Given:
    """One file handed over: the `name` people know it by, and where its unpacked content lies."""

    name: str
    path: Path


def opened(path: Path, *, into: Path) -> tuple[Given, ...]:
    """Every file of a hand-over that can be read, unpacked into `into` where it was packed.

    A folder is read without its sub-folders; symbolic links in it are left alone. A zip inside a
    zip is refused.

    Raises:
        NothingToReadError: there is nothing that could be read.
        BurstsError: a packed file breaks the limits.
    """
    allowance = Allowance()
    into.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        paths = [
            each
            for each in sorted(path.iterdir())
            if each.is_file() and not each.is_symlink() and not _is_hidden(each.name)
        ]
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
    if ending == ".zip":
        yield from _zipped(path, into=into, allowance=allowance)
    elif ending == ".gz":
        yield _gunzipped(path, into=into, allowance=allowance)
    elif ending in READ_ENDINGS:
        yield Given(name=path.name, path=path)


def _gunzipped(path: Path, *, into: Path, allowance: Allowance) -> Given:
    target = into / f"{allowance.entries_left}-{path.stem}"
    packed.poured(packed.of_gzip(path, allowance=allowance), into=target)
    return Given(name=path.name, path=target)


def _zipped(path: Path, *, into: Path, allowance: Allowance) -> Iterator[Given]:
    for entry in packed.of_zip(path, allowance=allowance):
        if _is_wanted(entry.name, inside=path.name):
            # Only the last part of an entry's name is used: no entry can climb out of the folder.
            name = PurePosixPath(entry.name.replace("\\", "/")).name
            target = into / f"{allowance.entries_left}-{name}"
            packed.poured(entry.pieces, into=target)
            yield Given(name=name, path=target)


def _is_hidden(name: str) -> bool:
    """Whether a program keeps it for itself: Excel a lock beside each workbook that is open."""
    return name.startswith((".", "~$", "__MACOSX"))


def _is_wanted(name: str, *, inside: str) -> bool:
    place = PurePosixPath(name)
    if place.suffix.lower() in {".zip", ".7z", ".rar", ".tar"}:
        raise BurstsError(name=inside, found=f"it holds another packed file ({place.name})")
    hidden = any(_is_hidden(part) for part in place.parts)
    return not hidden and place.suffix.lower() in READ_ENDINGS and place.suffix.lower() != ".gz"
