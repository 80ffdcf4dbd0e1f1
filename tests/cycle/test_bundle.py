"""What an installation exports is sound, and comes back as it went."""

import csv
from pathlib import Path

from facts import bundles
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


def test_what_a_bundle_could_not_keep_is_listed_with_its_line_and_reason(tmp_path: Path) -> None:
    opportunities = (
        "opportunity_id,stage,stage_group,close_on\no1,New,open,2026-03-31\n"
        "o2,New,open,31 March\n,New,open,\n"
    )
    source = bundles.written(tmp_path / "bundle", {"seen/opportunity": opportunities})
    loaded = load.load(source, tmp_path / "data")
    with loaded.rejections.open(encoding="utf-8", newline="") as file:
        listed = list(csv.reader(file))
    assert listed[1:] == [
        [
            *("seen/opportunity", "3", "close_on", "31 March"),
            "'close_on' holds '31 March'; a day such as 2026-06-30 was expected",
        ],
        [
            *("seen/opportunity", "4", "opportunity_id", ""),
            "'opportunity_id' is empty, and no row may leave it empty",
        ],
    ]
    kept = [count for count in loaded.counts if count.file == "seen/opportunity"]
    assert [(c.rows_in, c.kept, c.rejected, c.unread_fields) for c in kept] == [(3, 2, 1, 1)]
