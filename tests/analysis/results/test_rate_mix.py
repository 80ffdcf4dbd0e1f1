"""The win rate over every dimension."""

from datetime import date

import pytest

from headway.analysis.results import made, rate_mix
from headway.analysis.results.made import Entry
from headway.terms.answer import RateMix
from headway.terms.period import Period

BEFORE = Period(first=date(2025, 1, 1), end=date(2025, 4, 1))
NOW = Period(first=date(2026, 1, 1), end=date(2026, 4, 1))


def entries(day: date, *, segment: str, won: int, lost: int) -> list[Entry]:
    return [
        Entry(
            outcome="won" if place < won else "lost",
            decided_on=day,
            owner="anna" if place % 2 else "bert",
            dimensions=(
                ("segment", segment),
                ("region", "Only"),
                ("tenure_band", "old" if day >= NOW.first else "young"),
            ),
        )
        for place in range(won + lost)
    ]


def test_a_fall_by_mix_is_told_from_a_fall_by_rate_and_people_are_no_mix() -> None:
    book = made.book(
        entries(BEFORE.first, segment="Large", won=40, lost=60)
        + entries(BEFORE.first, segment="Small", won=10, lost=90)
        + entries(NOW.first, segment="Large", won=20, lost=30)
        + entries(NOW.first, segment="Small", won=15, lost=135),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
    )
    # Rates stand at .4 and .1; the large ones weigh a half, then a quarter: -.25 x (.4 - .1).
    (found,) = rate_mix.of(book, base=BEFORE, actual=NOW)
    assert found == RateMix(
        dimension="segment",
        base_rate=0.25,
        actual_rate=0.175,
        rate_effect=0.0,
        mix_effect=pytest.approx(-0.075),
    )


def test_without_lost_opportunities_there_is_nothing_to_split() -> None:
    book = made.book(
        entries(NOW.first, segment="Large", won=40, lost=0)
        + entries(BEFORE.first, segment="Small", won=40, lost=0),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
    )
    assert rate_mix.of(book, base=BEFORE, actual=NOW) == ()


def test_a_dimension_with_one_value_in_both_periods_has_nothing_to_split() -> None:
    book = made.book(
        entries(BEFORE.first, segment="Large", won=40, lost=60)
        + entries(NOW.first, segment="Large", won=20, lost=30)
        + entries(date(2025, 6, 1), segment="Small", won=20, lost=30),
        as_of=date(2026, 6, 30),
        data_from=date(2024, 1, 1),
    )
    assert rate_mix.of(book, base=BEFORE, actual=NOW) == ()
