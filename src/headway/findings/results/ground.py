"""Clearing the ground: what else could explain a change, before anybody's conduct is looked at."""

from dataclasses import replace
from statistics import NormalDist

import numpy as np

from headway.findings.results import outcome as outcomes
from headway.findings.results import periods
from headway.findings.results.evidence import (
    Evidence,
    moved_with,
    share,
    told,
    untested,
)
from headway.terms.answer import Basis, Factor, Kpi, LadderLine, RateMix, Standing
from headway.terms.period import Period, shifted

# Mix carries a change when it makes up at least half of it, hides one when it takes back half of
# what the rate did, and is more than chance over all dimensions together.
CARRIES_SHARE = 0.5
# A year before moved alike when it made at least half of the same relative move.
ALIKE_SHARE = 0.5
# A change of capacity matters when it carries at least a fifth of the change.
MATTERS_SHARE = 0.2
# A base is unusual beyond this many standard deviations of the periods before it.
UNUSUAL_Z = 1.5
PERIODS_TO_JUDGE = 3
# Months.
QUARTER = 3


def lines(evidence: Evidence) -> tuple[LadderLine, ...]:
    """The lines of step 0 that the book itself can answer, each with its figures."""
    return (
        data_quality(evidence),
        mix(evidence),
        single_deal(evidence),
        season(evidence),
        capacity(evidence),
        demand(evidence),
        regression_to_mean(evidence),
    )


def data_quality(evidence: Evidence) -> LadderLine:
    """Whether a failed check touches what is diagnosed."""
    touching = [mark for mark in evidence.marks if evidence.kpi.value in mark.affects]
    worst = max(touching, key=lambda mark: mark.share, default=None)
    if worst is None:
        return LadderLine(
            code="data_quality",
            standing=Standing.RULED_OUT,
            reason="data_quality.clean",
            figures=told(checks_failed=len(evidence.marks)),
        )
    return LadderLine(
        code="data_quality",
        standing=Standing.CANDIDATE,
        reason="data_quality.doubts",
        supports=tuple(sorted({mark.code for mark in touching})),
        figures=told(
            mark_count=len(touching),
            worst=worst.code,
            worst_table=worst.table,
            row_count=worst.row_count,
            share=worst.share,
        ),
    )


def mix(evidence: Evidence) -> LadderLine:
    """Whether the change of a rate is one of composition."""
    if not evidence.rate_mix:
        return untested("mix", reason="mix.not_measured")
    largest = max(evidence.rate_mix, key=lambda split: abs(split.mix_effect))
    change = largest.actual_rate - largest.base_rate
    figures = told(
        dimension=largest.dimension,
        rate_effect=largest.rate_effect,
        mix_effect=largest.mix_effect,
        change=change,
        dimensions=len(evidence.rate_mix),
    )
    carries = largest.mix_effect * change > 0 and abs(largest.mix_effect) >= CARRIES_SHARE * abs(
        change
    )
    opposes = largest.mix_effect * largest.rate_effect < 0 and abs(
        largest.mix_effect
    ) >= CARRIES_SHARE * abs(largest.rate_effect)
    is_sure = abs(_mix_z(evidence, split=largest)) >= _mix_limit(evidence)
    if is_sure and (carries or opposes):
        reason = "mix.carries" if carries else "mix.hides"
        return LadderLine(code="mix", standing=Standing.CANDIDATE, reason=reason, figures=figures)
    return LadderLine(code="mix", standing=Standing.RULED_OUT, reason="mix.small", figures=figures)


def single_deal(evidence: Evidence) -> LadderLine:
    """Whether one opportunity makes the change."""
    if not _has_amounts(evidence):
        return untested("single_deal", reason="single_deal.no_amounts")
    if not evidence.single_deals:
        largest = _largest_share(evidence)
        return LadderLine(
            code="single_deal",
            standing=Standing.RULED_OUT,
            reason="single_deal.none",
            figures=told(largest_share=largest, limit=evidence.policy.single_deal_share),
        )
    first = evidence.single_deals[0]
    return LadderLine(
        code="single_deal",
        standing=Standing.CANDIDATE,
        reason="single_deal.large",
        figures=told(
            opportunity=first.opportunity,
            contribution=first.contribution,
            share=first.share,
            deals=len(evidence.single_deals),
        ),
    )


def season(evidence: Evidence) -> LadderLine:
    """Whether the time of the year explains the change."""
    comparison = evidence.comparison
    if comparison.is_season_known or comparison.basis is Basis.YEAR_BEFORE:
        return LadderLine(code="season", standing=Standing.RULED_OUT, reason="season.year_before")
    earlier = (_a_year_before(comparison.base), _a_year_before(comparison.actual))
    if not all(evidence.extent.holds(period) for period in earlier):
        found, needed = _months(evidence)
        line = untested("season", reason="season.not_known")
        return replace(line, figures=told(found_months=found, needed_months=needed))
    return _same_move(evidence, base=earlier[0], actual=earlier[1])


def capacity(evidence: Evidence) -> LadderLine:
    """Whether there were fewer or more sellers."""
    sellers = _factor(evidence, code="sellers")
    if sellers is None or sellers.base is None or sellers.actual is None:
        return untested("capacity", reason="capacity.no_owner", missing=("seen/person",))
    change = evidence.outcomes[Kpi.BOOKINGS].change.value or 0.0
    # Who took over a seat shares its time with who had it: more heads are no more work.
    carried = sellers.contribution + _of_time(evidence)
    figures = told(sellers_before=sellers.base, sellers_now=sellers.actual, contribution=carried)
    matters = (
        carried * change > 0
        and abs(carried) >= MATTERS_SHARE * abs(change)
        and abs(sellers.actual - sellers.base) >= 1
    )
    return LadderLine(
        code="capacity",
        standing=Standing.CANDIDATE if matters else Standing.RULED_OUT,
        reason="capacity.moved_with" if matters else "capacity.same",
        figures=figures,
        missing=() if evidence.facts.has("seen/absence") else ("seen/absence",),
    )


def demand(evidence: Evidence) -> LadderLine:
    """Whether fewer opportunities came in, or more of them ended in no decision."""
    created = evidence.outcomes[Kpi.OPPORTUNITIES_CREATED]
    if created.change.value is None:
        return untested("demand", reason="demand.not_measured")
    undecided = _no_decision_shares(evidence)
    figures = told(
        created_before=created.base.value,
        created_now=created.actual.value,
        change_share=share(created.change.value, of=created.base.value),
        no_decision_before=None if undecided is None else undecided[0],
        no_decision_now=None if undecided is None else undecided[1],
    )
    # Where nobody can tell which way the result went, fewer enquiries may hide what else happened.
    direction = evidence.direction if evidence.outcome.is_clear else -1
    if moved_with(created, direction=direction):
        return LadderLine(
            code="demand",
            standing=Standing.CANDIDATE,
            reason="demand.moved_with",
            supports=("created_moved",),
            figures=figures,
        )
    return LadderLine(
        code="demand", standing=Standing.RULED_OUT, reason="demand.did_not_move", figures=figures
    )


def regression_to_mean(evidence: Evidence) -> LadderLine:
    """Whether the base was an unusual period, so that anything after it looks like a move back."""
    code = "regression_to_mean"
    values, base, parts = _before_the_base(evidence)
    if len(values) < PERIODS_TO_JUDGE:
        line = untested(code, reason="regression.too_short", is_exported=False)
        return replace(line, figures=told(found=len(values), needed=PERIODS_TO_JUDGE))
    mean = float(np.mean(values))
    # A mean of several scatters less than one of them.
    spread = float(np.std(values, ddof=1)) / parts**0.5
    z = (base - mean) / spread if spread else 0.0
    is_unusual = abs(z) >= UNUSUAL_Z and z * evidence.direction < 0
    return LadderLine(
        code=code,
        standing=Standing.CANDIDATE if is_unusual else Standing.RULED_OUT,
        reason="regression.base_unusual" if is_unusual else "regression.base_usual",
        figures=told(z=z, periods=len(values), usual=mean, base=base),
        is_exported=False,
    )


def _mix_limit(evidence: Evidence) -> float:
    """The z that chance passes in one of 20 results, the largest of all dimensions taken.

    References:
        Sidak (1967), JASA 62:626-633.
    """
    alone = 1 - (1 - evidence.policy.family_wise_error) ** (1 / len(evidence.rate_mix))
    return NormalDist().inv_cdf(1 - alone / 2)


def _mix_z(evidence: Evidence, *, split: RateMix) -> float:
    """The mix effect over its sampling error, shares of a multinomial. Own."""
    book, comparison = evidence.book, evidence.comparison
    base, actual = (book.decided_in(p) for p in (comparison.base, comparison.actual))
    both = base | actual
    codes = book.dimensions[split.dimension].codes[both]
    won, n = np.bincount(codes, weights=book.is_won[both]), np.bincount(codes)
    rates = np.divide(won, n, out=np.zeros(len(n)), where=n > 0)
    weights = n / n.sum()
    variance = float(weights @ rates**2 - (weights @ rates) ** 2)
    error = np.sqrt(max(variance, 0.0) * (1 / base.sum() + 1 / actual.sum()))
    return split.mix_effect / float(error) if error > 0 else 0.0


def _has_amounts(evidence: Evidence) -> bool:
    return evidence.outcomes[Kpi.BOOKINGS].change.value is not None


def _largest_share(evidence: Evidence) -> float:
    comparison = evidence.comparison
    shares = []
    for period in (comparison.base, comparison.actual):
        amounts = outcomes.won_amounts(evidence.book, period=period)
        total = float(amounts.sum())
        shares.append(float(amounts.max()) / total if len(amounts) and total > 0 else 0.0)
    return max(shares)


def _a_year_before(period: Period) -> Period:
    return Period(first=periods.same_day(period.first), end=periods.same_day(period.end))


def _same_move(evidence: Evidence, *, base: Period, actual: Period) -> LadderLine:
    now = evidence.outcome
    comparison = replace(evidence.comparison, base=base, actual=actual)
    then = outcomes.of(
        evidence.book,
        kpi=evidence.kpi,
        comparison=comparison,
        policy=evidence.policy,
        seed=evidence.seed,
    )
    then_share = share(then.change.value, of=then.base.value) or 0.0
    now_share = share(now.change.value, of=now.base.value) or 0.0
    is_alike = then_share * now_share > 0 and abs(then_share) >= ALIKE_SHARE * abs(now_share)
    return LadderLine(
        code="season",
        standing=Standing.CANDIDATE if is_alike else Standing.RULED_OUT,
        reason="season.same_a_year_before" if is_alike else "season.not_a_year_before",
        figures=told(then_share=then_share, now_share=now_share),
    )


def _months(evidence: Evidence) -> tuple[int, int]:
    first, last = evidence.extent.first, evidence.extent.last
    if first is None or last is None:
        return 0, 12
    found = (last.year - first.year) * 12 + last.month - first.month + 1
    actual = evidence.comparison.actual
    return found, 12 + max(1, round(actual.days / 30.4))


def _factor(evidence: Evidence, *, code: str) -> Factor | None:
    return next((factor for factor in evidence.tree if factor.code == code), None)


def _of_time(evidence: Evidence) -> float:
    """What the time each seller had carries, where it is known."""
    each = _factor(evidence, code="opportunities_per_seller")
    parts = () if each is None else each.parts
    return sum(part.contribution for part in parts if part.code == "capacity")


def _no_decision_shares(evidence: Evidence) -> tuple[float, float] | None:
    book, comparison = evidence.book, evidence.comparison
    if not book.is_no_decision.any():
        return None
    shares = []
    for period in (comparison.base, comparison.actual):
        decided = book.decided_in(period)
        n = int(decided.sum())
        shares.append(float(book.is_no_decision[decided].sum()) / n if n else 0.0)
    return shares[0], shares[1]


def _before_the_base(evidence: Evidence) -> tuple[list[float], float, int]:
    """The result in periods before the base, in the base, and of how many such the base is a mean.

    Periods are as long as the base, or quarters where too few of its length are recorded.
    """
    base = evidence.comparison.base
    if evidence.outcome.base.value is None or not base.first.day == base.end.day == 1:
        return [], 0.0, 1
    months = (base.end.year - base.first.year) * 12 + base.end.month - base.first.month
    values, parts = _backwards(evidence, months=months), 1
    if len(values) <= PERIODS_TO_JUDGE and months % QUARTER == 0:
        values, parts = _backwards(evidence, months=QUARTER), months // QUARTER
    return values[parts:], float(np.mean(values[:parts])) if values else 0.0, parts


def _backwards(evidence: Evidence, *, months: int) -> list[float]:
    """The result in periods of so many months, the last of the base first, back to the records."""
    end = evidence.comparison.base.end
    values = []
    period = Period(first=shifted(end, months=-months), end=end)
    while evidence.extent.holds(period):
        value = outcomes.value(evidence.book, kpi=evidence.kpi, period=period)
        values += [] if value is None else [value]
        period = Period(first=shifted(period.first, months=-months), end=period.first)
    return values
