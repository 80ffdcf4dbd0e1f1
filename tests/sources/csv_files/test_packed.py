"""Packed files that would burst are refused, quickly and by counting what really comes out."""

import gzip
import resource
import time
import zipfile
from pathlib import Path

import pytest
from written import REPORT, report, workbook

from headway.facts.packed import BurstsError
from headway.sources import csv_files
from headway.sources.csv_files.packed import NothingToReadError
from headway.sources.csv_files.text import UnreadableFileError

ZEROS = b"0" * 20_000_000


def bomb_gz(folder: Path) -> Path:
    path = folder / "bomb.csv.gz"
    path.write_bytes(gzip.compress(ZEROS))
    return path


def bomb_zip(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("bomb.csv", ZEROS)
    return path


def nested_zip(folder: Path) -> Path:
    path = folder / "nested.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("inner.zip", b"PK")
    return path


def many_entries(folder: Path) -> Path:
    path = folder / "many.zip"
    with zipfile.ZipFile(path, "w") as file:
        for number in range(1_001):
            file.writestr(f"{number}.csv", "a")
    return path


def no_zip(folder: Path) -> Path:
    path = folder / "no.zip"
    path.write_bytes(b"PK\x03\x04 but no more")
    return path


def broken_gz(folder: Path) -> Path:
    path = folder / "broken.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 100)[:-12])
    return path


def encrypted_zip(folder: Path) -> Path:
    path = folder / "secret.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("deals.csv", "a,b\n")
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    return path


def unusual_zip(folder: Path) -> Path:
    path = folder / "unusual.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("deals.csv", "a,b\n")
    return path


def endless_list(folder: Path) -> Path:
    """A million entries, which as objects would be most of a gigabyte."""
    path = folder / "endless.zip"
    entry = b"PK\x01\x02" + b"\0" * 24 + b"\x01" + b"\0" * 17 + b"a"
    entries = entry * 1_000_000
    size = len(entries).to_bytes(4, "little")
    path.write_bytes(entries + b"PK\x05\x06" + b"\0" * 8 + size + b"\0" * 6)
    return path


def far_corners(folder: Path) -> Path:
    cell = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    return workbook(folder / "corners.xlsx", [["a"]], cells=cell)


def laughing_workbook(folder: Path) -> Path:
    path = workbook(folder / "laughs.xlsx", [["a"]])
    with zipfile.ZipFile(path, "a") as book:
        book.writestr("xl/sharedStrings.xml", '<!DOCTYPE l [<!ENTITY a "ha">]><sst/>')
    return path


def swollen_workbook(folder: Path) -> Path:
    path = workbook(folder / "swollen.xlsx", [["a"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", b" " * 20_000_000)
    return path


@pytest.mark.parametrize(
    "made",
    [
        bomb_gz,
        bomb_zip,
        nested_zip,
        many_entries,
        no_zip,
        broken_gz,
        encrypted_zip,
        unusual_zip,
        endless_list,
        far_corners,
        laughing_workbook,
        swollen_workbook,
    ],
)
def test_what_would_burst_is_refused_within_two_seconds(tmp_path: Path, made) -> None:
    path = made(tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    with pytest.raises(BurstsError, match="was refused"):
        csv_files.recognise(path)
    assert time.process_time() - started < 2
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300_000  # kB


def test_a_record_over_a_megabyte_is_rejected_and_the_others_stay(tmp_path: Path) -> None:
    huge = "9,x,Acme,Ada,Open," + "1" * 1_500_000 + ",2024-01-05,"
    rows = [f"{n},x,Acme,Ada,Open,1,2024-01-05," for n in range(3)]
    path = report(tmp_path, *rows, huge, "7,x,Acme,Ada,Open,1,2024-01-05,")
    delivery = csv_files.read(csv_files.recognise(path), into=tmp_path / "out")
    assert [(c.rows_in, c.kept, c.rejected) for c in delivery.counts] == [(5, 4, 1)]
    assert "longer than 1,000,000 bytes" in delivery.rejections.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"a" * 2_000_000, "first line is longer"),
        (
            b",".join(b"c%d" % n for n in range(3_000)) + b"\n",
            "3,000 columns. Expected at most 2,000",
        ),
        (b"", "it is empty"),
        (b"a,b\n\x00\x01\x02\x00,1\n" * 10, "zero bytes"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, found: str) -> None:
    path = tmp_path / "no.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFileError, match=found):
        csv_files.recognise(path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text(f"{REPORT}\n", encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "deals.csv").symlink_to(secret)
    with pytest.raises(NothingToReadError, match="Nothing to read"):
        csv_files.recognise(folder)


def test_an_entry_cannot_climb_out_of_its_archive(tmp_path: Path) -> None:
    path = tmp_path / "climb.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("../../climbed.csv", f"{REPORT}\n1,x,A,B,Open,1,2024-01-05,\n")
    with pytest.raises(NothingToReadError):
        csv_files.recognise(path)
    assert not (tmp_path.parent / "climbed.csv").exists()
