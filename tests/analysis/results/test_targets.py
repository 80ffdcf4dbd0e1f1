"""What was to be booked."""

from datetime import date

import pytest

from headway.analysis.results import book, targets
from headway.analysis.results.targets import Target
from headway.facts import memory
from headway.terms.period import Period

YEAR = Period(first=date(2025, 1, 1), end=date(2026, 1, 1))
SPRING = Period(first=date(2025, 4, 1), end=date(2025, 7, 1))


def row(kind: str, subject: str, value: float, **more: object) -> dict[str, object]:
    return {
        "subject_kind": kind,
        "subject": subject,
        "measure": "bookings",
        "period_from": "2025-01-01",
        "period_to": "2026-01-01",
        "value": value,
        "unit": "money",
        "set_at": "2024-12-01T00:00:00Z",
    } | more


def of(*rows: dict[str, object], owners: frozenset[str] | None = None) -> targets.Targets:
    facts = memory.of(
        {
            "seen/person": [{"person_id": "anna"}, {"person_id": "bert"}],
            "seen/opportunity": [
                {"opportunity_id": name, "owner_id": name, "stage": "s", "stage_group": "won"}
                for name in ("anna", "bert")
            ],
            "seen/target": list(rows),
        }
    )
    return targets.of(facts, book=book.of(facts).of_people(owners))


def test_a_quarter_has_its_days_share_of_the_years_target() -> None:
    found = of(row("organisation", "all", 3650))
    assert found.of(SPRING) == pytest.approx(910)
    assert found.caveats == ()


def test_the_target_set_last_holds_and_the_change_is_said() -> None:
    again = row("organisation", "all", 7300, set_at="2025-02-01T00:00:00Z")
    found = of(again, row("organisation", "all", 3650))
    assert (found.of(YEAR), found.caveats) == (7300, ("target_changed",))


def test_without_one_for_all_the_owners_are_summed_and_it_is_said() -> None:
    found = of(row("person", "anna", 100), row("person", "bert", 50), row("person", "chief", 150))
    assert (found.of(YEAR), found.caveats) == (150, ("target_summed_from_people",))


def test_some_people_have_their_own_targets_alone() -> None:
    found = of(
        row("organisation", "all", 999),
        row("person", "anna", 100),
        row("person", "bert", 50),
        owners=frozenset({"bert"}),
    )
    assert (found.of(YEAR), found.quotas(YEAR)) == (50, {"bert": 50})


def test_the_shorter_of_two_targets_for_the_same_days_holds() -> None:
    spring = Target(period=SPRING, amount=500)
    year = Target(period=YEAR, amount=3650)
    assert targets.amount_in([year, spring], period=SPRING) == 500
    # 274 days outside spring at 10 a day
    assert targets.amount_in([year, spring], period=YEAR) == pytest.approx(500 + 2740)


def test_a_period_that_is_only_partly_covered_has_no_target() -> None:
    assert targets.amount_in([Target(period=SPRING, amount=500)], period=YEAR) is None
    assert of().of(YEAR) is None


def test_a_target_for_no_days_at_all_is_none() -> None:
    backwards = row("organisation", "all", 100, period_to="2025-01-01")
    assert of(backwards).of(YEAR) is None
