"""findings.json is exactly what the exchange format says."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import headway
import invented
from headway.findings import document, results
from headway.terms.answer import (
    Answer,
    Cause,
    CauseKind,
    Figure,
    Kpi,
    LadderLine,
    Mark,
    Standing,
    Unit,
)
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import Plan

KEYS = {
    "chains",
    "belief_gaps",
    "belief_calibration",
    "belief_levels",
    "patterns",
    "positions",
    "coaching",
    "continuity",
    "measures",
}


def of(answers: tuple[Answer, ...], **more: object) -> dict[str, object]:
    made = document.of(answers, message=lambda mark: f"{mark.row_count} rows.", **more)
    return json.loads(json.dumps(made, allow_nan=False))


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Answer, ...]:
    facts = invented.organisation(Plan(seed=2), into=tmp_path_factory.mktemp("facts"))
    return results.answers(facts, question=Question(), policy=DEFAULT, seed=7)


def violations(found: dict[str, object]) -> list[str]:
    """Everything in a document that breaks the format, as far as it concerns results."""
    wrong = []
    if set(found) != KEYS | {
        *("format", "format_version", "bundle_sha256", "as_of", "engine", "results", "data_quality")
    }:
        wrong.append(f"top level: {sorted(found)}")
    if (found["format"], found["format_version"]) != ("headway-findings", 1):
        wrong.append("format")
    wrong += [f"{name} is not empty" for name in KEYS if found[name] != []]
    rows = found["results"]
    order = [(row["kpi"], row["period_from"] or "") for row in rows]
    if order != sorted(order) or len(order) != len(set(order)):
        wrong.append("results are not sorted by kpi, period_from")
    for row in rows:
        wrong += [f"{row['kpi']}: {problem}" for problem in _result(row)]
    for row in found["data_quality"]:
        if set(row) != {"code", "table", "row_count", "share", "message"}:
            wrong.append(f"data_quality: {sorted(row)}")
        if row["code"] not in document.DOUBTS or not 0 <= row["share"] <= 1:
            wrong.append(f"data_quality: {row['code']} {row['share']}")
    return wrong


def _result(row: dict[str, object]) -> list[str]:
    wrong = []
    names = {"kpi", "period_from", "period_to", "base_from", "base_to", "base", "actual"}
    if set(row) != names | {"verdict", "tree", "causes", "single_deals", "ladder"}:
        wrong.append(f"keys {sorted(row)}")
    if row["verdict"] not in {"improving", "flat", "falling", "cannot_tell"}:
        wrong.append(f"verdict {row['verdict']}")
    wrong += _tree(row) + _causes(row) + _ladder(row)
    for deal in row["single_deals"]:
        if set(deal) != {"opportunity", "contribution", "share"}:
            wrong.append(f"single deal {sorted(deal)}")
    return wrong


def _tree(row: dict[str, object]) -> list[str]:
    if row["kpi"] != "bookings" or row["period_from"] is None:
        return [] if row["tree"] == [] else ["a tree that is not of bookings"]
    wrong = []
    if [one["factor"] for one in row["tree"]] != list(document.FACTORS):
        wrong.append(f"factors {[one['factor'] for one in row['tree']]}")
    if any(set(one) != {"factor", "base", "actual", "contribution"} for one in row["tree"]):
        wrong.append("keys of a factor")
    total = sum(one["contribution"] for one in row["tree"])
    if total != pytest.approx(row["actual"] - row["base"], rel=1e-9):
        wrong.append(f"contributions sum to {total}")
    return wrong


def _causes(row: dict[str, object]) -> list[str]:
    wrong = []
    for cause in row["causes"]:
        if set(cause) != {"slice", "kind", "contribution", "low", "high", "p"}:
            wrong.append(f"cause {sorted(cause)}")
        if cause["kind"] not in {"rate", "mix", "volume", "size", "entry", "exit"}:
            wrong.append(f"kind {cause['kind']}")
        if not cause["low"] <= cause["contribution"] <= cause["high"] or not 0 <= cause["p"] <= 1:
            wrong.append(f"range of {cause['slice']}")
    return wrong


def _ladder(row: dict[str, object]) -> list[str]:
    wrong = []
    if set(row["ladder"]) != {"named", "candidates", "ruled_out", "untested"}:
        wrong.append(f"ladder {sorted(row['ladder'])}")
    if row["ladder"]["named"] != []:
        wrong.append("a rung named from a CRM alone")
    for rung in [one for rungs in row["ladder"].values() for one in rungs]:
        if set(rung) != {"code", "place", "supports", "refuters", "missing"}:
            wrong.append(f"rung {sorted(rung)}")
        if rung["code"] not in document.RUNGS:
            wrong.append(f"rung {rung['code']}")
    return wrong


def test_a_document_breaks_no_rule(answers: tuple[Answer, ...]) -> None:
    found = of(answers)
    assert violations(found) == []
    assert found["engine"] == f"headway {headway.__version__}"
    assert found["bundle_sha256"] == "invented-2"
    assert [row["kpi"] for row in found["results"]] == sorted(kpi.value for kpi in Kpi)


def test_causes_stand_strongest_first_the_general_move_among_them(
    answers: tuple[Answer, ...],
) -> None:
    first = answers[0]
    (mine,) = [one for one in first.localisations if one.kpi is first.kpi]
    weak, strong = (
        Cause(
            slice=where,
            kind=CauseKind.VOLUME,
            contribution=value,
            low=value - 1,
            high=value + 1,
            p=0.01,
            n=50,
            share=None,
            before=Figure(value=None),
            now=Figure(value=None),
            measure=Unit.MONEY,
        )
        for where, value in (({"region": "North"}, 5.0), ({}, -9.0))
    )
    answer = replace(first, localisations=(replace(mine, causes=(weak, strong)),))
    (row,) = document.of([answer], message=str)["results"]
    assert [cause["contribution"] for cause in row["causes"]] == [-9.0, 5.0]


def test_a_source_of_wins_alone_breaks_no_rule(tmp_path: Path) -> None:
    facts = invented.organisation(Plan(seed=2, has_lost=False), into=tmp_path)
    made = results.answers(facts, question=Question(), policy=DEFAULT, seed=7)
    found = of(made)
    assert violations(found) == []
    tree = next(row["tree"] for row in found["results"] if row["kpi"] == "bookings")
    rate = next(one for one in tree if one["factor"] == "win_rate")
    assert rate == {"factor": "win_rate", "base": None, "actual": None, "contribution": 0.0}


def test_a_finding_that_cannot_be_made_is_there_and_says_so(tmp_path: Path) -> None:
    plan = Plan(seed=2, first=date(2026, 6, 1), as_of=date(2026, 6, 30), per_day=3)
    facts = invented.organisation(plan, into=tmp_path)
    found = of(results.answers(facts, question=Question(), policy=DEFAULT, seed=7))
    assert violations(found) == []
    row = found["results"][0]
    assert (row["verdict"], row["period_from"], row["base"]) == ("cannot_tell", None, None)
    assert row["ladder"]["candidates"] == []


def test_lines_without_a_code_of_the_format_stay_at_home(answers: tuple[Answer, ...]) -> None:
    rungs = {
        rung["code"]
        for row in of(answers)["results"]
        for rungs in row["ladder"].values()
        for rung in rungs
    }
    assert rungs == set(document.RUNGS)
    assert {"quarter_end", "booking_days"} <= {line.code for line in answers[0].ladder}


def test_doubts_come_once_each_sorted_and_only_those_the_format_knows(
    answers: tuple[Answer, ...],
) -> None:
    marks = (
        Mark(code="duplicate", table="seen/account", row_count=2, share=0.1),
        Mark(code="bulk_edit", table="seen/opportunity_change", row_count=2, share=0.1),
    )
    marked = tuple(replace(answer, marks=marks) for answer in answers)
    more = Mark(code="rejected_rows", table="deals.csv", row_count=3, share=0.2)
    found = of(marked, doubts=(more,))["data_quality"]
    assert [(row["code"], row["message"]) for row in found] == [
        ("duplicate", "2 rows."),
        ("rejected_rows", "3 rows."),
    ]


def test_rungs_are_sorted_and_carry_their_codes(answers: tuple[Answer, ...]) -> None:
    lines = (
        LadderLine(code="price", standing=Standing.RULED_OUT, reason="price.same"),
        LadderLine(
            code="know",
            standing=Standing.RULED_OUT,
            reason="know.some_do_it",
            refuters=("positive_deviants", "knowledge_answered"),
        ),
    )
    found = of((replace(answers[0], ladder=lines),))["results"][0]["ladder"]["ruled_out"]
    assert [rung["code"] for rung in found] == ["know", "price"]
    assert found[0]["refuters"] == ["knowledge_answered", "positive_deviants"]


def test_one_organisation_without_owners_keeps_the_four_factors(tmp_path: Path) -> None:
    plan = Plan(seed=2, has_owners=False)
    facts = invented.organisation(plan, into=tmp_path)
    found = of(results.answers(facts, question=Question(), policy=DEFAULT, seed=7))
    assert violations(found) == []
