"""A question names its scope the same way every time."""

from datetime import date

import pytest

from headway.terms.period import Period
from headway.terms.question import OverlapError, Question


def test_a_scope_of_people_is_named_by_them_in_order() -> None:
    assert Question(people=frozenset({"p2", "p1"})).scope_name == "people=p1+p2"


def test_a_name_of_its_own_wins() -> None:
    question = Question(people=frozenset({"p2"}), name="seller@p014")
    assert question.scope_name == "seller@p014"


def test_the_order_of_the_mapping_does_not_matter() -> None:
    one = Question(scope={"region": "North", "product": "Core"})
    other = Question(scope={"product": "Core", "region": "North"})
    assert one.scope_name == other.scope_name == "organisation,product=Core,region=North"


def test_periods_that_share_days_are_refused_and_neighbours_are_not() -> None:
    actual = Period(first=date(2026, 4, 1), end=date(2026, 7, 1))
    before = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))
    assert Question(actual=actual, against=before).against == before
    for first, end in ((date(2026, 3, 1), date(2026, 4, 2)), (date(2026, 6, 30), date(2026, 9, 1))):
        with pytest.raises(OverlapError, match=r"2026-04-01 to 2026-06-30 and .* share days"):
            Question(actual=actual, against=Period(first=first, end=end))
