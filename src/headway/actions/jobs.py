"""Background work: asked for, begun, telling how far it is, done or failed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from headway.actions import audit, sample
from headway.actions.action import NotAllowedError, action
from headway.records import scopes
from headway.records.models import IdempotencyKey, Job, PublishedAnswer, Session
from headway.records.models.work import STOPPABLE, UNDER_WAY
from headway.terms.access import Permission, allows
from headway.terms.answer import Kpi
from headway.terms.errors import HeadwayError
from headway.terms.scope import Scope
from headway.terms.viewer import Viewer

# A worker shows every few seconds that it lives.
DEAD_AFTER = timedelta(seconds=60)
MAX_ATTEMPTS = 3
# What one account may have waiting, so that nobody fills the queue of all.
MAX_AT_ONCE = 20
_KEYS_LAST = timedelta(hours=48)
_JOBS_LAST = timedelta(days=30)


class TooManyJobsError(HeadwayError):
    """Somebody asked for more than the worker should have before it."""

    code = "jobs.too_many"
    status = 429

    def __init__(self) -> None:
        super().__init__(
            f"{MAX_AT_ONCE} pieces of work of yours wait already. Wait until some are done, then "
            "load the page again."
        )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A job; `is_new` False = the same was asked for before and is still under way.

    `is_ready` = it was worked out meanwhile; then there is no job and `job_id` is 0.
    """

    job_id: int
    is_new: bool
    is_ready: bool = False

    @property
    def subject(self) -> str:
        """Which job."""
        return f"job:{self.job_id}"


class StoppedError(Exception):
    """Work goes on that shall not: its worker ends it."""


class OverError(HeadwayError):
    """Work that should be stopped has ended before."""

    code = "jobs.over"
    status = 409

    def __init__(self) -> None:
        super().__init__("This work has ended already. Load the page again to see what came of it.")


@dataclass(frozen=True, kw_only=True)
class Stopped:
    """A job of which nothing more will come."""

    job_id: int

    @property
    def subject(self) -> str:
        """Which job."""
        return f"job:{self.job_id}"


@action("jobs.ask_answer", permission=Permission.RESULTS)
def ask_answer(*, viewer: Viewer, at: datetime, scope: Scope, kpi: Kpi, comparison: str) -> Asked:
    """Have an answer worked out that is not published yet.

    Raises:
        NotAllowedError: the scope is not for this viewer.
    """
    if not scopes.may_see_scope(viewer, scope):
        raise NotAllowedError(f"scope:{scope.code}")
    published = PublishedAnswer.objects.filter(
        publication__is_current=True, scope=scope.code, kpi=kpi.value, comparison=comparison
    )
    if published.exists():
        return Asked(job_id=0, is_new=False, is_ready=True)
    wanted = {"scope": scope.code, "kpi": kpi.value, "comparison": comparison}
    return _asked(viewer, at=at, kind="answer", wanted=wanted)


@action("jobs.ask_why_not", permission=Permission.RESULTS)
def ask_why_not(
    *,
    viewer: Viewer,
    at: datetime,
    scope: Scope,
    kpi: Kpi,
    comparison: str,
    place: Mapping[str, str],
) -> Asked:
    """Have worked out why a place is not named in an answer that is published.

    Raises:
        NotAllowedError: the scope is not for this viewer.
    """
    if not scopes.may_see_scope(viewer, scope):
        raise NotAllowedError(f"scope:{scope.code}")
    wanted = {
        "scope": scope.code,
        "kpi": kpi.value,
        "comparison": comparison,
        "place": dict(place),
    }
    return _asked(viewer, at=at, kind="why_not", wanted=wanted)


@action("jobs.ask_publication", permission=Permission.DATA)
def ask_publication(*, viewer: Viewer, at: datetime) -> Asked:
    """Have everything worked out anew."""
    return _asked(viewer, at=at, kind="publish", wanted={})


@action("jobs.ask_following", permission=Permission.DECLARE)
def ask_following(*, viewer: Viewer, at: datetime) -> Asked:
    """Have what was declared followed now, instead of with the next load.

    Everything is worked out anew; who asks for that twice, or while another does, asks once.
    """
    return _asked(viewer, at=at, kind="publish", wanted={})


@action("jobs.ask_count", permission=Permission.DECLARE)
def ask_count(*, viewer: Viewer, at: datetime, text: str, within: str) -> Asked:
    """Have counted how many rows conditions select among those of `within` ("" = all)."""
    return _asked(viewer, at=at, kind="count", wanted={"text": text, "within": within})


@action("jobs.ask_load", permission=Permission.DATA)
def ask_load(*, viewer: Viewer, at: datetime, load_id: int) -> Asked:
    """Have an upload read and published."""
    return _asked(viewer, at=at, kind="load", wanted={"load_id": load_id})


@action("jobs.ask_recognition", permission=Permission.DATA)
def ask_recognition(
    *, viewer: Viewer, at: datetime, load_id: int, answers: Mapping[str, str]
) -> Asked:
    """Have an upload looked at: what it is, and what is doubtful when it is read so."""
    wanted = {"load_id": load_id, "answers": dict(answers)}
    return _asked(viewer, at=at, kind="recognise", wanted=wanted)


@action("jobs.ask_undo", permission=Permission.DATA)
def ask_undo(*, viewer: Viewer, at: datetime, load_id: int) -> Asked:
    """Have the last load taken back."""
    return _asked(viewer, at=at, kind="undo", wanted={"load_id": load_id})


@action("jobs.ask_leave", permission=Permission.DATA)
def ask_leave(*, viewer: Viewer, at: datetime) -> Asked:
    """Have everything removed that the sample brought.

    Raises:
        NoSampleError: it is not loaded.
        SampleBusyError: it is just being read.
    """
    sample.refuse_unless_leavable()
    return _asked(viewer, at=at, kind="leave", wanted={})


@action("jobs.stop", permission=Permission.SIGNED_IN)
def stop(*, viewer: Viewer, at: datetime, job_id: int) -> Stopped:
    """Stop work that one has asked for: it ends at its next step, and nothing of it is kept.

    Raises:
        NotAllowedError: somebody else asked for it, or it is of a kind that is not stopped halfway.
        OverError: it has ended by itself.
    """
    job = Job.objects.select_for_update().filter(pk=job_id, asked_by_id=viewer.account_id).first()
    if job is None or viewer.account_id is None or job.kind not in STOPPABLE:
        raise NotAllowedError(f"job:{job_id}")
    if job.state not in UNDER_WAY:
        raise OverError
    Job.objects.filter(pk=job.pk).update(state="stopped", finished_at=at)
    return Stopped(job_id=job_id)


def begun(*, job_id: int, at: datetime) -> tuple[str, dict[str, object], Viewer] | None:
    """Kind, wish and asker of a job that starts now; None when it is over or somebody else's."""
    started = Job.objects.filter(pk=job_id, state="waiting").update(
        state="running", beat_at=at, attempt_count=F("attempt_count") + 1
    )
    if not started:
        return None
    job = Job.objects.select_related("asked_by").get(pk=job_id)
    return (
        job.kind,
        job.wanted,
        Viewer(person_id=None, account_id=job.asked_by_id, roles=frozenset(), is_system=True),
    )


def told(*, job_id: int, at: datetime, done_share: float, step: str) -> None:
    """How far a running job is: `done_share` 0..1.

    Raises:
        StoppedError: nobody waits for it any more, or another worker has taken it up.
    """
    found = Job.objects.filter(pk=job_id, state="running").update(
        done_count=round(100 * min(max(done_share, 0.0), 1.0)),
        total_count=100,
        step=step[:60],
        beat_at=at,
    )
    if not found:
        raise StoppedError


def beat(*, job_id: int, at: datetime) -> None:
    """The worker of a job lives."""
    Job.objects.filter(pk=job_id, state="running").update(beat_at=at)


def over(*, job_id: int, at: datetime, problem: str = "") -> None:
    """A job is done, or has failed with a sentence."""
    state = "failed" if problem else "done"
    Job.objects.filter(pk=job_id, state="running").update(
        state=state, problem=problem, finished_at=at
    )


def queued(*, job_id: int, task_id: str) -> None:
    """Which task of the queue does the job."""
    Job.objects.filter(pk=job_id).update(task_id=task_id)


def reaped(*, at: datetime) -> tuple[tuple[int, str], ...]:
    """Jobs whose worker died, (id, former task): set to wait again, or failed at the third time."""
    dead = Job.objects.filter(state="running", beat_at__lt=at - DEAD_AFTER)
    # Asked without a transaction first: an idle worker must not take the write lock every second.
    return _reaped(dead, at=at) if dead.exists() else ()


@transaction.atomic
def _reaped(found: QuerySet[Job], *, at: datetime) -> tuple[tuple[int, str], ...]:
    dead = found.select_for_update()
    again: list[tuple[int, str]] = []
    for job in dead:
        if job.attempt_count >= MAX_ATTEMPTS:
            problem = "The work was broken off three times. Look at the log, then ask again."
            over(job_id=job.pk, at=at, problem=problem)
        else:
            Job.objects.filter(pk=job.pk).update(state="waiting")
            again.append((job.pk, job.task_id))
    return tuple(again)


def tidied(*, at: datetime) -> None:
    """Let go of what is no longer needed: keys of done writes, finished jobs, ended sessions."""
    Session.objects.filter(expire_date__lt=at).delete()
    IdempotencyKey.objects.filter(at__lt=at - _KEYS_LAST).delete()
    Job.objects.filter(finished_at__lt=at - _JOBS_LAST).delete()


def _asked(viewer: Viewer, *, at: datetime, kind: str, wanted: Mapping[str, object]) -> Asked:
    # Two who ask for the same at once queue here, as all writers do; the second finds the first's.
    audit.locked_head()
    text = json.dumps([kind, wanted], sort_keys=True)
    identity = hashlib.sha256(text.encode()).hexdigest()
    under_way = Job.objects.filter(identity=identity, state__in=UNDER_WAY).first()
    # A colleague's job for the same scope is shared only with those who see its progress.
    if under_way is not None and _sees(viewer, under_way):
        return Asked(job_id=under_way.pk, is_new=False)
    if under_way is not None:
        identity = hashlib.sha256(f"{text}{viewer.account_id}".encode()).hexdigest()
        mine = Job.objects.filter(identity=identity, state__in=UNDER_WAY).first()
        if mine is not None:
            return Asked(job_id=mine.pk, is_new=False)
    mine_at_once = Job.objects.filter(asked_by_id=viewer.account_id, state__in=UNDER_WAY)
    if not viewer.is_system and mine_at_once.count() >= MAX_AT_ONCE:
        raise TooManyJobsError
    job = Job.objects.create(
        kind=kind, identity=identity, wanted=wanted, asked_by_id=viewer.account_id, asked_at=at
    )
    return Asked(job_id=job.pk, is_new=True)


def _sees(viewer: Viewer, job: Job) -> bool:
    return job.asked_by_id == viewer.account_id or allows(viewer, Permission.DATA)
