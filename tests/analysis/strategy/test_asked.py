"""What a priority asks: from when, of which work, and how much."""

from datetime import date
from typing import Any

import pytest
from tests import small_line
from tests.drawn_sales import scope
from tests.small_line import WINDOW, priority

from headway.analysis.strategy import asked
from headway.analysis.strategy.asked import Asked
from headway.terms.period import Period


def of(*steps: tuple[int, float], kind: str = "product", **more: Any) -> tuple[Asked, ...]:
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
    return asked.of(small_line.of(tables), kind=kind, window=WINDOW)


def test_conduct_is_due_after_launch_and_grace() -> None:
    # Launched on 10 January.
    assert of()[0].due == date(2026, 2, 9)
    assert of(grace_days=0)[0].due == date(2026, 1, 10)
    assert of(launched_on=None)[0].start == date(2026, 1, 1)


def test_only_priorities_of_the_kind_that_are_in_force() -> None:
    assert of(kind="segment") == ()
    assert of(declared_on="2026-07-01") == ()
    assert of(ended_on="2026-04-02") == ()
    assert len(of(ended_on="2026-04-03")) == 1


def test_the_target_is_the_mean_of_the_steps_over_the_days() -> None:
    one = of((0, 0.1), (10, 0.3))[0]
    # Five days before the second step and five after it.
    window = Period(first=date(2026, 1, 15), end=date(2026, 1, 25))
    assert one.target(window) == pytest.approx(0.2)


def test_before_the_first_step_nothing_is_asked() -> None:
    one = of((10, 0.4))[0]
    assert one.target(Period(first=date(2026, 1, 15), end=date(2026, 1, 25))) == pytest.approx(0.2)
    assert one.target(Period(first=date(2026, 1, 10), end=date(2026, 1, 20))) is None
    assert of()[0].target(WINDOW) is None


def test_a_predicate_that_does_not_fit_is_named() -> None:
    new = scope("product", "family", "New")
    one = of(scope=new, behaviour=scope("account", "colour", "red"), eligibility=None)[0]
    assert one.scope is not None
    assert one.unusable == {"behaviour"}


def test_a_depth_among_the_prioritys_own_work() -> None:
    new, large = scope("product", "family", "New"), scope("account", "segment", "Large")
    assert of(scope=new, eligibility=new)[0].asks_among({"product"})
    assert not of(scope=new, eligibility=new)[0].asks_among({"account"})
    assert not of(scope=new, eligibility=large)[0].asks_among({"product"})
    assert not of(scope=new, eligibility=None)[0].asks_among({"product"})
