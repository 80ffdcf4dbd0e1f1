"""Is there anything to explain? Improving, flat, falling, or nobody can tell, and by which rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from headway.findings.results.outcome import Outcome
from headway.terms.answer import Comparison, Figure, Kpi, Missing, Verdict
from headway.terms.policy import Policy

# A change whose whole range stays within this share of the base is flat.
FLAT_SHARE = 0.05

# Periods this much longer or shorter than each other are not alike (a February against a March is).
ALIKE = 1.12
GROWS_WITH_DAYS = frozenset({Kpi.BOOKINGS, Kpi.OPPORTUNITIES_CREATED})

# For which results less is better.
LESS_IS_BETTER = frozenset({Kpi.CYCLE_DAYS})


@dataclass(frozen=True, kw_only=True)
class Judged:
    """The verdict, the code of the rule that gave it, and the numbers its sentence needs."""

    verdict: Verdict
    reason: str
    figures: dict[str, float | str] = field(default_factory=dict)


def of(
    outcome: Outcome,
    *,
    kpi: Kpi,
    comparison: Comparison,
    is_inside: bool,
    is_left_cut: bool = False,
    without_largest: Outcome | None,
    largest_share: float,
    policy: Policy,
) -> Judged:
    """The verdict on one result.

    It rose or fell where the range of the change, at `policy.interval_level`, leaves out zero: what
    is shown and what is said never disagree. A rise counts only beyond
    `policy.min_relevant_growth_share` of the base. It is flat where the whole range of the change
    is small; else nobody can tell. Periods not wholly recorded, too few cases, and a change that
    hangs on one opportunity above a fifth of a period are no ground for a verdict; nor is a rise of
    bookings where recording began so late that the base lacks its slow wins (`is_left_cut`).

    References:
        Domain model, 2.3.1.
    """
    refused = _unlike(comparison, kpi=kpi, is_inside=is_inside) or _refused(
        outcome, kpi=kpi, policy=policy
    )
    if refused is not None:
        return refused
    found = _direction(outcome, kpi=kpi, policy=policy)
    if is_left_cut and kpi is Kpi.BOOKINGS and found.verdict is Verdict.IMPROVING:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.edge", figures=_days(comparison))
    if without_largest is None or largest_share <= policy.single_deal_share:
        return found
    other = _direction(without_largest, kpi=kpi, policy=policy)
    if found.reason == "verdict.range_spans_zero" or other.verdict is not found.verdict:
        change = without_largest.change.value or 0.0
        return Judged(
            verdict=Verdict.CANNOT_TELL,
            reason="verdict.single_deal",
            figures={"largest_share": largest_share, "change_without": change},
        )
    return found


def _unlike(comparison: Comparison, *, kpi: Kpi, is_inside: bool) -> Judged | None:
    days = _days(comparison)
    ratio = comparison.actual.days / comparison.base.days
    if kpi in GROWS_WITH_DAYS and not 1 / ALIKE <= ratio <= ALIKE:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.unequal_length", figures=days)
    if not is_inside:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.edge", figures=days)
    return None


def _days(comparison: Comparison) -> dict[str, float | str]:
    return {"days_before": comparison.base.days, "days_now": comparison.actual.days}


def _refused(outcome: Outcome, *, kpi: Kpi, policy: Policy) -> Judged | None:
    missing = outcome.change.missing
    if missing is Missing.NOT_MEASURED:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.not_measured")
    needed = policy.min_cases_to_compare if kpi is Kpi.WIN_RATE else policy.min_cases_for_rate
    counts = {"n_before": outcome.base.n, "n_now": outcome.actual.n, "needed": needed}
    if kpi is not Kpi.OPPORTUNITIES_CREATED and min(outcome.base.n, outcome.actual.n) < needed:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.too_few", figures={**counts})
    return None


def _direction(outcome: Outcome, *, kpi: Kpi, policy: Policy) -> Judged:
    change, base = outcome.change, outcome.base.value or 0.0
    figures = _told(change, base=base, p_up=outcome.p_up)
    p_up = outcome.p_up
    if p_up is None or change.low is None or change.high is None or change.value is None:
        return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.too_few", figures=figures)
    if kpi in LESS_IS_BETTER:
        p_up = 1 - p_up
    sure = (1 + policy.interval_level) / 2
    if p_up >= sure and _is_relevant(change, base=base, policy=policy):
        return Judged(verdict=Verdict.IMPROVING, reason="verdict.more_than_chance", figures=figures)
    if 1 - p_up >= sure:
        return Judged(verdict=Verdict.FALLING, reason="verdict.more_than_chance", figures=figures)
    if max(-change.low, change.high) <= FLAT_SHARE * abs(base):
        return Judged(verdict=Verdict.FLAT, reason="verdict.small_range", figures=figures)
    return Judged(verdict=Verdict.CANNOT_TELL, reason="verdict.range_spans_zero", figures=figures)


def _is_relevant(change: Figure, *, base: float, policy: Policy) -> bool:
    value = abs(change.value or 0.0)
    return value > policy.min_relevant_growth_share * abs(base)


def _told(change: Figure, *, base: float, p_up: float | None) -> dict[str, float | str]:
    figures: Mapping[str, float | None] = {
        "change": change.value,
        "low": change.low,
        "high": change.high,
        "change_share": None if change.value is None or base == 0 else change.value / base,
        "p_up": p_up,
    }
    return {name: value for name, value in figures.items() if value is not None}
