"""What a priority asks of people: from when, and how much of which work."""

from datetime import date
from typing import Any

import pytest
from tests import small_line
from tests.drawn_sales import scope
from tests.small_line import WINDOW, priority

from headway.analysis.strategy import declared
from headway.analysis.strategy.declared import Priority
from headway.terms.period import Period


def of(*steps: tuple[int, float], **more: Any) -> tuple[Priority, ...]:
    ramp = [
        {
            "priority_id": "p1",
            "link": "practised",
            "measure": "depth",
            "from_days": days,
            "target_share": share,
        }
        for days, share in steps
    ]
    tables = {"meant/priority": [priority(**more)], "meant/priority_target": ramp}
    return declared.priorities(small_line.of(tables), window=WINDOW)


def test_conduct_is_due_after_launch_and_grace() -> None:
    # Launched on 10 January.
    assert of()[0].due_on == date(2026, 2, 9)
    assert of(grace_days=0)[0].due_on == date(2026, 1, 10)
    assert of(launched_on=None)[0].launched_on == date(2026, 1, 1)


def test_only_priorities_in_force() -> None:
    assert of(declared_on="2026-07-01") == ()
    assert of(ended_on="2026-04-02") == ()
    assert len(of(ended_on="2026-04-03")) == 1


def test_the_target_is_the_mean_of_the_steps_over_the_days() -> None:
    one = of((0, 0.1), (10, 0.3))[0]
    # Five days before the second step and five after it.
    window = Period(first=date(2026, 1, 15), end=date(2026, 1, 25))
    assert one.planned_share(window) == pytest.approx(0.2)


def test_before_the_first_step_nothing_is_asked() -> None:
    one = of((10, 0.4))[0]
    assert one.planned_share(
        Period(first=date(2026, 1, 15), end=date(2026, 1, 25))
    ) == pytest.approx(0.2)
    assert one.planned_share(Period(first=date(2026, 1, 10), end=date(2026, 1, 20))) is None
    assert of()[0].planned_share(WINDOW) is None


def test_a_scope_that_does_not_fit_is_told_from_none() -> None:
    assert of(scope=scope("account", "colour", "red"))[0].has_unreadable_scope
    assert not of(scope=scope("product", "family", "New"))[0].has_unreadable_scope
    assert not of(scope=None)[0].has_unreadable_scope


def test_a_depth_among_the_prioritys_own_work() -> None:
    new, large = scope("product", "family", "New"), scope("account", "segment", "Large")
    assert of(scope=new, eligibility=new)[0].asks_among({"product"})
    assert not of(scope=new, eligibility=new)[0].asks_among({"account"})
    assert not of(scope=new, eligibility=large)[0].asks_among({"product"})
    assert not of(scope=new, eligibility=None)[0].asks_among({"product"})
