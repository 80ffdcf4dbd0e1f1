"""Every metric, its minimum of evidence, and what it does not know."""

from datetime import date, timedelta
from functools import cache

import pytest

from headway.analysis.results import book, history, made, metrics
from headway.analysis.results.history import History
from headway.analysis.results.made import Entry
from headway.facts import Facts, memory
from headway.terms.answer import Figure, Metric, Missing, Unit
from headway.terms.period import Period
from headway.terms.policy import Policy

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
NOTHING = Figure(value=None, missing=Missing.NOT_MEASURED)


def facts_of(**tables: list[dict[str, object]]) -> Facts:
    found = {"seen/person": [], "seen/opportunity": []}
    return memory.of(found | {f"seen/{name}": rows for name, rows in tables.items()})


def measured(facts: Facts, **policy: float) -> dict[str, Metric]:
    found = book.of(facts)
    rows = metrics.of(
        facts,
        found,
        base=BEFORE,
        actual=NOW,
        policy=Policy(**policy),  # type: ignore[arg-type]  # counts and shares by name
        seed=1,
        history=history.of(facts, found),
    )
    return {row.code: row for row in rows}


def rows(period: Period, *, prefix: str, **counts: int) -> list[dict[str, object]]:
    """So many won (of 100 each), lost (of 50 each) and no_decision opportunities, 30 days long."""
    found = []
    for outcome, count in counts.items():
        for place in range(count):
            day = period.first + timedelta(days=40 + place % 40)
            found.append(
                {
                    "opportunity_id": f"{prefix}-{outcome}-{place}",
                    "stage": "Done",
                    "stage_group": "won" if outcome == "won" else "lost",
                    "lost_reason": None if outcome == "won" else outcome,
                    "amount": 100 if outcome == "won" else 50,
                    "owner_id": f"p{place % 12}",
                    "created_at": f"{day - timedelta(days=30)}T12:00:00Z",
                    "close_on": str(day),
                }
            )
    return found


PEOPLE = [{"person_id": f"p{place}"} for place in range(12)]


@cache
def measured_in_full() -> dict[str, Metric]:
    full = facts_of(
        person=PEOPLE,
        opportunity=[
            *rows(NOW, prefix="now", won=40, price=100, no_decision=60),
            *rows(BEFORE, prefix="before", won=50, price=90, no_decision=60),
            {
                "opportunity_id": "open",
                "stage": "Talk",
                "stage_group": "open",
                "amount": 70,
                "created_at": "2025-12-01T12:00:00Z",
                "close_on": "2026-09-01",
            },
        ],
    )
    return measured(full)


def test_every_code_is_given_in_order() -> None:
    assert tuple(measured_in_full()) == metrics.CODES


@pytest.mark.parametrize(
    ("code", "now", "before"),
    [
        ("close_rate", 40 / 200, 50 / 200),
        ("win_rate_narrow", 40 / 140, 50 / 140),
        ("no_decision_share", 60 / 200, 60 / 200),
        # 40 x 100 of 40 x 100 + 160 x 50; 50 x 100 of 50 x 100 + 150 x 50
        ("value_win_rate", 4000 / 12_000, 5000 / 12_500),
        ("average_amount", 100, 100),
        ("bookings", 4000, 5000),
        ("opportunities_created", 200, 200),
        ("cohort_win_rate", 40 / 200, 50 / 200),
        # Everything is decided on day 30.
        ("cycle_time", 30, 30),
    ],
)
def test_figures_worked_by_hand(code: str, now: float, before: float) -> None:
    found = measured_in_full()[code]
    assert (found.now.value, found.before.value) == pytest.approx((now, before))
    assert found.change.value == pytest.approx(now - before)
    for figure in (found.now, found.before, found.change):
        assert figure.low <= figure.value <= figure.high  # type: ignore[operator]  # all measured


def test_velocity_is_the_product_of_its_inputs() -> None:
    # At the end of March only one opportunity was open: 1 x .2 x 100 / 30.
    found = measured_in_full()["sales_velocity"]
    assert found.now.value == pytest.approx(1 * 0.2 * 100 / 30)
    assert found.unit is Unit.MONEY_PER_DAY


def test_the_course_has_a_point_per_fiscal_quarter_and_says_which_are_whole() -> None:
    series = measured_in_full()["close_rate"].series
    assert len(series) == 10
    values = {point.period: point.value for point in series}
    assert (values[NOW], values[BEFORE]) == (0.2, 0.25)
    assert {point.value for point in series} == {0.2, 0.25, None}
    assert all(point.is_complete for point in series)


def test_a_source_of_won_orders_alone_measures_no_rate_at_all() -> None:
    found = measured(
        facts_of(opportunity=[*rows(NOW, prefix="n", won=40), *rows(BEFORE, prefix="b", won=40)])
    )
    for code in (
        *("close_rate", "win_rate_narrow", "no_decision_share", "value_win_rate"),
        *("cohort_win_rate", "sales_velocity", "coverage", "pipeline_conversion", "slip"),
    ):
        assert (found[code].now, found[code].before, found[code].change) == (NOTHING,) * 3
    assert found["bookings"].now.value == 4000


def test_rates_need_ten_cases_and_comparisons_thirty_each() -> None:
    few = [*rows(NOW, prefix="n", won=4, price=5), *rows(BEFORE, prefix="b", won=15, price=14)]
    found = measured(facts_of(opportunity=few))["close_rate"]
    assert found.now == Figure(value=None, n=9, missing=Missing.TOO_FEW)
    assert found.before.value == 15 / 29
    assert found.change.missing is Missing.TOO_FEW


def test_a_period_without_anything_is_no_case_and_not_nought() -> None:
    found = measured(facts_of(opportunity=rows(BEFORE, prefix="b", won=40, price=40)))
    assert found["close_rate"].now == Figure(value=None, missing=Missing.NO_CASES)


def test_without_reasons_no_decision_cannot_be_told_from_lost() -> None:
    plain = [row | {"lost_reason": None} for row in rows(NOW, prefix="n", won=40, price=40)]
    found = measured(facts_of(opportunity=plain))
    assert found["no_decision_share"].now == NOTHING
    assert "no_decision_not_recorded" in found["close_rate"].caveats


def test_orders_that_are_created_as_they_close_have_no_creation_and_no_cycle() -> None:
    orders = [
        row | {"created_at": f"{row['close_on']}T12:00:00Z"}
        for row in rows(NOW, prefix="n", won=40)
    ]
    found = measured(facts_of(opportunity=orders))
    assert (found["opportunities_created"].now, found["cycle_time"].now) == (NOTHING, NOTHING)


def test_lost_opportunities_without_amounts_make_no_value_win_rate() -> None:
    zero = [
        row | ({} if row["stage_group"] == "won" else {"amount": 0})
        for row in rows(NOW, prefix="n", won=40, price=40)
    ]
    assert measured(facts_of(opportunity=zero))["value_win_rate"].now == NOTHING


def test_won_opportunities_without_an_amount_are_left_out_and_counted() -> None:
    some = [row | {"amount": None} for row in rows(NOW, prefix="none", won=3)]
    found = measured(facts_of(opportunity=[*rows(NOW, prefix="n", won=20), *some]))
    assert found["average_amount"].now.value == 100
    assert found["average_amount"].caveats == ("amount_missing",)
    assert found["average_amount"].figures == {"missing_count": 3.0}


def moves(name: str, *, expected: str, moved: str | None = None) -> list[dict[str, object]]:
    first = {
        "opportunity_id": name,
        "field": "close_on",
        "changed_at": "2025-12-02T12:00:00Z",
        "new_value": expected,
        "changed_by_id": "p1",
    }
    if moved is None:
        return [first]
    later = {"changed_at": f"2026-02-{int(name[1:]) % 25 + 1:02}T12:00:00Z", "old_value": expected}
    return [first, first | later | {"new_value": moved}]


def quotas() -> list[dict[str, object]]:
    return [
        {
            "subject_kind": "person",
            "subject": f"p{place}",
            "measure": "bookings",
            "period_from": "2026-01-01",
            "period_to": "2026-04-01",
            "value": 160,
            "unit": "money",
            "set_at": "2025-12-01T00:00:00Z",
        }
        for place in range(10)
    ]


def activities() -> list[dict[str, object]]:
    return [
        {
            "activity_id": f"a{place}",
            "kind": kind,
            "direction": "joint",
            "person_id": "p1",
            "occurred_at": "2026-02-01T12:00:00Z",
            "duration_minutes": minutes,
            "outcome": outcome,
        }
        for place, (kind, minutes, outcome) in enumerate(
            [
                ("call", 0.5, None),
                ("call", 1.0, None),
                ("call", 9.0, "no_answer"),
                ("meeting", None, None),
                ("meeting", 30.0, "no_show"),
                ("email", 30.0, None),
            ]
        )
    ]


def pipeline() -> Facts:
    """On 1 January 40 open ones of 100 are expected by March: 20 won, 8 lost, 12 pushed."""
    opportunities, changes = [], []
    for place in range(40):
        name = f"o{place:02}"
        group = "won" if place < 20 else "lost" if place < 28 else "open"
        opportunities.append(
            {
                "opportunity_id": name,
                "stage": "Any",
                "stage_group": group,
                "amount": 100,
                "owner_id": f"p{place % 10}",
                "created_at": "2025-12-01T12:00:00Z",
                "close_on": "2026-05-10" if group == "open" else "2026-02-10",
            }
        )
        moved = "2026-05-10" if group == "open" else None
        changes += moves(name, expected="2026-03-10", moved=moved)
    return facts_of(
        person=[{"person_id": f"p{place}", "hired_on": "2020-01-01"} for place in range(10)],
        opportunity=opportunities,
        opportunity_change=changes,
        target=quotas(),
        activity=activities(),
    )


@cache
def measured_in_pipeline() -> dict[str, Metric]:
    return measured(pipeline(), conversation_floor_seconds=60)


@pytest.mark.parametrize(
    ("code", "value", "n"),
    [
        # 40 x 100 over 10 x 160; 20 of 40 won; 12 of 40 neither; as many pushed
        ("coverage", 2.5, 40),
        ("pipeline_conversion", 0.5, 40),
        ("slip", 0.3, 40),
        ("slip_value", 0.3, 40),
        ("push_count", 0.3, 40),
        # 20 wins over 10 owners: 200 of 160 each
        ("quota_attainment", 1.25, 10),
        ("quota_reached_share", 1.0, 10),
        # One call of a minute and one meeting that took place, over 28 decided
        ("conversations_per_decided", 2 / 28, 28),
    ],
)
def test_what_needs_history_targets_or_activities(code: str, value: float, n: int) -> None:
    found = measured_in_pipeline()[code].now
    assert (found.value, found.n) == (pytest.approx(value), n)


def test_the_floor_of_conversations_is_printed_and_can_be_moved() -> None:
    assert measured_in_pipeline()["conversations_per_decided"].figures == {"floor_seconds": 60.0}
    found = measured(pipeline(), conversation_floor_seconds=30)["conversations_per_decided"]
    assert found.now.value == pytest.approx(3 / 28)


def test_without_history_the_pipeline_of_that_day_is_not_measured() -> None:
    for code in ("coverage", "pipeline_conversion", "slip", "slip_value", "push_count"):
        assert measured_in_full()[code].now == NOTHING


def test_without_targets_quotas_are_not_measured() -> None:
    assert measured_in_full()["quota_attainment"].now == NOTHING
    assert measured_in_full()["conversations_per_decided"].now == NOTHING


def test_a_slice_has_no_target_and_no_quota() -> None:
    facts = pipeline()
    found = book.of(facts).within({"seller": "p1"})
    past = history.of(facts, found)
    by_code = {
        row.code: row
        for row in metrics.of(
            facts, found, base=BEFORE, actual=NOW, policy=Policy(), seed=1, history=past
        )
    }
    assert by_code["coverage"].now == NOTHING
    assert by_code["quota_attainment"].now == NOTHING
    assert by_code["slip"].now == Figure(value=None, n=4, missing=Missing.TOO_FEW)


def test_cohorts_are_read_at_an_age_the_younger_one_has_reached() -> None:
    # Created early in 2026 and followed to the end of June: half of them 120 days or more.
    found = measured_in_full()["cohort_win_rate"].figures
    assert found["age_days"] == 120.0
    assert found["maturity_share"] == 1.0


def test_a_young_cohort_is_not_read_as_a_bad_one() -> None:
    """The same conduct in both periods: won on day 20 or lost on day 60."""
    found = []
    for period in (BEFORE, NOW):
        for place in range(180):
            created = period.first + timedelta(days=place // 2)
            won = place % 3 == 0
            decided = created + timedelta(days=20 if won else 60)
            is_open = decided > NOW.end
            outcome = "open" if is_open else "won" if won else "lost"
            found.append(
                Entry(
                    outcome=outcome,
                    created_on=created,
                    decided_on=None if is_open else decided,
                    amount=1.0,
                )
            )
    whole = made.book(found, as_of=NOW.end, data_from=date(2024, 1, 1))
    by_code = {
        row.code: row
        for row in metrics.of(
            facts_of(),
            whole,
            base=BEFORE,
            actual=NOW,
            policy=Policy(),
            seed=1,
            history=History(),
        )
    }
    cohort = by_code["cohort_win_rate"]
    assert cohort.figures["age_days"] == 30.0
    assert cohort.before.value == pytest.approx(1 / 3)
    assert cohort.now.value == pytest.approx(1 / 3, abs=0.03)


def test_marks_of_doubtful_data_travel_with_what_they_touch() -> None:
    doubtful = [row | {"owner_id": None} for row in rows(NOW, prefix="n", won=40, price=40)]
    facts = facts_of(opportunity=doubtful)
    touched = {mark.code for mark in facts.marks if "bookings" in mark.affects}
    assert set(measured(facts)["bookings"].marks) == touched
