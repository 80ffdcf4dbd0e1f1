"""Asking for what a priority needs worked out; asking loads nothing heavy, as in `cycle.jobs`."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from headway.actions import jobs
from headway.cycle.jobs import queued
from headway.terms.viewer import Viewer


def ask_counts(
    *, viewer: Viewer, at: datetime, uncounted: Iterable[tuple[str, str]]
) -> tuple[jobs.Asked, ...]:
    """Have the rows that conditions select counted in the background.

    Args:
        viewer: who declares.
        at: now.
        uncounted: conditions, each with those among whose rows they are counted ("" = all).
    """
    with transaction.atomic():
        return tuple(
            queued(jobs.ask_count(viewer=viewer, at=at, text=text, within=within))
            for text, within in uncounted
        )


def ask_following(*, viewer: Viewer, at: datetime) -> jobs.Asked:
    """Have what was declared followed now, in the background."""
    with transaction.atomic():
        return queued(jobs.ask_following(viewer=viewer, at=at))
