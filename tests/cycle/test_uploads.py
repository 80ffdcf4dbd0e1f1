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


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "No file was chosen"),
        (Sent("deals.csv", b"", size=0), "deals.csv is empty: it has no bytes"),
        (Sent("deals.pdf", b"%PDF"), "deals.pdf is of a kind that cannot be read"),
    ],
)
def test_what_could_not_be_read_is_refused_before_it_is_kept(
    file: Sent | None, said: str, tmp_path: Path
) -> None:
    with pytest.raises(UploadRefusedError, match=said):
        uploads.keep([file] if file else [], data_folder=tmp_path)
    assert not (tmp_path / "uploads").exists()


def test_files_of_one_name_are_kept_side_by_side_and_let_go_together(tmp_path: Path) -> None:
    files = [Sent("deals.csv", b"north"), Sent("deals.csv", b"south"), Sent("deals.csv", b"west")]
    kept = uploads.keep(files, data_folder=tmp_path)
    assert {path.name: path.read_bytes() for path in kept.iterdir()} == {
        "deals.csv": b"north",
        "2 deals.csv": b"south",
        "3 deals.csv": b"west",
    }
    uploads.forget(kept, data_folder=tmp_path)
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_lies_elsewhere_is_not_let_go(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes(b"a,b")
    uploads.forget(own, data_folder=tmp_path / "data")
    assert own.read_bytes() == b"a,b"


def test_the_same_form_sent_twice_is_kept_once(tmp_path: Path) -> None:
    first = uploads.keep([Sent("deals.csv", b"a,b")], data_folder=tmp_path, key="form-1")
    again = uploads.keep([Sent("deals.csv", b"a,b")], data_folder=tmp_path, key="form-1")
    assert first == again
    assert [path.name for path in first.parent.iterdir()] == ["deals.csv"]
