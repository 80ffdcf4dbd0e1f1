"""Spans of days, and the fiscal calendar they are cut from."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True, order=True)
class Period:
    """Whole days from `first` up to, not including, `end`."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError(f"A period must end after it begins: {self.first} to {self.end}.")

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.first).days

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day < self.end


def shifted(day: date, *, months: int) -> date:
    """The first of the month `months` later (negative: earlier) than the first of `day`'s month.

    >>> shifted(date(2026, 2, 14), months=-3)
    datetime.date(2025, 11, 1)
    """
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def fiscal_quarter(day: date, *, year_starts_in: int) -> Period:
    """The fiscal quarter that holds `day`; the fiscal year starts in month `year_starts_in` (1-12).

    >>> fiscal_quarter(date(2026, 3, 31), year_starts_in=2)
    Period(first=datetime.date(2026, 2, 1), end=datetime.date(2026, 5, 1))
    """
    into_quarter = (day.month - year_starts_in) % 3
    first = shifted(day, months=-into_quarter)
    return Period(first=first, end=shifted(first, months=3))


def moved(period: Period, *, months: int) -> Period:
    """The same whole months, `months` later (negative: earlier); both ends are firsts of months."""
    return Period(
        first=shifted(period.first, months=months), end=shifted(period.end, months=months)
    )
