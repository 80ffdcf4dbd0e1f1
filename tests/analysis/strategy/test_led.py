"""Whether leaders began with themselves: what is on record, and else what those led answer."""

from typing import Any

import pytest
from tests.small_line import MANAGERS, WINDOW, priority, with_tables

from headway.analysis.strategy import lines
from headway.analysis.strategy.verdict import Counted
from headway.facts import Facts
from headway.terms.line import Link, LinkReason

Given = dict[str, dict[str, int]]
# Of the north three agree (4 or 5) and three do not, of the south one of five does.
GIVEN: Given = {"mia": {"5": 1, "4": 2, "3": 2, "1": 1}, "max": {"4": 1, "2": 4}}


def answered(given: Given, *, item: str = "WD2", **more: list[dict[str, Any]]) -> Facts:
    """One round; each team is a cell that was asked one item, six people each."""
    cells, counts = [], []
    for manager in MANAGERS:
        values = given[manager]
        cell = {"cell_id": manager, "round_id": "r", "manager_id": manager, "role": "seller"}
        asked = {"is_remainder": False, "invited_count": 6}
        cells.append({**cell, **asked, "answered_count": max(5, sum(values.values()))})
        counts += [
            {"cell_id": manager, "item": item, "value": value, "answer_count": n}
            for value, n in values.items()
        ]
    rounds = [
        {"round_id": "r", "kind": "pulse", "opened_on": "2026-06-01", "closed_on": "2026-06-08"}
    ]
    return with_tables(
        said__survey_round=rounds, said__survey_cell=cells, said__survey_count=counts, **more
    )


def cards(*, items: int, author: str = "mia") -> dict[str, list[dict[str, Any]]]:
    """So many own changes of a leader, all of them begun."""
    sheet = {
        "sheet_id": "own",
        "author_id": author,
        "priority_id": "p1",
        "written_on": "2026-05-01",
    }
    fields = ("stop", "begin", "modify", "behaviour")[:items]
    return {
        "meant__sheet": [sheet],
        "meant__sheet_item": [
            {
                "sheet_id": "own",
                "item_no": n,
                "field": each,
                "text": "x",
                "enacted_on": "2026-05-02",
            }
            for n, each in enumerate(fields)
        ],
    }


def led(facts: Facts, group: str = "seller@mia") -> Counted:
    (line,) = [each for each in lines.of(facts, window=WINDOW) if each.group.name == group]
    return next(each for each in line.links if each.link is Link.LED)


def figures(found: Counted) -> tuple[object, ...]:
    return found.k, found.n, found.asked, found.reason, found.is_by_followers


@pytest.mark.parametrize("item", ["WD1", "WD2", "WD3"])
def test_without_cards_it_is_what_those_led_answer(item: str) -> None:
    facts = answered(GIVEN, item=item)
    assert figures(led(facts)) == (3, 6, 6, None, True)
    assert figures(led(facts, "seller@lena")) == (4, 11, 12, None, True)


def test_the_answers_are_about_leaders_and_the_same_for_every_priority() -> None:
    facts = answered(GIVEN, meant__priority=[priority(), priority(priority_id="p2")])
    found = [
        each
        for line in lines.of(facts, window=WINDOW)
        if line.group.name == "seller@mia"
        for each in line.links
        if each.link is Link.LED
    ]
    assert [figures(each) for each in found] == [(3, 6, 6, None, True)] * 2


def test_three_changes_on_record_need_no_answers() -> None:
    facts = answered(GIVEN, **cards(items=3))
    assert figures(led(facts)) == (3, 3, 1, None, False)
    # The other leader has no card.
    assert figures(led(facts, "seller@max")) == (1, 5, 6, None, True)


def test_fewer_changes_are_left_for_the_answers_where_there_are_any() -> None:
    assert figures(led(answered(GIVEN, **cards(items=2)))) == (3, 6, 6, None, True)
    assert figures(led(with_tables(**cards(items=2)))) == (2, 2, 1, LinkReason.TOO_FEW, False)


@pytest.mark.parametrize("alike", [{"2": 6}, {"5": 6, "1": 0}, {"5": 2, "1": 2}])
def test_where_all_answer_alike_or_too_few_do_it_is_silence(alike: dict[str, int]) -> None:
    facts = answered({**GIVEN, "mia": alike})
    assert figures(led(facts)) == (None, None, 6, LinkReason.ANONYMITY, True)
    # Above, these six are asked and not heard, so that nothing can be subtracted.
    assert figures(led(facts, "seller@lena")) == (1, 5, 12, None, True)


def test_without_cards_and_answers_it_is_not_measured() -> None:
    found = led(answered(GIVEN, item="AU1"))
    assert (found.k, found.n, found.reason) == (None, None, None)
