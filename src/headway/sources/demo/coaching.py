"""Coaching sessions: those that count and were looked at again, and all the others."""

from collections.abc import Iterator

import numpy as np

from headway.sources.demo import calendar as clock
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.story import PRIORITIES
from headway.sources.demo.telling import audiences
from headway.sources.demo.world import World
from headway.terms.line import Link

_COACHED = ("joint_call", "role_play", "debrief", "one_to_one")
_INSPECTED = ("pipeline_review", "forecast_call", "status_check")
_HELD_AGO, _BEFORE_AGO = (3, 28), (33, 56)
# What happens instead: nothing, talk without practice, no second look, too long ago.
_NOTHING, _TALK, _ONCE, _LONG_AGO = range(4)
_SHARES = (0.5, 0.2, 0.2, 0.1)
_LONG_AGO_DAYS = (65, 100)
_INSPECTION_EVERY_DAYS, _INSPECTIONS = 28, 9
# Coaching went on before, month by month since the launch, with fewer the longer ago.
_MONTH_DAYS, _MONTHS_BEFORE, _EARLIER = 30, range(2, 12), 0.97


def of(world: World) -> Columns:
    """All sessions of the last months."""
    draw = world.options.stream("coaching")
    rows: list[dict[str, object]] = []
    for audience in audiences(world.staff, story=world.story, link=Link.COACHED):
        is_coached = draw.random((len(PRIORITIES), len(audience.people))) < np.array(
            audience.rates
        ).reshape(-1, 1)
        for place, person in enumerate(audience.people):
            both = {"coach_id": audience.manager, "person_id": person}
            for number, priority in enumerate(PRIORITIES):
                is_one = bool(is_coached[number, place])
                rows += [
                    {**both, "priority_id": priority, **session}
                    for session in _sessions(draw, is_coached=is_one)
                ]
            rows += [{**both, **session} for session in _inspections(draw)]
    before = world.options.stream("coaching before")
    rows += _before(before, world=world)
    return {
        "said/coaching_session": of_rows(
            _dated(row, number, draw=draw, calendar=world.calendar)
            for number, row in enumerate(rows, start=1)
        )
    }


_Session = dict[str, object]


def _sessions(draw: np.random.Generator, *, is_coached: bool) -> Iterator[_Session]:
    """Sessions on one priority with one person; days as days ago."""
    why = int(draw.choice(len(_SHARES), p=_SHARES))
    held = int(draw.integers(*_HELD_AGO))
    before = int(draw.integers(*_BEFORE_AGO))
    if is_coached:
        yield _held(draw, ago=before, followed=before - 14)
        yield _held(draw, ago=held, followed=None)
    elif why == _TALK:
        yield {**_held(draw, ago=held, followed=None), "is_practice_agreed": False}
    elif why == _ONCE:
        yield _held(draw, ago=held, followed=None)
    elif why == _LONG_AGO:
        ago = int(draw.integers(*_LONG_AGO_DAYS))
        yield _held(draw, ago=ago, followed=ago - 14)


def _before(draw: np.random.Generator, *, world: World) -> Iterator[_Session]:
    """The sessions of the months before, since the launch, each looked at again."""
    for audience in audiences(world.staff, story=world.story, link=Link.COACHED):
        rates = np.array(audience.rates).reshape(-1, 1)
        u = draw.random((len(PRIORITIES), len(audience.people)))
        for month in _MONTHS_BEFORE:
            for number, place in np.argwhere(u < rates * _EARLIER**month).tolist():
                of_both = {
                    "coach_id": audience.manager,
                    "person_id": audience.people[place],
                    "priority_id": PRIORITIES[number],
                }
                ago = int(draw.integers(*_HELD_AGO)) + month * _MONTH_DAYS
                if ago < world.calendar.launched_ago[number]:
                    yield {**of_both, **_held(draw, ago=ago, followed=ago - 14)}


def _held(draw: np.random.Generator, *, ago: int, followed: int | None) -> _Session:
    return {
        "ago": ago,
        "kind": _COACHED[int(draw.integers(len(_COACHED)))],
        "minutes": float(draw.integers(25, 61)),
        "is_work_observed": True,
        "is_practice_agreed": True,
        "follow_up_on": ago - 14,
        "followed_up_on": followed,
    }


def _inspections(draw: np.random.Generator) -> Iterator[_Session]:
    for number in range(_INSPECTIONS):
        yield {
            "ago": 2 + number * _INSPECTION_EVERY_DAYS + int(draw.integers(20)),
            "kind": _INSPECTED[int(draw.integers(len(_INSPECTED)))],
            "minutes": float(draw.integers(20, 46)),
            "is_work_observed": False,
            "is_practice_agreed": False,
        }


def _dated(
    row: _Session, number: int, *, draw: np.random.Generator, calendar: Calendar
) -> _Session:
    ago = int(str(row.pop("ago")))
    day = np.datetime64(calendar.ago(ago), "us")
    at = day + np.timedelta64(int(clock.working_seconds(draw, 1)[0]), "s")
    days = {
        name: None if row.get(name) is None else calendar.ago(int(str(row[name])))
        for name in ("follow_up_on", "followed_up_on")
    }
    return {
        **row,
        **days,
        "session_id": f"session-{number:05d}",
        "held_at": at.astype(object),
        "coach_confirmed_on": calendar.ago(ago),
        "person_confirmed_on": calendar.ago(max(ago - 1, 0)),
    }
