"""Hours that leaders log, and meetings of pairs of sellers from different teams."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import numpy as np

from headway.sources.demo.columns import Columns, of_rows
from headway.sources.demo.world import World
from headway.terms.own_time import Category, monday

_WEEKS = 16
_LOGGED = 0.9
# Hours of a week at first and now: leaders inspect less and develop more than they did.
_HOURS = {
    Category.DEVELOPMENT: (4.0, 7.0),
    Category.INSPECTION: (9.0, 6.5),
    Category.FIELD: (6.0, 6.0),
    Category.OWN_SELLING: (7.0, 6.0),
    Category.COMMUNICATION: (4.0, 4.5),
    Category.ADMINISTRATION: (10.0, 8.5),
    Category.OTHER: (4.0, 4.0),
}
_PAIR_WEEKS, _MET, _USED = 8, 0.8, 0.6
_MOST_ADVICE = 3


def of(world: World) -> Columns:
    """All hours logged, and all meetings of pairs, of the last weeks."""
    draw = world.options.stream("own time")
    return {
        "said/time_log": of_rows(_hours(draw, world=world)),
        "said/peer_meeting": of_rows(_meetings(draw, world=world)),
    }


def _hours(draw: np.random.Generator, *, world: World) -> Iterator[dict[str, object]]:
    """Of most weeks, each category in quarters of an hour; the last week is over."""
    end = monday(world.calendar.as_of + timedelta(days=1))
    for leader in world.staff.leaders:
        habit = draw.uniform(0.7, 1.3, len(_HOURS))
        for number in range(_WEEKS):
            is_logged = draw.random() < _LOGGED
            noise = draw.uniform(0.85, 1.15, len(_HOURS))
            for place, (category, (first, now)) in enumerate(_HOURS.items()):
                usual = first + (now - first) * number / (_WEEKS - 1)
                hours = round(4 * usual * float(habit[place] * noise[place])) / 4
                if is_logged and hours:
                    yield {
                        "person_id": leader,
                        "week_on": end - timedelta(weeks=_WEEKS - number),
                        "category": category.value,
                        "hours": hours,
                    }


def _meetings(draw: np.random.Generator, *, world: World) -> Iterator[dict[str, object]]:
    """Teams next to each other lend each other partners: seat by seat, once a week."""
    staff, calendar = world.staff, world.calendar
    for team, other in list(pairwise(staff.teams))[::2]:
        for seat, partner in zip(staff.members(team), staff.members(other), strict=False):
            for number in range(_PAIR_WEEKS):
                ago = 4 + 7 * (_PAIR_WEEKS - number)
                is_met = draw.random() < _MET
                given = int(draw.integers(0, _MOST_ADVICE + 1))
                used = int(draw.binomial(given, _USED))
                yield {
                    "meeting_id": f"peers-{seat}-{number}",
                    "person_id": str(staff.seller[seat]),
                    "partner_id": str(staff.seller[partner]),
                    "planned_on": calendar.ago(ago),
                    "met_on": calendar.ago(ago) if is_met else None,
                    "advice_given_count": given if is_met else None,
                    "advice_used_count": used if is_met else None,
                }
