"""Rows that came with a load, in the tables that hold what is entered."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import TypeVar

from headway.records.models import (
    Card,
    CoachingSession,
    Commitment,
    Handover,
    Message,
    PeerMeeting,
    PlanVersion,
    Priority,
    Reorganisation,
    TimeLog,
    Training,
    Wave,
)

_BATCH = 500
M = TypeVar(
    "M",
    PlanVersion,
    Priority,
    Message,
    Card,
    CoachingSession,
    Commitment,
    Wave,
    Reorganisation,
    Handover,
    Training,
    TimeLog,
    PeerMeeting,
)


def keep_rows(model: type[M], wanted: Iterable[M], *, key: str = "fact_id") -> list[M]:
    """Write the rows that nobody entered or changed here, and drop what is brought no longer.

    Args:
        model: the table.
        wanted: what the facts hold of it.
        key: the column with the name among the facts.

    Returns:
        The rows that stand as brought.
    """
    table = model._default_manager
    rows = {str(getattr(row, key)): row for row in wanted}
    for number in table.filter(is_brought=False).values_list(key, flat=True):
        rows.pop(str(number), None)
    there = dict(table.filter(is_brought=True).values_list(key, "pk"))
    gone = [there[number] for number in sorted(set(there) - set(rows))]
    for start in range(0, len(gone), _BATCH):
        table.filter(pk__in=gone[start : start + _BATCH]).delete()
    names = [each.name for each in model._meta.concrete_fields if not each.primary_key]
    return table.bulk_create(
        rows.values(),
        update_conflicts=True,
        update_fields=[name for name in names if name not in (key, "version")],
        unique_fields=[key],
    )


def noon(on: date) -> datetime:
    """A moment on a day of which nobody knows the hour."""
    return datetime.combine(on, time(12), tzinfo=UTC)
