"""A leader's own time as that leader may read it, and the hours that were given back to people.

Of hours nobody reads anything but their own; what is told of others is of five and more, by month.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

from headway.queries import field_time
from headway.queries.coaching import own_benefit
from headway.queries.coaching.own_benefit import BenefitSeen
from headway.queries.field_time import FieldMonthSeen, FieldSeen
from headway.queries.results import figures
from headway.queries.words import own_time as words
from headway.queries.words.language import gettext as _
from headway.queries.words.language import ngettext
from headway.records import own_time
from headway.records.models import GroupMonth, TimeLog
from headway.terms import codec
from headway.terms.access import Permission, allows
from headway.terms.capacity import Cadence, Capacity, Team, capacity, is_in_ramp
from headway.terms.own_time import (
    Category,
    GivenTime,
    Hours,
    Third,
    ThirdMinutes,
    inspection_share,
    monday,
)
from headway.terms.survey import LEAST_ANSWERS
from headway.terms.viewer import Viewer

WEEKS = 12
_WEEKS_OF_ROOM = 4
_LEAST_OF_THIRDS = 3 * LEAST_ANSWERS


@dataclass(frozen=True, kw_only=True)
class WeekSeen:
    """Hours of one week; `total` is None where only sessions are known, all where none was."""

    week_on: date
    week: str
    development: float | None
    inspection: float | None
    total: float | None

    @property
    def part(self) -> float | None:
        """The part of inspecting in both, 0..1; None where there was neither."""
        return inspection_share(inspection=self.inspection or 0, development=self.development or 0)

    @property
    def share(self) -> str:
        """The same in words, "" where there was neither."""
        return "" if self.part is None else figures.percent(self.part)


@dataclass(frozen=True, kw_only=True)
class ThirdSeen:
    """What one third of a group got."""

    name: str
    people: int
    minutes: str
    share: str


@dataclass(frozen=True, kw_only=True)
class Room:
    """How much coaching a week has room for, for each of a team; None where nothing can be said."""

    team: Team
    hours: float | None
    share: float | None
    found: Capacity | None
    words: str


@dataclass(frozen=True, kw_only=True)
class MonthSeen:
    """What leaders below did with their hours in one month: means a week over all of them."""

    month: str
    people: int
    hours: tuple[tuple[str, str], ...]
    share: str


@dataclass(frozen=True, kw_only=True)
class TimePage:
    """A leader's own time; weeks with the newest last, those of the log and those of sessions.

    `benefit` is None for who never held a session that counts.
    `field` is None where nobody sells below the viewer, or nothing could tell of it.
    """

    finding: str
    logged: tuple[WeekSeen, ...]
    sessions: tuple[WeekSeen, ...]
    thirds: tuple[ThirdSeen, ...]
    thirds_note: str
    field: FieldSeen | None
    field_months: tuple[FieldMonthSeen, ...]
    months: tuple[MonthSeen, ...]
    benefit: BenefitSeen | None
    may_log: bool
    has_person: bool


def page(viewer: Viewer, *, today: date) -> TimePage:
    """The viewer's own time. The number of statements does not grow with the weeks."""
    given = _given(viewer)
    logged = _logged(viewer, today=today)
    sessions = _sessions(given)
    may_log = allows(viewer, Permission.DECLARE) and viewer.person_id is not None
    return TimePage(
        finding=_finding(logged, sessions, may_log=may_log),
        logged=logged,
        sessions=sessions,
        thirds=tuple(_thirds(given.thirds)) if given and given.thirds else (),
        thirds_note=_thirds_note(given),
        field=field_time.seen(viewer, given=given),
        field_months=field_time.months(viewer),
        months=_months(viewer),
        benefit=own_benefit.seen(viewer, given=given, today=today),
        may_log=may_log,
        has_person=viewer.person_id is not None,
    )


def week(viewer: Viewer, *, week_on: date) -> tuple[tuple[Hours, ...], bool]:
    """What stands in the form for a week: its own hours, else those of the last week before.

    Returns:
        The hours, and whether they are those of the week itself.
    """
    own = own_time.own_log(viewer).filter(hours__gt=0, week_on__lte=week_on)
    newest = own.order_by("-week_on").values_list("week_on", flat=True).first()
    rows = own.filter(week_on=newest).order_by("category", "priority") if newest else ()
    return tuple(_hours(each) for each in rows), newest == week_on


def room(
    viewer: Viewer,
    *,
    today: date,
    planned: Cadence,
    hours: float | None = None,
    share: float | None = None,
) -> Room:
    """Whether the viewer's week has room for what they plan with each of their people.

    Args:
        viewer: the leader.
        today: up to which day people are counted as new.
        planned: the cadence, the same with each.
        hours: what they work in a week; None = the mean of the last four weeks they logged.
        share: free for developing people, 0..1; None = what those weeks had.
    """
    weeks = [each for each in _logged(viewer, today=today) if each.total][-_WEEKS_OF_ROOM:]
    if hours is None and weeks:
        hours = fmean(each.total or 0 for each in weeks)
    if share is None and weeks:
        both = sum(each.total or 0 for each in weeks)
        share = sum(each.development or 0 for each in weeks) / both
    team = _team(viewer, today=today)
    found = None
    if hours is not None and share is not None:
        found = capacity(
            manager_hours=hours, development_share=share, people=team.people, planned=planned
        )
    return Room(team=team, hours=hours, share=share, found=found, words=_room(team, found))


def _team(viewer: Viewer, *, today: date) -> Team:
    hired = list(own_time.led_directly(viewer).values_list("hired_on", flat=True))
    given = _given(viewer)
    return Team(
        people=len(hired),
        in_ramp=sum(is_in_ramp(day, today=today) for day in hired),
        open_roles=given.open_roles if given else 0,
    )


def _room(team: Team, found: Capacity | None) -> str:
    if not team.people:
        return _("Nobody reports to you now.")
    if found is None:
        return _("Log a week, or say your hours here: then it can be told whether a plan fits.")
    told = _(
        "There is room for {possible} a week with each person, and the plan asks for {planned}."
    )
    sentence = told.format(
        possible=words.duration(found.possible_hours), planned=words.duration(found.planned_hours)
    )
    if found.is_enough:
        return sentence
    return sentence + " " + _("It does not fit: see people less often, or free hours first.")


def _given(viewer: Viewer) -> GivenTime | None:
    held = own_time.own_published(viewer).values_list("time", flat=True).first()
    return None if held is None else codec.from_json(GivenTime, held)


def _hours(row: TimeLog) -> Hours:
    return Hours(category=Category(row.category), hours=row.hours, priority=row.priority)


def _logged(viewer: Viewer, *, today: date) -> tuple[WeekSeen, ...]:
    """The last twelve weeks up to the last one logged; weeks between without hours have none."""
    first = monday(today) - timedelta(weeks=WEEKS)
    found: dict[date, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in own_time.own_log(viewer).filter(hours__gt=0, week_on__gte=first):
        found[row.week_on][row.category] += row.hours
    if not found:
        return ()
    last = max(found)
    weeks = [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return tuple(_week(each, found.get(each)) for each in weeks if each >= min(found))


def _week(week_on: date, hours: Mapping[str, float] | None) -> WeekSeen:
    return WeekSeen(
        week_on=week_on,
        week=figures.day(week_on),
        development=None if hours is None else hours.get(Category.DEVELOPMENT.value, 0.0),
        inspection=None if hours is None else hours.get(Category.INSPECTION.value, 0.0),
        total=None if hours is None else sum(hours.values()),
    )


def _sessions(given: GivenTime | None) -> tuple[WeekSeen, ...]:
    return tuple(
        WeekSeen(
            week_on=each.week_on,
            week=figures.day(each.week_on),
            development=each.development / 60,
            inspection=each.inspection / 60,
            total=None,
        )
        for each in (given.weeks[-WEEKS:] if given else ())
    )


def _finding(logged: Sequence[WeekSeen], sessions: Sequence[WeekSeen], *, may_log: bool) -> str:
    if logged:
        last = logged[-1]
        told = _(
            "In the week from {week} you developed people for {coached} and inspected for {seen}."
        )
        return told.format(
            week=last.week,
            coached=words.duration(last.development or 0),
            seen=words.duration(last.inspection or 0),
        )
    if any(each.development or each.inspection for each in sessions):
        told = _("In {n} weeks you held {coached} of coaching sessions and {seen} of inspections.")
        return told.format(
            n=len(sessions),
            coached=words.duration(sum(each.development or 0 for each in sessions)),
            seen=words.duration(sum(each.inspection or 0 for each in sessions)),
        )
    return _("Where does your week go?") if may_log else _("Which hours are yours again?")


def _thirds(thirds: Sequence[ThirdMinutes]) -> Sequence[ThirdSeen]:
    both = sum(each.minutes for each in thirds)
    return [
        ThirdSeen(
            name=words.of(words.THIRDS, each.third),
            people=each.people,
            minutes=words.duration(each.minutes / 60),
            share=figures.percent(each.minutes / both) if both else "",
        )
        for each in sorted(thirds, key=lambda one: list(Third).index(one.third))
    ]


def _thirds_note(given: GivenTime | None) -> str:
    if given is None or given.thirds is not None:
        return ""
    told = ngettext(
        "{n} person sells below you. Thirds are shown where each has five people or more, so from "
        "{least} people on.",
        "{n} people sell below you. Thirds are shown where each has five people or more, so from "
        "{least} people on.",
        count=given.people,
    )
    return told.format(n=given.people, least=_LEAST_OF_THIRDS)


def _months(viewer: Viewer) -> tuple[MonthSeen, ...]:
    found = GroupMonth.objects.filter(head=viewer.person_id or "-", kind="time")
    return tuple(
        MonthSeen(
            month=figures.month(each.month_on),
            people=each.people_count,
            hours=tuple(
                (words.of(words.CATEGORIES, category), words.duration(each.figures[category]))
                for category in Category
                if each.figures.get(category)
            ),
            share=_month_share(each.figures),
        )
        for each in found.order_by("-month_on")[:WEEKS]
    )


def _month_share(hours: Mapping[str, float]) -> str:
    found = inspection_share(
        inspection=hours.get(Category.INSPECTION, 0), development=hours.get(Category.DEVELOPMENT, 0)
    )
    return "" if found is None else figures.percent(found)
