import gzip
import zipfile
from pathlib import Path

import pytest

from headway.facts import packed
from headway.facts.packed import Allowance, BurstsError


def test_what_is_unpacked_counts_over_all_files_of_a_hand_over(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv.gz"
    path.write_bytes(gzip.compress(b"id,stage\n"))
    allowance = Allowance(bytes_left=20)
    for left in (11, 2):
        assert b"".join(packed.of_gzip(path, allowance=allowance)) == b"id,stage\n"
        assert allowance.bytes_left == left
    with pytest.raises(BurstsError, match="unpacks to more than 1,000,000,000 bytes"):
        list(packed.of_gzip(path, allowance=allowance))


def test_the_folders_in_a_zip_are_no_files(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("export")
        archive.writestr("export/deals.csv", b"id,stage\n")
    found = {entry.name: b"".join(entry.pieces) for entry in packed.of_zip(path)}
    assert found == {"export/deals.csv": b"id,stage\n"}


def test_an_empty_file_is_no_zip(tmp_path: Path) -> None:
    path = tmp_path / "empty.zip"
    path.write_bytes(b"")
    with pytest.raises(BurstsError, match="not a whole zip file"):
        list(packed.of_zip(path))
