"""Tables of what was declared beside the facts of a system."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headway import facts
from headway.facts import Facts, collect
from headway.facts.bundle import BundleError

PRIORITY = "priority_id,kind,owner_id,declared_on\np1,product,ada,2026-01-01\n"


@pytest.fixture
def system() -> Facts:
    return facts.memory.of(
        {
            "seen/person": [{"person_id": "ada"}],
            "seen/opportunity": [{"opportunity_id": "o1", "stage": "New", "stage_group": "open"}],
        }
    )


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_both_are_one(system: Facts, tmp_path: Path) -> None:
    loaded = facts.bundle.with_declared(system, written(tmp_path, "meant/priority.csv", PRIORITY))
    assert loaded.violations == ()
    (row,) = collect(loaded.facts.columns("meant/priority", "priority_id", "owner_id")).records()
    assert row == {"priority_id": "p1", "owner_id": "ada"}
    assert len(collect(loaded.facts.columns("seen/opportunity"))) == 1
    assert (loaded.facts.as_of, loaded.facts.organisation) == (system.as_of, system.organisation)


def test_a_table_may_be_parquet(system: Facts, tmp_path: Path) -> None:
    (tmp_path / "meant").mkdir()
    row = {"priority_id": ["p1"], "kind": ["product"], "owner_id": ["ada"]}
    declared_on = pa.array([date(2026, 1, 1)])
    pq.write_table(
        pa.table({**row, "declared_on": declared_on}), tmp_path / "meant" / "priority.parquet"
    )
    loaded = facts.bundle.with_declared(system, tmp_path)
    assert loaded.violations == ()
    assert len(collect(loaded.facts.columns("meant/priority"))) == 1


def test_what_it_refers_to_has_to_be_known(system: Facts, tmp_path: Path) -> None:
    text = PRIORITY + "p2,product,nobody,2026-01-01\np3,magic,ada,2026-01-01\n"
    loaded = facts.bundle.with_declared(system, written(tmp_path, "meant/priority.csv", text))
    count = next(each for each in loaded.counts if each.table == "meant/priority")
    assert (count.rows_in, count.kept, count.rejected) == (3, 2, 1)
    assert [(each.line, each.column, each.is_rejected) for each in loaded.violations] == [
        (3, "owner_id", False),
        (4, "kind", True),
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("meant/priorities.csv", "no table of the format"),
        ("meant/priority.xlsx", "no table of the format"),
        ("seen/account.csv", "Found no table"),
        ("priority.csv", "Found no table"),
    ],
)
def test_other_files_are_refused(system: Facts, tmp_path: Path, name, says) -> None:
    with pytest.raises(BundleError, match=says):
        facts.bundle.with_declared(system, written(tmp_path, name, PRIORITY))


def test_what_is_known_already_does_not_come_twice(system: Facts, tmp_path: Path) -> None:
    folder = written(tmp_path, "meant/priority.csv", PRIORITY)
    whole = facts.bundle.with_declared(system, folder).facts
    with pytest.raises(BundleError, match="known already"):
        facts.bundle.with_declared(whole, folder)
