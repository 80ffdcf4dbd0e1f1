"""How well leaders know their people: each leader for themselves, and each level together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from headway.analysis.methods.evidence import TooFew
from headway.analysis.strategy import belief_calibration, belief_levels
from headway.analysis.strategy.belief_calibration import Held
from headway.facts import Facts, collect
from headway.terms.belief import BeliefGap, Calibration, Level, LevelProfile
from headway.terms.period import fiscal_quarter
from headway.terms.policy import Policy


def of_leaders(
    facts: Facts, *, gaps: Sequence[BeliefGap], policy: Policy
) -> tuple[Calibration, ...]:
    """One calibration for each leader with a prediction of a chain that was followed."""
    level_of = belief_levels.of(facts)
    held: dict[str, list[Held]] = {gap.person: [] for gap in gaps}
    for gap, _, one in _held(facts, gaps=gaps):
        held[gap.person].append(one)
    return tuple(
        _calibration(person, level=level_of.get(person), held=own, policy=policy)
        for person, own in held.items()
    )


def of_levels(
    facts: Facts, *, gaps: Sequence[BeliefGap], policy: Policy
) -> tuple[LevelProfile, ...]:
    """One profile for each level and quarter in which its leaders sealed something.

    Of a level with too few leaders nothing is told but that it is so.
    """
    level_of = belief_levels.of(facts)
    held: dict[tuple[date, Level], dict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for gap, quarter_on, one in _held(facts, gaps=gaps):
        if gap.person in level_of:
            held[quarter_on, level_of[gap.person]][gap.person].append(one)
    return tuple(
        _profile(
            LevelProfile(quarter_on=quarter_on, level=level),
            held=leaders,
            policy=policy,
            least=facts.min_answer_count,
        )
        for (quarter_on, level), leaders in held.items()
    )


def _held(facts: Facts, *, gaps: Sequence[BeliefGap]) -> Iterator[tuple[BeliefGap, date, Held]]:
    """Each prediction of a link that was measured, and the first day of the quarter it is from."""
    sealed = {
        (row["person_id"], row["priority_id"], row["group"], row["link"]): row
        for row in collect(facts.columns("said/belief")).records()
    }
    starts = facts.organisation.fiscal_year_start_month
    for gap in gaps:
        if gap.measured is None:
            continue
        row = sealed[gap.person, gap.priority, gap.group, gap.link.value]
        quarter = fiscal_quarter(row["sealed_at"].date(), year_starts_in=starts)
        yield (
            gap,
            quarter.first,
            Held(
                predicted=gap.predicted,
                low=row["low_share"],
                high=row["high_share"],
                measured=gap.measured,
                uncertain=((gap.high or 0.0) - (gap.low or 0.0)) / 2,
            ),
        )


def _calibration(
    person: str, *, level: Level | None, held: Sequence[Held], policy: Policy
) -> Calibration:
    found = belief_calibration.of_leader(held, policy=policy)
    if isinstance(found, TooFew):
        return Calibration(person=person, level=level, prediction_count=found.seen)
    return Calibration(
        person=person,
        level=level,
        prediction_count=found.bias.n,
        bias=found.bias.value,
        low=found.bias.low,
        high=found.bias.high,
        coverage=found.coverage,
        expected_share=found.expected,
        width=found.width,
        verdict=found.verdict,
    )


def _profile(
    empty: LevelProfile, *, held: Mapping[str, Sequence[Held]], policy: Policy, least: int
) -> LevelProfile:
    found = belief_calibration.of_level(held, policy=policy, least=least)
    if isinstance(found, TooFew):
        return empty
    return LevelProfile(
        quarter_on=empty.quarter_on,
        level=empty.level,
        leader_count=found.gap.n,
        predicted=found.predicted,
        measured=found.measured,
        gap=found.gap.value,
        low=found.gap.low,
        high=found.gap.high,
    )
