"""Who practises what they could practise; launched on 1 March."""

import pytest
from scipy import stats
from tests.small_line import NORTH, SOUTH, WINDOW, Tables, of
from tests.small_work import DEPTH, predicate, worked

from headway.analysis.strategy import lines
from headway.analysis.strategy.verdict import Counted
from headway.terms.line import Link, LinkReason


def counted(tables: Tables, link: Link = Link.PRACTISED, group: str = "seller@mia") -> Counted:
    (line,) = (one for one in lines.of(of(tables), window=WINDOW) if one.group.name == group)
    return next(one for one in line.links if one.link is link)


def figures(found: Counted) -> tuple[object, object, object]:
    return found.k, found.n, found.reason


def test_people_above_what_the_group_did_before() -> None:
    given = worked(
        # 90 days before the launch: 2 of 20; one more lies before those days.
        *((person, "2026-01-15", 5, 1 if person in NORTH[:2] else 0) for person in NORTH[:4]),
        (NORTH[0], "2025-11-30", 9, 9),
        # In the window; the last has only four.
        *((person, "2026-05-05", n, k) for person, n, k in zip(
            NORTH, (5, 10, 10, 6, 5, 4), (5, 5, 3, 0, 2, 4), strict=True
        )),
    )  # fmt: skip
    # Whoever goes on at 2 of 20 shows it in 3 of 10 by chance every ninth time, in 5 hardly ever.
    assert stats.betabinom.sf(2, 10, 2.5, 18.5) > 0.05 > stats.betabinom.sf(4, 10, 2.5, 18.5)
    found = counted(given)
    assert figures(found) == (2, 5, None)
    # Nobody declared how much of the work it should be: there is nothing to hold the work against.
    assert found.work is None
    # The south did nothing before, and nobody declared a level.
    assert figures(counted(given, group="seller@max")) == (None, None, None)


def test_people_who_reach_what_was_declared_and_the_work_behind_them() -> None:
    given = worked(*((person, "2026-04-02", 6, place) for place, person in enumerate(NORTH)))
    given["meant/priority_target"] = DEPTH
    # Three of six show it in 3, 4 and 5 of 6; half of them was declared.
    found = counted(given)
    assert figures(found) == (3, 6, None)
    assert found.work is not None
    assert (found.work.k, found.work.sizes, found.work.target) == (15, (6,) * 6, 0.5)
    assert figures(counted(given, group="seller@max")) == (0, 0, LinkReason.TOO_FEW)


def test_a_little_more_than_nothing_is_not_what_was_declared() -> None:
    given = worked(
        *((who, "2026-01-15", 20, 0) for who in NORTH),
        *((who, "2026-05-05", 40, k) for who, k in zip(NORTH[:4], (4, 4, 15, 20), strict=True)),
        *((who, "2026-05-05", 5, k) for who, k in zip(NORTH[4:], (1, 2), strict=True)),
    )
    given["meant/priority_target"] = DEPTH
    # Nobody did it before, half of the work was declared: 4 of 40 are more than before, and hardly
    # ever chance of half. 15 of 40 may be, and so may 1 and 2 of 5.
    assert stats.binom.cdf(4, 40, 0.5) < 0.05 < stats.binom.cdf(15, 40, 0.5)
    assert figures(counted(given)) == (4, 6, None)


@pytest.mark.parametrize("day", ["2026-04-01", "2026-07-01"])
def test_work_before_the_window_or_after_the_last_day_does_not_count(day: str) -> None:
    given = worked((NORTH[0], day, 9, 9), (NORTH[0], "2026-06-30", 5, 0))
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given)) == (0, 1, LinkReason.TOO_FEW)


@pytest.mark.parametrize(
    ("launch", "reason"), [("2026-06-01", LinkReason.TOO_EARLY), ("2026-05-31", None)]
)
def test_nobody_can_be_expected_to_practise_within_thirty_days(
    launch: str, reason: LinkReason | None
) -> None:
    given = worked(*((who, "2026-06-10", 5, 5) for who in NORTH), launched_on=launch)
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given)) == (6, 6, reason)


def test_an_opportunity_is_of_who_owned_it_at_first() -> None:
    given = worked((SOUTH[0], "2026-05-05", 5, 5))
    given["meant/priority_target"] = DEPTH
    given["seen/opportunity_change"] = [
        {
            "opportunity_id": f"o0-{place}",
            "changed_at": f"2026-05-0{day}T10:00:00Z",
            "field": "owner_id",
            "new_value": owner,
        }
        for place in range(5)
        for day, owner in ((5, NORTH[0]), (8, SOUTH[0]))
    ]
    assert counted(given).n == 1
    assert counted(given, group="seller@max").n == 0


def test_where_only_passing_on_is_kept_its_old_value_is_who_owned_it_at_first() -> None:
    given = worked((SOUTH[0], "2026-05-05", 5, 5))
    given["meant/priority_target"] = DEPTH
    given["seen/opportunity_change"] = [
        {
            "opportunity_id": f"o0-{place}",
            "changed_at": "2026-05-08T10:00:00Z",
            "field": "owner_id",
            "old_value": NORTH[0],
            "new_value": SOUTH[0],
        }
        for place in range(5)
    ]
    assert counted(given).n == 1
    assert counted(given, group="seller@max").n == 0


def test_work_that_lies_in_activities() -> None:
    given = worked(
        *((person, "2026-05-05", 5, 5) for person in SOUTH),
        eligibility=predicate(("activity", "kind", "eq", "meeting"), grain="activity"),
        behaviour=predicate(("activity", "purpose", "eq", "case"), grain="activity"),
    )
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given, group="seller@max")) == (6, 6, None)


def test_without_the_tables_it_speaks_of_it_is_not_measured() -> None:
    given = worked((NORTH[0], "2026-05-05", 5, 5))
    given["meant/priority_target"] = DEPTH
    del given["seen/activity"]
    assert figures(counted(given)) == (None, None, None)


@pytest.mark.parametrize("broken", ["{}", "no predicate", '{"grain": "opportunity", "all": [1]}'])
def test_what_cannot_be_read_measures_nothing(broken: str) -> None:
    given = worked((NORTH[0], "2026-05-05", 5, 5), behaviour=broken)
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given)) == (None, None, None)


def test_where_all_was_done_before_nothing_can_lie_above() -> None:
    given = worked(
        *((who, "2026-01-15", 5, 5) for who in NORTH), *((who, "2026-05-05", 5, 5) for who in NORTH)
    )
    assert figures(counted(given)) == (None, None, None)
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given)) == (6, 6, None)


def test_twenty_items_of_few_people_are_enough_only_where_they_are_independent() -> None:
    # Everybody does some: of one person's items two are no more alike than of two persons.
    some = worked(*((who, "2026-05-05", 10, 5) for who in NORTH[:2]))
    some["meant/priority_target"] = DEPTH
    assert figures(counted(some)) == (2, 2, None)
    # One always, one never: twenty items say no more than two people.
    each = worked((NORTH[0], "2026-05-05", 10, 10), (NORTH[1], "2026-05-05", 10, 0))
    each["meant/priority_target"] = DEPTH
    assert figures(counted(each)) == (1, 2, LinkReason.TOO_FEW)


@pytest.mark.parametrize(("shown", "expected"), [(1, (None, None, None)), (2, (0, 6, None))])
def test_where_hardly_anything_is_recorded_nothing_can_be_said(
    shown: int, expected: tuple[object, ...]
) -> None:
    given = worked(
        *((who, "2026-05-05", 9, 9) for who in NORTH),
        *((who, "2026-05-05", 9, shown) for who in SOUTH),
    )
    given["meant/priority_target"] = DEPTH
    # A third of the median of nine and one is 5/3, of nine and two 11/6.
    assert figures(counted(given, group="seller@max")) == expected
    assert figures(counted(given)) == (6, 6, None)


def test_what_asks_for_no_activities_needs_none() -> None:
    large = predicate(("opportunity", "amount", "ge", 200))
    given = worked(
        *((who, "2026-05-05", 9, 9 if who in NORTH else 0) for who in (*NORTH, *SOUTH)),
        behaviour=large,
    )
    given["meant/priority_target"] = DEPTH
    assert figures(counted(given, group="seller@max")) == (0, 6, None)


# --- kept up ------------------------------------------------------------------------------------

# The 30 days to the last one begin on 1 June.
EARLY, LATE = "2026-05-31", "2026-06-01"


def coached(*late: tuple[str, int, int]) -> Tables:
    """The north practised until the end of May; of June its people have (person, items, shown)."""
    given = worked(
        *((who, EARLY, 5, 5) for who in NORTH), *((who, LATE, n, k) for who, n, k in late)
    )
    given["meant/priority_target"] = DEPTH
    given["said/coaching_session"] = []
    return given


def test_kept_up_is_who_still_practises_of_those_who_had_begun() -> None:
    late = [*((who, 5, 3) for who in NORTH[:4]), *((who, 5, 2) for who in NORTH[4:])]
    found = counted(coached(*late), Link.COACHED)
    # Nobody was coached; four of the six who practised still show it in half of their work.
    assert (found.k, found.n) == (0, 6)
    assert found.kept is not None
    assert (found.kept.k, found.kept.n, found.kept.target) == (4, 6, 0.7)


def test_whoever_has_too_little_work_to_show_it_has_not_stopped() -> None:
    late = [*((who, 5, 5) for who in NORTH[:4]), (NORTH[4], 5, 0), (NORTH[5], 4, 0)]
    found = counted(coached(*late), Link.COACHED).kept
    assert found is not None
    assert (found.k, found.n) == (4, 5)
    # Four are too few to say anything.
    assert counted(coached(*late[:4]), Link.COACHED).kept is None


def test_whoever_begins_late_keeps_nothing_up() -> None:
    given = coached(*((who, 5, 5) for who in NORTH[:5]))
    given["seen/activity"] = [
        row for row in given["seen/activity"] if row["occurred_at"].startswith(LATE)
    ]
    assert counted(given, Link.COACHED).kept is None


def test_how_much_is_to_be_kept_up_can_be_declared() -> None:
    given = coached(*((who, 5, 5) for who in NORTH))
    step = {"link": "coached", "measure": "persistence", "target_share": 0.9}
    given["meant/priority_target"] = [*DEPTH, {**DEPTH[0], **step}]
    found = counted(given, Link.COACHED)
    assert found.kept is not None
    assert (found.target, found.kept.target) == (0.6, 0.9)
