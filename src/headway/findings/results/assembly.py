"""The answer put together: all is measured once, every part speaks of the same periods."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from headway.analysis.results import history as histories
from headway.analysis.results import metrics, rate_mix, series, stages, tree
from headway.analysis.results.book import Book
from headway.analysis.results.history import History
from headway.facts import Facts
from headway.findings.results import (
    alike,
    hypotheses,
    ladder,
    outcome,
    places,
    scoped,
    single,
    trends,
    verdict,
)
from headway.findings.results.evidence import Evidence
from headway.findings.results.outcome import Outcome
from headway.findings.results.places import Places
from headway.findings.results.scoped import Scoped
from headway.findings.results.verdict import Judged
from headway.terms.answer import (
    Answer,
    Comparison,
    Factor,
    Figure,
    Kpi,
    LadderLine,
    Mark,
    Metric,
    Missing,
    RateMix,
    SingleDeal,
    StageStep,
    Unit,
    Verdict,
)
from headway.terms.policy import Policy
from headway.terms.question import Question

# Where a result is localised beside its own measure: bookings hang on the win rate too.
LOCALISED: Mapping[Kpi, tuple[Kpi, ...]] = {
    Kpi.BOOKINGS: (Kpi.BOOKINGS, Kpi.WIN_RATE),
    Kpi.WIN_RATE: (Kpi.WIN_RATE,),
    Kpi.AVERAGE_AMOUNT: (Kpi.AVERAGE_AMOUNT,),
    Kpi.OPPORTUNITIES_CREATED: (Kpi.OPPORTUNITIES_CREATED,),
    Kpi.CYCLE_DAYS: (Kpi.CYCLE_DAYS,),
}
KPI_OF_METRIC: Mapping[str, Kpi] = {
    "bookings": Kpi.BOOKINGS,
    "close_rate": Kpi.WIN_RATE,
    "average_amount": Kpi.AVERAGE_AMOUNT,
    "opportunities_created": Kpi.OPPORTUNITIES_CREATED,
    "cycle_days": Kpi.CYCLE_DAYS,
}
WITHOUT_LARGEST = frozenset({Kpi.BOOKINGS, Kpi.AVERAGE_AMOUNT})


@dataclass(frozen=True, kw_only=True)
class _Measured:
    """What was measured over one comparison, for every result alike."""

    comparison: Comparison
    history: History
    outcomes: Mapping[Kpi, Outcome]
    tree: tuple[Factor, ...]
    metrics: tuple[Metric, ...]
    cycle_days: Metric
    stages: tuple[StageStep, ...]
    rate_mix: tuple[RateMix, ...]
    single_deals: tuple[SingleDeal, ...]


def answer(facts: Facts, *, question: Question, policy: Policy, seed: int) -> Answer:
    """Why the result asked about is not improving, or that nobody can tell.

    Args:
        facts: one organisation's facts.
        question: the result, the periods (None = found in the data) and the scope.
        policy: thresholds; its version goes into the answer.
        seed: of every draw; the same facts, question, policy and seed give the same answer.

    Raises:
        UnknownScopeError: the scope names a dimension that is not recorded.
    """
    return _answered(facts, question=question, kpis=(question.kpi,), policy=policy, seed=seed)[0]


def answers(facts: Facts, *, question: Question, policy: Policy, seed: int) -> tuple[Answer, ...]:
    """The answers for all results over the question's periods and scope, in the order of `Kpi`.

    Raises:
        UnknownScopeError: the scope names a dimension that is not recorded.
    """
    return _answered(facts, question=question, kpis=tuple(Kpi), policy=policy, seed=seed)


def _answered(
    facts: Facts, *, question: Question, kpis: tuple[Kpi, ...], policy: Policy, seed: int
) -> tuple[Answer, ...]:
    ground = scoped.of(facts, question=question, policy=policy, seed=seed)
    comparison = ground.chosen.comparison
    if comparison is None:
        return tuple(_too_little(ground, kpi=kpi) for kpi in kpis)
    measured = _measured(ground, comparison=comparison)
    wanted = dict.fromkeys(other for kpi in kpis for other in LOCALISED[kpi])
    found = {kpi: _places(ground, kpi=kpi, measured=measured) for kpi in wanted}
    # The excuses are tested on the same opportunities, whichever result is asked about.
    tested = _evidence(ground, kpi=kpis[0], measured=measured, marks=ground.facts.marks)
    excuses = hypotheses.lines(tested, history=measured.history)
    return tuple(
        _told(ground, kpi=kpi, measured=measured, found=found, excuses=excuses) for kpi in kpis
    )


def _measured(ground: Scoped, *, comparison: Comparison) -> _Measured:
    book, policy, seed = ground.book, ground.policy, ground.seed
    base, actual = comparison.base, comparison.actual
    history = histories.of(ground.facts, book)
    return _Measured(
        comparison=comparison,
        history=history,
        outcomes={
            kpi: outcome.of(book, kpi=kpi, comparison=comparison, policy=policy, seed=seed)
            for kpi in Kpi
        },
        tree=tree.of(book, base=base, actual=actual, policy=policy, seed=seed, history=history),
        metrics=metrics.of(
            ground.facts,
            book,
            base=base,
            actual=actual,
            policy=policy,
            seed=seed,
            history=history,
        ),
        cycle_days=_cycle_days(book, policy=policy),
        stages=stages.of(book, history=history, base=base, actual=actual, policy=policy),
        rate_mix=_without_sellers(
            rate_mix.of(book, base=base, actual=actual), question=ground.question
        ),
        single_deals=single.deals(book, comparison=comparison, policy=policy),
    )


def _cycle_days(book: Book, *, policy: Policy) -> Metric:
    nothing = Figure(value=None)
    return Metric(
        code="cycle_days",
        unit=Unit.DAYS,
        now=nothing,
        before=nothing,
        change=nothing,
        series=series.of_cycle_days(book, min_cases=policy.min_cases_for_rate),
    )


def _without_sellers(splits: tuple[RateMix, ...], *, question: Question) -> tuple[RateMix, ...]:
    return tuple(
        split for split in splits if question.has_sellers or split.dimension != places.SELLER
    )


def _places(ground: Scoped, *, kpi: Kpi, measured: _Measured) -> Places:
    if measured.outcomes[kpi].change.value is None:
        return places.nothing(kpi, missing=measured.outcomes[kpi].change.missing)
    return places.of(
        ground.book,
        kpi=kpi,
        comparison=measured.comparison,
        before=measured.outcomes[kpi].base.value or 0.0,
        has_sellers=ground.question.has_sellers,
        policy=ground.policy,
    )


def _told(
    ground: Scoped,
    *,
    kpi: Kpi,
    measured: _Measured,
    found: Mapping[Kpi, Places],
    excuses: tuple[LadderLine, ...],
) -> Answer:
    mine = [found[other] for other in LOCALISED[kpi]]
    marks = _marks(ground.facts, mine=mine)
    evidence = _evidence(ground, kpi=kpi, measured=measured, marks=marks)
    judged, without = _judged(ground, kpi=kpi, measured=measured)
    ground_figures = measured.outcomes[kpi]
    return replace(
        _nothing(ground, kpi=kpi),
        verdict=judged.verdict,
        comparison=measured.comparison,
        base=ground_figures.base,
        actual=ground_figures.actual,
        change=ground_figures.change,
        without_largest=without,
        metrics=tuple(
            _marked(_agreeing(metric, measured=measured), marks=marks)
            for metric in (*measured.metrics, measured.cycle_days)
        ),
        tree=tuple(_factor_marked(factor, marks=marks) for factor in measured.tree),
        rate_mix=measured.rate_mix,
        localisations=tuple(place.localisation for place in mine),
        stages=measured.stages,
        single_deals=measured.single_deals,
        ladder=ladder.of(evidence, excuses=excuses),
        marks=marks,
        verdict_reason=judged.reason,
        verdict_figures={
            **judged.figures,
            **_trend(ground, found=measured.outcomes[kpi], kpi=kpi),
        },
    )


def _trend(ground: Scoped, *, found: Outcome, kpi: Kpi) -> dict[str, float | str]:
    if found.change.value is None:
        return {}
    return trends.figures(ground.book, kpi=kpi, extent=ground.extent, policy=ground.policy)


def _evidence(
    ground: Scoped, *, kpi: Kpi, measured: _Measured, marks: tuple[Mark, ...]
) -> Evidence:
    return Evidence(
        facts=ground.facts,
        book=ground.book,
        comparison=measured.comparison,
        extent=ground.extent,
        kpi=kpi,
        outcomes=measured.outcomes,
        tree=measured.tree,
        rate_mix=measured.rate_mix,
        single_deals=measured.single_deals,
        marks=marks,
        policy=ground.policy,
        seed=ground.seed,
    )


def _judged(ground: Scoped, *, kpi: Kpi, measured: _Measured) -> tuple[Judged, Figure | None]:
    comparison = measured.comparison
    largest = single.largest(ground.book, comparison=comparison)
    without = None
    if kpi in WITHOUT_LARGEST and largest is not None:
        without = outcome.of(
            outcome.without(ground.book, opportunities=frozenset({largest[0]})),
            kpi=kpi,
            comparison=comparison,
            policy=ground.policy,
            seed=ground.seed,
        )
    lead = alike.lead(ground.book, comparison=comparison, extent=ground.extent)
    judged = verdict.of(
        measured.outcomes[kpi],
        kpi=kpi,
        comparison=comparison,
        is_inside=ground.chosen.is_inside,
        is_left_cut=lead is not None and lead.days < lead.slow_days,
        without_largest=without,
        largest_share=largest[1] if largest else 0.0,
        policy=ground.policy,
    )
    return judged, None if without is None else without.change


def _marks(facts: Facts, *, mine: list[Places]) -> tuple[Mark, ...]:
    jumps = {blank.dimension: blank for place in mine for blank in place.blanks}
    return (
        *facts.marks,
        *(
            Mark(
                code="blank_jump",
                table="seen/opportunity",
                row_count=0,
                share=abs(blank.actual_share - blank.base_share),
                affects=tuple(kpi.value for kpi in Kpi),
                figures={
                    "dimension": blank.dimension,
                    "base_share": blank.base_share,
                    "actual_share": blank.actual_share,
                },
            )
            for blank in jumps.values()
        ),
    )


def _agreeing(metric: Metric, *, measured: _Measured) -> Metric:
    # What is shown as a stat and what the verdict rests on are the same figures.
    kpi = KPI_OF_METRIC.get(metric.code)
    if kpi is None:
        return metric
    found = measured.outcomes[kpi]
    return replace(metric, now=found.actual, before=found.base, change=found.change)


def _marked(metric: Metric, *, marks: tuple[Mark, ...]) -> Metric:
    touching = {mark.code for mark in marks if metric.code in mark.affects}
    return replace(metric, marks=tuple(sorted({*metric.marks, *touching})))


def _factor_marked(factor: Factor, *, marks: tuple[Mark, ...]) -> Factor:
    touching = {mark.code for mark in marks if factor.code in mark.affects}
    return replace(factor, marks=tuple(sorted(touching)))


def _too_little(ground: Scoped, *, kpi: Kpi) -> Answer:
    decided = int(np.count_nonzero(~np.isnat(ground.book.decided_on)))
    return replace(
        _nothing(ground, kpi=kpi),
        marks=ground.facts.marks,
        ladder=ladder.without_comparison(ground.facts),
        too_little={**ground.chosen.too_little, "decided": decided},
        verdict_reason="verdict.too_little",
    )


def _nothing(ground: Scoped, *, kpi: Kpi) -> Answer:
    facts = ground.facts
    nothing = Figure(value=None, missing=Missing.TOO_FEW)
    return Answer(
        organisation=facts.organisation,
        as_of=facts.as_of,
        data_from=facts.data_from,
        facts_id=facts.facts_id,
        policy_version=ground.policy.version,
        scope=ground.question.scope_name,
        kpi=kpi,
        verdict=Verdict.CANNOT_TELL,
        comparison=None,
        base=nothing,
        actual=nothing,
        change=nothing,
        without_largest=None,
        metrics=(),
        tree=(),
        rate_mix=(),
        localisations=(),
        stages=(),
        single_deals=(),
        ladder=(),
        marks=(),
        omitted=ground.book.omitted,
    )
