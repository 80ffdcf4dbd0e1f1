from datetime import date

import pytest

from headway.interfaces.cli import asking
from headway.interfaces.cli.exits import UsageError
from headway.terms.answer import Kpi
from headway.terms.period import Period
from headway.terms.question import Question


def asked(*, first: str = "", last: str = "", against: str = "") -> Question:
    return asking.question(kpi=Kpi.BOOKINGS, first=first, last=last, against=against)


def test_without_days_the_data_decide() -> None:
    assert asked() == Question(kpi=Kpi.BOOKINGS)


def test_the_last_day_is_inside() -> None:
    assert asked(first="2026-01-01", last="2026-06-30") == Question(
        actual=Period(first=date(2026, 1, 1), end=date(2026, 7, 1))
    )


def test_a_base_of_whole_months_stays_one_of_whole_months() -> None:
    # January to June has 181 days, July to December before it 184.
    found = asked(first="2026-01-01", last="2026-06-30", against="2025-07-01")
    assert found.against == Period(first=date(2025, 7, 1), end=date(2026, 1, 1))


def test_a_base_of_days_has_as_many_days() -> None:
    found = asked(first="2026-01-05", last="2026-01-18", against="2025-12-22")
    assert found.against == Period(first=date(2025, 12, 22), end=date(2026, 1, 5))


def test_both_ends_of_the_base_may_be_given() -> None:
    found = asked(first="2026-01-01", last="2026-03-31", against="2025-01-01..2025-02-28")
    assert found.against == Period(first=date(2025, 1, 1), end=date(2025, 3, 1))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"first": "2026-01-01"}, "both --from and --to"),
        ({"last": "2026-01-01"}, "both --from and --to"),
        ({"against": "2026-01-01"}, "needs a period"),
        ({"first": "2026-01-01", "last": "30.06.2026"}, "'30.06.2026' is no day"),
        ({"first": "2026-02-01", "last": "2026-01-01"}, "before it begins"),
    ],
)
def test_what_cannot_be_asked_is_said(given: dict[str, str], says: str) -> None:
    with pytest.raises(UsageError, match=says):
        asked(**given)
