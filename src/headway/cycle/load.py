"""From files to the store: read, put onto what is known, publish at once; and back again."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from headway import facts
from headway.cycle import bundle, merging, standing
from headway.cycle.diagnose import rejected
from headway.facts.store import Snapshot, Store
from headway.sources import csv_files
from headway.sources.csv_files import Proposal, Question
from headway.sources.csv_files.tables import Bench, bench
from headway.sources.protocol import Delivery, FileCount, Progress, in_silence

BUNDLE = "bundle"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a load did to one table: rows new, rows that say something else, rows missing."""

    added: int = 0
    updated: int = 0
    missing: int = 0


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """One load: what became of the rows, and what it changed.

    `is_changed` is False where everything was known already; the snapshot is then the one before.
    `questions` were not answered, and stand at their defaults.
    """

    snapshot_id: str
    content_hash: str
    is_changed: bool
    shape: str
    counts: tuple[FileCount, ...]
    rejections: Path
    notes: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    changes: Mapping[str, Change] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class _Arrived:
    """A delivery with where it came from and what was left to ask.

    `least` are the answers and texts below which its survey tables were cut, () where it has none.
    """

    delivery: Delivery
    source: str
    shape: str
    questions: tuple[Question, ...] = ()
    least: tuple[int, ...] = ()


def load(
    path: Path,
    data_folder: Path,
    *,
    mapping: Path | None = None,
    answers: Mapping[str, str] | None = None,
    at: datetime | None = None,
    progress: Progress = in_silence,
) -> Loaded:
    """Load files or a bundle into the store of an installation.

    What was loaded before changes nothing. A later export of the same source updates by id; what
    differs becomes a field change, learned now; what it no longer holds is marked missing and kept.
    An export older than one already loaded from its source only adds what is not known.

    Args:
        path: a file, a folder, a packed file or a bundle.
        data_folder: of the installation.
        mapping: a mapping file; without it those kept in the data folder are used.
        answers: to questions of the proposal, before those of the mapping.
        at: when it is learned, with its zone; None = now.
        progress: told the share done and what is being done.

    Raises:
        HeadwayError: the files cannot be read; nothing is changed then.
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    store = Store(data_folder / "facts")
    with tempfile.TemporaryDirectory(prefix="loading-", dir=_made(data_folder)) as scratch:
        into = Path(scratch)
        arrived = _arrived(
            path,
            into=into,
            mapping=mapping or _kept_mappings(data_folder),
            answers=answers or {},
            progress=progress,
        )
        current = store.current
        loads = standing.in_effect(
            standing.remembered(data_folder), current=current.id if current else None
        )
        known_load = next(
            (each for each in loads if each.content_hash == arrived.delivery.content_hash), None
        )
        if known_load is not None and current is not None:
            progress(1.0, "Nothing new")
            return _unchanged(arrived, load=known_load, current=current)
        progress(0.8, "Putting it onto what is known")
        return _put(
            arrived, store=store, data_folder=data_folder, loads=loads, at=moment, into=into
        )


def undo(data_folder: Path, *, snapshot_id: str) -> str | None:
    """Take back the load that made a snapshot; gives the id of what holds now, None for nothing.

    What was taken back before stays so, and nothing changes.

    Raises:
        NothingToUndoError: later loads build on it, or what was before it is not kept any more.
    """
    holds = Store(data_folder / "facts").undo(snapshot_id)
    return holds.id if holds else None


def missing(data_folder: Path, *, table: str = "seen/opportunity") -> tuple[str, ...]:
    """The ids of rows that the last export of their source no longer held, though it could have."""
    current = Store(data_folder / "facts").current
    loads = standing.in_effect(
        standing.remembered(data_folder), current=current.id if current else None
    )
    if not loads:
        return ()
    with tempfile.TemporaryDirectory(prefix="headway-") as scratch:
        at = bench(Path(scratch))
        try:
            return standing.missing_ids(
                at, table=_standing_file(data_folder, loads[-1]), name=table
            )
        finally:
            at.close()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _kept_mappings(data_folder: Path) -> Path | None:
    folder = data_folder / "mappings"
    return folder if folder.is_dir() else None


def _arrived(
    path: Path,
    *,
    into: Path,
    mapping: Path | None,
    answers: Mapping[str, str],
    progress: Progress,
) -> _Arrived:
    if facts.bundle.is_bundle(path):
        progress(0.1, "Reading the bundle")
        return _of_bundle(path, into=into)
    progress(0.05, "Recognising the files")
    proposal = csv_files.recognise(path, mapping=mapping).answered(answers)
    delivery = csv_files.read(
        proposal, into=into, progress=lambda share, what: progress(0.1 + 0.7 * share, what)
    )
    return _Arrived(
        delivery=delivery,
        source=_source(proposal),
        shape=proposal.shape,
        questions=tuple(q for q in proposal.questions if q.id not in proposal.answers),
    )


def _source(proposal: Proposal) -> str:
    """What makes two exports one source: the system, or for unknown files the same columns."""
    return f"unknown:{proposal.fingerprint[:12]}" if proposal.shape == "unknown" else proposal.shape


def _of_bundle(path: Path, *, into: Path) -> _Arrived:
    loaded = facts.bundle.load(path)
    folder = facts.bundle.write(loaded.facts, into / "bundle", file_type="parquet")
    tables = {name: folder / f"{name}.parquet" for name in facts.TABLES if loaded.facts.has(name)}
    delivery = Delivery(
        tables=tables,
        organisation=loaded.facts.organisation,
        as_of=loaded.facts.as_of,
        data_from=loaded.facts.data_from,
        counts=bundle.counts(loaded),
        rejections=bundle.refused(loaded, target=into / "rejections.csv"),
        content_hash=loaded.facts.facts_id,
    )
    return _Arrived(
        delivery=delivery,
        source=BUNDLE,
        shape=BUNDLE,
        least=(loaded.facts.min_answer_count, loaded.facts.min_text_count),
    )


def _unchanged(arrived: _Arrived, *, load: standing.Remembered, current: Snapshot) -> Loaded:
    return Loaded(
        snapshot_id=current.id,
        content_hash=arrived.delivery.content_hash,
        is_changed=False,
        shape=arrived.shape,
        counts=arrived.delivery.counts,
        rejections=Path(load.rejections),
        notes=("These files were loaded before; nothing has changed.",),
        lacks=arrived.delivery.lacks,
        questions=arrived.questions,
    )


def _put(
    arrived: _Arrived,
    *,
    store: Store,
    data_folder: Path,
    loads: tuple[standing.Remembered, ...],
    at: datetime,
    into: Path,
) -> Loaded:
    current = store.current
    known = current.files if current else {}
    delivery = arrived.delivery
    later = _later(arrived, loads=loads)
    is_late = bool(later)
    engine = bench(into / "engine")
    try:
        merged = _merged(arrived, engine=engine, known=known, at=at, into=into, is_late=is_late)
        table = into / "standing.parquet"
        standing.written(
            engine,
            before=_standing_file(data_folder, loads[-1]) if loads else None,
            known=known,
            delivery=delivery,
            source=arrived.source,
            at=at,
            is_late=is_late,
            target=table,
        )
        changes = _changes(engine, known=known, merged=merged, table=table)
        unmarked = standing.unmarked(engine, table=table, source=arrived.source)
        snapshot = _published(store, merged=merged, changes=changes, arrived=arrived, at=at)
    finally:
        engine.close()
    is_changed = current is None or snapshot.id != current.id
    late = _about_late(delivery.as_of, later=later, is_changed=is_changed)
    kept = _rejections_kept(delivery, data_folder=data_folder)
    record = standing.Remembered(
        number=_next_number(data_folder),
        content_hash=delivery.content_hash,
        source=arrived.source,
        as_of=delivery.as_of,
        at=at,
        snapshot_id=snapshot.id,
        previous=current.id if current else None,
        rejections=str(kept),
    )
    standing.remember(data_folder, load=record, table=table)
    return Loaded(
        snapshot_id=snapshot.id,
        content_hash=delivery.content_hash,
        is_changed=is_changed,
        shape=arrived.shape,
        counts=delivery.counts,
        rejections=kept,
        notes=delivery.notes + _about_missing(changes) + (late or _about_unmarked(unmarked)),
        lacks=delivery.lacks,
        questions=arrived.questions,
        changes=changes,
    )


def _later(arrived: _Arrived, *, loads: tuple[standing.Remembered, ...]) -> list[date]:
    """The last days of exports of the same source that reach further."""
    return [
        each.as_of
        for each in loads
        if each.source == arrived.source and each.as_of > arrived.delivery.as_of
    ]


def _next_number(data_folder: Path) -> int:
    return max((each.number for each in standing.remembered(data_folder)), default=0) + 1


def _merged(
    arrived: _Arrived,
    *,
    engine: Bench,
    known: Mapping[str, Path],
    at: datetime,
    into: Path,
    is_late: bool,
) -> dict[str, Path]:
    return merging.Merger(
        bench=engine,
        known=known,
        delivery=arrived.delivery,
        at=at,
        into=into,
        is_late=is_late,
        is_bundle=arrived.shape == BUNDLE,
    ).merged()


def _published(
    store: Store,
    *,
    merged: Mapping[str, Path],
    changes: Mapping[str, Change],
    arrived: _Arrived,
    at: datetime,
) -> Snapshot:
    before, delivery = store.current, arrived.delivery
    # The lower of two: cells of both lie in the same tables.
    told = arrived.least
    known = (before.min_answer_count, before.min_text_count) if before else ()
    organisation = delivery.organisation
    if before is not None:
        # The first load says whose facts these are; a later file of another name does not rename
        # them.
        organisation = replace(organisation, name=before.organisation.name)
    return store.publish(
        merged,
        organisation=organisation,
        as_of=max(delivery.as_of, before.as_of) if before else delivery.as_of,
        data_from=min(delivery.data_from, before.data_from) if before else delivery.data_from,
        at=at,
        reading=rejected(delivery.counts),
        min_answer_count=min([*told[:1], *known[:1]], default=5),
        min_text_count=min([*told[1:], *known[1:]], default=10),
        # What went missing leaves the facts as they are, and can be taken back all the same.
        is_step=any(change.missing for change in changes.values()),
    )


def _changes(
    engine: Bench, *, known: Mapping[str, Path], merged: Mapping[str, Path], table: Path
) -> dict[str, Change]:
    gone = standing.missing(engine, table=table)
    counted = merging.counted(engine, known=known, merged=merged)
    return {
        name: Change(added=added, updated=updated, missing=gone.get(name, 0))
        for name, (added, updated) in counted.items()
    }


def _rejections_kept(delivery: Delivery, *, data_folder: Path) -> Path:
    folder = _made(data_folder / "rejections")
    target = folder / f"{delivery.content_hash[:16]}.csv"
    shutil.copyfile(delivery.rejections, target)
    return target


def _standing_file(data_folder: Path, load: standing.Remembered) -> Path:
    return data_folder / "loads" / f"{load.number:06d}.parquet"


_FOLLOWED_WORDS = {
    "seen/opportunity": "opportunities",
    "seen/activity": "activities",
    "seen/lead": "leads",
}


def _about_missing(changes: Mapping[str, Change]) -> tuple[str, ...]:
    return tuple(
        f"{change.missing:,} {_FOLLOWED_WORDS[name]} are no longer in the export; they are kept "
        f"and marked missing."
        for name, change in changes.items()
        if change.missing
    )


def _about_unmarked(unmarked: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        f"{count:,} {_FOLLOWED_WORDS[name]} are not in this export, which begins later or covers "
        f"others than the one before; they are kept and not marked missing."
        for name, count in sorted(unmarked.items())
    )


def _about_late(as_of: date, *, later: Sequence[date], is_changed: bool) -> tuple[str, ...]:
    if not later:
        return ()
    what = "it only added what was not known" if is_changed else "nothing was changed"
    said = f"The last day in this export is {as_of.isoformat()}"
    before = f"an export of the same source up to {max(later).isoformat()} was loaded before"
    return (f"{said}, and {before}: {what}.",)
