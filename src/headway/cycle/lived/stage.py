"""Where the people of the sample act: on which days, as whom, about what."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from headway.records import lines
from headway.records.models import Person
from headway.terms.viewer import Role, Viewer

DISCOVERY, SERVICE, FOOD, KEY_TEAMS = "discovery", "service", "food", "key-teams"
_MORNING = time(9)
_FRIDAY = 4


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Days of this sample: what lies behind and ahead of `at`, on working days."""

    at: datetime

    @property
    def today(self) -> date:
        """The organisation's day."""
        return lines.today(self.at)

    def ago(self, days: int) -> datetime:
        """The morning of a working day, at least so many days ago."""
        on = self.today - timedelta(days=days)
        on -= timedelta(days=max(0, on.weekday() - _FRIDAY))
        return datetime.combine(on, _MORNING, tzinfo=self.at.tzinfo)

    def ahead(self, days: int) -> datetime:
        """The morning of a working day, at least so many days ahead."""
        on = self.today + timedelta(days=days)
        on += timedelta(days=7 - on.weekday() if on.weekday() > _FRIDAY else 0)
        return datetime.combine(on, _MORNING, tzinfo=self.at.tzinfo)


def seen_as(person: Person, *, by: Viewer, role: Role) -> Viewer:
    """Somebody of the sample, with the account of the one who looks, as from a seat."""
    return Viewer(person_id=person.id, account_id=by.account_id, roles=frozenset({role}))
