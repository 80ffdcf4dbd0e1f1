"""The store: immutable snapshots in one folder, and one file that says which of them holds.

A publisher writes a snapshot under an unfinished name, waits for the disk, gives it its name, and
then replaces `current.json` in one step. Readers read that file once and afterwards only files that
never change; the lease they take keeps them from being collected.
"""

import json
import os
import weakref
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

from headway.facts import known
from headway.facts.engine import Engine, declared
from headway.facts.known import Facts
from headway.facts.store import content, disk, leases, snapshots
from headway.facts.store.snapshots import Kept, Snapshot
from headway.terms.answer import Mark
from headway.terms.errors import HeadwayError
from headway.terms.organisation import Organisation

CURRENT = "current.json"
KEPT = 5
"""Snapshots that stay though nobody reads them: the current one and those before it."""


class NothingStoredError(HeadwayError):
    """The store holds no snapshot, or not the one asked for."""

    code: ClassVar[str] = "facts.nothing_stored"


class NothingToUndoError(HeadwayError):
    """There is nothing to go back from, or nothing kept to go back to."""

    code: ClassVar[str] = "facts.nothing_to_undo"


class Store:
    """The facts of one installation. Many processes may read while one publishes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._snapshots = folder / "snapshots"
        self._leases = folder / "leases"
        for place in (folder, self._snapshots, self._leases):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._publishing = folder / "publishing.lock"
        self._collecting = folder / "collecting.lock"
        with disk.free_lock(self._publishing) as is_free:
            if is_free:  # no publisher lives, so whatever is unfinished stays so
                self._sweep()

    @property
    def current(self) -> Snapshot | None:
        """The snapshot that holds, or None in an empty store. Not leased: it may be collected."""
        name = self._current_id()
        return snapshots.of_folder(self._snapshots / name) if name else None

    def latest(self) -> Facts:
        """The facts that hold, leased for as long as they are referred to.

        Raises:
            NothingStoredError: nothing was published yet.
        """
        with disk.locked(self._collecting, is_shared=True):
            name = self._current_id()
            if name is None:
                raise NothingStoredError("No data has been loaded yet. Load some first.")
            return self._leased(name)

    def at(self, snapshot_id: str) -> Facts:
        """The facts of one snapshot, leased for as long as they are referred to.

        Raises:
            NothingStoredError: there is no such snapshot (any more).
        """
        with disk.locked(self._collecting, is_shared=True):
            there = self._ids()
            if snapshot_id not in there:
                raise NothingStoredError(
                    f"There is no snapshot '{snapshot_id}'. There are: {', '.join(there)}."
                )
            return self._leased(snapshot_id)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """All that are there, the newest first; undone ones among them."""
        return tuple(snapshots.of_folder(self._snapshots / name) for name in self._ids())

    def publish(
        self,
        tables: Mapping[str, Path],
        *,
        organisation: Organisation,
        as_of: date,
        data_from: date,
        at: datetime,
        reading: Sequence[Mark] = (),
        min_answer_count: int = 5,
        min_text_count: int = 10,
        is_step: bool = False,
    ) -> Snapshot:
        """Make these tables the facts that hold, all at once.

        A table whose rows say what they said before keeps its file, and with it the instants at
        which its rows were learned. If nothing changed, no snapshot is made.

        Args:
            tables: the Parquet file of each table; the files are copied.
            organisation: whose facts they are.
            as_of: the last day inside.
            data_from: the first day from which systems recorded.
            at: now, with its zone.
            reading: doubts that arose when the files were made.
            min_answer_count: below this, survey answers were not cut into a cell.
            min_text_count: below this, no raw words are in a cell.
            is_step: make a snapshot even if nothing changed, as one that can be undone.

        Returns:
            The snapshot that holds now: a new one, or the current one if nothing changed.
        """
        engine = Engine(files={declared(name).name: path for name, path in tables.items()})
        kept = {name: _kept(engine, name) for name in sorted(tables)}
        said: dict[str, object] = {
            "organisation": organisation,
            "as_of": as_of,
            "data_from": data_from,
            "min_answer_count": min_answer_count,
            "min_text_count": min_text_count,
            "reading": list(reading),
            "tables": kept,
        }
        with disk.locked(self._publishing):
            before = self.current
            content_hash = snapshots.hash_of(said)
            if before and before.content_hash == content_hash and not is_step:
                return before
            said["content_hash"] = content_hash
            said["previous"] = before.id if before else None
            said["published_at"] = at
            name = f"{self._number() + 1:06d}-{content_hash[:12]}"
            unchanged = {
                table: path
                for table, path in (before.files if before else {}).items()
                if before and kept.get(table) == before.tables[table]
            }
            self._write(name, tables=tables, unchanged=unchanged, said=said)
            disk.replace(self.folder / CURRENT, json.dumps({"snapshot": name}))
            self._collect(now=at)
        return snapshots.of_folder(self._snapshots / name)

    def undo(self, snapshot_id: str) -> Snapshot | None:
        """Let the snapshot before this one hold again, once: repeated, it changes nothing.

        Args:
            snapshot_id: the one that should hold no more; it stays for a while.

        Returns:
            The snapshot that holds now; None = the first was undone, and the store is empty.

        Raises:
            NothingToUndoError: later snapshots build on it, or the one before was collected.
        """
        with disk.locked(self._publishing):
            now = self.current
            if now is None or snapshot_id not in self._line():
                return now
            if now.id != snapshot_id:
                raise NothingToUndoError("Later data builds on this; take that back first.")
            if now.previous is None:
                disk.withdraw(self.folder / CURRENT)
                return None
            if now.previous not in self._ids():
                raise NothingToUndoError(
                    "There is no earlier state of the data to go back to; load what should hold."
                )
            disk.replace(self.folder / CURRENT, json.dumps({"snapshot": now.previous}))
        return snapshots.of_folder(self._snapshots / now.previous)

    def clear(self) -> None:
        """Let nothing hold, and take every snapshot away, also those that somebody reads."""
        with disk.locked(self._publishing):
            if self._current_id() is not None:
                disk.withdraw(self.folder / CURRENT)
            for name in self._ids():
                disk.remove(self._snapshots / name)

    def collect(self, *, now: datetime) -> None:
        """Take away snapshots that nobody reads and that are not among the last five."""
        with disk.locked(self._publishing):
            self._collect(now=now)

    def _current_id(self) -> str | None:
        try:
            found = json.loads((self.folder / CURRENT).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return str(found["snapshot"])

    def _ids(self) -> list[str]:
        names = (path.name for path in self._snapshots.iterdir())
        return sorted((name for name in names if not name.endswith(disk.UNFINISHED)), reverse=True)

    def _number(self) -> int:
        return max((int(name.partition("-")[0]) for name in self._ids()), default=0)

    def _leased(self, name: str) -> Facts:
        """The facts of a snapshot that is there, while collecting is locked."""
        snapshot = snapshots.of_folder(self._snapshots / name)
        lease = leases.take(self._leases, name)
        facts = known.of_parquet(
            snapshot.files,
            organisation=snapshot.organisation,
            as_of=snapshot.as_of,
            data_from=snapshot.data_from,
            facts_id=snapshot.facts_id,
            min_answer_count=snapshot.min_answer_count,
            min_text_count=snapshot.min_text_count,
            reading=snapshot.reading,
        )
        weakref.finalize(facts.engine, leases.give_back, lease)
        return facts

    def _write(
        self,
        name: str,
        *,
        tables: Mapping[str, Path],
        unchanged: Mapping[str, Path],
        said: Mapping[str, object],
    ) -> None:
        unfinished = self._snapshots / f"{name}.{os.getpid()}{disk.UNFINISHED}"
        unfinished.mkdir(mode=0o700)
        for table, path in tables.items():
            target = unfinished / snapshots.file_name(table)
            if table in unchanged:
                disk.link(unchanged[table], target)
            else:
                disk.copy(path, target)
        disk.replace(unfinished / snapshots.FILE, snapshots.to_json(said))
        disk.sync(unfinished)
        unfinished.rename(self._snapshots / name)
        disk.sync(self._snapshots)

    def _collect(self, *, now: datetime) -> None:
        """Collect, while publishing is locked."""
        with disk.free_lock(self._collecting) as is_free:
            if not is_free:  # a reader is just taking a lease: the next publisher collects
                return
            there = self._ids()
            staying = {*there[:KEPT], *leases.held(self._leases, now=now), *self._line()[:KEPT]}
            for name in there:
                if name not in staying:
                    disk.remove(self._snapshots / name)

    def _line(self) -> list[str]:
        """The current snapshot and those that it came from."""
        line: list[str] = []
        name, there = self._current_id(), set(self._ids())
        while name is not None and name in there and len(line) < KEPT:
            line.append(name)
            name = snapshots.of_folder(self._snapshots / name).previous
        return line

    def _sweep(self) -> None:
        for path in (*self.folder.glob(f"*{disk.UNFINISHED}"),):
            path.unlink(missing_ok=True)
        for path in self._snapshots.glob(f"*{disk.UNFINISHED}"):
            disk.remove(path)


def _kept(engine: Engine, name: str) -> Kept:
    row_count, content_hash = content.hash_of(engine, declared(name))
    return Kept(row_count=row_count, content_hash=content_hash)
