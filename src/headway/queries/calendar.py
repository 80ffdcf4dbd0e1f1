"""What stands in somebody's calendar: days of commitments to which they are a side."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from django.db.models import Q

from headway.records import commitments
from headway.records.models import CalendarAddress, Commitment
from headway.terms.viewer import Viewer

# How long one that no longer holds is shown as cancelled, so that every subscriber learns of it.
_CANCELLED_FOR = timedelta(days=30)


class Standing(StrEnum):
    """Whether an entry holds."""

    HOLDS = "holds"
    NOT_AGREED = "not_agreed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One whole day: the sentence of a commitment of one's own, or of one made to oneself.

    `revision` counts its changes from 0, and `changed_at` is the last that has a moment.
    """

    commitment_id: int
    is_own: bool
    text: str
    day: date
    standing: Standing
    revision: int
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class AddressSeen:
    """The address of one's calendar, without its secret; `last_used_on` None = never used."""

    made_at: datetime
    last_used_on: date | None


def entries(viewer: Viewer, *, today: date) -> tuple[Entry, ...]:
    """The viewer's own commitments and those made to them, by day; nothing of anybody else's.

    Open ones, and for a month those that no longer hold. Of those made to them only what was
    agreed to. The number of statements does not grow with them.
    """
    if viewer.person_id is None:
        return ()
    does_it = Q(owner_id=viewer.person_id) | Q(is_joint=True, to_id=viewer.person_id)
    mine = does_it | Q(to_id=viewer.person_id, accepted_at__isnull=False)
    shown = Q(state="open") | Q(
        state__in=("released", "broken", "declined"), settled_on__gt=today - _CANCELLED_FOR
    )
    found = Commitment.objects.filter(mine & shown).prefetch_related("events")
    return tuple(
        _entry(each, is_own=viewer.person_id in commitments.doers(each))
        for each in found.order_by("due_on", "id")
    )


def address(viewer: Viewer) -> AddressSeen | None:
    """The viewer's own address, None = they have none."""
    found = CalendarAddress.objects.filter(account_id=viewer.account_id or 0).first()
    if found is None:
        return None
    return AddressSeen(made_at=found.made_at, last_used_on=found.last_used_on)


def _entry(found: Commitment, *, is_own: bool) -> Entry:
    return Entry(
        commitment_id=found.pk,
        is_own=is_own,
        text=found.text,
        day=found.due_on,
        standing=_standing(found),
        revision=found.version - 1,
        changed_at=_changed_at(found),
    )


def _standing(found: Commitment) -> Standing:
    if found.state != "open":
        return Standing.CANCELLED
    return Standing.HOLDS if found.accepted_at else Standing.NOT_AGREED


def _changed_at(found: Commitment) -> datetime:
    moments = [found.made_at, *(event.at for event in found.events.all())]
    if found.accepted_at:
        moments.append(found.accepted_at)
    if found.settled_on:
        moments.append(datetime.combine(found.settled_on, time(), tzinfo=UTC))
    return max(moments)
