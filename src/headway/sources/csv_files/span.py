"""The first and the last day inside the data, found in the data."""

from datetime import date, timedelta
from itertools import accumulate

from headway.sources.csv_files.canonical import Canon

MAX_GAP_DAYS = 92
"""A quarter without a single date parts what was recorded from what was mistyped."""

_RECORDED = (
    ("seen/opportunity", "created_at"),
    ("seen/opportunity", "closed_at"),
    ("seen/opportunity_change", "changed_at"),
    ("seen/activity", "occurred_at"),
    ("seen/lead", "created_at"),
)
_DAYS = (
    "select cast($column as date) as day, count(*) from $typed where $column is not null group by 1"
)
_CLOSED = """select close_on, count(*) from $typed
where close_on is not null and stage_group <> 'open' group by 1"""


def of(canon: Canon, *, modified: date | None = None) -> tuple[date, date] | None:
    """The first day from which the source recorded, and the last day inside; None without any date.

    Days on which something was created, changed or done, and the closing days of decided
    opportunities,
    put in order; from the day in the middle outwards up to the first gap of more than 92 days, so
    that
    a year mistyped moves neither end. `modified` is a stamp of the export itself, taken if it lies
    beyond.
    """
    counted: dict[date, int] = {}
    for table, column in _RECORDED:
        for typed in canon.typed.get(table, []):
            if column in canon.columns[typed]:
                _count(canon, template=_DAYS, typed=typed, column=column, into=counted)
    for typed in canon.typed.get("seen/opportunity", []):
        if "close_on" in canon.columns[typed]:
            _count(canon, template=_CLOSED, typed=typed, column="close_on", into=counted)
    if not counted:
        return None
    first, last = unbroken(counted)
    if modified is not None and last < modified:
        last = modified
    return first, last


def _count(canon: Canon, *, template: str, typed: str, column: str, into: dict[date, int]) -> None:
    for found, times in canon.at.rows(template, {"typed": typed, "column": column}):
        day = date.fromisoformat(str(found))
        into[day] = into.get(day, 0) + int(str(times))


def unbroken(counted: dict[date, int]) -> tuple[date, date]:
    """The ends of the days around the median row that no gap of more than 92 days cuts.

    >>> days = {date(2024, 1, d): 1 for d in (1, 2, 3)} | {date(2204, 1, 1): 1}
    >>> unbroken(days)
    (datetime.date(2024, 1, 1), datetime.date(2024, 1, 3))
    """
    days = sorted(counted)
    half = sum(counted.values()) / 2
    reached = accumulate(counted[day] for day in days)
    middle = next(index for index, seen in enumerate(reached) if seen >= half)
    gap = timedelta(days=MAX_GAP_DAYS)
    last = middle
    while last + 1 < len(days) and days[last + 1] - days[last] <= gap:
        last += 1
    first = middle
    while first > 0 and days[first] - days[first - 1] <= gap:
        first -= 1
    return days[first], days[last]
