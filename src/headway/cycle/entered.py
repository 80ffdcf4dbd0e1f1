"""What holds now: what was loaded, and beside it what was entered here."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from headway import facts as known
from headway.cycle import coached, declared, entered_people, pulse
from headway.facts import Facts, engine
from headway.facts.catalogue import AHEAD
from headway.facts.tables import Kind
from headway.records.models import Wave

_Rows = Mapping[str, list[dict[str, Any]]]  # Any: columns of several types
_EVENTS = "meant/commitment_event"
_DAYS = frozenset({Kind.DATE, Kind.TIME})


def loaded() -> Facts:
    """What was loaded last.

    Raises:
        HeadwayError: nothing was loaded yet.
    """
    return known.store.Store(settings.HEADWAY_DATA / "facts").latest()


def by_load(facts: Facts) -> Facts:
    """These facts with what was entered here, which end where the load does: for results."""
    rows = _rows(facts)
    return entered_people.over(known.memory.beside(facts, rows, gone=declared.gone(rows)))


def beside(facts: Facts, *, at: datetime) -> Facts:
    """These facts with what was entered here, which is known from the day on that it speaks of.

    `as_of` moves on to the last day of what was entered: a message of today counts today, though
    the systems were read a week ago.

    Args:
        facts: what was loaded.
        at: now; nothing is known of days to come.
    """
    zone = ZoneInfo(facts.organisation.time_zone)
    today = at.astimezone(zone).date()
    rows = _come(_rows(facts), today=today)
    days = _days(rows, zone=zone)
    found = known.memory.beside(facts, rows, gone=declared.gone(rows))
    least = Wave.objects.filter(is_brought=False).values_list("least", flat=True)
    dated = replace(
        found,
        as_of=max([facts.as_of, *(day for day in days if day <= today)]),
        min_answer_count=min([facts.min_answer_count, *least]),
    )
    return entered_people.over(dated)


def _come(rows: _Rows, *, today: date) -> _Rows:
    """The rows without the checks of commitments that are planned for a day to come."""
    events = [row for row in rows[_EVENTS] if row["occurred_on"] <= today]
    return {**rows, _EVENTS: events}


def _rows(facts: Facts) -> _Rows:
    rows: _Rows = {**declared.rows(), **pulse.rows()}
    return {**rows, coached.TABLE: coached.confirmed(facts, rows[coached.TABLE])}


def _days(rows: _Rows, *, zone: ZoneInfo) -> set[date]:
    """Every day of what was entered that is neither due, planned nor expected."""
    columns = {
        name: [each.name for each in engine.declared(name).columns if each.kind in _DAYS]
        for name in rows
    }
    moments = (
        row.get(column)
        for name, told in rows.items()
        for column in columns[name]
        if column not in AHEAD
        for row in told
    )
    return {
        moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
        for moment in moments
        if moment is not None
    }
