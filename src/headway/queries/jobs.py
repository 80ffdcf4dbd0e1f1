"""How far background work is."""

from dataclasses import dataclass

from headway.queries.access import NotSeenError
from headway.records.models import Job
from headway.records.models.work import STOPPABLE, UNDER_WAY
from headway.terms.access import Permission, allows
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class Progress:
    """One job: `state` is waiting, running, done, failed or stopped.

    `problem` is a sentence when it failed. `may_stop`: it goes on, and the viewer may end it.
    """

    job_id: int
    kind: str
    state: str
    step: str
    done: int
    total: int
    problem: str
    may_stop: bool

    @property
    def is_over(self) -> bool:
        """Nothing more will happen."""
        return self.state not in UNDER_WAY


def progress(viewer: Viewer, *, job_id: int) -> Progress:
    """How far a job is, for whoever asked for it and for those who see data.

    Raises:
        NotSeenError: there is no such job, or somebody else's.
    """
    job = Job.objects.filter(pk=job_id).first()
    if job is None:
        raise NotSeenError
    if job.asked_by_id != viewer.account_id and not allows(viewer, Permission.DATA):
        raise NotSeenError
    return _progress(job, viewer=viewer)


def of_load(viewer: Viewer, *, load_id: int) -> Progress | None:
    """How far the newest work on a load is, for those who see data; None before any."""
    if not allows(viewer, Permission.DATA):
        return None
    job = Job.objects.filter(wanted__load_id=load_id).order_by("-id").first()
    return _progress(job, viewer=viewer) if job is not None else None


def under_way(viewer: Viewer) -> tuple[Progress, ...]:
    """Work that waits or runs, for those who see data; the oldest first."""
    if not allows(viewer, Permission.DATA):
        return ()
    found = Job.objects.filter(state__in=UNDER_WAY).order_by("asked_at", "id")
    return tuple(_progress(job, viewer=viewer) for job in found)


def _progress(job: Job, *, viewer: Viewer) -> Progress:
    is_own = viewer.account_id is not None and job.asked_by_id == viewer.account_id
    return Progress(
        job_id=job.pk,
        kind=job.kind,
        state=job.state,
        step=job.step,
        done=job.done_count,
        total=job.total_count,
        problem=job.problem,
        may_stop=is_own and job.state in UNDER_WAY and job.kind in STOPPABLE,
    )
