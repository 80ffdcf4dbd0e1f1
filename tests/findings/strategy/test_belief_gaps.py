"""What leaders sealed is held against what was measured, and against nothing else."""

from typing import Any

import pytest
from tests.small_line import with_tables

from findings.strategy.test_chains import receipts
from headway.findings import strategy
from headway.terms.belief import BeliefGap, BeliefVerdict
from headway.terms.line import Link
from headway.terms.policy import DEFAULT


def belief(link: str, point: float, **more: object) -> dict[str, Any]:
    row = {"person_id": "lena", "priority_id": "p1", "group": "seller@lena", "link": link}
    sealed = {"sealed_at": "2026-05-01T08:00:00Z", "point_share": point}
    ends = {"low_share": max(point - 0.1, 0), "high_share": min(point + 0.1, 1)}
    return {**row, **sealed, **ends, **more}


def gaps(*rows: dict[str, Any]) -> dict[Link, BeliefGap]:
    told = receipts({"mia": 0, "max": 0})
    facts = with_tables(said__belief=list(rows), **told)
    return {gap.link: gap for gap in strategy.found(facts, policy=DEFAULT).belief_gaps}


def test_a_leader_who_believes_all_were_told_is_blind_where_nobody_was() -> None:
    gap = gaps(belief("told", 0.9))[Link.TOLD]
    # None of twelve; of the six cases that the pooled share is worth half a one is yes.
    assert gap.measured == pytest.approx(0.5 / 18)
    assert gap.gap == pytest.approx(0.9 - 0.5 / 18)
    assert gap.verdict is BeliefVerdict.BLIND


def test_a_leader_who_knows_is_about_right() -> None:
    assert gaps(belief("told", 0.05))[Link.TOLD].verdict is BeliefVerdict.ABOUT_RIGHT


def test_what_was_not_measured_is_held_against_nothing() -> None:
    gap = gaps(belief("recalled", 0.9))[Link.RECALLED]
    assert (gap.predicted, gap.measured, gap.gap, gap.p_blind) == (0.9, None, None, None)
    assert gap.verdict is BeliefVerdict.CANNOT_TELL


def test_the_first_link_is_counted_whole() -> None:
    gap = gaps(belief("declared", 1.0))[Link.DECLARED]
    assert (gap.gap, gap.low, gap.high) == (0.0, 0.0, 0.0)
    assert gap.verdict is BeliefVerdict.ABOUT_RIGHT


def test_a_belief_about_nobody_is_left_out() -> None:
    assert gaps(belief("told", 0.9, group="seller@nobody")) == {}
