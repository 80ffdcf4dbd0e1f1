"""Measures of a leader's people while they are that leader's alone."""

from dataclasses import dataclass
from datetime import datetime

from headway.queries.coaching import published
from headway.queries.results import figures
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class SeenFirst:
    """What the leader may comment on, and the day from which others see it anyway."""

    finding: str
    until: str


def first(viewer: Viewer, *, at: datetime) -> SeenFirst | None:
    """None where others see the measures of the viewer's people already, or there are none."""
    found = published.own_measures(viewer, at=at)
    if found is None:
        return None
    return SeenFirst(finding=found.finding, until=figures.day(found.opens_at.date()))
