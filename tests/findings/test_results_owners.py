"""Opportunities that pass from one seller to another: who began them stays who began them."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import invented
from headway.facts import Facts, asof, known
from headway.findings import results
from headway.terms.answer import Answer, Kpi
from headway.terms.policy import DEFAULT
from headway.terms.question import Question
from invented import ORGANISATION, Plan

pytestmark = pytest.mark.slow

PLAN = Plan(seed=21, per_day=16.0)
HEIR = "p01"
LEAVERS = frozenset(f"p{number:02}" for number in range(0, 24, 4))
"""Every seller of one region; the heir sells in another one."""


def organisation(into: Path, *, has_history: bool = True) -> Facts:
    """What six leavers had open passed on to one heir, on the last day but one."""
    tables = invented.tables(PLAN)
    rows = tables["seen/opportunity"].to_pylist()
    passed = [
        {
            "opportunity_id": row["opportunity_id"],
            "changed_at": "2026-06-29T12:00:00",
            "field": "owner_id",
            "old_value": row["owner_id"],
            "new_value": HEIR,
        }
        for row in rows
        if row["owner_id"] in LEAVERS and row["stage_group"] == "open"
    ]
    moved = {change["opportunity_id"] for change in passed}
    heirs = [HEIR if row["opportunity_id"] in moved else row["owner_id"] for row in rows]
    opportunity = tables["seen/opportunity"]
    place = opportunity.schema.get_field_index("owner_id")
    tables["seen/opportunity"] = opportunity.set_column(place, "owner_id", pa.array(heirs))
    if has_history:
        changes = pa.Table.from_pylist(passed)
        at = changes["changed_at"].cast(pa.timestamp("us")).cast(pa.timestamp("us", tz="UTC"))
        tables["seen/opportunity_change"] = changes.set_column(1, "changed_at", at)
    files = {name: into / f"{name.replace('/', '-')}.parquet" for name in tables}
    for name, table in tables.items():
        pq.write_table(table, files[name])
    return known.of_parquet(
        files,
        organisation=ORGANISATION,
        as_of=PLAN.as_of,
        data_from=PLAN.first,
        facts_id="passed-on",
    )


def folder(inside: Path, name: str) -> Path:
    made = inside / name
    made.mkdir()
    return made


def answers(facts: Facts, *, region: str | None = None) -> dict[Kpi, Answer]:
    question = Question(scope={"region": region}) if region else Question()
    found = results.answers(facts, question=question, policy=DEFAULT, seed=7)
    return {answer.kpi: answer for answer in found}


def slices(answer: Answer) -> list[dict[str, str]]:
    return [dict(cause.slice) for one in answer.localisations for cause in one.causes]


def test_what_leavers_hand_over_was_not_created_by_the_heir(tmp_path: Path) -> None:
    found = answers(organisation(tmp_path))
    assert found[Kpi.OPPORTUNITIES_CREATED].localisations[0].looked_at > 0
    assert [slices(answer) for answer in found.values()] == [[]] * len(Kpi)


def test_without_the_history_nobody_can_know_and_the_heirs_region_is_named(tmp_path: Path) -> None:
    """The plant is large enough to be found: with the owners of today alone it is."""
    found = answers(organisation(tmp_path, has_history=False))
    assert {"region": "East"} in slices(found[Kpi.OPPORTUNITIES_CREATED])


def test_regions_counted_apart_are_those_that_began_them(tmp_path: Path) -> None:
    facts = organisation(tmp_path)
    untouched = invented.organisation(PLAN, into=folder(tmp_path, "untouched"))
    for region in ("East", "NA"):
        passed, before = answers(facts, region=region), answers(untouched, region=region)
        for kpi in Kpi:
            assert passed[kpi].actual == before[kpi].actual
            assert passed[kpi].base == before[kpi].base


def test_the_day_before_the_answer_is_the_same_with_and_without_what_came_later(
    tmp_path: Path,
) -> None:
    then = date(2026, 6, 28)
    passed = answers(asof.cut(organisation(tmp_path), then))
    untouched = invented.organisation(PLAN, into=folder(tmp_path, "untouched"))
    before = answers(asof.cut(untouched, then))
    for kpi in Kpi:
        assert passed[kpi].actual == before[kpi].actual
        assert slices(passed[kpi]) == slices(before[kpi])
