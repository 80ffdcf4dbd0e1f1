"""Uploads are kept whole or not at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from headway.cycle import uploads
from headway.cycle.uploads import UploadRefusedError


class Sent:
    """A file as it arrives; None = the line breaks on the way."""

    def __init__(self, name: str, content: bytes | None, *, size: int = 3) -> None:
        self.name, self.size, self._content = name, size, content

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        del chunk_size
        if self._content is None:
            raise ConnectionResetError
        yield self._content


def test_what_breaks_off_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    files = [Sent("a.csv", b"a,b"), Sent("b.csv", None)]
    with pytest.raises(ConnectionResetError):
        uploads.keep(files, data_folder=tmp_path)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_too_many_files_and_too_many_bytes_are_refused(tmp_path: Path) -> None:
    many = [Sent(f"{number}.csv", b"a,b") for number in range(101)]
    with pytest.raises(UploadRefusedError, match="101 files are too many at once"):
        uploads.keep(many, data_folder=tmp_path)
    large = [Sent("a.csv", b"a,b", size=60_000_000), Sent("b.csv", b"a,b", size=60_000_000)]
    with pytest.raises(UploadRefusedError, match="more than 100 MB"):
        uploads.keep(large, data_folder=tmp_path)
    assert not (tmp_path / "uploads").exists()
