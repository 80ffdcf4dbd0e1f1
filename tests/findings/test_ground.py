"""The lines that clear the ground, each with a planted case."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import invented
from headway.findings import results
from headway.findings.results import UnknownScopeError
from headway.terms.answer import Answer, Kpi, LadderLine, Missing, Standing, Verdict
from headway.terms.period import Period
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import Draw, Plan, changed, kept, since

pytestmark = pytest.mark.slow

TARGET = {
    "subject_kind": "organisation",
    "subject": "all",
    "measure": "bookings",
    "unit": "money",
    "set_at": date(2024, 12, 1),
}


def answer(plan: Plan, *, into: Path, question: Question | None = None) -> Answer:
    facts = invented.organisation(plan, into=into)
    return results.answer(facts, question=question or Question(), policy=DEFAULT, seed=7)


def judged(found: Answer, code: str) -> tuple[Standing, str]:
    line = next(line for line in found.ladder if line.code == code)
    return line.standing, line.reason


def line(found: Answer, code: str) -> LadderLine:
    return next(line for line in found.ladder if line.code == code)


def a_third_left(draw: Draw, random: np.random.Generator) -> Draw:
    return kept(draw, ~(since(draw, "2026-01-01") & (draw.owner >= 16)))


def one_who_begins_nothing(draw: Draw, random: np.random.Generator) -> Draw:
    return kept(draw, ~((draw.owner == 1) & (draw.created >= np.datetime64("2025-12-01"))))


def a_new_product(draw: Draw, random: np.random.Generator) -> Draw:
    launched = since(draw, "2026-01-01") & (draw.product == 0)
    return kept(draw, launched | (draw.product != 0))


def a_good_base(draw: Draw, random: np.random.Generator) -> Draw:
    good = since(draw, "2025-10-01") & (draw.decided < np.datetime64("2026-01-01"))
    return changed(draw, rate=np.where(good, np.minimum(draw.rate * 1.6, 0.95), draw.rate))


def targets(before: float, now: float) -> dict[str, list[dict[str, object]]]:
    spans = (
        (date(2025, 1, 1), date(2025, 7, 1), before),
        (date(2026, 1, 1), date(2026, 7, 1), now),
    )
    return {
        "seen/target": [
            {**TARGET, "period_from": first, "period_to": end, "value": value}
            for first, end, value in spans
        ]
    }


def event(kind: str, day: date) -> dict[str, list[dict[str, object]]]:
    return {"seen/business_event": [{"event_id": "e1", "kind": kind, "starts_on": day}]}


def test_fewer_sellers_are_told_as_capacity(tmp_path: Path) -> None:
    found = answer(Plan(seed=14, changes=(a_third_left,)), into=tmp_path)
    assert judged(found, "capacity") == (Standing.CANDIDATE, "capacity.moved_with")
    assert line(found, "capacity").figures["sellers_before"] == 24
    assert line(found, "capacity").figures["sellers_now"] == 16


def test_without_owners_capacity_stays_open(tmp_path: Path) -> None:
    found = answer(Plan(seed=14, has_owners=False), into=tmp_path)
    assert judged(found, "capacity") == (Standing.UNTESTED, "capacity.no_owner")


def test_a_product_that_came_is_told(tmp_path: Path) -> None:
    found = answer(Plan(seed=14, changes=(a_new_product,)), into=tmp_path)
    assert judged(found, "product_change") == (Standing.CANDIDATE, "product.came_or_went")
    assert line(found, "product_change").figures["came_share"] > 0.3


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (100.0, 130.0, (Standing.CANDIDATE, "targets.changed")),
        (100.0, 102.0, (Standing.RULED_OUT, "targets.same")),
        (100.0, 0.0, (Standing.UNTESTED, "targets.not_for_both")),
    ],
)
def test_targets_are_compared(
    tmp_path: Path, before: float, now: float, expected: tuple[Standing, str]
) -> None:
    found = answer(Plan(seed=14, rows=targets(before, now)), into=tmp_path)
    assert judged(found, "targets_changed") == expected


def test_events_in_the_periods_are_told(tmp_path: Path) -> None:
    stop = answer(Plan(seed=14, rows=event("supply_stop", date(2026, 2, 1))), into=tmp_path)
    assert judged(stop, "supply") == (Standing.CANDIDATE, "events.in_the_periods")
    assert line(stop, "supply").supports == ("supply_stop",)
    # An event without an end goes on; one that ended before, or another kind, touches nothing.
    other = answer(Plan(seed=14, rows=event("other", date(2026, 2, 1))), into=tmp_path)
    assert judged(other, "supply") == (Standing.RULED_OUT, "events.none")


def test_a_base_that_stood_out_is_told(tmp_path: Path) -> None:
    question = Question(
        kpi=Kpi.WIN_RATE,
        actual=Period(first=date(2026, 1, 1), end=date(2026, 4, 1)),
        against=Period(first=date(2025, 10, 1), end=date(2026, 1, 1)),
    )
    found = answer(Plan(seed=14, changes=(a_good_base,)), into=tmp_path, question=question)
    assert found.verdict is Verdict.FALLING
    expected = (Standing.CANDIDATE, "regression.base_unusual")
    assert judged(found, "regression_to_mean") == expected


def test_recording_that_began_late_is_told(tmp_path: Path) -> None:
    question = Question(
        actual=Period(first=date(2026, 4, 1), end=date(2026, 6, 1)),
        against=Period(first=date(2026, 2, 1), end=date(2026, 4, 1)),
    )
    plan = Plan(seed=14, first=date(2026, 1, 20))
    found = answer(plan, into=tmp_path, question=question)
    assert judged(found, "edges") == (Standing.CANDIDATE, "edges.left_cut")


def test_growing_out_of_an_empty_start_is_no_rise(tmp_path: Path) -> None:
    found = answer(Plan(seed=15, first=date(2026, 4, 1)), into=tmp_path)
    assert found.change.low > 0
    assert (found.verdict, found.verdict_reason) == (Verdict.CANNOT_TELL, "verdict.edge")


def test_fewer_enquiries_stand_where_the_result_hides_them(tmp_path: Path) -> None:
    def fewer_and_better(draw: Draw, random: np.random.Generator) -> Draw:
        late = draw.created >= np.datetime64("2026-01-01")
        left = kept(draw, ~late | (random.random(len(late)) < 0.8))
        return changed(left, rate=np.where(since(left, "2026-01-01"), 1.12, 1.0) * left.rate)

    found = answer(Plan(seed=16, changes=(fewer_and_better,)), into=tmp_path)
    assert found.verdict in (Verdict.CANNOT_TELL, Verdict.FLAT)
    assert judged(found, "demand") == (Standing.CANDIDATE, "demand.moved_with")


def test_periods_with_unequal_quarter_ends_are_told(tmp_path: Path) -> None:
    def pull(draw: Draw, random: np.random.Generator) -> Draw:
        month = draw.decided.astype("datetime64[M]").astype(int) % 12 + 1
        return changed(draw, rate=np.where(month % 3 == 0, draw.rate * 1.5, draw.rate * 0.8))

    question = Question(
        actual=Period(first=date(2026, 4, 1), end=date(2026, 6, 1)),
        against=Period(first=date(2026, 2, 1), end=date(2026, 4, 1)),
    )
    found = answer(Plan(seed=14, changes=(pull,)), into=tmp_path, question=question)
    assert judged(found, "quarter_end") == (Standing.CANDIDATE, "quarter_end.pull_unequal")


def test_batches_on_twice_as_many_days_are_told(tmp_path: Path) -> None:
    def in_batches(draw: Draw, random: np.random.Generator) -> Draw:
        month = draw.decided.astype("datetime64[M]").astype("datetime64[D]")
        is_early = since(draw, "2026-01-01") & (random.random(len(month)) < 0.5)
        return changed(draw, decided=month + np.where(is_early, 13, 27).astype("timedelta64[D]"))

    found = answer(Plan(seed=14, changes=(in_batches,)), into=tmp_path)
    assert judged(found, "booking_days") == (Standing.CANDIDATE, "booking_days.unequal")
    figures = line(found, "booking_days").figures
    assert (figures["days_before"], figures["days_now"]) == (6, 12)


def test_the_trend_over_eight_quarters_stands_beside_the_verdict(tmp_path: Path) -> None:
    def growing(draw: Draw, random: np.random.Generator) -> Draw:
        years = (draw.created - np.datetime64("2024-01-01")).astype(float) / 365
        return kept(draw, random.random(len(years)) < 0.4 + 0.2 * years)

    found = answer(Plan(seed=14, changes=(growing,)), into=tmp_path)
    assert found.verdict is Verdict.IMPROVING
    assert found.verdict_figures["trend_quarters"] >= 8
    assert found.verdict_figures["trend_low"] > 0


def test_a_scope_is_answered_for_itself(tmp_path: Path) -> None:
    whole = answer(Plan(seed=14), into=tmp_path)
    north = answer(Plan(seed=14), into=tmp_path, question=Question(scope={"region": "North"}))
    assert north.scope == "organisation,region=North"
    assert 0 < north.base.n < whole.base.n
    assert north.comparison == whole.comparison


def test_people_are_answered_for_themselves(tmp_path: Path) -> None:
    question = Question(people=frozenset({"p00", "p01"}), has_sellers=True)
    found = answer(Plan(seed=14), into=tmp_path, question=question)
    assert found.scope == "people=p00+p01"
    assert found.tree[0].actual == 2


def test_who_began_nothing_since_is_seen_over_the_same_days_as_everybody(tmp_path: Path) -> None:
    plan = Plan(seed=14, changes=(one_who_begins_nothing,))
    whole = answer(plan, into=tmp_path)
    theirs = answer(plan, into=tmp_path, question=Question(people=frozenset({"p01"})))
    assert theirs.comparison == whole.comparison
    assert theirs.actual.value < 0.5 * theirs.base.value


def test_a_dimension_nobody_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownScopeError, match="Nothing is recorded by 'industry'"):
        answer(Plan(seed=14), into=tmp_path, question=Question(scope={"industry": "Steel"}))


def test_too_little_says_so_and_leaves_every_line_open(tmp_path: Path) -> None:
    plan = Plan(seed=14, first=date(2026, 6, 1), per_day=3)
    found = answer(plan, into=tmp_path)
    assert (found.verdict_reason, found.comparison) == ("verdict.too_little", None)
    assert found.base.missing is Missing.TOO_FEW
    assert {line.standing for line in found.ladder} == {Standing.UNTESTED}
    assert found.too_little["needed_days"] == 62
