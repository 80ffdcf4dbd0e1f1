"""What changed for each coach since their first session that counts: team and own hours."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial
from statistics import fmean

import numpy as np

from headway.analysis.coaching import before_after
from headway.analysis.coaching.before_after import Spells
from headway.analysis.strategy import groups, items
from headway.analysis.strategy.declared import Priority
from headway.analysis.strategy.sessions import Session
from headway.facts import Facts, collect
from headway.facts.predicate import day_of
from headway.terms.coach_benefit import (
    Change,
    CoachBenefit,
    HoursChange,
    Outcome,
    OwnHours,
    TeamChange,
)
from headway.terms.period import Period
from headway.terms.survey import LEAST_ANSWERS

_OPPORTUNITY = "seen/opportunity"
_SHARES = {OwnHours.DEVELOPMENT: {"development"}, OwnHours.INSPECTION: {"inspection"}}

# Per person k of n in a spell; who has no case is not there.
_Counts = Mapping[str, tuple[float, float]]
_Counted = Callable[[Period], _Counts]


@dataclass(frozen=True, kw_only=True)
class _Month:
    """What one person closed in one month."""

    won: int
    decided: int
    amount: float


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What all coaches are read from; `sellers` are remembered by day."""

    facts: Facts
    outcomes: Sequence[tuple[Outcome, str, _Counted]]
    hours: Mapping[str, Mapping[date, Mapping[str, float]]]
    level: float
    sellers: dict[date, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    def selling(self, on: date) -> Mapping[str, frozenset[str]]:
        """All who sold on a day, each with everybody above them."""
        if on not in self.sellers:
            self.sellers[on] = _selling(self.facts, on=on)
        return self.sellers[on]


def of(
    facts: Facts, *, sessions: Sequence[Session], priorities: Sequence[Priority], level: float
) -> Mapping[str, CoachBenefit]:
    """By coach; only those who held a session that counts.

    Args:
        facts: of one organisation, cut to the day that is asked about.
        sessions: all that were held.
        priorities: those in force.
        level: of the ranges.
    """
    began: dict[str, date] = {}
    for each in sessions:
        if each.counts and each.coach != each.person:
            began[each.coach] = min(each.held_on, began.get(each.coach, each.held_on))
    known = _Known(
        facts=facts,
        outcomes=tuple(_outcomes(facts, priorities=priorities)),
        hours=_hours(facts),
        level=level,
    )
    return {coach: _one(known, coach=coach, began_on=day) for coach, day in sorted(began.items())}


def _one(known: _Known, *, coach: str, began_on: date) -> CoachBenefit:
    facts = known.facts
    found = before_after.spells(began_on, data_from=facts.data_from, last=facts.as_of)
    if found is None:
        return CoachBenefit(began_on=began_on, months=0)
    first, last = (known.selling(day) for day in (found.before.first, facts.as_of))
    team = {person for person, above in last.items() if coach in above & first.get(person, set())}
    others = {person for person, above in last.items() if person in first and coach not in above}
    return CoachBenefit(
        began_on=began_on,
        months=found.months,
        people=len(team),
        currency=facts.organisation.currency,
        team=tuple(_team(known, found, team=team, others=others)),
        own=tuple(_own(known.hours.get(coach, {}), found, level=known.level)),
    )


def _team(
    known: _Known, found: Spells, *, team: Collection[str], others: Collection[str]
) -> Iterator[TeamChange]:
    for outcome, priority, counted in known.outcomes:
        before, after = counted(found.before), counted(found.after)
        seen = _change(before, after, people=team, level=known.level)
        if seen is None:
            continue
        beside = _change(before, after, people=others, level=known.level)
        yield TeamChange(
            outcome=outcome,
            priority=priority,
            people=seen[0],
            change=seen[1],
            others=None if beside is None else beside[1].size,
        )


def _outcomes(
    facts: Facts, *, priorities: Sequence[Priority]
) -> Iterator[tuple[Outcome, str, _Counted]]:
    """What is counted, by spell; counted once for all coaches who began in the same month."""
    for each in priorities:
        if each.eligibility is None or each.behaviour is None:
            continue
        work = items.of(facts, eligibility=each.eligibility, behaviour=each.behaviour)
        if work is not None:
            yield Outcome.PRACTICE, each.priority_id, cache(partial(_practised, work))
    closed = _closed(facts)
    if closed:
        yield Outcome.WIN_RATE, "", cache(partial(_rates, closed))
    if closed and facts.has_column(_OPPORTUNITY, "amount"):
        yield Outcome.BOOKINGS, "", cache(partial(_amounts, closed))


def _practised(work: items.Items, spell: Period) -> _Counts:
    return work.counts(first=spell.first, end=spell.end)


def _rates(closed: Mapping[str, Mapping[date, _Month]], spell: Period) -> _Counts:
    found = {}
    for person, months in closed.items():
        inside = [month for day, month in months.items() if day in spell]
        decided = sum(month.decided for month in inside)
        if decided:
            found[person] = float(sum(month.won for month in inside)), float(decided)
    return found


def _amounts(closed: Mapping[str, Mapping[date, _Month]], spell: Period) -> _Counts:
    """Everybody who ever closed something is there: who won nothing in a spell booked 0."""
    months = round(spell.days / 30.4)
    return {
        person: (sum(month.amount for day, month in each.items() if day in spell), float(months))
        for person, each in closed.items()
    }


def _change(
    before: _Counts, after: _Counts, *, people: Collection[str], level: float
) -> tuple[int, Change] | None:
    """Of those with cases in both spells, with how many they are; None of fewer than five."""
    both = sorted(person for person in people if person in before and person in after)
    if len(both) < LEAST_ANSWERS:
        return None
    first, last = (
        np.array([counts[person] for person in both], dtype=np.float64).T
        for counts in (before, after)
    )
    change = before_after.of_people((first[0], first[1]), (last[0], last[1]), level=level)
    return len(both), change


def _own(
    weeks: Mapping[date, Mapping[str, float]], found: Spells, *, level: float
) -> Iterator[HoursChange]:
    if not weeks:
        return
    for hours in OwnHours:
        before, after = (
            _by_month(weeks, spell=spell, hours=hours) for spell in (found.before, found.after)
        )
        yield HoursChange(
            hours=hours,
            before_months=len(before),
            after_months=len(after),
            change=before_after.of_months(before, after, level=level),
        )


def _by_month(
    weeks: Mapping[date, Mapping[str, float]], *, spell: Period, hours: OwnHours
) -> Sequence[float]:
    """Hours a logged week, mean of each month in which a week was logged."""
    months: dict[date, list[float]] = defaultdict(list)
    for week_on, logged in weeks.items():
        if week_on in spell:
            kept = _SHARES.get(hours, logged.keys())
            months[week_on.replace(day=1)].append(
                sum(count for category, count in logged.items() if category in kept)
            )
    return [fmean(each) for _month, each in sorted(months.items())]


def _hours(facts: Facts) -> Mapping[str, Mapping[date, Mapping[str, float]]]:
    """Hours by person, week and category; a week with none at all was not logged."""
    found: dict[str, dict[date, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in collect(facts.columns("said/time_log")).records():
        if row["hours"] > 0 and row["week_on"] <= facts.as_of:
            of_week = found[row["person_id"]][row["week_on"]]
            of_week[row["category"]] = of_week.get(row["category"], 0.0) + row["hours"]
    return found


def _selling(facts: Facts, *, on: date) -> Mapping[str, frozenset[str]]:
    standing = groups.standing(facts, on=on)
    manager_of = groups.managers(standing)
    return {
        person: frozenset(groups.above(person, manager_of))
        for person, row in standing.items()
        if row["role"] == "seller"
    }


def _closed(facts: Facts) -> Mapping[str, Mapping[date, _Month]]:
    """What each closed by month, in the organisation's currency; empty where nobody knows."""
    needed = ("owner_id", "closed_at")
    if not all(facts.has_column(_OPPORTUNITY, name) for name in needed):
        return {}
    table = facts.table(_OPPORTUNITY)
    currency = facts.organisation.currency
    ours = (table.currency.fill_null(currency) == currency).ifelse(table.amount, None)
    amount = table.report_amount.coalesce(ours).cast("float64")
    day = day_of(facts, table.closed_at)
    is_decided = table.stage_group.isin(["won", "lost"])
    closed = table.filter(is_decided, table.owner_id.notnull(), table.closed_at.notnull()).select(
        person=table.owner_id,
        month=day.year() * 12 + day.month() - 1,
        won=(table.stage_group == "won").cast("int64"),
        amount=(table.stage_group == "won").ifelse(amount, None),
    )
    rows = collect(
        closed.group_by("person", "month")
        .agg(won=closed.won.sum(), decided=closed.count(), amount=closed.amount.sum())
        .order_by("person", "month")
    )
    found: dict[str, dict[date, _Month]] = defaultdict(dict)
    for row in rows.records():
        found[row["person"]][date(row["month"] // 12, row["month"] % 12 + 1, 1)] = _Month(
            won=row["won"], decided=row["decided"], amount=row["amount"] or 0.0
        )
    return found
