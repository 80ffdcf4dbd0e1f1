"""A leader's own hours, for nobody but themselves, and the hours they gave back to people."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from headway.actions.action import NotAllowedError, action
from headway.records import declared, lines, own_time
from headway.records.models import HoursBack, HoursBackTo, TimeLog
from headway.terms.access import Permission
from headway.terms.errors import HeadwayError
from headway.terms.own_time import Hours, Stopped, monday
from headway.terms.viewer import Viewer

MAX_LENGTH = 200
MOST_HOURS = 168
MOST_WEEKS_BACK = 26
_MOST_BACK = 60


class WeekError(HeadwayError):
    """Hours are logged for what is no week that can be logged."""

    code = "own_time.week"

    def __init__(self, week_on: date) -> None:
        super().__init__(
            f"Hours were given for the week from {week_on}. Expected a Monday of the last "
            f"{MOST_WEEKS_BACK} weeks, or of this one."
        )


class HoursError(HeadwayError):
    """Hours that no week has, or the same thing twice."""

    code = "own_time.hours"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"{found} Expected hours from 0 on, together at most {MOST_HOURS} in a week, each "
            "category and priority once."
        )


class HoursBackError(HeadwayError):
    """What was given back is not said, to nobody, or for more than a week has."""

    code = "own_time.hours_back"

    def __init__(self, what: str, *, expected: str) -> None:
        super().__init__(f"{what}. Expected {expected}.")


@dataclass(frozen=True, kw_only=True)
class TimeLogged:
    """A week of somebody was logged; of how many hours is not said."""

    person_id: str

    @property
    def subject(self) -> str:
        """Whose."""
        return f"person:{self.person_id}"


@dataclass(frozen=True, kw_only=True)
class HoursGiven:
    """Hours were given back, or came back on."""

    entry_id: int

    @property
    def subject(self) -> str:
        """Which entry."""
        return f"hours_back:{self.entry_id}"


@action("own_time.log", permission=Permission.DECLARE)
def log(*, viewer: Viewer, at: datetime, week_on: date, hours: tuple[Hours, ...]) -> TimeLogged:
    """Log one's own week; what was logged of it before gives way.

    Args:
        viewer: whose week it is; nobody logs for others.
        at: now.
        week_on: its Monday.
        hours: by category and priority; what is not named has none.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation.
        WeekError: no Monday, a week to come, or one too long ago.
        HoursError: hours below none, more than a week has, or one thing twice.
    """
    person = _person(viewer, "own_time")
    _expect_week(week_on, today=lines.today(at))
    _expect_hours(hours)
    rows = {(each.category.value, each.priority): each.hours for each in hours if each.hours > 0}
    # What is named no more has no hours: were its row gone, the one that was loaded came again.
    before = TimeLog.objects.filter(person_id=person, week_on=week_on)
    for category, priority in before.values_list("category", "priority"):
        rows.setdefault((category, priority), 0.0)
    TimeLog.objects.bulk_create(
        (
            TimeLog(
                fact_id=own_time.key(person, week_on=week_on, category=category, priority=priority),
                person_id=person,
                week_on=week_on,
                category=category,
                priority=priority,
                hours=count,
            )
            for (category, priority), count in rows.items()
        ),
        update_conflicts=True,
        update_fields=["is_brought", "hours"],
        unique_fields=["fact_id"],
    )
    return TimeLogged(person_id=person)


@action("own_time.give_back", permission=Permission.DECLARE)
def give_back(
    *,
    viewer: Viewer,
    at: datetime,
    kind: Stopped,
    text: str,
    hours: float,
    since_on: date,
    people: frozenset[str],
) -> HoursGiven:
    """Write down a report, meeting or check that one has stopped, and who has the hours again.

    Args:
        viewer: who stopped it.
        at: now.
        kind: what it was.
        text: which.
        hours: a week, for each of the people.
        since_on: the first day without it.
        people: of those the viewer leads directly, and the viewer; at least one.

    Raises:
        NotAllowedError: the viewer is nobody in the organisation, or does not lead one of them.
        HoursBackError: a part is missing or is not what it should be.
    """
    person = _person(viewer, "hours_back")
    _expect_back(text=text, hours=hours, people=people, since_on=since_on, today=lines.today(at))
    led = {person, *own_time.led_directly(viewer).values_list("id", flat=True)}
    if strangers := sorted(people - led):
        raise NotAllowedError(f"person:{strangers[0]}")
    made = HoursBack.objects.create(
        given_by_id=person,
        kind=kind.value,
        text=text.strip(),
        hours=hours,
        since_on=since_on,
        entered_at=at,
    )
    HoursBackTo.objects.bulk_create(
        HoursBackTo(entry=made, person_id=each) for each in sorted(people)
    )
    return HoursGiven(entry_id=made.pk)


@action("own_time.end", permission=Permission.DECLARE)
def end(*, viewer: Viewer, at: datetime, entry_id: int) -> HoursGiven:
    """Say that what was stopped is done again, from today on; said twice, the first day stands.

    Raises:
        NotAllowedError: there is no such entry, or somebody else gave it back.
    """
    entry = HoursBack.objects.filter(pk=entry_id, given_by_id=viewer.person_id or "").first()
    if entry is None:
        raise NotAllowedError(f"hours_back:{entry_id}")
    if entry.ended_on is None:
        entry.ended_on = max(lines.today(at), entry.since_on)
        entry.save(update_fields=["ended_on"])
    return HoursGiven(entry_id=entry_id)


def _person(viewer: Viewer, what: str) -> str:
    if viewer.person_id is None:
        raise NotAllowedError(what)
    return viewer.person_id


def _expect_week(week_on: date, *, today: date) -> None:
    this = monday(today)
    first = this - timedelta(weeks=MOST_WEEKS_BACK)
    if week_on != monday(week_on) or not first <= week_on <= this:
        raise WeekError(week_on)


def _expect_hours(hours: tuple[Hours, ...]) -> None:
    if any(not 0 <= each.hours <= MOST_HOURS for each in hours):
        raise HoursError("An entry is below 0 or above what a week has.")
    if (total := sum(each.hours for each in hours)) > MOST_HOURS:
        raise HoursError(f"Together they are {total:g}.")
    keys = [(each.category, each.priority) for each in hours]
    if len(set(keys)) < len(keys):
        raise HoursError("A category with the same priority stands there twice.")
    unknown = {each.priority for each in hours if each.priority} - set(declared.contents())
    if unknown:
        raise HoursError(f"There is no priority “{min(unknown)[:80]}”.")


def _expect_back(
    *, text: str, hours: float, people: frozenset[str], since_on: date, today: date
) -> None:
    if not 0 < len(text.strip()) <= MAX_LENGTH:
        found = f"What was stopped has {len(text.strip())} characters"
        raise HoursBackError(found, expected=f"1 to {MAX_LENGTH}")
    if not 0 < hours <= _MOST_BACK:
        raise HoursBackError(
            f"{hours:g} hours a week were given back", expected=f"more than 0, at most {_MOST_BACK}"
        )
    if not people:
        raise HoursBackError("Nobody has these hours again", expected="at least one person")
    if since_on > today:
        raise HoursBackError(
            f"It stops on {since_on}, and today is {today}", expected="a day that has come"
        )
