"""A new market and the old accounts, on organisations with a planted truth."""

from typing import Any

import pytest
from tests import drawn_sales
from tests.drawn_sales import SELLERS, Market, market_tables

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternCode, PatternEvidence, PatternVerdict
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

WHOLE = "seller@lena"
NOT_WORKED = Market(share=0.3)
Tables = dict[str, list[dict[str, Any]]]


def found(tables: Tables) -> dict[str, Pattern]:
    return {
        each.place: each
        for each in patterns.found(drawn_sales.of(tables), policy=DEFAULT)
        if each.code is PatternCode.NEW_MARKET_OLD_ACCOUNTS
    }


def told(pattern: Pattern, code: str) -> PatternEvidence | None:
    return next((each for each in pattern.evidence if each.code == code), None)


def changed(**more: object) -> Tables:
    """Sellers who go on as before, with the priority changed."""
    tables = market_tables(NOT_WORKED, seed=1)
    tables["meant/priority"] = [{**tables["meant/priority"][0], **more}]
    return tables


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("truth", "verdict", "subtype"),
    [
        (NOT_WORKED, PatternVerdict.PRESENT, "list_not_worked"),
        (Market(share=0.3, listed=0), PatternVerdict.PRESENT, "no_list"),
        (Market(share=1.2, met=0.2), PatternVerdict.ABSENT, "worked_not_opened"),
        (Market(share=1.2, won=0.1), PatternVerdict.ABSENT, "opened_not_won"),
        (Market(share=1.2), PatternVerdict.ABSENT, None),
    ],
)
def test_the_planted_truth_is_found(truth, verdict, subtype, seed) -> None:
    pattern = found(market_tables(truth, seed=seed))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (verdict, subtype)


def test_each_part_of_the_sales_force_is_told() -> None:
    places = found(market_tables(NOT_WORKED, seed=1))
    assert set(places) == {WHOLE, "seller@mia", "seller@max", "seller@moe"}


def test_the_size_is_the_share_that_is_missing() -> None:
    pattern = found(market_tables(NOT_WORKED, seed=1))[WHOLE]
    attention = told(pattern, "attention")
    assert pattern.size == pytest.approx(0.30 - attention.k / attention.n)
    assert pattern.low < pattern.size < pattern.high
    # Twelve accounts each of 27 sellers.
    assert told(pattern, "accounts_held").value == 12
    assert told(pattern, "list_worked").n == 12 * 27


def test_who_turns_away_from_customers_is_on_the_way() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    # From May on nobody calls a customer any more: each fifth of 40 accounts is called instead.
    customers = {f"{seller}-{number}" for seller in SELLERS for number in range(20)}
    for call in tables["seen/activity"]:
        if call["occurred_at"].isoformat() > "2026-05" and call["account_id"] in customers:
            call["account_id"] = f"{call['person_id']}-30"
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.CANNOT_TELL, None)
    assert told(pattern, "comfort_falling").value > 0.95


def test_holders_alone_count_where_half_of_the_sellers_have_a_list() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    without = {f"mia{number}" for number in range(1, 4)}
    tables["seen/account_owner"] = [
        each
        for each in tables["seen/account_owner"]
        if each["person_id"] not in without or "new" not in each["account_id"]
    ]
    pattern = found(tables)["seller@mia"]
    assert told(pattern, "holders") == PatternEvidence(code="holders", k=6, n=9)
    assert told(pattern, "people").value == 6
    without |= {"mia4", "mia5"}
    tables["seen/account_owner"] = [
        each
        for each in tables["seen/account_owner"]
        if each["person_id"] not in without or "new" not in each["account_id"]
    ]
    pattern = found(tables)["seller@mia"]
    assert (pattern.subtype, told(pattern, "people").value) == ("no_list", 9)


def test_orders_alone_show_conduct_and_say_so() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    tables["seen/opportunity"] += [
        {
            "opportunity_id": f"order{number}",
            "account_id": call["account_id"],
            "owner_id": call["person_id"],
            "created_at": call["occurred_at"],
            "stage": "won",
            "stage_group": "won",
            "closed_at": call["occurred_at"],
        }
        for number, call in enumerate(tables["seen/activity"])
        if call["kind"] == "call"
    ]
    del tables["seen/activity"], tables["seen/opportunity_change"]
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.PRESENT, "list_not_worked")
    assert told(pattern, "orders_only") is not None
    assert told(pattern, "new_meetings") is None


def test_who_paid_before_the_launch_is_known() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    before = told(found(tables)[WHOLE], "comfort")
    # Of old accounts that never bought by an opportunity, one of forty; the other paid too late.
    tables["seen/revenue"] = [
        {"account_id": f"{seller}-{number}", "month_on": month, "revenue_amount": 10}
        for seller in SELLERS
        for number, month in ((30, "2025-10-01"), (31, "2026-02-01"))
    ]
    calls = [call for call in tables["seen/activity"] if call["account_id"].endswith("-30")]
    within = [call for call in calls if call["occurred_at"].isoformat() >= "2026-04-02"]
    after = told(found(tables)[WHOLE], "comfort")
    assert (after.k - before.k, after.n) == (len(within), before.n)
    assert within


def test_declared_items_are_what_the_share_is_counted_among() -> None:
    meetings = drawn_sales.scope("activity", "kind", "meeting")
    pattern = found(changed(eligibility=meetings))[WHOLE]
    every = told(found(changed())[WHOLE], "attention")
    assert told(pattern, "attention").n < every.n / 5


@pytest.mark.parametrize(
    ("more", "evidence"),
    [
        ({"scope": None}, PatternEvidence(code="no_scope", value=1)),
        ({"scope": "{}"}, PatternEvidence(code="scope_unusable", value=1)),
        (
            {"scope": drawn_sales.scope("account", "segment", "Nowhere")},
            PatternEvidence(code="no_eligible", k=0, n=0),
        ),
        # Due on 10 July, ten days after the last day.
        ({"launched_on": "2026-06-10"}, PatternEvidence(code="too_early", value=10)),
    ],
)
def test_why_nothing_can_be_said(more, evidence) -> None:
    pattern = found(changed(**more))[WHOLE]
    assert (pattern.verdict, pattern.size) == (PatternVerdict.CANNOT_TELL, None)
    assert pattern.evidence == (evidence,)


def test_without_owners_of_accounts_it_is_not_measured() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    del tables["seen/account_owner"]
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_account_owner", value=1),)


def test_without_a_declared_share_nothing_is_short() -> None:
    pattern = found({**market_tables(NOT_WORKED, seed=1), "meant/priority_target": []})[WHOLE]
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert told(pattern, "no_target") is not None


def test_few_approaches_say_nothing() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    tables["seen/activity"] = tables["seen/activity"][:100]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert told(pattern, "too_few_approaches").n == 30


def test_a_stop_of_all_supply_refutes_and_that_of_one_product_does_not() -> None:
    tables = market_tables(NOT_WORKED, seed=1)
    stop = {"event_id": "e1", "kind": "supply_stop", "starts_on": "2026-05-01"}
    tables["seen/business_event"] = [stop]
    assert found(tables)[WHOLE].verdict is PatternVerdict.CANNOT_TELL
    stop["scope"] = drawn_sales.scope("product", "family", "Old")
    assert found(tables)[WHOLE].verdict is PatternVerdict.PRESENT
