"""Who does it, from when, and how often: the conduct behind what systems record."""

from dataclasses import dataclass

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.options import DemoOptions
from headway.sources.demo.people import Staff
from headway.sources.demo.story import PRIORITIES, Story
from headway.terms.line import Link

SERVICE, FOOD, DISCOVERY, KEY_TEAMS = range(len(PRIORITIES))
DEPTH = (0.45, 0.25, 0.60, 0.30)
"""The declared rate per eligible item."""
BEFORE = (0.0, 0.08, 0.12, 0.03)
AFTER = (0.80, 0.42, 0.88, 0.55)
"""How often it is done where it could be: before, and by those who do it."""
_SLIPS = 0.02  # a service contract asked for by the buyer
_UNTRAINED_SHARE = 0.12
_START_DAYS = (15, 60)
_HALF_LIFE_DAYS = 22
_ROSE_BEFORE_DAYS, _ROSE_FIRST = 60, 0.35


@dataclass(frozen=True, kw_only=True)
class Conduct:
    """By priority and seat: whether its seller does it, and from which day on.

    `is_trained` says by seat who came to the training.
    """

    does: Array
    starts: Array
    is_trained: Array
    launched: tuple[int, ...]
    trained: int
    not_done: tuple[str, ...]
    learned: str

    def rate(self, number: int, *, seats: Array, days: Array) -> Array:
        """The chance of the behaviour in an eligible item of each seat on each day."""
        before, after = BEFORE[number], AFTER[number]
        since = days - self.starts[number][seats]
        done = np.where(since >= 0, after, before)
        if number == DISCOVERY and self.learned == "rose_later":
            done = np.where((since >= 0) & (since < _ROSE_BEFORE_DAYS), _ROSE_FIRST, done)
        undone = np.full(len(days), before)
        if number == SERVICE:
            undone = np.where(days >= self.launched[SERVICE], _SLIPS, 0.0)
        if number == DISCOVERY and self.not_done[DISCOVERY] == "used_then_dropped":
            # Done as trained at first, then forgotten by half in each half-life.
            after_training = days - self.trained
            left = np.exp2(-np.maximum(after_training, 0) / _HALF_LIFE_DAYS)
            dropped = before + (after - before) * left
            undone = np.where((after_training >= 0) & self.is_trained[seats], dropped, before)
        found: Array = np.where(self.does[number][seats], done, undone)
        return found

    def shows(self, *, seats: Array, days: Array) -> Array:
        """Whether discovery is written down afterwards, for the record alone."""
        is_for_show = self.not_done[DISCOVERY] == "used_for_show"
        found: Array = is_for_show & ~self.does[DISCOVERY][seats] & (days >= self.trained)
        return found


def of(options: DemoOptions, *, staff: Staff, story: Story, calendar: Calendar) -> Conduct:
    """Draw who does what, each seller by the rate of their team."""
    draw = options.stream("conduct")
    seats = len(staff.seller)
    trained = draw.random(seats) >= _UNTRAINED_SHARE
    launched = tuple(calendar.last - ago for ago in calendar.launched_ago)
    rates = np.array(
        [planted.rates[Link.PRACTISED][staff.team_of_seat] for planted in story.planted]
    )
    # Only those who were trained hold discovery; among all it is the rate of the team.
    rates[DISCOVERY] = np.where(trained, rates[DISCOVERY] / (1 - _UNTRAINED_SHARE), 0.0)
    does = draw.random(rates.shape) < rates
    starts = np.array(launched)[:, None] + draw.integers(*_START_DAYS, size=rates.shape)
    starts[DISCOVERY] = calendar.last - calendar.trained_ago
    return Conduct(
        does=does,
        starts=starts,
        is_trained=trained,
        launched=launched,
        trained=calendar.last - calendar.trained_ago,
        not_done=tuple(planted.not_done for planted in story.planted),
        learned=story.planted[DISCOVERY].learned,
    )
