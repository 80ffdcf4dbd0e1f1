"""Own hours and meetings of pairs, from records to rows of the facts and back.

What was brought and never changed here is no row of these: it is loaded already. What two people
wrote in a meeting stays in records.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from headway import facts as known
from headway.actions.brought_own_time import PeerMeetingFact, TimeFact
from headway.facts import Facts
from headway.records import pairs
from headway.records.models import PeerMeeting, TimeLog
from headway.terms.own_time import Category

_Row = dict[str, Any]  # Any: columns of several types, as facts.TABLES declares them


def rows() -> Mapping[str, list[_Row]]:
    """The rows of each table that tell where hours went and which pairs met."""
    return {"said/time_log": list(_times()), "said/peer_meeting": list(_meetings())}


def times(facts: Facts) -> Iterator[TimeFact]:
    """The hours that a load tells of."""
    for row in known.collect(facts.columns("said/time_log")).records():
        yield TimeFact(
            person_id=row["person_id"],
            week_on=row["week_on"],
            category=Category(row["category"]),
            priority=row["priority_id"] or "",
            hours=row["hours"],
        )


def meetings(facts: Facts) -> Iterator[PeerMeetingFact]:
    """The meetings of pairs that a load tells of."""
    for row in known.collect(facts.columns("said/peer_meeting")).records():
        yield PeerMeetingFact(
            fact_id=row["meeting_id"],
            person_id=row["person_id"],
            partner_id=row["partner_id"],
            planned_on=row["planned_on"],
            met_on=row["met_on"],
            advice_given_count=row["advice_given_count"],
            advice_used_count=row["advice_used_count"],
        )


def _times() -> Iterator[_Row]:
    found = TimeLog.objects.filter(is_brought=False)
    for each in found.order_by("person_id", "week_on", "category", "priority"):
        yield {
            "person_id": each.person_id,
            "week_on": each.week_on,
            "category": each.category,
            "priority_id": each.priority or None,
            "hours": each.hours,
        }


def _meetings() -> Iterator[_Row]:
    found = PeerMeeting.objects.filter(is_brought=False).prefetch_related("notes")
    for each in found.order_by("id"):
        given, used = pairs.advice(each) if each.met_on else (None, None)
        yield {
            "meeting_id": each.fact_id,
            "person_id": each.person_id,
            "partner_id": each.partner_id,
            "planned_on": each.planned_on,
            "met_on": each.met_on,
            "advice_given_count": given,
            "advice_used_count": used,
        }
