"""The worker: does queued jobs, sends what waits, and takes up what a killed worker left."""

import os
import socket
import time
from datetime import date

from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from headway.actions import coaching_keeping, coaching_programmes, jobs, outbox, people
from headway.cycle import jobs as cycle_jobs
from headway.cycle import outbox as sending
from headway.cycle import pulse
from headway.queries import data
from headway.terms.viewer import SYSTEM

_PAUSE_SECONDS = 1.0


def work(*, once: bool = False) -> None:
    """Work until told to stop (SIGINT, SIGTERM), or, once, until nothing waits."""
    jobs.tidied(at=timezone.now())
    tidied_on: date | None = None
    while True:
        reap()
        if people.due(at=timezone.now()):
            people.bring_up(viewer=SYSTEM, at=timezone.now())
        if coaching_programmes.due(at=timezone.now()):
            coaching_programmes.bring_up(viewer=SYSTEM, at=timezone.now())
        tidied_on = _tidied(tidied_on)
        if pulse.due(at=timezone.now()) and data.current_publication(SYSTEM) is not None:
            cycle_jobs.ask_publication(viewer=SYSTEM, at=timezone.now())
        sending.due(at=timezone.now())
        worker = _worker()
        if not once:
            # The first signal lets the present job end, the second breaks it off.
            worker.configure_signals()
        worker.run()
        if once or not worker.running:
            return
        time.sleep(_PAUSE_SECONDS)


def reap() -> int:
    """Queue again what a killed worker left; gives how many jobs that were."""
    dead = jobs.reaped(at=timezone.now())
    for job_id, task_id in dead:
        # The queue itself never gives up a task whose worker died (django-tasks-db issue 5).
        DBTaskResult.objects.filter(id=task_id, status="RUNNING").update(
            status="FAILED", finished_at=timezone.now()
        )
        queued = cycle_jobs.work.enqueue(job_id)
        jobs.queued(job_id=job_id, task_id=str(queued.id))
    return len(dead)


def _tidied(last_on: date | None) -> date:
    """Once a day, let go of what was kept for long enough."""
    today = timezone.localdate()
    if last_on != today:
        outbox.tidied(at=timezone.now())
        if coaching_keeping.due(at=timezone.now()):
            coaching_keeping.purge(viewer=SYSTEM, at=timezone.now())
    return today


def _worker() -> Worker:
    return Worker(
        queue_names=["default"],
        interval=_PAUSE_SECONDS,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"{socket.gethostname()[:40]}-{os.getpid()}",
        excluded_queue_names=[],
    )
