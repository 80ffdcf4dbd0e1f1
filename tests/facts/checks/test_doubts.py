from datetime import date, timedelta
from typing import Any

import pytest

from headway.facts import Facts
from headway.facts.checks.names import folded, is_near
from headway.facts.memory import of
from headway.terms.answer import Mark

DAY = date(2026, 1, 1)


def opportunity(number: int, **fields: Any) -> dict[str, Any]:
    """One that nothing can be said against: won after ten days, on 1 January 2026 or later."""
    day = DAY + timedelta(days=number % 170)
    return {
        "opportunity_id": f"o{number}",
        "account_id": f"a{number}",
        "owner_id": f"p{number % 3}",
        "stage": "Won",
        "stage_group": "won",
        "amount": 100 + number,
        "created_at": f"{day}T10:00:00Z",
        "close_on": day + timedelta(days=10),
        "is_deleted": False,
        "name": None,
        **fields,
    }


def known(*changed: dict[str, Any], **tables: list[dict[str, Any]]) -> Facts:
    """171 sound opportunities of three people, some of them changed; further tables as given."""
    rows = [opportunity(i) for i in range(171)]
    for i, fields in enumerate(changed):
        rows[i] |= fields
    people = [{"person_id": f"p{i}"} for i in range(3)]
    return of(
        {"seen/person": people, "seen/opportunity": rows}
        | {f"seen/{name}": table for name, table in tables.items()},
        as_of=date(2026, 6, 30),
        data_from=DAY,
    )


def marks(facts: Facts) -> dict[tuple[str, str], Mark]:
    return {(mark.code, mark.table): mark for mark in facts.marks}


def counted(facts: Facts) -> dict[str, int]:
    return {mark.code: mark.row_count for mark in facts.marks}


def test_of_sound_data_nothing_is_doubted() -> None:
    assert known().marks == ()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"owner_id": None}, "missing_owner"),
        ({"created_at": None}, "missing_created_at"),
        ({"amount": None}, "missing_amount"),
        ({"account_id": None}, "blank_account"),
        ({"close_on": date(2025, 12, 31)}, "closed_before_created"),
        ({"stage_group": "open", "close_on": date(2026, 6, 29)}, "past_close_date"),
        ({"created_at": "2026-06-30T22:00:00Z", "close_on": date(2026, 7, 5)}, "after_as_of"),
    ],
)
def test_what_one_opportunity_lacks_is_doubted_and_told_what_it_touches(
    fields: dict[str, Any], code: str
) -> None:
    found = known(fields)

    assert counted(found) == {code: 1}
    mark = marks(found)[code, "seen/opportunity"]
    assert mark.affects
    assert 0 < mark.share <= 1


def test_a_deleted_opportunity_is_not_doubted() -> None:
    assert known({"owner_id": None, "is_deleted": True}).marks == ()


def test_a_day_in_the_zone_of_the_organisation_decides_what_came_first() -> None:
    # 23:30 UTC on 9 January is half past midnight on the 10th in Berlin, the day before UTC's.
    same_day = {"created_at": "2026-01-09T23:30:00Z", "close_on": date(2026, 1, 10)}
    day_before = {"created_at": "2026-01-09T23:30:00Z", "close_on": date(2026, 1, 9)}

    assert known(same_day).marks == ()
    assert counted(known(day_before)) == {"closed_before_created": 1}


def test_a_tenth_of_open_opportunities_is_a_doubt() -> None:
    still_open = {"stage_group": "open", "close_on": None}

    assert known(*[still_open] * 17).marks == ()  # 17 of 171
    assert counted(known(*[still_open] * 18)) == {"open_at_end": 18}


def test_rows_that_say_the_same_twice_are_surplus() -> None:
    again = [opportunity(0, opportunity_id=f"again{i}", name="Again") for i in range(3)]
    found = known({}, *again)

    mark = marks(found)["duplicate", "seen/opportunity"]
    assert (mark.row_count, round(mark.share * 172)) == (2, 2)


@pytest.mark.parametrize(
    ("created_at", "surplus"),
    [("2025-01-07T00:00:00Z", 0), ("2025-01-06T23:00:00Z", 0), ("2025-01-07T09:17:00Z", 1)],
)
def test_unnamed_rows_of_one_day_may_be_two_opportunities(created_at: str, surplus: int) -> None:
    twins = [
        opportunity(0, opportunity_id=name, name=None, created_at=created_at)
        for name in ("one", "other")
    ]
    mark = marks(known({}, *twins)).get(("duplicate", "seen/opportunity"))
    assert (mark.row_count if mark else 0) == surplus


def change(number: int, **fields: Any) -> dict[str, Any]:
    return {
        "opportunity_id": f"o{number}",
        "changed_at": f"{DAY + timedelta(days=number % 170)}T{number % 24:02}:00:00Z",
        "field": "stage",
        "old_value": "New",
        "new_value": "Won",
        "changed_by_id": f"p{number % 3}",
        "recorded_at": None,
        **fields,
    }


def test_a_sound_history_is_not_doubted() -> None:
    assert known(opportunity_change=[change(i) for i in range(171)]).marks == ()


def test_history_that_contradicts_the_record_is_doubted() -> None:
    rows = [change(i) for i in range(171)]
    rows[5]["new_value"] = "Lost"

    mark = marks(known(opportunity_change=rows))["history_gap", "seen/opportunity_change"]

    assert (mark.row_count, mark.figures["contradicting"]) == (1, 1)
    assert mark.figures["coverage"] == pytest.approx(170 / 171)


def test_history_of_fewer_than_four_in_five_is_doubted() -> None:
    # 137 of 171 are 80.1 %, 136 are 79.5 %.
    assert known(opportunity_change=[change(i) for i in range(137)]).marks == ()
    assert counted(known(opportunity_change=[change(i) for i in range(136)])) == {"history_gap": 35}


def test_many_changes_in_a_minute_are_an_edit_in_bulk() -> None:
    def moved(n: int) -> Facts:
        at_once = [
            change(
                i, field="close_on", changed_at=f"2026-03-01T09:15:{i % 60:02}Z", changed_by_id="p0"
            )
            for i in range(n)
        ]
        return known(opportunity_change=[change(i) for i in range(171)] + at_once)

    assert moved(19).marks == ()
    mark = marks(moved(20))["bulk_edit", "seen/opportunity_change"]
    assert (mark.row_count, mark.share) == (20, 20 / 191)
    assert mark.figures == {"largest": 20, "field": "close_on", "on": "2026-03-01"}


def test_values_at_creation_are_no_edit() -> None:
    at_once = [
        change(i, old_value=None, changed_at=f"2026-01-01T09:15:{i % 60:02}Z") for i in range(171)
    ]

    assert "bulk_edit" not in counted(known(opportunity_change=at_once))


def test_changes_from_one_person_do_not_say_who_changed() -> None:
    rows = [change(i, changed_by_id="p0") for i in range(171)]

    assert counted(known(opportunity_change=rows)) == {"single_source_change": 171}


def test_typing_in_a_week_late_is_doubted_from_five_in_a_hundred_on() -> None:
    def typed(late: int) -> Facts:
        rows = [
            change(i, recorded_at=f"{DAY + timedelta(days=(i % 170) + (9 if i < late else 0))}")
            for i in range(171)
        ]
        return known(opportunity_change=rows)

    assert typed(8).marks == ()  # 4.7 %
    assert counted(typed(9)) == {"late_recording": 9}


def test_owners_who_report_to_nobody_are_doubted_but_not_the_top() -> None:
    def line(person: str, manager: str | None) -> dict[str, Any]:
        return {
            "person_id": person,
            "valid_from": DAY,
            "manager_id": manager,
            "role": "seller",
            "basis": "declared",
        }

    top_and_two = [line("p0", None), line("p1", "p0"), line("p2", "p0")]
    assert known(reporting_line=top_and_two).marks == ()
    assert counted(known(reporting_line=top_and_two[:2])) == {"missing_manager": 1}


def test_who_logs_less_than_a_third_of_the_others_is_doubted() -> None:
    people = [{"owner_id": f"p{i}", "created_at": f"{DAY}T00:00:00Z"} for i in range(6)]
    calls = [
        {
            "activity_id": f"{person}.{i}",
            "kind": "call",
            "direction": "out",
            "person_id": f"p{person}",
            "occurred_at": f"{DAY + timedelta(days=i * 3)}T{person:02}:00:00Z",
        }
        for person in range(6)
        for i in range(40 if person else 2)
    ]
    found = known(*people, activity=calls, person=[{"person_id": f"p{i}"} for i in range(6)])

    assert counted(found) == {"low_logging": 1}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("technology", "technolgy", True),
        ("Technology", "Tehcnology", True),
        ("Software Services", "Software Servises", True),
        ("North", "South", False),
        ("Team A", "Team B", False),
        ("Region 1", "Region 2", False),
        ("Austria", "Australia", False),
        ("Technology", "technology", False),  # folding finds these
    ],
)
def test_a_slip_of_one_letter_in_a_longer_word_is_near(
    one: str, other: str, *, expected: bool
) -> None:
    assert (is_near(one, other), is_near(other, one)) == (expected, expected)


def test_folding_leaves_out_case_accents_spaces_and_signs() -> None:
    assert folded("Crème-Brûlée Co.") == folded("CREME BRULEE CO") == "cremebruleeco"


def test_names_that_may_be_one_are_proposed() -> None:
    found = known(
        product=[
            {"product_id": "1", "name": "GTX Pro", "family": "GTX"},
            {"product_id": "2", "name": "GTXPro", "family": "GTX"},
            {"product_id": "3", "name": "GTX Plus", "family": "GTX"},
        ],
        account=[
            {"account_id": f"a{i}", "industry": "technolgy" if i == 0 else "technology"}
            for i in range(4)
        ],
    )

    assert {table: mark.figures for (_, table), mark in marks(found).items()} == {
        "seen/product": {"columns": "name", "examples": "GTX Pro / GTXPro"},
        "seen/account": {"columns": "industry", "examples": "technology / technolgy"},
    }
    assert counted(found) == {"similar_names": 1}
