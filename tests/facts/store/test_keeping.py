import gc
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from facts.store import publishing
from facts.store.publishing import NOON, publish, tables, versions
from headway import facts
from headway.facts.store import (
    NothingStoredError,
    NothingToUndoError,
    Store,
    disk,
    leases,
    snapshots,
)

KILLS = 8


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_an_empty_store_says_so(store: Store) -> None:
    assert store.current is None
    with pytest.raises(NothingStoredError, match="No data has been loaded yet"):
        store.latest()
    assert store.undo("000001-abcdef") is None


def test_what_was_published_holds(store: Store, tmp_path: Path) -> None:
    snapshot = publish(store, tables(tmp_path, version=1))

    assert versions(store) == (["v1"], ["v1"], 50)
    assert {name: kept.row_count for name, kept in snapshot.tables.items()} == {
        "seen/person": 50,
        "seen/opportunity": 50,
    }
    known = store.latest()
    assert (known.organisation, known.facts_id) == (publishing.ORGANISATION, snapshot.facts_id)
    assert (snapshot.published_at, snapshot.previous) == (NOON, None)


def test_a_cleared_store_holds_nothing_and_takes_new_data(store: Store, tmp_path: Path) -> None:
    for version in (1, 2):
        publish(store, tables(tmp_path, version=version))

    store.clear()

    assert (store.current, list(store.snapshots())) == (None, [])
    store.clear()
    publish(store, tables(tmp_path, version=3))
    assert versions(store) == (["v3"], ["v3"], 50)


def test_publishing_the_same_again_makes_no_snapshot(store: Store, tmp_path: Path) -> None:
    first = publish(store, tables(tmp_path / "a", version=1))

    second = publish(store, tables(tmp_path / "b", version=1), at=NOON + timedelta(days=1))

    assert second == first
    assert [snapshot.id for snapshot in store.snapshots()] == [first.id]


def test_neither_order_nor_when_it_was_learned_changes_the_content(
    store: Store, tmp_path: Path
) -> None:
    found = tables(tmp_path, version=1)
    first = publish(store, found)
    engine = facts.memory.of({}).engine
    engine.connection.execute(
        "COPY (SELECT * REPLACE (TIMESTAMP '2026-06-01' AS recorded_at) "
        f"FROM read_parquet('{found['seen/opportunity']}') ORDER BY opportunity_id DESC) "
        f"TO '{tmp_path / 'later.parquet'}' (FORMAT parquet)"
    )

    second = publish(store, {**found, "seen/opportunity": tmp_path / "later.parquet"})

    assert second.id == first.id


def test_a_table_that_says_the_same_keeps_its_file(store: Store, tmp_path: Path) -> None:
    old, new = tables(tmp_path, version=1), tables(tmp_path, version=2)
    first = publish(store, old)

    second = publish(store, {**old, "seen/person": new["seen/person"]})

    same = {name: first.files[name].samefile(second.files[name]) for name in old}
    assert same == {"seen/person": False, "seen/opportunity": True}
    assert second.previous == first.id


def test_undo_lets_the_snapshot_before_hold_again(store: Store, tmp_path: Path) -> None:
    first = publish(store, tables(tmp_path, version=1))
    undone = publish(store, tables(tmp_path, version=2))

    assert store.undo(undone.id) == first

    assert versions(store)[0] == ["v1"]
    third = publish(store, tables(tmp_path, version=3))
    assert (third.previous, third.id > undone.id) == (first.id, True)


def test_what_was_undone_is_not_undone_once_more(store: Store, tmp_path: Path) -> None:
    first = publish(store, tables(tmp_path, version=1))
    second = publish(store, tables(tmp_path, version=2))
    undone = publish(store, tables(tmp_path, version=3))

    assert [store.undo(undone.id), store.undo(undone.id)] == [second, second]
    with pytest.raises(NothingToUndoError, match="Later data builds on this"):
        store.undo(first.id)
    disk.remove(store.folder / "snapshots" / first.id)
    with pytest.raises(NothingToUndoError, match="no earlier state"):
        store.undo(second.id)
    assert store.current == second


def test_undo_of_the_only_snapshot_leaves_an_empty_store(store: Store, tmp_path: Path) -> None:
    undone = publish(store, tables(tmp_path, version=1))
    held = store.latest()

    assert store.undo(undone.id) is None

    assert (store.current, Store(store.folder).current) == (None, None)
    with pytest.raises(NothingStoredError, match="No data has been loaded yet"):
        store.latest()
    # Who was reading reads on, and what comes next has nothing before it.
    rows = held.engine.query(f"FROM {held.engine.relation('seen/person')}")
    assert rows["title"].unique().to_pylist() == ["v1"]
    again = publish(store, tables(tmp_path, version=1))
    assert (again.previous, again.id > undone.id) == (None, True)
    assert versions(store)[0] == ["v1"]


def test_an_old_snapshot_is_read_by_its_name(store: Store, tmp_path: Path) -> None:
    first = publish(store, tables(tmp_path, version=1))
    publish(store, tables(tmp_path, version=2))

    assert store.at(first.id).facts_id == first.facts_id
    with pytest.raises(NothingStoredError, match="There is no snapshot 'x'"):
        store.at("x")


def test_snapshots_nobody_reads_are_collected_after_five(store: Store, tmp_path: Path) -> None:
    first = publish(store, tables(tmp_path, version=0))
    held = store.at(first.id)
    names = [first.id] + [publish(store, tables(tmp_path, version=i)).id for i in range(1, 8)]

    assert [snapshot.id for snapshot in store.snapshots()] == [*names[:-6:-1], names[0]]
    rows = held.engine.query(f"FROM {held.engine.relation('seen/person')}")
    assert rows["title"].unique().to_pylist() == ["v0"]

    del held
    gc.collect()
    store.collect(now=NOON)
    assert [snapshot.id for snapshot in store.snapshots()] == names[:-6:-1]


def test_a_lease_holds_while_its_process_lives(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    now = NOON.fromtimestamp(time.time(), tz=NOON.tzinfo)
    leases.take(tmp_path, "mine")
    for name in (
        f"dead@{os.uname().nodename}@{ended.pid}@0",
        "elsewhere@another-host@1@0",
        "gone-elsewhere@another-host@1@0",
    ):
        (tmp_path / name).touch()
    two_days_ago = time.time() - 2 * 86_400
    os.utime(tmp_path / "gone-elsewhere@another-host@1@0", (two_days_ago, two_days_ago))

    assert leases.held(tmp_path, now=now) == {"mine", "elsewhere"}
    assert leases.held(tmp_path, now=now + timedelta(days=8)) == set()
    assert list(tmp_path.iterdir()) == []


def test_what_is_unfinished_is_swept_when_no_publisher_lives(store: Store, tmp_path: Path) -> None:
    publish(store, tables(tmp_path, version=1))
    (store.folder / "snapshots" / "000002-x.1.tmp").mkdir()
    (store.folder / "current.json.1.tmp").touch()

    Store(store.folder)

    assert [path.name for path in store.folder.rglob("*.tmp")] == []
    assert versions(store)[0] == ["v1"]


@pytest.mark.slow
def test_readers_see_old_or_new_whenever_the_publisher_is_killed(tmp_path: Path) -> None:
    for version in range(publishing.VERSIONS):
        publish(Store(tmp_path / "store"), tables(tmp_path / "staging", version=version))
    seen = set()
    chance = random.Random(7)
    for _ in range(KILLS):
        publisher = subprocess.Popen(
            [sys.executable, publishing.__file__, str(tmp_path)], stdout=subprocess.PIPE
        )
        assert publisher.stdout
        publisher.stdout.readline()
        time.sleep(0.05 + chance.random() / 4)
        seen.add(str(versions(Store(tmp_path / "store"))))  # while it lives
        publisher.kill()
        publisher.wait()
        publisher.stdout.close()
        seen.add(str(versions(Store(tmp_path / "store"))))  # and after its end

    whole = {str(([f"v{i}"], [f"v{i}"], 50)) for i in range(4)}
    assert seen <= whole
    assert [path.name for path in tmp_path.rglob("*.tmp")] == []


def test_while_a_publisher_lives_nothing_of_it_is_swept(store: Store) -> None:
    unfinished = store.folder / "snapshots" / "000002-x.1.tmp"
    unfinished.mkdir()
    with disk.locked(store.folder / "publishing.lock"):
        Store(store.folder)
    assert unfinished.is_dir()


def test_nothing_is_collected_while_a_lease_is_taken(store: Store, tmp_path: Path) -> None:
    with disk.locked(store.folder / "collecting.lock", is_shared=True):
        for version in range(7):
            publish(store, tables(tmp_path, version=version))
    assert len(store.snapshots()) == 7


def test_a_lease_given_back_meanwhile_holds_nothing(tmp_path: Path) -> None:
    assert leases._holds(tmp_path / "s@host@1@0", now=NOON) is False


def test_what_cannot_be_linked_is_copied(tmp_path: Path) -> None:
    source, target = tmp_path / "new", tmp_path / "there already"
    source.write_text("new")
    target.write_text("old")
    disk.link(source, target)
    assert (target.read_text(), target.samefile(source)) == ("new", False)


def test_a_value_that_says_nothing_is_not_kept() -> None:
    with pytest.raises(TypeError, match="is not kept in a snapshot"):
        snapshots.to_json({"tables": {1, 2}})
