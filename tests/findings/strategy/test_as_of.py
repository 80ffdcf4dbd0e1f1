"""The line of sight of an earlier day is the one that its own bundle would have shown.

What was known is worked out here in plain Python from the days of each row, written as a bundle,
and read; nothing of the code under test decides it.
"""

import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.sources.demo.organisations import AS_OF, made

from facts.asof import history
from headway import facts
from headway.facts import Facts, asof, collect
from headway.facts.memory import of
from headway.findings.strategy import belief_calibrations, belief_gaps, chains
from headway.terms.line import Link
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

Rows = list[dict[str, Any]]
DAYS = 3
# When each row came about. A table that is missing stays with the rows that it needs.
HAPPENED = {
    "seen/person": "hired_on",
    "seen/reporting_line": "valid_from",
    "seen/absence": "valid_from",
    "seen/account": "created_at",
    "seen/account_owner": "valid_from",
    "seen/contact": "active_from",
    "seen/opportunity": "created_at",
    "seen/opportunity_contact": "added_at",
    "seen/opportunity_change": "changed_at",
    "seen/activity": "occurred_at",
    "said/survey_round": "closed_on",
    "said/belief": "sealed_at",
    "said/coaching_session": "held_at",
    "meant/plan": "valid_from",
    "meant/priority": "declared_on",
    "meant/sheet": "written_on",
    "meant/message": "sent_at",
    "meant/training": "held_on",
    "meant/reorganisation": "effective_on",
}
WITHOUT_A_TIME = {
    *("seen/product", "seen/stage_def", "seen/opportunity_line", "meant/sheet_item"),
    *("meant/message_receipt", "meant/priority_target"),
    *("said/survey_cell", "said/survey_cell_team", "said/survey_count"),
}
PLANNED = {"close_on", "follow_up_on", "result_due_on", "period_from", "period_to", "next_step_on"}


def read_rows(known: Facts, name: str) -> Rows:
    columns = [c for c in facts.TABLES[name].column_names if known.has_column(name, c)]
    return [dict(row) for row in collect(known.columns(name, *columns)).records()]


def known_on(known: Facts, day: date) -> Facts:
    """What the organisation would have brought at the end of that day."""
    names = [name for name in (*HAPPENED, *WITHOUT_A_TIME) if known.has(name)]
    tables = {name: read_rows(known, name) for name in names}
    changes: dict[str, Rows] = defaultdict(list)
    for change in tables["seen/opportunity_change"]:
        changes[change["opportunity_id"]].append(change)
    groups = {each["stage"]: each["stage_group"] for each in tables["seen/stage_def"]}

    def later(value: object) -> bool:
        return history.is_later(value, day)

    def then(name: str, row: dict[str, Any]) -> dict[str, Any]:
        if name == "seen/opportunity":
            return history.stood(row, changes[row["opportunity_id"]], later=later, groups=groups)
        needed = {c.name for c in facts.TABLES[name].columns if not c.is_optional}
        unknown = {
            column
            for column, value in row.items()
            if column not in needed | PLANNED and isinstance(value, date) and later(value)
        }
        was = {column: None if column in unknown else value for column, value in row.items()}
        # Who had not received a message by then had not received it in any way.
        return {**was, "basis": None} if "received_on" in unknown else was

    return of(
        {
            name: [
                then(name, row)
                for row in rows
                if not later(row.get("recorded_at") or row.get(HAPPENED.get(name, "")))
            ]
            for name, rows in tables.items()
        },
        organisation=known.organisation,
        as_of=day,
        data_from=known.data_from,
    )


def followed(known: Facts) -> tuple[object, ...]:
    """All that is found on the way of a line: chains, gaps and calibrations."""
    lines = chains.followed(known, policy=DEFAULT)
    gaps = belief_gaps.found(known, followed=lines, policy=DEFAULT)
    return (
        sorted(lines, key=lambda one: (one.chain.priority, one.chain.group)),
        sorted(gaps, key=lambda one: (one.person, one.priority, one.group, one.link)),
        {
            one.person: one
            for one in belief_calibrations.of_leaders(known, gaps=gaps, policy=DEFAULT)
        },
    )


@pytest.mark.parametrize("scenario", ["small", "sample"])
def test_chains_of_earlier_days_equal_those_of_the_bundles_of_their_days(
    tmp_path: Path, scenario: str
) -> None:
    known = made(scenario, 2, 20).facts
    dice = random.Random(scenario)
    for number in range(DAYS):
        day = AS_OF - timedelta(days=dice.randrange(1, 240))
        brought = facts.bundle.write(known_on(known, day), tmp_path / str(number))
        expected = followed(facts.bundle.read(brought))
        assert followed(asof.cut(known, day)) == expected, day
        assert expected[0], day


def test_the_sample_has_a_past_that_can_be_looked_at() -> None:
    """Ninety days ago people had been told, and answered; it broke elsewhere, or as it does now."""
    day = AS_OF - timedelta(days=90)
    lines = chains.followed(asof.cut(made("sample").facts, day), policy=DEFAULT)
    whole = {one.chain.priority: one.chain for one in lines if one.chain.group == "seller@p001"}
    assert set(whole) == {"service", "food", "discovery", "key-teams"}
    for chain in whole.values():
        assert chain.at(Link.RECALLED).k is not None
        assert (chain.at(Link.TOLD).k or 0) >= chain.people / 2
        assert Link.TOLD not in chain.first_break.links or len(chain.first_break.links) > 1


def test_four_quarters_of_rounds_were_closed() -> None:
    closed = [row["closed_on"] for row in read_rows(made("sample").facts, "said/survey_round")]
    assert AS_OF - min(closed) >= timedelta(days=365)
    assert len(closed) == 5
