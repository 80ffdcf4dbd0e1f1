"""The days of an invented organisation: ten quarters up to the last day, and four launches."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from headway.facts.arrays import Array
from headway.sources.demo.options import DemoOptions, Scenario

QUARTERS = 10
_SATURDAY = 5
# Days before the last one: each launch, and the training. The story trains longer ago, so that what
# became of it can be seen in two quarters beside the same two a year before.
_LAUNCHED_AGO, _TRAINED_AGO = (200, 230, 215, 125), 205
_TOLD_LAUNCHED_AGO, _TOLD_TRAINED_AGO = (200, 230, 340, 125), 330


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Days count from `data_from`, day 0, to `last`, the last day inside.

    `launched_ago` are the days before the last one on which each priority was launched,
    `trained_ago` those before it on which people were trained.
    """

    data_from: date
    as_of: date
    launched_ago: tuple[int, ...]
    trained_ago: int

    @property
    def last(self) -> int:
        """The number of the last day inside."""
        return (self.as_of - self.data_from).days

    def day(self, number: int) -> date:
        """The date of a day."""
        return self.data_from + timedelta(days=int(number))

    def ago(self, days: int) -> date:
        """The date so many days before the last one."""
        return self.as_of - timedelta(days=int(days))

    def dates(self, numbers: Array) -> Array:
        """The dates of many days."""
        return np.datetime64(self.data_from, "D") + numbers.astype("timedelta64[D]")

    def instants(self, numbers: Array, *, seconds: Array) -> Array:
        """Instants on many days, so many seconds after midnight UTC."""
        days = self.dates(numbers).astype("datetime64[us]")
        found: Array = days + seconds.astype("timedelta64[s]").astype("timedelta64[us]")
        return found

    def is_weekday(self, numbers: Array) -> Array:
        """Whether each day is a day of work."""
        return (numbers + self.data_from.weekday()) % 7 < _SATURDAY

    def workday(self, numbers: Array) -> Array:
        """The day itself, or the Friday before a weekend; never before day 0."""
        of_week = (numbers + self.data_from.weekday()) % 7
        found: Array = np.maximum(numbers - np.maximum(of_week - _SATURDAY + 1, 0), 0)
        return found

    def month(self, numbers: Array) -> Array:
        """1 to 12."""
        found: Array = self.dates(numbers).astype("datetime64[M]").astype(int) % 12 + 1
        return found


def of(options: DemoOptions) -> Calendar:
    """The calendar of one organisation."""
    as_of, is_told = options.as_of, options.scenario is Scenario.SAMPLE
    month = as_of.month - (as_of.month - 1) % 3 - 3 * (QUARTERS - 1)
    year = as_of.year + (month - 1) // 12
    return Calendar(
        data_from=date(year, (month - 1) % 12 + 1, 1),
        as_of=as_of,
        launched_ago=_TOLD_LAUNCHED_AGO if is_told else _LAUNCHED_AGO,
        trained_ago=_TOLD_TRAINED_AGO if is_told else _TRAINED_AGO,
    )


def working_seconds(draw: np.random.Generator, count: int) -> Array:
    """Seconds after midnight UTC, from eight to half past four: the same day in all of Europe."""
    return draw.integers(8 * 3600, 16 * 3600 + 1800, count)
