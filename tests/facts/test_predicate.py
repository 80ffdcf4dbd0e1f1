"""Predicates on small tables whose answers can be read off."""

import json

import pytest

from headway.facts import collect, memory
from headway.facts.predicate import holds, tables_of
from headway.terms.predicate import PredicateError, parse

TABLES = {
    "seen/person": [{"person_id": "p1"}, {"person_id": "bot", "is_service_user": True}],
    "seen/account": [
        {"account_id": "a1", "segment": "Large", "employee_count": 900},
        {"account_id": "a2"},
    ],
    "seen/account_owner": [
        {"account_id": "a1", "person_id": "p1", "valid_from": "2026-01-01", "role": "team",
         "valid_to": "2026-02-02", "basis": "history"},
        {"account_id": "a1", "person_id": "p1", "valid_from": "2026-02-02", "role": "owner",
         "basis": "history"},
    ],
    "seen/product": [
        {"product_id": "new", "name": "N", "family": "New"},
        {"product_id": "old", "name": "O", "family": "Old"},
    ],
    "seen/opportunity": [
        # Berlin is an hour ahead: o1 is created on 2 February there.
        {"opportunity_id": "o1", "account_id": "a1", "owner_id": "p1", "stage": "Offer",
         "stage_group": "open", "amount": 100, "created_at": "2026-02-01T23:30:00Z"},
        {"opportunity_id": "o2", "account_id": "a2", "owner_id": "p1", "stage": "Won",
         "stage_group": "won", "amount": 200, "created_at": "2026-03-01T10:00:00Z",
         "is_tender": True},
        {"opportunity_id": "o3", "stage": "New", "stage_group": "open",
         "created_at": "2026-02-01T10:00:00Z", "account_id": "a1"},
        {"opportunity_id": "gone", "stage": "New", "stage_group": "open", "is_deleted": True},
        {"opportunity_id": "late", "stage": "New", "stage_group": "open",
         "created_at": "2026-07-02T10:00:00Z"},
    ],
    "seen/opportunity_line": [
        {"opportunity_id": "o1", "line_no": 1, "product_id": "new", "line_amount": 10},
        {"opportunity_id": "o1", "line_no": 2, "product_id": "old", "line_amount": 90},
        {"opportunity_id": "o2", "line_no": 1, "product_id": "new", "line_amount": 200},
    ],
    "seen/opportunity_change": [
        {"opportunity_id": "o1", "changed_at": f"2026-03-{day}T10:00:00Z", "field": "stage",
         "new_value": "Offer"}
        for day in ("10", "20")
    ],
    "seen/activity": [
        {"activity_id": name, "kind": "call", "direction": "out", "person_id": person,
         "opportunity_id": one, "account_id": {"before": "a1"}.get(name),
         "occurred_at": f"{day}T10:00:00Z",
         "purpose": "case"}
        for name, person, one, day in (
            ("before", "p1", "o1", "2026-03-09"),
            ("between", "p1", "o1", "2026-03-15"),
            ("robot", "bot", "o1", "2026-03-01"),
            ("unstaged", "p1", "o2", "2026-03-02"),
            ("alone", "p1", None, "2026-03-02"),
        )
    ],
}  # fmt: skip


def found(*conditions, grain="opportunity", tables=TABLES):
    facts = memory.of(tables)
    keys = ("table", "column", "op", "value")
    listed = [dict(zip(keys, condition, strict=True)) for condition in conditions]
    predicate = parse(json.dumps({"grain": grain, "all": listed}))
    rows = facts.table(f"seen/{grain}")
    return sorted(
        collect(rows.filter(holds(facts, predicate)).select(f"{grain}_id")).column(f"{grain}_id")
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (("opportunity", "stage", "eq", "Offer"), ["o1"]),
        (("opportunity", "stage", "in", ["Offer", "Won"]), ["o1", "o2"]),
        (("opportunity", "amount", "ge", 150), ["o2"]),
        (("opportunity", "is_tender", "eq", True), ["o2"]),
        # Nothing is known of the tender of o1 and o3: neither "is" nor "is not".
        (("opportunity", "is_tender", "ne", True), []),
        (("opportunity", "owner_id", "not_in", ["p9"]), ["o1", "o2"]),
        (("opportunity", "owner_id", "is_null", None), ["o3"]),
        (("opportunity", "amount", "not_null", None), ["o1", "o2"]),
        (("opportunity", "created_at", "lt", "2026-02-02T00:00:00+01:00"), ["o3"]),
    ],
)
def test_a_row_of_the_grain_itself(condition, expected) -> None:
    assert found(condition) == expected


def test_the_value_of_the_row_referred_to() -> None:
    assert found(("account", "segment", "eq", "Large")) == ["o1", "o3"]
    assert found(("account", "segment", "ne", "Small")) == ["o1", "o3"]
    assert found(("account", "segment", "is_null", None)) == ["o2"]
    assert found(("account", "segment", "eq", "Large"), grain="activity") == ["before"]


def test_one_row_of_a_branch_must_satisfy_all_its_conditions() -> None:
    new = ("product", "family", "eq", "New")
    assert found(new) == ["o1", "o2"]
    # o1 has the new product and a line above 50, but not on one line.
    assert found(new, ("opportunity_line", "line_amount", "gt", 50)) == ["o2"]
    assert found(new, ("account", "segment", "eq", "Large")) == ["o1"]


def test_the_first_entry_into_a_stage_parts_before_and_after() -> None:
    before = ("activity", "occurred_at", "before_stage", "Offer")
    assert found(before, grain="activity") == ["before"]
    assert found(("activity", "occurred_at", "after_stage", "Offer"), grain="activity") == [
        "between"
    ]
    assert found(("activity", "purpose", "eq", "case"), before) == ["o1"]
    assert found(("activity", "occurred_at", "before_stage", "Never")) == []


def test_a_service_user_shows_no_conduct() -> None:
    assert found(("activity", "occurred_at", "lt", "2026-03-02T00:00:00Z")) == []


def test_days_count_from_the_moment_of_the_row() -> None:
    # o2 is created on 1 March and called the day after; o1 36 days after (9 March - 1 February).
    assert found(("activity", "occurred_at", "within_days", 1)) == ["o2"]
    assert found(("activity", "occurred_at", "within_days", 36)) == ["o1", "o2"]
    assert found(("account_owner", "valid_from", "within_days", 0)) == ["o1"]


def test_who_owned_the_account_on_the_local_day_of_the_row() -> None:
    assert found(("account_owner", "role", "eq", "owner")) == ["o1"]
    assert found(("account_owner", "role", "eq", "team")) == ["o3"]


def test_the_tables_a_predicate_needs() -> None:
    text = json.dumps({"grain": "opportunity", "all": [
        {"table": "activity", "column": "occurred_at", "op": "before_stage", "value": "Offer"},
        {"table": "product", "column": "family", "op": "eq", "value": "New"},
    ]})  # fmt: skip
    names = ("opportunity", "opportunity_line", "opportunity_change", "product", "activity")
    assert tables_of(parse(text)) == {f"seen/{name}" for name in names}


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (("opportunity", "colour", "eq", "red"), "Found colour in condition 2.*a column of"),
        (("opportunity", "amount", "eq", "red"), "'red' in condition 2.*a value of amount"),
        (("opportunity", "amount", "eq", True), "a value of amount"),
        (("opportunity", "stage", "eq", 3), "a value of stage"),
        (("opportunity", "close_on", "gt", "soon"), "a value of close_on"),
        (("opportunity", "created_at", "gt", "0001-01-01T00:00:00+05:00"), "a value of created_at"),
        (("opportunity", "stage", "gt", "Offer"), "a number, day or instant"),
        (("opportunity", "close_on", "before_stage", "Offer"), "an instant on a row of"),
        (("opportunity", "amount", "within_days", 3), "a day or instant"),
    ],
)
def test_a_condition_that_does_not_fit_is_named(condition, says) -> None:
    with pytest.raises(PredicateError, match=says):
        found(("opportunity", "stage", "eq", "Offer"), condition)


def test_a_person_is_no_bridge_between_two_rows() -> None:
    with pytest.raises(PredicateError, match="references lead to"):
        found(("opportunity", "stage", "eq", "Offer"), grain="reporting_line")


def test_a_text_is_a_value_whatever_it_holds() -> None:
    assert found(("opportunity", "stage", "eq", "'; DROP TABLE x; --\n\\ é 😀")) == []
