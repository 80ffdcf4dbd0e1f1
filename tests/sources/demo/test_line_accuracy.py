"""The scorer of `benchmarks/line_accuracy.py` counts right, wrong and silent as it says."""

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.sources.demo.organisations import made

from headway.sources.demo.truth import GroupTruth, Truth

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(ROOT / "benchmarks")
        return importlib.import_module("line_accuracy")


def chain(group: GroupTruth, claim: str | None) -> dict[str, Any]:
    """A chain that claims so, all of its links measured as they truly are."""
    kind = {"none": "none", None: "set"}.get(claim, "named")
    links = [
        {"link": link.value, "k": 1, "low": rate - 0.1, "high": rate + 0.1, "reason": None}
        for link, rate in group.rates.items()
    ]
    first = {"kind": kind, "links": [claim] if kind == "named" else []}
    key = {"priority": group.priority, "group": group.group}
    return {**key, "links": links, "first_break": first}


def document(truth: Truth, **more: Any) -> dict[str, Any]:
    empty = {"chains": [], "patterns": [], "belief_gaps": []}
    return {**empty, **more}


def test_whoever_tells_the_truth_is_right_everywhere(scorer: ModuleType) -> None:
    truth = made("broken", 4).truth
    score = scorer.Score()
    found = document(
        truth,
        chains=[chain(group, group.first_break) for group in truth.groups],
        patterns=[
            {
                "code": p.code,
                "priority": p.priority,
                "place": p.place,
                "verdict": p.verdict,
                "subtype": p.subtype,
                "evidence": [],
                "low": None,
            }
            for p in truth.patterns
        ],
        belief_gaps=[
            {
                "person": g.person,
                "priority": g.priority,
                "group": g.group,
                "link": g.link.value,
                "low": g.predicted - g.true - 0.01,
                "high": g.predicted - g.true + 0.01,
            }
            for g in truth.gaps
        ],
    )
    score.add(found, truth)
    assert {one for counts in score.breaks.values() for one in counts} == {"right"}
    assert all(covered for listed in score.links.values() for covered, _ in listed)
    assert {one for counts in score.gaps.values() for one in counts} == {"covered"}
    told = {name for counts in score.patterns.values() for name in counts}
    assert told <= {
        "could be told",
        *("present told present", "absent told absent"),
        *("present subtype right", "absent subtype right"),
    }
    assert "present told present" in told


def test_whoever_says_nothing_is_silent(scorer: ModuleType) -> None:
    truth = made("broken", 4).truth
    score = scorer.Score()
    score.add(document(truth, chains=[chain(group, None) for group in truth.groups]), truth)
    assert {one for counts in score.breaks.values() for one in counts} == {"silent"}
    assert score.patterns == {}


def test_another_link_is_wrong_and_so_is_a_line_said_to_hold(scorer: ModuleType) -> None:
    truth = made("broken", 4).truth
    group = next(g for g in truth.groups if g.first_break not in {"none", "declared", "moved"})
    other = "told" if group.first_break != "told" else "recalled"
    assert scorer.judged(chain(group, other), group) == "wrong"
    holds = chain(group, "none")
    assert scorer.judged(holds, group) == "wrong"
    for link in holds["links"]:
        if link["link"] == group.first_break:
            link["reason"] = "not_measured"
    assert scorer.judged(holds, group) == "silent"


def test_names_in_a_healthy_organisation_are_counted(scorer: ModuleType) -> None:
    truth = made("healthy", 1).truth
    score = scorer.Score()
    score.add(document(truth, chains=[chain(group, "told") for group in truth.groups]), truth)
    assert score.healthy["breaks named"] == score.healthy["lines"] == len(truth.groups)
    assert {one for counts in score.breaks.values() for one in counts} == {"wrong"}
