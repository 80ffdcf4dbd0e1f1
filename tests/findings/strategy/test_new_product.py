"""A new product and the old mix, on organisations with a planted truth."""

from typing import Any

import pytest
from tests import drawn_sales
from tests.drawn_sales import SELLERS, Product, product_tables

from headway.findings.strategy import patterns
from headway.terms.pattern import Pattern, PatternCode, PatternEvidence, PatternVerdict
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

WHOLE = "seller@lena"
NOT_TRIED = Product(share=0.3)
Tables = dict[str, list[dict[str, Any]]]


def found(tables: Tables) -> dict[str, Pattern]:
    return {
        each.place: each
        for each in patterns.found(drawn_sales.of(tables), policy=DEFAULT)
        if each.code is PatternCode.NEW_PRODUCT_OLD_MIX
    }


def told(pattern: Pattern, code: str) -> PatternEvidence | None:
    return next((each for each in pattern.evidence if each.code == code), None)


def changed(name: str, **more: object) -> Tables:
    """Sellers who go on as before, with the only row of a table changed."""
    tables = product_tables(NOT_TRIED, seed=1)
    tables[name] = [{**tables[name][0], **more}, *tables[name][1:]]
    return tables


def with_event(**more: object) -> Pattern:
    event = {"event_id": "e1", "kind": "supply_stop", "starts_on": "2026-05-01"}
    tables = {**product_tables(NOT_TRIED, seed=1), "seen/business_event": [{**event, **more}]}
    return found(tables)[WHOLE]


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("truth", "verdict", "subtype"),
    [
        (NOT_TRIED, PatternVerdict.PRESENT, "not_tried"),
        (Product(won=0.2), PatternVerdict.ABSENT, "tried_lost"),
        (Product(share=1.2), PatternVerdict.ABSENT, None),
    ],
)
def test_the_planted_truth_is_found(truth, verdict, subtype, seed) -> None:
    pattern = found(product_tables(truth, seed=seed))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (verdict, subtype)


def test_what_is_won_later_is_early() -> None:
    pattern = found(product_tables(Product(share=1.2, days=5), seed=1))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.ABSENT, "tried_early")


def test_each_part_of_the_sales_force_is_told() -> None:
    places = found(product_tables(NOT_TRIED, seed=1))
    assert set(places) == {WHOLE, "seller@mia", "seller@max", "seller@moe"}


def test_the_size_is_the_share_that_is_missing() -> None:
    pattern = found(product_tables(NOT_TRIED, seed=1))[WHOLE]
    steps = [
        told(pattern, code) for code in ("opportunities_created", "first_meetings", "proposals")
    ]
    attention = told(pattern, "attention")
    assert attention.k == sum(step.k for step in steps)
    assert attention.n == sum(step.n for step in steps)
    assert pattern.size == pytest.approx(0.30 - attention.k / attention.n)
    assert pattern.low < pattern.size < pattern.high


def test_nothing_is_said_of_what_is_not_due() -> None:
    pattern = found(changed("meant/priority", launched_on="2026-06-10"))[WHOLE]
    # Due on 10 July, ten days after the last day.
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert pattern.evidence == (PatternEvidence(code="too_early", value=10),)


def test_a_product_that_came_later_is_due_later() -> None:
    pattern = found(changed("seen/product", launched_on="2026-06-10"))[WHOLE]
    # 221 days after the priority's launch on 1 November.
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert pattern.evidence == (
        PatternEvidence(code="later_launch", value=221),
        PatternEvidence(code="too_early", value=10),
    )


def test_a_supply_stop_refutes() -> None:
    pattern = with_event()
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert told(pattern, "supply_stop") == PatternEvidence(code="supply_stop", value=1)


def test_what_happened_to_other_products_or_before_does_not() -> None:
    old = drawn_sales.scope("product", "family", "Old")
    for event in (with_event(scope=old), with_event(ends_on="2026-04-01", starts_on="2026-03-01")):
        assert event.verdict is PatternVerdict.PRESENT
        assert told(event, "supply_stop") is None


def test_a_supply_stop_of_the_product_itself_is_known_by_its_scope() -> None:
    new = drawn_sales.scope("opportunity_line", "product_id", "new")
    assert with_event(scope=new).verdict is PatternVerdict.CANNOT_TELL


def test_without_a_declared_share_nothing_is_short() -> None:
    tables = {**product_tables(NOT_TRIED, seed=1), "meant/priority_target": []}
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.size) == (PatternVerdict.CANNOT_TELL, None)
    assert told(pattern, "no_target") is not None


def test_nobody_could_miss_a_share_smaller_than_the_margin() -> None:
    tables = product_tables(Product(target=0.04, share=0.0001), seed=1)
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.size) == (PatternVerdict.CANNOT_TELL, None)
    assert told(pattern, "target_too_small").value == pytest.approx(0.04)


def test_a_depth_among_the_products_own_work_is_no_share_of_all_work() -> None:
    tables = changed("meant/priority", eligibility=drawn_sales.scope("product", "family", "New"))
    assert told(found(tables)[WHOLE], "no_target") is not None


def test_a_scope_that_cannot_be_read_is_said() -> None:
    tables = changed("meant/priority", scope="{}")
    pattern = found(tables)[WHOLE]
    assert pattern.evidence == (PatternEvidence(code="scope_unusable", value=1),)


def test_without_a_scope_the_product_is_the_one_launched_with_the_priority() -> None:
    pattern = found(changed("meant/priority", scope=None))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.PRESENT, "not_tried")
    assert told(pattern, "products_by_launch") == PatternEvidence(
        code="products_by_launch", value=1
    )
    tables = changed("meant/priority", scope=None)
    tables["seen/product"] = [{"product_id": "old", "name": "O"}]
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_scope", value=1),)


def test_without_products_on_opportunities_nothing_is_known() -> None:
    tables = product_tables(NOT_TRIED, seed=1)
    del tables["seen/opportunity_line"]
    assert found(tables)[WHOLE].evidence == (PatternEvidence(code="no_products", value=1),)
    tables = product_tables(NOT_TRIED, seed=1)
    tables["seen/opportunity_line"] = tables["seen/opportunity_line"][::3]
    assert found(tables)[WHOLE].verdict is PatternVerdict.CANNOT_TELL


def test_orders_alone_show_conduct_and_say_so() -> None:
    tables = product_tables(NOT_TRIED, seed=1)
    del tables["seen/activity"], tables["seen/opportunity_change"]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is PatternVerdict.PRESENT
    assert told(pattern, "orders_only") is not None
    assert told(pattern, "attention").n == told(pattern, "opportunities_created").n


def test_those_who_cannot_sell_it_anywhere_are_not_short() -> None:
    tables = changed("meant/priority", eligibility=drawn_sales.scope("account", "segment", "Large"))
    tables["seen/account"] = [{"account_id": "a1", "segment": "Large"}]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert told(pattern, "no_eligible") == PatternEvidence(code="no_eligible", k=0, n=0)


def test_few_opportunities_say_nothing() -> None:
    tables = product_tables(NOT_TRIED, seed=1)
    tables["seen/opportunity"] = [
        each for each in tables["seen/opportunity"] if each["owner_id"] in SELLERS[:1]
    ]
    pattern = found(tables)[WHOLE]
    n = told(pattern, "opportunities_created").n
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert n < 30
    assert told(pattern, "too_few_opportunities") == PatternEvidence(
        code="too_few_opportunities", k=n, n=30
    )
    assert told(pattern, "too_few_people") == PatternEvidence(code="too_few_people", k=1, n=3)


def test_the_owner_at_creation_counts_and_not_who_took_it_over() -> None:
    tables = product_tables(NOT_TRIED, seed=1)
    as_it_was = found(tables)["seller@mia"].evidence
    first = [
        {
            "opportunity_id": each["opportunity_id"],
            "changed_at": each["created_at"],
            "field": "owner_id",
            "new_value": each["owner_id"],
        }
        for each in tables["seen/opportunity"]
    ]
    tables["seen/opportunity_change"] += first
    tables["seen/opportunity"] = [
        {**each, "owner_id": "moe1"} for each in tables["seen/opportunity"]
    ]
    assert found(tables)["seller@mia"].evidence == as_it_was


def test_what_is_dated_after_the_last_day_is_not_known() -> None:
    tables = product_tables(NOT_TRIED, seed=1)
    as_it_was = found(tables)[WHOLE].evidence
    late = {"stage": "open", "stage_group": "open", "created_at": "2026-07-02T10:00:00Z"}
    for number in range(500):
        one = {"opportunity_id": f"late{number}", "owner_id": SELLERS[number % 9], **late}
        line = {"opportunity_id": f"late{number}", "line_no": 1, "product_id": "new"}
        tables["seen/opportunity"].append(one)
        tables["seen/opportunity_line"].append(line)
    assert found(tables)[WHOLE].evidence == as_it_was
