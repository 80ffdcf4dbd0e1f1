"""What every part of an invented organisation is made from."""

from dataclasses import dataclass

from headway.sources.demo import calendar, conduct, people, story
from headway.sources.demo.calendar import Calendar
from headway.sources.demo.conduct import Conduct
from headway.sources.demo.options import DemoOptions
from headway.sources.demo.people import Staff
from headway.sources.demo.story import Story


@dataclass(frozen=True, kw_only=True)
class World:
    """The options, the days, the people, what is planted, and who therefore does what."""

    options: DemoOptions
    calendar: Calendar
    staff: Staff
    story: Story
    conduct: Conduct


def of(options: DemoOptions) -> World:
    """The world of one organisation."""
    days = calendar.of(options)
    staff = people.of(options, calendar=days)
    told = story.of(options, staff=staff)
    acts = conduct.of(options, staff=staff, story=told, calendar=days)
    return World(options=options, calendar=days, staff=staff, story=told, conduct=acts)
