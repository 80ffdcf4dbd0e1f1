"""The course of a metric, quarter by quarter."""

from datetime import date, timedelta

from headway.analysis.results import made, series
from headway.analysis.results.made import Entry


def test_cycle_days_are_the_median_of_what_was_won_in_each_quarter() -> None:
    won = [
        Entry(outcome="won", created_on=day - timedelta(days=length), decided_on=day)
        for day, length in (
            (date(2025, 2, 1), 10),
            (date(2025, 3, 31), 20),
            (date(2025, 3, 31), 90),
            (date(2025, 4, 1), 40),
        )
    ]
    whole = made.book(won, as_of=date(2025, 5, 1), data_from=date(2025, 1, 15))
    found = series.of_cycle_days(whole, min_cases=2)
    assert [(point.value, point.is_complete) for point in found] == [(20.0, False), (None, False)]
