"""What a leader sees about themselves before others do."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from headway.records.models import LeaderFinding
from headway.terms import identity
from headway.terms.coaching import Coaching, Micromanagement
from headway.terms.line import Chain, Link
from headway.terms.viewer import Viewer

WORKING_DAYS = 5
"""How long a leader has a finding about themselves to themselves."""
_SATURDAY = 5


def leader_finding(chain: Chain) -> str | None:
    """The identity of what a chain says about its leader; None where it says nothing.

    Another verdict is another finding: its leader sees that first too.
    """
    led = chain.at(Link.LED)
    if led.k is None:
        return None
    return identity.of("line.led", chain.priority, chain.group, led.verdict.value)


def coach_finding(own: Coaching, for_others: Coaching) -> str | None:
    """The identity of what is said of how a manager spends time with their people.

    None where nothing is, and for a group: that names nobody. The same for every priority; another
    verdict, of theirs or of what others will see, is another finding.
    """
    if own.micromanagement is None or for_others.micromanagement is None:
        return None
    if own.inspection_share is None and own.micromanagement is Micromanagement.CANNOT_TELL:
        return None
    verdicts = (own.micromanagement.value, for_others.micromanagement.value)
    return identity.of("coaching.manager", own.scope, *verdicts)


def measures_finding(head: str, *, quarter_on: date) -> str:
    """The identity of what is measured of a leader's people in the quarter that begins on a day.

    Those of the next quarter are another finding: the leader sees them first again.
    """
    return identity.of("measures", head, quarter_on.isoformat())


def opens_at(first_published_at: datetime) -> datetime:
    """When others may see what was found about a leader: after five working days.

    >>> from datetime import UTC
    >>> opens_at(datetime(2026, 11, 26, 6, tzinfo=UTC)).date()  # a Thursday
    datetime.date(2026, 12, 3)
    """
    left, at = WORKING_DAYS, first_published_at
    while left:
        at += timedelta(days=1)
        left -= at.weekday() < _SATURDAY
    return at


def notes(findings: Iterable[str | None]) -> Mapping[str, LeaderFinding]:
    """What is kept of these findings, by their identity."""
    asked = {each for each in findings if each}
    return {each.finding: each for each in LeaderFinding.objects.filter(finding__in=asked)}


def is_open(found: LeaderFinding, *, at: datetime) -> bool:
    """Whether others than the leader may see it: commented on, or long enough published."""
    return found.commented_at is not None or found.opens_at <= at


def may_see(viewer: Viewer, *, leader: str, note: LeaderFinding | None, at: datetime) -> bool:
    """Whether the viewer may see what was found about a leader: they at once, others once open."""
    if viewer.is_system or leader == viewer.person_id:
        return True
    return note is not None and is_open(note, at=at)
