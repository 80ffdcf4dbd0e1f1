import struct
import time
import zipfile
from pathlib import Path

import pytest

from facts import bundles
from headway import facts
from headway.facts.bundle import BundleError
from headway.facts.packed import BurstsError


def packed(folder: Path, target: Path, *, inside: str = "") -> Path:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.rglob("*"):
            if path.is_file():
                archive.write(path, inside + path.relative_to(folder).as_posix())
    return target


@pytest.mark.parametrize("inside", ["", "example/"])
def test_a_bundle_is_found_with_or_without_a_folder_around_it(tmp_path: Path, inside: str) -> None:
    bundle = bundles.written(tmp_path / "bundle", {})

    known = facts.bundle.read(packed(bundle, tmp_path / "bundle.zip", inside=inside))

    assert len(facts.collect(known.table("seen/person"))) == 2


def with_entry(path: Path, name: str, content: bytes = b"x", *, mode: int = 0o644) -> Path:
    entry = zipfile.ZipInfo(name)
    entry.external_attr = mode << 16
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, content)
    return path


@pytest.mark.parametrize("name", ["../out.csv", "/etc/out.csv", "a/../../out.csv", "a\\out.csv"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BurstsError, match="leads out"):
        facts.bundle.read(with_entry(tmp_path / "bundle.zip", name))
    assert [path.name for path in tmp_path.iterdir()] == ["bundle.zip"]


def test_a_link_is_refused(tmp_path: Path) -> None:
    path = with_entry(tmp_path / "bundle.zip", "bundle.json", b"/etc/passwd", mode=0o120777)

    with pytest.raises(BurstsError, match="is a link"):
        facts.bundle.read(path)


def test_a_bomb_is_refused_quickly_whatever_its_header_says(tmp_path: Path) -> None:
    path = with_entry(tmp_path / "bundle.zip", "bundle.json", b"\0" * 150_000_000)
    raw = bytearray(path.read_bytes())
    # The central directory and the local header both claim ten bytes.
    struct.pack_into("<L", raw, raw.rindex(b"PK\x01\x02") + 24, 10)
    struct.pack_into("<L", raw, 22, 10)
    path.write_bytes(raw)

    started = time.process_time()
    with pytest.raises(BurstsError, match="was refused"):
        facts.bundle.read(path)
    assert time.process_time() - started < 2


def test_too_much_for_its_size_is_refused(tmp_path: Path) -> None:
    path = with_entry(tmp_path / "bundle.zip", "bundle.json", b"\0" * 120_000_000)

    with pytest.raises(BurstsError, match="more than 100 times its size"):
        facts.bundle.read(path)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        for i in range(1_001):
            archive.writestr(f"{i}.csv", "")

    with pytest.raises(BurstsError, match="more than 1,000 entries"):
        facts.bundle.read(tmp_path / "bundle.zip")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = packed(bundles.written(tmp_path / "bundle", {}), tmp_path / "bundle.zip")
    raw = bytearray(path.read_bytes())
    raw[60:70] = b"\xff" * 10
    path.write_bytes(raw)

    with pytest.raises(BurstsError, match="it is not a whole zip file"):
        facts.bundle.read(path)


def test_a_zip_without_a_manifest_is_called_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "deals.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("deals.csv", "a,b\n1,2\n")
    (broken,) = facts.bundle.violations(path)
    assert f"There is no bundle.json in {path}. A bundle is" in broken.message


def test_what_is_no_zip_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "bundle.txt"
    path.write_text("nothing of the kind")
    with pytest.raises(BundleError, match="is neither a folder nor a zip"):
        facts.bundle.read(path)


def test_a_zip_with_a_file_where_a_folder_should_be_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        archive.writestr("seen", "")
        archive.writestr("seen/person.csv", "")
    with pytest.raises(BurstsError, match="is a file and a folder in it"):
        facts.bundle.read(tmp_path / "bundle.zip")


def test_a_bundle_is_known_by_its_manifest(tmp_path: Path) -> None:
    folder = bundles.written(tmp_path / "bundle", {})
    found = [
        folder,
        packed(folder, tmp_path / "whole.ZIP", inside="example/"),
        packed(folder / "seen", tmp_path / "tables.zip"),
        folder / "seen",
        with_entry(tmp_path / "link.zip", "bundle.json", mode=0o120777),
        folder / "bundle.json",
    ]
    assert [facts.bundle.is_bundle(path) for path in found] == [True, True, *[False] * 4]
