"""Are the two periods alike? Days of booking, the pull of the quarter's end, edges of the data."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from headway.analysis.results.book import Book
from headway.findings.results import outcome as outcomes
from headway.findings.results.evidence import Evidence, share, told
from headway.findings.results.periods import Extent
from headway.terms.answer import Comparison, LadderLine, Standing
from headway.terms.period import Period, fiscal_quarter, shifted

# A source that books this many opportunities a day on average books in batches: its days are
# counted.
BATCH = 5.0
UNEQUAL_SHARE = 0.1
# The pull of the quarter's end is told from five points of win rate (or of the share of bookings)
# on.
PULL_SHARE = 0.05
PULL_Z = 2.5
# The data's left edge reaches this far: nine of ten wins take no longer.
LATEST_WINS = 0.9


@dataclass(frozen=True, kw_only=True)
class _Booked:
    """The days on which something was won in a period: how many, how much, how it was spread."""

    days: int
    n: int
    amount: float
    effective: float


@dataclass(frozen=True, kw_only=True)
class Lead:
    """Days creations were recorded before the base, and the days nine of ten wins take at most."""

    days: int
    slow_days: float


def lead(book: Book, *, comparison: Comparison, extent: Extent) -> Lead | None:
    """How long before the base recording began; None where creations or wins are not known."""
    everything = Period(first=comparison.base.first, end=comparison.actual.end)
    days = outcomes.cycle_days(book, period=everything)
    if extent.creations is None or len(days) == 0:
        return None
    return Lead(
        days=(comparison.base.first - extent.creations.first).days,
        slow_days=float(np.quantile(days, LATEST_WINS)),
    )


def lines(evidence: Evidence) -> tuple[LadderLine, ...]:
    """The lines that say whether like is compared with like."""
    return (booking_days(evidence), quarter_end(evidence), edges(evidence))


def booking_days(evidence: Evidence) -> LadderLine:
    """Whether a source that books in batches booked on as many days in both periods.

    Days are counted as they weigh: the inverse Simpson number of the opportunities of each day, so
    that a stray day with one order is no day.

    References:
        Hill (1973), Ecology 54:427-432, for the effective number.
    """
    comparison = evidence.comparison
    before, now = (_booked(evidence, period=p) for p in (comparison.base, comparison.actual))
    figures = told(
        days_before=before.days,
        days_now=now.days,
        effective_before=before.effective,
        effective_now=now.effective,
        per_day_before=share(before.amount, of=before.days),
        per_day_now=share(now.amount, of=now.days),
        per_effective_before=share(before.amount, of=before.effective),
        per_effective_now=share(now.amount, of=now.effective),
    )
    is_batch = _is_batch(before) and _is_batch(now)
    if is_batch and _differ(before.effective, now.effective):
        standing, reason = Standing.CANDIDATE, "booking_days.unequal"
    elif is_batch and _differ(before.days, now.days):
        standing, reason = Standing.RULED_OUT, "booking_days.stray_days"
    else:
        standing, reason = Standing.RULED_OUT, "booking_days.alike"
    return LadderLine(
        code="booking_days", standing=standing, reason=reason, figures=figures, is_exported=False
    )


def quarter_end(evidence: Evidence) -> LadderLine:
    """Whether the last month of a quarter pulls, and whether both periods hold as many of them."""
    comparison = evidence.comparison
    counts = [_last_months(evidence, period=p) for p in (comparison.base, comparison.actual)]
    shares = [count * 30.4 / p.days for count, p in zip(counts, _both(evidence), strict=True)]
    has_pull, figures = _pull(evidence)
    figures = {**figures, "quarter_ends_before": counts[0], "quarter_ends_now": counts[1]}
    is_unequal = abs(shares[0] - shares[1]) > UNEQUAL_SHARE
    if has_pull and is_unequal:
        standing, reason = Standing.CANDIDATE, "quarter_end.pull_unequal"
    elif has_pull:
        standing, reason = Standing.RULED_OUT, "quarter_end.pull_in_both"
    else:
        standing, reason = Standing.RULED_OUT, "quarter_end.none"
    return LadderLine(
        code="quarter_end", standing=standing, reason=reason, figures=figures, is_exported=False
    )


def edges(evidence: Evidence) -> LadderLine:
    """Whether recording began long enough before the base that slow opportunities can be in it."""
    found = lead(evidence.book, comparison=evidence.comparison, extent=evidence.extent)
    if found is None:
        return LadderLine(
            code="edges", standing=Standing.UNTESTED, reason="edges.no_created", is_exported=False
        )
    is_cut = found.days < found.slow_days
    return LadderLine(
        code="edges",
        standing=Standing.CANDIDATE if is_cut else Standing.RULED_OUT,
        reason="edges.left_cut" if is_cut else "edges.whole",
        figures=told(
            recorded_before_days=found.days,
            slow_win_days=found.slow_days,
            still_open=_still_open(evidence),
        ),
        is_exported=False,
    )


def _both(evidence: Evidence) -> tuple[Period, Period]:
    return evidence.comparison.base, evidence.comparison.actual


def _still_open(evidence: Evidence) -> int:
    book = evidence.book.as_created
    return int((book.is_open & book.created_in(evidence.comparison.actual)).sum())


def _booked(evidence: Evidence, *, period: Period) -> _Booked:
    book = evidence.book
    won = book.decided_in(period) & book.is_won
    counts = np.unique(book.decided_on[won], return_counts=True)[1].astype(np.float64)
    n = int(won.sum())
    return _Booked(
        days=len(counts),
        n=n,
        amount=float(np.nansum(book.amount[won])),
        effective=n**2 / float(np.square(counts).sum()) if n else 0.0,
    )


def _is_batch(booked: _Booked) -> bool:
    return booked.days > 0 and booked.n / booked.days >= BATCH


def _differ(before: float, now: float) -> bool:
    return abs(now - before) > UNEQUAL_SHARE * max(before, now, 1.0)


def _last_months(evidence: Evidence, *, period: Period) -> int:
    return sum(
        fiscal_quarter(month, year_starts_in=_fiscal_start(evidence)).end
        == shifted(month, months=1)
        for month in (shifted(period.first, months=step) for step in range(_months(period)))
    )


def _months(period: Period) -> int:
    last = period.last
    return (last.year - period.first.year) * 12 + last.month - period.first.month + 1


def _fiscal_start(evidence: Evidence) -> int:
    return evidence.book.organisation.fiscal_year_start_month


def _pull(evidence: Evidence) -> tuple[bool, dict[str, float | str]]:
    book = evidence.book
    decided = book.decided_in(evidence.comparison.base) | book.decided_in(
        evidence.comparison.actual
    )
    months = book.decided_on[decided].astype("datetime64[M]").astype(np.int64) % 12
    # 1970-01 is month 0; the last month of a fiscal quarter lies two after its first.
    is_last = (months - (_fiscal_start(evidence) - 1)) % 3 == 2  # noqa: PLR2004  third month
    if book.has_lost:
        return _pull_of_rate(book.is_won[decided], is_last=is_last)
    return _pull_of_share(np.nan_to_num(book.amount[decided]), is_last=is_last)


def _pull_of_rate(
    is_won: npt.NDArray[np.bool_], *, is_last: npt.NDArray[np.bool_]
) -> tuple[bool, dict[str, float | str]]:
    n = [int(is_last.sum()), int((~is_last).sum())]
    if min(n) == 0:
        return False, {}
    rates = [float(is_won[is_last].mean()), float(is_won[~is_last].mean())]
    pooled = float(is_won.mean())
    error = float(np.sqrt(pooled * (1 - pooled) * (1 / n[0] + 1 / n[1])))
    difference = rates[0] - rates[1]
    has_pull = abs(difference) >= PULL_SHARE and abs(difference) >= PULL_Z * error
    return has_pull, told(
        rate_last_month=rates[0], rate_other_months=rates[1], n_last=n[0], n_other=n[1]
    )


def _pull_of_share(
    amounts: npt.NDArray[np.float64], *, is_last: npt.NDArray[np.bool_]
) -> tuple[bool, dict[str, float | str]]:
    total = float(amounts.sum())
    if total <= 0:
        return False, {}
    last = float(amounts[is_last].sum()) / total
    error = float(np.sqrt(np.square(amounts).sum())) / total
    difference = last - 1 / 3
    return difference >= max(PULL_SHARE, PULL_Z * error), told(share_last_month=last)
