"""A sign every few seconds that the worker of a job lives."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import OperationalError, connection
from django.utils import timezone

from headway.actions import jobs

_BEAT_SECONDS = 5.0


@contextmanager
def beating(job_id: int) -> Iterator[None]:
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
