"""What a bundle could not keep is told."""

import csv
from pathlib import Path

from facts import bundles
from headway.cycle import load


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
