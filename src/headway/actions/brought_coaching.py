"""Bringing the sessions of a load to those that were entered."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from headway.actions.brought_rows import keep_rows
from headway.records.models import CoachingSession


@dataclass(frozen=True, kw_only=True)
class SessionFact:
    """One session that was held; `priority` and `topic` "" = none is known."""

    fact_id: str
    coach_id: str
    person_id: str
    held_at: datetime
    minutes: float
    kind: str
    topic: str
    priority: str
    is_work_observed: bool | None
    is_practice_agreed: bool | None
    follow_up_on: date | None
    followed_up_on: date | None
    coach_confirmed_on: date | None
    person_confirmed_on: date | None


def keep_sessions(facts: Iterable[SessionFact], *, people: Collection[str]) -> int:
    """Bring sessions up to the facts.

    Args:
        facts: what the load tells.
        people: whom records know; of others nothing is listed.

    Returns:
        How many stand as brought.
    """
    rows = [
        CoachingSession(
            fact_id=each.fact_id,
            is_brought=True,
            state="held",
            coach_id=each.coach_id,
            person_id=each.person_id,
            made_at=each.held_at,
            held_at=each.held_at,
            minutes=each.minutes,
            kind=each.kind,
            topic=each.topic,
            priority=each.priority,
            is_work_observed=each.is_work_observed,
            is_practice_agreed=each.is_practice_agreed,
            follow_up_on=each.follow_up_on,
            followed_up_on=each.followed_up_on,
            coach_confirmed_on=each.coach_confirmed_on,
            person_confirmed_on=each.person_confirmed_on,
        )
        for each in facts
        if each.coach_id in people and each.person_id in people
        if each.coach_id != each.person_id
    ]
    return len(keep_rows(CoachingSession, rows))
