"""What would burst is refused before it costs anything: memory counted in a child process."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from written import report, workbook

from headway.sources import csv_files

ROW = "006A,First,Acme,Ada,Closed Won,1000,2024-01-05,2024-03-31"
MOST_ABOVE_IDLE_KB = 300_000
Made = Callable[[Path], Path]
_CHILD = """
import json, resource, sys
from pathlib import Path
from headway.sources import csv_files
from headway.sources.csv_files import source, books
from headway.terms.errors import HeadwayError
import duckdb, python_calamine
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
out, small, *bombs = map(Path, sys.argv[1:])
csv_files.read(csv_files.recognise(small), into=out)
idle = peak()
told = []
for bomb in bombs:
    try:
        csv_files.read(csv_files.recognise(bomb), into=out)
        said = "read"
    except HeadwayError as refused:
        said = str(refused)
    told.append((peak() - idle, said))
print(json.dumps(told))
"""


def zip_of_zeros(folder: Path) -> Path:
    path = folder / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("zeros.csv", "w", force_zip64=True) as entry,
    ):
        for _ in range(42):
            entry.write(b"0" * 1_000_000)
    return path


def nested_zip(folder: Path) -> Path:
    inner = zip_of_zeros(folder)
    path = folder / "nested.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(inner, "inner.zip")
    return path


def too_many_columns(folder: Path) -> Path:
    path = folder / "wide.csv"
    path.write_text(",".join("c" for _ in range(10_000_000)) + "\n1\n", encoding="utf-8")
    return path


def one_huge_field(folder: Path) -> Path:
    path = folder / "field.csv"
    with path.open("wb") as file:
        file.write(b"id,stage,close date\n1,")
        file.seek(1_000_000_000)
        file.write(b"x,2024-01-01\n")
    return path


def one_huge_text(folder: Path) -> Path:
    path = folder / "text.csv"
    with path.open("wb") as file:
        file.write(b"id,stage,close date\n")
        for _ in range(100):
            file.write(b"x" * 1_000_000)
    return path


def laughing_workbook(folder: Path) -> Path:
    plain = workbook(folder / "plain.xlsx", [["id", "stage"], ["1", "Won"]])
    path = folder / "laughs.xlsx"
    laughs = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.infolist():
            content = source.read(entry)
            is_sheet = entry.filename.endswith("sheet1.xml")
            target.writestr(entry.filename, laughs + content if is_sheet else content)
    return path


SAID = {
    zip_of_zeros: "unpacks to more than 100 times its size",
    nested_zip: "it holds another packed file (inner.zip)",
    too_many_columns: "wide.csv cannot be read: a line is longer than",
    one_huge_field: "field.csv cannot be read: a line is longer than",
    one_huge_text: "text.csv cannot be read: a line is longer than",
    laughing_workbook: "its XML declares entities",
}


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[Made, tuple[int, str]]:
    """What each bomb, and all before it, cost in kilobytes above idle at most, and what was said.

    One child is given them all: starting it costs more than reading them.
    """
    folder = tmp_path_factory.mktemp("bombs")
    bombs = [made(tmp_path_factory.mktemp(made.__name__)) for made in SAID]
    small = report(folder, ROW, name="small.csv")
    ran = subprocess.run(
        [sys.executable, "-c", _CHILD, str(folder / "out"), str(small), *map(str, bombs)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return dict(zip(SAID, map(tuple, json.loads(ran.stdout)), strict=True))


@pytest.mark.parametrize("made", SAID)
def test_what_would_burst_is_refused_within_300_mb(
    made: Made, told: dict[Made, tuple[int, str]]
) -> None:
    cost, words = told[made]
    assert SAID[made] in words
    assert cost <= MOST_ABOVE_IDLE_KB


def test_links_in_a_folder_are_left_alone(tmp_path: Path) -> None:
    outside = report(tmp_path, ROW, name="outside.csv")
    folder = tmp_path / "folder"
    folder.mkdir()
    report(folder, ROW.replace("006A", "006B"), name="inside.csv")
    (folder / "link.csv").symlink_to(outside)
    (folder / "self").symlink_to(folder)
    assert [file.name for file in csv_files.recognise(folder).files] == ["inside.csv"]
