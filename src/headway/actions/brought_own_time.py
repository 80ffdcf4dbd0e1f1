"""Bringing hours and meetings of pairs that came with a load to those that were entered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from headway.actions.brought_rows import keep_rows
from headway.records import own_time
from headway.records.models import PeerMeeting, TimeLog
from headway.terms.own_time import Category


@dataclass(frozen=True, kw_only=True)
class TimeFact:
    """Hours of one week of one person; `priority` "" = for none."""

    person_id: str
    week_on: date
    category: Category
    priority: str
    hours: float


@dataclass(frozen=True, kw_only=True)
class PeerMeetingFact:
    """One meeting of two; `met_on` None = it was not held. Counts None = nobody counted."""

    fact_id: str
    person_id: str
    partner_id: str
    planned_on: date
    met_on: date | None
    advice_given_count: int | None
    advice_used_count: int | None


def keep_times(facts: Iterable[TimeFact], *, people: Collection[str]) -> int:
    """Bring logged hours up to the facts; each is for nobody but its person.

    Args:
        facts: what the load tells.
        people: whom records know; of others nothing is listed.

    Returns:
        How many stand as brought.
    """
    rows = (
        TimeLog(
            fact_id=own_time.key(
                each.person_id,
                week_on=each.week_on,
                category=each.category.value,
                priority=each.priority,
            ),
            is_brought=True,
            person_id=each.person_id,
            week_on=each.week_on,
            category=each.category.value,
            priority=each.priority,
            hours=each.hours,
        )
        for each in facts
        if each.person_id in people and each.hours >= 0
    )
    return len(keep_rows(TimeLog, rows))


def keep_meetings(facts: Iterable[PeerMeetingFact], *, people: Collection[str]) -> int:
    """Bring meetings of pairs up to the facts; as above."""
    rows = (
        PeerMeeting(
            fact_id=each.fact_id,
            is_brought=True,
            person_id=each.person_id,
            partner_id=each.partner_id,
            planned_on=each.planned_on,
            met_on=each.met_on,
            advice_given_count=each.advice_given_count,
            advice_used_count=each.advice_used_count,
        )
        for each in facts
        if each.person_id in people
        and each.partner_id in people
        and each.person_id != each.partner_id
    )
    return len(keep_rows(PeerMeeting, rows))
