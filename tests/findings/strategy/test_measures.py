"""Measures that are no link: promises kept, word and deed, and how much people decide."""

from typing import Any

import pytest
from tests import small_line
from tests.small_led import answered
from tests.small_line import NORTH, with_tables

from headway.facts import Facts
from headway.findings.strategy import measures
from headway.terms.coaching import Measure
from headway.terms.line import LinkVerdict
from headway.terms.policy import DEFAULT


def found(facts: Facts, code: str) -> dict[str, Measure]:
    return {each.group: each for each in measures.found(facts, policy=DEFAULT) if each.code == code}


def promises(*owners: str) -> dict[str, list[dict[str, Any]]]:
    made = [
        {
            "commitment_id": f"c{number}",
            "owner_id": owner,
            "subject_kind": "priority",
            "text": "Call",
            "made_on": "2026-05-01",
            "due_on": "2026-06-01",
        }
        for number, owner in enumerate(owners)
    ]
    done = [{"commitment_id": "c0", "occurred_on": "2026-05-30", "kind": "done"}]
    return {"meant__commitment": made, "meant__commitment_event": done}


def test_kept_on_time_and_silent_misses_are_counted_of_the_people_of_a_group() -> None:
    facts = with_tables(**promises("n1", "n1", "n2", "mia"))
    kept, silent = found(facts, "kept_on_time"), found(facts, "silent_miss")
    # One of three in the north was done in time, the other two passed without a word.
    north = kept["seller@mia"]
    assert (north.k, north.n, north.people, north.verdict) == (1.0, 3, 2, None)
    # The 5 and 95 % quantiles of Beta(1.5, 2.5).
    assert (north.low, north.high) == pytest.approx((0.0624, 0.7645), abs=5e-4)
    assert (silent["seller@mia"].k, silent["seller@mia"].n) == (2.0, 3)
    # Nothing was due in the south: no case, and no share of it.
    south = kept["seller@max"]
    assert (south.k, south.n, south.mean, south.low) == (0.0, 0, None, None)


def kept_up() -> Facts:
    """Two of the north promised something for p1, one of the south and a leader too."""
    owners = ("n1", "n1", "n2", "s1", "mia")
    made = [
        {
            "commitment_id": f"c{number}",
            "owner_id": owner,
            "subject_kind": "priority",
            "subject_id": "p1",
            "text": "Call",
            # 23 June lies in the second week back.
            "made_on": "2026-03-01",
            "due_on": "2026-08-01",
        }
        for number, owner in enumerate(owners)
    ]
    told = [
        ("c0", "2026-05-20", "check_planned"),
        ("c1", "2026-05-21", "check_planned"),
        ("c1", "2026-05-21", "check_held"),
        ("c2", "2026-06-23", "progress"),
        ("c4", "2026-06-10", "progress"),
        ("c4", "2026-06-10", "check_planned"),
    ]
    return with_tables(
        meant__commitment=made,
        meant__commitment_event=[
            {"commitment_id": number, "occurred_on": day, "kind": kind}
            for number, day, kind in told
        ],
    )


def test_what_a_group_keeps_at_is_that_of_its_own_people() -> None:
    told = {
        each.code: (each.subject, each.k, each.n, each.people)
        for each in measures.found(kept_up(), policy=DEFAULT)
        if each.group == "seller@mia"
    }
    assert told["checks_held"] == (None, 1.0, 2, 1)
    # Weeks of 17 to 23 June and 20 to 26 May have a record: of the head's own none counts.
    assert told["persistence"] == ("p1", 2.0, 13, 2)
    # None was heard of for 28 days after it was made.
    assert told["dropped"] == (None, 3.0, 3, 2)
    assert told["overloaded"] == (None, 0.0, len(NORTH), len(NORTH))


def test_who_serves_more_priorities_than_anybody_carries_is_counted_not_named() -> None:
    ids = ("p1", "p2", "p3", "p4")
    card = {"author_id": "mia", "written_on": "2026-04-01", "agreed_on": "2026-04-02"}
    facts = with_tables(
        meant__commitment=promises("mia")["meant__commitment"],
        meant__priority=[small_line.priority(priority_id=each) for each in ids],
        meant__sheet=[
            {**card, "sheet_id": f"{person}{each}", "person_id": person, "priority_id": each}
            for person, serves in (("n1", ids), ("n2", ids[:3]))
            for each in serves
        ],
    )
    north = found(facts, "overloaded")["seller@mia"]
    assert (north.k, north.n) == (1.0, 6)


def test_where_no_commitment_is_recorded_nothing_is_known() -> None:
    north = found(with_tables(), "kept_on_time")["seller@mia"]
    assert (north.k, north.n, north.mean, north.verdict) == (None, None, None, None)


def test_autonomy_is_the_share_that_agrees_and_adds_up_over_teams() -> None:
    facts = answered({"mia": {"5": 1, "4": 2, "3": 2, "1": 1}, "max": {"2": 5}}, item="AU1")
    told = found(facts, "autonomy")
    # It is no item about anybody: that all five of the south disagree may be told.
    assert {group: (each.k, each.n) for group, each in told.items()} == {
        "seller@mia": (3.0, 6),
        "seller@max": (0.0, 5),
        "seller@lena": (3.0, 11),
    }


def test_what_all_of_a_team_say_alike_of_their_leader_is_not_told() -> None:
    facts = answered({"mia": {"5": 6}, "max": {"4": 1, "2": 4}}, item="WD1")
    told = found(facts, "word_deed")
    assert (told["seller@mia"].k, told["seller@mia"].verdict) == (None, LinkVerdict.BLOCKED)
    assert (told["seller@lena"].k, told["seller@lena"].n) == (1.0, 5)


def test_four_answers_are_not_told() -> None:
    facts = answered({"mia": {"5": 2, "1": 2}, "max": {"4": 1, "2": 4}}, item="AU1")
    told = found(facts, "autonomy")
    assert (told["seller@mia"].k, told["seller@mia"].verdict) == (None, LinkVerdict.BLOCKED)


def test_three_items_of_the_same_people_are_no_three_times_as_many_cases() -> None:
    cell = {"cell_id": "c", "round_id": "r", "manager_id": "mia", "role": "seller"}
    cells = [{**cell, "is_remainder": False, "invited_count": 6, "answered_count": 6}]
    values = {"WD1": {"4": 6 - 1, "2": 1}, "WD2": {"5": 2, "1": 4}, "WD3": {"4": 2, "3": 4}}
    facts = with_tables(
        said__survey_round=[
            {"round_id": "r", "kind": "pulse", "opened_on": "2026-06-01", "closed_on": "2026-06-08"}
        ],
        said__survey_cell=cells,
        said__survey_count=[
            {"cell_id": "c", "item": item, "value": value, "answer_count": count}
            for item, given in values.items()
            for value, count in given.items()
        ],
    )
    north = found(facts, "word_deed")["seller@mia"]
    # 5, 2 and 2 of six agree: half of the answers, of six people.
    assert (north.k, north.n, len(NORTH)) == (3.0, 6, 6)


def test_no_measure_has_a_verdict_without_a_target() -> None:
    facts = with_tables(**promises("n1"))
    assert {each.verdict for each in measures.found(facts, policy=DEFAULT)} == {None}
