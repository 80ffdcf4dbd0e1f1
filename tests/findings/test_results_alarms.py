"""Organisations in which nothing changes: over all results of an answer little may be named."""

from pathlib import Path

import pytest

import invented
from headway.findings import results
from headway.terms.answer import Kpi
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import Plan


def named(seed: int, *, into: Path) -> set[Kpi]:
    """The results of one quiet organisation for which any place, or everywhere, is named."""
    into.mkdir()
    facts = invented.organisation(Plan(seed=seed, per_day=10.0), into=into)
    found = results.answers(facts, question=Question(), policy=DEFAULT, seed=7)
    return {one.kpi for each in found for one in each.localisations if one.causes}


@pytest.mark.slow
def test_five_results_together_cry_wolf_as_seldom_as_one_may(tmp_path: Path) -> None:
    # At 5 % two of 40 organisations are expected, seven or more in 0.3 % of such runs. With 5 % for
    # every result of its own, ten of these 40 had one.
    alarms = [named(seed, into=tmp_path / str(seed)) for seed in range(7000, 7040)]
    assert sum(bool(kpis) for kpis in alarms) <= 6
