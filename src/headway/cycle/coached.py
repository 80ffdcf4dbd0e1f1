"""Sessions of coaching between records and facts; the words of the two never go into facts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC
from typing import Any

from django.db.models import F, Q

from headway import facts as known
from headway.actions.brought_coaching import SessionFact
from headway.facts import Facts
from headway.records.models import CoachingSession, CoachingStart

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them
TABLE = "said/coaching_session"
_STARTS = "meant/coaching_start"
_CONFIRMED = "person_confirmed_on"
_OPTIONAL = (
    *("is_work_observed", "is_practice_agreed", "follow_up_on", "followed_up_on"),
    *("coach_confirmed_on", "person_confirmed_on"),
)


def rows() -> Mapping[str, list[_Row]]:
    """The sessions that were logged here, or came with a load and were changed here; drawn starts.

    A programme that ended no longer starts anybody.
    """
    held = CoachingSession.objects.filter(is_brought=False, state="held").order_by("id")
    drawn = CoachingStart.objects.select_related("programme").order_by("id")
    starts = drawn.filter(Q(programme__ended_on=None) | Q(planned_on__lt=F("programme__ended_on")))
    return {
        TABLE: [_row(each) for each in held],
        _STARTS: [_start(each) for each in starts],
    }


def withdrawn() -> Mapping[str, Collection[str]]:
    """The sessions that were taken back here: they count no more, loaded or not."""
    gone = CoachingSession.objects.filter(is_brought=False, state="called_off")
    return {TABLE: set(gone.values_list("fact_id", flat=True))}


def confirmed(facts: Facts, told: Sequence[_Row]) -> list[_Row]:
    """Rows to lay beside a load so that its own sessions count as they did alone.

    Where a load says of no session that the person confirmed it, each counts as held. Beside
    sessions that say so the loaded ones have to say it too: on the day they were held.
    """
    if not told or not facts.has(TABLE) or facts.has_column(TABLE, _CONFIRMED):
        return list(told)
    ours = {row["session_id"] for row in told}
    loaded = known.collect(facts.columns(TABLE)).records()
    return [
        *told,
        *(
            {"session_id": row["session_id"], _CONFIRMED: row["held_at"].date()}
            for row in loaded
            if row["session_id"] not in ours
        ),
    ]


def loaded(facts: Facts) -> Iterator[SessionFact]:
    """The sessions a load tells, as the pages list them."""
    is_told = facts.has_column(TABLE, _CONFIRMED) if facts.has(TABLE) else False
    for row in known.collect(facts.columns(TABLE)).records():
        held_at = row["held_at"].replace(tzinfo=UTC)
        further = {name: row[name] for name in _OPTIONAL}
        if not is_told:
            further |= dict.fromkeys(("coach_confirmed_on", _CONFIRMED), held_at.date())
        yield SessionFact(
            fact_id=row["session_id"],
            coach_id=row["coach_id"],
            person_id=row["person_id"],
            held_at=held_at,
            minutes=row["minutes"],
            kind=row["kind"],
            topic=row["topic"] or "",
            priority=row["priority_id"] or "",
            **further,
        )


def _start(each: CoachingStart) -> _Row:
    programme = each.programme
    return {
        "programme_id": f"drawn:{programme.pk}:{programme.seed}",
        "manager_id": each.manager_id,
        "priority_id": programme.priority,
        "drawn_on": programme.starts_on,
        "planned_on": each.planned_on,
    }


def _row(each: CoachingSession) -> _Row:
    """One row; what it was about stays with the two."""
    return {
        "session_id": each.fact_id,
        "coach_id": each.coach_id,
        "person_id": each.person_id,
        "held_at": each.held_at,
        "minutes": each.minutes,
        "kind": each.kind,
        "priority_id": each.priority or None,
        **{name: getattr(each, name) for name in _OPTIONAL},
    }
