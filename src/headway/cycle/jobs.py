"""Asking for work and doing it; asking loads nothing heavy, so that a web worker stays small."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from headway.actions import jobs, sources
from headway.actions import sample as samples
from headway.cycle import sample, uploads
from headway.cycle.beating import beating
from headway.queries import data
from headway.queries import sample as seen
from headway.queries.results.published import DEFAULT_COMPARISON
from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError
from headway.terms.scope import Scope
from headway.terms.viewer import Role, Viewer

if TYPE_CHECKING:
    from headway.cycle.load import Loaded
    from headway.sources.protocol import Progress

_log = logging.getLogger("headway.jobs")


class NothingLoadedError(HeadwayError):
    """The last load should be taken back, and there is none."""

    code = "jobs.nothing_loaded"

    def __init__(self) -> None:
        super().__init__("Nothing is loaded: there is nothing to take back.")


def ask_publication(*, viewer: Viewer, at: datetime) -> jobs.Asked:
    """Have everything worked out anew in the background."""
    with transaction.atomic():
        return queued(jobs.ask_publication(viewer=viewer, at=at))


def ask_load(*, viewer: Viewer, at: datetime, source: str, upload: Path) -> jobs.Asked:
    """Have uploaded files read and published in the background."""
    with transaction.atomic():
        load = sources.register(viewer=viewer, at=at, source=source, upload=str(upload))
        return queued(jobs.ask_load(viewer=viewer, at=at, load_id=load.load_id))


def ask_upload(*, viewer: Viewer, at: datetime, upload: Path) -> int:
    """Have uploaded files looked at in the background; gives the load that waits for answers."""
    try:
        with transaction.atomic():
            load = sources.register(viewer=viewer, at=at, source=upload.stem, upload=str(upload))
            queued(jobs.ask_recognition(viewer=viewer, at=at, load_id=load.load_id, answers={}))
    except sources.SampleLoadedError:
        uploads.forget(upload, data_folder=settings.HEADWAY_DATA)
        raise
    return load.load_id


def ask_look(
    *, viewer: Viewer, at: datetime, load_id: int, answers: Mapping[str, str]
) -> jobs.Asked:
    """Have an upload looked at again, read with these answers."""
    with transaction.atomic():
        return queued(jobs.ask_recognition(viewer=viewer, at=at, load_id=load_id, answers=answers))


def ask_reading(
    *,
    viewer: Viewer,
    at: datetime,
    load_id: int,
    mapping_id: int,
    seen_version: int,
    answers: Mapping[str, str],
) -> jobs.Asked:
    """Keep the answers for these columns, and have the upload read with them and published."""
    with transaction.atomic():
        sources.confirm_mapping(
            viewer=viewer,
            at=at,
            mapping_id=mapping_id,
            seen_version=seen_version,
            choices=answers,
        )
        return queued(jobs.ask_load(viewer=viewer, at=at, load_id=load_id))


def ask_undo(*, viewer: Viewer, at: datetime, load_id: int) -> jobs.Asked:
    """Have the last load taken back in the background."""
    with transaction.atomic():
        return queued(jobs.ask_undo(viewer=viewer, at=at, load_id=load_id))


def ask_sample(*, viewer: Viewer, at: datetime) -> int:
    """Have the sample read and published in the background; gives its load."""
    with transaction.atomic():
        load = samples.register(viewer=viewer, at=at, folder=str(sample.folder()))
        queued(jobs.ask_load(viewer=viewer, at=at, load_id=load.load_id))
        return load.load_id


def ask_leave(*, viewer: Viewer, at: datetime) -> jobs.Asked:
    """Have everything removed that the sample brought, in the background."""
    with transaction.atomic():
        return queued(jobs.ask_leave(viewer=viewer, at=at))


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
        with beating(job_id):
            _KINDS[kind](wanted, viewer, progress)
    except jobs.StoppedError:
        return
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


def load_sample(*, viewer: Viewer, at: datetime, progress: "Progress") -> "Loaded":
    """Invent the sample organisation, read it, and publish what it says.

    Raises:
        OwnDataError: data of the organisation's own is, was or waits here.
    """
    load = samples.register(viewer=viewer, at=at, folder=str(sample.folder()))
    path = sample.invent(at=at, progress=progress)
    return _loaded(path, load_id=load.load_id, viewer=viewer, at=at, progress=progress)


def undo_and_publish(*, viewer: Viewer, at: datetime, load_id: int | None = None) -> bool:
    """Take a load back and publish what was known before.

    Broken off and repeated, it takes no other load back.

    Args:
        viewer: who wants it.
        at: now.
        load_id: the load; None = the last that was kept.

    Returns:
        Whether something is still loaded: after the first load is taken back, nothing is.

    Raises:
        HeadwayError: there is nothing to take back.
    """
    from headway.cycle import load, publish  # noqa: PLC0415  loads the engine, web workers must not

    if seen.is_loaded(viewer):
        sample.leave(viewer=viewer, at=at)
        return False
    wanted = data.last_kept(viewer) if load_id is None else load_id
    if wanted is None:
        raise NothingLoadedError
    snapshot_id = data.snapshot_of(viewer, load_id=wanted)
    is_something_left = load.undo(settings.HEADWAY_DATA, snapshot_id=snapshot_id) is not None
    sources.undone(viewer=viewer, at=at, load_id=wanted)
    if is_something_left:
        publish.publish(viewer=viewer, at=at)
    else:
        publish.withdraw(viewer=viewer, at=at)
    return is_something_left


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
                "unread_fields": count.unread_fields,
            }
            for count in loaded.counts
        ),
        notes=(*loaded.notes, *loaded.lacks),
    )
    # Not whether this load changed anything: the one before may have been broken off here.
    if not publish.is_published(viewer):
        publish.publish(viewer=viewer, at=at, progress=publishing)
    if path == sample.folder():
        _live(viewer=viewer, at=at)
    return loaded


def _live(*, viewer: Viewer, at: datetime) -> None:
    """Let the sample's people use Headway; the seller one can look as has results in a while."""
    from headway.cycle import publish  # noqa: PLC0415  loads the engine, web workers must not

    sample.live(viewer=viewer, at=at)
    publish.measure_plans(viewer=viewer, at=at)
    seller = seen.seen_as(viewer, role=Role.SELLER)
    if seller is not None:
        with transaction.atomic():
            asked = jobs.ask_answer(
                viewer=viewer,
                at=at,
                scope=Scope(person=seller),
                kpi=Kpi.BOOKINGS,
                comparison=DEFAULT_COMPARISON,
            )
            queued(asked)


def queued(asked: jobs.Asked) -> jobs.Asked:
    """Hand a job that is new to the worker; to be called in the transaction that asked for it."""
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


def _why_not(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import asked_places  # noqa: PLC0415  loads the engine, web workers must not

    asked_places.work_out(wanted, viewer=viewer, at=timezone.now(), progress=progress)


def _count(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import publish  # noqa: PLC0415  loads the engine, web workers must not

    progress(0.2, "Counting")
    text, within = str(wanted["text"]), str(wanted["within"])
    publish.count(viewer=viewer, at=timezone.now(), text=text, within=within)


def _publish(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import publish  # noqa: PLC0415  loads the engine, web workers must not

    del wanted
    publish.publish(viewer=viewer, at=timezone.now(), progress=progress)


def _load(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    load_id = int(str(wanted["load_id"]))
    upload = data.upload_of(viewer, load_id=load_id)
    if upload.parent == sample.folder().parent:
        upload = sample.invent(at=timezone.now(), progress=progress)
    known = data.mapping_of(viewer, load_id=load_id)
    if known is not None and known.is_confirmed:
        from headway.cycle import recognising  # noqa: PLC0415  loads the engine

        folder = settings.HEADWAY_DATA / "mappings"
        recognising.keep(known.proposal, answers=known.answers, folder=folder)
    try:
        _loaded(upload, load_id=load_id, viewer=viewer, at=timezone.now(), progress=progress)
    except HeadwayError:
        uploads.forget(upload, data_folder=settings.HEADWAY_DATA)
        raise
    uploads.forget(upload, data_folder=settings.HEADWAY_DATA)


def _recognise(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    from headway.cycle import recognising  # noqa: PLC0415  loads the engine, web workers must not

    load_id = int(str(wanted["load_id"]))
    upload = data.upload_of(viewer, load_id=load_id)
    if recognising.is_told(upload):
        _load(wanted, viewer, progress)
        return
    answers = {str(name): str(value) for name, value in dict(wanted["answers"]).items()}  # type: ignore[call-overload]  # written by ask_recognition
    before = data.mapping_of(viewer, load_id=load_id)
    try:
        found = recognising.looked_at(
            upload,
            answers=answers,
            known=data.organisation_answers(viewer),
            mappings=settings.HEADWAY_DATA / "mappings",
            progress=progress,
        )
    except HeadwayError as problem:
        if before is None:
            sources.refused(
                viewer=viewer, at=timezone.now(), load_id=load_id, sentence=str(problem)
            )
            uploads.forget(upload, data_folder=settings.HEADWAY_DATA)
            raise
        # The files could be read before these answers: what was typed is kept, with the reason.
        found = {**before.proposal, "answers": answers, "problem": str(problem), "preview": []}
    is_unknown = found["shape"] == "unknown"
    sources.propose_mapping(
        viewer=viewer,
        at=timezone.now(),
        source=upload.stem if is_unknown else str(found["title"]),
        columns_hash=str(found["fingerprint"]),
        proposal={**found, "load_id": load_id},
        load_id=load_id,
    )


def _undo(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    progress(0.1, "Taking the last load back")
    undo_and_publish(viewer=viewer, at=timezone.now(), load_id=int(str(wanted["load_id"])))


def _leave(wanted: _Wanted, viewer: Viewer, progress: "Progress") -> None:
    del wanted
    sample.leave(viewer=viewer, at=timezone.now(), progress=progress)


_KINDS: dict[str, Callable[[_Wanted, Viewer, "Progress"], None]] = {
    "answer": _answer,
    "why_not": _why_not,
    "count": _count,
    "publish": _publish,
    "load": _load,
    "recognise": _recognise,
    "undo": _undo,
    "leave": _leave,
}
