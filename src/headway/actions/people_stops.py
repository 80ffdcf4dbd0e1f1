"""Loads that would change more people than they may: noted, and confirmed by who looked."""

from dataclasses import dataclass
from datetime import datetime

from headway.actions.action import NotAllowedError, action
from headway.records.models import PeopleStop
from headway.terms import codec
from headway.terms.access import Permission
from headway.terms.people import Brake
from headway.terms.viewer import Viewer


@dataclass(frozen=True, kw_only=True)
class StopChanged:
    """A stopped load was noted or confirmed."""

    stop_id: int

    @property
    def subject(self) -> str:
        """Which."""
        return f"people_stop:{self.stop_id}"


@action("people_stops.note", permission=Permission.DATA)
def note(*, viewer: Viewer, at: datetime, facts_id: str, brake: Brake) -> StopChanged:
    """Note that facts wait for what they would do to the people here; others wait no more."""
    del viewer
    PeopleStop.objects.filter(confirmed_at=None).exclude(facts_id=facts_id).delete()
    found, _ = PeopleStop.objects.update_or_create(
        facts_id=facts_id,
        defaults={"brake": codec.to_json(brake), "found_at": at, "confirmed_at": None},
    )
    return StopChanged(stop_id=found.pk)


@action("people_stops.confirm", permission=Permission.ACCESS)
def confirm(*, viewer: Viewer, at: datetime, stop_id: int) -> StopChanged:
    """Say that these people have left, or have another id: the next publication brings them in.

    Raises:
        NotAllowedError: nothing waits under that number.
    """
    waiting = PeopleStop.objects.filter(pk=stop_id, confirmed_at=None)
    if not waiting.update(confirmed_at=at, confirmed_by_id=viewer.account_id):
        raise NotAllowedError(f"people_stop:{stop_id}")
    return StopChanged(stop_id=stop_id)


@action("people_stops.forget", permission=Permission.DATA)
def forget(*, viewer: Viewer, at: datetime) -> StopChanged:
    """Let go of what waits, as its load was taken back or another has taken its place."""
    del viewer, at
    PeopleStop.objects.filter(confirmed_at=None).delete()
    return StopChanged(stop_id=0)
