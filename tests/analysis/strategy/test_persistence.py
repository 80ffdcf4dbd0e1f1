"""Whether people keep at what they promised, worked out by hand."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests import small_line
from tests.small_line import AS_OF, WINDOW, with_tables

from headway.analysis.methods.evidence import TooFew
from headway.analysis.methods.survival import Incidence
from headway.analysis.strategy import commitments, persistence
from headway.analysis.strategy.commitments import Promised
from headway.analysis.strategy.persistence import Carried, Tally
from headway.facts import Facts


def promised(number: str, **more: object) -> dict[str, Any]:
    whole = {
        "commitment_id": number,
        "owner_id": "mia",
        "subject_kind": "priority",
        "subject_id": "p1",
        "text": "Visit two",
        "made_on": "2026-03-01",
        "due_on": "2026-06-15",
    }
    return {**whole, **more}


def said(number: str, day: str, kind: str = "progress") -> dict[str, Any]:
    return {"commitment_id": number, "occurred_on": day, "kind": kind}


def facts(commitments: list[dict[str, Any]], *events: dict[str, Any], **more: Any) -> Facts:
    return with_tables(meant__commitment=commitments, meant__commitment_event=list(events), **more)


def promises(told: Facts) -> list[Promised]:
    return list(commitments.of(told, until=AS_OF))


def test_checks_held_of_those_planned_by_owner() -> None:
    found = persistence.checks_held(
        facts(
            [promised("a"), promised("b"), promised("c", owner_id="max"), promised("d")],
            said("a", "2026-04-10", "check_planned"),
            said("a", "2026-05-10", "check_planned"),
            said("a", "2026-05-12", "check_held"),
            # More than were planned counts once.
            said("b", "2026-05-01", "check_planned"),
            said("b", "2026-05-01", "check_held"),
            said("b", "2026-05-09", "check_held"),
            said("c", "2026-06-01", "check_planned"),
            # The window begins on 2 April.
            said("d", "2026-04-01", "check_planned"),
            said("d", "2026-04-01", "check_held"),
        ),
        window=WINDOW,
    )
    assert found == {"max": Tally(k=0, n=1), "mia": Tally(k=2, n=3)}


def test_persistence_is_the_share_of_thirteen_weeks_with_a_record() -> None:
    # The last week is 24 to 30 June, the thirteenth 1 to 7 April.
    told = facts(
        [promised("a"), promised("b"), promised("other", owner_id="n1"), promised("d")],
        said("a", "2026-06-24"),
        said("b", "2026-06-30", "check_held"),
        said("a", "2026-06-23", "done"),
        said("a", "2026-04-01"),
        said("a", "2026-03-31"),
        said("d", "2026-05-05", "check_planned"),
        said("other", "2026-05-06"),
    )
    found = persistence.persistence(promises(told), owners={"mia"}, until=AS_OF)
    assert found == {"p1": Tally(k=3, n=13)}


def test_persistence_begins_with_the_first_commitment() -> None:
    told = facts([promised("a", made_on="2026-06-16")], said("a", "2026-06-17"))
    # 16 June lies in the third week back: 10 to 16, 17 to 23, 24 to 30.
    assert persistence.persistence(promises(told), owners={"mia"}, until=AS_OF) == {
        "p1": Tally(k=1, n=3)
    }


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        # Nothing at all: dropped on the 28th day.
        ([], (28, True)),
        # A record on the 28th day keeps it, one on the 29th is too late.
        ([said("a", "2026-03-29")], (56, True)),
        ([said("a", "2026-03-30")], (28, True)),
        # A planned check is no record.
        ([said("a", "2026-03-20", "check_planned")], (28, True)),
        # Done on the 20th day, and nothing since: censored there.
        ([said("a", "2026-03-21", "done")], (20, False)),
        # Opened again on the 30th day, and never heard of since.
        ([said("a", "2026-03-21", "done"), said("a", "2026-03-31", "reopened")], (58, True)),
        # Of one day being opened again is the last.
        ([said("a", "2026-03-21", "reopened"), said("a", "2026-03-21", "done")], (48, True)),
    ],
)
def test_days_until_it_was_dropped(
    events: list[dict[str, Any]], expected: tuple[int, bool]
) -> None:
    [(row, told)] = commitments.of(facts([promised("a")], *events), until=AS_OF)
    assert persistence._dropped(row, told, last=AS_OF) == expected


@pytest.mark.parametrize(("days_ago", "expected"), [(27, (27, False)), (28, (28, True))])
def test_what_is_young_is_followed_to_the_last_day(
    days_ago: int, expected: tuple[int, bool]
) -> None:
    made_on = AS_OF - timedelta(days=days_ago)
    [(row, told)] = commitments.of(facts([promised("a", made_on=made_on)]), until=AS_OF)
    assert persistence._dropped(row, told, last=AS_OF) == expected


def test_the_share_dropped_by_the_thirteenth_week_counts_what_is_done_among_all() -> None:
    # Of four, three are dropped on days 28, 28 and 35, and one was done on day 20.
    told = facts(
        [promised("a"), promised("b"), promised("c"), promised("d")],
        said("c", "2026-03-08"),
        said("d", "2026-03-21", "done"),
    )
    found = persistence.share_dropped(promises(told), last=AS_OF, owners={"mia"}, level=0.9)
    assert isinstance(found, Incidence)
    assert (found.share.value, found.share.n) == (pytest.approx(0.75), 4)


def test_of_open_ones_that_are_young_nothing_is_said_yet() -> None:
    told = facts([promised("a", made_on="2026-06-20")])
    assert isinstance(
        persistence.share_dropped(promises(told), last=AS_OF, owners={"mia"}, level=0.9), TooFew
    )


def test_what_each_person_carries() -> None:
    sheet = {"sheet_id": "s", "author_id": "mia", "person_id": "n1", "priority_id": "p1"}
    told = with_tables(
        meant__priority=[
            small_line.priority(),
            small_line.priority(priority_id="p2"),
            small_line.priority(priority_id="over", ended_on="2026-05-01"),
        ],
        meant__commitment=[
            promised("a"),
            promised("b", subject_id="p2"),
            promised("c", subject_id="over"),
            promised("d"),
            promised("e", subject_kind="other", subject_id=None),
            promised("late", made_on=date(2026, 7, 1)),
        ],
        meant__commitment_event=[said("d", "2026-05-01", "done")],
        meant__sheet=[
            {**sheet, "written_on": "2026-04-01", "agreed_on": "2026-04-02"},
            {**sheet, "sheet_id": "own", "person_id": None, "written_on": "2026-04-01"},
            {**sheet, "sheet_id": "half", "person_id": "n2", "written_on": "2026-04-01"},
        ],
    )
    assert persistence.carried(told) == {
        "mia": Carried(commitments=4, priorities=2),
        "n1": Carried(commitments=0, priorities=1),
    }
