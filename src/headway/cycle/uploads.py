"""Keeps what people hand over in the browser: under safe names, counted, in the data folder."""

import hashlib
import re
import secrets
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import Protocol

from django.utils.translation import gettext as _

from headway.terms.errors import HeadwayError

MAX_BYTES = 100_000_000
MAX_FILES = 100
ENDINGS = (".csv", ".tsv", ".tab", ".txt", ".parquet", ".xlsx", ".gz", ".zip")
_NOT_IN_NAMES = re.compile(r"[^\w .,()&+-]+")
_LONGEST_NAME = 100
_TOGETHER = "our data"


class UploadRefusedError(HeadwayError):
    """What was handed over is nothing that could be read, or is too much."""

    code = "uploads.refused"
    status = 422


class Handed(Protocol):
    """One file as it arrives."""

    @property
    def name(self) -> str | None:
        """As the browser gave it, which may be anything."""
        ...

    @property
    def size(self) -> int | None:
        """In bytes, as counted while it arrived."""
        ...

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The content, a piece at a time."""
        ...


def keep(files: Sequence[Handed], *, data_folder: Path, key: str = "") -> Path:
    """Keep files in a folder of their own; gives the file, or the folder where there are several.

    Args:
        files: what was handed over.
        data_folder: of the installation.
        key: of the form; the same form sent twice gives the same place, written once.

    Raises:
        UploadRefusedError: nothing was chosen, it is too much, or a file is empty or of a kind that
            cannot be read. Nothing is kept then.
    """
    _look_at(files)
    name = hashlib.sha256(key.encode()).hexdigest()[:16] if key else secrets.token_hex(8)
    folder = data_folder / "uploads" / name
    inside = folder if len(files) == 1 else folder / _TOGETHER
    if folder.exists():
        return inside / safe_name(files[0].name or "") if len(files) == 1 else inside
    inside.mkdir(parents=True, mode=0o700)
    try:
        kept = [_keep(each, inside=inside) for each in files]
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return kept[0] if len(kept) == 1 else inside


def forget(upload: Path, *, data_folder: Path) -> None:
    """Let go of an upload that was read or set aside; files that lie elsewhere are left alone."""
    uploads = (data_folder / "uploads").resolve()
    place = upload.resolve()
    if uploads in place.parents:
        shutil.rmtree(uploads / place.relative_to(uploads).parts[0], ignore_errors=True)


def safe_name(name: str) -> str:
    r"""The last part of a name, without anything that a file system or a shell could take amiss.

    >>> safe_name("../../etc/pass wd.csv"), safe_name("C:\\exports\\Q1.xlsx"), safe_name(".csv")
    ('pass wd.csv', 'Q1.xlsx', 'file.csv')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = _NOT_IN_NAMES.sub("-", unicodedata.normalize("NFC", last)).strip(" ")
    ending = PurePosixPath(f"x{plain}").suffix[:12]
    stem = plain[: len(plain) - len(ending)].strip(" .") if ending else plain.strip(" .")
    return f"{stem[:_LONGEST_NAME] or 'file'}{ending}"


def _look_at(files: Sequence[Handed]) -> None:
    if not files:
        raise UploadRefusedError(_("No file was chosen. Choose one or several, then send them."))
    if len(files) > MAX_FILES:
        raise UploadRefusedError(
            _("{count} files are too many at once. Send up to {most}, or one zip.").format(
                count=len(files), most=MAX_FILES
            )
        )
    if sum(each.size or 0 for each in files) > MAX_BYTES:
        raise UploadRefusedError(too_much())
    for each in files:
        _look_at_one(each)


def _look_at_one(file: Handed) -> None:
    name = safe_name(file.name or "")
    if not file.size:
        raise UploadRefusedError(_("{name} is empty: it has no bytes.").format(name=name))
    if not name.lower().endswith(ENDINGS):
        raise UploadRefusedError(
            _("{name} is of a kind that cannot be read. Send {endings}.").format(
                name=name, endings=_("CSV, TSV, Parquet or XLSX files, or a zip of them")
            )
        )


def too_much() -> str:
    """The sentence for more than the limit."""
    return _(
        "That is more than {most} MB. Pack the files into a zip, or load them on the server, where "
        "there is no limit: headway load PATH"
    ).format(most=MAX_BYTES // 1_000_000)


def _keep(file: Handed, *, inside: Path) -> Path:
    name = safe_name(file.name or "")
    target = inside / name
    number = 1
    while target.exists():
        number += 1
        target = inside / f"{number} {name}"
    with target.open("xb") as into:
        for chunk in file.chunks():
            into.write(chunk)
    return target
