"""What money is measured where amounts are missing, of nought, or known from history."""

from datetime import date, timedelta

import numpy as np
import pytest

from headway.analysis.results import book, history, metrics
from headway.facts import Facts, memory
from headway.terms.answer import Figure, Metric, Missing
from headway.terms.period import Period
from headway.terms.policy import DEFAULT

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
NOTHING = Figure(value=None, missing=Missing.NOT_MEASURED)


def rows(period: Period, *, won: float | None, lost: float | None) -> list[dict[str, object]]:
    """20 won and 20 lost opportunities of a month, of these amounts, and an open one."""
    found: list[dict[str, object]] = []
    for place in range(40):
        is_won = place < 20
        closed = period.first + timedelta(days=30 + place)
        found.append(
            {
                "opportunity_id": f"{period.first}-{place}",
                "owner_id": f"p{place % 4}",
                "stage": "Done",
                "stage_group": "won" if is_won else "lost",
                "amount": won if is_won else lost,
                "created_at": f"{closed - timedelta(days=30)}T12:00:00Z",
                "close_on": str(closed),
            }
        )
    still = {"stage": "Talk", "stage_group": "open", "opportunity_id": f"{period.first}-open"}
    return [*found, {**still, "amount": won, "created_at": f"{period.first}T12:00:00Z"}]


def changes(opportunities: list[dict[str, object]], field: str, value: str) -> list[dict]:
    return [
        {
            "opportunity_id": row["opportunity_id"],
            "field": field,
            "changed_at": row["created_at"],
            "new_value": value,
        }
        for row in opportunities
    ]


def measured(facts: Facts) -> dict[str, Metric]:
    found = book.of(facts)
    rows = metrics.of(
        facts,
        found,
        base=BEFORE,
        actual=NOW,
        policy=DEFAULT,
        seed=1,
        history=history.of(facts, found),
    )
    return {row.code: row for row in rows}


def facts_of(opportunities: list[dict[str, object]], **more: list[dict]) -> Facts:
    people = [{"person_id": f"p{place}"} for place in range(4)]
    tables = {"person": people, "opportunity": opportunities, **more}
    return memory.of({f"seen/{name}": rows for name, rows in tables.items()})


def test_without_amounts_nothing_of_money_is_measured() -> None:
    plain = rows(NOW, won=None, lost=None)
    found = measured(facts_of(plain, opportunity_change=changes(plain, "close_on", "2026-03-01")))
    for code in ("bookings", "average_amount", "value_win_rate", "pipeline_conversion"):
        assert (code, found[code].now) == (code, NOTHING)
    assert (found["slip_value"].now, found["quota_attainment"].now) == (NOTHING, NOTHING)


def test_a_period_of_amounts_of_nought_has_no_share_of_value() -> None:
    opportunities = rows(NOW, won=0, lost=0) + rows(BEFORE, won=100, lost=50)
    found = measured(facts_of(opportunities))["value_win_rate"]
    # 20 x 100 of 20 x 100 + 20 x 50
    assert (found.now.missing, found.before.value) == (Missing.NO_CASES, 2 / 3)


def test_the_share_of_value_counts_what_was_asked_for_at_first() -> None:
    opportunities = rows(NOW, won=100, lost=50)
    first = changes([row for row in opportunities if row["stage_group"] == "lost"], "amount", "300")
    found = measured(facts_of(opportunities, opportunity_change=first))["value_win_rate"]
    # 20 x 100 of 20 x 100 + 20 x 300
    assert found.now.value == pytest.approx(0.25)


def test_a_quota_that_was_changed_is_said() -> None:
    quota = {
        "subject_kind": "person",
        "subject": "p1",
        "measure": "bookings",
        "period_from": "2026-01-01",
        "period_to": "2026-04-01",
        "value": 100,
        "unit": "money",
    }
    again = [
        {**quota, "set_at": "2025-12-01T00:00:00Z"},
        {**quota, "set_at": "2026-02-01T00:00:00Z", "value": 80},
    ]
    found = measured(facts_of(rows(NOW, won=100, lost=50), target=again))
    assert found["quota_attainment"].caveats == ("presence_not_known", "target_changed")


def test_too_few_before_are_too_few_to_compare() -> None:
    few = [row for row in rows(BEFORE, won=100, lost=50) if row["stage_group"] == "won"][:4]
    lost = {**few[0], "opportunity_id": "lost", "stage_group": "lost"}
    found = measured(facts_of([*rows(NOW, won=100, lost=50), *few, lost]))["close_rate"]
    assert (found.now.n, found.change) == (
        40,
        Figure(value=None, n=5, missing=Missing.TOO_FEW),
    )


def test_a_book_asked_for_nothing_in_particular_is_whole() -> None:
    whole = book.of(facts_of(rows(NOW, won=100, lost=50)))
    assert whole.within({}) is whole
    assert np.count_nonzero(whole.is_won) == 20


def test_wins_later_than_the_younger_cohort_can_show_give_no_cycle_time() -> None:
    slow = [
        {**row, "close_on": str(date.fromisoformat(str(row["close_on"])) + timedelta(days=300))}
        for row in rows(BEFORE, won=100, lost=50)
        if row["stage_group"] != "open"
    ]
    # Of those created in 2026 not more than 180 days can have been seen: a year is too long.
    found = measured(facts_of([*slow, *rows(NOW, won=100, lost=50)]))["cycle_time"]
    assert (found.now.missing, found.before.missing) == (None, Missing.NO_CASES)
