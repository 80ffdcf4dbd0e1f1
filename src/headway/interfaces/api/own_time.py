"""One's own time: where hours of a week went, read and logged by nobody but oneself."""

from dataclasses import dataclass
from datetime import date

from headway.actions import own_time as changes
from headway.actions.own_time import TimeLogged
from headway.interfaces.api.endpoints import Call, reads, writes
from headway.queries import own_time as seen
from headway.queries.own_time import TimePage
from headway.terms.access import Permission
from headway.terms.own_time import Hours


@dataclass(frozen=True, kw_only=True)
class Week:
    """The hours of the week from a Monday, by category and priority; what is not named has none."""

    week_on: date
    hours: tuple[Hours, ...]


@reads("own-time", Permission.RESULTS)
def own_time(call: Call) -> TimePage:
    """One's own time, logged and from sessions; of others means over five and more, by month."""
    return seen.page(call.viewer, today=call.today)


@reads("own-time/week", Permission.DECLARE)
def own_week(call: Call, *, week_on: date) -> Week:
    """What one logged of one week; no hours where one logged none."""
    hours, is_logged = seen.week(call.viewer, week_on=week_on)
    return Week(week_on=week_on, hours=hours if is_logged else ())


@writes("own-time/week", Permission.DECLARE)
def log_week(call: Call, *, body: Week) -> TimeLogged:
    """Log one's own week; what was logged of it before gives way."""
    return changes.log(viewer=call.viewer, at=call.at, week_on=body.week_on, hours=body.hours)
