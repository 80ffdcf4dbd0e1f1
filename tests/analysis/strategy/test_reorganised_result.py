"""Whether a share of bookings rose once people worked in their new roles; launched on 1 March."""

from datetime import date

import pytest
from tests.small_line import NORTH, SOUTH, WINDOW, Tables, of
from tests.small_work import predicate, worked

from headway.analysis.strategy import declared, reorganised_result
from headway.terms.period import Period

NEW = predicate(("opportunity", "type", "eq", "new"))
SINCE = Period(first=date(2026, 4, 2), end=date(2026, 7, 1))


def sold(*, new_since: int) -> Tables:
    """Each person wins five before and five since; of the north's since, so many are new."""
    given = worked(
        *((who, day, 10, 0) for day in ("2026-01-20", "2026-05-20") for who in (*NORTH, *SOUTH)),
        scope=NEW,
        result_measure="bookings_share",
        result_baseline=0.2,
        result_target=0.6,
    )
    for row in given["seen/opportunity"]:
        place = int(row["opportunity_id"].split("-")[1])
        is_since = row["created_at"].startswith("2026-05") and row["owner_id"] in NORTH
        row["type"] = "new" if place < (new_since if is_since else 1) else "other"
        row["stage_group"] = "won" if place < 5 else "lost"
        row["closed_at"] = row["created_at"]
    return given


@pytest.mark.parametrize(
    ("new_since", "change", "p_gained"),
    [
        # The north from 1 of 5 to 3 of 5, the south as before; 60 % against 20 % was declared.
        (3, 2.0, 1.0),
        (1, 0.0, 0.0),
        # Nothing new is left at all: the result fell by everything, which is a number.
        (0, -1.0, 0.0),
    ],
)
def test_a_share_of_bookings_is_that_of_the_scope_in_all_that_was_won(
    new_since: int, change: float, p_gained: float
) -> None:
    facts = of(sold(new_since=new_since))
    (one,) = declared.priorities(facts, window=WINDOW)
    found, evidence = reorganised_result.gained(
        facts, one, moved_to=NORTH, stayed=SOUTH, since=SINCE
    )
    values = {each.code: each.value for each in evidence}
    assert found == p_gained
    assert values["result_change"] == pytest.approx(change)
    assert values["result_due"] == pytest.approx(1.0)
    assert values["beside"] == 6


def test_what_was_nothing_before_has_no_multiple() -> None:
    given = sold(new_since=3)
    for row in given["seen/opportunity"]:
        if row["created_at"] < "2026-03-01":
            row["type"] = "other"
    facts = of(given)
    (one,) = declared.priorities(facts, window=WINDOW)
    found, evidence = reorganised_result.gained(
        facts, one, moved_to=NORTH, stayed=SOUTH, since=SINCE
    )
    assert found is None
    assert [each.code for each in evidence] == ["result_too_few"]


def test_others_who_have_nothing_left_are_no_comparison() -> None:
    given = sold(new_since=0)
    for row in given["seen/opportunity"]:
        if row["created_at"] > "2026-03-01":
            row["type"] = "other"
    facts = of(given)
    (one,) = declared.priorities(facts, window=WINDOW)
    found, evidence = reorganised_result.gained(
        facts, one, moved_to=NORTH, stayed=SOUTH, since=SINCE
    )
    values = {each.code: each.value for each in evidence}
    assert (found, values["result_change"]) == (0.0, -1.0)
    assert "no_comparison" in values
