"""Loading into the store: twice is once, later updates, older only adds, nothing is deleted."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from headway import facts
from headway.cycle import load
from headway.cycle.load import Change
from headway.facts import memory
from headway.facts.store import Store

HEADER = (
    "Opportunity ID,Opportunity Name,Account Name,Opportunity Owner,Stage,Amount,Created "
    "Date,Close Date"
)
FIRST = datetime(2024, 4, 2, 8, tzinfo=UTC)
SECOND = datetime(2024, 5, 2, 8, tzinfo=UTC)
THIRD = datetime(2024, 6, 2, 8, tzinfo=UTC)

APRIL = (
    "1,One,Acme,Ada,Proposal,100,2024-01-05,2024-05-31",
    "2,Two,Acme,Ada,Closed Won,200,2024-02-05,2024-04-01",
    "3,Three,Bolt,Bob,Proposal,300,2024-03-05,2024-05-31",
)
MAY = (
    "1,One,Acme,Ada,Closed Won,120,2024-01-05,2024-05-01",
    "2,Two,Acme,Ada,Closed Won,200,2024-02-05,2024-04-01",
    "4,Four,Bolt,Bob,Proposal,400,2024-04-05,2024-06-30",
)


def export(folder: Path, name: str, rows: tuple[str, ...]) -> Path:
    path = folder / name
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return path


def table(data: Path, name: str, columns: str, order: str) -> list[tuple[object, ...]]:
    snapshot = Store(data / "facts").current
    assert snapshot is not None
    file = snapshot.files[name]
    return duckdb.execute(
        f"select {columns} from read_parquet('{file}') order by {order}"
    ).fetchall()


def opportunities(data: Path) -> list[tuple[object, ...]]:
    return table(data, "seen/opportunity", "opportunity_id, stage, amount::int", "1")


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("april")
    load.load(export(folder, "april.csv", APRIL), folder / "data", at=FIRST)
    return folder / "data"


@pytest.fixture
def data(loaded_once: Path, tmp_path: Path) -> Path:
    """A data folder into which the export of April was loaded."""
    return Path(shutil.copytree(loaded_once, tmp_path / "data"))


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    path, data = export(tmp_path, "april.csv", APRIL), tmp_path / "data"
    first = load.load(path, data, at=FIRST)
    again = load.load(export(tmp_path, "renamed.csv", APRIL), data, at=SECOND)
    assert (first.is_changed, again.is_changed) == (True, False)
    assert again.snapshot_id == first.snapshot_id
    assert again.content_hash == first.content_hash
    assert len(Store(data / "facts").snapshots()) == 1


def test_other_order_of_the_same_rows_changes_nothing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = load.load(export(tmp_path, "a.csv", APRIL), data, at=FIRST)
    turned = load.load(export(tmp_path, "b.csv", APRIL[::-1]), data, at=SECOND)
    assert (turned.is_changed, turned.snapshot_id) == (False, first.snapshot_id)


def test_a_later_export_updates_by_id_and_keeps_what_it_no_longer_holds(
    tmp_path: Path, data: Path
) -> None:
    loaded = load.load(export(tmp_path, "may.csv", MAY), data, at=SECOND)
    assert opportunities(data) == [
        ("1", "Closed Won", 120),
        ("2", "Closed Won", 200),
        ("3", "Proposal", 300),
        ("4", "Proposal", 400),
    ]
    assert loaded.changes["seen/opportunity"] == Change(added=1, updated=1, missing=1)
    assert load.missing(data) == ("3",)


def test_differences_become_field_changes_learned_at_the_load(tmp_path: Path, data: Path) -> None:
    load.load(export(tmp_path, "may.csv", MAY), data, at=SECOND)
    columns = "opportunity_id, field, old_value, new_value, changed_at, recorded_at"
    held, learned = datetime(2024, 5, 1, 23, 59, 59), datetime(2024, 5, 2, 8)  # noqa: DTZ001  UTC without a zone, as stored
    assert table(data, "seen/opportunity_change", columns, "field") == [
        ("1", "amount", "100.00", "120.00", held, learned),
        ("1", "close_on", "2024-05-31", "2024-05-01", held, learned),
        ("1", "stage", "Proposal", "Closed Won", held, learned),
    ]


def test_an_older_export_only_adds_what_is_not_known(tmp_path: Path) -> None:
    data = tmp_path / "data"
    load.load(export(tmp_path, "may.csv", MAY), data, at=FIRST)
    late = load.load(export(tmp_path, "april.csv", APRIL), data, at=SECOND)
    assert opportunities(data) == [
        ("1", "Closed Won", 120),
        ("2", "Closed Won", 200),
        ("3", "Proposal", 300),
        ("4", "Proposal", 400),
    ]
    assert load.missing(data) == ()
    assert late.notes[-1] == (
        "The last day in this export is 2024-04-01, and an export of the same source up to "
        "2024-05-01 was loaded before: it only added what was not known."
    )


def test_an_older_export_that_adds_nothing_says_that_nothing_was_changed(
    tmp_path: Path, data: Path
) -> None:
    older = (APRIL[0], APRIL[2].replace("2024-03-05", "2024-03-06"))
    late = load.load(export(tmp_path, "march.csv", older), data, at=SECOND)
    assert late.is_changed is False
    assert late.notes[-1].endswith("was loaded before: nothing was changed.")


def bundle(folder: Path, *, person: str) -> Path:
    known = memory.of(
        {
            "seen/person": [{"person_id": "p1", "name": person}],
            "seen/opportunity": [
                {
                    "opportunity_id": "o1",
                    "owner_id": "p1",
                    "stage": "Won",
                    "stage_group": "won",
                    "close_on": date(2024, 3, 1),
                }
            ],
        },
        as_of=date(2024, 4, 1),
        data_from=date(2024, 1, 1),
    )
    return facts.bundle.write(known, folder)


def test_a_bundle_is_loaded_and_updated_by_id(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = load.load(bundle(tmp_path / "a", person="Ada"), data, at=FIRST)
    again = load.load(bundle(tmp_path / "b", person="Ada"), data, at=SECOND)
    later = load.load(bundle(tmp_path / "c", person="Ada Lind"), data, at=THIRD)
    assert (first.shape, first.is_changed, again.is_changed) == ("bundle", True, False)
    assert later.changes["seen/person"] == Change(updated=1)
    assert table(data, "seen/person", "name", "1") == [("Ada Lind",)]


def test_a_table_that_a_later_load_does_not_bring_stays(tmp_path: Path) -> None:
    data = tmp_path / "data"
    load.load(export(tmp_path, "april.csv", APRIL), data, at=FIRST)
    accounts = table(data, "seen/account", "account_id", "1")
    load.load(bundle(tmp_path / "a", person="Ada"), data, at=SECOND)
    assert table(data, "seen/account", "account_id", "1") == accounts != []


def test_an_export_of_another_window_makes_nothing_outside_it_missing(
    tmp_path: Path, data: Path
) -> None:
    window = (MAY[2], "5,Five,Bolt,Bob,Closed Lost,500,2024-04-10,2024-05-10")
    loaded = load.load(export(tmp_path, "window.csv", window), data, at=SECOND)
    # Opportunities 1 to 3 were created before the window begins.
    assert load.missing(data) == ()
    assert len(opportunities(data)) == 5
    assert loaded.notes[-1] == (
        "3 opportunities are not in this export, which begins later or covers others than the one "
        "before; they are kept and not marked missing."
    )


def test_an_export_without_any_known_row_makes_none_of_them_missing(
    tmp_path: Path, data: Path
) -> None:
    north = tuple(row.replace(row[0], f"N{row[0]}", 1) for row in MAY)
    load.load(export(tmp_path, "north.csv", north), data, at=SECOND)
    assert load.missing(data) == ()
    assert len(opportunities(data)) == 6


def test_the_first_rows_of_an_export_can_be_missing_from_the_next(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = "0,None,Acme,Ada,Proposal,100,2024-01-01,2024-05-31"
    load.load(export(tmp_path, "april.csv", (first, *APRIL)), data, at=FIRST)
    loaded = load.load(export(tmp_path, "may.csv", MAY), data, at=SECOND)
    assert load.missing(data) == ("0", "3")
    assert loaded.changes["seen/opportunity"].missing == 2
    assert not any("not marked" in note for note in loaded.notes)


def test_a_row_that_comes_back_is_no_longer_missing(tmp_path: Path, data: Path) -> None:
    load.load(export(tmp_path, "may.csv", MAY), data, at=SECOND)
    both = (*MAY, APRIL[2], "6,Six,Bolt,Bob,Closed Lost,1,2024-05-05,2024-05-20")
    load.load(export(tmp_path, "june.csv", both), data, at=THIRD)
    assert load.missing(data) == ()


def test_a_load_can_be_undone_and_loaded_again(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = load.load(export(tmp_path, "april.csv", APRIL), data, at=FIRST)
    may = export(tmp_path, "may.csv", MAY)
    second = load.load(may, data, at=SECOND)
    assert load.undo(data, snapshot_id=second.snapshot_id) == first.snapshot_id
    assert load.missing(data) == ()
    assert len(opportunities(data)) == 3
    assert load.load(may, data, at=THIRD).is_changed is True
    assert load.missing(data) == ("3",)


def test_a_load_that_only_misses_rows_is_taken_back_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = load.load(export(tmp_path, "april.csv", APRIL), data, at=FIRST)
    # The same rows without the last one, at the same end of the data.
    fewer = load.load(export(tmp_path, "fewer.csv", APRIL[:2]), data, at=SECOND)
    assert load.missing(data) == ("3",)
    assert load.undo(data, snapshot_id=fewer.snapshot_id) == first.snapshot_id
    assert load.missing(data) == ()
    assert len(opportunities(data)) == 3


def test_the_first_load_can_be_undone_and_loaded_again(tmp_path: Path) -> None:
    data, april = tmp_path / "data", export(tmp_path, "april.csv", APRIL)
    first = load.load(april, data, at=FIRST)
    assert load.undo(data, snapshot_id=first.snapshot_id) is None
    assert (Store(data / "facts").current, load.missing(data)) == (None, ())
    again = load.load(april, data, at=SECOND)
    assert (again.is_changed, again.changes["seen/opportunity"].added) == (True, 3)
    assert len(opportunities(data)) == 3


def test_a_team_sheet_of_later_ends_the_line_that_held(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for number, (manager, rows) in enumerate((("Meg", APRIL), ("Max", MAY))):
        folder = tmp_path / f"export{number}"
        folder.mkdir()
        export(folder, "deals.csv", rows)
        users = f"Id,Name,ManagerId\nAda,Ada,{manager}\nBob,Bob,Meg\n"
        (folder / "users.csv").write_text(users, encoding="utf-8")
        load.load(folder, data, at=(FIRST, SECOND)[number])
    lines = table(
        data,
        "seen/reporting_line",
        "person_id, manager_id, valid_from::varchar, valid_to::varchar",
        "1, 3",
    )
    assert lines == [
        ("Ada", "Meg", "2024-01-05", "2024-05-01"),
        ("Ada", "Max", "2024-05-01", None),
        ("Bob", "Meg", "2024-01-05", None),
    ]
