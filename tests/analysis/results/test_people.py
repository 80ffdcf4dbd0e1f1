"""Who was there for how much of a period."""

from datetime import date

import numpy as np

from headway.analysis.results.people import People
from headway.terms.period import Period

APRIL = Period(first=date(2025, 4, 1), end=date(2025, 5, 1))


def days(*moments: str) -> np.ndarray:
    return np.array(moments, dtype="datetime64[D]")


def test_days_before_hiring_after_leaving_and_away_are_not_there() -> None:
    people = People(
        hired_on=days("2025-04-11", "NaT", "NaT", "2020-01-01", "2025-06-01"),
        left_on=days("NaT", "2025-04-16", "NaT", "NaT", "NaT"),
        absent_owner=np.array([3, 3, 0], dtype=np.int32),
        absent_from=days("2025-03-20", "2025-04-28", "2025-04-01"),
        absent_to=days("2025-04-04", "NaT", "2025-04-14"),
    )
    # 20 days, of which 3 away; 15; all 30; 3 + 3 away; not yet here.
    expected = [17 / 30, 15 / 30, 1.0, 24 / 30, 0.0]
    np.testing.assert_allclose(people.present_share(APRIL), expected)
    assert people.is_presence_known
