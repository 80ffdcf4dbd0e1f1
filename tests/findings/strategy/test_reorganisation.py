"""Roles that changed and people who go on as before, on organisations with a planted truth."""

from datetime import date
from typing import Any

import pytest
from tests import drawn_roles
from tests.drawn_roles import CHANGED, SELLERS, Roles

from headway.findings.strategy import patterns
from headway.terms.pattern import (
    Pattern,
    PatternCode,
    PatternEvidence,
    PatternUnit,
    PatternVerdict,
)
from headway.terms.policy import DEFAULT

pytestmark = pytest.mark.slow

WHOLE = "seller@lena"
NOT_MOVED = Roles(moved=0.1)
Tables = dict[str, list[dict[str, Any]]]


def found(tables: Tables) -> dict[str, Pattern]:
    return {
        each.place: each
        for each in patterns.found(drawn_roles.of(tables), policy=DEFAULT)
        if each.code is PatternCode.REORGANISED_NOT_ACTED
    }


def told(pattern: Pattern, code: str) -> PatternEvidence | None:
    return next((each for each in pattern.evidence if each.code == code), None)


@pytest.fixture
def tables() -> Tables:
    """Sellers who go on as before, though they know and could."""
    return drawn_roles.tables(NOT_MOVED, seed=1)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize(
    ("truth", "verdict", "subtype"),
    [
        (Roles(moved=0.1, know=0.15), PatternVerdict.PRESENT, "do_not_know"),
        (NOT_MOVED, PatternVerdict.PRESENT, "know_not_moved"),
        (Roles(moved=0.1, is_handed_over=False), PatternVerdict.PRESENT, "cannot_move"),
        (Roles(moved=0.1, know=None), PatternVerdict.PRESENT, None),
        (Roles(), PatternVerdict.ABSENT, None),
        (Roles(drifts=0.4), PatternVerdict.ABSENT, None),
        (Roles(gained=1.0), PatternVerdict.ABSENT, "moved_no_result"),
        (Roles(before=0.8), PatternVerdict.CANNOT_TELL, None),
    ],
)
def test_the_planted_truth_is_found(truth, verdict, subtype, seed) -> None:
    pattern = found(drawn_roles.tables(truth, seed=seed))[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (verdict, subtype)


def test_each_part_of_the_sales_force_is_told_in_shifts(tables: Tables) -> None:
    places = found(tables)
    assert set(places) == {WHOLE, "seller@mia", "seller@max", "seller@moe"}
    pattern = places[WHOLE]
    assert pattern.unit is PatternUnit.SHIFT
    assert pattern.size == pytest.approx(0.5 - told(pattern, "shift").value)
    assert pattern.low <= pattern.size <= pattern.high
    assert told(pattern, "people").value == len(SELLERS)


def test_who_had_nothing_to_move_is_counted_and_does_not_count(tables: Tables) -> None:
    mia = {f"mia{number}" for number in range(3)}
    tables["seen/activity"] = [
        {**each, "account_id": _in_role(each)}
        if each["person_id"] in mia and each["occurred_at"].date() < CHANGED
        else each
        for each in tables["seen/activity"]
    ]
    # A fifth of the work on the other segment, as the role says.
    pattern = found(tables)[WHOLE]
    assert told(pattern, "already_there") == PatternEvidence(code="already_there", k=3, n=30)
    assert told(pattern, "people").value == 27


def _in_role(activity: dict[str, Any]) -> str:
    person = activity["person_id"]
    mine, other = ("Large", "Small") if int(person[-1]) % 2 == 0 else ("Small", "Large")
    is_fifth = int(activity["activity_id"][1:]) % 5 == 0
    return f"{person}-{other if is_fifth else mine}7"


def test_work_on_accounts_given_away_is_counted(tables: Tables) -> None:
    residual = told(found(tables)[WHOLE], "residual")
    since = [each for each in tables["seen/activity"] if each["occurred_at"].date() >= _window()]
    given = {each["account_id"] for each in tables["meant/handover"]}
    assert (residual.k, residual.n) == (
        sum(each["account_id"] in given for each in since),
        len(since),
    )
    assert told(found(tables)[WHOLE], "handed_over") == PatternEvidence(
        code="handed_over", k=150, n=150
    )


def _window() -> date:
    return date(2026, 4, 2)


def test_orders_alone_show_conduct_and_need_fewer(tables: Tables) -> None:
    tables["seen/opportunity"] = [
        {
            "opportunity_id": f"order{number}",
            "account_id": each["account_id"],
            "owner_id": each["person_id"],
            "created_at": each["occurred_at"],
            "closed_at": each["occurred_at"],
            "stage": "won",
            "stage_group": "won",
        }
        for number, each in enumerate(tables["seen/activity"])
        if number % 4 == 0
    ]
    del tables["seen/activity"]
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.PRESENT, "know_not_moved")
    assert told(pattern, "orders_only") is not None


def test_a_role_names_families_and_kinds_and_a_region_where_no_segment_is_called_so(
    tables: Tables,
) -> None:
    for account in tables["seen/account"]:
        account["region"] = account.pop("segment")
    by_region = found(tables)[WHOLE]
    assert by_region.verdict is PatternVerdict.PRESENT
    for part in tables["meant/role_profile"]:
        part["activity_kind"] = "meeting"
    by_kind = found(tables)[WHOLE]
    # Two thirds of the work are no meetings: before and since they lie outside of the role.
    assert told(by_kind, "shift").value < 0.3
    for part in tables["meant/role_profile"]:
        part["product_family"] = "Pumps"
    by_family = found(tables)[WHOLE]
    assert told(by_family, "work_unplaced").value == len(tables["seen/activity"])
    assert told(by_family, "too_few_people") == PatternEvidence(code="too_few_people", k=0, n=8)


def test_territories_tell_what_is_sold_outside_before_and_since(tables: Tables) -> None:
    for account in tables["seen/account"]:
        account["region"] = "North"
    lines = tables["seen/reporting_line"]
    for line in list(lines):
        if line["person_id"] in SELLERS:
            line["region"] = "North"
        if line["person_id"] == "mia0":
            line["valid_to"] = "2026-03-01"
            lines.append({**line, "valid_from": "2026-03-01", "valid_to": None, "region": None})
    sold = [each for each in tables["seen/opportunity"] if each["stage_group"] == "won"]
    before = [each for each in sold if each["closed_at"].date() < CHANGED]
    ended = [each for each in sold if each["owner_id"] == "mia0"]
    after = [each for each in ended if each["closed_at"].date() >= date(2026, 3, 1)]
    pattern = found(tables)[WHOLE]
    outside = told(pattern, "outside_territory_before")
    assert (outside.k, outside.n) == (0, pytest.approx(_amount(before)))
    outside = told(pattern, "outside_territory")
    assert outside.k == pytest.approx(_amount(after))
    assert outside.n == pytest.approx(_amount(sold) - _amount(before))
    stayed = told(pattern, "after_handover")
    assert (stayed.k, stayed.n) == (pytest.approx(_amount(after)), pytest.approx(_amount(ended)))


def _amount(rows: list[dict[str, Any]]) -> float:
    return sum(each["amount"] for each in rows)


@pytest.mark.parametrize(
    ("without", "evidence"),
    [
        ("meant/role_profile", PatternEvidence(code="no_role_profile", value=1)),
        ("meant/reorganisation", PatternEvidence(code="no_reorganisation", value=1)),
        ("meant/role_change", PatternEvidence(code="too_few_people", k=0, n=8)),
    ],
)
def test_what_nobody_wrote_down_cannot_be_told(tables: Tables, without, evidence) -> None:
    del tables[without]
    pattern = found(tables)[WHOLE]
    assert (pattern.verdict, pattern.subtype) == (PatternVerdict.CANNOT_TELL, None)
    assert pattern.evidence[0] == evidence


def test_the_result_of_who_moved_is_held_against_that_of_who_stayed() -> None:
    tables = drawn_roles.tables(Roles(moved=0.75, gained=1.0), seed=3)
    pattern = found(tables)[WHOLE]
    stayed = told(pattern, "beside")
    assert (pattern.verdict, stayed.value) == (PatternVerdict.ABSENT, 8)
    alone = told(found(drawn_roles.tables(Roles(gained=1.0), seed=3))[WHOLE], "no_comparison")
    assert alone is not None


def test_before_the_ninetieth_day_after_the_grace_it_is_too_early(tables: Tables) -> None:
    tables["meant/reorganisation"][0]["effective_on"] = date(2026, 3, 15)
    pattern = found(tables)[WHOLE]
    # 15 March + 120 days = 13 July.
    assert pattern.evidence[0] == PatternEvidence(code="too_early", value=13)


def test_who_changed_later_is_not_judged_yet(tables: Tables) -> None:
    late = {**tables["meant/reorganisation"][0], "reorganisation_id": "late"}
    tables["meant/reorganisation"].append({**late, "effective_on": date(2026, 3, 15)})
    for row in tables["meant/role_change"][:10]:
        row["reorganisation_id"] = "late"
    tables["meant/role_profile"] += [
        {**part, "reorganisation_id": "late"} for part in tables["meant/role_profile"]
    ]
    places = found(tables)
    assert told(places["seller@mia"], "role_known") == PatternEvidence(code="role_known", k=0, n=10)
    assert told(places[WHOLE], "people").value == 20


def test_little_work_says_nothing(tables: Tables) -> None:
    tables["seen/activity"] = tables["seen/activity"][::20]
    pattern = found(tables)[WHOLE]
    assert pattern.verdict is PatternVerdict.CANNOT_TELL
    assert told(pattern, "little_work") == PatternEvidence(code="little_work", k=30, n=30)
