"""Planted truths: the answer must say what was planted, and be silent where nothing was."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import invented
from headway.findings import results
from headway.terms.answer import Answer, CauseKind, Kpi, LadderLine, Standing, Verdict
from headway.terms.period import Period
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import PRICES, RATES, Draw, Plan, changed, kept, since

pytestmark = pytest.mark.slow

BREAK = "2026-01-01"


def answers(plan: Plan, *, into: Path, question: Question | None = None) -> dict[Kpi, Answer]:
    facts = invented.organisation(plan, into=into)
    found = results.answers(facts, question=question or Question(), policy=DEFAULT, seed=7)
    return {answer.kpi: answer for answer in found}


def line(answer: Answer, code: str) -> LadderLine:
    return next(line for line in answer.ladder if line.code == code)


def candidates(answer: Answer) -> set[str]:
    return {line.code for line in answer.ladder if line.standing is Standing.CANDIDATE}


def causes(answer: Answer, kpi: Kpi) -> list[tuple[dict[str, str], CauseKind]]:
    found = next(one for one in answer.localisations if one.kpi is kpi)
    return [(cause.slice, cause.kind) for cause in found.causes]


def less_won(region: int, *, factor: float) -> invented.Change:
    def change(draw: Draw, random: np.random.Generator) -> Draw:
        rate = draw.rate.copy()
        rate[since(draw, BREAK) & (draw.region == region)] *= factor
        return changed(draw, rate=rate)

    return change


def other_products(draw: Draw, random: np.random.Generator) -> Draw:
    """Much of what was Spare (won often) becomes Plus (won seldom); each own rate stays."""
    switched = since(draw, BREAK) & (draw.product == 2) & (random.random(len(draw.product)) < 0.7)
    product = np.where(switched, 1, draw.product)
    amount = draw.amount * PRICES[product] / PRICES[draw.product]
    return changed(draw, product=product, rate=RATES[product], amount=amount)


def fewer(draw: Draw, random: np.random.Generator) -> Draw:
    early = draw.created < np.datetime64("2025-11-15")
    return kept(draw, early | (random.random(len(draw.created)) < 0.6))


def cheaper(draw: Draw, random: np.random.Generator) -> Draw:
    return changed(draw, amount=np.where(since(draw, BREAK), 0.75, 1.0) * draw.amount)


def spring_dip(draw: Draw, random: np.random.Generator) -> Draw:
    """Every year from April to June a third less comes in."""
    month = draw.created.astype("datetime64[M]").astype(int) % 12 + 1
    is_spring = (month >= 3) & (month <= 5)
    return kept(draw, ~is_spring | (random.random(len(month)) < 0.55))


def quarter_end_pull(draw: Draw, random: np.random.Generator) -> Draw:
    month = draw.decided.astype("datetime64[M]").astype(int) % 12 + 1
    return changed(draw, rate=np.where(month % 3 == 0, draw.rate * 1.5, draw.rate * 0.8))


def test_a_win_rate_that_fell_in_one_region_is_found_there(tmp_path: Path) -> None:
    found = answers(Plan(seed=2, changes=(less_won(1, factor=0.5),)), into=tmp_path)
    assert found[Kpi.BOOKINGS].verdict is Verdict.FALLING
    assert found[Kpi.WIN_RATE].verdict is Verdict.FALLING
    # The region is coded NA, which is text and not a missing value.
    assert causes(found[Kpi.WIN_RATE], Kpi.WIN_RATE) == [({"region": "NA"}, CauseKind.RATE)]
    assert causes(found[Kpi.BOOKINGS], Kpi.BOOKINGS) == [({"region": "NA"}, CauseKind.RATE)]
    assert line(found[Kpi.BOOKINGS], "mix").standing is Standing.RULED_OUT


def test_a_change_of_mix_alone_is_no_change_of_rates(tmp_path: Path) -> None:
    found = answers(Plan(seed=3, changes=(other_products,)), into=tmp_path)[Kpi.WIN_RATE]
    assert found.verdict is Verdict.FALLING
    mix = line(found, "mix")
    assert (mix.standing, mix.reason, mix.figures["dimension"]) == (
        Standing.CANDIDATE,
        "mix.carries",
        "product",
    )
    assert {kind for _, kind in causes(found, Kpi.WIN_RATE)} <= {CauseKind.MIX}


def test_fewer_opportunities_everywhere_are_demand_and_no_place(tmp_path: Path) -> None:
    found = answers(Plan(seed=4, changes=(fewer,)), into=tmp_path)
    assert found[Kpi.BOOKINGS].verdict is Verdict.FALLING
    assert found[Kpi.OPPORTUNITIES_CREATED].verdict is Verdict.FALLING
    assert causes(found[Kpi.BOOKINGS], Kpi.BOOKINGS) == [({}, CauseKind.VOLUME)]
    assert line(found[Kpi.BOOKINGS], "demand").reason == "demand.moved_with"
    largest = min(found[Kpi.BOOKINGS].tree, key=lambda factor: factor.contribution)
    assert largest.code == "opportunities_per_seller"


def test_a_fall_of_prices_is_told_from_fewer_wins(tmp_path: Path) -> None:
    found = answers(Plan(seed=5, changes=(cheaper,)), into=tmp_path)[Kpi.BOOKINGS]
    assert found.verdict is Verdict.FALLING
    assert line(found, "price").reason == "price.same_products_moved"
    assert causes(found, Kpi.BOOKINGS) == [({}, CauseKind.SIZE)]
    assert min(found.tree, key=lambda factor: factor.contribution).code == "average_amount"


def test_one_giant_opportunity_decides_nothing(tmp_path: Path) -> None:
    plan = Plan(seed=8, largest=(date(2025, 3, 1), 9e6))
    found = answers(plan, into=tmp_path)[Kpi.BOOKINGS]
    assert (found.verdict, found.verdict_reason) == (Verdict.CANNOT_TELL, "verdict.single_deal")
    assert [deal.contribution for deal in found.single_deals] == [-9e6]
    assert line(found, "single_deal").standing is Standing.CANDIDATE
    assert causes(found, Kpi.BOOKINGS) == []


def test_a_dip_of_every_year_is_no_cause_against_the_year_before(tmp_path: Path) -> None:
    plan = Plan(seed=14, changes=(spring_dip,))
    found = answers(plan, into=tmp_path)[Kpi.BOOKINGS]
    assert found.verdict not in {Verdict.FALLING, Verdict.IMPROVING}
    assert line(found, "season").reason == "season.year_before"
    assert causes(found, Kpi.BOOKINGS) == []


def test_against_the_quarter_before_the_dip_of_every_year_warns(tmp_path: Path) -> None:
    question = Question(
        actual=Period(first=date(2026, 4, 1), end=date(2026, 7, 1)),
        against=Period(first=date(2026, 1, 1), end=date(2026, 4, 1)),
    )
    plan = Plan(seed=14, changes=(spring_dip,))
    found = answers(plan, into=tmp_path, question=question)[Kpi.BOOKINGS]
    assert found.verdict is Verdict.FALLING
    season = line(found, "season")
    assert (season.standing, season.reason) == (Standing.CANDIDATE, "season.same_a_year_before")


def test_without_a_year_before_the_season_is_not_known(tmp_path: Path) -> None:
    plan = Plan(seed=14, first=date(2025, 9, 20), changes=(spring_dip,))
    found = answers(plan, into=tmp_path)[Kpi.BOOKINGS]
    season = line(found, "season")
    assert (season.standing, season.reason) == (Standing.UNTESTED, "season.not_known")
    assert found.comparison is not None
    assert not found.comparison.is_season_known


def test_the_pull_of_the_quarter_end_is_told(tmp_path: Path) -> None:
    found = answers(Plan(seed=9, changes=(quarter_end_pull,)), into=tmp_path)[Kpi.BOOKINGS]
    pull = line(found, "quarter_end")
    assert pull.reason == "quarter_end.pull_in_both"
    assert pull.figures["rate_last_month"] > 1.4 * pull.figures["rate_other_months"]


@pytest.mark.parametrize("seed", [11, 14, 15, 17])
def test_nothing_is_said_where_nothing_happened(tmp_path: Path, seed: int) -> None:
    found = answers(Plan(seed=seed), into=tmp_path)
    assert [causes(found[Kpi.BOOKINGS], kpi) for kpi in (Kpi.BOOKINGS, Kpi.WIN_RATE)] == [[], []]
    assert {answer.verdict for answer in found.values()} <= {Verdict.CANNOT_TELL, Verdict.FLAT}


def test_open_opportunities_at_the_end_are_no_fall(tmp_path: Path) -> None:
    # The last quarter has only begun: what is still open there must not look like a fall.
    plan = Plan(seed=14, as_of=date(2026, 5, 10))
    found = answers(plan, into=tmp_path)
    assert found[Kpi.BOOKINGS].comparison is not None
    assert found[Kpi.BOOKINGS].comparison.actual.end == date(2026, 4, 1)
    assert causes(found[Kpi.WIN_RATE], Kpi.WIN_RATE) == []
    question = Question(actual=Period(first=date(2026, 4, 1), end=date(2026, 7, 1)))
    asked = answers(plan, into=tmp_path, question=question)[Kpi.BOOKINGS]
    assert (asked.verdict, asked.verdict_reason) == (Verdict.CANNOT_TELL, "verdict.edge")


def test_a_source_of_wins_alone_has_no_win_rate(tmp_path: Path) -> None:
    plan = Plan(seed=2, has_lost=False, changes=(less_won(1, factor=0.5),))
    found = answers(plan, into=tmp_path)
    rate = found[Kpi.WIN_RATE]
    assert (rate.verdict, rate.verdict_reason) == (Verdict.CANNOT_TELL, "verdict.not_measured")
    assert rate.actual.value is None
    assert rate.verdict_figures == {}
    assert line(rate, "regression_to_mean").standing is Standing.UNTESTED
    factor = next(one for one in found[Kpi.BOOKINGS].tree if one.code == "win_rate")
    assert (factor.is_measured, factor.contribution, factor.base) == (False, 0.0, None)
    assert causes(found[Kpi.BOOKINGS], Kpi.BOOKINGS) == [({"region": "NA"}, CauseKind.VOLUME)]


def test_the_tree_sums_to_the_change_of_bookings(tmp_path: Path) -> None:
    found = answers(Plan(seed=2, changes=(less_won(1, factor=0.5),)), into=tmp_path)[Kpi.BOOKINGS]
    total = sum(factor.contribution for factor in found.tree)
    assert found.change.value == pytest.approx(total, rel=1e-9)
    for factor in found.tree:
        if factor.parts:
            parts = sum(part.contribution for part in factor.parts)
            assert parts == pytest.approx(factor.contribution, abs=1e-6)


def test_sellers_are_no_dimension_of_the_published_run(tmp_path: Path) -> None:
    found = answers(Plan(seed=2), into=tmp_path)[Kpi.BOOKINGS]
    assert all("seller" not in one.dimensions for one in found.localisations)
    assert "seller" not in {split.dimension for split in found.rate_mix}
    own = answers(Plan(seed=2), into=tmp_path, question=Question(has_sellers=True))[Kpi.BOOKINGS]
    assert "seller" in own.localisations[0].dimensions
