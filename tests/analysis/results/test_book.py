"""Every opportunity as arrays, read once."""

from datetime import date

import numpy as np
import pytest

from headway.analysis.results import book
from headway.analysis.results.book import Book
from headway.facts import memory
from headway.terms.period import Period

JUNE = Period(first=date(2025, 6, 1), end=date(2025, 7, 1))
PEOPLE = [{"person_id": "anna", "hired_on": "2025-02-01"}, {"person_id": "bert"}]
LINES = [
    {"person_id": "anna", "valid_from": "2025-02-01", "valid_to": "2025-06-01", "team": "A"},
    {"person_id": "anna", "valid_from": "2025-06-01", "team": "B"},
]


def of(*opportunities: dict[str, object], **tables: list[dict[str, object]]) -> Book:
    """The book of those opportunities in an organisation in Berlin, in euros."""
    rows = [
        {"opportunity_id": f"o{place}", "stage": "Any", "stage_group": "won"} | opportunity
        for place, opportunity in enumerate(opportunities)
    ]
    more = {f"seen/{name}": found for name, found in tables.items()}
    return book.of(memory.of({"seen/person": PEOPLE, "seen/opportunity": rows} | more))


def line(**columns: object) -> dict[str, object]:
    return {"role": "seller", "basis": "declared", "region": "North"} | columns


def test_an_opportunity_closes_on_the_organisations_day() -> None:
    # Half past ten in the evening in UTC is the next day in Berlin in summer.
    found = of({"closed_at": "2025-05-31T22:30:00Z", "close_on": "2025-01-01"})
    assert found.decided_in(JUNE).tolist() == [True]


def test_without_an_instant_of_closing_the_close_date_holds() -> None:
    found = of({"close_on": "2025-06-30"})
    assert found.decided_in(JUNE).tolist() == [True]


def test_an_open_opportunity_is_not_decided_on_its_expected_day() -> None:
    found = of({"close_on": "2025-06-30", "stage_group": "open"})
    assert found.decided_in(JUNE).tolist() == [False]
    assert np.isnat(found.decided_on).all()


def test_a_deleted_opportunity_is_out() -> None:
    found = of({"is_deleted": True}, {"is_deleted": False}, {})
    assert sorted(found.ids) == ["o1", "o2"]


def test_what_is_not_known_stays_in_and_is_counted() -> None:
    found = of({}, {"owner_id": "anna", "amount": 5, "created_at": "2025-01-01T00:00:00Z"})
    assert len(found) == 2
    assert found.omitted == {
        "no_owner": 1,
        "no_created_at": 1,
        "no_close_date": 2,
        "no_amount": 1,
    }


def test_another_currency_counts_only_as_reported() -> None:
    found = of(
        {"amount": 10, "currency": "USD"},
        {"amount": 10, "currency": "USD", "report_amount": 9},
        {"amount": 10, "currency": "EUR"},
    )
    by_id = dict(zip(found.ids, found.amount.tolist(), strict=True))
    assert np.isnan(by_id["o0"])
    assert (by_id["o1"], by_id["o2"]) == (9.0, 10.0)
    assert found.omitted["other_currency"] == 1


def test_the_place_is_that_of_the_owner_on_the_day_of_closing() -> None:
    lines = [line(**row) for row in LINES]
    found = of(
        {"owner_id": "anna", "close_on": "2025-05-31"},
        {"owner_id": "anna", "close_on": "2025-06-01"},
        {"owner_id": "bert", "close_on": "2025-06-01"},
        reporting_line=lines,
    )
    teams = dict(zip(found.ids, found.dimensions["team"].texts(), strict=True))
    assert teams == {"o0": "A", "o1": "B", "o2": None}
    assert "place_by_nearest_line" not in found.caveats


def test_a_day_before_the_first_line_takes_the_nearest_and_says_so() -> None:
    found = of(
        {"owner_id": "anna", "close_on": "2024-05-31"},
        reporting_line=[line(**row) for row in LINES],
    )
    assert found.dimensions["team"].texts().tolist() == ["A"]
    assert "place_by_nearest_line" in found.caveats


def test_the_product_is_that_of_the_largest_line_and_names_stay_apart() -> None:
    products = [
        {"product_id": "x", "name": "Core"},
        {"product_id": "y", "name": "Core"},
        {"product_id": "z", "name": "Plus", "family": "Extras"},
    ]
    lines = [
        {"opportunity_id": "o0", "line_no": 1, "product_id": "x", "line_amount": 5},
        {"opportunity_id": "o0", "line_no": 2, "product_id": "z", "quantity": 2, "price_amount": 3},
        {"opportunity_id": "o1", "line_no": 1, "product_id": "y"},
    ]
    found = of({}, {}, {}, product=products, opportunity_line=lines)
    named = dict(zip(found.ids, found.dimensions["product"].texts(), strict=True))
    assert named == {"o0": "Plus", "o1": "Core (y)", "o2": None}
    assert found.dimensions["product_family"].equals("Extras").sum() == 1


def test_the_account_gives_its_segment_and_a_region_where_nobody_has_one() -> None:
    account = {"account_id": "a", "segment": "Large", "region": "West"}
    found = of({"account_id": "a"}, {}, account=[account])
    assert found.dimensions["segment"].equals("Large").sum() == 1
    assert found.dimensions["region"].equals("West").sum() == 1


def test_a_dimension_nobody_recorded_is_not_there() -> None:
    assert dict(of({}).dimensions) == {}


def test_how_long_the_owner_was_here_is_told_in_bands() -> None:
    found = of(
        {"owner_id": "anna", "close_on": "2025-03-01"},
        {"owner_id": "anna", "close_on": "2026-02-01"},
        {"owner_id": "bert", "close_on": "2026-02-01"},
    )
    bands = dict(zip(found.ids, found.dimensions["tenure_band"].texts(), strict=True))
    assert bands == {"o0": "under 6 months", "o1": "1 to 2 years", "o2": None}


def test_some_peoples_book_holds_their_opportunities_alone() -> None:
    facts = memory.of(
        {
            "seen/person": PEOPLE,
            "seen/opportunity": [
                {"opportunity_id": name, "stage": "s", "stage_group": "lost", "owner_id": owner}
                for name, owner in (("o1", "anna"), ("o2", "bert"), ("o3", None))
            ],
        }
    )
    theirs = book.of(facts).of_people(frozenset({"anna"}))
    assert theirs.ids.tolist() == ["o1"]
    assert (theirs.has_lost, theirs.is_sliced) == (True, False)


def test_narrowing_keeps_what_the_source_records() -> None:
    found = of({"stage_group": "lost", "lead_source": "web"}, {"lead_source": "fair"})
    narrow = found.within({"lead_source": "fair"})
    assert (len(narrow), narrow.has_lost, narrow.is_sliced) == (1, True, True)
    assert narrow.dimensions["lead_source"].texts().tolist() == ["fair"]
    with pytest.raises(KeyError):
        found.within({"planet": "Mars"})


def test_a_value_nobody_has_leaves_nothing() -> None:
    assert len(of({"lead_source": "web"}).within({"lead_source": "fair"})) == 0
