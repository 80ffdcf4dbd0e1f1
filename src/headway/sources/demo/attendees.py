"""Leaders who go along: the manager of a seller, or the head, at some meetings with customers."""

from collections.abc import Iterator, Mapping

import numpy as np

from headway.sources.demo.columns import Column, Columns, of_rows
from headway.sources.demo.people import TOP
from headway.sources.demo.world import World

_DAYS = 150
_MANAGER_SHARE, _HEAD_SHARE = 0.06, 0.02


def of(world: World, *, activities: Mapping[str, Column]) -> Columns:
    """Who else of ours was at the meetings of the last months."""
    draw = world.options.stream("attendees")
    rows = _along(draw, world=world, activities=activities)
    return {"seen/activity_attendee": of_rows(rows)}


def _along(
    draw: np.random.Generator, *, world: World, activities: Mapping[str, Column]
) -> Iterator[dict[str, object]]:
    staff = world.staff
    manager_of = {
        str(staff.seller[seat]): team.manager for team in staff.teams for seat in team.seats
    }
    since = np.datetime64(world.calendar.ago(_DAYS), "us")
    is_meeting = np.array(activities["kind"]) == "meeting"
    late = np.flatnonzero(is_meeting & (np.array(activities["occurred_at"]) >= since))
    for place, chance in zip(late.tolist(), draw.random(len(late)).tolist(), strict=True):
        manager = manager_of.get(str(activities["person_id"][place]))
        if manager is None or chance >= _MANAGER_SHARE + _HEAD_SHARE:
            continue
        yield {
            "activity_id": activities["activity_id"][place],
            "attendee_id": manager if chance < _MANAGER_SHARE else TOP,
            "side": "ours",
        }
