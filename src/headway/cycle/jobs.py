"""Asking for work and doing it; asking loads nothing heavy, so that a web worker stays small."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks import task

from headway.actions import jobs, sources
from headway.queries import data
from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError
from headway.terms.scope import Scope
from headway.terms.viewer import Viewer

if TYPE_CHECKING:
    from headway.cycle.load import Loaded
    from headway.sources.protocol import Progress

_BEAT_SECONDS = 5.0
_log = logging.getLogger("headway.jobs")


def ask_answer(
    *, viewer: Viewer, at: datetime, scope: Scope, kpi: Kpi, comparison: str
) -> jobs.Asked:
    """Have an answer worked out in the background; see `actions.jobs.ask_answer`."""
    with transaction.atomic():
        asked = jobs.ask_answer(viewer=viewer, at=at, scope=scope, kpi=kpi, comparison=comparison)
        return _queued(asked)


def ask_publication(*, viewer: Viewer, at: datetime) -> jobs.Asked:
    """Have everything worked out anew in the background."""
    with transaction.atomic():
        return _queued(jobs.ask_publication(viewer=viewer, at=at))


def ask_load(*, viewer: Viewer, at: datetime, source: str, upload: Path) -> jobs.Asked:
    """Have uploaded files read and published in the background."""
    with transaction.atomic():
        load = sources.register(viewer=viewer, at=at, source=source, upload=str(upload))
        return _queued(jobs.ask_load(viewer=viewer, at=at, load_id=load.load_id))


def ask_undo(*, viewer: Viewer, at: datetime, load_id: int) -> jobs.Asked:
    """Have the last load taken back in the background."""
    with transaction.atomic():
        return _queued(jobs.ask_undo(viewer=viewer, at=at, load_id=load_id))


@task()
def work(job_id: int) -> None:
    """Do one job; what a person can put right becomes its sentence, the rest is logged."""
    begun = jobs.begun(job_id=job_id, at=timezone.now())
    if begun is None:
        return
    kind, wanted, viewer = begun

    def progress(share: float, step: str) -> None:
        jobs.told(job_id=job_id, at=timezone.now(), done_share=share, step=step)

    try:
        with _beating(job_id):
            _KINDS[kind](wanted, viewer, progress)
    except HeadwayError as problem:
        jobs.over(job_id=job_id, at=timezone.now(), problem=str(problem))
    except Exception:  # noqa: BLE001  the edge of the cycle, logged with its trace
        # The edge of the cycle: without this the page would wait for ever.
        _log.exception("job %s of kind %s broke off", job_id, kind)
        sentence = "Something went wrong on our side; the log of the worker says what."
        jobs.over(job_id=job_id, at=timezone.now(), problem=sentence)
    else:
        jobs.over(job_id=job_id, at=timezone.now())


def load_and_publish(
    path: Path,
    *,
    viewer: Viewer,
    at: datetime,
    progress: "Progress",
    mapping: Path | None = None,
    source: str = "",
) -> "Loaded":
    """Read files into the store, keep count of what became of them, and publish what they say.

    Raises:
        HeadwayError: the files cannot be read; the load is kept as refused with that sentence.
    """
    load = sources.register(viewer=viewer, at=at, source=source or path.name, upload=str(path))
    return _loaded(
        path, load_id=load.load_id, viewer=viewer, at=at, progress=progress, mapping=mapping
    )


def undo_and_publish(*, viewer: Viewer, at: datetime) -> None:
    """Take the last load back and publish what was known before.

    Raises:
        HeadwayError: there is nothing to take back.
    """
    from headway.cycle import load, publish  # noqa: PLC0415  loads the engine, web workers must not

    load.undo(settings.HEADWAY_DATA)
    sources.undone(viewer=viewer, at=at)
    publish.publish(viewer=viewer, at=at)


def _loaded(
    path: Path,
    *,
    load_id: int,
    viewer: Viewer,
    at: datetime,
    progress: "Progress",
    mapping: Path | None = None,
) -> "Loaded":
    from headway.cycle import load, publish  # noqa: PLC0415  loads the engine, web workers must not

    def reading(share: float, step: str) -> None:
        progress(0.5 * share, step)

    def publishing(share: float, step: str) -> None:
        progress(0.5 + 0.5 * share, step)

    try:
        loaded = load.load(path, settings.HEADWAY_DATA, mapping=mapping, progress=reading)
    except HeadwayError as problem:
        sources.refused(viewer=viewer, at=at, load_id=load_id, sentence=str(problem))
        raise
    sources.kept(
        viewer=viewer,
        at=at,
        load_id=load_id,
        content_hash=loaded.content_hash,
        snapshot_id=loaded.snapshot_id,
        rejections=str(loaded.rejections),
        shape=loaded.shape,
        files=tuple(
            {
                "file": count.file,
                "rows_in": count.rows_in,
                "kept": count.kept,
                "rejected": count.rejected,
            }
            for count in loaded.counts
        ),
    )
    if loaded.is_changed or data.current_publication(viewer) is None:
        publish.publish(viewer=viewer, at=at, progress=publishing)
    return loaded


@contextmanager
def _beating(job_id: int) -> Iterator[None]:
    """Shows every few seconds that the worker of a job lives, however long one step takes."""
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(job_id, over), daemon=True, name="beat")
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join()


def _beat(job_id: int, over: threading.Event) -> None:
    try:
        while not over.wait(_BEAT_SECONDS):
            # A busy database is no reason to stop: the next beat comes in time.
            with suppress(OperationalError):
                jobs.beat(job_id=job_id, at=timezone.now())
    finally:
        connection.close()


def _queued(asked: jobs.Asked) -> jobs.Asked:
    if asked.is_new:
        jobs.queued(job_id=asked.job_id, task_id=str(work.enqueue(asked.job_id).id))
    return asked


_Wanted = dict[str, object]


def _answer(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import publish  # noqa: PLC0415  loads the engine, web workers must not

    publish.add(
        viewer=viewer,
        at=timezone.now(),
        scope=str(wanted["scope"]),
        comparison=str(wanted["comparison"]),
        progress=progress,
    )


def _publish(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import publish  # noqa: PLC0415  loads the engine, web workers must not

    del wanted
    publish.publish(viewer=viewer, at=timezone.now(), progress=progress)


def _load(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    load_id = int(str(wanted["load_id"]))
    upload = data.upload_of(viewer, load_id=load_id)
    _loaded(upload, load_id=load_id, viewer=viewer, at=timezone.now(), progress=progress)


def _undo(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    del wanted
    progress(0.1, "Taking the last load back")
    undo_and_publish(viewer=viewer, at=timezone.now())


_KINDS: dict[str, Callable[[_Wanted, Viewer, "Progress"], None]] = {
    "answer": _answer,
    "publish": _publish,
    "load": _load,
    "undo": _undo,
}
