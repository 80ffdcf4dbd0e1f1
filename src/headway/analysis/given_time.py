"""Sessions leaders held, by week, and which third of their people got the minutes."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from headway.analysis.strategy import groups
from headway.facts import Facts, collect, days, once
from headway.facts.predicate import day_of
from headway.terms.coaching_session import INSPECTION
from headway.terms.own_time import Third, ThirdMinutes, WeekMinutes, monday
from headway.terms.survey import LEAST_ANSWERS

_SESSION, _OPPORTUNITY = "said/coaching_session", "seen/opportunity"
_WEEKS = 26
_WINDOW_DAYS, _BEFORE_DAYS = 90, 365


@dataclass(frozen=True, kw_only=True)
class Held:
    """One session; minutes that develop the person, or inspect."""

    coach: str
    person: str
    on: date
    minutes: float
    is_inspection: bool


def sessions(facts: Facts) -> Sequence[Held]:
    """Every session that was held by the last day and inspects or develops.

    A session of two develops where work was looked at or something to practise was agreed; a talk
    without either is left out. Joint calls, debriefs and role plays always develop.

    References:
        Own (domain model 2.5.4).
    """
    rows = collect(facts.columns(_SESSION))
    on = days.of(rows.column("held_at"), time_zone=facts.organisation.time_zone).tolist()
    return [
        Held(
            coach=row["coach_id"],
            person=row["person_id"],
            on=day,
            minutes=row["minutes"],
            is_inspection=row["kind"] in INSPECTION,
        )
        for row, day in zip(rows.records(), on, strict=True)
        if day <= facts.as_of and row["coach_id"] != row["person_id"] and _is_either(row)
    ]


# Any: a row holds what its columns hold.
def _is_either(row: Mapping[str, Any]) -> bool:
    is_talk = row["kind"] == "one_to_one"
    return not is_talk or bool(row["is_work_observed"] or row["is_practice_agreed"])


def by_week(held: Sequence[Held], *, last: date) -> Mapping[str, tuple[WeekMinutes, ...]]:
    """Minutes of each coach in the last 26 weeks that are over by `last`, without gaps."""
    end = monday(last + timedelta(days=1))
    weeks = [end - timedelta(weeks=back) for back in range(_WEEKS, 0, -1)]
    minutes: dict[tuple[str, date, bool], float] = defaultdict(float)
    for each in held:
        minutes[each.coach, monday(each.on), each.is_inspection] += each.minutes
    return {
        coach: tuple(
            WeekMinutes(
                week_on=week,
                inspection=minutes.get((coach, week, True), 0.0),
                development=minutes.get((coach, week, False), 0.0),
            )
            for week in weeks
        )
        for coach in {each.coach for each in held}
    }


@once
def won_before(facts: Facts) -> Mapping[str, float] | None:
    """What each person won in the year before the last 90 days; see `won_between`."""
    first, _end = window(facts.as_of)
    return won_between(facts, first=first - timedelta(days=_BEFORE_DAYS), end=first)


def won_between(facts: Facts, *, first: date, end: date) -> Mapping[str, float] | None:
    """What each person won from `first` until before `end`; None where nobody knows.

    Returns:
        Amount by person, only those who won something.
    """
    needed = ("owner_id", "amount", "closed_at")
    if not all(facts.has_column(_OPPORTUNITY, name) for name in needed):
        return None
    table = facts.table(_OPPORTUNITY)
    day = day_of(facts, table.closed_at)
    inside = table.filter(table.stage_group == "won", day >= first, day < end)
    if collect(inside.agg(n=inside.count())).records()[0]["n"] == 0:
        return None
    won = collect(inside.group_by("owner_id").agg(amount=inside.amount.cast("float64").sum()))
    return {row["owner_id"]: row["amount"] or 0.0 for row in won.records() if row["owner_id"]}


def developed(held: Sequence[Held], *, last: date) -> Mapping[tuple[str, str], float]:
    """Minutes of development in the 90 days to `last`, by coach and person."""
    first, end = window(last)
    minutes: dict[tuple[str, str], float] = defaultdict(float)
    for each in held:
        if first <= each.on < end and not each.is_inspection:
            minutes[each.coach, each.person] += each.minutes
    return minutes


def thirds(
    minutes: Mapping[tuple[str, str], float],
    *,
    people: frozenset[str],
    coaches: frozenset[str],
    won: Mapping[str, float],
) -> tuple[ThirdMinutes, ...] | None:
    """Minutes of development, by third of where people stood before.

    Args:
        minutes: of each coach and person.
        people: the group.
        coaches: whose minutes count.
        won: what people won before; who is not there won nothing.

    Returns:
        Top, middle and early; None where one of them has fewer than five people.

    References:
        Own: thirds by mean rank, so that people who won the same stand in the same third.

    Examples:
        >>> found = thirds(
        ...     {},
        ...     people=frozenset("abcdefghijklmno"),
        ...     coaches=frozenset(),
        ...     won=dict(zip("abcdefghijklmno", range(15))),
        ... )
        >>> [(each.third.value, each.people) for each in found]
        [('top', 5), ('middle', 5), ('early', 5)]
    """
    third_of = placed(people, won=won)
    if third_of is None:
        return None
    counts = Counter(third_of.values())
    got: dict[Third, float] = defaultdict(float)
    for (coach, person), count in minutes.items():
        if person in third_of and coach in coaches:
            got[third_of[person]] += count
    return tuple(
        ThirdMinutes(third=third, people=counts[third], minutes=got[third]) for third in Third
    )


def placed(people: frozenset[str], *, won: Mapping[str, float]) -> Mapping[str, Third] | None:
    """In which third of a group everybody stood before; None where one has fewer than five people.

    Args:
        people: the group.
        won: what people won before; who is not there won nothing.
    """
    third_of = dict(_placed({each: won.get(each, 0.0) for each in people}))
    counts = Counter(third_of.values())
    return third_of if min(counts[third] for third in Third) >= LEAST_ANSWERS else None


def _placed(won: Mapping[str, float]) -> Iterator[tuple[str, Third]]:
    n = len(won)
    ordered = sorted(won.values())
    for person, amount in won.items():
        # The mean rank of all who won the same, in the middle of its step: 0..1.
        place = (bisect_left(ordered, amount) + bisect_right(ordered, amount)) / (2 * n)
        third = Third.TOP if place > 2 / 3 else Third.MIDDLE if place > 1 / 3 else Third.EARLY
        yield person, third


def window(last: date) -> tuple[date, date]:
    """The first of the 90 days to `last`, and the day after them."""
    end = last + timedelta(days=1)
    return end - timedelta(days=_WINDOW_DAYS), end


@once
def sellers_below(facts: Facts) -> Mapping[str, tuple[frozenset[str], frozenset[str]]]:
    """For each leader, who sells below them on the last day, and the leaders down to these."""
    now = groups.standing(facts, on=facts.as_of)
    manager_of = groups.managers(now)
    people: dict[str, set[str]] = defaultdict(set)
    leaders: dict[str, set[str]] = defaultdict(set)
    for person, row in now.items():
        if row["role"] != "seller":
            continue
        passed: set[str] = set()
        for head in groups.above(person, manager_of):
            passed.add(head)
            people[head].add(person)
            leaders[head] |= passed
    return {head: (frozenset(found), frozenset(leaders[head])) for head, found in people.items()}


def open_roles(facts: Facts) -> Mapping[str, int]:
    """How many roles are open on the last day, by whose team they are for."""
    found: dict[str, int] = defaultdict(int)
    for row in collect(facts.columns("meant/open_role")).records():
        filled_on = row["filled_on"]
        if row["opened_on"] <= facts.as_of and (filled_on is None or filled_on > facts.as_of):
            found[row["manager_id"]] += 1
    return found
