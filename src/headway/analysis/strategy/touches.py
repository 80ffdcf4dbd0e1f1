"""How often managers step into opportunities that their people work on, lately and before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from headway.facts import Facts, collect
from headway.facts.predicate import day_of
from headway.terms.period import Period

if TYPE_CHECKING:
    import ibis.expr.types as ir

Floats = npt.NDArray[np.float64]
Line = tuple[str, str, int, int]
"""A seller, their manager, and the first day and the end of it, in days since the first one."""

_BEFORE = timedelta(days=273)
_WEEK = 7
_REASSIGNED = "owner_id"
# Where each kind is recorded, and in which column who did it.
_KINDS = {
    "changes": ("seen/opportunity_change", "changed_by_id"),
    "activities": ("seen/activity", "person_id"),
}


@dataclass(frozen=True, kw_only=True)
class Weeks:
    """Touches and people of one manager, week by week; the last `late` weeks are the window.

    `seller_weeks` are the weeks that people reported to the manager; `touches` of one kind.
    """

    touches: Floats
    seller_weeks: Floats
    late: int


@dataclass(frozen=True, kw_only=True)
class Touches:
    """Weeks of each manager, for changes to opportunities and for activities on them.

    None where nobody records that kind.
    """

    changes: Mapping[str, Weeks] | None
    activities: Mapping[str, Weeks] | None


def of(facts: Facts, *, window: Period) -> Touches:
    """Count the window and nine months before it, as far as systems recorded them.

    A touch is a change to an opportunity that somebody's direct manager made while the opportunity
    was open and that person's own, its first entries and its passing to another owner left out; or
    an activity of that manager on it. Whose an opportunity is, is read as of the last day.

    References:
        Own, domain.md 2.5.5: "touch frequency on work the seller had decided".
    """
    late = -(-(window.end - window.first).days // _WEEK)
    end = window.end
    first = max(end - timedelta(days=late * _WEEK) - _BEFORE, facts.data_from)
    weeks = max((end - first).days // _WEEK, 0)
    first = end - timedelta(days=weeks * _WEEK)
    lines = list(_lines(facts, first=first, end=end))
    people = _people(lines, weeks=weeks)
    counted = {
        kind: _counted(facts, kind, first=first, end=end, lines=lines, people=people, late=late)
        for kind in _KINDS
    }
    return Touches(**counted)


def _lines(facts: Facts, *, first: date, end: date) -> Iterator[Line]:
    for row in collect(facts.columns("seen/reporting_line")).records():
        manager, role = row["manager_id"], row["role"]
        since = max(row["valid_from"], first)
        until = min(row["valid_to"] or end, end)
        if manager is not None and role == "seller" and since < until:
            yield row["person_id"], manager, (since - first).days, (until - first).days


def _people(lines: list[Line], *, weeks: int) -> Mapping[str, Floats]:
    found: dict[str, Floats] = {}
    edges = np.arange(weeks + 1) * _WEEK
    for _seller, manager, since, until in lines:
        inside = np.minimum(edges[1:], until) - np.maximum(edges[:-1], since)
        there = found.setdefault(manager, np.zeros(weeks))
        there += np.maximum(inside, 0) / _WEEK
    return found


def _counted(
    facts: Facts,
    kind: str,
    *,
    first: date,
    end: date,
    lines: list[Line],
    people: Mapping[str, Floats],
    late: int,
) -> Mapping[str, Weeks] | None:
    table, by = _KINDS[kind]
    if not facts.has(table) or not facts.has_column(table, by):
        return None
    selected = _changes(facts) if kind == "changes" else _activities(facts)
    at = selected.filter(selected.on >= first, selected.on < end)
    days = (end - first).days
    touches = {manager: np.zeros(days // _WEEK) for manager in people}
    led: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for seller, manager, since, until in lines:
        led.setdefault((seller, manager), []).append((since, until))
    for row in collect(at).records():
        day = (row["on"] - first).days
        spans = led.get((row["owner"], row["person"]), ())
        if any(since <= day < until for since, until in spans):
            touches[row["person"]][day // _WEEK] += 1
    return {
        manager: Weeks(touches=touches[manager], seller_weeks=there, late=late)
        for manager, there in people.items()
    }


def _changes(facts: Facts) -> "ir.Table":
    change = facts.table("seen/opportunity_change")
    made = change.filter(
        change.old_value.notnull(), change.field != _REASSIGNED, change.changed_by_id.notnull()
    )
    return _on_open(facts, made, person="changed_by_id", at="changed_at")


def _activities(facts: Facts) -> "ir.Table":
    activity = facts.table("seen/activity")
    done = activity.filter(activity.opportunity_id.notnull())
    return _on_open(facts, done, person="person_id", at="occurred_at")


def _on_open(facts: Facts, table: "ir.Table", *, person: str, at: str) -> "ir.Table":
    """Person, owner and day of each row that another than the owner left while it was open."""
    opportunity = facts.table("seen/opportunity")
    owned = opportunity.filter(opportunity.owner_id.notnull()).select(
        opportunity_id=opportunity.opportunity_id,
        owner=opportunity.owner_id,
        ended_at=opportunity.closed_at,
    )
    both = table.select("opportunity_id", person=table[person], at=table[at]).inner_join(
        owned, "opportunity_id"
    )
    is_open = both.ended_at.isnull() | (both.at <= both.ended_at)
    kept = both.filter(both.person != both.owner, is_open)
    return kept.select("person", "owner", on=day_of(facts, kept.at))
