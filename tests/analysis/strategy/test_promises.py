"""What became of commitments that fell due."""

from itertools import permutations
from typing import Any

import pytest
from tests.small_line import WINDOW, of, with_tables

from headway.analysis.strategy import promises

MADE = {
    "commitment_id": "c",
    "owner_id": "n1",
    "subject_kind": "priority",
    "text": "Call them",
    "made_on": "2026-05-01",
    "due_on": "2026-06-01",
}


def due(*events: tuple[str, str, str | None], **more: object) -> list[tuple[bool, bool | None]]:
    facts = with_tables(
        meant__commitment=[{**MADE, **more}],
        meant__commitment_event=[
            {"commitment_id": "c", "occurred_on": day, "kind": kind, "new_due_on": new}
            for day, kind, new in events
        ],
    )
    found = promises.of(facts, window=WINDOW)
    assert found is not None
    return [(each.is_kept, each.is_silent) for each in found]


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # Done on the day itself; done a day late, which is a word within the week.
        ([("2026-06-01", "done", None)], [(True, False)]),
        ([("2026-06-02", "done", None)], [(False, False)]),
        # Done and reopened before the day: not done.
        ([("2026-05-20", "done", None), ("2026-05-25", "reopened", None)], [(False, True)]),
        # Nobody said a word for a week after the day; what was said before does not count.
        ([], [(False, True)]),
        ([("2026-05-30", "progress", None)], [(False, True)]),
        ([("2026-06-08", "progress", None)], [(False, False)]),
        ([("2026-06-09", "progress", None)], [(False, True)]),
        # Moved in time, it is due on its new day; moved too late, on the old one.
        ([("2026-05-31", "renegotiated", "2026-06-10")], [(False, True)]),
        (
            [("2026-05-31", "renegotiated", "2026-06-10"), ("2026-06-10", "done", None)],
            [(True, False)],
        ),
        (
            [("2026-06-03", "renegotiated", "2026-06-10"), ("2026-06-09", "done", None)],
            [(False, False)],
        ),
        # Moved out of the window; withdrawn by agreement before its day.
        ([("2026-05-31", "renegotiated", "2026-08-10")], []),
        ([("2026-05-31", "withdrawn", None)], []),
        # Withdrawn and opened again before its day: it is due.
        ([("2026-05-20", "withdrawn", None), ("2026-05-25", "reopened", None)], [(False, True)]),
        # A check planned for the week after the day is no word; one that was held is.
        ([("2026-06-03", "check_planned", None)], [(False, True)]),
        (
            [("2026-06-03", "check_planned", None), ("2026-06-03", "check_held", None)],
            [(False, False)],
        ),
        # Withdrawn after its day: it was missed, and told.
        ([("2026-06-04", "withdrawn", None)], [(False, False)]),
    ],
)
def test_a_commitment_is_kept_missed_or_missed_in_silence(
    events: list[tuple[str, str, str | None]], expected: list[tuple[bool, bool | None]]
) -> None:
    assert due(*events) == expected


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # What ended it goes before its being opened again.
        ([("2026-06-01", "done", None), ("2026-06-01", "reopened", None)], [(False, True)]),
        # It was moved, and done by the new day.
        (
            [("2026-06-01", "renegotiated", "2026-06-10"), ("2026-06-01", "done", None)],
            [(True, False)],
        ),
        # Of two moves on one day the later day holds.
        (
            [
                ("2026-06-01", "renegotiated", "2026-06-05"),
                ("2026-06-01", "renegotiated", "2026-06-10"),
                ("2026-06-10", "done", None),
            ],
            [(True, False)],
        ),
        # What was done stays done.
        ([("2026-06-01", "done", None), ("2026-06-01", "withdrawn", None)], [(True, False)]),
    ],
)
def test_what_was_said_on_one_day_counts_alike_in_whatever_order_it_came(
    events: list[tuple[str, str, str | None]], expected: list[tuple[bool, bool | None]]
) -> None:
    for order in permutations(events):
        assert due(*order) == expected


def test_of_a_commitment_due_this_week_nobody_knows_yet_whether_it_is_silent() -> None:
    assert due(due_on="2026-06-24") == [(False, None)]
    assert due(due_on="2026-06-23") == [(False, True)]


def test_what_is_due_before_or_after_the_window_is_left_out() -> None:
    assert due(due_on="2026-04-01") == []
    assert due(due_on="2026-07-01") == []


def test_where_nobody_records_commitments_nothing_is_measured() -> None:
    tables: dict[str, list[dict[str, Any]]] = {}
    assert promises.of(with_tables(**tables), window=WINDOW) is None
    assert promises.of(of({"meant/commitment": []}), window=WINDOW) == ()
