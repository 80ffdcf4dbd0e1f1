"""What is offered to choose from: the comparisons, and what an address may ask for."""

from dataclasses import replace
from datetime import date

import pytest
from tests.interfaces.pages import answers

from headway.queries.results import choices
from headway.queries.results.choices import ComparisonTextError
from headway.terms.answer import Basis

OWN = "2025-02-01..2025-03-01~2024-02-01..2024-03-01"


def test_a_comparison_chosen_by_hand_is_offered_beside_the_usual_ones() -> None:
    offered = choices.comparisons(answers.FALLING, chosen=OWN)
    assert [each.code for each in offered if each.is_chosen] == [OWN]
    assert offered[0].code == "default"


def test_the_usual_comparison_has_no_days_where_the_answer_has_others_or_none() -> None:
    comparison = answers.FALLING.comparison
    assert comparison is not None
    chosen = replace(answers.FALLING, comparison=replace(comparison, basis=Basis.CHOSEN))
    for answer in (chosen, replace(answers.FALLING, comparison=None)):
        assert choices.comparisons(answer, chosen="default")[0].label == "Usual comparison"


@pytest.mark.parametrize(
    "days",
    [
        (date(2026, 2, 1), date(2026, 1, 1), date(2025, 1, 1), date(2025, 2, 1)),
        (date(2026, 1, 1), date(2026, 2, 1), date(2025, 2, 1), date(2025, 1, 1)),
        (date(2026, 1, 1), date.max, date(2025, 1, 1), date(2025, 2, 1)),
    ],
)
def test_days_that_make_no_comparison_are_refused(days: tuple[date, ...]) -> None:
    with pytest.raises(ComparisonTextError):
        choices.comparison_of_days(*days)


@pytest.mark.parametrize(
    "code",
    [
        "2026-01-01..2026-02-01",
        "2026-01-01~2025-01-01",
        "2026-01-01..soon~2025-01-01..2025-02-01",
        "2026-01-01..2026-02-01~2026-01-15..2026-02-15",
        "20260101..20260201~20250101..20250201",
    ],
)
def test_an_address_that_names_no_two_periods_is_refused(code: str) -> None:
    with pytest.raises(ComparisonTextError):
        choices.periods(code)
