"""What an installation exports is sound, and comes back as it went."""

from pathlib import Path

from headway.cycle import bundle, load
from headway.sources import demo


def exported(source: Path, folder: Path) -> Path:
    load.load(source, folder / "data")
    target = folder / "bundle"
    bundle.export(folder / "data", folder=target, file_type="csv", share="everything")
    return target


def test_the_sample_is_exported_soundly_and_comes_back_the_same(tmp_path: Path) -> None:
    first = exported(demo.FOLDER, tmp_path / "first")
    assert list(bundle.violations(first)) == []
    second = exported(first, tmp_path / "second")
    names = sorted(path.relative_to(first) for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second) for path in second.rglob("*") if path.is_file())
    assert [
        name for name in names if (first / name).read_bytes() != (second / name).read_bytes()
    ] == []
