"""What is known of the leaders of the small organisation: own cards, and answers of those led."""

from typing import Any

from tests.small_line import MANAGERS, with_tables

from headway.facts import Facts

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
