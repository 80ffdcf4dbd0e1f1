"""Whether a result grew over all recorded quarters, season taken out."""

import numpy as np

from headway.analysis.methods import trend
from headway.analysis.methods.evidence import TooFew
from headway.analysis.results.book import Book
from headway.findings.results import outcome
from headway.findings.results.evidence import told
from headway.findings.results.periods import Extent
from headway.terms.answer import Kpi
from headway.terms.period import Period, fiscal_quarter
from headway.terms.policy import Policy


def figures(book: Book, *, kpi: Kpi, extent: Extent, policy: Policy) -> dict[str, float | str]:
    """The slope per quarter with its range; empty under eight quarters or where one has no case.

    References:
        `methods.trend.level_and_season`; domain model, 2.3.1.
    """
    values = [outcome.value(book, kpi=kpi, period=quarter) for quarter in _quarters(book, extent)]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return {}
    found = trend.level_and_season(np.array(known), level=policy.interval_level)
    if isinstance(found, TooFew):
        return {}
    return told(
        trend_per_quarter=found.slope.value,
        trend_low=found.slope.low,
        trend_high=found.slope.high,
        trend_p_up=found.p_above(0.0),
        trend_quarters=len(known),
    )


def _quarters(book: Book, extent: Extent) -> list[Period]:
    """The fiscal quarters wholly inside the data, in order."""
    if extent.first is None or extent.last is None:
        return []
    start = book.organisation.fiscal_year_start_month
    quarter, found = fiscal_quarter(extent.first, year_starts_in=start), []
    while quarter.first <= extent.last:
        found += [quarter] if extent.holds(quarter) else []
        quarter = fiscal_quarter(quarter.end, year_starts_in=start)
    return found
