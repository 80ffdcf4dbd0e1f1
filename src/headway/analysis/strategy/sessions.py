"""Sessions of coaches with people: which of them count, and which are inspection."""

from dataclasses import dataclass
from datetime import date

from headway.facts import Facts, collect, days
from headway.terms.coaching_session import INSPECTION, is_counting


@dataclass(frozen=True, kw_only=True)
class Session:
    """One session that was held. It `counts` where a practice was agreed on observed work.

    `followed_on` is the day on which the practice was looked at again.
    """

    coach: str
    person: str
    held_on: date
    minutes: float
    priority: str | None
    is_inspection: bool
    counts: bool
    followed_on: date | None


def of(facts: Facts, *, last: date) -> tuple[Session, ...] | None:
    """Every session held by that day; None where nobody logs sessions.

    A session counts with a priority, by the rule of `is_counting`; where both sides confirm
    sessions, once the person has.
    """
    if not facts.has("said/coaching_session"):
        return None
    needs_both = facts.has_column("said/coaching_session", "person_confirmed_on")
    rows = collect(facts.columns("said/coaching_session"))
    on = days.of(rows.column("held_at"), time_zone=facts.organisation.time_zone).tolist()
    found = []
    for row, held_on in zip(rows.records(), on, strict=True):
        if held_on > last:
            continue
        confirmed, followed = row["person_confirmed_on"], row["followed_up_on"]
        counts = is_counting(
            kind=row["kind"],
            is_work_observed=row["is_work_observed"],
            is_practice_agreed=row["is_practice_agreed"],
            has_follow_up=row["follow_up_on"] is not None,
            is_confirmed=not needs_both or (confirmed is not None and confirmed <= last),
        )
        found.append(
            Session(
                coach=row["coach_id"],
                person=row["person_id"],
                held_on=held_on,
                minutes=row["minutes"],
                priority=row["priority_id"],
                is_inspection=row["kind"] in INSPECTION,
                counts=bool(row["priority_id"]) and counts,
                followed_on=followed if followed is not None and followed <= last else None,
            )
        )
    return tuple(found)
