"""Asking for answers that nobody asked for before; loads nothing heavy, as `jobs`."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from headway.actions import jobs
from headway.cycle.jobs import queued
from headway.terms.answer import Kpi
from headway.terms.scope import Scope
from headway.terms.viewer import Viewer


def ask_answer(
    *, viewer: Viewer, at: datetime, scope: Scope, kpi: Kpi, comparison: str
) -> jobs.Asked:
    """Have an answer worked out in the background; see `actions.jobs.ask_answer`."""
    with transaction.atomic():
        asked = jobs.ask_answer(viewer=viewer, at=at, scope=scope, kpi=kpi, comparison=comparison)
        return queued(asked)


def ask_why_not(
    *,
    viewer: Viewer,
    at: datetime,
    scope: Scope,
    kpi: Kpi,
    comparison: str,
    place: Mapping[str, str],
) -> jobs.Asked:
    """Have it worked out in the background why a place is not named; see `actions.jobs`."""
    with transaction.atomic():
        asked = jobs.ask_why_not(
            viewer=viewer, at=at, scope=scope, kpi=kpi, comparison=comparison, place=place
        )
        return queued(asked)
