"""The change after a training: whose chance it is, and what one person makes of it."""

from datetime import date, timedelta

import numpy as np
import pytest

from headway.analysis.strategy import lift
from headway.analysis.strategy.items import Items

HELD, END = date(2026, 1, 1), date(2026, 7, 1)
# In the middle of each phase.
DAYS = {"before": -45, "early": 15, "mid": 60, "late": 120}


def items(shown: dict[str, tuple[int, int, int, int]]) -> Items:
    """Ten items of each person in each phase, so many of them with the behaviour."""
    people = tuple(sorted(shown))
    rows = [
        (number, HELD + timedelta(days=DAYS[phase]), item < k)
        for number, name in enumerate(people)
        for phase, k in zip(DAYS, shown[name], strict=True)
        for item in range(10)
    ]
    none = np.full(len(rows), "NaT", dtype="datetime64[D]")
    return Items(
        people=people,
        key=np.array([str(number) for number in range(len(rows))]),
        person=np.array([row[0] for row in rows]),
        day=np.array([row[1] for row in rows], dtype="datetime64[D]"),
        is_shown=np.array([row[2] for row in rows]),
        closed_on=none,
        is_won=np.zeros(len(rows), dtype=bool),
        amount=np.zeros(len(rows)),
    )


def changes(shown: dict[str, tuple[int, int, int, int]], *, untrained: int = 0) -> lift.Changes:
    beside = {f"z{number}": (2, 2, 2, 4) for number in range(untrained)}
    return lift.changes(
        items({**shown, **beside}),
        trained=dict.fromkeys(shown, HELD),
        among=frozenset(shown),
        end=END,
        seed=1,
    )


def test_what_is_left_without_one_is_the_change_of_the_others() -> None:
    found = changes({"ada": (0, 8, 8, 8), "ben": (2, 4, 4, 2)})
    # Without Ada 2 of 10 before and late, without Ben 0 and 8 of 10.
    assert found.without_one["late"] == pytest.approx([0.0, 0.8])
    assert found.actual["late"] == pytest.approx(0.4)


def test_that_those_trained_differ_is_no_chance() -> None:
    alike = changes({f"a{number}": (2, 5, 5, 5) for number in range(8)})
    apart = changes(
        {f"a{number}": (2, 0, 0, 0) if number % 2 else (2, 10, 10, 10) for number in range(8)}
    )
    assert apart.actual["late"] == alike.actual["late"] == pytest.approx(0.3)
    assert apart.drawn["late"].std() == pytest.approx(alike.drawn["late"].std(), rel=0.1)


def test_the_change_of_those_beside_is_taken_away() -> None:
    found = changes({f"a{number}": (2, 5, 5, 5) for number in range(8)}, untrained=6)
    # .5 - .2, less .4 - .2.
    assert found.untrained == 6
    assert found.actual["late"] == pytest.approx(0.1)
    assert found.drawn["late"].mean() == pytest.approx(0.1, abs=0.02)


def test_the_untrained_count_as_far_as_they_tell_a_season() -> None:
    trained = {f"a{number}": (2, 5, 5, 5) for number in range(8)}
    # On average all of them show .1 more late: alike, or one of them alone.
    alike = {f"z{number}": (2, 2, 2, 3) for number in range(8)}
    apart = {f"z{number}": (2, 2, 2, 2) for number in range(7)} | {"z7": (2, 2, 2, 10)}
    found = [
        lift.changes(
            items({**trained, **beside}),
            trained=dict.fromkeys(trained, HELD),
            among=frozenset(trained),
            end=END,
            seed=1,
        )
        for beside in (alike, apart)
    ]
    assert found[0].others["late"] == pytest.approx(0.1)
    assert found[0].actual["late"] == pytest.approx(0.2)
    assert found[1].others["late"] < 0.01
    assert found[1].actual["late"] == pytest.approx(0.3, abs=0.01)
    # Nor is their chance drawn where they tell nothing.
    assert found[1].drawn["late"].std() == pytest.approx(found[0].drawn["late"].std(), rel=0.1)
