"""Which two periods are compared: found in the data, never from the name of a source."""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from headway.facts.extent import LONGEST_PAUSE_DAYS, Recorded, recorded
from headway.terms.answer import Basis, Comparison
from headway.terms.organisation import Organisation
from headway.terms.period import Period, fiscal_quarter, moved, shifted
from headway.terms.question import Question

Days = npt.NDArray[np.datetime64]

# Creations bound the recording when at least this share of what was decided carries one.
CREATED_SHARE = 0.5


@dataclass(frozen=True, kw_only=True)
class Extent:
    """What the data covers: closings, creations (None = no bound) and the days stated with it."""

    closings: Recorded | None
    creations: Recorded | None
    data_from: date
    as_of: date

    def holds(self, period: Period) -> bool:
        """Whether closings and creations were recorded on all days of the period."""
        if self.closings is None or not self.data_from <= period.first <= period.last <= self.as_of:
            return False
        held = [self.closings] + ([self.creations] if self.creations else [])
        return all(recorded.holds(period) for recorded in held)

    @property
    def first(self) -> date | None:
        """The first day inside."""
        return None if self.closings is None else max(self.data_from, *self._all("first"))

    @property
    def last(self) -> date | None:
        """The last day inside."""
        return None if self.closings is None else min(self.as_of, *self._all("last"))

    def _all(self, end: str) -> list[date]:
        return [getattr(found, end) for found in (self.closings, self.creations) if found]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """The comparison, or what was found and what is needed where none can be made."""

    comparison: Comparison | None
    is_inside: bool = False
    too_little: dict[str, float | str] = field(default_factory=dict)


def extent(
    *, closings: Days, creations: Days, has_open: bool, data_from: date, as_of: date
) -> Extent:
    """What the data covers.

    Args:
        closings: the day each decided opportunity was decided; NaT = not known.
        creations: the day each opportunity was created; NaT = not known.
        has_open: whether the source holds open opportunities; without them the newest creations are
            not seen until they close, and creations do not bound the recording.
        data_from: the first day from which the source says it recorded.
        as_of: the last day inside the data.
    """
    created = recorded(creations, until=as_of)
    has_creations = (
        has_open
        and created is not None
        and (np.count_nonzero(~np.isnat(creations)) >= CREATED_SHARE * np.count_nonzero(closings))
    )
    return Extent(
        closings=recorded(closings, until=as_of),
        creations=created if has_creations else None,
        data_from=data_from,
        as_of=as_of,
    )


def chosen(*, question: Question, extent: Extent, organisation: Organisation) -> Chosen:
    """The two periods to compare and the reason for them.

    Asked for by name, they are taken as asked. Else the last two complete fiscal quarters against
    the same two a year before; without a recorded year before, against the two quarters before
    them; else one quarter, two months, one month against the same length before.
    """
    if question.actual is not None:
        return _asked(actual=question.actual, against=question.against, extent=extent)
    for months in (6, 3, 2, 1):
        found = _default(months=months, extent=extent, organisation=organisation)
        if found is not None and question.against is not None:
            return _asked(actual=found.actual, against=question.against, extent=extent)
        if found is not None:
            return Chosen(comparison=found, is_inside=True)
    return Chosen(comparison=None, too_little=_too_little(extent))


def same_day(day: date) -> date:
    """The same day a year before; 29 February falls back to the 28th."""
    leaps = day.month == 2 and day.day == 29  # noqa: PLR2004  29 February
    return day.replace(year=day.year - 1, day=28) if leaps else day.replace(year=day.year - 1)


def _default(*, months: int, extent: Extent, organisation: Organisation) -> Comparison | None:
    actual = _last_complete(months=months, extent=extent, organisation=organisation)
    if actual is None:
        return None
    year_before = moved(actual, months=-12)
    previous = moved(actual, months=-months)
    if extent.holds(year_before):
        return _comparison(actual, year_before, basis=Basis.YEAR_BEFORE, extent=extent)
    if extent.holds(previous):
        return _comparison(actual, previous, basis=Basis.PREVIOUS, extent=extent)
    return None


def _last_complete(*, months: int, extent: Extent, organisation: Organisation) -> Period | None:
    if extent.last is None or extent.first is None:
        return None
    ends = _ends(months=months, last=extent.last, organisation=organisation)
    while ends > extent.first:
        period = Period(first=shifted(ends, months=-months), end=ends)
        if extent.holds(period):
            return period
        ends = shifted(ends, months=-min(months, 3))
    return None


def _ends(*, months: int, last: date, organisation: Organisation) -> date:
    # The end of the quarter or month that holds the last day, pause included: `holds` judges it.
    day = last + timedelta(days=LONGEST_PAUSE_DAYS)
    if months < 3:  # noqa: PLR2004  a quarter
        return shifted(day, months=1)
    return fiscal_quarter(day, year_starts_in=organisation.fiscal_year_start_month).end


def _asked(*, actual: Period, against: Period | None, extent: Extent) -> Chosen:
    if against is not None:
        found = _comparison(actual, against, basis=Basis.CHOSEN, extent=extent)
    else:
        year_before = _year_before(actual)
        if extent.holds(year_before):
            found = _comparison(actual, year_before, basis=Basis.YEAR_BEFORE, extent=extent)
        else:
            before = _just_before(actual)
            found = _comparison(actual, before, basis=Basis.PREVIOUS, extent=extent)
    return Chosen(
        comparison=found, is_inside=extent.holds(found.actual) and extent.holds(found.base)
    )


def _comparison(actual: Period, base: Period, *, basis: Basis, extent: Extent) -> Comparison:
    return Comparison(
        actual=actual,
        base=base,
        basis=basis,
        is_season_known=base == _year_before(actual),
        reason=f"periods.{basis.value}",
        recorded_from=extent.first,
        recorded_to=extent.last,
    )


def _year_before(period: Period) -> Period:
    return Period(first=same_day(period.first), end=same_day(period.end))


def _just_before(period: Period) -> Period:
    if period.first.day == period.end.day == 1:
        months = (period.end.year - period.first.year) * 12 + period.end.month - period.first.month
        return moved(period, months=-months)
    return Period(first=period.first - timedelta(days=period.days), end=period.first)


def _too_little(extent: Extent) -> dict[str, float | str]:
    if extent.first is None or extent.last is None:
        return {"found_days": 0, "needed_days": 62}
    found = max(0, (extent.last - extent.first).days + 1)
    return {
        "found_from": extent.first.isoformat(),
        "found_to": extent.last.isoformat(),
        "found_days": found,
        "needed_days": 62,
    }
