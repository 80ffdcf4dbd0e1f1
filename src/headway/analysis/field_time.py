"""Joint visits and calls with customers: which leader went along with whom, and who was left out.

A joint call that was logged, a visit that was loaded, and a call or meeting of a system with both
of them. Only who was there, when and for how long; never what was said.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from headway.analysis import given_time
from headway.facts import Facts, collect, days, once
from headway.facts.predicate import day_of
from headway.terms.coaching_session import SessionKind
from headway.terms.own_time import Category, FieldMonth, FieldThird, FieldTime, Third
from headway.terms.period import shifted
from headway.terms.policy import DEFAULT

if TYPE_CHECKING:
    import ibis.expr.types as ir

_SESSION, _VISIT = "said/coaching_session", "said/field_visit"
_ACTIVITY, _ATTENDEE, _LOG = "seen/activity", "seen/activity_attendee", "said/time_log"
_WITH_CUSTOMERS = ("call", "meeting")
_NOT_MET = ("no_show", "no_answer")
# So long after its end a month may still be logged; and so far back months are looked at.
_LATE = timedelta(days=7)
_MONTHS = 3

Below = Mapping[str, tuple[frozenset[str], frozenset[str]]]


@dataclass(frozen=True, kw_only=True)
class Along:
    """What a leader did with customers on one day beside somebody who sells below them.

    `minutes` are those whose length is known, None where no length is.
    """

    person: str
    on: date
    visits: int
    minutes: float | None


_Key = tuple[str, str, date]
_Told = Mapping[_Key, tuple[int, float | None]]
ByLeader = Mapping[str, Sequence[Along]]


@once
def along(facts: Facts) -> ByLeader | None:
    """Joint visits and calls of the last months, of leaders with those who sell below them.

    Of a day of two people the source that tells most stands: what is logged and recorded counts
    once.

    Returns:
        Of each leader, by person and day; None where no table could tell of any.
    """
    if not any(facts.has(name) for name in (_SESSION, _VISIT, _ATTENDEE)):
        return None
    below = given_time.sellers_below(facts)
    first = min(given_time.window(facts.as_of)[0], *_months(facts.as_of))
    visits: dict[_Key, int] = defaultdict(int)
    minutes: dict[_Key, float | None] = {}
    for told in (_joint_calls(facts), _loaded(facts), _met(facts, leaders=below, first=first)):
        for key, (count, length) in told.items():
            leader, person, on = key
            people, _leaders = below.get(leader, (frozenset(), frozenset()))
            if person in people and first <= on <= facts.as_of:
                visits[key] = max(visits[key], count)
                known = [each for each in (minutes.get(key), length) if each is not None]
                minutes[key] = max(known, default=None)
    found: dict[str, list[Along]] = defaultdict(list)
    for key in sorted(visits):
        leader, person, on = key
        found[leader].append(Along(person=person, on=on, visits=visits[key], minutes=minutes[key]))
    return found


def of_leader(
    found: Sequence[Along],
    *,
    people: frozenset[str],
    won: Mapping[str, float] | None,
    last: date,
    logged_hours: float | None,
) -> FieldTime:
    """What one leader did themselves in the 90 days to `last`, by third of where people stood.

    Args:
        found: theirs.
        people: who sell below them.
        won: what people won before; None where nobody knows.
        last: the last day.
        logged_hours: what they logged with customers in these days.
    """
    first, end = given_time.window(last)
    own = [each for each in found if first <= each.on < end]
    third_of = None if won is None else given_time.placed(people, won=won)
    return FieldTime(
        visits=sum(each.visits for each in own),
        visited=len({each.person for each in own}),
        minutes=sum(each.minutes or 0.0 for each in own),
        untimed=sum(each.visits for each in own if each.minutes is None),
        thirds=None if third_of is None else _by_third(own, third_of=third_of),
        logged_hours=logged_hours,
    )


def months(
    found: ByLeader, *, below: Below, won: Mapping[str, float], last: date
) -> Iterator[FieldMonth]:
    """The months that are over, of five leaders and more below a leader who were along in them."""
    for head, (people, leaders) in sorted(below.items()):
        third_of = given_time.placed(people, won=won)
        if third_of is None:
            continue
        for month_on in _months(last):
            end = shifted(month_on, months=1)
            inside = [
                rows
                for leader in leaders - {head}
                if (rows := [each for each in found.get(leader, ()) if month_on <= each.on < end])
            ]
            if len(inside) >= DEFAULT.min_leaders_of_level:
                thirds = _by_third([each for rows in inside for each in rows], third_of=third_of)
                yield FieldMonth(head=head, month_on=month_on, leaders=len(inside), thirds=thirds)


def logged_hours(facts: Facts) -> Mapping[str, float]:
    """Hours with customers in the weeks that began in the last 90 days, of those who logged one."""
    first, end = given_time.window(facts.as_of)
    found: dict[str, float] = defaultdict(float)
    for row in collect(facts.columns(_LOG, "person_id", "week_on", "category", "hours")).records():
        if first <= row["week_on"] < end:
            found[row["person_id"]] += row["hours"] if row["category"] == Category.FIELD else 0.0
    return found


def _by_third(found: Sequence[Along], *, third_of: Mapping[str, Third]) -> tuple[FieldThird, ...]:
    people = Counter(third_of.values())
    return tuple(
        FieldThird(
            third=third,
            people=people[third],
            visits=sum(each.visits for each in found if third_of.get(each.person) is third),
            minutes=sum(
                each.minutes or 0.0 for each in found if third_of.get(each.person) is third
            ),
        )
        for third in Third
    )


def _months(last: date) -> Sequence[date]:
    this = (last - _LATE).replace(day=1)
    return [shifted(this, months=-back) for back in range(_MONTHS, 0, -1)]


def _joint_calls(facts: Facts) -> _Told:
    """Joint calls that were logged as sessions, as long as they were."""
    rows = collect(facts.columns(_SESSION))
    on = days.of(rows.column("held_at"), time_zone=facts.organisation.time_zone).tolist()
    found: dict[_Key, tuple[int, float | None]] = {}
    for row, day in zip(rows.records(), on, strict=True):
        if row["kind"] == SessionKind.JOINT_CALL:
            key = (row["coach_id"], row["person_id"], day)
            count, minutes = found.get(key, (0, 0.0))
            found[key] = (count + 1, (minutes or 0.0) + row["minutes"])
    return found


def _loaded(facts: Facts) -> _Told:
    """Visits that were loaded; nothing tells how long they were."""
    rows = collect(facts.columns(_VISIT, "leader_id", "seller_id", "visited_on")).records()
    counts = Counter((row["leader_id"], row["seller_id"], row["visited_on"]) for row in rows)
    return {key: (count, None) for key, count in counts.items()}


def _met(facts: Facts, *, leaders: Below, first: date) -> _Told:
    """Calls and meetings with a buyer where a leader and somebody else of ours took part."""
    if not facts.has(_ATTENDEE) or not leaders:
        return {}
    activity, attendee = facts.table(_ACTIVITY), facts.table(_ATTENDEE)
    on = day_of(facts, activity.occurred_at)
    inside = activity.filter(
        activity.kind.isin(_WITH_CUSTOMERS),
        activity.direction != "internal",
        activity.outcome.isnull() | activity.outcome.notin(_NOT_MET),
        on >= first,
        on <= facts.as_of,
    )
    ours = attendee.filter(attendee.side == "ours")
    there = inside.select("activity_id", person=inside.person_id).union(
        ours.select("activity_id", person=ours.attendee_id), distinct=True
    )
    led = there.filter(there.person.isin(sorted(leaders)))
    both = led.select("activity_id", leader=led.person).inner_join(there, "activity_id")
    when = inside.select(
        "activity_id", on=day_of(facts, inside.occurred_at), minutes=inside.duration_minutes
    )
    return _counted(both.filter(both.leader != both.person).inner_join(when, "activity_id"))


def _counted(pairs: "ir.Table") -> _Told:
    by = pairs.group_by("leader", "person", "on")
    rows = collect(by.agg(n=pairs.count(), minutes=pairs.minutes.cast("float64").sum())).records()
    return {(row["leader"], row["person"], row["on"]): (row["n"], row["minutes"]) for row in rows}
